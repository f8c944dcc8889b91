//! How long two million unique codes take to be read, and one of them to be found.

#![allow(clippy::unwrap_used, reason = "a benchmark stops at what it does not expect")]

use divan::Bencher;
use presend::coupons;
use presend::source::Source;
use std::fmt::Write;
use std::sync::Arc;

fn main() {
    divan::main();
}

const CODES: u64 = 2_000_000;

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
