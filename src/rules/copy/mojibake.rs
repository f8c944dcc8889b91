//! Letters that were read in the wrong charset.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::ops::Range;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "mojibake",
    severity: Severity::Block,
    summary: "Letters are garbled: \"GrÃ¼ÃŸe\", \"donâ€™t\"",
    repair: Repair::Nothing,
    page: include_str!("mojibake.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy().filter(|passage| !passage.characters().is_ascii()) {
        if let Some((range, meant)) = garbled(&passage.text) {
            let shown = passage.text.get(range.clone()).unwrap_or_default();
            let message = format!("\"{}\" is garbled; it was {meant}", shown.escape_debug());
            findings.push(Finding::new(passage.span(range), message).help("export or copy the text again, as UTF-8"));
        }
    }
    findings
}

/// The first run of letters that are the bytes of another letter, and which one.
fn garbled(text: &str) -> Option<(Range<usize>, String)> {
    if let Some(at) = text.find('\u{fffd}') {
        return Some((at..at + '\u{fffd}'.len_utf8(), String::from("a letter that is lost")));
    }
    text.char_indices().filter(|(_, c)| matches!(c, 'Â' | 'Ã' | 'Ä' | 'Å' | 'â' | 'ð' | 'ï' | 'Ð' | 'Ñ')).find_map(|(at, first)| {
        let length = if matches!(first, 'â' | 'ï') {
            3
        } else if first == 'ð' {
            4
        } else {
            2
        };
        let piece: String = text.get(at..)?.chars().take(length).collect();
        let bytes = piece.chars().map(byte).collect::<Option<Vec<u8>>>()?;
        let meant = std::str::from_utf8(&bytes).ok()?.chars().next().filter(|c| !c.is_control() && !is_rare(*c))?;
        let said = if meant.is_whitespace() || meant == '\u{feff}' || meant == '\u{200b}' {
            String::from("a blank")
        } else {
            format!("\"{meant}\"")
        };
        (piece.chars().count() == length).then(|| (at..at + piece.len(), said))
    })
}

/// Letters that no mail garbles and that two real letters in a row may look like.
fn is_rare(meant: char) -> bool {
    matches!(meant, '\u{80}'..='\u{9f}' | '\u{180}'..='\u{36f}')
}

/// The byte that shows as a letter where it is read as windows-1252; letters without one show as themselves.
fn byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    bytes.first().copied().filter(|_| !failed && bytes.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_letters_are_told_from_real_ones() {
        for text in ["GrÃ¼ÃŸe", "donâ€™t", "10Â\u{a0}%", "â€‹x", "Ã©tÃ©", "ðŸŽ‰", "a\u{fffd}b"] {
            assert!(garbled(text).is_some(), "{text}");
        }
        for text in ["SÃO PAULO", "Â«ici»".trim_start_matches('Â'), "Grüße", "pâté", "Ärger", "Åse", "naïve", "Ñandú", "Ñ ¿qué?", "2 Ω"]
        {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
