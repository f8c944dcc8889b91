//! In which language a passage is, and how a message quotes it.

use crate::facts::Passage;
use crate::offers::Language;
use crate::rule::Context;

/// The language of a passage: what the user said, what its words give away, or that of the mail.
pub(super) fn language(context: &Context<'_>, passage: &Passage) -> Language {
    let said = context.settings.language.or_else(|| passage.language());
    said.or(context.facts.language).unwrap_or(Language::English)
}

/// What was found, as a message quotes it: in one line, cut short where it is long.
pub(super) fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(LONGEST_SHOWN).collect();
    if short.len() < line.len() { format!("{}…", short.trim_end()) } else { short }
}

/// How much of what was found a message quotes, in characters.
const LONGEST_SHOWN: usize = 60;
