//! What a rule is: a value with a name, a severity, a page and one function whose signature says what it needs.

mod context;

pub use context::Context;

use crate::approval::Approved;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};
use crate::flows::Rehearsal;
use crate::links::Links;
use crate::message::Message;
use crate::proof::Proof;
use crate::settings::{Expectation, Expected, MessageType, Role, Settings, Waiver};
use crate::spelling::Dictionary;
use jiff::civil::Date;

/// Another draft that is the same mail: an A/B variant of it, or the mail in another language.
#[derive(Debug, Clone, Copy)]
pub struct Sibling<'a> {
    /// What it is called: "variant B", "de".
    pub label: &'a str,
    /// Whether it stands before this draft in the settings file. A rule that compares two drafts says what it finds at the
    /// later one, so that it is said once.
    pub before: bool,
    /// Whether it is another language; an A/B variant in the same language otherwise.
    pub translated: bool,
    /// The draft.
    pub message: &'a Message,
    /// What was noticed in it.
    pub facts: &'a Facts,
}

/// What a rule may need beside the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// The send list.
    Audience,
    /// A list of people of this role, to compare the send list with.
    List(Role),
    /// The rows of the send list: it may stand in a warehouse, from which only counts come.
    Rows,
    /// How many people are meant to get it.
    Size,
    /// The fields that people have: the columns of the send list, or those that the brief names.
    Fields,
    /// The coupon list.
    Coupons,
    /// A list of the people who are entitled to a code, named after their customer group.
    Group,
    /// What the web said about the links.
    Links,
    /// A plan that can be rehearsed.
    Rehearsal,
    /// The words of the mail's language.
    Dictionary,
    /// The mail as it goes out: to this draft, the platform may add a footer.
    Footer,
    /// A mail in a language that presend reads.
    Language,
    /// The sender's own domains.
    OwnSites,
}

/// The merge fields that people have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// Their names, as written.
    pub names: Vec<String>,
    /// Whether these are all: the brief says so; the columns of a list may not be.
    pub complete: bool,
    /// Where they are from, to go before "not have": "send list does", "brief does".
    pub source: &'static str,
}

/// How the exceptions of a settings file fared in a run.
#[derive(Debug, Clone)]
pub struct Exceptions {
    /// The day of the run.
    pub today: Date,
    /// Its waivers.
    pub waivers: Vec<WaiverUse>,
    /// Its mistakes on purpose.
    pub expected: Vec<ExpectedUse>,
}

/// How often a waiver was used.
#[derive(Debug, Clone)]
pub struct WaiverUse {
    /// The waiver.
    pub waiver: Waiver,
    /// How many findings it let pass.
    pub used: usize,
    /// Whether the run has looked at all that it could have been used for.
    pub judged: bool,
}

/// Whether a mistake on purpose was found.
#[derive(Debug, Clone)]
pub struct ExpectedUse {
    /// The expectation.
    pub expectation: Expectation,
    /// The drafts that should have it and do not.
    pub missing_in: Vec<String>,
    /// Whether there is no such draft.
    pub no_draft: bool,
}

/// For which mails a rule about people is meant, and with whom it compares the send list.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The kinds of mail; empty for all.
    pub kinds: &'static [MessageType],
    /// The roles, of which one list at least must be at hand.
    pub roles: &'static [Role],
}

