//! What a web page says about itself: title, headings, signs in its code, its visible text.

use super::lead_on::{only_counts, refresh, script_target};
use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use std::collections::BTreeSet;

/// What was read from a page. Texts are trimmed and have single spaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one sign that a page shows or not")]
pub(super) struct Page {
    pub(super) title: String,
    /// The first `h1`, or the first `h2` where there is none.
    pub(super) heading: String,
    /// Classes and id of `body` and `html`, lower case.
    pub(super) body_class: String,
    /// The beginning of the visible text.
    pub(super) text: String,
    /// The length of all visible text in bytes.
    pub(super) text_len: usize,
    pub(super) noindex: bool,
    pub(super) canonical: Option<String>,
    /// `id`s and `name`s of anchors, where they were asked for.
    pub(super) anchors: BTreeSet<String>,
    /// Whether scripts may change the page: counting scripts aside.
    pub(super) scripted: bool,
    /// Whether it shows anything beside text: pictures, films, frames, fields.
    pub(super) pictured: bool,
    pub(super) password_field: bool,
    pub(super) form_actions: Vec<String>,
    /// Seconds and target of a `<meta http-equiv=refresh>`.
    pub(super) refresh: Option<(u64, String)>,
    /// Where the only script sends the reader.
    pub(super) script_target: Option<String>,
    pub(super) json_ld: Vec<String>,
    /// Values of `itemprop="availability"`.
    pub(super) availability: Vec<String>,
    /// Texts of buttons that cannot be pressed, and of those that can.
    pub(super) dead_buttons: Vec<String>,
    pub(super) live_buttons: Vec<String>,
    /// Addresses of scripts and frames.
    pub(super) sources: Vec<String>,
}

/// How much visible text is kept for reading; its length is counted beyond.
const TEXT_KEPT: usize = 6000;
/// Lists in a page are kept up to this length: a page may hold a million of anything.
const LIST_KEPT: usize = 2000;
/// Structured data beyond this size is not read.
const DATA_KEPT: usize = 256 * 1024;

/// Which element's text is being collected, and how deep inside what is not shown.
#[derive(Default)]
struct Reading {
    page: Page,
    with_anchors: bool,
    inside: Inside,
    hidden: usize,
    heading_rank: u8,
    scripts: usize,
    buffer: String,
}

#[derive(Default, PartialEq, Eq, Clone, Copy)]
enum Inside {
    #[default]
    Text,
    Title,
    Heading(u8),
    Data,
    Script,
    Button {
        dead: bool,
    },
}

impl Page {
    /// Reads a page; its anchors only where a link asks for one.
    pub(super) fn read(html: &str, with_anchors: bool) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut reading = Reading { with_anchors, ..Reading::default() };
        for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
            match token {
                Token::StartTag(tag) => reading.start(&tag),
                Token::EndTag(tag) => reading.end(&tag.name),
                Token::String(text) => reading.text(&String::from_utf8_lossy(&text.value.0)),
                _ => {}
            }
        }
        reading.finish()
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.value.0).trim().to_owned())
}

fn push(list: &mut Vec<String>, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty() && list.len() < LIST_KEPT) {
        list.push(value);
    }
}

