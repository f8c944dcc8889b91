//! A flow: what starts it, whom it lets in, what it does, and what of it could not be understood.

use super::condition::Condition;
use super::delay::{Minutes, Wait, Window};
use super::platform::Platform;
use crate::settings::MessageType;
use crate::source::Span;

/// Whether a flow is at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It lets people in and sends.
    Live,
    /// It lets nobody in: a draft, stopped, archived. The word is the export's own.
    Off(String),
    /// The export does not say, or in a word that is not known.
    Unknown(String),
}

/// What a list, a segment or a tag is to a flow: something that people join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `list`, `segment` or `tag`.
    pub kind: GroupKind,
    /// Its name, or its number where the export has nothing else.
    pub name: String,
    /// The platform's own number for it.
    pub id: Option<String>,
}

/// What people join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKind {
    /// A list.
    List,
    /// A segment: people join it by what is known of them.
    Segment,
    /// A tag.
    Tag,
}

/// What starts a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// Somebody joins.
    Joins(Group),
    /// Something happens: an order, a sign-up; by name.
    Event(String),
    /// A day that is known of each person comes.
    Date(String),
    /// Something that presend does not know, in the export's own words.
    Unknown(String),
}

/// Whether people who come by an import start a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnImport {
    /// They do: the export says so, or the platform's own rule does and was verified.
    Starts,
    /// They do not.
    Silent,
    /// The platform's rule is not verified; it is rehearsed as if they did.
    Presumed,
}

/// Who is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Only people who are in a group, or who are not.
    Member(Group, bool),
    /// Only people who have bought, or who have not.
    Customer(bool),
    /// Only people of whom a column of a list says this.
    Column(Condition),
    /// Only people who did not come by an import.
    NotImported,
    /// One of these at least.
    Any(Vec<Filter>),
    /// A condition that presend cannot decide, in words.
    Unknown(String),
}

/// Whether somebody can start a flow a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reentry {
    /// Once in a life.
    Never,
    /// Whenever it is set off.
    Always,
    /// When so much time has passed since the last time.
    After(Minutes),
    /// The export does not say; it is rehearsed as if they could.
    Unknown,
}

/// A mail that a flow sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What it is called: its subject line, or its name in the platform.
    pub name: String,
    /// The file of its draft, as named.
    pub draft: Option<String>,
    /// The codes that it hands out.
    pub codes: Vec<String>,
    /// Whether it goes out by itself.
    pub live: bool,
    /// Whether the platform leaves it out for people who were mailed shortly before.
    pub capped: bool,
    /// Where it stands.
    pub span: Span,
}

/// One thing that a flow does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Lets time pass.
    Wait(Wait),
    /// Sends a mail.
    Send(Mail),
    /// Adds the person to a group.
    Join(Group),
    /// Takes the person off a group.
    Leave(Group),
    /// Starts another flow, by its name or number.
    Start(String),
    /// Makes something happen that may start flows.
    Raise(String),
    /// Goes one of several ways.
    Split(Vec<Way>),
    /// Ends here unless the filter lets the person pass.
    Pass(Filter),
}

/// Who is in a segment: people join it by what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name and number.
    pub group: Group,
    /// All of this must be true.
    pub all: Vec<Filter>,
    /// Where it stands.
    pub span: Span,
}

/// One way of a split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Who goes it; everybody else who has found none before where it is empty.
    pub filters: Vec<Filter>,
    /// What happens on it.
    pub steps: Vec<Step>,
}

/// What of an export could not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is not rehearsed, in plain words.
    pub what: String,
    /// Why.
    pub why: String,
    /// What a person can do about it.
    pub remedy: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A flow.
#[derive(Debug, Clone)]
pub struct Flow {
    /// What people call it.
    pub name: String,
    /// The platform's own number for it.
    pub id: Option<String>,
    /// Where it was read from.
    pub platform: Platform,
    /// Where its name stands.
    pub span: Span,
    /// Whether it is at work.
    pub state: State,
    /// What kind of mails it sends, where that is known or the name tells.
    pub kind: Option<MessageType>,
    /// What starts it; any of them does.
    pub triggers: Vec<Trigger>,
    /// Whether imports start it.
    pub on_import: OnImport,
    /// Who is let in; all of them must be true.
    pub filters: Vec<Filter>,
    /// Whether somebody can start it again.
    pub reentry: Reentry,
    /// Events older than this do not start it.
    pub age_limit: Option<Minutes>,
    /// No mail of it goes to somebody who has had one within this time.
    pub cap: Option<Minutes>,
    /// The hours in which its mails go out.
    pub window: Option<Window>,
    /// The name of the list of people who have been through it.
    pub been: Option<String>,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// Whether the export does not tell how long all of its pauses are.
    pub is_timeless: bool,
    /// What of it was not understood.
    pub gaps: Vec<Gap>,
}

