//! Addresses as reports show them: what names a person or opens a door is masked.

/// What stands in place of what is not shown.
const MASK: &str = "•••";

/// Keys of a query whose values name a person or open a door, in lower case.
const PERSONAL_KEYS: [&str; 54] = [
    "email",
    "e-mail",
    "e_mail",
    "email_address",
    "emailaddress",
    "mail",
    "em",
    "token",
    "access_token",
    "auth",
    "authkey",
    "api_key",
    "apikey",
    "key",
    "sig",
    "signature",
    "hash",
    "hmac",
    "session",
    "sessionid",
    "session_id",
    "sid",
    "phpsessid",
    "uid",
    "uuid",
    "guid",
    "userid",
    "user_id",
    "user",
    "customer",
    "customer_id",
    "customerid",
    "contact",
    "contact_id",
    "contactid",
    "subscriber",
    "subscriber_id",
    "recipient",
    "recipient_id",
    "member",
    "member_id",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "phone",
    "tel",
    "mobile",
    "password",
    "pass",
    "pw",
    "secret",
    "firstname",
    "lastname",
];

/// From this length on, letters and digits in one run are no word and no number of an article.
const TOKEN: usize = 16;

/// An address without the values that name a person or open a door.
pub fn masked(address: &str) -> String {
    let (rest, fragment) = cut(address, '#');
    let (path, query) = cut(rest, '?');
    let mut out = String::with_capacity(address.len());
    let (scheme, path) = path.split_once("://").map_or(("", path), |(scheme, rest)| (scheme, rest));
    if !scheme.is_empty() {
        out.push_str(scheme);
        out.push_str("://");
    }
    for (at, segment) in path.split('/').enumerate() {
        match (at, segment.rsplit_once('@')) {
            // Name and password before the host.
            (0, Some((_, host))) if !scheme.is_empty() => {
                out.push_str(MASK);
                out.push('@');
                out.push_str(host);
            }
            (0, _) if !scheme.is_empty() => out.push_str(segment),
            (0, _) => out.push_str(&value(segment)),
            _ => {
                out.push('/');
                out.push_str(&value(segment));
            }
        }
    }
    if let Some(query) = query {
        out.push('?');
        let pairs: Vec<String> = query.split('&').map(pair).collect();
        out.push_str(&pairs.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(&fragment.split('&').map(pair).collect::<Vec<_>>().join("&"));
    }
    out
}

/// A sentence whose addresses are masked.
pub fn masked_words(text: &str) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    let words = text.split(' ').map(|word| {
        let Some(at) = word.find("://") else { return word.to_owned() };
        let start = word
            .get(..at)
            .and_then(|head| head.rfind(|c: char| !c.is_ascii_alphanumeric()))
            .map_or(0, |at| at + word.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let end = word.trim_end_matches([')', ',', '.', ';', ':', '”', '"', '’']).len().max(start);
        let part = |range: std::ops::Range<usize>| word.get(range).unwrap_or_default();
        format!("{}{}{}", part(0..start), masked(part(start..end)), part(end..word.len()))
    });
    words.collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn pair(pair: &str) -> String {
    let Some((key, text)) = pair.split_once('=') else { return value(pair) };
    let lower = key.trim_start_matches("amp;").to_lowercase();
    let shown = match text {
        // A merge tag is no value yet.
        "" => String::new(),
        _ if is_tag(text) => text.to_owned(),
        _ if lower.starts_with("utm_") && !text.contains('@') => text.to_owned(),
        _ if PERSONAL_KEYS.contains(&lower.as_str()) => MASK.to_owned(),
        _ => value(text),
    };
    format!("{key}={shown}")
}

fn is_tag(text: &str) -> bool {
    let may_be = text.bytes().any(|b| matches!(b, b'{' | b'*' | b'%' | b'[' | b'<'));
    may_be && ["{{", "*|", "%%", "[[", "<%", "{%", "${", "%7B%7B", "%7b%7b"].iter().any(|open| text.contains(open))
}

/// One value or one segment of a path, masked if it is an e-mail address or a token.
fn value(text: &str) -> String {
    let is_address = (text.contains('@') || text.contains("%40")) && text.len() > 3 && !text.starts_with('@');
    if !is_tag(text) && (is_address || is_token(text)) { MASK.to_owned() } else { text.to_owned() }
}

/// Letters and digits mixed in one long run, or an identifier such as `6f9619ff-8b86-d011-b42d-00cf4fc964ff`.
fn is_token(text: &str) -> bool {
    let mixed = |run: &&str| run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_alphabetic());
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() });
    is_uuid || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| run.len() >= TOKEN).any(|run| mixed(&run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_tokens_are_masked_and_the_rest_is_shown() {
        for (address, shown) in [
            (
                "https://shop.example/lamps/oak-lamp-2024?utm_source=mail&page=2#top",
                "https://shop.example/lamps/oak-lamp-2024?utm_source=mail&page=2#top",
            ),
            ("https://shop.example/?email=jane%40brand.example&x=1", "https://shop.example/?email=•••&x=1"),
            ("https://shop.example/?to=jane@brand.example", "https://shop.example/?to=•••"),
            ("https://shop.example/u/jane@brand.example/x", "https://shop.example/u/•••/x"),
            ("https://shop.example/@brand", "https://shop.example/@brand"),
            ("https://jane:pw@shop.example/", "https://•••@shop.example/"),
            ("https://shop.example/r/6f9619ff-8b86-d011-b42d-00cf4fc964ff", "https://shop.example/r/•••"),
            ("https://shop.example/r/Zm9vYmFyMTIzNDU2Nzg5", "https://shop.example/r/•••"),
            ("https://shop.example/?token=abc", "https://shop.example/?token=•••"),
            ("https://shop.example/?email={{ email }}", "https://shop.example/?email={{ email }}"),
            ("https://shop.example/?discount=SPRING20", "https://shop.example/?discount=SPRING20"),
            ("shop", "shop"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }

    #[test]
    fn addresses_in_sentences() {
        let text =
            "https://a.example/?token=x leads to the home page (https://a.example/u/a@b.example), as “https://a.example/?sid=7” does.";
        let shown = "https://a.example/?token=••• leads to the home page (https://a.example/u/•••), as “https://a.example/?sid=•••” does.";
        assert_eq!(masked_words(text), shown);
        assert_eq!(masked_words("no address"), "no address");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(\\PC|://|[?&=#@%]){0,40}") {
            let _ = (masked(&text), masked_words(&text));
        }
    }
}
