//! How many drafts a second, with every rule on: in one process, and cold, beside another checker; see
//! `benches/throughput/README.md`.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark reads its input, measures and prints"
)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rates are shown with two digits, and counts are small"
)]

use presend::check::check;
use presend::evidence::Evidence;
use presend::facts::Facts;
use presend::message::Message;
use presend::report::{DraftReport, Format, Report, render};
use presend::rule::Context;
use presend::rules::RULES;
use presend::settings::{Settings, parse_time};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// How many bytes of drafts are checked, at least.
const CORPUS: usize = 6_000_000;

fn main() {
    let drafts = corpus();
    let bytes: usize = drafts.iter().map(|(_, html)| html.len()).sum();
    println!("{} HTML drafts, {:.1} MB", drafts.len(), bytes as f64 / 1e6);
    let settings = Settings::default();
    let mut findings = 0;
    let mut best = f64::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        findings = drafts.iter().map(|(name, html)| check_draft(name, html, &settings)).sum::<usize>();
        best = best.min(start.elapsed().as_secs_f64());
    }
    line("presend, one process, one thread", drafts.len(), bytes, best);
    println!("  {findings} bytes of JSON");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, html) in &drafts {
        std::fs::write(folder.path().join(name), html).expect("a draft");
    }
    let whole = (0..3).map(|_| timed(|| presend(folder.path()))).fold(f64::MAX, f64::min);
    line("presend, one run over the folder", drafts.len(), bytes, whole);
    let few: Vec<_> = drafts.iter().step_by(drafts.len() / 60 + 1).collect();
    let few_bytes: usize = few.iter().map(|(_, html)| html.len()).sum();
    let each = timed(|| few.iter().for_each(|(name, _)| presend(&folder.path().join(name))));
    line("presend, a process for each", few.len(), few_bytes, each);
    let Some(engine) = std::env::var_os("EMAILENS") else {
        println!("Emailens' engine was not run; benches/throughput/README.md says how");
        return;
    };
    let beside_each = timed(|| {
        for (name, _) in &few {
            assert!(emailens(&engine, &folder.path().join(name)).status.success(), "Emailens' engine runs");
        }
    });
    line("Emailens' engine, a process for each", few.len(), few_bytes, beside_each);
    match beside(&engine, folder.path()) {
        Some(rate) => {
            let times = |seconds: f64| bytes as f64 / seconds / rate;
            println!("presend reads {:.1} times as many bytes a second on one thread,", times(best));
            println!("{:.1} times over the folder, {:.1} times with a process for each", times(whole), beside_each / each);
        }
        None => println!("Emailens' engine told no figures"),
    }
}

/// The seconds that something takes.
fn timed(what: impl FnOnce()) -> f64 {
    let start = Instant::now();
    what();
    start.elapsed().as_secs_f64()
}

fn line(what: &str, drafts: usize, bytes: usize, seconds: f64) {
    println!("{what:37} {:9.0} drafts/s {:8.2} MB/s", drafts as f64 / seconds, bytes as f64 / 1e6 / seconds);
}

/// The whole way from bytes to a report, as `presend check --offline --format json` goes it.
fn check_draft(name: &str, html: &str, settings: &Settings) -> usize {
    let message = Message::parse(name, html.as_bytes().to_vec()).expect("a draft");
    let facts = Facts::notice(&message, settings);
    let send_at = parse_time("2026-11-27T09:00", &settings.zone).expect("a time");
    let context = Context { message: &message, facts: &facts, settings, send_at: &send_at };
    let outcome = check(&context, Evidence::default(), RULES);
    let report = Report { drafts: vec![DraftReport::new(&context, Evidence::default(), outcome, None, true)], ..Report::default() };
    render(&report, Format::Json).len()
}

/// The project's own templates and shop mails of 10, 40 and 100 KB, again and again.
fn corpus() -> Vec<(String, String)> {
    let mut originals = vec![shop_mail(10_000), shop_mail(40_000), shop_mail(100_000)];
    for folder in ["fixtures/templates", "fixtures/tags"] {
        let files = std::fs::read_dir(folder).expect("fixtures").flatten().map(|file| file.path());
        let mut html: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect();
        html.sort();
        originals.extend(html.iter().map(|path| std::fs::read_to_string(path).expect("a fixture")));
    }
    let mut drafts = Vec::new();
    let mut bytes = 0;
    while bytes < CORPUS {
        for html in &originals {
            bytes += html.len();
            drafts.push((format!("draft-{:05}.html", drafts.len()), html.clone()));
        }
    }
    drafts
}

/// A mail as shops send it: nested tables, inline styles, a picture and a button for each product.
fn shop_mail(length: usize) -> String {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Spring</title>\
         <style>.b{background:#0a7} @media (max-width:600px){.w{width:100%!important}}</style></head><body style=\"margin:0\">\
         <p>Hi *|FNAME|*, spring is here.</p>",
    );
    let mut product = 0;
    while html.len() < length {
        product += 1;
        let _ = write!(
            html,
            "<table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 auto;border-collapse:collapse\">\n\
             <tr><td style=\"padding:20px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;color:#333333\">\n\
             <a href=\"https://www.shop.example/products/{product}?utm_source=newsletter&amp;utm_medium=email\">\n\
             <img src=\"https://cdn.shop.example/images/product-{product}.jpg\" width=\"560\" alt=\"Walnut bowl number {product}\" style=\"display:block\"></a>\n\
             <h2>Walnut bowl {product}</h2><p>Turned by hand from one piece of wood &ndash; was &pound;{}.00, now &pound;{}.50, until Sunday.</p>\n\
             <a href=\"https://www.shop.example/cart/{product}\" style=\"background:#0a7;color:#fff;padding:12px 24px\">Shop the bowl</a></td></tr></table>\n",
            product + 20,
            product + 10
        );
    }
    html.push_str("<p>Use code SPRING20 at checkout. <a href=\"*|UNSUB|*\">Unsubscribe</a> *|LIST:ADDRESS|*</p></body></html>");
    html
}

fn presend(path: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.args(["check", "--offline", "--format", "json"]).arg(path).stdout(Stdio::null());
    assert!(command.status().is_ok_and(|status| matches!(status.code(), Some(0 | 1))), "presend runs");
}

/// Runs Emailens' engine over a folder or a file.
fn emailens(engine: &OsStr, drafts: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/throughput/emailens.mjs");
    Command::new("node").arg(script).arg(engine).arg(drafts).output().expect("node runs")
}

/// The same over all of the drafts in one process; the bytes a second that it reads.
fn beside(engine: &OsStr, drafts: &Path) -> Option<f64> {
    let output = emailens(engine, drafts);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [count, bytes, seconds] = numbers[..] else {
        println!("{text}{}", String::from_utf8_lossy(&output.stderr));
        return None;
    };
    line("Emailens' engine, one process", count as usize, bytes as usize, seconds);
    Some(bytes / seconds)
}
