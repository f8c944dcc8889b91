//! Letters, capital and small, and characters that are no letters but orders to a terminal.

/// Whether a text has a character on which a terminal acts: a control character that is no white space.
pub(crate) fn acts(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Numbers in place of decisions, and no way out: so that many bytes are looked at at once.
    let is_order = |byte: u8| {
        let is_blank = u8::from(byte == b'\t') | u8::from(byte == b'\n') | u8::from(byte == b'\x0c') | u8::from(byte == b'\r');
        (u8::from(byte < b' ') & (1 - is_blank)) | u8::from(byte == 0x7f)
    };
    let in_ascii = bytes.iter().fold(0, |orders, byte| orders | is_order(*byte)) != 0;
    // U+0080 to U+009F.
    let is_high = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x80..0xA0).contains(next));
    in_ascii || memchr::memchr_iter(0xC2, bytes).any(is_high)
}

/// Whether a text begins with characters of ASCII, in any case.
pub(crate) fn begins(text: &str, head: &str) -> bool {
    text.as_bytes().get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head.as_bytes()))
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
