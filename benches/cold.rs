//! What one cold `presend check --offline` of a 100 KB draft costs: `cargo bench --bench cold`.
//!
//! The whole process is measured from outside, as a person or a CI step pays for it. CPU time is what Linux accounts to
//! finished child processes (`/proc/self/stat`), so it holds whatever else the machine is doing; elsewhere only wall time
//! is shown.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark measures, writes its input and prints"
)]
#![allow(clippy::cast_precision_loss, reason = "times are shown with two digits")]

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

const RUNS: u32 = 100;

/// A mail of about 100 KB as shops send it: nested tables, inline styles, a picture and a button for each product.
fn draft() -> String {
    let mut html =
        String::from("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sale</title></head><body style=\"margin:0\">");
    let mut product = 0;
    while html.len() < 100_000 {
        product += 1;
        let _ = write!(
            html,
            "<table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 auto;border-collapse:collapse\">\r\n\
             <tr><td style=\"padding:20px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;color:#333333\">\r\n\
             <a href=\"https://www.shop.example/products/{product}?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=spring\">\r\n\
             <img src=\"https://cdn.shop.example/images/product-{product}.jpg\" width=\"560\" alt=\"Walnut bowl number {product}\" style=\"display:block\"></a>\r\n\
             <h2>Walnut bowl {product}</h2><p>Turned by hand from one piece of wood &ndash; was &pound;{}.00, now &pound;{}.50, until Sunday.</p>\r\n\
             <a href=\"https://www.shop.example/cart/{product}\" style=\"background:#0a7;color:#fff;padding:12px 24px\">Shop the bowl</a></td></tr></table>\r\n",
            product + 20,
            product + 10
        );
    }
    html.push_str("<p>Use code SPRING20 at checkout. <a href=\"*|UNSUB|*\">Unsubscribe</a> *|LIST:ADDRESS|*</p></body></html>");
    format!(
        "From: Shop <hello@shop.example>\r\nSubject: Hi *|FNAME|*, spring is here\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    )
}

/// CPU seconds of all finished child processes, user and system together.
fn children_cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks: f64 = fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("draft.eml");
    let draft = draft();
    std::fs::write(&path, &draft).expect("a draft");
    let run = || {
        let status = Command::new(env!("CARGO_BIN_EXE_presend")).args(["check", "--offline"]).arg(&path).stdout(Stdio::null()).status();
        assert!(status.is_ok_and(|status| matches!(status.code(), Some(0 | 1))), "presend runs");
    };
    run();
    let (cpu, wall) = (children_cpu(), Instant::now());
    (0..RUNS).for_each(|_| run());
    let wall = wall.elapsed().as_secs_f64() * 1000.0 / f64::from(RUNS);
    println!("cold check of {} KB, {RUNS} runs: {wall:.2} ms wall a run", draft.len() / 1024);
    if let (Some(before), Some(after)) = (cpu, children_cpu()) {
        println!("cold check of {} KB, {RUNS} runs: {:.2} ms CPU a run", draft.len() / 1024, (after - before) * 1000.0 / f64::from(RUNS));
    }
}
