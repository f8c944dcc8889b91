//! Coupon codes: what the copy tells people to type at the till, and what its links carry there.

use super::links::Link;
use super::passages::{Passage, Region};
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A code that the mail tells people to use, or hands over for them.
#[derive(Debug, Clone)]
pub struct Code {
    /// The code, without blanks that only style it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Where in the mail it is seen; `Region::Link` for the address of a link.
    pub region: Region,
    /// The number of its passage among the facts, or of its link.
    pub passage: usize,
}

/// Words before a code, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish.
const BEFORE: &str = r"(?:(?:promo(?:tion)?|coupon|discount|voucher|gift|offer|checkout|welcome|savings?)[ -]?code|code|coupon|voucher|gutschein(?:[- ]?code)?|rabattcode|aktionscode|code promo|le code|código|codigo|cupón|cupom|codice(?: sconto)?|kortingscode|actiecode|kod(?: rabatowy)?)";

/// The shape of a code: capitals and figures in one piece, in letters set apart, or with a number set apart.
const SHAPE: &str = r"(?:[A-Z0-9](?: [A-Z0-9]){3,19}(?-u:\b)|[A-ZÀ-ÖØ-Þ0-9][A-ZÀ-ÖØ-Þ0-9_-]{2,29}(?: [0-9]{1,3})?)";

/// A code in the place where the words put it. What it looks like is judged afterwards.
static AFTER_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let is = r"(?:\s+(?:is|ist|lautet|est|es|è|jest)\b)?";
    let lead = r#"\s*[:=]?\s*["'“”„«‘’*_]*"#;
    Regex::new(&format!(r"(?i:(?-u:\b){BEFORE}(?-u:\b){is}){lead}({SHAPE})(?-u:\b)")).ok()
});

/// "Use SPRING20 at the till", "with SPRING20 you get".
static AFTER_USE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u:\b)((?i:use|enter|apply|type|redeem|quote|nutze|with|mit|avec|con|met|com|z))\s+["'“”„«‘’*_]*([A-ZÀ-ÖØ-Þ]+[0-9]{1,4}[A-ZÀ-ÖØ-Þ0-9]*|[A-ZÀ-ÖØ-Þ]{5,20})(?-u:\b)["'“”„«‘’*_]*((?i:\s+(?:at (?:the )?(?:checkout|till|basket)|to (?:get|save|claim)|and (?:get|save)|an der kasse|beim bezahlen|im warenkorb|lors de|al momento|bij het afrekenen|na finalização)))?"#).ok()
});

/// Notices the codes of the copy, passage by passage, and those that links carry.
pub(super) fn notice(passages: &[Passage], links: &[Link]) -> Vec<Code> {
    let mut codes = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        in_passage(passage, number, &mut codes);
        if let Some(next) = passages.get(number + 1)
            && next.region == passage.region
            && next.text.len() <= 40
            && is_one_word(next.text.trim())
            && is_code(next.text.trim())
            && announces(&passage.text)
        {
            codes.push(Code { text: next.text.trim().to_owned(), span: next.whole(), region: next.region, passage: number + 1 });
        }
    }
    codes.extend(links.iter().enumerate().filter_map(|(number, link)| in_link(link, number)));
    codes
}

fn in_passage(passage: &Passage, number: usize, codes: &mut Vec<Code>) {
    let text = passage.text.as_str();
    if !may_hold_code(text) {
        return;
    }
    let mut add = |range: std::ops::Range<usize>| {
        let Some(shown) = text.get(range.clone()) else { return };
        let range = range.start..range.start + without_quantity(shown, text.get(range.end..).unwrap_or_default());
        let Some(shown) = text.get(range.clone()) else { return };
        let span = passage.span(range);
        if is_code(shown) && !codes.iter().any(|known| known.span == span) {
            codes.push(Code { text: joined(shown), span, region: passage.region, passage: number });
        }
    };
    for found in AFTER_WORDS.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        if let (Some(whole), Some(code)) = (found.get(0), found.get(1))
            && !is_another_code(text.get(..whole.start()).unwrap_or_default())
        {
            add(code.range());
        }
    }
    for found in AFTER_USE.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (Some(verb), Some(code)) = (found.get(1), found.get(2)) else { continue };
        let figures = code.as_str().bytes().any(|b| b.is_ascii_digit());
        let command = verb.as_str().len() > 3 && !verb.as_str().eq_ignore_ascii_case("with") || verb.as_str().eq_ignore_ascii_case("use");
        if found.get(3).is_some() || ((figures || command) && is_about_money(text)) {
            add(code.range());
        }
    }
}

