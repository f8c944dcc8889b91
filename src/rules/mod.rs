//! The table of all rules; the only place where they are registered, in the order in which people see them.

mod audience;
mod copy;
mod dates;
mod exceptions;
mod images;
mod links;
mod names;
mod offers;
mod people;
mod tags;

use crate::rule::Rule;

/// All rules.
pub static RULES: &[&Rule] = &[
    // Who gets it.
    &audience::customers_welcomed::RULE,
    &audience::welcomed_again::RULE,
    &audience::asked_again::RULE,
    &audience::suppression_list_mailed::RULE,
    &audience::outside_segment::RULE,
    &audience::opted_out_mailed::RULE,
    &audience::opted_out_listed::RULE,
    &audience::never_subscribed::RULE,
    &audience::bounced_mailed::RULE,
    &audience::audience_size::RULE,
    &audience::staff_mailed::RULE,
    // What its list holds.
    &people::same_name_for_all::RULE,
    &people::shifted_names::RULE,
    &people::null_name::RULE,
    &people::null_value::RULE,
    &people::empty_field::RULE,
    &people::address_as_name::RULE,
    &people::garbled_value::RULE,
    &people::control_character::RULE,
    &people::formula_value::RULE,
    &people::shouted_name::RULE,
    &people::invalid_address::RULE,
    &people::mistyped_domain::RULE,
    &people::test_address::RULE,
    &people::header_repeated::RULE,
    &people::ragged_rows::RULE,
    &people::doubled_person::RULE,
    &people::missing_address::RULE,
    &people::totals_row::RULE,
    &people::shared_mailbox::RULE,
    &people::disposable_address::RULE,
    // What it offers.
    &offers::coupon_unknown::RULE,
    &offers::coupon_inactive::RULE,
    &offers::coupon_not_started::RULE,
    &offers::coupon_expired::RULE,
    &offers::coupon_used_up::RULE,
    &offers::coupon_reusable::RULE,
    &offers::coupon_ends_mid_send::RULE,
    &offers::coupon_ends_early::RULE,
    &offers::misleading_deadline::RULE,
    &offers::discount_differs::RULE,
    &offers::coupon_other_currency::RULE,
    &offers::minimum_differs::RULE,
    &offers::minimum_unsaid::RULE,
    &offers::too_few_uses::RULE,
    &offers::coupon_once_only::RULE,
    &offers::first_order_code_to_customers::RULE,
    &offers::not_entitled::RULE,
    &offers::unique_code_shared::RULE,
    &offers::too_few_codes::RULE,
    &offers::faulty_pool::RULE,
    &offers::faulty_code_column::RULE,
    &offers::preview_code::RULE,
    &offers::live_giveaway::RULE,
    &offers::two_discounts::RULE,
    &offers::two_codes::RULE,
    &offers::price_arithmetic::RULE,
    &offers::price_rises::RULE,
    &offers::price_absurd::RULE,
    &offers::mixed_currencies::RULE,
    &offers::headline_contradicted::RULE,
    // When it is.
    &dates::wrong_weekday::RULE,
    &dates::impossible_date::RULE,
    &dates::deadline_past::RULE,
    &dates::end_before_start::RULE,
    &dates::relative_day::RULE,
    &dates::clock_gap::RULE,
    &dates::outdated_year::RULE,
    &dates::old_copyright::RULE,
    // Where it leads.
    &links::dead_link::RULE,
    &links::suspect_link::RULE,
    &links::private_link::RULE,
    &links::dead_image::RULE,
    &links::lost_tracking::RULE,
    &links::insecure_redirect::RULE,
    &links::missing_fragment::RULE,
    &links::long_redirect_chain::RULE,
    &links::placeholder_link::RULE,
    &links::malformed_link::RULE,
    &links::staging_link::RULE,
    &links::lookalike_domain::RULE,
    &links::template_social_link::RULE,
    &links::editor_link::RULE,
    &links::misleading_link_text::RULE,
    &links::stale_tracking::RULE,
    &links::unsubscribe_missing::RULE,
    &links::broken_mailto::RULE,
    &links::broken_phone_link::RULE,
    &links::mistyped_phone::RULE,
    &links::missing_anchor::RULE,
    &links::personal_data_in_link::RULE,
    &links::untidy_link::RULE,
    &links::insecure_link::RULE,
    &links::utm_missing::RULE,
    &links::utm_broken::RULE,
    &links::utm_disagreeing::RULE,
    &links::utm_outdated::RULE,
    &links::shortened_link::RULE,
    &links::vague_link_text::RULE,
    &links::same_text_different_links::RULE,
    // What it shows.
    &images::missing_image::RULE,
    &images::local_image::RULE,
    &images::placeholder_image::RULE,
    &images::inline_image_data::RULE,
    &images::insecure_image::RULE,
    &images::unshown_image::RULE,
    &images::mislabelled_image::RULE,
    &images::stretched_image::RULE,
    &images::heavy_image::RULE,
    &images::missing_alt::RULE,
    &images::file_name_alt::RULE,
    &images::image_only_mail::RULE,
    // Whom it names.
    &names::hardcoded_name::RULE,
    &names::stand_in_name::RULE,
    &names::empty_name::RULE,
    // What is filled in.
    &tags::left_over_tag::RULE,
    &tags::foreign_tag::RULE,
    &tags::broken_tag::RULE,
    &tags::doubtful_tag::RULE,
    &tags::unclosed_block::RULE,
    &tags::no_fallback::RULE,
    &tags::unguarded_name::RULE,
    &tags::unknown_field::RULE,
    &tags::unencoded_field::RULE,
    &tags::text_part_lacks_tags::RULE,
    // What it says.
    &copy::lorem_ipsum::RULE,
    &copy::unfinished_text::RULE,
    &copy::test_subject::RULE,
    // What is let pass.
    &exceptions::expired_waiver::RULE,
    &exceptions::unused_waiver::RULE,
    &exceptions::missing_mistake::RULE,
];

/// The rule of a name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
