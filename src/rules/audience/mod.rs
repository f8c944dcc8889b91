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
    let message = format!("{share} on the send list {what}{}", lists(audience, &overlap));
    vec![Finding::new(context.headline(), message).reach(overlap.people, of).people(shown(&overlap.examples)).help(help)]
}

/// On which lists they stand, if there are several.
fn lists(audience: &Audience, overlap: &Overlap) -> String {
    let name = |(list, people): &(usize, u64)| Some(format!("{} on `{}`", grouped(*people), audience.lists.get(*list)?.name));
    let filled: Vec<String> = overlap.per_list.iter().filter(|(_, people)| *people > 0).filter_map(name).collect();
    if filled.len() < 2 { String::new() } else { format!(" ({})", filled.join(", ")) }
}

/// A few people, masked, with their rows.
fn shown(examples: &[Example]) -> Vec<String> {
    examples.iter().take(3).map(|example| format!("{} ({} line {})", example.address, example.at.path, example.at.line)).collect()
}
