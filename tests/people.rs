//! Every list in `fixtures/inputs/lists` as the send list of a plain draft: a clean export is silent, and what is wrong
//! with the others is found and nothing else.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test reads its fixtures, and stops where it cannot")]

use presend::audience::{Audience, List};
use presend::check::check;
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::message::Message;
use presend::rule::Context;
use presend::rules::RULES;
use presend::settings::{Role, Settings, parse_time};

/// What is found beside nothing, by file.
const FOUND: [(&str, &[&str]); 10] = [
    ("api.json", &["opted-out-listed"]),
    ("klaviyo.csv", &["never-subscribed"]),
    ("klaviyo_suppressed.csv", &["suppression-list-mailed"]),
    ("mailchimp_cleaned.csv", &["suppression-list-mailed"]),
    ("mailchimp_subscribed.csv", &["doubled-person"]),
    ("mailchimp_unsubscribed_german.csv", &["suppression-list-mailed"]),
    ("plain.csv", &["invalid-address", "opted-out-listed", "ragged-rows", "missing-address"]),
    ("plain.parquet", &["invalid-address", "opted-out-listed", "missing-address"]),
    ("plain_addresses_only.txt", &["doubled-person"]),
    ("shopify.csv", &["missing-address"]),
];

fn found(name: &str, draft: &str) -> Vec<&'static str> {
    let bytes = std::fs::read(format!("fixtures/inputs/lists/{name}")).expect("a list");
    let audience = Audience::read(&[List::from_bytes("to", name, Role::Send, bytes)]).expect("a list");
    let settings = Settings::default();
    let message = Message::parse("draft.eml", draft.as_bytes().to_vec()).expect("a draft");
    let facts = Facts::notice(&message, &Settings::default());
    let send_at = parse_time("2026-11-27T09:00", &settings.zone).expect("a time");
    let context = Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at };
    let outcome = check(&context, Evidence { audience: Some(&audience), ..Evidence::default() }, RULES);
    outcome.findings.iter().map(|reported| reported.rule.name).collect()
}

#[test]
fn a_clean_export_is_silent() {
    let files = std::fs::read_dir("fixtures/inputs/lists").expect("lists").flatten();
    let names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    for name in names.iter().filter(|name| !name.ends_with(".read.json")) {
        let wanted = FOUND.iter().find(|(file, _)| file == name).map_or(&[][..], |(_, wanted)| wanted);
        // The last row of the workbook, and of nothing else, has only a name.
        let wanted = if name == "workbook.xlsx" { &["missing-address"][..] } else { wanted };
        assert_eq!(found(name, "Subject: Sale\n\nIt is on.\n"), wanted, "{name}");
    }
}

#[test]
fn an_export_of_another_platform_than_the_drafts_is_a_file_like_any_other() {
    let mailchimp = "Subject: Sale\n\nHi *|FNAME|*,\n\nit is on. *|UNSUB|*\n";
    assert_eq!(found("mailchimp_subscribed.csv", mailchimp), ["doubled-person"]);
    assert_eq!(found("brevo.csv", mailchimp), ["opted-out-listed"]);
    assert_eq!(found("brevo.csv", "Subject: Sale\n\nHi {{ contact.FIRSTNAME|default:'there' }},\n\nit is on.\n"), [""; 0]);
}
