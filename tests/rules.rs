//! Every rule's page is its test: the bad examples are found by it, the good ones by no rule at all.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::audience::{Audience, List, Memory};
use presend::check::{self, Outcome, check};
use presend::coupons::{self, Coupons, Decimal, Mark};
use presend::docs::{Example, examples};
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::finding::Severity;
use presend::flows::{self, Flows, Plan};
use presend::gate;
use presend::links::Links;
use presend::message::Message;
use presend::proof::Proof;
use presend::rule::{Check, Context, Rule, Sibling};
use presend::rules::RULES;
use presend::settings::{ConfigFile, OtherCampaign, Role, Settings, parse_time};
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

fn lists(beside: &Beside<'_>, draft: &str, competitors: &[String]) -> Vec<List> {
    let roles =
        [("to", Role::Send), ("to-2", Role::Send)].into_iter().chain(Role::names().filter_map(|name| Some((name, Role::named(name)?))));
    let days = beside.part("days", draft).unwrap_or_default();
    let day = |name: &str| days.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')?.parse().ok());
    let given = roles.filter_map(|(name, role)| {
        let list = List::from_bytes(name, format!("{name}.csv"), role, beside.part(name, draft)?.as_bytes());
        Some(list.of_day(day(name)).competitors(competitors))
    });
    given.collect()
}

/// Other campaigns, one a line: `name; time; file of the send list; discount`.
fn others(beside: &Beside<'_>, draft: &str) -> Vec<OtherCampaign> {
    let one = |line: &str| {
        let mut cells = line.split(';').map(str::trim);
        let (name, at, list) = (cells.next()?, cells.next()?, cells.next()?);
        let send_at = parse_time(at, &jiff::tz::TimeZone::UTC)?;
        let discount = cells.next().and_then(|percent| Decimal::read(percent, Some(Mark::Point)));
        Some(OtherCampaign { name: name.to_owned(), send_at, lists: vec![list.to_owned()], discount })
    };
    beside.part("others", draft).unwrap_or_default().lines().filter_map(one).collect()
}

/// Runs all rules over one example.
fn outcome(kind: &str, draft: &Example<'_>, beside: &Beside<'_>) -> Outcome {
    let verdict = draft.part.split(' ').next().unwrap_or_default();
    let source = Source::file("presend.toml", format!("[brief]\n{}", beside.part("brief", verdict).unwrap_or_default()));
    let mut settings = Settings::default();
    let config = ConfigFile::parse(&source).expect("a brief");
    let brief = &config.brief;
    settings.apply(brief, &source).expect("a brief");
    settings.apply_house(&config.house, &source).expect("rules of the team");
    (settings.waivers, settings.expected) = config.exceptions(&source).expect("exceptions");
    settings.others = others(beside, verdict);
    let message = Message::parse(&format!("draft.{kind}"), draft.text.as_bytes().to_vec()).expect("a draft");
    let mut facts = Facts::notice(&message, &settings);
    let lists = lists(beside, verdict, &settings.people.competitors);
    let audience = (!lists.is_empty()).then(|| Audience::read(&lists).expect("lists"));
    let coupons: Option<Coupons> =
        beside.part("coupons", verdict).map(|text| coupons::read(&Source::file("coupons.csv", text)).expect("coupons"));
    let links = beside.part("links", verdict).map(|text| Links::from_json("links.json", text).expect("links"));
    if let Some(links) = &links {
        facts.add_codes(|address| links.codes(address));
    }
    let said = brief.send_at.as_ref().map_or("2026-11-27T09:00", |time| time.get_ref());
    let send_at = parse_time(said, &settings.zone).expect("a time");
    let send: Vec<List> = lists.iter().filter(|list| list.role == Role::Send).cloned().collect();
    let proof = (!send.is_empty()).then(|| Proof::take(&message, &facts, &send, None).expect("a proof"));
    let context = Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at };
    let others = [("variant", false), ("translation", true)];
    let others: Vec<_> = others
        .into_iter()
        .filter_map(|(name, translated)| {
            let text = beside.part(name, verdict)?;
            let message = Message::parse(&format!("{name}.{kind}"), text.as_bytes().to_vec()).expect("a draft");
            let facts = Facts::notice(&message, &Settings::default());
            Some((name, translated, message, facts))
        })
        .collect();
    let siblings =
        others.iter().map(|(label, translated, message, facts)| Sibling { label, before: true, translated: *translated, message, facts });
    let siblings: Vec<_> = siblings.collect();
    let (audience, coupons, links, proof) = (audience.as_ref(), coupons.as_ref(), links.as_ref(), proof.as_ref());
    let evidence = Evidence { audience, coupons, links, siblings: &siblings, proof, ..Evidence::default() };
    let mut outcome = check(&context, evidence, RULES);
    accept(&mut outcome, &settings, send_at.date());
    outcome
}

