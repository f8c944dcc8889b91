//! A `mailto:` link that writes to nobody.

use super::group::{is_literal, one_each, place};
use super::placeholder_link::EXAMPLE_DOMAINS;
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "broken-mailto",
    severity: Severity::Block,
    summary: "A `mailto:` link writes to nobody: a stand-in, a misspelt domain; or to another address than it shows",
    repair: Repair::Nothing,
    page: include_str!("broken_mailto.md"),
    check: Check::Draft(check),
};

/// Domains of large mail providers as people misspell them.
const MISSPELT: [(&str, &str); 14] = [
    ("gmial.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gamil.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("hotmal.com", "hotmail.com"),
    ("hotmail.co", "hotmail.com"),
    ("yaho.com", "yahoo.com"),
    ("yahooo.com", "yahoo.com"),
    ("outlok.com", "outlook.com"),
    ("outloo.com", "outlook.com"),
    ("iclod.com", "icloud.com"),
];

/// Whole addresses that stand for one, and domains that nobody has.
const STAND_INS: [&str; 12] = [
    "email@address.com",
    "name@email.com",
    "your@email.com",
    "you@email.com",
    "email@email.com",
    "name@domain.com",
    "your@address.com",
    "youremail@address.com",
    "user@domain.com",
    "mail@mail.com",
    "test@test.com",
    "abc@xyz.com",
];

/// Endings that are reserved and in use without being registered (RFC 6761).
const RESERVED: [&str; 6] = ["example", "test", "local", "internal", "lan", "localhost"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let findings = one_each(context, |link| broken(link).filter(|_| link.kind != LinkKind::ListUnsubscribe));
    let broken = findings.into_iter().map(|finding| finding.help("write `mailto:` and the address, and send a mail to it once"));
    let others = context.facts.links.iter().filter_map(|link| {
        let message = format!("the link says {} and writes to {}", link.text.trim(), written_to_another(link)?);
        Some(Finding::new(place(link), message).severity(Severity::Warn).help("write the same address in both places"))
    });
    broken.chain(others).collect()
}

/// To whom a link writes whose words are the address of somebody else.
fn written_to_another(link: &Link) -> Option<String> {
    let (scheme, rest) = link.href.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("mailto") || !is_literal(link) || link.kind == LinkKind::ListUnsubscribe || broken(link).is_some() {
        return None;
    }
    let said = link.text.trim().trim_end_matches(['.', ',', ';', ':', '-']).to_ascii_lowercase();
    let (name, domain) = said.split_once('@')?;
    let is_part = |part: &str| {
        part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+')) && part.starts_with(char::is_alphanumeric)
    };
    let to = rest.split('?').next()?.to_ascii_lowercase().replace("%40", "@").replace("%2b", "+").replace("%20", "");
    let is_address = is_part(name) && is_part(domain) && domain.contains('.');
    (is_address && !to.is_empty() && !to.contains('%') && !to.split([',', ';']).any(|one| one.trim() == said)).then_some(to)
}

fn broken(link: &Link) -> Option<String> {
    let (scheme, rest) = link.href.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("mailto") || !is_literal(link) {
        return None;
    }
    let (to, query) = rest.split_once('?').map_or((rest, None), |(to, query)| (to, Some(query)));
    if to.starts_with('/') {
        return Some(String::from("has slashes behind `mailto:`, where only an address belongs"));
    }
    if to.trim().is_empty() {
        // Without an address it is a way to tell a friend, if it has a text to tell.
        return query.is_none_or(str::is_empty).then(|| String::from("has no address behind `mailto:`"));
    }
    to.split([',', ';']).find_map(address_fault)
}

fn address_fault(address: &str) -> Option<String> {
    let address = address.replace("%40", "@");
    let address = address.trim().trim_start_matches("%20").trim_end_matches("%20");
    let (name, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let domain = domain.to_ascii_lowercase();
    let lower = address.to_ascii_lowercase();
    if domain.is_empty() || name.is_empty() || name.contains('@') {
        return Some(format!("writes to `{address}`, which is no address"));
    }
    if address.contains([' ', '\u{a0}']) || domain.contains("..") || !domain.contains('.') {
        return Some(format!("writes to `{address}`, which is no address"));
    }
    if STAND_INS.contains(&lower.as_str()) || EXAMPLE_DOMAINS.contains(&domain.as_str()) {
        return Some(format!("writes to {address}, which only stands for an address"));
    }
    if let Some((_, right)) = MISSPELT.iter().find(|(wrong, _)| *wrong == domain) {
        return Some(format!("writes to {address}; {right} is meant"));
    }
    let last = domain.rsplit('.').next().unwrap_or_default();
    let exists = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known()) || RESERVED.contains(&last);
    (!exists && domain.is_ascii()).then(|| format!("writes to {address}, but there are no domains that end in .{last}"))
}
