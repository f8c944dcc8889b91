//! Every rule's page is its test: the bad examples are found by it, the good ones by no rule at all.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::audience::{Audience, List};
use presend::check::{Outcome, check};
use presend::coupons::{self, Coupons};
use presend::docs::{Example, examples};
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::finding::Severity;
use presend::links::Links;
use presend::message::Message;
use presend::rule::{Context, Rule};
use presend::rules::RULES;
use presend::settings::{ConfigFile, Role, Settings, parse_time};
use presend::source::Source;
use std::collections::BTreeSet;

/// The parts of an example that stand beside its draft.
#[derive(Default)]
struct Beside<'a> {
    parts: Vec<Example<'a>>,
}

impl<'a> Beside<'a> {
    /// The text of a part: the one for this kind of draft ("to bad") before the one for all ("to").
    fn part(&self, name: &str, draft: &str) -> Option<&'a str> {
        let exact = format!("{name} {draft}");
        let find = |wanted: &str| self.parts.iter().rev().find(|example| example.part == wanted).map(|example| example.text);
        find(&exact).or_else(|| find(name))
    }
}

fn lists(beside: &Beside<'_>, draft: &str) -> Vec<List> {
    let roles = [("to", Role::Send)].into_iter().chain(Role::names().filter_map(|name| Some((name, Role::named(name)?))));
    let given =
        roles.filter_map(|(name, role)| Some(List::from_bytes(name, format!("{name}.csv"), role, beside.part(name, draft)?.as_bytes())));
    given.collect()
}

/// Runs all rules over one example.
fn outcome(kind: &str, draft: &Example<'_>, beside: &Beside<'_>) -> Outcome {
    let verdict = draft.part.split(' ').next().unwrap_or_default();
    let source = Source::file("presend.toml", format!("[brief]\n{}", beside.part("brief", verdict).unwrap_or_default()));
    let mut settings = Settings::default();
    let brief = ConfigFile::parse(&source).expect("a brief").brief;
    settings.apply(&brief, &source).expect("a brief");
    settings.apply_house(&ConfigFile::parse(&source).expect("a brief").house, &source).expect("rules of the team");
    let message = Message::parse(&format!("draft.{kind}"), draft.text.as_bytes().to_vec()).expect("a draft");
    let facts = Facts::notice(&message, &settings);
    let lists = lists(beside, verdict);
    let audience = (!lists.is_empty()).then(|| Audience::read(&lists).expect("lists"));
    let coupons: Option<Coupons> =
        beside.part("coupons", verdict).map(|text| coupons::read(&Source::file("coupons.csv", text)).expect("coupons"));
    let links = beside.part("links", verdict).map(|text| Links::from_json("links.json", text).expect("links"));
    let said = brief.send_at.as_ref().map_or("2026-11-27T09:00", |time| time.get_ref());
    let send_at = parse_time(said, &settings.zone).expect("a time");
    let context = Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at };
    check(&context, Evidence { audience: audience.as_ref(), coupons: coupons.as_ref(), links: links.as_ref() }, RULES)
}

fn names(outcome: &Outcome) -> Vec<&'static str> {
    outcome.findings.iter().map(|reported| reported.rule.name).collect()
}

fn run_page(rule: &'static Rule) {
    let mut beside = Beside::default();
    let (mut bad, mut good) = (0, 0);
    for example in examples(rule.page) {
        let place = format!("{} line {} of its page", rule.name, example.line);
        match example.part {
            "bad" => {
                let found = outcome(example.kind, &example, &beside);
                assert!(names(&found).contains(&rule.name), "{place}: not found; found {:?}", names(&found));
                bad += 1;
            }
            "good" => {
                let found = outcome(example.kind, &example, &beside);
                let serious: Vec<_> = found
                    .findings
                    .iter()
                    .filter(|reported| reported.severity > Severity::Note || reported.rule.name == rule.name)
                    .collect();
                assert!(serious.is_empty(), "{place}: a good example is not silent: {serious:#?}");
                assert!(found.passed.iter().any(|passed| passed.name == rule.name), "{place}: the rule did not run: {:?}", found.skipped);
                good += 1;
            }
            _ => beside.parts.push(example),
        }
    }
    assert!(bad > 0 && good > 0, "{}: a page has bad and good examples", rule.name);
}

#[test]
fn every_page_is_a_test() {
    let faulty = RULES.iter().filter(|rule| std::panic::catch_unwind(|| run_page(rule)).is_err());
    let faulty: Vec<&str> = faulty.map(|rule| rule.name).collect();
    assert!(faulty.is_empty(), "pages that are wrong, see above: {faulty:?}");
}

#[test]
fn rules_keep_the_conventions() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.name), "{} is there twice", rule.name);
        assert!(rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.name);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() <= 110, "{}: half a line, no full stop", rule.name);
        assert!(
            !["no", "use", "avoid", "check", "fix"].contains(&rule.name.split('-').next().unwrap_or_default())
                || rule.name == "no-fallback",
            "{} names a cure",
            rule.name
        );
        let stem = rule.name.replace('-', "_");
        let file = std::fs::read_dir("src/rules")
            .expect("rules")
            .flatten()
            .map(|family| family.path().join(format!("{stem}.rs")))
            .find(|path| path.is_file());
        assert!(file.is_some(), "{} has no file of its name", rule.name);
        let page = file.map(|file| std::fs::read_to_string(file.with_extension("md")).expect("a page")).unwrap_or_default();
        assert_eq!(page, rule.page, "{}: the page is the one beside the rule", rule.name);
    }
}

#[test]
fn every_file_of_a_rule_is_registered() {
    for family in std::fs::read_dir("src/rules").expect("rules").flatten().filter(|entry| entry.path().is_dir()) {
        for file in std::fs::read_dir(family.path()).expect("a family").flatten().map(|entry| entry.path()) {
            let name = file.file_stem().expect("a stem").to_string_lossy().replace('_', "-");
            let is_page = file.extension().is_some_and(|ending| ending == "md");
            assert!(!is_page || presend::rules::by_name(&name).is_some(), "{} is not registered", file.display());
        }
    }
}
