//! Who sets out, and what is told of the way: flows that started or did not, and mails.

use jiff::Zoned;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody, before anything happens.
#[derive(Debug, Clone, Default)]
pub(in crate::flows) struct Traveller {
    /// The lists on which they stand, of the plan and of its changes.
    pub(in crate::flows) lists: u64,
    /// For each change that imports events: how many of theirs there are, by age.
    pub(in crate::flows) events: Vec<Events>,
    /// Whether they meet a condition by a list on which they stand; by list and condition.
    pub(in crate::flows) columns: BTreeMap<(usize, usize), bool>,
}

/// The events of one person in one import.
#[derive(Debug, Clone, Default)]
pub(in crate::flows) struct Events {
    /// All of them.
    pub(in crate::flows) all: u32,
    /// Those without a date.
    pub(in crate::flows) undated: u32,
    /// Those that are not old news.
    pub(in crate::flows) fresh: u32,
    /// For each age limit in use: its minutes, and how many are within it.
    pub(in crate::flows) within: Vec<(i64, u32)>,
}

/// What made a flow start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A change, by its number in the plan.
    Change(usize),
    /// Another flow, by its index.
    Flow(usize),
}

/// Why a flow did not start for somebody for whom it was set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// They were in the group before.
    AlreadyIn,
    /// Imports do not start it.
    Import,
    /// A filter keeps them out.
    Filter,
    /// They have been through it, and it lets nobody in again.
    Again,
    /// The event is older than it allows.
    TooOld,
    /// It is switched off.
    Off,
}

/// A flow that started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::flows) struct Start {
    pub(in crate::flows) flow: usize,
    pub(in crate::flows) cause: Cause,
    /// Whether nothing was in the way that could not be decided.
    pub(in crate::flows) certain: bool,
    /// Whether an event that is old news started it.
    pub(in crate::flows) old: bool,
}

/// Who sends a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sender {
    /// A flow, and the number of the mail in it.
    Flow(usize, usize),
    /// A campaign of the calendar.
    Campaign(usize),
}

/// A mail that goes out, or would without the rest between two mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::flows) struct Sent {
    pub(in crate::flows) sender: Sender,
    pub(in crate::flows) at: Zoned,
    pub(in crate::flows) certain: bool,
    pub(in crate::flows) skipped: bool,
    /// Whether it goes out because of an event that is old news.
    pub(in crate::flows) old: bool,
}

/// All that happens to one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::flows) struct Journey {
    pub(in crate::flows) starts: Vec<Start>,
    pub(in crate::flows) mails: Vec<Sent>,
    pub(in crate::flows) held: BTreeMap<(usize, Held), u64>,
    /// Flows that set themselves off again, directly or by others.
    pub(in crate::flows) looped: BTreeSet<usize>,
    /// Whether it was given up before its end.
    pub(in crate::flows) cut: bool,
}
