//! Patterns with `*`, which stands for anything.

/// Whether a pattern describes the whole of a text.
pub(super) fn wild(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(head) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let tail = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = text.find(piece) else { return false };
        text = text.get(at + piece.len()..).unwrap_or_default();
    }
    text.len() >= tail.len() && text.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let fits = [("a.html", "a.html"), ("mails/*", "mails/a/b.html"), ("*.html", "a.html"), ("m*/*-1.*", "mails/a-1.eml"), ("*", "")];
        assert!(fits.iter().all(|(pattern, text)| wild(pattern, text)));
        let other = [("a.html", "b/a.html"), ("mails/*", "mail/a"), ("a*a", "a"), ("*-1.*", "mails/a-2.eml")];
        assert!(!other.iter().any(|(pattern, text)| wild(pattern, text)));
    }
}
