//! What is at hand beside the draft; each part may be missing, and then what needs it is not checked.

use crate::approval::Approved;
use crate::audience::Audience;
use crate::coupons::Coupons;
use crate::links::Links;
use crate::proof::Proof;
use crate::rule::{Need, Sibling};
use crate::settings::Role;
use crate::spelling::Spelling;

/// A shop that could not be asked for its coupons, or gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// Which shop.
    pub shop: String,
    /// Why not, in words that hold no token.
    pub why: String,
    /// What the person can do.
    pub remedy: String,
}

/// Audience, coupons and the answers of the web.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The send list and the other lists.
    pub audience: Option<&'a Audience>,
    /// The coupon list.
    pub coupons: Option<&'a Coupons>,
    /// The shops whose coupons are missing; with any, a code that is not in the list may be there nevertheless.
    pub unanswered: &'a [Unanswered],
    /// What the web said about the links.
    pub links: Option<&'a Links>,
    /// The other variants and languages of the same mail, in the order of the settings file.
    pub siblings: &'a [Sibling<'a>],
    /// The draft against every row of the send list.
    pub proof: Option<&'a Proof>,
    /// The sign-off of the draft.
    pub approved: Option<&'a Approved>,
    /// The words of the mail's language.
    pub spelling: Spelling<'a>,
}

impl Evidence<'_> {
    /// Whether a part is at hand.
    pub fn has(&self, need: Need) -> bool {
        match need {
            // What the brief says is no evidence; whoever asks for it asks the settings.
            Need::Size
            | Need::Fields
            | Need::Group
            | Need::Rehearsal
            | Need::Dictionary
            | Need::Footer
            | Need::Language
            | Need::OwnSites => false,
            Need::Links => self.links.is_some(),
            Need::Audience => self.audience.is_some_and(|audience| audience.has(Role::Send)),
            Need::Rows => {
                self.audience.is_some_and(|audience| !audience.lists.iter().any(|list| list.role == Role::Send && list.in_warehouse))
            }
            Need::List(role) => self.audience.is_some_and(|audience| audience.has(role)),
            Need::Coupons => self.coupons.is_some(),
        }
    }
}
