//! Signs without width inside of words.

use crate::facts::Region;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "invisible-character",
    severity: Severity::Warn,
    summary: "A sign that nobody sees stands inside a word",
    repair: Repair::Nothing,
    page: include_str!("invisible_character.md"),
    check: Check::Draft(check),
};

/// Signs that are not shown, with what they are called.
const UNSEEN: [(char, &str); 7] = [
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{2060}', "word joiner"),
    ('\u{feff}', "byte order mark"),
    ('\u{202e}', "mark that turns the writing round"),
    ('\u{180e}', "Mongolian vowel separator"),
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let shown = context.facts.copy().filter(|passage| !passage.hidden && passage.region != Region::Preheader);
    for passage in shown.filter(|passage| !passage.characters().is_ascii()) {
        let text = passage.text.as_str();
        let found = text.char_indices().filter(|(_, c)| !c.is_ascii()).find_map(|(at, c)| {
            let (_, name) = UNSEEN.iter().find(|(unseen, _)| *unseen == c)?;
            let before = text.get(..at)?.chars().next_back()?;
            let after = text.get(at + c.len_utf8()..)?.chars().next()?;
            let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='ɏ');
            // Between figures it keeps phones from making a link of them.
            let keeps_apart = before.is_ascii_digit() && after.is_ascii_digit();
            (latin(before) && latin(after) && !keeps_apart).then_some((at, c, *name))
        });
        if let Some((at, c, name)) = found {
            let message = format!("a {name}, which nobody sees, stands inside a word");
            findings.push(
                Finding::new(passage.span(at..at + c.len_utf8()), message)
                    .help("delete and type the word anew; a copied code with it in does not work"),
            );
        }
    }
    findings
}
