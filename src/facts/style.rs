//! Images that style sheets and `style` attributes fetch: `background: url(…)`.

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
            let quoted = inner.get(blanks + 1..)?.find(quote)? + blanks + 1;
            Some(quoted + inner.get(quoted..)?.find(')')?)
        }
        _ => inner.find(')'),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<&str> {
        addresses(css).into_iter().map(|range| &css[range]).collect()
    }

    #[test]
    fn pictures_are_found_and_fonts_are_not() {
        assert_eq!(found("background:#fff URL( 'https://a.example/b).png' ) no-repeat"), ["https://a.example/b).png"]);
        assert_eq!(found("td{color:red;/* x */background-image:url(a.png)}p{content:url(\"b.png\")}"), ["a.png", "b.png"]);
        assert_eq!(found("@import url(x.css); @font-face{src:url(f.woff2)}"), [] as [&str; 0]);
        assert_eq!(found("background:url("), [] as [&str; 0]);
        assert_eq!(found("background:url(data:image/png;base64,AA==)"), ["data:image/png;base64,AA=="]);
    }
}
