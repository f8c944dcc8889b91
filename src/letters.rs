//! Letters, capital and small.

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

    proptest! {
        #[test]
        fn small_letters_are_those_of_the_standard(text in "[a-cA-C \u{c0}-\u{17f}ΑΣσς\u{130}–£ẞ]{0,40}") {
            prop_assert_eq!(lower(&text), text.to_lowercase());
        }
    }
}
