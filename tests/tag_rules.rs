//! Merge tags through the rules: every dialect's right examples and whole templates are silent, every wrong example is found.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::check::{Outcome, check};
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::message::Message;
use presend::rule::Context;
use presend::rules::RULES;
use presend::settings::{Settings, parse_time};
use presend::tags::by_name;
use serde::Deserialize;

/// The rules about tags that say something is wrong with one.
const TAG_RULES: [&str; 6] = ["foreign-tag", "broken-tag", "doubtful-tag", "unclosed-block", "no-fallback", "unencoded-field"];

#[derive(Deserialize)]
struct Examples {
    dialect: String,
    ok: Vec<Example>,
    bad: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    /// Why the scanner finds nothing.
    reason: Option<String>,
    /// Why no rule finds anything, although the scanner does.
    no_rule: Option<String>,
}

fn examples() -> Vec<Examples> {
    serde_json::from_str(include_str!("../fixtures/tags/examples.json")).unwrap_or_else(|error| panic!("{error}"))
}

fn outcome(name: &str, bytes: Vec<u8>, esp: Option<&str>) -> Outcome {
    let message = Message::parse(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let settings = Settings { esp: esp.map(str::to_owned), ..Settings::default() };
    let facts = Facts::notice(&message, &settings);
    let send_at = parse_time("2026-11-27T09:00", &settings.zone).unwrap();
    check(&Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at }, Evidence::default(), RULES)
}

/// The findings in words, for those rules only, or all.
fn found(outcome: &Outcome, only: Option<&[&str]>) -> Vec<String> {
    let meant = outcome.findings.iter().filter(|reported| only.is_none_or(|only| only.contains(&reported.rule.name)));
    meant.map(|reported| format!("{} {}: {}", reported.finding.span.place(), reported.rule.name, reported.finding.message)).collect()
}

fn in_a_draft(dialect: &str, text: &str) -> Vec<String> {
    found(&outcome("draft.html", format!("<p>{text}</p>").into_bytes(), Some(dialect)), Some(&TAG_RULES))
}

#[test]
fn every_dialects_right_examples_are_silent() {
    let mut wrong = Vec::new();
    for examples in examples() {
        for example in &examples.ok {
            let found = in_a_draft(&examples.dialect, &example.text);
            if found.is_empty() == example.no_rule.is_some() {
                wrong.push(format!("{}: {}: {found:?}", examples.dialect, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dialects_wrong_examples_are_found() {
    let mut wrong = Vec::new();
    for examples in examples() {
        for example in &examples.bad {
            let excused = example.reason.is_some() || example.no_rule.is_some();
            let found = in_a_draft(&examples.dialect, &example.text);
            if found.is_empty() != excused {
                wrong.push(format!("{}: {}: {found:?}", examples.dialect, example.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each file in `fixtures/templates` is a mail as its platform's users write it, named for the dialect: `klaviyo.html`,
/// `klaviyo-cart.html`. Nothing is wrong with it, whether the platform is named or not.
#[test]
fn clean_templates_are_silent() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in std::fs::read_dir("fixtures/templates").unwrap().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let dialect = name.split(['.', '-']).next().unwrap_or_default();
        assert!(by_name(dialect).is_some(), "{name}: no dialect `{dialect}`");
        for esp in [Some(dialect), None] {
            let found = found(&outcome(&name, std::fs::read(file.path()).unwrap(), esp), None);
            wrong.extend(found.into_iter().map(|finding| format!("{name} (esp {esp:?}): {finding}")));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 30, "{count} templates");
}
