//! Merge tags: the dialects as data, one tolerant tokenizer, what each tag is and what comes out of it.
//!
//! [`scan`] finds every tag in a text, also broken ones; [`decide`] says whose draft it is; the
//! [`Decision`] then reads each tag ([`Decision::read`]) and pairs the blocks ([`blocks`]).

mod blocks;
mod claim;
mod decide;
mod dialect;
mod dialect_set;
mod dollar;
mod expression;
mod fallback;
mod form;
mod grammar;
mod inside;
mod known_words;
mod markup;
mod meaning;
mod paired;
mod reading;
mod register;
mod scan;
mod single;

pub use blocks::{BlockFault, BlockTrouble, blocks};
pub use decide::{Basis, Decision, decide};
pub use dialect::{Dialect, Grammar, Level, Missing, Outcome, Role, Scope};
pub use dialect_set::Dialects;
pub use form::Form;
pub use reading::{Reading, Standing};
pub use register::{by_name, dialects, is_personal, nearest};
pub use scan::{has_short_brackets, scan, scan_as};

use std::ops::Range;

/// A merge tag, whole or broken, as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its bytes in the text, brackets and all.
    pub range: Range<usize>,
    /// Its brackets.
    pub form: Form,
    /// What stands inside, as a template engine sees it: markup and entities resolved, trimmed.
    pub inside: String,
    /// The dialects whose tag it can be: they read its grammar, and no name in it speaks against them.
    pub dialects: Dialects,
    /// The dialects that would try to read it, whatever the names in it.
    pub readable: Dialects,
    /// The dialects that a name or a turn in it is a sign of; empty if it could be anybody's.
    pub signs: Dialects,
    /// What it does.
    pub kind: Kind,
    /// The field that it prints, as a path without brackets: `first_name`, `contact.FIRSTNAME`.
    pub field: Option<String>,
    /// What it prints in place of a missing value.
    pub fallback: Fallback,
    /// The filters that it applies, by name.
    pub filters: Vec<String>,
    /// Whether it prints its value without escaping.
    pub raw: bool,
    /// What it stands in.
    pub place: Place,
    /// Whether it stands in a loop or a section, where names are those of the items, not of the person.
    pub in_loop: bool,
    /// What is wrong with its writing, in any dialect.
    pub fault: Option<Fault>,
}

/// What a tag does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Prints a value.
    Print,
    /// Opens a block, such as `if`; the name is what the closer must repeat.
    Open(String),
    /// Divides a block: `else`.
    Middle,
    /// Closes a block. The name is empty where one closer fits every block (`{{ end }}`).
    Close(String),
    /// Has a fixed meaning on some platform; [`Reading::role`] says whether on the draft's.
    System(Role),
    /// Prints nothing and does nothing.
    Comment,
    /// Runs statements; blocks may begin and end inside it.
    Code,
}

/// What a tag prints in place of a missing value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fallback {
    /// It has none.
    None,
    /// It has one without any text: nothing is printed.
    Empty,
    /// A text. For an expression in place of a text, the expression.
    Text(String),
    /// It looks like one and is something else: a format, an encoding, a word left over from a sample.
    NotAFallback(String),
}

/// What a tag stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Running text, or any text that is not HTML.
    Text,
    /// An HTML tag: an attribute, nearly always.
    Attribute,
    /// An HTML comment, though not one that Outlook reads.
    Comment,
    /// A style sheet or a script.
    Style,
    /// A code sample: `<code>`, `<pre>`, or between backticks.
    Sample,
}

/// What is wrong with the writing of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is never closed.
    CloserMissing,
    /// It is closed with the wrong characters.
    CloserBroken,
    /// A brace stands behind it that nothing opened: `{{name}}}`.
    OneTooMany,
    /// It is opened with the wrong characters.
    OpenerBroken,
    /// Curly quotation marks, which no engine takes for quotation marks.
    SmartQuotes,
    /// An HTML tag stands inside.
    Markup,
    /// A character is written as an HTML entity inside.
    Entity,
    /// Nothing stands inside.
    Empty,
    /// Its brackets are percent-encoded: `%7B%7Bname%7D%7D`.
    PercentEncoded,
    /// Capitals matter here; the right spelling, if it is known.
    WrongCase(Option<String>),
    /// A space stands where this dialect allows none.
    Spaces,
    /// The platform has no such name; the one that is meant.
    Misnamed(String),
    /// The name lacks the scope that this dialect wants, such as `subscriber.`.
    NoScope(String),
    /// The dialect knows the name but cannot read how it is used.
    Unreadable,
}

impl Fault {
    /// Said to people, after "this tag …".
    pub fn describe(&self) -> String {
        match self {
            Self::CloserMissing => "is never closed".into(),
            Self::CloserBroken => "is closed with the wrong characters".into(),
            Self::OneTooMany => "has a brace too many at its end, which readers see".into(),
            Self::OpenerBroken => "is opened with the wrong characters".into(),
            Self::SmartQuotes => "has curly quotation marks inside; only straight ones work".into(),
            Self::Markup => "is broken by formatting inside it".into(),
            Self::Entity => "has an HTML entity inside".into(),
            Self::Empty => "is empty".into(),
            Self::PercentEncoded => "is percent-encoded, so the platform does not see it".into(),
            Self::WrongCase(None) => "is written with the wrong capitals".into(),
            Self::WrongCase(Some(right)) => format!("is written with the wrong capitals; the name is “{right}”"),
            Self::Spaces => "has a space where none may be".into(),
            Self::Misnamed(right) => format!("has a name that the platform does not know; “{right}” is meant"),
            Self::NoScope(scope) => format!("lacks “{scope}” before its name"),
            Self::Unreadable => "is written in a way that the platform cannot read".into(),
        }
    }
}
