//! Whether a person may be mailed, as a list's own columns say it.

use serde::Serialize;

/// What a list's own columns say about one row. The order is that of gravity: of several rows of one
/// person the gravest counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The list does not say, or says it in a word that is not known.
    #[default]
    Unknown,
    /// May be mailed.
    Mailable,
    /// Has never said yes; some platforms mail them all the same.
    NeverSubscribed,
    /// Has said no, or has complained.
    OptedOut,
    /// The address does not take mail any more.
    Bounced,
}

impl Standing {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// The standing of a number: its place in this list; any other number is that of `Unknown`.
    pub fn from_code(code: u64) -> Self {
        match code {
            1 => Self::Mailable,
            2 => Self::NeverSubscribed,
            3 => Self::OptedOut,
            4 => Self::Bounced,
            _ => Self::Unknown,
        }
    }

    /// Whether the platform that wrote the list would not mail this person.
    pub fn rules_out(self) -> bool {
        matches!(self, Self::OptedOut | Self::Bounced)
    }
}

/// How one column speaks about a row. The first part is the column's name without case and marks.
#[derive(Debug, PartialEq, Eq)]
pub enum Signal {
    /// By words; the last is what a blank cell means.
    Words(&'static str, &'static [(&'static str, Standing)], Standing),
    /// By yes and no.
    YesNo(&'static str, Standing, Standing),
    /// By words that may stand among others in a filled cell; the last is what a cell without them means.
    Holds(&'static str, &'static [(&'static str, Standing)], Standing),
    /// By holding anything at all, such as the day of an opt-out.
    Filled(&'static str, Standing),
}

impl Signal {
    pub(super) fn column(&self) -> &'static str {
        match self {
            Self::Words(column, ..) | Self::Holds(column, ..) | Self::YesNo(column, ..) | Self::Filled(column, _) => column,
        }
    }

    /// What a cell means.
    pub fn read(&self, cell: &[u8]) -> Standing {
        let cell = cell.trim_ascii();
        match self {
            Self::Words(_, _, blank) if cell.is_empty() => *blank,
            Self::Words(_, words, _) => {
                words.iter().find(|(word, _)| same_word(cell, word)).map_or(Standing::Unknown, |(_, standing)| *standing)
            }
            Self::YesNo(_, yes, no) => match cell.to_ascii_lowercase().as_slice() {
                b"yes" | b"true" | b"1" | b"y" | b"t" | b"x" => *yes,
                b"no" | b"false" | b"0" | b"n" | b"f" => *no,
                // Many databases write the day on which somebody left instead of a yes.
                _ if yes.rules_out() && is_date(cell) => *yes,
                _ => Standing::Unknown,
            },
            Self::Holds(_, words, other) if is_filled(cell) => {
                let said = letters(cell).map(char::from).collect::<String>();
                words.iter().find(|(word, _)| said.contains(word)).map_or(*other, |(_, standing)| *standing)
            }
            Self::Filled(_, standing) if is_filled(cell) => *standing,
            Self::Holds(..) | Self::Filled(..) => Standing::Unknown,
        }
    }
}

/// Only what dates are written with, and at least a year, a month and a day of it.
fn is_date(cell: &[u8]) -> bool {
    cell.iter().filter(|byte| byte.is_ascii_digit()).count() >= 6
        && cell.iter().all(|byte| byte.is_ascii_digit() || b"-/.:+ TZ".contains(byte))
}

/// `[]` and the words of databases for nothing count as empty.
fn is_filled(cell: &[u8]) -> bool {
    const NOTHING: [&[u8]; 6] = [b"", b"[]", b"{}", b"null", b"none", b"false"];
    !NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing))
}

/// Compares without case and marks: `Never Subscribed` and `NEVER_SUBSCRIBED` are both `neversubscribed`.
fn same_word(cell: &[u8], word: &str) -> bool {
    letters(cell).eq(word.bytes())
}

fn letters(cell: &[u8]) -> impl Iterator<Item = u8> {
    cell.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_a_column_of_opt_outs_is_a_yes() {
        let left = Signal::YesNo("unsubscribed", Standing::OptedOut, Standing::Unknown);
        assert_eq!(left.read(b"2026-01-02T10:00:00Z"), Standing::OptedOut);
        assert_eq!((left.read(b" YES "), left.read(b"no"), left.read(b"12")), (Standing::OptedOut, Standing::Unknown, Standing::Unknown));
        let stays = Signal::YesNo("subscribed", Standing::Mailable, Standing::OptedOut);
        assert_eq!(stays.read(b"2026-01-02"), Standing::Unknown);
    }

    #[test]
    fn words_are_compared_without_case_and_marks() {
        let consent = Signal::Words("consent", &[("neversubscribed", Standing::NeverSubscribed)], Standing::Mailable);
        assert_eq!(
            (consent.read(b"Never_Subscribed"), consent.read(b""), consent.read(b"odd")),
            (Standing::NeverSubscribed, Standing::Mailable, Standing::Unknown)
        );
        let filled = Signal::Filled("unsubscribedat", Standing::OptedOut);
        assert_eq!((filled.read(b"[]"), filled.read(b"2026-01-02")), (Standing::Unknown, Standing::OptedOut));
    }
}