/// Whether a text has a run of capitals and figures that could be a code at all. Most texts have none, and a look at their
/// bytes is cheaper than a search.
fn may_hold_code(text: &str) -> bool {
    let (mut run, mut letters, mut apart) = (0, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        let capital = byte.is_ascii_uppercase() || byte >= 0x80;
        if capital || byte.is_ascii_digit() || matches!(byte, b'-' | b'_') {
            run += 1;
            letters += usize::from(capital);
            if run >= 4 && letters > 0 {
                return true;
            }
            continue;
        }
        apart = if byte == b' ' && run == 1 { apart + 1 } else { 0 };
        // "S P R I N G": letters one by one; the last may end the text.
        if apart >= 3 || (apart == 2 && at + 2 == text.len()) {
            return true;
        }
        (run, letters) = (0, 0);
    }
    false
}

/// Whether a passage ends by announcing a code: "Use code", "Dein Gutscheincode:".
fn announces(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "use code",
        "use the code",
        "your code",
        "with code",
        "with the code",
        "promo code",
        "coupon code",
        "discount code",
        "voucher code",
        "gift code",
        "code",
        "coupon",
        "gutscheincode",
        "rabattcode",
        "mit dem code",
        "dein code",
        "ihr code",
        "code promo",
        "avec le code",
        "código",
        "codice sconto",
        "kortingscode",
    ];
    let lower = text.to_lowercase();
    let end = lower.trim_end_matches(|c: char| c.is_whitespace() || ":-–…➜→*".contains(c));
    WORDS.iter().any(|word| end.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
        && !is_another_code(end.trim_end_matches("code"))
}

