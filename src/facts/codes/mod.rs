//! Coupon codes: what the copy tells people to type at the till, and what its links carry there.

mod links;
mod shapes;
mod words;

use super::links::Link;
use super::passages::{Passage, Region};
use crate::source::Span;
use words::Asked;

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

/// Notices the codes of the copy, passage by passage, and those that links carry.
pub(super) fn notice(passages: &[Passage], links: &[Link]) -> Vec<Code> {
    let mut codes = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        in_passage(passage, number, &mut codes);
        if let Some(next) = passages.get(number + 1)
            && next.region == passage.region
            && next.text.len() <= 40
            && shapes::is_one_word(next.text.trim())
            && shapes::is_code(next.text.trim())
            && words::announce(&passage.text)
        {
            codes.push(Code { text: next.text.trim().to_owned(), span: next.whole(), region: next.region, passage: number + 1 });
        }
    }
    codes.extend(links.iter().enumerate().filter_map(|(number, link)| links::in_link(link, number)));
    codes
}

fn in_passage(passage: &Passage, number: usize, codes: &mut Vec<Code>) {
    let text = passage.text.as_str();
    if !shapes::may_hold_code(text) {
        return;
    }
    for range in shapes::candidates(text) {
        let (Some(head), Some(shown)) = (text.get(..range.start), text.get(range.clone())) else { continue };
        let end = range.start + shapes::without_quantity(shown, text.get(range.end..).unwrap_or_default());
        let (Some(shown), Some(tail)) = (text.get(range.start..end), text.get(end..)) else { continue };
        if shapes::is_code(shown) && (words::name_a_code(head) || is_asked_for(text, head, shown, tail)) {
            codes.push(Code { text: shapes::joined(shown), span: passage.span(range.start..end), region: passage.region, passage: number });
        }
    }
}

/// "Use SPRING20 at the till", "with SPRING20 you get 20% off".
fn is_asked_for(text: &str, head: &str, shown: &str, tail: &str) -> bool {
    let figures = shown.bytes().any(|b| b.is_ascii_digit());
    let Some(asked) = words::ask_to_use(head).filter(|_| figures || shown.chars().count() >= 5) else { return false };
    words::go_on_at_the_till(tail) || ((figures || asked == Asked::Outright) && words::are_about_money(text))
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
            ("Use code VIP 20 🎉 at checkout", "VIP 20"),
            ("Use code VIP 20 at checkout", "VIP 20"),
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
