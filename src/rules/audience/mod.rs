//! Rules about who gets the mail.

pub(super) mod asked_again;
pub(super) mod audience_size;
pub(super) mod bounced_mailed;
pub(super) mod competitors_mailed;
pub(super) mod consent_missing;
pub(super) mod consent_outdated;
pub(super) mod contradicting_campaigns;
pub(super) mod crowded_week;
mod country;
pub(super) mod customers_welcomed;
pub(super) mod excluded_mailed;
pub(super) mod exclusion_missing;
pub(super) mod never_subscribed;
pub(super) mod opted_out_listed;
pub(super) mod opted_out_mailed;
pub(super) mod other_country;
pub(super) mod other_language;
pub(super) mod other_topic;
pub(super) mod outdated_suppression;
pub(super) mod outside_segment;
pub(super) mod people_in_test_list;
pub(super) mod recent_buyers_mailed;
pub(super) mod segments_overlap;
pub(super) mod staff_mailed;
pub(super) mod suppression_list_mailed;
pub(super) mod unlike_last_send;
mod values;
pub(super) mod welcomed_again;
pub(super) mod whole_list_mailed;

use crate::audience::{Audience, Example, ListFacts, Overlap};
use crate::finding::{Finding, grouped};
use crate::rule::Context;
use crate::settings::Role;
use values::{of_values, values};

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

/// Whether a send list has a column of a kind.
fn knows(audience: Option<&Audience>, column: impl Fn(&ListFacts) -> Option<usize>) -> bool {
    audience.is_some_and(|audience| audience.lists.iter().any(|list| list.role == Role::Send && column(list).is_some()))
}

/// A few people, masked, with their rows.
pub(super) fn shown(examples: &[Example]) -> Vec<String> {
    examples.iter().take(3).map(|example| format!("{} ({})", example.address, example.at)).collect()
}

/// The send lists whose own columns the sending platform does not heed: files of nobody in particular, and exports of
/// another platform than the draft's.
fn carried_over<'a>(context: &'a Context<'_>, audience: &'a Audience) -> impl Iterator<Item = &'a ListFacts> {
    let dialects = context.facts.tags.decision.as_ref().map(|decision| decision.dialects).filter(|dialects| !dialects.is_empty());
    let is_foreign = move |list: &&ListFacts| match (list.export.platform, dialects) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(platform), Some(dialects)) => {
            let brand = plain(platform.split(',').next().unwrap_or(platform));
            // A shop's customers are mailed by whoever mails for the shop, which knows what the shop knows.
            !SHOPS.contains(&brand.as_str()) && !dialects.iter().any(|dialect| plain(&dialect.name).contains(&brand))
        }
    };
    audience.lists.iter().filter(|list| list.role == Role::Send).filter(is_foreign)
}

/// Platforms whose exports are those of a shop and not of a sender.
const SHOPS: [&str; 3] = ["shopify", "woocommerce", "stripe"];

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
