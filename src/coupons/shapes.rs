//! The records of each platform, told by their columns or by the shape of their JSON, never by a file's name.

use super::field::Field;
use super::platform::{Platform, Shape};

/// All shapes; the first whose proof is found wins.
pub(super) static SHAPES: [&Shape; 13] = [
    &SHOPIFY_CSV,
    &BIGCOMMERCE,
    &SHOPIFY,
    &STRIPE_CODE,
    &STRIPE_COUPON,
    &WOO,
    &WOO_POST,
    &BIGCOMMERCE_CODE,
    &MAGENTO_COUPON,
    &MAGENTO_RULE,
    &KLAVIYO,
    &VOUCHERIFY,
    &TALON,
];

/// The discounts export of the Shopify admin: `Name` is the code, `Value` is negative.
static SHOPIFY_CSV: Shape = Shape {
    platform: Platform::Shopify,
    proofs: &[&["Name", "Value", "Value Type", "Discount Class"], &["Name", "Value", "Value Type", "Times Used In Total"]],
    codes_in: None,
    fields: &[
        ("Name", Field::Code),
        ("Value", Field::Value),
        ("Value Type", Field::Kind),
        ("Type", Field::Kind),
        ("Minimum Purchase Requirements", Field::MinimumText),
        ("Combines with Order Discounts", Field::Combinable),
        ("Combines with Product Discounts", Field::Combinable),
        ("Combines with Shipping Discounts", Field::Combinable),
        ("Customer Selection", Field::Group),
        ("Times Used In Total", Field::Uses),
        ("Applies Once Per Customer", Field::OncePerPerson),
        ("Usage Limit Per Code", Field::LimitTotal),
        ("Status", Field::State),
        ("Start", Field::Starts),
        ("End", Field::Ends),
    ],
    unique: false,
};

/// A `codeDiscount` of the Admin API, <https://shopify.dev/docs/api/admin-graphql/latest/objects/DiscountCodeBasic>.
/// Its usage count is brought up to date later, so it may be lower than the truth.
static SHOPIFY: Shape = Shape {
    platform: Platform::Shopify,
    proofs: &[&["codes", "status"], &["codes", "startsAt"], &["codes", "endsAt"], &["codes", "asyncUsageCount"]],
    codes_in: Some("codes"),
    fields: &[
        ("codes.nodes.code", Field::Code),
        ("codes.edges.node.code", Field::Code),
        ("title", Field::Name),
        ("status", Field::State),
        ("startsAt", Field::Starts),
        ("endsAt", Field::Ends),
        ("__typename", Field::Kind),
        ("customerGets.value.percentage", Field::Fraction),
        ("customerGets.value.amount.amount", Field::Amount),
        ("customerGets.value.amount.currencyCode", Field::Currency),
        ("customerGets.items.products.nodes.title", Field::Products),
        ("customerGets.items.products.edges.node.title", Field::Products),
        ("customerGets.items.collections.nodes.title", Field::Collections),
        ("customerGets.items.collections.edges.node.title", Field::Collections),
        ("minimumRequirement.greaterThanOrEqualToSubtotal.amount", Field::Minimum),
        ("minimumRequirement.greaterThanOrEqualToSubtotal.currencyCode", Field::MinimumCurrency),
        ("combinesWith.orderDiscounts", Field::Combinable),
        ("combinesWith.productDiscounts", Field::Combinable),
        ("combinesWith.shippingDiscounts", Field::Combinable),
        ("codes.nodes.asyncUsageCount", Field::Uses),
        ("codes.edges.node.asyncUsageCount", Field::Uses),
        ("context.__typename", Field::Group),
        ("context.segments.name", Field::Group),
        ("customerSelection.segments.name", Field::Group),
        ("usageLimit", Field::LimitTotal),
        ("appliesOncePerCustomer", Field::OncePerPerson),
        ("asyncUsageCount", Field::Uses),
    ],
    unique: false,
};

/// A promotion code, <https://docs.stripe.com/api/promotion_codes/object>. Newer versions keep the coupon under `promotion`.
static STRIPE_CODE: Shape = Shape {
    platform: Platform::Stripe,
    proofs: &[&["code", "times_redeemed", "max_redemptions"], &["code", "promotion", "active"], &["code", "coupon", "active"]],
    codes_in: None,
    fields: &[
        ("code", Field::Code),
        ("active", Field::State),
        ("expires_at", Field::Ends),
        ("max_redemptions", Field::LimitTotal),
        ("times_redeemed", Field::Uses),
        ("customer", Field::Group),
        ("restrictions.first_time_transaction", Field::FirstOrder),
        ("restrictions.minimum_amount", Field::MinimumMinor),
        ("restrictions.minimum_amount_currency", Field::MinimumCurrency),
        ("promotion.coupon", Field::Terms),
        ("promotion.coupon.id", Field::Terms),
        ("promotion.coupon.name", Field::Name),
        ("promotion.coupon.percent_off", Field::Percent),
        ("promotion.coupon.amount_off", Field::AmountMinor),
        ("promotion.coupon.currency", Field::Currency),
        ("promotion.coupon.redeem_by", Field::Ends),
        ("promotion.coupon.applies_to.products", Field::Products),
        ("coupon", Field::Terms),
        ("coupon.id", Field::Terms),
        ("coupon.name", Field::Name),
        ("coupon.percent_off", Field::Percent),
        ("coupon.amount_off", Field::AmountMinor),
        ("coupon.currency", Field::Currency),
        ("coupon.redeem_by", Field::Ends),
        ("coupon.applies_to.products", Field::Products),
    ],
    unique: false,
};

