//! Rules about who gets the mail.

pub(super) mod asked_again;
pub(super) mod audience_size;
pub(super) mod bounced_mailed;
pub(super) mod customers_welcomed;
pub(super) mod opted_out_mailed;
pub(super) mod welcomed_again;

use crate::audience::{Audience, Example, Overlap};
use crate::finding::{Finding, grouped};
use crate::rule::Context;
use crate::settings::Role;

/// The finding that people of some roles are on the send list, if any are; `what` goes on "… people on the send list".
fn overlap(context: &Context<'_>, audience: &Audience, roles: &[Role], what: &str, help: &str) -> Vec<Finding> {
    let others = roles.iter().fold(0, |mask, role| mask | audience.mask(*role));
    let overlap = audience.overlap_of(audience.mask(Role::Send), others);
    if overlap.people == 0 {
        return Vec::new();
    }
    let of = audience.send_size();
    let share = if overlap.people == of {
        format!("all {} people", grouped(of))
    } else {
        format!("{} of the {} people", grouped(overlap.people), grouped(of))
    };
    let what = if overlap.people == 1 { what.replacen("are ", "is ", 1).replacen("have ", "has ", 1) } else { what.to_owned() };
    let message = format!("{share} on the send list {what}{}{}", lists(audience, &overlap), examples(&overlap.examples));
    vec![Finding::new(context.headline(), message).reach(overlap.people, of).help(help)]
}

/// On which lists they stand: "(lists: customers 27,410, wholesale 3)".
fn lists(audience: &Audience, overlap: &Overlap) -> String {
    let filled = overlap.per_list.iter().filter(|(_, people)| *people > 0);
    let names: Vec<String> = filled
        .filter_map(|(list, people)| audience.lists.get(*list).map(|list| format!("{} on `{}`", grouped(*people), list.name)))
        .collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// A few of them, masked, with their rows.
fn examples(examples: &[Example]) -> String {
    let shown: Vec<String> =
        examples.iter().take(3).map(|example| format!("{} in {} line {}", example.address, example.at.path, example.at.line)).collect();
    if shown.is_empty() { String::new() } else { format!("; for example {}", shown.join(", ")) }
}
