//! The shops and tools whose exports are known, and what tells one from another.

use super::field::{self, Field};
use super::shapes::SHAPES;
use std::fmt;

/// Whose export a coupon comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Shopify: the discounts export, and the Admin GraphQL API.
    Shopify,
    /// Stripe promotion codes and coupons.
    Stripe,
    /// `WooCommerce`: the post table or a plugin's export, and REST v3.
    WooCommerce,
    /// `BigCommerce` promotions and codes, v3.
    BigCommerce,
    /// Magento and Adobe Commerce sales rules.
    Magento,
    /// Klaviyo coupon codes.
    Klaviyo,
    /// Voucherify vouchers.
    Voucherify,
    /// Talon.One coupons.
    TalonOne,
    /// A list with columns named by people.
    Plain,
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shopify => "Shopify",
            Self::Stripe => "Stripe",
            Self::WooCommerce => "WooCommerce",
            Self::BigCommerce => "BigCommerce",
            Self::Magento => "Magento",
            Self::Klaviyo => "Klaviyo",
            Self::Voucherify => "Voucherify",
            Self::TalonOne => "Talon.One",
            Self::Plain => "plain list",
        })
    }
}

/// One shape of one platform's records: CSV columns and JSON keys alike, as paths with dots.
#[derive(Debug)]
pub(super) struct Shape {
    /// Whose it is.
    pub(super) platform: Platform,
    /// Keys (at the top of a record) that together prove it; any one of the sets is enough.
    pub(super) proofs: &'static [&'static [&'static str]],
    /// A list inside the record with one entry a code; what the entry does not say the record says.
    pub(super) codes_in: Option<&'static str>,
    /// What each path holds.
    pub(super) fields: &'static [(&'static str, Field)],
    /// Whether its codes are made to be handed out, one to a person.
    pub(super) unique: bool,
}

impl Shape {
    /// The shape that a record's top keys prove.
    pub(super) fn proved_by(has: impl Fn(&str) -> bool) -> Option<&'static Self> {
        SHAPES.into_iter().find(|shape| shape.proofs.iter().any(|keys| keys.iter().all(|key| has(key))))
    }

    /// What a path holds.
    pub(super) fn field(&self, path: &str) -> Option<Field> {
        self.fields.iter().find(|(known, _)| *known == path).map(|(_, field)| *field)
    }

    /// What a CSV column holds, by its header in any spelling.
    pub(super) fn column(&self, header: &str) -> Option<Field> {
        let header = field::simplified(header);
        self.fields.iter().find(|(known, _)| field::simplified(known) == header).map(|(_, field)| *field)
    }

    /// Whether any known path goes through this one.
    pub(super) fn goes_through(&self, path: &str) -> bool {
        self.fields.iter().any(|(known, _)| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
    }
}
