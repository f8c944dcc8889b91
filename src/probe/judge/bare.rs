//! Answers with no page around them: a store of files, an interface for programs, a server on which nothing is yet.

use super::super::chain::content_type;
use super::super::fetch::Reply;
use super::super::page::Page;
use super::content::says;
use super::phrases::{CLOSED, MISSING};

/// Longer answers are documents, in bytes.
const LONGEST: usize = 2000;

/// How Amazon's, Google's and Microsoft's stores of files, and those built alike, say that a file is not for everybody
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>).
const KEPT: [&str; 6] =
    ["AccessDenied", "AllAccessDisabled", "MissingKey", "AuthenticationFailed", "PublicAccessNotPermitted", "InvalidAccessKeyId"];

/// What a store of files says of one that it does not give out.
pub(super) enum Store {
    /// Its address was signed for a time that is over.
    Expired,
    /// It is given to nobody without a key; the store's word.
    Kept(&'static str),
}

/// The answer of a store of files that does not give one out.
pub(super) fn store(reply: &Reply) -> Option<Store> {
    if !(400..500).contains(&reply.status) || reply.body.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8_lossy(&reply.body);
    let code = |name: &&str| text.contains(&format!("<Code>{name}</Code>"));
    if code(&"ExpiredToken") || text.contains("<Code>AccessDenied</Code>") && text.contains("Request has expired") {
        return Some(Store::Expired);
    }
    KEPT.iter().find(|name| code(name)).map(|name| Store::Kept(name))
}

/// An error in so many words, or as JSON, with a status that says all is well.
pub(super) fn error(reply: &Reply) -> Option<String> {
    let kind = content_type(&reply.headers);
    let text = std::str::from_utf8(&reply.body).ok().filter(|text| text.len() <= LONGEST)?.trim();
    let told = |words: &str| says(words, MISSING).or_else(|| says(words, CLOSED)).is_some();
    let words = if kind.ends_with("json") {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let word = |name: &&str| value.get(name)?.as_str().filter(|words| told(words));
        let status = |name: &&str| value.get(name).and_then(serde_json::Value::as_u64).is_some_and(|status| (400..600).contains(&status));
        let said = ["error", "message", "detail", "title"].iter().find_map(word);
        said.or_else(|| ["status", "statusCode", "status_code"].iter().any(status).then_some("an error"))?.to_owned()
    } else {
        let line = (kind == "text/plain" && !text.contains('\n')).then_some(text)?;
        told(line).then(|| line.to_owned())?
    };
    Some(format!("it answers as if all were well, but all it says is “{words}”"))
}

/// A list of files, or a server's first greeting.
pub(super) fn server(page: &Page) -> Option<String> {
    let words = [&page.title, &page.heading];
    if let Some(words) = words.iter().find(|words| words.starts_with("Index of /")) {
        return Some(format!("there is no page, only a list of files (“{words}”)"));
    }
    let greets = |words: &&&String| words.trim_end_matches('!').eq_ignore_ascii_case("it works");
    let words = words.iter().find(greets).filter(|_| page.text_len < 200)?;
    Some(format!("there is no working page: the server says “{words}” before anything was put on it"))
}
