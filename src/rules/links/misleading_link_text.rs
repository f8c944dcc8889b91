//! A link whose words name another site than the one it leads to.

use super::clicks::is_counter;
use super::group::{by_address, is_under};
use super::group::{further, is_literal, place};
use super::own::wrapper;
use super::shortened_link::shortener;
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "misleading-link-text",
    severity: Severity::Warn,
    summary: "The visible text of a link is the address of another site",
    repair: Repair::Redirect,
    page: include_str!("misleading_link_text.md"),
    check: Check::Draft(check),
};

/// Sites with several domains.
const SAME_SITE: [&[&str]; 8] = [
    &["youtube.com", "youtu.be"],
    &["twitter.com", "x.com", "t.co"],
    &["facebook.com", "fb.com", "fb.me", "fb.watch"],
    &["instagram.com", "instagr.am"],
    &["telegram.org", "telegram.me", "t.me"],
    &["google.com", "goo.gl", "g.co", "forms.gle", "g.page"],
    &["amazon.com", "amzn.to", "a.co"],
    &["whatsapp.com", "wa.me"],
];

/// First labels of hosts that, in a mail that was sent, lead on for their domain.
const COUNTING: [&str; 9] = ["link", "go", "email", "mail", "news", "url", "info", "mailing", "newsletter"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let counter = context.is_finished().then(|| wrapper(&context.facts.links)).flatten();
    let findings = by_address(context).filter_map(|group| {
        let wrong = |link: &&Link| {
            link.kind != LinkKind::Text && named_site(&link.text).or_else(|| nearly_named(link)).is_some_and(|named| is_other(link, named))
        };
        let found: Vec<&Link> = group.all().filter(wrong).collect();
        let (first, others) = found.split_first()?;
        let host = first.host().filter(|host| is_literal(first) && Some(*host) != counter && !counts_clicks(first, context))?;
        let finding = Finding::new(place(first), format!("the link says \"{}\" and leads to {host}", first.text))
            .help("let the words say what the reader finds there, or put in the address that they name");
        Some(further(finding, others))
    });
    findings.collect()
}

/// The registered domain that a link's words name, if they are an address and nothing else.
fn named_site(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(['.', ',', '/', '»', '›', '→', ' ']);
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_address = bare.is_some() || text.starts_with("www.");
    let bare = bare.unwrap_or(text);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let fits = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let is_known = || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    // A name with a dot may be a program or a brand (Node.js, Booking.com); only a whole address is a promise.
    (is_address && fits && !text.contains(char::is_whitespace) && is_known()).then(|| psl::domain_str(host)).flatten()
}

/// The same where the words are a bare host, if that is one slip away from the one that the link leads to: no brand is that.
fn nearly_named(link: &Link) -> Option<&str> {
    let text = link.text.trim().trim_end_matches(['.', ',', '/']);
    let fits = text.contains('.') && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let named = fits.then(|| psl::domain_str(text)).flatten()?;
    (strsim::damerau_levenshtein(&named.to_ascii_lowercase(), link.site()?) == 1).then_some(named)
}

/// Whether a link leads to another site than the one named.
fn is_other(link: &Link, named: &str) -> bool {
    let named = named.to_ascii_lowercase();
    let Some(site) = link.site() else { return false };
    let name = |site: &str| site.split('.').next().unwrap_or_default().to_owned();
    let same = SAME_SITE.iter().any(|sites| sites.contains(&site) && sites.contains(&named.as_str()));
    // An address that hands the named one on (`?url=https://…`) keeps its promise.
    let hands_on = link.href.to_ascii_lowercase().contains(&named);
    site != named && name(site) != name(&named) && !same && !hands_on && shortener(link).is_none()
}

/// Whether an address is the platform's, which leads on to the one in the text.
fn counts_clicks(link: &Link, context: &Context<'_>) -> bool {
    let Some(host) = link.host() else { return true };
    let label = host.split('.').next().unwrap_or_default();
    is_counter(link) || context.is_finished() && (COUNTING.contains(&label) || is_under(host, "list-manage.com"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_addresses_name_a_site() {
        for (text, site) in [
            ("www.shop.com", Some("shop.com")),
            ("https://www.shop.co.uk/sale", Some("shop.co.uk")),
            ("Booking.com", None),
            ("Node.js", None),
            ("visit www.shop.com", None),
            ("www.shop.nowhere", None),
        ] {
            assert_eq!(named_site(text), site, "{text}");
        }
    }
}
