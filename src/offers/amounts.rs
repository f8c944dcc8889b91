//! Percentages and prices in a sentence, with the words that say what they are.

use super::Language;
use super::money::{NAMED, SYMBOLS, currency, number_at, number_of};
use super::words::{self, AmountWords};
use crate::coupons::{Decimal, Money};
use crate::letters::begins;
use std::ops::Range;

/// A percentage or a price, where it stands and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Its bytes in the text, with sign and currency.
    pub range: Range<usize>,
    /// How much.
    pub worth: Worth,
    /// What the words around it say.
    pub qualifier: Qualifier,
}

/// How much an amount is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Worth {
    /// Per cent: 10 is ten per cent.
    Percent(Decimal),
    /// Money. `$`, `¥` and `kr` are the money of several countries: then there is no currency.
    Money(Money),
}

/// What the words around an amount say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// Up to so much.
    UpTo,
    /// A threshold: orders over so much.
    Over,
    /// The old price.
    Was,
    /// The new price.
    Now,
    /// Prices begin there.
    From,
    /// So much is taken off.
    Off,
    /// Nothing is said.
    Plain,
}

const MINUS: [char; 3] = ['-', '\u{2212}', '–'];
const PERCENT: [&str; 13] = [
    "-prozentiger",
    "-prozentigen",
    "-prozentige",
    "pct",
    "percent",
    "per cent",
    "prozent",
    "pour cent",
    "por ciento",
    "per cento",
    "procent",
    "por cento",
    "%",
];

/// All percentages and prices of a text, in order.
pub fn amounts(text: &str, language: Language) -> Vec<Amount> {
    let words = words::around_amounts(language);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())).map(|start| at + start) {
        let number = start..start + number_at(text.get(start..).unwrap_or_default());
        let amount = money_before(text, at, &number).or_else(|| percent(text, at, &number)).or_else(|| money_after(text, &number));
        at = match &amount {
            Some((range, ..)) => range.end,
            None => number.end,
        };
        let Some((range, worth, off)) = amount else { continue };
        if !stands_alone(text, range.clone()) {
            continue;
        }
        let after = words::after(text, range.end);
        if !goes_into_millions(&after) {
            let before = words::before(text, range.start);
            let qualifier = qualifier(&before, &after, words).unwrap_or(if off { Qualifier::Off } else { Qualifier::Plain });
            found.push(Amount { range, worth, qualifier });
        }
    }
    found
}

/// "£20", "€ 12,95", "CHF 19.-". The sign is looked for from `from` on.
fn money_before(text: &str, from: usize, number: &Range<usize>) -> Option<(Range<usize>, Worth, bool)> {
    let head = text.get(from..number.start)?;
    let head = head.strip_suffix(char::is_whitespace).unwrap_or(head);
    let last = head.as_bytes().last()?;
    let symbol = SYMBOLS.iter().find(|symbol| symbol.as_bytes().last() == Some(last) && head.ends_with(**symbol))?;
    let range = from + head.len() - symbol.len()..number.end + dashes(text, number.end);
    let off = minus_before(text.get(..range.start)?);
    Some((range, money(text.get(number.clone())?, symbol)?, off))
}

/// "12,95 €", "19,- EUR".
fn money_after(text: &str, number: &Range<usize>) -> Option<(Range<usize>, Worth, bool)> {
    let at = number.end + dashes(text, number.end);
    let next = |at: usize| {
        let (rest, first) = (text.get(at..)?, text.as_bytes().get(at)?);
        NAMED.iter().chain(&SYMBOLS).find(|symbol| symbol.as_bytes().first() == Some(first) && rest.starts_with(**symbol))
    };
    // "5-Euro-Gutschein", but not "5-€10".
    let joined = || Some(at + 1).filter(|&at| text.get(..at).is_some_and(|head| head.ends_with('-')) && next(at).is_some());
    let spaced = at + blank(text, at);
    let at = if next(spaced).is_some() { spaced } else { joined()? };
    let symbol = next(at)?;
    let end = at + symbol.len();
    if text.get(..at)?.ends_with('-') && at == number.end + 1 && text.get(end..)?.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let off = minus_before(text.get(..number.start)?);
    let shown = text.get(number.clone())?;
    // "49€90" is how French prices are written.
    let cents = text.get(end..)?.bytes().take(3).take_while(u8::is_ascii_digit).count();
    if *symbol == "€" && cents == 2 && at == number.end && shown.bytes().all(|b| b.is_ascii_digit()) {
        let whole = [shown, ",", text.get(end..end + 2)?].concat();
        return Some((number.start..end + 2, money(&whole, symbol)?, off));
    }
    Some((number.start..end, money(shown, symbol)?, off))
}

