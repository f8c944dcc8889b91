//! What the web said about each address: pure data, to and from JSON.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

pub mod alone;
pub mod cache;
pub mod filled;
mod masked;
mod recorded;
mod skip;
mod words;

pub use crate::pictures::ImageFacts;
pub use alone::{Alone, LeftAlone, counter_of, left_alone, merge_tag};
pub use cache::Cache;
pub use masked::{masked, masked_words};
pub use skip::skipped_by;

/// The version of the JSON form that this program writes and reads.
pub const VERSION: u32 = 1;

/// How an address stands. One of six, never two at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It answers with what was asked for.
    Alive,
    /// No reader can open it: not found (asked twice), no such name, refused connection, invalid certificate,
    /// a circle of redirects, a picture that is none.
    Dead,
    /// It turns programs away (403, 429, 999, a challenge page): a person must open it by hand.
    Refused,
    /// It wants a login or a password first.
    NotPublic,
    /// It answers, but with something else than a working page: "not found", sold out, ended, parked, home page, empty.
    Suspect,
    /// Nothing can be said: time-out, trouble of the server or of this network, deadline.
    Unknown,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alive => "alive",
            Self::Dead => "dead",
            Self::Refused => "refused to robots",
            Self::NotPublic => "not public",
            Self::Suspect => "suspect",
            Self::Unknown => "could not tell",
        })
    }
}

/// Who can do something about an answer that is not alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mender {
    /// Whoever wrote the mail: another address is needed.
    Author,
    /// Whoever runs the site.
    Site,
    /// Whoever looks after the computer or network on which presend ran.
    Network,
    /// Nobody need mend anything, but a person should open it by hand.
    Reader,
}

/// One step on the way: an address that was asked, and the status it answered with (none if it did not answer).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The address.
    pub url: String,
    /// Its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How the page itself led on ("meta refresh", "script"), where it was no redirect of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A tracking or coupon parameter that was lost on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostParam {
    /// Its name: `utm_source`, `discount`…
    pub name: String,
    /// The value it had.
    pub value: String,
    /// The address that answered with a redirect which no longer carried it.
    pub hop: String,
}

/// What one address answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The address as it stands in the mail.
    pub url: String,
    /// How it stands.
    pub standing: Standing,
    /// The last status, if anything answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it stands so, in plain words and with the evidence.
    pub reason: String,
    /// Who can mend it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mender: Option<Mender>,
    /// Every address asked on the way, the first and the last included.
    #[serde(default)]
    pub hops: Vec<Hop>,
    /// Where it ended, if that is another address than the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// The content type that the server named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The page's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Size in bytes, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The picture, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageFacts>,
    /// Whether the part behind `#` exists; nothing if there is none, or if scripts may make it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fragment_found: Option<bool>,
    /// Tracking and coupon parameters lost on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost_params: Vec<LostParam>,
    /// The first unprotected address (`http:`) reached from a protected one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure_hop: Option<String>,
    /// The app address (`myshop://…`) that it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_app: Option<String>,
    /// Milliseconds to the first byte, if they were more than three seconds; one measurement from one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_ms: Option<u64>,
}

impl Answer {
    /// An answer with a standing and a reason, and nothing else known.
    pub fn new(url: impl Into<String>, standing: Standing, reason: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            standing,
            status: None,
            reason: reason.into(),
            mender: None,
            hops: Vec::new(),
            final_url: None,
            content_type: None,
            title: None,
            bytes: None,
            image: None,
            fragment_found: None,
            lost_params: Vec::new(),
            insecure_hop: None,
            opens_app: None,
            slow_ms: None,
        }
    }

    /// Says who can mend it.
    #[must_use]
    pub fn mender(mut self, mender: Mender) -> Self {
        self.mender = Some(mender);
        self
    }

    /// The whole way in one line, masked: `a (301) -> b (200)`. Of a long way only the ends.
    pub fn way(&self) -> String {
        let step = |hop: &Hop| match hop.status {
            Some(status) => format!("{} ({status})", masked(&hop.url)),
            None => format!("{} (no answer)", masked(&hop.url)),
        };
        let mut steps: Vec<String> = self.hops.iter().map(step).collect();
        if let Some(left_out) = steps.len().checked_sub(LONGEST_WAY).filter(|left_out| *left_out > 0) {
            steps.splice(LONGEST_WAY / 2..LONGEST_WAY / 2 + left_out, [format!("{left_out} more")]);
        }
        steps.join(" -> ")
    }

    /// Why it stands so, as reports show it: addresses are masked.
    pub fn shown_reason(&self) -> String {
        masked_words(&self.reason)
    }
}

/// How many steps of a way are shown.
const LONGEST_WAY: usize = 8;

/// Everything that was asked, and everything that was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    answers: BTreeMap<String, Answer>,
    alone: BTreeMap<String, LeftAlone>,
    notes: Vec<String>,
    unfinished: bool,
    ended_by_hand: bool,
}

impl Links {
    /// Adds an answer, in place of an earlier one for the same address.
    pub fn insert(&mut self, answer: Answer) {
        self.answers.insert(answer.url.clone(), answer);
    }

    /// Notes that an address was not asked, and why.
    pub fn leave_alone(&mut self, url: impl Into<String>, why: LeftAlone) {
        self.alone.insert(url.into(), why);
    }

    /// Adds a sentence about the asking as a whole: "this machine seems to have no network".
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Notes that the asking was ended before all had answered.
    pub fn mark_unfinished(&mut self) {
        self.unfinished = true;
    }

    /// Notes that a person ended the asking.
    pub fn mark_ended_by_hand(&mut self) {
        self.ended_by_hand = true;
    }

    /// Takes an answer out.
    pub fn take(&mut self, url: &str) -> Option<Answer> {
        self.answers.remove(url)
    }

    /// Adds everything that another run learnt.
    pub fn absorb(&mut self, other: Self) {
        self.answers.extend(other.answers);
        self.alone.extend(other.alone);
        other.notes.into_iter().for_each(|note| self.note(note));
        self.unfinished |= other.unfinished;
        self.ended_by_hand |= other.ended_by_hand;
    }

    /// The answer of an address, written as it stands in the mail.
    pub fn get(&self, url: &str) -> Option<&Answer> {
        self.answers.get(url)
    }

    /// What stands in the QR codes of the picture at an address, if it was asked and shows any.
    pub fn codes(&self, url: &str) -> Option<&[String]> {
        Some(self.get(url)?.image.as_ref()?.codes.as_slice())
    }

    /// Why an address was not asked.
    pub fn left_alone(&self, url: &str) -> Option<&LeftAlone> {
        self.alone.get(url)
    }

    /// All answers, sorted by address.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.answers.values()
    }

    /// All addresses that were not asked, sorted.
    pub fn all_left_alone(&self) -> impl Iterator<Item = (&str, &LeftAlone)> {
        self.alone.iter().map(|(url, why)| (url.as_str(), why))
    }

    /// What is to be said about the asking as a whole.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Whether the asking was ended early (deadline, Ctrl-C); what is missing stands as "could not tell".
    pub fn unfinished(&self) -> bool {
        self.unfinished
    }

    /// Whether a person ended the asking (Ctrl-C).
    pub fn ended_by_hand(&self) -> bool {
        self.ended_by_hand
    }

    /// How many answers have this standing.
    pub fn count(&self, standing: Standing) -> usize {
        self.answers.values().filter(|answer| answer.standing == standing).count()
    }
}
