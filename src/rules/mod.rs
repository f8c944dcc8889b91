//! The table of all rules; the only place where they are registered, in the order in which people see them.

mod audience;
mod copy;
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
    // Where it leads.
    &links::dead_link::RULE,
    &links::suspect_link::RULE,
    &links::private_link::RULE,
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
