//! "TODO" where it is a note: in Spanish and Portuguese it is the word for "all", and a popular one in a sale.

use super::signs::seen;
use crate::facts::Passage;
use crate::offers::Language;
use crate::rule::Context;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Every match has it, in lower case.
pub(super) const SIGN: &str = "todo";

/// A note in any language: in brackets, alone or with who is to do it; or with what is to be done.
const CERTAIN: &str = r"\[\s*TODO\s*\]|\[\s*TODO\s+\p{Lu}\p{Ll}+\s*:|\bTODO[\s:(\[–—-]+(?:add|ask|change|check|confirm|correct|fill|find|finish|fix|insert|link|paste|proofread|put|remove|replace|swap|test|translate|update|verify|write|añadir|cambiar|comprobar|completar|corregir|poner|revisar|traducir|verificar|acrescentar|adicionar|alterar|confirmar|corrigir|rever|trocar)\b";

/// A note where nothing tells the language.
const LIKELY: &str = r"(?m)^[\s*#>/-]*TODO\s*:\s*\p{L}";

/// A note where the word means nothing else: at the beginning of a sentence or bracket, behind a colon, or before one.
const PLAIN: &str = r"(?m)(?:^[\s*#>/-]*|[.!?;]\s+|[(\[:]\s*)TODO\b(?:\s*[:!\])]|\s*\(\p{L}|\s+[-–—]\s+\p{L}|\s+\p{L}[\p{Ll}'’]+)|[:=]\s*TODO\s*$|\bTODO\s*:";

/// Words behind it that show the Spanish or Portuguese word.
const ALL: &str = r"^[\s:]*(?i:inclu[ií]|(?:al?|ao|con|com|de|desde|el|em|en|es|é|la|las|lo|los|o|os|para|por|y|e)\b)";

/// Words around it that make it a noun: "the TODO comments", "a TODO list".
const NOUN_BEFORE: &str = r"(?i)\b(?:an?|any|daily|each|every|my|no|of|our|some|that|the|this|weekly|your|deine?r?|eine?r?|ihre?r?|meine?r?|unsere?r?|votre|ma|une?)\s+$";
const NOUN_BEHIND: &str =
    r"^\s*(?i:apps?|comments?|entry|entries|files?|group|items?|lists?|listen?|markers?|notes?|points?|punkte?n?|tags?|is|was)\b";

/// In how many bytes before it such a word stands.
const NEAR: usize = 24;

struct Patterns {
    certain: Regex,
    likely: Regex,
    plain: Regex,
    all: Regex,
    noun_before: Regex,
    noun_behind: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let pattern = |written: &str| Regex::new(written).ok();
    Some(Patterns {
        certain: pattern(CERTAIN)?,
        likely: pattern(LIKELY)?,
        plain: pattern(PLAIN)?,
        all: pattern(ALL)?,
        noun_before: pattern(NOUN_BEFORE)?,
        noun_behind: pattern(NOUN_BEHIND)?,
    })
});

/// The first such note in a passage, with what it says up to the end of its line or bracket.
pub(super) fn find(context: &Context<'_>, passage: &Passage) -> Option<Range<usize>> {
    let text = passage.text.as_str();
    if !seen(passage).contains(&SIGN) || !text.contains("TODO") {
        return None;
    }
    let patterns = PATTERNS.as_ref()?;
    let means_all = means_all(context, passage);
    let further = match means_all {
        Some(true) => None,
        Some(false) => Some(&patterns.plain),
        None => Some(&patterns.likely),
    };
    let note = |pattern: &Regex| {
        let mut found = pattern.find_iter(text).map(|found| found.range());
        found.find(|range| patterns.is_note(text, range.clone(), means_all != Some(false)))
    };
    let found = note(&patterns.certain).or_else(|| note(further?))?;
    let behind = text.get(found.end..)?;
    let rest = behind.find('\n').and_then(|end| behind.get(..end)).unwrap_or(behind);
    let end = rest.find(']').map_or(rest.len(), |bracket| bracket + 1);
    let said = text.get(found.clone())?;
    let todo = said.find("TODO")?;
    let start = said.get(..todo).and_then(|before| before.find('[')).unwrap_or(todo);
    Some(found.start + start..if said.ends_with(']') { found.end } else { found.end + end })
}

impl Patterns {
    /// Whether the words around it make it neither a noun nor, where it may be that, "all".
    fn is_note(&self, text: &str, range: Range<usize>, may_mean_all: bool) -> bool {
        let Some(at) = text.get(range.clone()).and_then(|found| found.find("TODO")).map(|at| range.start + at) else { return false };
        let near = text.ceil_char_boundary(at.saturating_sub(NEAR));
        let (before, behind) = (text.get(near..at).unwrap_or_default(), text.get(at + "TODO".len()..).unwrap_or_default());
        let is_all = may_mean_all && self.all.is_match(behind);
        !is_all && !self.noun_before.is_match(before) && !self.noun_behind.is_match(behind)
    }
}

/// Whether the language of the mail or the passage has it as the word for "all"; nothing where no language is told.
fn means_all(context: &Context<'_>, passage: &Passage) -> Option<bool> {
    let has_word = |language: Language| matches!(language, Language::Spanish | Language::Portuguese);
    if let Some(said) = context.settings.language {
        return Some(has_word(said));
    }
    // What the markup says is often left from the template.
    let anywhere = context.facts.passages.iter().any(|passage| passage.language().is_some_and(has_word));
    let told = passage.language().or(context.facts.told_language);
    if anywhere { Some(true) } else { told.map(has_word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(PATTERNS.is_some());
    }
}
