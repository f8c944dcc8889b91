//! How pages lead readers on by themselves, without a redirect of the server.

/// `0; url='https://…'` as seconds and target; a refresh without a target reloads the page and leads nowhere.
pub(super) fn refresh(content: &str) -> Option<(u64, String)> {
    let (seconds, rest) = content.split_once([';', ',']).unwrap_or((content, ""));
    let whole = seconds.trim().split('.').next().unwrap_or_default();
    let seconds = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let rest = rest.trim();
    let lower = rest.to_ascii_lowercase();
    let target = if lower.starts_with("url") { rest.get(3..)?.trim_start().strip_prefix('=')? } else { rest };
    let target = target.trim().trim_matches(['"', '\'']).trim();
    (!target.is_empty()).then(|| (seconds, target.to_owned()))
}

/// The target of `location.replace("…")`, `location.href = "…"` and their like.
pub(super) fn script_target(script: &str) -> Option<String> {
    let at = script.find("location")?;
    let rest = script.get(at + "location".len()..)?;
    let rest = [".replace", ".assign", ".href"].iter().find_map(|call| rest.strip_prefix(call)).unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(['=', '('])?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let target = rest.get(1..)?.split(quote).next()?;
    (!target.is_empty()).then(|| target.replace("\\/", "/"))
}

/// Scripts that count visits and change nothing that a reader sees.
pub(super) fn only_counts(source: &str) -> bool {
    let counters = [
        "googletagmanager.com",
        "google-analytics.com",
        "plausible.io",
        "matomo",
        "cloudflareinsights.com",
        "clarity.ms",
        "hotjar.com",
        "connect.facebook.net",
        "usefathom.com",
        "simpleanalytics",
    ];
    counters.iter().any(|counter| source.contains(counter))
}

#[cfg(test)]
mod tests {
    use super::super::page::Page;

    #[test]
    fn pages_that_lead_on() {
        let target = |html: &str| Page::read(html, false).refresh;
        assert_eq!(target("<meta http-equiv=Refresh content=\"0;URL='/next'\">"), Some((0, "/next".into())));
        assert_eq!(target("<meta http-equiv=refresh content='3.5, https://a.example/'>"), Some((3, "https://a.example/".into())));
        assert_eq!(target("<meta http-equiv=refresh content=60>"), None);
        let script = |html: &str| Page::read(html, false).script_target;
        assert_eq!(script("<script>window.location.replace('https:\\/\\/a.example\\/b')</script>").as_deref(), Some("https://a.example/b"));
        assert_eq!(script("<script>location.href = \"/b\"</script>").as_deref(), Some("/b"));
        assert_eq!(script("<script>if (x) location.href = y</script>"), None);
        assert_eq!(script(&format!("<p>{}</p><script>location='/b'</script>", "word ".repeat(100))), None);
    }
}
