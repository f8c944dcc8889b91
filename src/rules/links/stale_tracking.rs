//! A link that was copied out of a mail that somebody got, with that person's click counter in it.

use super::group::{by_address, finding, is_literal, is_under};
use crate::facts::{Link, LinkKind};
use crate::finding::{Finding, Severity};
use crate::links::counter_of;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "stale-tracking",
    severity: Severity::Warn,
    summary: "A link was copied out of a received mail or a browser: another mail's click counter, or one reader's mark",
    repair: Repair::Nothing,
    page: include_str!("stale_tracking.md"),
    check: Check::Draft(check),
};

/// Keys with which platforms mark one reader, and whose they are. None of them is written by hand.
const READER_KEYS: [(&str, &str); 14] = [
    ("mc_eid", "Mailchimp"),
    ("_hsenc", "HubSpot"),
    ("_hsmi", "HubSpot"),
    ("_kx", "Klaviyo"),
    ("ck_subscriber_id", "Kit"),
    ("vero_id", "Vero"),
    ("mkt_tok", "Marketo"),
    ("oly_enc_id", "Omeda"),
    ("oly_anon_id", "Omeda"),
    ("ml_subscriber", "MailerLite"),
    ("ml_subscriber_hash", "MailerLite"),
    ("bsft_eid", "Blueshift"),
    ("trk_contact", "Listrak"),
    ("__s", "Drip"),
];

/// Keys that networks add to a click, and whose they are.
const CLICK_KEYS: [(&str, &str); 8] = [
    ("fbclid", "Facebook"),
    ("gclid", "Google Ads"),
    ("dclid", "Google Ads"),
    ("msclkid", "Microsoft Ads"),
    ("twclid", "X"),
    ("yclid", "Yandex"),
    ("igshid", "Instagram"),
    ("igsh", "Instagram"),
];

/// Hosts that mail programs and networks put before an address when it is opened, with a part of the path.
const WRAPPERS: [(&str, &str, &str); 6] = [
    ("safelinks.protection.outlook.com", "/", "Outlook's safety check"),
    ("urldefense.com", "/", "Proofpoint's safety check"),
    ("urldefense.proofpoint.com", "/", "Proofpoint's safety check"),
    ("l.facebook.com", "/l.php", "Facebook's click counter"),
    ("lm.facebook.com", "/l.php", "Facebook's click counter"),
    ("linkprotect.cudasvc.com", "/", "Barracuda's safety check"),
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    // In a mail that was sent, counters and marks are what they are meant to be.
    if context.is_finished() {
        return Vec::new();
    }
    let mut wrapped: Vec<(String, Vec<&Link>)> = Vec::new();
    for group in by_address(context) {
        let Some(why) = stale(group.first) else { continue };
        match wrapped.iter_mut().find(|(known, _)| *known == why) {
            Some((_, same)) => same.extend(group.all()),
            None => wrapped.push((why, group.all().collect())),
        }
    }
    let findings = wrapped.iter().filter_map(|(why, links)| finding(links, why));
    findings.map(|finding| finding.help("open it, and copy the address of the page itself, without what stands behind `?`")).collect()
}

fn stale(link: &Link) -> Option<String> {
    let page = link.page().filter(|_| is_literal(link) && link.kind != LinkKind::ListUnsubscribe)?;
    let host = link.host()?;
    if let Some((.., whose)) = WRAPPERS.iter().find(|(domain, path, _)| is_under(host, domain) && page.path.starts_with(path)) {
        return Some(format!("goes through {whose}: it was copied out of a program that had opened it"));
    }
    if host.starts_with("www.google.") && page.path == "/url" {
        return Some(String::from("goes through Google's click counter: it was copied out of search results or an inbox"));
    }
    if let Some(whose) = counter_of(host, page.path).filter(|_| page.query.is_some() || page.path.len() > LONGEST_NAME) {
        return Some(format!("goes through a click counter of {whose}: it was copied out of a mail that was sent before"));
    }
    // None of the keys is a campaign's, of which most queries are made.
    let filled = page.query?.split('&').filter(|pair| !pair.starts_with("utm_")).filter_map(|pair| pair.split_once('='));
    let filled = filled.filter(|(_, value)| !value.is_empty());
    let first = |keys: &'static [(&str, &str)]| filled.clone().find_map(|(known, _)| keys.iter().find(|(key, _)| *key == known));
    if let Some((key, whose)) = first(&READER_KEYS) {
        return Some(format!("carries `{key}`, by which {whose} knows one reader: everybody's click would count as that person's"));
    }
    let (key, whose) = first(&CLICK_KEYS)?;
    Some(format!("carries `{key}`, the mark of somebody's click at {whose}"))
}

/// The longest path of a counter that is written by hand, in bytes.
const LONGEST_NAME: usize = 20;
