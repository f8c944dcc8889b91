//! What a status alone says.

use crate::links::{Mender, Standing};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use std::time::Duration;

/// Whether it is worth asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::probe) enum Again {
    /// It is not.
    No,
    /// Once more, on a new connection, before it is believed.
    Confirm,
    /// Once more, after a moment.
    Repeat,
    /// After as long as the server asks.
    After(Duration),
}

/// How an address with a status other than "here it is" stands; nothing for 2xx.
pub(super) fn standing(status: u16, headers: &HeaderMap) -> Option<(Standing, String, Mender, Again)> {
    use Mender::{Author, Network, Reader, Site};
    use Standing::{Dead, NotPublic, Refused, Suspect, Unknown};
    let wait = retry_after(headers);
    let later = wait.map_or(Again::Repeat, Again::After);
    let asks = wait.map_or_else(String::new, |wait| format!(", asking to wait {} s", wait.as_secs()));
    let found = match status {
        200..300 => return None,
        400 => (Dead, "the server calls the address faulty (400, asked twice)".into(), Author, Again::Confirm),
        401 => (NotPublic, "it asks for a name and a password (401)".into(), Site, Again::No),
        402 => (Dead, "the site is closed until its bill is paid (402, asked twice)".into(), Site, Again::Confirm),
        403 => (Refused, "it turns programs away (403); a browser may still be let in".into(), Reader, Again::No),
        404 => (Dead, "page not found (404, asked twice)".into(), Author, Again::Confirm),
        405 => (Dead, "the address cannot be opened as a page (405, asked twice)".into(), Author, Again::Confirm),
        406 | 418 => (Refused, format!("it does not answer programs ({status})"), Reader, Again::No),
        407 => (Unknown, "the proxy of this network asks for a password (407)".into(), Network, Again::No),
        408 => (Unknown, "the server gave up waiting (408)".into(), Site, Again::Repeat),
        410 => (Dead, "the page was removed for good (410, asked twice)".into(), Author, Again::Confirm),
        421 | 425 => (Unknown, format!("the server would not answer over this connection ({status})"), Site, Again::Repeat),
        409 | 423 | 424 | 426 | 428 | 431 => (Unknown, format!("the server would not answer now ({status})"), Site, Again::Repeat),
        429 => (Refused, format!("it had too many requests (429{asks}); open it by hand"), Reader, later),
        451 => {
            let words = "the site may not show this page in the country from which it was asked (451); readers elsewhere may see it";
            (Unknown, words.into(), Reader, Again::No)
        }
        503 => (Unknown, format!("the site is overloaded or being maintained (503{asks})"), Site, later),
        520..=527 | 530 => (Unknown, format!("the site's own server did not answer its content network ({status})"), Site, Again::Repeat),
        501 | 505 | 511 => (Unknown, format!("the server cannot answer such a request ({status})"), Site, Again::No),
        502 | 504 => (Unknown, format!("the server behind the site did not answer it ({status})"), Site, Again::Repeat),
        500..600 => (Unknown, format!("the server has trouble ({status})"), Site, Again::Repeat),
        999 => (Refused, "it turns programs away (999); open it by hand".into(), Reader, Again::No),
        300 => (Suspect, "the server offers several pages and shows none (300)".into(), Author, Again::No),
        _ if (400..500).contains(&status) => {
            (Dead, format!("the server refuses the address ({status}, asked twice)"), Author, Again::Confirm)
        }
        _ => (Unknown, format!("the server answers with a status that says nothing ({status})"), Site, Again::Repeat),
    };
    Some(found)
}

/// `Retry-After` as seconds, or as a date against the server's own clock.
pub(in crate::probe) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.timestamp().as_second());
    let now = moment(headers.get(DATE)?.to_str().ok()?)?;
    Some(Duration::from_secs(u64::try_from(moment(value)? - now).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers), None);
        headers.insert(RETRY_AFTER, HeaderValue::from_static(" 3"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(3)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("Fri, 20 Nov 2026 10:00:09 GMT"));
        assert_eq!(retry_after(&headers), None);
        headers.insert(DATE, HeaderValue::from_static("Fri, 20 Nov 2026 10:00:02 GMT"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(7)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
    }
}