/// A rule's function; its signature says what it needs beside the draft.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Looks at the draft alone.
    Draft(fn(&Context<'_>) -> Vec<Finding>),
    /// Looks at the draft alone, and says what is missing where the draft does not tell.
    Telling(fn(&Context<'_>) -> Result<Vec<Finding>, Need>),
    /// Looks at the draft alone, and only where no send list is at hand: a list would tell what is guessed here.
    Unlisted(fn(&Context<'_>) -> Vec<Finding>),
    /// Looks at what the web said, too.
    Links(fn(&Context<'_>, &Links) -> Vec<Finding>),
    /// Looks at pictures: those inside the mail, and where the web was asked, those on it.
    Pictures(fn(&Context<'_>, Option<&Links>) -> Vec<Finding>),
    /// Compares the draft with its A/B variants and translations; does not run where there are none.
    Siblings(fn(&Context<'_>, &[Sibling<'_>]) -> Vec<Finding>),
    /// Looks at the coupon list, too.
    Coupons(fn(&Context<'_>, &Coupons) -> Vec<Finding>),
    /// Looks at the coupon list, too, and concludes from what is not in it: no part of it may be missing.
    AllCoupons(fn(&Context<'_>, &Coupons) -> Vec<Finding>),
    /// Compares the draft with its A/B variants and translations and, if there is one, with the coupon list.
    Variants(fn(&Context<'_>, &[Sibling<'_>], Option<&Coupons>) -> Vec<Finding>),
    /// Looks at the fields that people have, too.
    Fields(fn(&Context<'_>, &Fields) -> Vec<Finding>),
    /// Looks at the send list, too.
    Audience(fn(&Context<'_>, &Audience) -> Vec<Finding>),
    /// Looks at single rows of the send list, and at values that are too many to be counted.
    Rows(fn(&Context<'_>, &Audience) -> Vec<Finding>),
    /// Looks at the message that every row of the send list gets.
    Proof(fn(&Context<'_>, &Proof) -> Vec<Finding>),
    /// Looks at the send list where the brief asks for it, or the lists can tell; the first function says whether.
    Asked(fn(&Settings, Option<&Audience>) -> bool, fn(&Context<'_>, &Audience) -> Vec<Finding>),
    /// Looks at the send list and at the size that it is meant to have.
    Size(fn(&Context<'_>, &Audience, &Expected) -> Vec<Finding>),
    /// Compares the send list with other lists.
    Overlap(Scope, fn(&Context<'_>, &Audience) -> Vec<Finding>),
    /// Looks at the coupon list and at the send list; with roles in its scope, at other lists too.
    Offers(Scope, fn(&Context<'_>, &Coupons, &Audience) -> Vec<Finding>),
    /// Looks, where the mail has a code for first orders, at the customers on the send list.
    FirstOrders(fn(&Context<'_>, &Coupons, &Audience) -> Vec<Finding>),
    /// Compares the send list with the lists of people who are entitled to the codes.
    Entitled(fn(&Context<'_>, &Coupons, &Audience) -> Vec<Finding>),
    /// Looks words up.
    Words(fn(&Context<'_>, &Dictionary) -> Vec<Finding>),
    /// Looks at no draft, but at what a planned change would set off.
    Rehearsal(fn(&Rehearsal) -> Vec<Finding>),
    /// Looks at what somebody signed off; does not run where nobody has.
    Approved(fn(&Context<'_>, &Approved) -> Vec<Finding>),
    /// Looks, once all drafts are checked, at what `presend.toml` lets pass.
    Exceptions(fn(&Exceptions) -> Vec<Finding>),
}

impl Check {
    /// What must be at hand for the rule to run.
    pub fn needs(self) -> Vec<Need> {
        let list = |scope: Scope| scope.roles.first().map(|role| Need::List(*role));
        match self {
            Self::Draft(_)
            | Self::Telling(_)
            | Self::Unlisted(_)
            | Self::Siblings(_)
            | Self::Variants(_)
            | Self::Approved(_)
            | Self::Exceptions(_) => Vec::new(),
            Self::Links(_) | Self::Pictures(_) => vec![Need::Links],
            Self::Coupons(_) | Self::AllCoupons(_) => vec![Need::Coupons],
            Self::Fields(_) => vec![Need::Fields],
            Self::Audience(_) | Self::Rows(_) | Self::Proof(_) | Self::Asked(..) => vec![Need::Audience],
            Self::Size(_) => vec![Need::Audience, Need::Size],
            Self::Overlap(scope, _) => [Need::Audience].into_iter().chain(list(scope)).collect(),
            Self::Offers(scope, _) => [Need::Coupons, Need::Audience].into_iter().chain(list(scope)).collect(),
            Self::FirstOrders(_) => vec![Need::Coupons, Need::Audience, Need::List(Role::Customers)],
            Self::Rehearsal(_) => vec![Need::Rehearsal],
            Self::Words(_) => vec![Need::Dictionary],
            Self::Entitled(_) => vec![Need::Coupons, Need::Audience, Need::Group],
        }
    }

    /// Which mails and people it is meant for, if not all.
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::Overlap(scope, _) | Self::Offers(scope, _) => Some(scope),
            _ => None,
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
    /// The flow can be switched off, and who waits in it can be taken out.
    StopFlow,
}

impl Repair {
    /// The same in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Nothing => "nothing in the mail can be changed; a short, honest correction can be sent",
            Self::Redirect => "the page behind the address can be put up, or the address be made to lead elsewhere, if its server is yours",
            Self::SwapImage => "if the picture is on your server, put the right file under the same address",
            Self::ChangeShop => "the shop can still be changed: switch the code on, lengthen it or raise its limit",
            Self::StopFlow => "switch the flow off and take out who waits in it; who has got a mail, has got it",
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
