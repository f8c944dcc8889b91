//! What every rule may look at: the draft, what was noticed in it, what the user said, and the send time.

use crate::facts::{Facts, MergeTag, Passage, Region};
use crate::message::{Body, Kind, Message};
use crate::offers::Language;
use crate::settings::{MessageType, Settings};
use crate::source::Span;
use jiff::Zoned;
use jiff::tz::{Offset, TimeZone};

/// What every rule may look at. The send time is here, so no rule asks the clock.
#[derive(Debug)]
pub struct Context<'a> {
    /// The draft.
    pub message: &'a Message,
    /// What was noticed in it.
    pub facts: &'a Facts,
    /// What the user said about the send.
    pub settings: &'a Settings,
    /// When it goes out.
    pub send_at: &'a Zoned,
}

impl Context<'_> {
    /// The kind of message: as the user said, or as the subject line gives it away.
    pub fn kind(&self) -> Option<MessageType> {
        self.settings.kind.or_else(|| guess_kind(self.message.subject()?.text()))
    }

    /// The language of the mail: as the user said, or as its words and markup give it away.
    pub fn language(&self) -> Language {
        self.settings.language.or(self.facts.language).unwrap_or(Language::English)
    }

    /// Whether it is in none of the languages of [`Language::ALL`], by what its markup says or the letters that it is written in.
    pub fn is_foreign(&self) -> bool {
        let is_latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
        let letters = || self.facts.copy().flat_map(|passage| passage.text.chars()).filter(|c| c.is_alphabetic());
        let mut tags = self.message.languages();
        // Some codes say that it is none, or many (ISO 639-2).
        let is_code = |tag: &str| {
            (2..=3).contains(&tag.len()) && !matches!(tag, "und" | "mul" | "zxx" | "mis") && tag.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let mut says_another = || tags.any(|tag| tag.split(['-', '_']).next().is_some_and(is_code) && Language::of_tag(&tag).is_none());
        let is_told = self.facts.told_language.is_some();
        self.settings.language.is_none()
            && (letters().filter(|c| !is_latin(*c)).count() * 2 > letters().count() || !is_told && says_another())
    }

    /// Whether nothing in the draft waits to be filled in: the user said so, or it has been sent to somebody.
    pub fn is_finished(&self) -> bool {
        self.settings.rendered.unwrap_or_else(|| self.message.has_travelled())
    }

    /// Whether the draft is a whole mail or page, and no piece of one that a platform completes.
    pub fn is_whole(&self) -> bool {
        let closes = |html: &str| {
            let from = (html.len().saturating_sub(LENGTH_OF_END)..html.len()).find(|at| html.is_char_boundary(*at)).unwrap_or_default();
            let end = html.get(from..).unwrap_or_default().to_ascii_lowercase();
            ["</body>", "</html>", "</mjml>"].iter().any(|tag| end.contains(tag))
        };
        self.is_finished() || self.message.bodies.iter().any(|body| matches!(body, Body::Html(html) if closes(html.source().text())))
    }

    /// Whether the draft is all that the reader gets: a whole page, or a mail with a sender as a mail program has it. To a text,
    /// with or without a subject line, or a piece of a page, the platform may add a footer.
    pub fn is_complete(&self) -> bool {
        let is_mail = self.message.kind == Kind::Mail && self.message.header("From").is_some();
        self.is_whole() || is_mail || self.message.kind == Kind::Outlook
    }

    /// Whether the time of the send is known, and not taken from the clock.
    pub fn knows_send_time(&self) -> bool {
        !self.settings.send_time_is_guessed || self.message.has_travelled()
    }

    /// When the last person gets it: the end of the send, or where everybody gets it by their own clock, the same local
    /// time in the last inhabited zone, eleven hours behind UTC (Niue, American Samoa).
    pub fn last_send(&self) -> Zoned {
        let until = self.settings.send_until.clone().filter(|until| *until > *self.send_at).unwrap_or_else(|| self.send_at.clone());
        if !self.settings.send_by_local_time {
            return until;
        }
        // Told in the sender's zone, in which dates without one are meant.
        let last = until.datetime().to_zoned(TimeZone::fixed(Offset::constant(-11))).unwrap_or_else(|_| until.clone());
        last.with_time_zone(until.time_zone().clone())
    }

    /// The place for a finding about the send as a whole: the subject line, the first heading, or the first words.
    pub fn headline(&self) -> Span {
        let copy = || self.facts.copy().filter(|passage| !passage.hidden && passage.region == Region::Body);
        let words = || copy().find(|passage| passage.heading).or_else(|| copy().next()).map(Passage::whole);
        self.message.subject().cloned().or_else(words).unwrap_or_else(|| self.message.source.span(0..0))
    }
}

/// Words by which a tag, a column or a field tells that it holds a coupon code.
const CODE_WORDS: [&str; 9] =
    ["coupon", "voucher", "promocode", "promo_code", "discountcode", "discount_code", "gutschein", "unique_code", "rabattcode"];

impl<'a> Context<'a> {
    /// The merge tags that fill in a coupon code for each person.
    pub fn code_tags(&self) -> impl Iterator<Item = &'a MergeTag> + use<'a> {
        let facts: &'a Facts = self.facts;
        let seen = facts.tags.tags.iter().filter(|tag| tag.is_seen());
        seen.filter(|tag| {
            let text = tag.span.text().to_lowercase();
            CODE_WORDS.iter().any(|word| text.contains(word))
        })
    }
}

/// How far from its end a page closes its body, in bytes.
const LENGTH_OF_END: usize = 8000;

/// The kinds that a subject line gives away beyond doubt. "Welcome back" greets customers.
fn guess_kind(subject: &str) -> Option<MessageType> {
    let lower = subject.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["welcome to ", "willkommen bei ", "bienvenue chez ", "bienvenido a ", "benvenuto in ", "welkom bij "])
        && !lower.contains("back")
    {
        return Some(MessageType::Welcome);
    }
    has(&["leave a review", "leave us a review", "write a review", "rate your ", "review your ", "bewerten sie ", "bewerte dein"])
        .then_some(MessageType::ReviewRequest)
}
