//! How money is written: its signs and names, and numbers in any notation.

use crate::coupons::Decimal;

/// What money is written with; of two that begin alike, the longer one first.
pub(super) const SYMBOLS: [&str; 30] = [
    "US$", "CA$", "AU$", "NZ$", "C$", "A$", "R$", "€", "£", "$", "¥", "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "PLN", "BRL", "SEK", "NOK",
    "DKK", "JPY", "zł", "kr.", "kr", "euros", "euro", "Euros", "Euro",
];

/// Names of money that stand behind a number only. Pounds are a weight as well.
pub(super) const NAMED: [&str; 6] = ["dollars", "reais", "złotych", "złote", "zlotych", "francs"];

/// How many bytes of a text that begins with a figure are one number: groups of three, or up to seven figures; then one
/// or two decimals.
pub(super) fn number_at(text: &str) -> usize {
    let figures = |from: usize| text.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let mark =
        |at: usize, marks: &[char]| text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| marks.contains(c)).map(char::len_utf8);
    let first = figures(0);
    let mut end = first;
    if first <= 3 {
        while let Some(width) = mark(end, &['.', ',', '\'', '’', '\u{a0}', '\u{202f}']).filter(|width| figures(end + width) == 3) {
            end += width + 3;
        }
    }
    let decimals = mark(end, &['.', ',']).map(|width| (width, figures(end + width)));
    match decimals {
        Some((width, count @ 1..=2)) if first <= 7 && (end == first || count == 2) => end + width + count,
        _ => end,
    }
}

/// A number in any notation: three digits after a separator are thousands, one or two are decimals.
pub(super) fn number_of(text: &str) -> Option<Decimal> {
    let decimals = text.rfind([',', '.']).filter(|at| text.len() - at - 1 <= 2);
    let digits: String = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(_, c)| c).collect();
    let part = decimals.map_or(0, |at| text.len() - at - 1);
    let number: i64 = digits.parse().ok()?;
    Some(Decimal::ten_thousandths(number.checked_mul(10_i64.pow(u32::try_from(4 - part.min(4)).ok()?))?))
}

/// The currency that a sign or a name means, if it is one country's alone.
pub(super) fn currency(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "US$" | "USD" => "USD",
        "CA$" | "C$" | "CAD" => "CAD",
        "AU$" | "A$" | "AUD" => "AUD",
        "NZ$" => "NZD",
        "R$" | "reais" | "BRL" => "BRL",
        "€" | "EUR" | "Euro" | "Euros" | "euro" | "euros" => "EUR",
        "£" | "GBP" => "GBP",
        "CHF" => "CHF",
        "zł" | "złotych" | "złote" | "zlotych" | "PLN" => "PLN",
        "SEK" => "SEK",
        "NOK" => "NOK",
        "DKK" => "DKK",
        "JPY" => "JPY",
        _ => return None,
    })
}
