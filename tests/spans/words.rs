//! Pieces of drafts as a reader sees them, without markup; written anew here, so that it shares no fault with the program.

use regex::Regex;
use scraper::Html;
use std::sync::LazyLock;

static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|</?[a-zA-Z!][^<>]*>").expect("a pattern"));

/// The end of a link in Markdown.
static LINK_END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^()\s]*\)").expect("a pattern"));

/// A piece of HTML without tags and with its character references replaced.
pub(crate) fn plain(piece: &str) -> String {
    let bare = TAG.replace_all(piece, "");
    if !bare.contains('&') {
        return bare.into_owned();
    }
    // The rest holds no tags; brackets that stand alone are kept from becoming some.
    let fragment = Html::parse_fragment(&bare.replace('<', "&lt;"));
    fragment.root_element().text().collect()
}

/// Whether two pieces say the same, blanks and marks of Markdown aside.
pub(crate) fn same_words(piece: &str, text: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '\\' | '[');
    let bare = |text: &str| LINK_END.replace_all(text, "").chars().filter(|c| !is_mark(*c)).collect::<String>();
    let text = bare(text);
    bare(piece) == text || bare(&plain(piece)) == text
}
