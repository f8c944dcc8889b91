//! Stand-ins: words that people write into a draft to be replaced by hand, such as `[First Name]`.

use super::passages::{Passage, Region};
use crate::source::Span;
use std::ops::Range;

/// A stand-in in the copy.
#[derive(Debug, Clone)]
pub struct StandIn {
    /// Where it stands.
    pub span: Span,
    /// The stand-in as written.
    pub text: String,
}

/// What stands in a greeting in place of a name.
const NAMES: [&str; 26] = [
    "name",
    "first name",
    "firstname",
    "first_name",
    "fname",
    "your name",
    "last name",
    "lastname",
    "customer name",
    "full name",
    "recipient",
    "recipient name",
    "insert name",
    "insert name here",
    "vorname",
    "nachname",
    "name hier",
    "prénom",
    "prenom",
    "nom",
    "nombre",
    "nome",
    "naam",
    "voornaam",
    "imię",
    "xxx",
];

/// What stands in square brackets anywhere in the copy: two words and more in any capitals, one word with a capital alone,
/// since `[name]` may be an editor's word in a quotation.
const BRACKETED: [&str; 57] = [
    "name",
    "first name",
    "firstname",
    "first_name",
    "fname",
    "last name",
    "lastname",
    "last_name",
    "full name",
    "your name",
    "customer name",
    "customer first name",
    "recipient name",
    "contact name",
    "guest name",
    "member name",
    "sender name",
    "agent name",
    "rep name",
    "company",
    "company name",
    "company_name",
    "your company",
    "your company name",
    "business name",
    "brand",
    "brand name",
    "store name",
    "shop name",
    "product name",
    "event name",
    "city",
    "city name",
    "vorname",
    "nachname",
    "anrede",
    "firma",
    "firmenname",
    "prénom",
    "nombre",
    "apellido",
    "cognome",
    "voornaam",
    "imię",
    "event date",
    "start date",
    "end date",
    "sale date",
    "delivery date",
    "event time",
    "discount code",
    "coupon code",
    "promo code",
    "voucher code",
    "discount amount",
    "rabattcode",
    "gutscheincode",
];

/// The same where one word of a sentence is missing. In a row of brackets they are labels: "[Date] [Time] started", "[Paper] [Code]".
const IN_A_SENTENCE: [&str; 7] = ["date", "time", "price", "venue", "datum", "uhrzeit", "fecha"];

/// A code is asked for with one of these words before it; alone, `[Code]` is a link to some.
const ASKING: [&str; 10] = ["code", "with", "use", "using", "enter", "apply", "mit", "kode", "código", "codice"];

/// What stands in pointed brackets: `<name>` may be a word of a manual.
const POINTED: [&str; 12] = [
    "first name",
    "firstname",
    "last name",
    "lastname",
    "your name",
    "customer name",
    "company name",
    "vorname",
    "nachname",
    "prénom",
    "voornaam",
    "imię",
];

/// What is shouted; as a heading over a column it would be two words.
const SHOUTED: [&str; 14] = [
    "FIRSTNAME",
    "FIRST_NAME",
    "LASTNAME",
    "LAST_NAME",
    "FULLNAME",
    "FULL_NAME",
    "YOURNAME",
    "YOUR_NAME",
    "CUSTOMERNAME",
    "CUSTOMER_NAME",
    "COMPANYNAME",
    "COMPANY_NAME",
    "KUNDENNAME",
    "FIRMENNAME",
];

/// How long a stand-in can be, in bytes.
const LONGEST: usize = 48;

/// Notices the stand-ins of a passage.
pub(super) fn notice(passage: &Passage) -> Vec<StandIn> {
    if passage.region == Region::Title {
        return Vec::new();
    }
    let found =
        bracketed(&passage.text).into_iter().chain(shouted(&passage.text)).chain(amounts(&passage.text)).chain(questions(&passage.text));
    let seen = found.filter(|range| !passage.is_sample(range));
    seen.filter_map(|range| Some(StandIn { span: passage.span(range.clone()), text: passage.text.get(range)?.to_owned() })).collect()
}