/// A coupon, <https://docs.stripe.com/api/coupons/object>: the terms on which promotion codes hang.
static STRIPE_COUPON: Shape = Shape {
    platform: Platform::Stripe,
    proofs: &[&["id", "percent_off", "duration"], &["id", "amount_off", "duration"]],
    codes_in: None,
    fields: &[
        ("id", Field::Id),
        ("name", Field::Name),
        ("valid", Field::State),
        ("percent_off", Field::Percent),
        ("amount_off", Field::AmountMinor),
        ("currency", Field::Currency),
        ("redeem_by", Field::Ends),
        ("applies_to.products", Field::Products),
        ("max_redemptions", Field::LimitTotal),
    ],
    unique: false,
};

/// REST v3, <https://woocommerce.github.io/woocommerce-rest-api-docs/#coupon-properties>.
static WOO: Shape = Shape {
    platform: Platform::WooCommerce,
    proofs: &[&["code", "discount_type", "amount"], &["code", "discount_type", "coupon_amount"]],
    codes_in: None,
    fields: WOO_FIELDS,
    unique: false,
};

/// A coupon as a row of the post table, with the meta keys as columns, as export plugins write it.
static WOO_POST: Shape = Shape {
    platform: Platform::WooCommerce,
    proofs: &[&["post_title", "coupon_amount"], &["post_title", "discount_type"]],
    codes_in: None,
    fields: WOO_FIELDS,
    unique: false,
};

const WOO_FIELDS: &[(&str, Field)] = &[
    ("code", Field::Code),
    ("post_title", Field::Code),
    ("description", Field::Name),
    ("post_excerpt", Field::Name),
    ("status", Field::State),
    ("post_status", Field::State),
    ("amount", Field::Value),
    ("coupon_amount", Field::Value),
    ("discount_type", Field::Kind),
    ("free_shipping", Field::FreeShipping),
    // The same end twice: the one in UTC is the instant, the other one waits for the shop's zone.
    ("date_expires_gmt", Field::EndsUtc),
    ("date_expires", Field::Ends),
    ("expiry_date", Field::Ends),
    ("usage_count", Field::Uses),
    ("usage_limit", Field::LimitTotal),
    ("usage_limit_per_user", Field::LimitPerPerson),
    ("individual_use", Field::Individual),
    ("product_ids", Field::Products),
    ("product_categories", Field::Collections),
    ("minimum_amount", Field::Minimum),
    ("email_restrictions", Field::Group),
    ("customer_email", Field::Group),
];

/// Promotions v3, <https://developer.bigcommerce.com/docs/rest-management/promotions>.
static BIGCOMMERCE: Shape = Shape {
    platform: Platform::BigCommerce,
    proofs: &[&["redemption_type", "current_uses"], &["redemption_type", "start_date"]],
    codes_in: Some("codes"),
    fields: &[
        ("codes.code", Field::Code),
        ("codes.current_uses", Field::Uses),
        ("codes.max_uses", Field::LimitTotal),
        ("codes.max_uses_per_customer", Field::LimitPerPerson),
        ("code", Field::Code),
        ("id", Field::Id),
        ("name", Field::Name),
        ("status", Field::State),
        ("start_date", Field::Starts),
        ("end_date", Field::Ends),
        ("max_uses", Field::LimitTotal),
        ("current_uses", Field::Uses),
        ("currency_code", Field::Currency),
        ("rules.action.cart_value.discount.percentage_amount", Field::Percent),
        ("rules.action.cart_value.discount.fixed_amount", Field::Amount),
        ("rules.action.cart_items.discount.percentage_amount", Field::Percent),
        ("rules.action.cart_items.discount.fixed_amount", Field::Amount),
        ("rules.condition.cart.minimum_spend", Field::Minimum),
        ("can_be_used_with_other_promotions", Field::Combinable),
        ("customer.group_ids", Field::Group),
    ],
    unique: false,
};

