//! Letters, capital and small, and characters that are no letters but orders to a terminal.

/// Whether a text has a character on which a terminal acts: a control character that is no white space.
pub(crate) fn acts(text: &str) -> bool {
    let is_order = |byte: u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    // All of it is looked at, without a way out, which many bytes at a time can do. U+0080 to U+009F begin with 0xC2.
    let next = text.bytes().skip(1).chain([0]);
    text.bytes().zip(next).fold(false, |acts, (byte, next)| acts | is_order(byte) | (byte == 0xC2 && (0x80..0xA0).contains(&next)))
}

/// What `str::to_lowercase` makes of a text, and sooner where there is a dash or a sign among plain letters.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // How a sigma is written depends on what stands around it.
    if text.contains('Σ') {
        return text.to_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        let end = rest.bytes().position(|b| b.is_ascii() != first.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let start = lower.len();
        if first.is_ascii() {
            lower.push_str(run);
            lower.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
        } else {
            lower.extend(run.chars().flat_map(char::to_lowercase));
        }
        rest = after;
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn terminals_act_on_control_characters() {
        assert!(["a\u{1b}", "\u{7}b", "\u{7f}", "é\u{9b}31m", "\u{85}"].into_iter().all(acts));
        assert!(!["", "a\tb\r\n", "é – £ \u{a0}", "日本"].into_iter().any(acts));
    }

    proptest! {
        #[test]
        fn small_letters_are_those_of_the_standard(text in "[a-cA-C \u{c0}-\u{17f}ΑΣσς\u{130}–£ẞ]{0,40}") {
            prop_assert_eq!(lower(&text), text.to_lowercase());
        }
    }
}
