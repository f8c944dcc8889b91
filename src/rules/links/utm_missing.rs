//! Links without the campaign parameters that the mail's other links have.

use super::group::{by_address, counted, further, place};
use super::own::domains;
use super::utm::{has_campaign, is_counted};
use crate::facts::{Link, Sieve};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "utm-missing",
    severity: Severity::Warn,
    summary: "Some links to the own site lack the UTM parameters that the others have",
    repair: Repair::Redirect,
    page: include_str!("utm_missing.md"),
    check: Check::Draft(check),
};

/// Fewest links with parameters that show that links are meant to have them.
const FEWEST: usize = 3;

/// Words of pages that belong to every mail and to no campaign.
const SERVICE: [&str; 22] = [
    "privacy",
    "datenschutz",
    "legal",
    "imprint",
    "impressum",
    "terms",
    "agb",
    "contact",
    "kontakt",
    "help",
    "support",
    "account",
    "login",
    "view-online",
    "viewonline",
    "browser",
    "webversion",
    "web-version",
    "cookie",
    "unsub",
    "preference",
    "forward",
];

static PAGES: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(SERVICE.into_iter()));

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = domains(context);
    let firsts = by_address(context).map(|group| group.first);
    let counts = |link: &&Link| is_counted(link) && !link.hidden && link.site().is_some_and(|site| own.contains(site));
    let (with, without): (Vec<&Link>, Vec<&Link>) = firsts.filter(counts).partition(|link| has_campaign(link));
    if with.len() < FEWEST {
        return Vec::new();
    }
    let without: Vec<&Link> = without.into_iter().filter(|link| !is_service(link)).collect();
    let Some((first, others)) = without.split_first().filter(|_| with.len() >= without.len()) else { return Vec::new() };
    let message =
        format!("{} no UTM parameters, although {} others have them", counted(without.len(), "address has", "addresses have"), with.len());
    let finding = Finding::new(place(first), message).help("add the same parameters, or their visits count as nobody's");
    vec![further(finding, others)]
}

/// Whether a link belongs to the frame of every mail. A merge tag may bring parameters of its own.
fn is_service(link: &Link) -> bool {
    link.tagged || link.says(&PAGES)
}