impl Flow {
    /// A flow of which nothing is known but its name.
    pub(super) fn new(name: impl Into<String>, platform: Platform, span: Span) -> Self {
        Self {
            name: name.into(),
            id: None,
            platform,
            span,
            state: State::Unknown(String::new()),
            kind: None,
            triggers: Vec::new(),
            on_import: platform.on_import(),
            filters: Vec::new(),
            reentry: Reentry::Unknown,
            age_limit: None,
            cap: None,
            window: None,
            been: None,
            steps: Vec::new(),
            is_timeless: false,
            gaps: Vec::new(),
        }
    }

    /// Notes what was not understood.
    pub(super) fn gap(&mut self, what: impl Into<String>, why: impl Into<String>, span: &Span) {
        let gap = Gap { what: what.into(), why: why.into(), remedy: None, span: span.clone() };
        if !self.gaps.contains(&gap) {
            self.gaps.push(gap);
        }
    }

    /// A pause as a step; one that is not understood takes no time, and a gap says so.
    pub(super) fn pause(&mut self, wait: Option<Wait>, span: &Span) -> Vec<Step> {
        if wait.is_none() {
            self.is_timeless = true;
            self.gap(format!("a pause in {}", self.name), "its length is not understood; no time is taken to pass", span);
        }
        wait.map(Step::Wait).into_iter().collect()
    }

    /// Whether it can start anything today, as far as is known.
    pub fn may_run(&self) -> bool {
        !matches!(self.state, State::Off(_))
    }

    /// All its mails, in the order of the file, whichever way they are on.
    pub fn mails(&self) -> Vec<&Mail> {
        let mut mails = Vec::new();
        each_step(&self.steps, &mut |step| {
            if let Step::Send(mail) = step {
                mails.push(mail);
            }
        });
        mails
    }

    /// The kind of its mails: as it was said, or as its name or first subject gives it away.
    pub(super) fn guess_kind(&mut self) {
        let first = self.mails().first().map(|mail| mail.name.clone()).unwrap_or_default();
        self.kind = self.kind.or_else(|| kind_of(&self.name)).or_else(|| kind_of(&first));
    }
}

/// Visits every step, on all ways. Readers bound how deep and how many steps are.
pub(super) fn each_step<'a>(steps: &'a [Step], visit: &mut impl FnMut(&'a Step)) {
    for step in steps {
        visit(step);
        if let Step::Split(ways) = step {
            for way in ways {
                each_step(&way.steps, visit);
            }
        }
    }
}

/// The kind of mails that a name gives away.
fn kind_of(name: &str) -> Option<MessageType> {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["welcome", "willkommen", "bienvenue", "bienvenid", "benvenut", "welkom", "onboarding"])
        && !has(&["welcome back", "win back", "winback"])
    {
        Some(MessageType::Welcome)
    } else if has(&["review", "bewertung", "rate your", "feedback request"]) {
        Some(MessageType::ReviewRequest)
    } else {
        None
    }
}

impl Group {
    /// A group of a kind by name.
    pub fn new(kind: GroupKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), id: None }
    }

    /// A group that is only known by the platform's number.
    pub(super) fn numbered(kind: GroupKind, id: &str) -> Self {
        Self { kind, name: id.to_owned(), id: Some(id.to_owned()) }
    }

    /// Whether a name or number means this group, capitals, blanks and marks aside.
    pub fn is(&self, name: &str) -> bool {
        plain(&self.name) == plain(name) || self.id.as_deref() == Some(name.trim())
    }

    /// Whether two are the same group.
    pub fn same(&self, other: &Self) -> bool {
        self.is(&other.name) || self.id.is_some() && self.id == other.id
    }
}

/// Letters and digits of a name, small.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