/// Whether the words before "code" make it one that no till takes: a verification code, a booking code, a dress code.
fn is_another_code(before: &str) -> bool {
    const WORDS: [&str; 42] = [
        "verification",
        "security",
        "zip",
        "postal",
        "post",
        "area",
        "country",
        "source",
        "order",
        "booking",
        "confirmation",
        "reference",
        "tracking",
        "access",
        "dress",
        "error",
        "exit",
        "status",
        "product",
        "item",
        "bar",
        "qr",
        "pin",
        "login",
        "activation",
        "licence",
        "license",
        "invite",
        "invitation",
        "referral",
        "http",
        "morse",
        "swift",
        "sort",
        "tax",
        "building",
        "unlock",
        "meeting",
        "course",
        "class",
        "response",
        "color",
    ];
    let word = before.trim_end_matches([' ', '-', '\n', '\u{a0}']).rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether a text speaks of money or savings at all.
fn is_about_money(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "%",
        "€",
        "£",
        "$",
        "zł",
        "discount",
        "free shipping",
        "checkout",
        "coupon",
        "voucher",
        "rabatt",
        "gutschein",
        "korting",
        "sconto",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// How much of "SPRING 20" is the code: "SPRING 20% off" says how much, not how the code goes on.
fn without_quantity(shown: &str, after: &str) -> usize {
    let Some((code, number)) = shown.rsplit_once(' ') else { return shown.len() };
    let counts = code.len() > 1 && !code.contains(' ') && number.bytes().all(|b| b.is_ascii_digit());
    let after = after.trim_start().to_lowercase();
    let quantity = ["%", "€", "£", "$", "off", "percent", "prozent", "eur", "days", "hours", "times", "items", ",", ":", "."];
    if counts && (code.ends_with(|c: char| c.is_ascii_digit()) || quantity.iter().any(|word| after.starts_with(word))) {
        code.len()
    } else {
        shown.len()
    }
}

/// A code whose letters are set apart, as one word. A number behind a word stays apart: the till would not take it.
fn joined(shown: &str) -> String {
    if shown.split(' ').all(|piece| piece.chars().count() == 1) { shown.replace(' ', "") } else { shown.to_owned() }
}

fn is_one_word(text: &str) -> bool {
    text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
        && text.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Whether a word has the look of a code, and is not a shouted word of the sentence.
fn is_code(word: &str) -> bool {
    const SHOUTED: [&str; 52] = [
        "BELOW",
        "TODAY",
        "ONLINE",
        "CHECKOUT",
        "HERE",
        "THIS",
        "YOUR",
        "CODE",
        "CODES",
        "FREE",
        "SALE",
        "ONLY",
        "THE",
        "NOW",
        "AND",
        "FOR",
        "OFF",
        "SAVE",
        "SHIPPING",
        "COUPON",
        "PROMO",
        "WITH",
        "YOU",
        "USE",
        "GET",
        "NOT",
        "ALL",
        "HTML",
        "HTTP",
        "JSON",
        "CAUTION",
        "CARE",
        "MORE",
        "LOVE",
        "EVERY",
        "DISCOUNT",
        "ABOVE",
        "REQUIRED",
        "NEEDED",
        "HERE",
        "SHOP",
        "INSIDE",
        "REVIEW",
        "STYLE",
        "WILL",
        "FROM",
        "WHEN",
        "GIFT",
        "CERTIFICATE",
        "BOOK",
        "VALUE",
        "NUMBER",
    ];
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters + digits >= 4 && letters >= 1 && !SHOUTED.contains(&word) && !word.ends_with(['-', '_'])
}

/// Parameters that hold nothing but coupon codes.
const SURE: [&str; 14] = [
    "coupon",
    "couponcode",
    "coupon_code",
    "coupon-code",
    "discount_code",
    "discountcode",
    "promocode",
    "promo_code",
    "promo-code",
    "voucher",
    "vouchercode",
    "voucher_code",
    "gutschein",
    "gutscheincode",
];

/// Parameters that hold other things as well.
const UNSURE: [&str; 3] = ["code", "discount", "promo"];

/// The code that a link hands to the shop: `?coupon=SPRING20`, `/discount/SPRING20`.
fn in_link(link: &Link, number: usize) -> Option<Code> {
    if !link.is_web() {
        return None;
    }
    let address = link.href.split('#').next().unwrap_or_default();
    let value = match address.split_once('?') {
        Some((path, query)) => from_path(path).or_else(|| query.split('&').find_map(from_parameter)),
        None => from_path(address),
    }?;
    let place = link.span.text().find(value).map(|at| link.span.slice(at..at + value.len()));
    let span = place.unwrap_or_else(|| link.span.clone());
    Some(Code { text: value.to_owned(), span, region: Region::Link, passage: number })
}

fn from_parameter(pair: &str) -> Option<&str> {
    let (key, value) = pair.trim_start_matches("amp;").split_once('=')?;
    let key = key.to_ascii_lowercase();
    let sure = SURE.contains(&key.as_str()) && (has_shape(value, true) || is_spoken(value));
    (sure || (UNSURE.contains(&key.as_str()) && is_spoken(value))).then_some(value)
}

/// Shopify's links that put a discount on: <https://help.shopify.com/en/manual/discounts/managing-discount-codes>.
fn from_path(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once("/discount/")?;
    let value = rest.split('/').next().unwrap_or_default();
    has_shape(value, true).then_some(value)
}

/// Letters, figures and hyphens, with a figure in it or all in capitals.
fn has_shape(value: &str, any_case: bool) -> bool {
    let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = value.bytes().filter(u8::is_ascii_uppercase).count();
    let figures = value.bytes().any(|b| b.is_ascii_digit());
    plain && (4..=30).contains(&value.len()) && letters >= 2 && (capitals == letters || (any_case && figures))
}

/// A word in capitals with at most four figures behind it: no token of a login.
fn is_spoken(value: &str) -> bool {
    let word = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    letters && word.len() >= 3 && value.len() >= 5 && value.len() - word.len() <= 4 && !matches!(value, "FALSE" | "TRUE")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::LinkKind;
    use crate::source::Source;

    fn codes(text: &str) -> Vec<String> {
        let passages: Vec<Passage> =
            text.split('|').map(|text| Passage::plain(Region::Body, &Source::file("a.txt", text).whole())).collect();
        notice(&passages, &[]).into_iter().map(|code| code.text).collect()
    }

    #[test]
    fn codes_are_noticed_in_several_languages() {
        for (text, code) in [
            ("Use code SPRING20 at checkout", "SPRING20"),
            ("Your promo code: “WELCOME-10”", "WELCOME-10"),
            ("Use code ESPRESSO20 at checkout", "ESPRESSO20"),
            ("Mit dem Gutscheincode SOMMER15 sparst du", "SOMMER15"),
            ("Use SPRING20 at the till.", "SPRING20"),
            ("Use SPRING20 for 20% off.", "SPRING20"),
            ("avec le code PRINTEMPS", "PRINTEMPS"),
            ("Enter EVERGREEN at checkout", "EVERGREEN"),
            ("Use code SPRING 20% off", "SPRING"),
            ("Use code SPRING 20 at checkout", "SPRING 20"),
            ("Your code: S P R I N G 2 0", "SPRING20"),
            ("20 % off with code|SPRING20|Shop now", "SPRING20"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
    }

    #[test]
    fn prose_holds_no_codes() {
        for text in [
            "Use HTML for your mail",
            "See the code below",
            "The code is CAUTION",
            "with 20% OFF",
            "code review of RFC 5322",
            "Your order code 123456789",
            "Your verification code: AB12CD",
            "Encode it with BASE64, or use UTF8.",
            "We work with UNICEF.",
            "Read the source code|FOOTER",
        ] {
            assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
        }
    }

    #[test]
    fn links_carry_codes() {
        let code = |href: &str| {
            let link = Link::bare(LinkKind::Text, &Source::file("a.txt", href).whole());
            notice(&[], &[link]).pop().map(|code| (code.text, code.span.text().to_owned()))
        };
        let found = |text: &str| Some((text.to_owned(), text.to_owned()));
        assert_eq!(code("https://shop.example/discount/SPRING20?redirect=/sale"), found("SPRING20"));
        assert_eq!(code("https://shop.example/?utm_source=x&coupon=spring20"), found("spring20"));
        assert_eq!(code("https://shop.example/?code=SPRING20#top"), found("SPRING20"));
        for none in [
            "https://a.example/?code=7F3A9C01DD",
            "https://a.example/?promo=homepage",
            "https://a.example/?discount=10",
            "https://a.example/?coupon=*|CODE|*",
        ] {
            assert_eq!(code(none), None, "{none}");
        }
    }
}
