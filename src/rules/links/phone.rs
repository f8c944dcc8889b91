//! Telephone numbers as people write them and as telephones dial them.

/// The digits of a number; a trunk zero in brackets is left out, as in `+44 (0)20 7946 0000`.
pub(super) fn digits(number: &str) -> String {
    let bare = if number.trim_start().starts_with(['+', '0']) && number.contains("(0)") {
        number.replacen("(0)", "", 1)
    } else {
        number.to_owned()
    };
    bare.chars().filter(char::is_ascii_digit).collect()
}

/// Whether two numbers are the same, one of them perhaps without its country's code.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let bare = |number: &str| digits(number).trim_start_matches('0').to_owned();
    let (one, other) = (bare(one), bare(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    // A country's code has at most three digits.
    !short.is_empty() && long.len() - short.len() <= 3 && long.ends_with(short.as_str())
}

/// Whether a text is a telephone number and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    (6..=15).contains(&count) && text.chars().all(|c| c.is_ascii_digit() || " +-–().\u{a0}/".contains(c))
}

/// Runs in a text that can be telephone numbers, as byte ranges.
pub(super) fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let part = |c: char| c.is_ascii_digit() || "+-–(). \u{a0}/".contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) =
        text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(')).map(|offset| at + offset)
    {
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(|c: char| !part(c)).unwrap_or(rest.len());
        let end = text.get(start..end).and_then(|run| run.find(". ")).map_or(end, |stop| start + stop);
        let run = text.get(start..end).unwrap_or_default().trim_end_matches(|c: char| !c.is_ascii_digit());
        if is_number(run) {
            found.push(start..start + run.len());
        }
        at = end.max(start + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert!(is_same("+44 (0)20 7946 0000", "tel:+442079460000"));
        assert!(is_same("020 7946 0000", "+442079460000"));
        assert!(!is_same("020 7946 0001", "+442079460000"));
        assert!(!is_same("1234", "+442079461234"));
    }

    #[test]
    fn numbers_are_found_in_a_text() {
        let text = "Call +49 30 1234-567, or (030) 765 4321. 2026: 20 % off";
        let found: Vec<&str> = numbers(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["+49 30 1234-567", "(030) 765 4321"]);
    }
}
