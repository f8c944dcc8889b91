//! What is wrong in a settings file, in words, with what was probably meant.

use super::FILE_NAME;
use crate::error::Error;
use crate::source::Source;
use std::sync::Arc;

/// Words a fault of the TOML reader for people, with a suggestion for a misspelt key.
pub(super) fn in_words(source: &Arc<Source>, error: &toml::de::Error) -> Error {
    let span = source.span(error.span().unwrap_or(0..0));
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let known = if message.starts_with("unknown field") || message.starts_with("unknown variant") { quoted.as_slice() } else { &[] };
    let Some((wrong, known)) = known.split_first() else {
        return Error::at(&span, format!("this is not a valid {FILE_NAME}: {message}")).help(right_kind(message));
    };
    let what = if message.starts_with("unknown field") { "key" } else { "value" };
    let help = match nearest(wrong, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of: {}", known.join(", ")),
    };
    Error::at(&span, format!("there is no {what} `{wrong}` here")).help(help)
}

/// What to write instead, by the kind of value that was expected.
fn right_kind(message: &str) -> &'static str {
    const KINDS: [(&str, &str); 5] = [
        ("expected u64", "write a whole number without quotation marks, such as 400"),
        ("expected f64", "write a number without quotation marks, such as 0.5"),
        ("expected a boolean", "write true or false, without quotation marks"),
        ("expected a string", "write it between quotation marks: \"…\""),
        ("expected a sequence", "write it as a list: [\"…\", \"…\"]"),
    ];
    KINDS
        .iter()
        .find(|(expected, _)| message.contains(expected))
        .map_or("correct this line; `presend.toml` is written in TOML", |(_, help)| help)
}

/// The candidate nearest to a misspelt word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let best = candidates.into_iter().map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate));
    best.min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= 1 + word.chars().count() / 4)
        .map(|(_, candidate)| candidate)
}