/// A code of a promotion.
static BIGCOMMERCE_CODE: Shape = Shape {
    platform: Platform::BigCommerce,
    proofs: &[&["code", "current_uses", "max_uses_per_customer"], &["code", "current_uses", "max_uses"]],
    codes_in: None,
    fields: &[
        ("code", Field::Code),
        ("promotion_id", Field::Terms),
        ("current_uses", Field::Uses),
        ("max_uses", Field::LimitTotal),
        ("max_uses_per_customer", Field::LimitPerPerson),
    ],
    unique: false,
};

/// A row of `salesrule_coupon`, or one joined with its rule.
static MAGENTO_COUPON: Shape =
    Shape { platform: Platform::Magento, proofs: &[&["rule_id", "code"]], codes_in: None, fields: MAGENTO_FIELDS, unique: false };

/// A row of `salesrule`: the terms on which codes hang. Its dates have no time and hold through their day.
static MAGENTO_RULE: Shape = Shape {
    platform: Platform::Magento,
    proofs: &[&["rule_id", "simple_action"], &["rule_id", "to_date"]],
    codes_in: None,
    fields: &[
        ("rule_id", Field::Id),
        ("name", Field::Name),
        ("is_active", Field::State),
        ("from_date", Field::Starts),
        ("to_date", Field::Ends),
        ("simple_action", Field::Kind),
        ("discount_amount", Field::Value),
        ("simple_free_shipping", Field::FreeShipping),
        ("uses_per_customer", Field::LimitPerPerson),
        ("uses_per_coupon", Field::LimitTotal),
        ("coupon_code", Field::Code),
        ("customer_group_ids", Field::Group),
    ],
    unique: false,
};

const MAGENTO_FIELDS: &[(&str, Field)] = &[
    ("code", Field::Code),
    ("rule_id", Field::Terms),
    ("name", Field::Name),
    ("is_active", Field::State),
    ("from_date", Field::Starts),
    ("to_date", Field::Ends),
    ("expiration_date", Field::Ends),
    ("simple_action", Field::Kind),
    ("discount_amount", Field::Value),
    ("usage_limit", Field::LimitTotal),
    ("usage_per_customer", Field::LimitPerPerson),
    ("uses_per_customer", Field::LimitPerPerson),
    ("times_used", Field::Uses),
];

/// Coupon codes, <https://developers.klaviyo.com/en/reference/get_coupon_codes>. The pool is the coupon that they belong to.
static KLAVIYO: Shape = Shape {
    platform: Platform::Klaviyo,
    proofs: &[&["type", "attributes", "relationships"], &["type", "attributes", "id"]],
    codes_in: None,
    fields: &[
        ("attributes.unique_code", Field::Code),
        ("attributes.expires_at", Field::Ends),
        ("attributes.status", Field::State),
        ("relationships.coupon.data.id", Field::Pool),
    ],
    unique: true,
};

/// Vouchers, <https://docs.voucherify.io/reference/the-voucher-object>.
static VOUCHERIFY: Shape = Shape {
    platform: Platform::Voucherify,
    proofs: &[&["code", "type", "redemption"], &["code", "campaign", "expiration_date"], &["code", "voucher_type"]],
    codes_in: None,
    fields: &[
        ("code", Field::Code),
        ("category", Field::Name),
        ("campaign", Field::Pool),
        ("value", Field::Value),
        ("active", Field::State),
        ("start_date", Field::Starts),
        ("expiration_date", Field::Ends),
        ("discount.type", Field::Kind),
        ("discount.percent_off", Field::Percent),
        ("discount.amount_off", Field::AmountMinor),
        ("discount_type", Field::Kind),
        ("redemption.quantity", Field::LimitTotal),
        ("redemption.redeemed_quantity", Field::Uses),
        ("redemption_quantity", Field::LimitTotal),
        ("redemption_count", Field::Uses),
    ],
    unique: false,
};

/// Coupons, <https://docs.talon.one/management-api>: the code is called `value`, and a limit of 0 is none.
static TALON: Shape = Shape {
    platform: Platform::TalonOne,
    proofs: &[&["value", "usageLimit"], &["value", "usageCounter"], &["value", "limitval", "expirydate"]],
    codes_in: None,
    fields: &[
        ("value", Field::Code),
        ("usageLimit", Field::LimitTotal),
        ("usageCounter", Field::Uses),
        ("startDate", Field::Starts),
        ("expiryDate", Field::Ends),
        ("recipientIntegrationId", Field::Group),
        ("campaignId", Field::Pool),
        ("campaignid", Field::Pool),
        ("limitval", Field::LimitTotal),
        ("counter", Field::Uses),
        ("startdate", Field::Starts),
        ("expirydate", Field::Ends),
        ("recipientintegrationid", Field::Group),
    ],
    unique: false,
};
