//! A link that carries somebody's e-mail address.

use super::group::{by_address, by_fault};
use crate::facts::{Characters, Link};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "personal-data-in-link",
    severity: Severity::Warn,
    summary: "A link carries an e-mail address to a web site and into its statistics",
    repair: Repair::Nothing,
    page: include_str!("personal_data_in_link.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let faults = by_address(context).filter_map(|group| Some((group, personal(group.first, context)?)));
    let help = "leave the address out, or let an identifier that only you can read stand for the person";
    by_fault(faults).into_iter().map(|finding| finding.help(help)).collect()
}

fn personal(link: &Link, context: &Context<'_>) -> Option<String> {
    // An address has an `@`, which may be encoded.
    const ADDRESS: Characters = Characters::any(b"@%");
    if !link.tagged && !link.characters().has(ADDRESS) {
        return None;
    }
    let page = link.page().filter(|_| !link.is_opt_out())?;
    let counts = page.pairs().any(|(key, _)| key.starts_with("utm_"));
    for (key, value) in page.pairs() {
        let key_is_address = matches!(key.to_ascii_lowercase().as_str(), "email" | "e-mail" | "mail" | "email_address" | "emailaddress");
        if link.tagged && counts && key_is_address && !value.is_empty() {
            return Some(format!(
                "hands every reader's e-mail address (`{key}=`) to the site's statistics, which Google Analytics forbids"
            ));
        }
        // In a mail that was sent, a person's own address is what a merge tag printed.
        if !link.tagged && !context.is_finished() && is_address(&value) {
            return Some(format!("carries one person's e-mail address in `{key}=`"));
        }
    }
    None
}

fn is_address(value: &str) -> bool {
    let Some((name, domain)) = value.split_once('@') else { return false };
    let fits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b));
    // What names a calendar has the form of an address.
    let is_person = !domain.ends_with("calendar.google.com");
    // A version, as in `lodash@4.17.20`, has no domain of letters.
    let ends_in_letters = domain.ends_with(|c: char| c.is_ascii_alphabetic());
    is_person && ends_in_letters && fits(name) && fits(domain) && domain.contains('.') && psl::domain_str(domain).is_some()
}
