//! What has changed between two versions of a mail, as its readers meet it: subject and sender, words, links, codes, pictures.

mod markup;
mod people;
mod things;
mod words;

pub use people::PeopleChange;
pub use words::{Piece, pieces};

use crate::facts::{Facts, Region};
use crate::message::{Body, Message};
use crate::source::{Source, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A version of a mail, read.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The mail.
    pub message: &'a Message,
    /// What is noticed in it.
    pub facts: &'a Facts,
}

/// What part of a mail a change is in, in the order in which people look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The subject line.
    Subject,
    /// The line that inboxes show behind it.
    Preheader,
    /// Who sends it.
    Sender,
    /// Where answers go.
    ReplyTo,
    /// The text.
    Words,
    /// Where a link leads.
    Link,
    /// A coupon code.
    Code,
    /// A picture.
    Picture,
    /// The words that stand for a picture.
    Alt,
    /// A file that the mail carries.
    Attachment,
    /// How it is built and looks, beside all that.
    Markup,
}

impl Part {
    /// What it is called in reports, of one or several.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "Subject",
            Self::Preheader => "Preheader",
            Self::Sender => "Sender",
            Self::ReplyTo => "Reply-To",
            Self::Words => "Words",
            Self::Link => "Links",
            Self::Code => "Codes",
            Self::Picture => "Pictures",
            Self::Alt => "Words for pictures",
            Self::Attachment => "Attachments",
            Self::Markup => "Markup",
        }
    }

    /// What it is called for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Preheader => "preheader",
            Self::Sender => "sender",
            Self::ReplyTo => "reply-to",
            Self::Words => "words",
            Self::Link => "link",
            Self::Code => "code",
            Self::Picture => "picture",
            Self::Alt => "alt",
            Self::Attachment => "attachment",
            Self::Markup => "markup",
        }
    }
}

/// One change. Where both `was` and `is` are there and the same, it was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is in.
    pub part: Part,
    /// The thing whose value changed: the words of a link, the address of a picture; nothing for the mail's own parts.
    pub of: Option<String>,
    /// What it was; nothing if it is new.
    pub was: Option<String>,
    /// What it is; nothing if it is gone.
    pub is: Option<String>,
    /// Where it stands in the new version, or, if it is gone, where it stood in the old one.
    pub span: Span,
}

/// Everything that has changed, in the order of the parts, then of the mail.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The changes.
    pub all: Vec<Change>,
}

impl Changes {
    /// What has changed from one version to the other.
    pub fn between(old: Version<'_>, new: Version<'_>) -> Self {
        let mut all = Vec::new();
        for (part, header) in [(Part::Subject, "Subject"), (Part::Sender, "From"), (Part::ReplyTo, "Reply-To")] {
            all.extend(header_change(part, old.message.header(header), new.message.header(header), new.message));
        }
        all.extend(preheader(old, new));
        for (old_body, new_body) in pairs(&old.message.bodies, &new.message.bodies) {
            all.extend(words::between(old.facts, old_body, new.facts, new_body));
        }
        all.extend(things::links(old.facts, new.facts));
        all.extend(things::codes(old.facts, new.facts));
        all.extend(things::pictures(old.facts, new.facts));
        all.extend(things::attachments(old.message, new.message));
        // The plain text repeats the HTML.
        let mut seen = BTreeSet::new();
        all.retain(|change| seen.insert((change.part, change.of.clone(), change.was.clone(), change.is.clone())));
        for (old_body, new_body) in pairs(&old.message.bodies, &new.message.bodies) {
            all.extend(markup::between(old_body, new_body, &all));
        }
        all.sort_by_key(|change| change.part);
        Self { all }
    }

    /// Whether a reader would meet the same mail.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many changes are in which part, in words: "the subject, 2 passages of words and 1 link".
    pub fn in_words(&self) -> String {
        let mut parts: Vec<(Part, usize)> = Vec::new();
        for change in &self.all {
            match parts.last_mut().filter(|(part, _)| *part == change.part) {
                Some((_, count)) => *count += 1,
                None => parts.push((change.part, 1)),
            }
        }
        let words: Vec<String> = parts.into_iter().map(|(part, count)| counted(part, count)).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, head)) => format!("{} and {last}", head.join(", ")),
            None => String::from("nothing"),
        }
    }
}

fn counted(part: Part, count: usize) -> String {
    let noun = match part {
        Part::Subject => return String::from("the subject"),
        Part::Preheader => return String::from("the preheader"),
        Part::Sender => return String::from("the sender"),
        Part::ReplyTo => return String::from("the Reply-To"),
        Part::Markup => return String::from("the markup"),
        Part::Words => "passage",
        Part::Link => "link",
        Part::Code => "code",
        Part::Picture => "picture",
        Part::Alt => "picture's words",
        Part::Attachment => "attachment",
    };
    format!("{count} {noun}{}", if count == 1 || noun.ends_with("words") { "" } else { "s" })
}

/// Text with one blank between its words.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn header_change(part: Part, old: Option<&Span>, new: Option<&Span>, message: &Message) -> Option<Change> {
    let (was, is) = (old.map(|old| folded(old.text())), new.map(|new| folded(new.text())));
    let start = || message.source.span(0..0);
    (was != is).then(|| Change { part, of: None, was, is, span: new.or(old).cloned().unwrap_or_else(start) })
}

