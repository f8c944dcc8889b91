//! A mail that is one picture.

use super::group::{pictures, place};
use crate::facts::{Image, Passage, Region};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "image-only-mail",
    severity: Severity::Warn,
    summary: "The mail is pictures with hardly any text",
    repair: Repair::Nothing,
    page: include_str!("image_only_mail.md"),
    check: Check::Draft(check),
};

/// A picture at least this wide, in pixels, carries the mail's message.
const WIDE: u32 = 400;

/// Fewest characters of text, without footer, that say something by themselves.
const FEWEST_CHARACTERS: usize = 120;

/// Words of passages that stand under every mail.
const FOOTER: [&str; 12] = [
    "unsubscribe",
    "view in browser",
    "view online",
    "view this email",
    "copyright",
    "©",
    "all rights reserved",
    "preferences",
    "abmelden",
    "im browser",
    "why did i",
    "you are receiving",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !context.is_whole() {
        return Vec::new();
    }
    let is_carrier =
        |image: &&Image| image.size.0.is_some_and(|width| width >= WIDE) && image.size.1.is_none_or(|height| height >= WIDE / 4);
    let Some(image) = pictures(context).find(is_carrier) else { return Vec::new() };
    let is_copy = |passage: &&Passage| {
        let text = passage.lower();
        passage.region == Region::Body && !FOOTER.iter().any(|words| text.contains(words))
    };
    // Nearly every mail has its text at the beginning.
    let mut characters = 0;
    for passage in context.facts.passages.iter().filter(is_copy) {
        characters += passage.text.chars().count();
        if characters >= FEWEST_CHARACTERS {
            return Vec::new();
        }
    }
    if !context.facts.tags.tags.is_empty() && characters > 0 {
        return Vec::new();
    }
    let message = format!("beside its pictures the mail has only {characters} characters of text");
    vec![Finding::new(place(image), message).help("write the offer as text too; filters distrust pictures alone, and pictures may be off")]
}
