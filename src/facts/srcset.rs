//! The pictures of a `srcset`: addresses with a width or density behind each.

use std::ops::Range;

/// The places of the addresses, read as browsers do: an address goes on to the next blank, and may hold commas.
///
/// See <https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>.
pub(super) fn addresses(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = value.get(at..) {
        let begin = at + rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let word = value.get(begin..).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
        if word.is_empty() {
            break;
        }
        let address = word.trim_end_matches(',');
        at = begin + word.len();
        if address.len() == word.len() {
            // What follows up to the next comma is the width or density.
            at += value.get(at..).and_then(|rest| rest.find(',')).map_or(value.len() - at, |comma| comma + 1);
        }
        if address.contains(['/', '.']) && !address.starts_with("data:") {
            found.push(begin..begin + address.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> Vec<&str> {
        addresses(value).into_iter().map(|range| &value[range]).collect()
    }

    #[test]
    fn addresses_may_hold_commas_and_widths_do_not_count() {
        assert_eq!(found("a.png 1x, /b.png 2x"), ["a.png", "/b.png"]);
        assert_eq!(
            found("http://a.example/w_300,h_200/a,b.png 1x,http://b.example/c.png 2x"),
            ["http://a.example/w_300,h_200/a,b.png", "http://b.example/c.png"]
        );
        assert_eq!(found("a.png, b.png 1.5x"), ["a.png", "b.png"]);
        assert_eq!(found("data:image/gif;base64,R0lG/ODlh 1x, b.png 2x"), ["b.png"]);
        assert_eq!(found("\n  größe.png 600w,\n  b.png 300w  "), ["größe.png", "b.png"]);
        assert_eq!(found("{{ image.url }} 2x"), [] as [&str; 0]);
        assert_eq!(found(" , ,"), [] as [&str; 0]);
    }
}
