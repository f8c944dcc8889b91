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

/// A note in any language: at the beginning of a line or in brackets with a colon, or with what is to be done.
const CERTAIN: &str = r"(?m)(?:^[\s*#>/-]*|\[\s*)TODO(?:\s*\([^()\n]{1,30}\))?\s*:|\[\s*TODO\s*\]|\[\s*TODO\b[^\]\[\n]{1,60}:|\bTODO[\s:(\[–—-]+(?:add|ask|change|check|confirm|correct|fill|find|finish|fix|insert|link|paste|proofread|put|remove|replace|swap|test|translate|update|verify|write|añadir|cambiar|comprobar|completar|corregir|poner|revisar|traducir|verificar|acrescentar|adicionar|alterar|confirmar|corrigir|rever|trocar)\b";

/// A note where the word means nothing else.
const LIKELY: &str = r"(?m)[:=]\s*TODO\s*$|\bTODO\b(?:\s*[:!\])]|\s*\(\p{L}|\s+[-–—]\s+\p{L}|\s+\p{L}[\p{Ll}'’]+)|\[\s*TODO\b";

/// Words behind it that show the Spanish or Portuguese word, whatever the rest of the mail is in.
const ALL: &str = r"^[\s!:,(–—-]*(?i:a|al|ao|aos|as|con|de|del|dentro|dia|día|e|el|em|en|es|está|gratis|hasta|inclu[iíy]\w*|junto|la|las|listo|lo|los|mundo|más|mais|menos|no|nuestr[ao]s?|o|online|os|para|por|pra|que|rebajado|se|sobre|sobra|su|tipo|tu|u|un|y|é|até)\b";

/// Words before it of the same kind: "hay de TODO", "lo TODO".
const OF_ALL: &str = r"(?i)(?:\b(?:con|de|em|en|es|lo|para|por|quase|sobre|su|tu|y|é|casi)\s+|[¡¿]\s*)$";

/// Words around it that make it a noun: "the TODO comments", "a TODO list".
const NOUN_BEFORE: &str = r"(?i)\b(?:a|an|any|each|every|my|no|of|our|some|that|the|this|your)\s+$";
const NOUN_BEHIND: &str = r"^\s+(?i:apps?|comments?|entry|entries|files?|group|items?|lists?|markers?|notes?|tags?|is|was)\b";

struct Patterns {
    certain: Regex,
    likely: Regex,
    all: Regex,
    of_all: Regex,
    noun_before: Regex,
    noun_behind: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let pattern = |written: &str| Regex::new(written).ok();
    Some(Patterns {
        certain: pattern(CERTAIN)?,
        likely: pattern(LIKELY)?,
        all: pattern(ALL)?,
        of_all: pattern(OF_ALL)?,
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
    let note = |pattern: &Regex| {
        let mut found = pattern.find_iter(text).map(|found| found.range());
        found.find(|range| patterns.is_note(text, range.clone()))
    };
    let likely = || note(&patterns.likely).filter(|_| is_read_as_english(context, passage));
    let found = note(&patterns.certain).or_else(likely)?;
    let behind = text.get(found.end..)?;
    let rest = behind.find('\n').and_then(|end| behind.get(..end)).unwrap_or(behind);
    let end = rest.find(']').map_or(rest.len(), |bracket| bracket + 1);
    let said = text.get(found.clone())?;
    let (closed, start) = (said.ends_with(']'), found.start + said.find(['[', 'T'])?);
    Some(start..if closed { found.end } else { found.end + end })
}

impl Patterns {
    /// Whether the words around it make it neither "all" nor a noun.
    fn is_note(&self, text: &str, range: Range<usize>) -> bool {
        let Some(at) = text.get(range.clone()).and_then(|found| found.find("TODO")).map(|at| range.start + at) else { return false };
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + "TODO".len()..).unwrap_or_default());
        !self.all.is_match(behind)
            && !self.of_all.is_match(before)
            && !self.noun_before.is_match(before)
            && !self.noun_behind.is_match(behind)
    }
}

/// Whether the mail and the passage are surely in a language that has no such word.
fn is_read_as_english(context: &Context<'_>, passage: &Passage) -> bool {
    let has_word = |language: Language| matches!(language, Language::Spanish | Language::Portuguese);
    if let Some(said) = context.settings.language {
        return !has_word(said);
    }
    let passages = &context.facts.passages;
    if context.facts.language.is_some_and(has_word) || passages.iter().any(|passage| passage.language().is_some_and(has_word)) {
        return false;
    }
    if passage.language().is_some() {
        return true;
    }
    let copy = context.facts.copy().take(MOST_PASSAGES).map(|passage| passage.text.as_str()).collect::<Vec<_>>().join("\n");
    Language::guess(&copy).or_else(|| Language::guess_by_trade(&copy)).is_some_and(|language| !has_word(language))
}

/// How many passages of a short mail are looked at for its language.
const MOST_PASSAGES: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(PATTERNS.is_some());
    }
}