/// Sets apart what the settings accept, and asks the rules about that.
fn accept(outcome: &mut Outcome, settings: &Settings, today: jiff::civil::Date) {
    let sifted = gate::sift(std::mem::take(&mut outcome.findings), "draft", settings, None, today);
    let seen = gate::Seen { key: "draft", settings, waived: &sifted.waived, expected: &sifted.expected, unchecked: &[] };
    outcome.findings = sifted.open;
    for (exceptions, levels) in gate::exceptions(&[seen], today, true) {
        let (found, passed) = gate::judge(&exceptions, &levels);
        outcome.findings.extend(found);
        outcome.passed.extend(passed);
    }
}

/// Rehearses the plan of an example; the files that it names are the other parts of the page, `NAME.KIND`.
fn rehearsed(plan: &Example<'_>, beside: &Beside<'_>) -> Outcome {
    let text = |path: &str| {
        let part = beside.parts.iter().rev().find(|example| format!("{}.{}", example.part, example.kind) == path);
        part.unwrap_or_else(|| panic!("the page has no {path}")).text
    };
    let now = "2026-11-27T09:00[UTC]".parse().expect("a time");
    let plan = Plan::read(&Source::file("plan.toml", plan.text), &now).expect("a plan");
    let flows = plan.flows.iter().map(|file| flows::read(&Source::file(&file.path, text(&file.path))).expect("flows"));
    let flows = Flows::merge(flows.collect::<Vec<_>>());
    let coupons = plan.coupons.iter().map(|file| coupons::read(&Source::file(&file.path, text(&file.path))).expect("coupons"));
    let coupons = (!plan.coupons.is_empty()).then(|| Coupons::merge(coupons.collect::<Vec<_>>()));
    let list = |path: &str| List::from_bytes(path, path, Role::Other, text(path).as_bytes());
    let lists: Vec<List> = plan.lists.iter().map(|given| list(&given.file.path)).collect();
    let changes: Vec<List> = plan.changes.iter().map(|change| list(&change.file.path)).collect();
    let rehearsal = flows::rehearse(plan, flows, &lists, &changes, coupons.as_ref(), &Memory::unbounded()).expect("a rehearsal");
    check::rehearse(&rehearsal, &std::collections::BTreeMap::new(), RULES)
}

fn names(outcome: &Outcome) -> Vec<&'static str> {
    outcome.findings.iter().map(|reported| reported.rule.name).collect()
}

fn run_page(rule: &'static Rule) {
    let outcome = |example: &Example<'_>, beside: &Beside<'_>| match rule.check {
        Check::Rehearsal(_) => rehearsed(example, beside),
        _ => outcome(example.kind, example, beside),
    };
    let mut beside = Beside::default();
    let (mut bad, mut good) = (0, 0);
    for example in examples(rule.page) {
        let place = format!("{} line {} of its page", rule.name, example.line);
        match example.part {
            "bad" => {
                let found = outcome(&example, &beside);
                assert!(names(&found).contains(&rule.name), "{place}: not found; found {:?}", names(&found));
                bad += 1;
            }
            "good" => {
                let found = outcome(&example, &beside);
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