/// `[First Name]`, `<Vorname>`, `«Company Name»`.
fn bracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Of the quotation marks, their last bytes.
    if !text.bytes().any(|b| matches!(b, b'[' | b'<' | 0xAB | 0xB9)) {
        return found;
    }
    for (at, open) in text.match_indices(['[', '<', '«', '‹']) {
        let (closer, words) = match open {
            "[" => (']', &BRACKETED[..]),
            "<" => ('>', &POINTED[..]),
            "«" => ('»', &POINTED[..]),
            _ => ('›', &POINTED[..]),
        };
        let Some(rest) = text.get(at + open.len()..) else { continue };
        let Some(length) = rest.char_indices().take_while(|(at, _)| *at < LONGEST).find(|(_, c)| *c == closer).map(|(at, _)| at) else {
            continue;
        };
        let (inner, after) = (rest.get(..length).unwrap_or_default(), rest.get(length + closer.len_utf8()..).unwrap_or_default());
        let word = inner.trim();
        let before = text.get(..at).unwrap_or_default();
        let lower = word.to_lowercase();
        let known = words.contains(&lower.as_str()) || open == "[" && is_open(&lower, before, after);
        let named = known && (word.contains([' ', '_']) || word.starts_with(char::is_uppercase));
        // `[Name](…)`, `[Name]: …` and `[[Name]]` are links and tags.
        let link = after.starts_with(['(', '[', ':', ']', '>']) || before.ends_with(['[', '<', ']', '!', '$']);
        if named && !link {
            found.push(at..at + open.len() + length + closer.len_utf8());
        }
    }
    found
}

/// `[DATE]`, `[CODE]`, `[Link to sale]`, with what stands on both sides: a place that somebody was to fill in.
fn is_open(lower: &str, before: &str, after: &str) -> bool {
    let joined = before.ends_with(char::is_alphanumeric);
    let (before, after) = (before.trim_end_matches([' ', '\u{a0}']), after.trim_start_matches([' ', '\u{a0}']));
    if let Some(aim) = lower.strip_prefix("link to ").or_else(|| lower.strip_prefix("link zu ")) {
        return aim.len() <= LONGEST && !after.starts_with(['(', '[', ':']) && !after.starts_with("http");
    }
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    if lower == "code" {
        return ASKING.contains(&word.as_str());
    }
    let alone = !before.ends_with([']', ')', '|']) && !after.starts_with(['[', '(', '|']);
    IN_A_SENTENCE.contains(&lower) && alone && !word.is_empty() && !joined
}

/// FIRSTNAME.
fn shouted(text: &str) -> Vec<Range<usize>> {
    let joins = |c: char| c.is_alphanumeric() || "_|*%{}$@#-=[].&?/<>:".contains(c);
    let mut found = Vec::new();
    // Every one of them has this syllable.
    if !text.as_bytes().contains(&b'N') || !text.contains("NAME") {
        return found;
    }
    for word in SHOUTED {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let mut after = text.get(at + word.len()..).unwrap_or_default().chars();
            let next = after.next();
            // A full stop ends the sentence, and joins what follows it at once.
            let joined = next.is_some_and(|c| joins(c) && (c != '.' || after.next().is_some_and(char::is_alphanumeric)));
            if !before.is_some_and(joins) && !joined {
                found.push(at..at + word.len());
            }
        }
    }
    found
}

/// `£??`: a price that is still open.
fn questions(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices("??") {
        if at < end {
            continue;
        }
        end = at + text.get(at..).unwrap_or_default().bytes().take_while(|b| *b == b'?').count();
        let is_money = |c: char| matches!(c, '$' | '€' | '£');
        let mut before = text.get(..at).unwrap_or_default().chars().rev();
        let money = before.next().filter(|c| is_money(*c) && before.next().is_none_or(char::is_whitespace));
        if let Some(sign) = money.filter(|_| end - at <= 3) {
            found.push(at - sign.len_utf8()..end);
        }
    }
    found
}

