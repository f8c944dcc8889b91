//! How long two million unique codes take to be read, one of them to be found, and all to be joined with a million people.

#![allow(clippy::unwrap_used, reason = "a benchmark stops at what it does not expect")]

use divan::Bencher;
use jiff::Zoned;
use presend::audience::{Audience, List};
use presend::check::check;
use presend::coupons;
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::message::Message;
use presend::rule::Context;
use presend::rules::RULES;
use presend::settings::{Role, Settings};
use presend::source::Source;
use std::fmt::Write;
use std::sync::Arc;

fn main() {
    divan::main();
}

const CODES: u64 = 2_000_000;

const PEOPLE: u64 = 1_000_000;

/// Codes as generators make them: a common beginning and eight scattered letters.
fn codes(beside: &str) -> Arc<Source> {
    let mut text = format!("Coupon Code{}\n", if beside.is_empty() { "" } else { ",Expiration Date" });
    for number in 0..CODES {
        let mut scattered = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        text.push_str("BF26-");
        for _ in 0..8 {
            text.push(char::from(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[usize::try_from(scattered >> 59).unwrap()]));
            scattered = scattered.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
        }
        let _ = writeln!(text, "{beside}");
    }
    Source::file("codes.csv", text)
}

#[divan::bench(args = ["", ",2026-12-31", ",31/12/2026 23:59"], sample_count = 3, sample_size = 1)]
fn read_two_million(bencher: Bencher, beside: &str) {
    let source = codes(beside);
    bencher.bench_local(|| coupons::read(&source).unwrap());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn read_two_million_in_json(bencher: Bencher) {
    let mut text = String::from("{\"data\":[");
    for number in 0..CODES {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"type":"coupon-code","id":"{number}","attributes":{{"unique_code":"BF26-{number:X}","status":"UNASSIGNED"}}}}"#
        );
    }
    let source = Source::file("codes.json", text + "]}");
    bencher.bench_local(|| coupons::read(&source).unwrap());
}

#[divan::bench(sample_count = 10)]
fn find_one(bencher: Bencher) {
    let coupons = coupons::read(&codes(",2026-12-31")).unwrap();
    let last = coupons.pools()[0].codes().last().unwrap().to_lowercase();
    bencher.bench_local(|| coupons.find(&last).unwrap().into_owned());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn nearest_of_two_million(bencher: Bencher) {
    let coupons = coupons::read(&codes("")).unwrap();
    bencher.bench_local(|| coupons.nearest("WELCOME10").is_some());
}

/// Two million unique codes, a send list of a million people and a mail that fills the codes in: read, joined, checked.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn join_with_a_million_people(bencher: Bencher) {
    let mut people = String::from("email,first name\n");
    for number in 0..PEOPLE {
        let _ = writeln!(people, "person{number}@club.example,Ann");
    }
    let source = codes(",2026-12-31");
    let draft = "<p>Your code: {% coupon_code 'codes' %}. 20 % off orders over £50 until Monday, 30 November.</p>";
    bencher.bench_local(|| {
        let coupons = coupons::read(&source).unwrap();
        let audience = Audience::read(&[List::from_bytes("send list", "people.csv", Role::Send, people.as_bytes())]).unwrap();
        let settings = Settings { esp: Some(String::from("klaviyo")), ..Settings::default() };
        let message = Message::parse("draft.html", draft.as_bytes().to_vec()).unwrap();
        let facts = Facts::notice(&message, &settings);
        let send_at: Zoned = "2026-11-27T09:00[Europe/London]".parse().unwrap();
        let context = Context { message: &message, facts: &facts, settings: &settings, send_at: &send_at };
        let evidence = Evidence { audience: Some(&audience), coupons: Some(&coupons), ..Evidence::default() };
        let outcome = check(&context, evidence, RULES);
        assert!(outcome.passed.iter().any(|rule| rule.name == "too-few-codes"));
        outcome.findings.len()
    });
}
