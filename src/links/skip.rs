//! Addresses that the user wants left alone: hosts, or patterns with `*`.

/// The first pattern that an address matches, if there is one.
///
/// A pattern without `/` is a host: `status.shop.example`, `*.shop.example`. Any other has to match the whole address, with or
/// without its `https://` and its port; `*` stands for any characters, none included. Capitals do not matter.
pub fn skipped_by<'a>(patterns: &'a [String], address: &str) -> Option<&'a str> {
    if patterns.is_empty() {
        return None;
    }
    let address = address.trim().to_lowercase();
    let bare = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let host = bare.split(['/', '?', '#']).next().unwrap_or(bare);
    let name = host.rsplit('@').next().unwrap_or(host);
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    let without_port = format!("{name}{}", bare.get(host.len()..).unwrap_or_default());
    let fits = |pattern: &&String| {
        let pattern = pattern.trim().to_lowercase();
        let candidates = if pattern.contains('/') { [&address, bare, &without_port] } else { [name, host, host] };
        !pattern.is_empty() && candidates.iter().any(|text| matches(&pattern, text))
    };
    patterns.iter().find(fits).map(String::as_str)
}

/// Whether a text is what a pattern with `*` says. Linear but for the longest part between two stars.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((last, middle)) = parts.split_last() else { return true };
    for part in middle {
        let Some(at) = text.find(part) else { return false };
        text = text.get(at + part.len()..).unwrap_or_default();
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_patterns() {
        let skipped = |pattern: &str, address: &str| skipped_by(&[pattern.to_owned()], address).is_some();
        assert!(skipped("status.shop.example", "https://status.shop.example/x?y"));
        assert!(skipped("127.0.0.1", "http://127.0.0.1:8080/x") && skipped("127.0.0.1:8080", "http://127.0.0.1:8080/x"));
        assert!(skipped("*.shop.example", "http://a.b.shop.example") && !skipped("*.shop.example", "http://shop.example/"));
        assert!(
            skipped("shop.example/account/*", "https://Shop.example/account/7")
                && !skipped("shop.example/account/*", "https://shop.example/")
        );
        assert!(skipped("https://shop.example/*/old*.html", "https://shop.example/en/old-1.html"));
        assert!(!skipped("http://shop.example/", "https://shop.example/") && !skipped("", "https://shop.example/"));
        assert!(!skipped("shop.example", "https://shop.example.evil.test/"));
        assert!(skipped("*ab*ab", "http://abxab") && !skipped("a*ab/*a", "http://ab/"));
    }
}
