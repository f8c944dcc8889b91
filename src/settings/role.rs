//! The words that a brief chooses from: kinds of mail, roles of lists, checks that are required, severities.

use crate::finding::Severity;
use serde::{Deserialize, Serialize};

/// What kind of message it is; decides who must not get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MessageType {
    /// Greets new people.
    Welcome,
    /// Advertises something.
    Promotion,
    /// Asks for a review.
    ReviewRequest,
    /// About an order, an account or a contract; needs no consent.
    Service,
    /// News that people subscribed to.
    Newsletter,
}

/// Who stands on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// People who get this mail.
    Send,
    /// People who have bought before.
    Customers,
    /// People who have had the welcome mail.
    AlreadyWelcomed,
    /// People who have been asked for a review.
    AlreadyAsked,
    /// People who took their consent back.
    Unsubscribed,
    /// Addresses that do not exist any more.
    Bounced,
    /// People who must never be mailed, for whatever reason.
    DoNotMail,
    /// People for whom the mail is meant; nobody else should get it.
    Intended,
    /// People who have just bought what the mail advertises.
    RecentBuyers,
    /// People who got the last mail of this kind.
    LastSend,
    /// Everybody there is.
    Everyone,
    /// Colleagues and test addresses.
    Staff,
    /// Anybody else; the list is counted and shown.
    Other,
}

/// A check that a project can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Required {
    /// Links must have been asked, or their answers given.
    Links,
    /// A send list must have been given.
    Audience,
    /// A coupon list must have been given.
    Coupons,
}

/// A rule's severity as set by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Have a look.
    Note,
    /// Fix it, unless you know why.
    Warn,
    /// Do not send.
    Block,
}

impl Level {
    /// The severity, or nothing for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warn),
            Self::Block => Some(Severity::Block),
        }
    }
}

impl Role {
    /// Every role that a list beside the send list can have, with the words that people use for it.
    #[rustfmt::skip]
    const WORDS: [(Self, &'static [&'static str]); 12] = [
        (
            Self::Customers,
            &[
                "customers", "customer", "buyers", "existing-customers", "kunden", "bestandskunden", "clients", "clientes", "clienti",
                "klanten", "klienci",
            ],
        ),
        (Self::AlreadyWelcomed, &["already-welcomed", "welcomed"]),
        (Self::AlreadyAsked, &["already-asked", "asked", "reviewed"]),
        (
            Self::Unsubscribed,
            &[
                "unsubscribed", "unsubscribes", "unsubscribers", "unsubscribe", "unsubs", "unsub", "opted-out", "optout", "optouts",
                "opt-out", "opt-outs", "abgemeldet", "abgemeldete", "abmeldungen", "désabonnés", "desabonnes", "désinscrits",
                "desinscrits", "bajas", "dados-de-baja", "disiscritti", "disiscrizioni", "uitgeschreven", "uitschrijvingen",
                "afgemeld", "afmeldingen", "descadastrados", "wypisani",
            ],
        ),
        (Self::Bounced, &["bounced", "bounces", "cleaned", "hard-bounces", "hard-bounced", "unzustellbar", "rebotes", "rebotados"]),
        (
            Self::DoNotMail,
            &[
                "do-not-mail", "do-not-email", "do-not-contact", "suppressed", "suppression", "suppressions", "suppression-list",
                "excluded", "complaints", "blocklist", "sperrliste", "gesperrt",
            ],
        ),
        (Self::Intended, &["intended", "meant", "target"]),
        (Self::RecentBuyers, &["recent-buyers"]),
        (Self::LastSend, &["last-send", "previous-send"]),
        (Self::Everyone, &["everyone", "everybody"]),
        (Self::Staff, &["staff", "seed", "seeds", "team", "colleagues"]),
        (Self::Other, &["other"]),
    ];

    /// The role that a word names, if it names one: `unsubscribed`, `already_asked`, `Suppression`, `Désabonnés`.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace(['_', ' '], "-");
        Self::WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(role, _)| *role)
    }

    /// The name of a role, as it is written.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(role, _)| *role == self).and_then(|(_, words)| words.first()).copied().unwrap_or("send")
    }

    /// The names of all roles that a list can be given.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::WORDS.iter().filter_map(|(_, words)| words.first().copied())
    }
}