/// The preheader, wherever it is written: in a header or at the head of the body.
fn preheader(old: Version<'_>, new: Version<'_>) -> Option<Change> {
    let of = |version: Version<'_>| {
        let passage = version.facts.passages.iter().find(|passage| passage.region == Region::Preheader)?;
        Some((folded(&passage.text), passage.whole()))
    };
    let (old, new) = (of(old), of(new));
    let span = new.as_ref().or(old.as_ref()).map(|(_, span)| span.clone())?;
    let (was, is) = (old.map(|(text, _)| text), new.map(|(text, _)| text));
    (was != is).then_some(Change { part: Part::Preheader, of: None, was, is, span })
}

/// The source of a body.
fn source(body: &Body) -> &Arc<Source> {
    match body {
        Body::Html(html) => html.source(),
        Body::Text(text) | Body::Markdown(text) => &text.source,
    }
}

/// Bodies that belong together: the first HTML of one version and of the other, and so on; each may be missing.
fn pairs<'a>(old: &'a [Body], new: &'a [Body]) -> Vec<(Option<&'a Body>, Option<&'a Body>)> {
    let is_html = |body: &&Body| matches!(body, Body::Html(_));
    let mut pairs = Vec::new();
    for html in [true, false] {
        let (mut old, mut new) = (old.iter().filter(|body| is_html(body) == html), new.iter().filter(|body| is_html(body) == html));
        loop {
            match (old.next(), new.next()) {
                (None, None) => break,
                pair => pairs.push(pair),
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn changes(name: &str, old: &str, new: &str) -> Vec<Told> {
        let read = |text: &str| {
            let message = Message::parse(name, text.as_bytes().to_vec()).expect("a draft");
            let facts = Facts::notice(&message, &Settings::default());
            (message, facts)
        };
        let (old, new) = (read(old), read(new));
        let version = |read: &'static (Message, Facts)| Version { message: &read.0, facts: &read.1 };
        let changes = Changes::between(version(Box::leak(Box::new(old))), version(Box::leak(Box::new(new))));
        changes.all.into_iter().map(|change| (change.part, change.was, change.is)).collect()
    }

    type Told = (Part, Option<String>, Option<String>);

    /// A change from one text to another; an empty one is none.
    fn told(part: Part, was: &str, is: &str) -> Told {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        (part, some(was), some(is))
    }

    const MAIL: &str = "<p>Take 15 % off with the code SPRING15.</p><p>The mill is open.</p>\n<a href=\"https://a.example/x\">Shop now</a>\n\
                        <img src=\"https://a.example/a.png\" alt=\"A loaf\">";

    #[test]
    fn a_mail_is_the_same_as_itself() {
        assert_eq!(changes("a.html", MAIL, MAIL), []);
        assert_eq!(changes("a.html", MAIL, &MAIL.replace('\n', "\r\n")), [], "line ends are no change");
    }

    #[test]
    fn each_kind_of_change_is_told_once() {
        let edit = |from: &str, to: &str| changes("a.html", MAIL, &MAIL.replace(from, to));
        assert_eq!(
            edit("SPRING15", "SPRING20"),
            [
                told(Part::Words, "Take 15 % off with the code SPRING15.", "Take 15 % off with the code SPRING20."),
                told(Part::Code, "SPRING15", ""),
                told(Part::Code, "", "SPRING20")
            ]
        );
        assert_eq!(edit("example/x", "example/y"), [told(Part::Link, "https://a.example/x", "https://a.example/y")]);
        assert_eq!(edit("a.png", "b.png"), [told(Part::Picture, "https://a.example/a.png", "https://a.example/b.png")]);
        assert_eq!(edit("A loaf", "A roll"), [told(Part::Alt, "A loaf", "A roll")]);
        assert_eq!(edit("<p>The mill is open.</p>", ""), [told(Part::Words, "The mill is open.", "")]);
        let styled = edit("<p>The", "<p style=\"color:red\">The");
        assert_eq!(styled.iter().map(|change| change.0).collect::<Vec<_>>(), [Part::Markup]);
        assert_eq!(edit("Shop now", "Buy now"), [told(Part::Words, "Shop now", "Buy now")], "the link itself is the same");
    }

    #[test]
    fn the_envelope_is_compared_and_the_hour_of_an_export_is_not() {
        let mail = "From: Mill <a@mill.example>\nSubject: Sale\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nHello\n";
        assert_eq!(changes("a.eml", mail, &mail.replace("Mon, 2", "Tue, 3")), []);
        let new = mail.replace("Sale", "Big sale").replace("a@mill", "b@mill");
        assert_eq!(
            changes("a.eml", mail, &new),
            [told(Part::Subject, "Sale", "Big sale"), told(Part::Sender, "Mill <a@mill.example>", "Mill <b@mill.example>")]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_two_mails_are_survived(old in "(<p>|</p>|<a href=x>|[a-d ]{1,4}|ü|\n|<img alt=b>){0,30}", new in "(<p>|[a-d ]{1,4}|</a>|\n){0,30}") {
            changes("a.html", &format!("x{old}"), &format!("x{new}"));
        }
    }
}
