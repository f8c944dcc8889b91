//! Drafts with bytes flipped, lost and doubled go through the whole pure path without a panic.

use super::drafts::{Draft, drafts};
use jiff::tz::TimeZone;
use presend::audience::{Audience, List};
use presend::check::check;
use presend::coupons::{self, Coupons};
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::links::{Answer, Links, Standing};
use presend::message::Message;
use presend::report::{self, DraftReport, Format, Report};
use presend::rule::Context;
use presend::rules::RULES;
use presend::settings::{MessageType, Role, Settings, parse_time};
use presend::source::Source;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::LazyLock;

static DRAFTS: LazyLock<Vec<Draft>> = LazyLock::new(drafts);

static COUPONS: LazyLock<Coupons> = LazyLock::new(|| {
    coupons::read(&Source::file("coupons.csv", "code,ends,status\nSPRING15,2020-01-01,active\nAUTUMN10,,inactive\n")).expect("coupons")
});

static AUDIENCE: LazyLock<Audience> = LazyLock::new(|| {
    let list = |name: &str, role| List::from_bytes(name, format!("{name}.csv"), role, *b"email,first_name\na@a.example,Ann\n");
    Audience::read(&[list("to", Role::Send), list("customers", Role::Customers)]).expect("lists")
});

/// One thing that happens to a file on its way.
#[derive(Debug, Clone)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Drop(Index, u8),
    Repeat(Index, u8),
    Insert(Index, &'static str),
    Windows,
}

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = [
        "<",
        ">",
        "{{",
        "}}",
        "{%",
        "*|",
        "|*",
        "=",
        "=\r\n",
        "\0",
        "<!--",
        "&#x",
        "\u{202e}",
        "\u{1b}[31m",
        "--",
        "\"",
        "<table>",
        "[",
        "é",
        "%%",
    ];
    prop_oneof![
        4 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        1 => any::<Index>().prop_map(Damage::Cut),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Damage::Drop(at, length)),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Damage::Repeat(at, length)),
        4 => (any::<Index>(), proptest::sample::select(pieces.to_vec())).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        1 => Just(Damage::Windows),
    ]
}

fn suffer(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let run = |at: &Index, length: u8, size: usize| at.index(size)..(at.index(size) + usize::from(length)).min(size);
    match damage {
        Damage::Flip(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Damage::Drop(at, length) => {
            let range = run(at, *length, bytes.len());
            bytes.drain(range);
        }
        Damage::Repeat(at, length) => {
            let piece = bytes[run(at, *length, bytes.len())].to_vec();
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece);
        }
        Damage::Insert(at, piece) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, piece.bytes());
        }
        Damage::Windows => *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes(),
    }
}

/// The whole pure path, from bytes to both reports.
fn reports(name: &str, bytes: Vec<u8>) -> Option<[String; 2]> {
    let message = Message::parse(name, bytes).ok()?;
    let facts = Facts::notice(&message, &Settings::default());
    let settings = Settings { kind: Some(MessageType::Welcome), zone: TimeZone::UTC, ..Settings::default() };
    let send_at = parse_time("2026-11-27T09:00", &settings.zone)?;
    let context = Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at };
    let mut links = Links::default();
    let standings = [Standing::Dead, Standing::Suspect, Standing::NotPublic, Standing::Refused];
    facts
        .links
        .iter()
        .zip(standings.iter().cycle())
        .for_each(|(link, standing)| links.insert(Answer::new(&link.href, *standing, "so it is")));
    let evidence = Evidence { audience: Some(&AUDIENCE), coupons: Some(&COUPONS), links: Some(&links), ..Evidence::default() };
    let outcome = check(&context, evidence, RULES);
    let draft = DraftReport::new(&context, evidence, outcome, None, true);
    let report = Report { drafts: vec![draft], ..Report::default() };
    Some([report::render(&report, Format::Terminal), report::render(&report, Format::Json)])
}

proptest! {
    #[test]
    fn damaged_drafts_never_panic(which in any::<Index>(), hits in proptest::collection::vec(damage(), 1..12)) {
        let draft = which.get(&DRAFTS);
        let mut bytes = draft.bytes.clone();
        for hit in &hits {
            suffer(&mut bytes, hit);
        }
        if let Some([text, json]) = reports(&draft.name, bytes) {
            prop_assert!(text.chars().all(|c| c != '\0' && c != '\u{202e}' && c != '\r'), "{text:?}");
            let acts = anstream::adapter::strip_str(&text).to_string().contains(char::from(0x1b));
            prop_assert!(!acts, "an escape of the draft reached the report");
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        }
    }
}
