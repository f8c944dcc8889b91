//! What somebody is about to do: the changes, the calendar around them, and what they mean to set off.

mod reading;

use super::delay::Minutes;
use crate::coupons::Money;
use crate::settings::{Level, Role};
use crate::source::{Source, Span};
use jiff::Zoned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A plan: from a file, or from the command line.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file, or what was typed.
    pub source: Arc<Source>,
    /// When it is done.
    pub at: Zoned,
    /// For how many days after it mails are counted for each person.
    pub days: i64,
    /// More mails than these within those days are too many for one person.
    pub most_mails: u64,
    /// An event older than this is old news.
    pub old_after: Minutes,
    /// The platform's own rest between two mails, for mails that heed it.
    pub smart_sending: Option<Minutes>,
    /// What an order is worth on average.
    pub order_value: Option<Money>,
    /// Files of flows.
    pub flows: Vec<File>,
    /// Files of coupons.
    pub coupons: Vec<File>,
    /// Lists that are at hand: people by role, and the people of groups.
    pub lists: Vec<PlanList>,
    /// Names for the platform's numbers.
    pub names: Vec<(String, String)>,
    /// For flows the lists of people who have been through them.
    pub been: Vec<(String, String)>,
    /// Drafts of mails, by the mail's name.
    pub drafts: Vec<(String, File)>,
    /// What is done.
    pub changes: Vec<Change>,
    /// Campaigns of the days around it.
    pub campaigns: Vec<Campaign>,
    /// What is meant to happen.
    pub expected: Vec<Expected>,
    /// Severities by rule name.
    pub levels: BTreeMap<String, Level>,
}

/// A file as it was named.
#[derive(Debug, Clone)]
pub struct File {
    /// The path; of a plan it counts from the plan's folder.
    pub path: String,
    /// Where it was named.
    pub span: Span,
}

/// A list that is at hand.
#[derive(Debug, Clone)]
pub struct PlanList {
    /// Its name: a role's, or that of a group.
    pub name: String,
    /// Who stands on it.
    pub role: Role,
    /// Its file.
    pub file: File,
    /// The column with the addresses, where it was said.
    pub column: Option<String>,
}

/// One thing that is done.
#[derive(Debug, Clone)]
pub struct Change {
    /// What.
    pub act: Act,
    /// The people, or the events.
    pub file: File,
    /// The column with the addresses, where it was said.
    pub column: Option<String>,
    /// When.
    pub at: Zoned,
    /// Whether people who said no are subscribed again by it.
    pub resubscribe: bool,
    /// Whether it is an import; a sign-up form or a call of the platform's interface is none.
    pub is_import: bool,
    /// Whether the platform was told to start no flow for it: flows unticked, or a historical import.
    pub silent: bool,
    /// Where it stands in the plan.
    pub span: Span,
}

/// What is done with the people of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// They are added to a group, and taken off another where they are moved.
    Add {
        /// The group.
        into: String,
        /// The group that they leave.
        from: Option<String>,
    },
    /// Each row is an event.
    Import {
        /// The event's name.
        event: String,
        /// The column with its date, where it was said.
        date: Option<String>,
    },
}

/// A campaign of the calendar.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// When it goes out.
    pub at: Zoned,
    /// The groups that get it.
    pub to: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// What is meant to happen with one flow.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The flow, by name or number.
    pub flow: String,
    /// For how many people it starts.
    pub people: u64,
    /// How many of them are customers already.
    pub customers: Option<u64>,
    /// How many of them have been through it, or have had its like.
    pub repeated: Option<u64>,
    /// How many events older than [`Plan::old_after`] are meant to start it.
    pub old_events: Option<u64>,
    /// Where it stands.
    pub span: Span,
}

impl Plan {
    /// What is expected of a flow.
    pub fn expects(&self, name: &str, id: Option<&str>) -> Option<&Expected> {
        self.expected
            .iter()
            .find(|expected| super::flow::plain(&expected.flow) == super::flow::plain(name) || id == Some(expected.flow.trim()))
    }

    /// Until when mails are counted.
    pub fn until(&self) -> Zoned {
        use jiff::ToSpan;
        self.at.checked_add(self.days.days()).unwrap_or_else(|_| self.at.clone())
    }
}
