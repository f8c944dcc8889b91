//! What style sheets and `style` attributes say: the images that they fetch (`background: url(…)`), and sizes.

use std::borrow::Cow;
use std::ops::Range;

/// Properties whose `url()` is a picture; fonts and imported style sheets are none.
const PICTURES: [&str; 6] = ["background", "background-image", "list-style", "list-style-image", "content", "border-image"];

/// How far back the property of a `url()` is looked for, in bytes.
const LONGEST_DECLARATION: usize = 400;

/// The ranges of the addresses of pictures in a style.
pub(super) fn addresses(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let lower = css.to_ascii_lowercase();
    while let Some(start) = lower.get(at..).and_then(|rest| rest.find("url(")).map(|offset| at + offset) {
        let Some(inner) = lower.get(start + 4..) else { break };
        let end = end_of_url(inner).map_or(css.len(), |end| start + 4 + end);
        at = end;
        let written = css.get(start + 4..end).unwrap_or_default();
        let bare = written.trim().trim_matches(['"', '\'']).trim();
        if !bare.is_empty() && is_picture(&lower, start) {
            let from = start + 4 + written.find(bare).unwrap_or(0);
            found.push(from..from + bare.len());
        }
    }
    found
}

/// Where the bracket closes: behind the closing quote, if there is one.
fn end_of_url(inner: &str) -> Option<usize> {
    let blanks = inner.len() - inner.trim_start().len();
    match inner.trim_start().chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let quoted = unmarked(inner.get(blanks + 1..)?, quote)? + blanks + 1;
            Some(quoted + inner.get(quoted..)?.find(')')?)
        }
        _ => unmarked(inner, ')'),
    }
}

/// The first of these characters without a backslash before it.
fn unmarked(text: &str, wanted: char) -> Option<usize> {
    let mut marked = false;
    text.char_indices().find_map(|(at, c)| {
        let found = c == wanted && !marked;
        marked = c == '\\' && !marked;
        found.then_some(at)
    })
}

/// An address without the backslashes that CSS allows in it (<https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point>).
/// A Windows path, which is none to CSS, stays one.
pub(super) fn unescaped(address: &str) -> Cow<'_, str> {
    if !address.contains('\\') || address.starts_with("\\\\") || address.get(1..3) == Some(":\\") {
        return Cow::Borrowed(address);
    }
    let mut plain = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let digits = after.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let mut letters = after.chars();
        if let Some(number) = after.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            plain.push(char::from_u32(number).filter(|c| *c != '\0').unwrap_or('\u{fffd}'));
            let tail = after.get(digits..).unwrap_or_default();
            rest = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix([' ', '\t', '\n', '\r', '\u{c}'])).unwrap_or(tail);
        } else {
            plain.extend(letters.next().filter(|c| !matches!(c, '\n' | '\r' | '\u{c}')));
            rest = letters.as_str();
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Whether the declaration that a `url()` stands in shows a picture.
fn is_picture(css: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(LONGEST_DECLARATION);
    while !css.is_char_boundary(from) {
        from += 1;
    }
    let before = css.get(from..at).unwrap_or_default();
    let declaration = before.rsplit([';', '{', '}']).next().unwrap_or(before);
    let property = declaration.split(':').next().unwrap_or_default();
    let property = property.rsplit("*/").next().unwrap_or(property).trim();
    PICTURES.contains(&property)
}

/// The value of a property in a `style` attribute.
pub(super) fn styled<'a>(style: &'a str, property: &str) -> Option<&'a str> {
    let pairs = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property)).map(|(_, value)| value.trim()).next_back()
}

/// A size in pixels as HTML and MJML write it: `600`, `600px`; nothing for `100%`.
pub(super) fn pixels(value: Option<&str>) -> Option<u32> {
    value?.trim().trim_end_matches("!important").trim().trim_end_matches("px").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<&str> {
        addresses(css).into_iter().map(|range| &css[range]).collect()
    }

    #[test]
    fn backslashes_are_read_as_css_does() {
        for (written, plain) in [
            (r"a\(1\).png", "a(1).png"),
            (r"he\72 o.png", "hero.png"),
            (r"he\000072o.png", "hero.png"),
            (r"\1F4A1.png", "💡.png"),
            ("a.png", "a.png"),
            ("a\\", "a"),
            (r"C:\fakepath\a.png", r"C:\fakepath\a.png"),
            (r"\0.png", "\u{fffd}.png"),
        ] {
            assert_eq!(unescaped(written), plain, "{written}");
        }
    }

    #[test]
    fn pictures_are_found_and_fonts_are_not() {
        assert_eq!(found("background:#fff URL( 'https://a.example/b).png' ) no-repeat"), ["https://a.example/b).png"]);
        assert_eq!(found("td{color:red;/* x */background-image:url(a.png)}p{content:url(\"b.png\")}"), ["a.png", "b.png"]);
        assert_eq!(found("@import url(x.css); @font-face{src:url(f.woff2)}"), [] as [&str; 0]);
        assert_eq!(found("background:url("), [] as [&str; 0]);
        assert_eq!(found(r"background:url(a\(1\).png)"), [r"a\(1\).png"]);
        assert_eq!(found(r#"background:url("a\").png") "#), [r#"a\").png"#]);
        assert_eq!(found("background:url(data:image/png;base64,AA==)"), ["data:image/png;base64,AA=="]);
    }
}
