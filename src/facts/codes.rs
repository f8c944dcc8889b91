//! Coupon codes: what the copy tells people to type at the till.

use super::passages::{Passage, Region};
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A code that the copy tells people to use.
#[derive(Debug, Clone)]
pub struct Code {
    /// The code as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Where in the mail it is seen.
    pub region: Region,
}

/// Words before a code, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish.
const BEFORE: &str = r"(?:(?:promo(?:tion)?|coupon|discount|voucher|gift|offer|checkout|welcome|savings?)[ -]?code|code|coupon|voucher|gutschein(?:[- ]?code)?|rabattcode|aktionscode|code promo|le code|código|codigo|cupón|cupom|codice(?: sconto)?|kortingscode|actiecode|kod(?: rabatowy)?)";

/// A code in the place where the words put it. Its shape is checked afterwards.
static AFTER_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let is = r"(?:\s+(?:is|ist|lautet|est|es|è|jest)\b)?";
    let lead = r#"\s*[:=]?\s*["'“”„«‘’*_]*"#;
    Regex::new(&format!(r"(?i:\b{BEFORE}\b{is}){lead}([\p{{Lu}}0-9][\p{{Lu}}0-9_-]{{2,29}})\b")).ok()
});

/// "Use SPRING20 at the till", "with SPRING20 you get".
static AFTER_USE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i:\b(?:use|enter|apply|type|redeem|quote|with|mit|nutze|avec|con|met|com|z))\s+["'“”„«‘’*_]*([\p{Lu}]+[0-9]{1,4}[\p{Lu}0-9]*|[\p{Lu}]{5,20})["'“”„«‘’*_]*(?:(?i:\s+(?:at (?:the )?(?:checkout|till|basket)|for|to (?:get|save|claim)|and (?:get|save)|an der kasse|beim bezahlen|im warenkorb|lors de|al momento|bij het afrekenen|na finalização))|[.,!]|$)"#).ok()
});

/// Notices the codes of one passage.
pub(super) fn notice(passage: &Passage) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    for pattern in [&*AFTER_WORDS, &*AFTER_USE].into_iter().flatten() {
        for found in pattern.captures_iter(&passage.text) {
            let Some(code) = found.get(1) else { continue };
            let span = passage.span(code.range());
            if is_code(code.as_str()) && !codes.iter().any(|known| known.span == span) {
                codes.push(Code { text: code.as_str().to_owned(), span, region: passage.region });
            }
        }
    }
    codes
}

/// Whether a word has the look of a code, and is not a shouted word of the sentence.
fn is_code(word: &str) -> bool {
    const SHOUTED: [&str; 38] = [
        "BELOW", "TODAY", "ONLINE", "CHECKOUT", "HERE", "THIS", "YOUR", "CODE", "FREE", "SALE", "ONLY", "THE", "NOW", "AND", "FOR", "OFF",
        "SAVE", "SHIPPING", "COUPON", "PROMO", "WITH", "YOU", "USE", "GET", "NOT", "ALL", "HTML", "HTTP", "JSON", "CAUTION", "CARE",
        "MORE", "LOVE", "EVERY", "DISCOUNT", "ABOVE", "REQUIRED", "NEEDED",
    ];
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters + digits >= 4 && letters >= 1 && !SHOUTED.contains(&word) && !word.ends_with(['-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn codes(text: &str) -> Vec<String> {
        let passage = Passage::plain(Region::Body, &Source::file("a.txt", text).whole());
        notice(&passage).into_iter().map(|code| code.text).collect()
    }

    #[test]
    fn codes_are_noticed_in_several_languages() {
        for (text, code) in [
            ("Use code SPRING20 at checkout", "SPRING20"),
            ("Your promo code: “WELCOME-10”", "WELCOME-10"),
            ("Use code ESPRESSO20 at checkout", "ESPRESSO20"),
            ("Mit dem Gutscheincode SOMMER15 sparst du", "SOMMER15"),
            ("Use SPRING20 at the till.", "SPRING20"),
            ("avec le code PRINTEMPS", "PRINTEMPS"),
            ("Enter EVERGREEN at checkout", "EVERGREEN"),
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
        ] {
            assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
        }
    }
}
