//! What a rule is: a value with a name, a severity, a page and one function whose signature says what it needs.

use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};
use crate::links::Links;
use crate::message::Message;
use crate::settings::Settings;
use crate::source::Span;
use jiff::Zoned;

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
    /// The place for a finding about the send as a whole: the subject line, or the beginning of the draft.
    pub fn headline(&self) -> Span {
        self.message.subject().cloned().unwrap_or_else(|| {
            let body = self.message.bodies.first().map_or(&self.message.source, |body| body.source());
            self.facts.copy().next().map_or_else(|| body.span(0..0), crate::facts::Passage::whole)
        })
    }
}

/// What a rule may need beside the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// What the web said about the links.
    Links,
    /// The send list and the other lists.
    Audience,
    /// The coupon list.
    Coupons,
}

/// A rule's function; its signature says what it needs beside the draft.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Looks at the draft alone.
    Draft(fn(&Context<'_>) -> Vec<Finding>),
    /// Looks at what the web said, too.
    Links(fn(&Context<'_>, &Links) -> Vec<Finding>),
    /// Looks at the people, too.
    Audience(fn(&Context<'_>, &Audience) -> Vec<Finding>),
    /// Looks at the coupon list, too.
    Coupons(fn(&Context<'_>, &Coupons) -> Vec<Finding>),
    /// Looks at the coupon list and at the people, too.
    Offers(fn(&Context<'_>, &Coupons, &Audience) -> Vec<Finding>),
}

impl Check {
    /// What must be at hand for the rule to run.
    pub fn needs(self) -> &'static [Need] {
        match self {
            Self::Draft(_) => &[],
            Self::Links(_) => &[Need::Links],
            Self::Audience(_) => &[Need::Audience],
            Self::Coupons(_) => &[Need::Coupons],
            Self::Offers(_) => &[Need::Coupons, Need::Audience],
        }
    }
}

/// What can still be done once the mail has gone out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Nothing in the mail; only another mail can correct it.
    Nothing,
    /// The address can be made to work, or lead elsewhere, on the server behind it.
    Redirect,
    /// The hosted picture can be swapped under the same address.
    SwapImage,
    /// The shop can still be changed: switch the code on, lengthen it, raise its limit.
    ChangeShop,
    /// Nothing reaches people's inboxes back; who has not got it yet can still be spared.
    StopSending,
}

impl Repair {
    /// The same in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Nothing => "nothing in the mail can be changed; a short, honest correction can be sent",
            Self::Redirect => "the page behind the address can be put up, or the address be made to lead elsewhere, if its server is yours",
            Self::SwapImage => "if the picture is on your server, put the right file under the same address",
            Self::ChangeShop => "the shop can still be changed: switch the code on, lengthen it or raise its limit",
            Self::StopSending => "stop the send if it is still running; who has got it, has got it",
        }
    }
}

/// One rule: one name, one meaning, one default severity, one piece of advice.
#[derive(Debug)]
pub struct Rule {
    /// Names the fault, never the cure; equals the stem of its files, with hyphens.
    pub name: &'static str,
    /// How bad it is, unless the user says otherwise.
    pub severity: Severity,
    /// Half a line, no full stop.
    pub summary: &'static str,
    /// What can still be done once it is sent.
    pub repair: Repair,
    /// The page: why it matters, with examples that are its tests.
    pub page: &'static str,
    /// How it is found.
    pub check: Check,
}