/// "20%", "-40 %", "10 Prozent".
fn percent(text: &str, from: usize, number: &Range<usize>) -> Option<(Range<usize>, Worth, bool)> {
    let at = number.end + blank(text, number.end);
    let rest = text.get(at..)?;
    // Nearly no figure is a percentage.
    rest.starts_with(['%', '-', 'p', 'P']).then_some(())?;
    let sign = PERCENT.iter().find(|sign| {
        begins(rest, sign) && (**sign == "%" || !rest.get(sign.len()..).is_some_and(|after| after.starts_with(char::is_alphanumeric)))
    })?;
    let head = text.get(from..number.start)?;
    let minus = head.strip_suffix(char::is_whitespace).unwrap_or(head);
    // "Landing pages - 95%" has a dash, no minus.
    let apart = minus.len() < head.len();
    let dash = |before: &str| apart && before.trim_end().ends_with(char::is_alphanumeric);
    // "20-30%" is a range, not minus thirty.
    let signed = minus.strip_suffix(MINUS).filter(|before| !dash(before) && !before.ends_with(|c: char| c.is_ascii_digit() || c == '%'));
    let joined = signed.is_none_or(str::is_empty) && text.get(..from)?.ends_with(|c: char| c.is_ascii_digit() || c == '%');
    let start = signed.filter(|_| !joined).map_or(number.start, |before| from + before.len());
    Some((start..at + sign.len(), Worth::Percent(number_of(text.get(number.clone())?)?), start < number.start))
}

fn money(number: &str, symbol: &str) -> Option<Worth> {
    Some(Worth::Money(Money { amount: number_of(number)?, currency: currency(symbol).map(str::to_owned) }))
}

/// The bytes of one blank at a place.
fn blank(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
}

/// The bytes of ",-" at a place, which stands for no cents.
fn dashes(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    [",-", ",–", ",—", ".-", ".–"].iter().find(|dashes| rest.starts_with(**dashes)).map_or(0, |dashes| dashes.len())
}

/// Not a part of a longer word or number, such as a version or a measure.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let digit_goes_on = after.starts_with(|c: char| c.is_ascii_digit());
    let letters_join =
        after.starts_with(char::is_alphanumeric) && text.get(range.clone()).is_some_and(|own| own.ends_with(char::is_alphanumeric));
    let cut_number = before.ends_with(|c: char| c.is_ascii_digit() || c.is_alphabetic())
        || (before.ends_with(['.', ',']) && before.trim_end_matches(['.', ',']).ends_with(|c: char| c.is_ascii_digit()));
    !digit_goes_on && !letters_join && !cut_number
}

/// "-$5", but not the range "$5-$10".
fn minus_before(text: &str) -> bool {
    text.strip_suffix(MINUS).is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
}

/// "$38 billion" is nobody's price.
fn goes_into_millions(after: &str) -> bool {
    const WORDS: [&str; 21] = [
        "million",
        "millions",
        "billion",
        "billions",
        "bn",
        "mio",
        "mio.",
        "mrd",
        "mrd.",
        "millionen",
        "milliarden",
        "milliards",
        "millones",
        "milioni",
        "miliardi",
        "miljoen",
        "miljard",
        "milhões",
        "mln",
        "mld",
        "trillion",
    ];
    words::begins_with_one(after, &WORDS)
}

