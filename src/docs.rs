//! The page of a rule, five times used: explained in the terminal, listed, tested, published.

use crate::rule::{Check, Need, Rule};
use crate::rules::RULES;
use crate::tags;
use std::fmt::Write as _;

/// A piece of a page between fences: ```` ```eml bad ````.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example<'a> {
    /// The kind of file: `eml`, `html`, `md`, `txt`, `csv`, `json`, `toml`.
    pub kind: &'a str,
    /// What it is in the example: `bad`, `good`, `brief`, `to`, `coupons`, `links`, `variant`, `translation` or a list's role.
    pub part: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// The line of the page on which the fence opens, from 1.
    pub line: usize,
}

/// The examples of a page, in their order. Fences without a second word are prose.
pub fn examples(page: &str) -> Vec<Example<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize, usize)> = None;
    let mut at = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        if let Some(words) = line.trim_end().strip_prefix("```") {
            match open.take() {
                None => open = Some((words, at + line.len(), index + 1)),
                Some((words, start, line)) => {
                    if let Some((kind, part)) = words.split_once(' ') {
                        found.push(Example { kind, part, text: page.get(start..at).unwrap_or_default(), line });
                    }
                }
            }
        }
        at += line.len();
    }
    found
}

/// What a rule needs, in words.
fn needs(rule: &Rule) -> String {
    let word = |need: &Need| match need {
        Need::Links => String::from("the answers of the web (run without --offline, or with --links)"),
        Need::Audience => String::from("the send list (--to)"),
        Need::Rows => String::from("the rows of the send list (--to FILE)"),
        Need::List(one) => {
            let roles = rule.check.scope().map_or(std::slice::from_ref(one), |scope| scope.roles);
            let lists: Vec<String> = roles.iter().map(|role| format!("--list {}=FILE", role.name())).collect();
            format!("a list to compare it with ({})", lists.join(" or "))
        }
        Need::Fields => String::from("the columns of the send list (--to), or fields in presend.toml"),
        Need::Group => String::from("a list named after the customer group of the code (--list GROUP=FILE)"),
        Need::Dictionary => {
            String::from("words of the mail's language: presend brings those of English along, and finds Hunspell dictionaries")
        }
        Need::Size => String::from("the expected number of people (--audience, or audience in presend.toml)"),
        Need::Coupons => String::from("the coupon list (--coupons)"),
        Need::OwnSites => String::from("the sender's own domains (domains in presend.toml)"),
        Need::Footer => String::from("the mail as it goes out"),
        Need::Language => String::from("a mail in one of the languages that presend reads"),
        Need::Rehearsal => String::from("a plan (`presend rehearse`, or plan in presend.toml)"),
    };
    let words: Vec<String> = rule.check.needs().iter().map(word).collect();
    if matches!(rule.check, Check::Exceptions(_)) {
        return String::from("`[[waiver]]` or `[[expected]]` in presend.toml");
    }
    if matches!(rule.check, Check::Approved(_)) {
        return String::from("`[[approval]]` in presend.toml");
    }
    if words.is_empty() { String::from("the draft alone") } else { words.join(", and ") }
}

/// The page of a rule as `presend explain` prints it and as it stands in `docs/rules/`.
pub fn page(rule: &Rule) -> String {
    format!(
        "# {}\n\n{}.\n\n- Severity: {}\n- Needs: {}\n- Once it is sent: {}\n\n{}",
        rule.name,
        rule.summary,
        rule.severity,
        needs(rule),
        rule.repair.sentence(),
        rule.page.trim_start()
    )
}

/// The table of all rules, as it stands in the README.
pub fn table() -> String {
    let mut table = String::from("| rule | severity | what it finds |\n|---|---|---|\n");
    for rule in RULES {
        let _ = writeln!(table, "| [{name}](docs/rules/{name}.md) | {} | {} |", rule.severity, rule.summary, name = rule.name);
    }
    table
}

/// The sending platforms and template languages, for the terminal: name in settings, name for people, how a fallback is
/// written, and what is printed without one.
pub fn dialects() -> String {
    let mut list = String::new();
    for dialect in tags::dialects() {
        let _ = writeln!(list, "{}  {}", dialect.id, dialect.name);
        let _ = writeln!(list, "    fallback:   {}", dialect.fallback.as_deref().unwrap_or("cannot be written in the tag"));
        let _ = writeln!(list, "    without it: {}", dialect.missing.sentence);
    }
    list
}

/// All rules, a line each, for the terminal.
pub fn list() -> String {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    RULES.iter().fold(String::new(), |mut list, rule| {
        let _ = writeln!(list, "{:widest$}  {:5}  {}", rule.name, rule.severity.to_string(), rule.summary);
        list
    })
}
