//! The table of all rules; the only place where they are registered, in the order in which people see them.

mod audience;
mod copy;
mod links;
mod names;
mod offers;
mod tags;

use crate::rule::Rule;

/// All rules.
pub static RULES: &[&Rule] = &[
    // Who gets it.
    &audience::customers_welcomed::RULE,
    &audience::welcomed_again::RULE,
    &audience::asked_again::RULE,
    &audience::opted_out_mailed::RULE,
    &audience::bounced_mailed::RULE,
    &audience::audience_size::RULE,
    // What it offers.
    &offers::coupon_unknown::RULE,
    &offers::coupon_inactive::RULE,
    &offers::coupon_not_started::RULE,
    &offers::coupon_expired::RULE,
    &offers::coupon_used_up::RULE,
    &offers::coupon_reusable::RULE,
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
    &links::staging_link::RULE,
    // Whom it names.
    &names::hardcoded_name::RULE,
    &names::stand_in_name::RULE,
    &names::empty_name::RULE,
    // What is filled in.
    &tags::left_over_tag::RULE,
    &tags::foreign_tag::RULE,
    &tags::broken_tag::RULE,
    &tags::unclosed_block::RULE,
    &tags::no_fallback::RULE,
    &tags::unknown_field::RULE,
    &tags::text_part_lacks_tags::RULE,
    // What it says.
    &copy::lorem_ipsum::RULE,
    &copy::unfinished_text::RULE,
    &copy::test_subject::RULE,
];

/// The rule of a name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
