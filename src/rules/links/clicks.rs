//! Click counters: addresses that lead on to the page, so that nothing can be said about the page by looking at them.

use super::shortened_link::shortener;
use crate::facts::Link;
use crate::links::counter_of;

/// First labels of hosts that count clicks for their domain.
const LABELS: [&str; 14] =
    ["click", "clicks", "links", "lnk", "trk", "track", "tracking", "clickthru", "clk", "t", "r", "e", "em", "redirect"];

/// Parts of a path that hand the reader on.
const PATHS: [&str; 12] = ["click", "clicks", "r", "redirect", "redir", "track", "tracking", "ls", "lt.php", "click.php", "l", "mcp"];

/// Whether an address is a click counter's, as far as its host and path tell.
pub(in crate::rules) fn is_counter(link: &Link) -> bool {
    let (Some(page), Some(host)) = (link.page(), link.host()) else { return false };
    let label = host.split('.').next().unwrap_or_default();
    let mut path = page.segments().map(str::to_ascii_lowercase);
    counter_of(host, page.path).is_some()
        || shortener(link).is_some()
        || LABELS.contains(&label)
        || label.contains("click")
        || (page.query.is_some() && path.any(|part| PATHS.contains(&part.as_str())))
}