/// `XX%` and `$XX`: an offer whose amount is still open.
fn amounts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    if !text.as_bytes().contains(&b'X') {
        return found;
    }
    for (at, _) in text.match_indices("XX") {
        if at < end {
            continue;
        }
        end = at + text.get(at..).unwrap_or_default().bytes().take_while(|b| *b == b'X').count();
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(end..).unwrap_or_default();
        let money = before.is_some_and(|c| matches!(c, '$' | '€' | '£')) && !after.starts_with(|c: char| c.is_alphanumeric());
        let start = if money { at - before.map_or(0, char::len_utf8) } else { at };
        let share = after.trim_start_matches([' ', '\u{a0}']).starts_with('%');
        let word = before.is_none_or(|c| !c.is_alphanumeric() && c != '%');
        if money || (share && word && end - at <= 3) {
            let tail = if share { after.find('%').map_or(0, |at| at + 1) } else { 0 };
            found.push(start..end + tail);
        }
    }
    found
}

/// Whether what stands in a greeting is a stand-in: in brackets, shouted, or a word that no greeting has.
pub(super) fn is_stand_in(name: &str, lower: &str) -> bool {
    let inner = lower.trim_matches(|c: char| matches!(c, '[' | ']' | '<' | '>' | '(' | ')' | '_' | ' ' | '&') || c == '«' || c == '»');
    let bracketed = inner.len() < lower.len() && !name.contains("[[") && !name.contains(['{', '%', '|', '$', '=', '"', '/']);
    let shouted = name.chars().all(|c| c.is_uppercase() || matches!(c, '_' | ' ')) && name.chars().count() > 2;
    NAMES.contains(&inner)
        && (bracketed
            || shouted
            || matches!(lower, "first name" | "firstname" | "first_name" | "fname" | "your name" | "vorname" | "prénom" | "xxx"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn found(text: &str) -> Vec<String> {
        let passage = Passage::plain(Region::Body, &Source::file("a.txt", text).whole());
        notice(&passage).into_iter().map(|stand_in| stand_in.text).collect()
    }

    #[test]
    fn stand_ins_are_found_anywhere_in_the_copy() {
        for (text, stand_in) in [
            ("Welcome to [Company Name]!", "[Company Name]"),
            ("All of us at [Company] thank you.", "[Company]"),
            ("Lieber Gast, <Vorname> ist da", "<Vorname>"),
            ("FIRSTNAME, your order is ready", "FIRSTNAME"),
            ("for FIRST_NAME.", "FIRST_NAME"),
            ("Save XX% today", "XX%"),
            ("from only $XX", "$XX"),
            ("Nur heute XX % Rabatt", "XX %"),
            ("Our sale ends on [DATE].", "[DATE]"),
            ("Join us on [Event Date]", "[Event Date]"),
            ("Ends [Date]", "[Date]"),
            ("We open at [Time], see you there", "[Time]"),
            ("Use [CODE] at the till", "[CODE]"),
            ("Use code [Code]", "[Code]"),
            ("with [Discount Code]", "[Discount Code]"),
            ("See all lamps: [Link to sale]", "[Link to sale]"),
            ("Save £?? today", "£??"),
        ] {
            assert_eq!(found(text), [stand_in], "{text}");
        }
    }

    #[test]
    fn names_links_tags_and_figures_are_no_stand_ins() {
        for text in [
            "See [Company](https://a.example) and [Name]: https://a.example",
            "He said \"[company] is growing\"",
            "Run make <name>",
            "*|FIRSTNAME|* %FIRSTNAME% {{FIRSTNAME}} [FIRSTNAME,fallback=x] ?n=FIRSTNAME",
            "Super Bowl XXX, size XXL, card XXXX-XXXX-1234, Article XX",
            "[Hacker News] [1] [see terms]",
            "[Date] [Time] The server started",
            "A better compiler [Paper] [Code]",
            "A faster parser [Code]",
            "takes an Array[Date] or a list of [date]",
            "[Link to the archive](https://a.example), [Link to slides] https://a.example/s",
            "What does it cost? $$$??? or $5??",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
