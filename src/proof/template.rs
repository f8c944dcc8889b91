//! The one form that drafts of every language are brought into: literal pieces, values, conditions, loops.

use super::expression::Expr;
use super::language::Language;
use crate::source::Span;
use crate::tags::Outcome;
use std::ops::Range;

/// A draft, ready to be worked out for any row of one list.
#[derive(Debug, Default)]
pub struct Template {
    /// The texts that a reader sees, subject first.
    pub surfaces: Vec<Surface>,
    /// The fields that the draft looks at.
    pub fields: Vec<Field>,
    /// What it prints, in its order.
    pub prints: Vec<Print>,
    /// Where it divides.
    pub forks: Vec<Fork>,
    /// How many names it sets.
    pub locals: usize,
    /// Different values that are printed: places that print the same thing share one.
    pub slots: usize,
    /// The loop with which the rounds become too many.
    pub endless: Option<Span>,
    /// What is not worked out, and why.
    pub unproofed: Vec<Unproofed>,
}

/// Where a text is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The subject line.
    Subject,
    /// The line behind it in inboxes.
    Preheader,
    /// A body of plain text, or Markdown.
    Text,
    /// A body of HTML.
    Html,
}

impl Part {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Preheader => "preheader",
            Self::Text => "text",
            Self::Html => "HTML",
        }
    }
}

/// One text of the draft.
#[derive(Debug)]
pub struct Surface {
    /// Where it is seen.
    pub part: Part,
    /// The text as written.
    pub span: Span,
    /// What it is made of; ranges count in the source of `span`.
    pub nodes: Vec<Node>,
    /// Its tags as they are read, for the plain engine.
    pub pieces: Vec<super::pieces::Piece>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Text as it stands.
    Text(Range<usize>),
    /// A value, by its place in the template's table.
    Print(usize),
    /// A condition, by its place in the template's table, with what stands in each branch; the last is the one where
    /// no condition holds.
    Fork(usize, Vec<Vec<Node>>),
    /// A name that is set, in the language of its tag.
    Set(usize, Language, Expr),
    /// A loop that counts: the name, from, to, and what is repeated.
    Count(usize, i64, i64, Vec<Node>),
    /// What is not worked out, shown as it stands.
    Unproofed(Range<usize>),
    /// A tag that the platform fills in for everybody: an unsubscribe link.
    System(Range<usize>),
}

/// A field of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path as the draft writes it.
    pub path: String,
    /// Its column in the list.
    pub column: usize,
    /// Whether the draft compares it with numbers.
    pub number: bool,
}

/// Something that is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Print {
    /// What.
    pub expr: Expr,
    /// The language of its tag.
    pub language: Language,
    /// Whether the language escapes it here.
    pub escape: bool,
    /// Where the tag stands.
    pub span: Span,
    /// What it stands in.
    pub place: Place,
    /// What comes out where the field has no value and no fallback.
    pub missing: Outcome,
    /// Its place among the different values.
    pub slot: usize,
}

/// What a printed value stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Text that is read.
    Text,
    /// An alt text or a title.
    Attribute,
    /// The address of a link or a picture, behind its beginning.
    Url,
    /// The whole address, or its beginning.
    UrlStart,
    /// A comment, a style sheet.
    Hidden,
}

/// Where the draft divides.
#[derive(Debug, Clone, PartialEq)]
pub struct Fork {
    /// The tag that opens it.
    pub span: Span,
    /// The language of its conditions.
    pub language: Language,
    /// The conditions, in their order.
    pub conditions: Vec<Expr>,
    /// The tag at which each branch begins; the last is that of the branch where none holds.
    pub starts: Vec<Span>,
    /// Whether the draft writes a branch for those for whom no condition holds.
    pub has_else: bool,
}

/// Something that is not worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproofed {
    /// The tag, or the whole block.
    pub span: Span,
    /// Why, to be said after "because".
    pub why: String,
}
