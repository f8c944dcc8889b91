//! Rules about single rows of the send list and about the columns that the draft prints.

pub(super) mod address_as_name;
pub(super) mod amount_out_of_range;
pub(super) mod control_character;
pub(super) mod disposable_address;
pub(super) mod doubled_person;
pub(super) mod empty_field;
pub(super) mod formula_value;
pub(super) mod garbled_value;
pub(super) mod header_repeated;
pub(super) mod invalid_address;
pub(super) mod missing_address;
pub(super) mod mistyped_domain;
pub(super) mod null_name;
pub(super) mod null_value;
mod printed;
pub(super) mod ragged_rows;
pub(super) mod same_name_for_all;
pub(super) mod shared_mailbox;
pub(super) mod shifted_names;
pub(super) mod shouted_name;
pub(super) mod test_address;
pub(super) mod totals_row;

use super::audience::shown;
use crate::audience::{Audience, Example, ListFacts, Mark, OddRows};
use crate::finding::{Finding, grouped};
use crate::rule::Context;
use crate::settings::Role;
use printed::printed;

/// The lists that get the mail.
fn send_lists(audience: &Audience) -> impl Iterator<Item = &ListFacts> {
    audience.lists.iter().filter(|list| list.role == Role::Send)
}

/// A finding for each send list with addresses of a kind; `what` is said of one address, and of several.
pub(super) fn marked(context: &Context<'_>, audience: &Audience, mark: Mark, what: (&str, &str), help: &str) -> Vec<Finding> {
    let of = audience.people_on(Role::Send);
    let crowds = send_lists(audience).flat_map(|list| list.marked.iter().map(move |(found, crowd)| (list, found, crowd)));
    let findings = crowds.filter(|(_, found, _)| **found == mark).map(|(list, _, crowd)| {
        let what = if crowd.people == 1 { what.0 } else { what.1 };
        let message = format!("{} of the {} addresses on {} {what}", grouped(crowd.people), grouped(list.addresses), list.path);
        Finding::new(context.headline(), message).reach(crowd.people, of).people(shown(&crowd.examples)).help(help)
    });
    findings.collect()
}

/// A finding for each send list with rows that are out of order in one way; `what` is said of one row, and of several.
fn odd_rows(
    context: &Context<'_>,
    audience: &Audience,
    rows: impl Fn(&ListFacts) -> &OddRows,
    what: (&str, &str),
    help: &str,
) -> Vec<Finding> {
    let findings = send_lists(audience).map(|list| (list, rows(list))).filter(|(_, odd)| odd.rows > 0).map(|(list, odd)| {
        let message = if odd.rows == 1 {
            format!("1 of the {} rows of {} {}", grouped(list.rows), list.path, what.0)
        } else {
            format!("{} of the {} rows of {} {}", grouped(odd.rows), grouped(list.rows), list.path, what.1)
        };
        let lines = odd.first_lines.iter().take(3).map(|line| format!("{} line {line}", list.path));
        Finding::new(context.headline(), message).reach(odd.rows, audience.people_on(Role::Send)).people(lines.collect()).help(help)
    });
    findings.collect()
}

/// A few people, masked, each with both rows.
pub(super) fn shown_pairs(examples: &[Example]) -> Vec<String> {
    let one = |example: &Example| {
        let also: Vec<String> = example.also.iter().take(1).map(|place| format!(" and {place}")).collect();
        format!("{} ({}{})", example.address, example.at, also.concat())
    };
    examples.iter().take(3).map(one).collect()
}