/// What the words around an amount say, both in lower case.
fn qualifier(before: &str, after: &str, words: &AmountWords) -> Option<Qualifier> {
    let before = before.trim_end_matches(['-', '\u{2212}', ':']).trim_end();
    // "20%-off", "5-Euro-Gutschein".
    let after = after.trim_start_matches(['-', '\u{2011}']);
    let said = |entries: &'static [&'static str]| words::ends_with_one(before, entries);
    let follows = |entries: &[&str]| words::begins_with_one(after, entries);
    if said(words.up_to) {
        Some(Qualifier::UpTo)
    } else if said(words.over) || follows(words.over_after) || after.starts_with('+') {
        Some(Qualifier::Over)
    } else if follows(words.off_after) {
        Some(Qualifier::Off)
    } else if said(words.was) {
        Some(Qualifier::Was)
    } else if said(words.off) {
        Some(Qualifier::Off)
    } else if said(words.from) {
        Some(Qualifier::From)
    } else if said(words.now) {
        Some(Qualifier::Now)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, language: Language) -> Vec<String> {
        amounts(text, language)
            .into_iter()
            .map(|amount| {
                let worth = match &amount.worth {
                    Worth::Percent(percent) => format!("{percent}%"),
                    Worth::Money(money) => money.to_string(),
                };
                format!("{:?} {worth}", amount.qualifier)
            })
            .collect()
    }

    #[test]
    fn amounts_in_eight_languages() {
        use Language::{Dutch, English, French, German, Italian, Polish, Portuguese, Spanish};
        for (language, text, expected) in [
            (English, "Get 20% off orders over £50", vec!["Off 20%", "Over 50 GBP"]),
            (English, "Was $1,299.00, now $999", vec!["Was 1299", "Now 999"]),
            (English, "Up to 70 % off, from US$9.99", vec!["UpTo 70%", "From 9.99 USD"]),
            (English, "Save £10 when you spend £60 or more", vec!["Off 10 GBP", "Over 60 GBP"]),
            (English, "Buy 2 shirts in 100% cotton, size 10", vec!["Plain 100%"]),
            (English, "20-30% off", vec!["Off 30%"]),
            (English, "Landing pages - 95%", vec!["Plain 95%"]),
            (
                English,
                "20%-off, 15 pct discount, 15% reduction, 20 dollars off, 5-€10",
                vec!["Off 20%", "Off 15%", "Off 15%", "Off 20", "Plain 10 EUR"],
            ),
            (German, "20-prozentiger Rabatt, 20 %-Rabatt, 5-Euro-Rabatt", vec!["Off 20%", "Off 20%", "Off 5 EUR"]),
            (French, "49€90 au lieu de 59€", vec!["Plain 49.90 EUR", "Was 59 EUR"]),
            (Dutch, "20% korting bij besteding van €50", vec!["Off 20%", "Over 50 EUR"]),
            (Portuguese, "20 reais de desconto", vec!["Off 20 BRL"]),
            (Polish, "20 złotych rabatu", vec!["Off 20 PLN"]),
            (English, "$50-$99 gets -5%; $38 billion", vec!["Plain 50", "Plain 99", "Off 5%"]),
            (German, "Bis zu 50 % Rabatt, statt 1.299,00 € jetzt nur 999 €", vec!["UpTo 50%", "Was 1299 EUR", "Now 999 EUR"]),
            (German, "Ab 49,90 € Bestellwert sparst du 10 Prozent", vec!["Over 49.90 EUR", "Plain 10%"]),
            (German, "Ab 19,- €", vec!["From 19 EUR"]),
            (French, "Jusqu’à -40 % dès 60 € d’achat", vec!["UpTo 40%", "Over 60 EUR"]),
            (French, "15 % de réduction, 1 299,00 € au lieu de 1 499 €", vec!["Off 15%", "Plain 1299 EUR", "Was 1499 EUR"]),
            (Spanish, "Hasta un 30% de descuento en compras superiores a 50 €", vec!["UpTo 30%", "Over 50 EUR"]),
            (Italian, "Fino al 60% di sconto, a partire da 9,90 €", vec!["UpTo 60%", "From 9.90 EUR"]),
            (Dutch, "Tot wel 70% korting, nu voor € 12,95", vec!["UpTo 70%", "Now 12.95 EUR"]),
            (Portuguese, "Até 50% de desconto acima de R$ 199,90", vec!["UpTo 50%", "Over 199.90 BRL"]),
            (Polish, "Rabat 20% powyżej 199 zł, teraz tylko 149,99 zł", vec!["Off 20%", "Over 199 PLN", "Now 149.99 PLN"]),
        ] {
            let text = text.replace("1 299", "1\u{a0}299").replace("1 499", "1\u{a0}499");
            assert_eq!(shown(&text, language), expected, "{text}");
        }
    }

    #[test]
    fn ranges_hold_number_and_sign() {
        let text = "nur 12,95 €!";
        assert_eq!(&text[amounts(text, Language::German)[0].range.clone()], "12,95 €");
    }
}