impl Reading {
    fn start(&mut self, tag: &StartTag<()>) {
        self.anchors(tag);
        let data = || attribute(tag, "property").is_some_and(|name| matches!(name.as_str(), "product:availability" | "og:availability"));
        if attribute(tag, "itemprop").as_deref() == Some("availability") || data() {
            push(&mut self.page.availability, attribute(tag, "href").or_else(|| attribute(tag, "content")));
        }
        match tag.name.as_slice() {
            b"title" if self.page.title.is_empty() => self.begin(Inside::Title),
            b"h1" if self.heading_rank != 1 => self.begin(Inside::Heading(1)),
            b"h2" if self.heading_rank == 0 => self.begin(Inside::Heading(2)),
            b"html" | b"body" => {
                for value in [attribute(tag, "class"), attribute(tag, "id")].into_iter().flatten() {
                    self.page.body_class.push_str(&value.to_lowercase());
                    self.page.body_class.push(' ');
                }
            }
            b"meta" => self.meta(tag),
            b"link" if attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.page.canonical = self.page.canonical.take().or_else(|| attribute(tag, "href"));
            }
            b"script" => self.script(tag),
            b"style" | b"template" | b"noscript" => self.hidden += 1,
            b"iframe" => {
                self.page.pictured = true;
                push(&mut self.page.sources, attribute(tag, "src"));
            }
            b"frame" | b"img" | b"video" | b"picture" | b"svg" | b"canvas" | b"object" | b"embed" => {
                self.page.pictured = true;
                if tag.name.as_slice() == b"frame" {
                    push(&mut self.page.sources, attribute(tag, "src"));
                }
            }
            b"select" | b"textarea" => self.page.pictured = true,
            b"form" => push(&mut self.page.form_actions, attribute(tag, "action")),
            b"input" => {
                self.page.pictured = true;
                let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
                self.page.password_field |= kind == "password";
                if kind == "submit" {
                    let dead = tag.attributes.contains_key(b"disabled".as_slice());
                    push(self.buttons(dead), attribute(tag, "value"));
                }
            }
            b"button" => self.begin(Inside::Button { dead: tag.attributes.contains_key(b"disabled".as_slice()) }),
            _ => self.space(),
        }
    }

    fn begin(&mut self, inside: Inside) {
        self.space();
        self.inside = inside;
        self.buffer.clear();
    }

    fn buttons(&mut self, dead: bool) -> &mut Vec<String> {
        if dead { &mut self.page.dead_buttons } else { &mut self.page.live_buttons }
    }

    fn anchors(&mut self, tag: &StartTag<()>) {
        if !self.with_anchors || self.page.anchors.len() >= 100 * LIST_KEPT {
            return;
        }
        let name = (tag.name.as_slice() == b"a").then(|| attribute(tag, "name")).flatten();
        self.page.anchors.extend(attribute(tag, "id").into_iter().chain(name));
    }

    fn meta(&mut self, tag: &StartTag<()>) {
        let content = attribute(tag, "content").unwrap_or_default();
        let name = attribute(tag, "name").or_else(|| attribute(tag, "property")).unwrap_or_default().to_lowercase();
        match name.as_str() {
            "robots" | "googlebot" => self.page.noindex |= content.to_lowercase().contains("noindex"),
            "og:url" => self.page.canonical = self.page.canonical.take().or(Some(content)),
            _ if attribute(tag, "http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) => {
                // Behind `<noscript>` it is for browsers without scripts, and readers' browsers have them.
                self.page.refresh = refresh(&content).filter(|_| self.hidden == 0);
            }
            _ => {}
        }
    }

    fn script(&mut self, tag: &StartTag<()>) {
        let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
        let source = attribute(tag, "src");
        if kind.contains("ld+json") {
            return self.begin(Inside::Data);
        }
        if kind.contains("json") || kind.contains("template") {
            self.hidden += 1;
            return;
        }
        if let Some(source) = &source {
            self.scripts += 1;
            self.page.scripted |= !only_counts(source);
        }
        push(&mut self.page.sources, source);
        self.begin(Inside::Script);
    }

    fn end(&mut self, name: &HtmlString) {
        let text = std::mem::take(&mut self.buffer);
        match (self.inside, name.as_slice()) {
            (Inside::Title, b"title") => self.page.title = tidy(&text),
            (Inside::Heading(rank), b"h1" | b"h2") => {
                self.page.heading = tidy(&text);
                self.heading_rank = if self.page.heading.is_empty() { 0 } else { rank };
            }
            (Inside::Data, b"script") => push(&mut self.page.json_ld, Some(text)),
            (Inside::Script, b"script") => self.script_text(&text),
            (Inside::Button { dead }, b"button") => push(self.buttons(dead), Some(tidy(&text))),
            (inside, b"style" | b"template" | b"noscript" | b"script") => {
                self.hidden = self.hidden.saturating_sub(1);
                (self.buffer, self.inside) = (text, inside);
                return;
            }
            (inside, _) => {
                (self.buffer, self.inside) = (text, inside);
                return self.space();
            }
        }
        self.inside = Inside::Text;
    }

    fn script_text(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.scripts += 1;
        self.page.scripted |= !(text.contains("gtag(") || text.contains("dataLayer") || text.contains("fbq("));
        if self.page.script_target.is_none() && text.len() < 2000 {
            self.page.script_target = script_target(text);
        }
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Title | Inside::Data | Inside::Script => {
                if self.buffer.len() + text.len() <= DATA_KEPT {
                    self.buffer.push_str(text);
                }
                return;
            }
            Inside::Heading(_) | Inside::Button { .. } if self.buffer.len() < TEXT_KEPT => self.buffer.push_str(text),
            _ => {}
        }
        if self.hidden > 0 {
            return;
        }
        for word in text.split_whitespace() {
            self.page.text_len += word.len() + 1;
            if self.page.text.len() < TEXT_KEPT {
                self.space();
                self.page.text.push_str(word);
            }
        }
    }

    fn space(&mut self) {
        if !self.page.text.is_empty() && !self.page.text.ends_with(' ') && self.page.text.len() < TEXT_KEPT {
            self.page.text.push(' ');
        }
    }

    fn finish(mut self) -> Page {
        // A page that ends inside its title or heading still showed it.
        match self.inside {
            Inside::Title => self.page.title = tidy(&self.buffer),
            Inside::Heading(_) => self.page.heading = tidy(&self.buffer),
            _ => {}
        }
        if self.scripts > 1 || self.page.text_len > 200 {
            self.page.script_target = None;
        }
        self.page
    }
}

fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    for word in text.split_whitespace() {
        if tidy.len() > 300 {
            break;
        }
        tidy.push_str(if tidy.is_empty() { "" } else { " " });
        tidy.push_str(word);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_noscript_is_for_others() {
        let page = Page::read("<noscript><meta http-equiv=refresh content='0;/plain'>Turn on scripts</noscript><p>Hello", false);
        assert_eq!((page.refresh, page.text.as_str()), (None, "Hello"));
    }

    proptest::proptest! {
        #[test]
        fn no_page_panics(pieces in proptest::collection::vec("<[a-z1-2]{1,6} ?(type=|content=|id=)?\\PC{0,12}>?|</(title|h1|script|button)>|\\PC{0,8}", 0..40)) {
            let html = pieces.concat();
            let page = Page::read(&html, true);
            proptest::prop_assert!(page.text.len() <= TEXT_KEPT + html.len());
        }
    }

    #[test]
    fn a_page_is_read() {
        let html = r#"<html class="No-JS"><head><title> Not
            found </title><meta name=robots content="NOINDEX, follow"><link rel=canonical href="/x"></head>
            <body class="error404"><h2>Oh</h2><h1>Page &amp; more</h1><p>some<b>thing</b></p><script>var a = "hidden"</script>
            <a name=old></a><i id=new></i><button disabled>Sold <b>out</b></button><input type=password></body>"#;
        let page = Page::read(html, true);
        assert_eq!((page.title.as_str(), page.heading.as_str()), ("Not found", "Page & more"));
        assert_eq!(page.body_class, "no-js error404 ");
        assert!(page.noindex && page.scripted && page.password_field);
        assert_eq!(page.canonical.as_deref(), Some("/x"));
        assert_eq!(page.anchors.iter().collect::<Vec<_>>(), ["new", "old"]);
        assert_eq!(page.dead_buttons, ["Sold out"]);
        assert!(page.text.contains("some thing") && !page.text.contains("hidden"), "{}", page.text);
    }
}
