//! A secret that everybody gets.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use aho_corasick::packed::Searcher;
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "secret-in-source",
    severity: Severity::Block,
    summary: "A password, key or token stands in the mail",
    repair: Repair::Nothing,
    page: include_str!("secret_in_source.md"),
    check: Check::Draft(check),
};

/// Keys by the shape that their makers give them, and passwords that are said to be one.
const SECRETS: [&str; 7] = [
    r"\b(?:sk|rk)_live_[0-9A-Za-z]{16,}\b",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[0-9A-Za-z]{30,}\b",
    r"\bSG\.[\w-]{16,}\.[\w-]{16,}\b|\bxkeysib-[0-9a-f]{20,}|\bkey-[0-9a-f]{32}\b|\bpk_[0-9a-f]{34}\b",
    r"\bxox[abpr]-[\w-]{20,}|\bAIza[\w-]{35}\b",
    r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----",
    r#"(?i)\b(?:api[_-]?key|secret[_-]?key|client[_-]?secret|access[_-]?token|smtp[_-]?pass(?:word)?)\b["']?\s*[:=]\s*["']?[\w/+.-]{12,}"#,
];

static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&SECRETS.join("|")).ok());

/// Of which every secret has one, as a rough sieve before the patterns.
#[rustfmt::skip]
const SIGNS: [&str; 26] = [
    "_live_", "AKIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "SG.", "xkeysib", "key-", "pk_", "xox", "AIza", "-----BEGIN", "api_key", "api-key", "apikey", "API_KEY", "apiKey", "secret",
    "SECRET", "Secret", "access_token", "access-token", "smtp", "SMTP",
];

/// One look at the whole source for all of them; on processors that it is not made for, each by itself.
static SIEVE: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(SIGNS));

/// How much of a text is searched, in bytes: ten times what Gmail shows.
const MOST: usize = 1 << 20;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let whole = body.whole();
        let end = (0..=MOST.min(whole.text().len())).rev().find(|at| whole.text().is_char_boundary(*at)).unwrap_or_default();
        let text = whole.text().get(..end).unwrap_or_default();
        if !may_hold_secret(text) {
            continue;
        }
        for found in SECRET.iter().flat_map(|secret| secret.find_iter(text)) {
            let begin: String = found.as_str().chars().take(8).collect();
            let message = format!("what begins with \"{begin}\" looks like a key or password");
            findings.push(
                Finding::new(whole.slice(found.range()), message)
                    .help("remove it, and have it changed: who has seen the draft has seen it"),
            );
        }
    }
    findings
}

fn may_hold_secret(text: &str) -> bool {
    SIEVE.as_ref().map_or_else(|| SIGNS.iter().any(|sign| text.contains(sign)), |sieve| sieve.find(text).is_some())
}
