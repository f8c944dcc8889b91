//! Renders the message of one row, noting which bytes came from which tag.

use super::expression::{Expr, Row};
use super::language::Language;
use super::template::{Node, Part, Print, Template};
use super::value::Value;
use crate::tags::Outcome;
use std::borrow::Cow;
use std::ops::Range;

/// How long one text may become, in bytes, before a template is taken for one that never ends.
pub const LONGEST: usize = 16 * 1024 * 1024;

/// How many rounds the loops of a draft may have together.
pub const MOST_ROUNDS: i64 = 1000;

/// Why a message could not be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stop {
    /// The platform does not send it: a field is missing.
    Withheld,
    /// It becomes too long, or a loop has too many rounds.
    Endless,
    /// The result of a filter or a comparison is not known for these values.
    Unknown,
}

/// One text of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where it is seen.
    pub part: Part,
    /// The text.
    pub text: String,
    /// The bytes that each print became, by its place in the template's table, and behind those the conditions whose
    /// branch is empty.
    pub marks: Vec<(usize, Range<usize>)>,
}

/// The values of one row, and of the names that the draft sets.
#[derive(Debug)]
pub struct Values<'t, 'r> {
    pub(super) template: &'t Template,
    pub(super) cells: Vec<Cow<'r, str>>,
    pub(super) locals: Vec<Value<'static>>,
}

impl<'t, 'r> Values<'t, 'r> {
    /// The values of a row; `cell` gives the text of a column.
    pub fn of(template: &'t Template, cell: impl Fn(usize) -> Cow<'r, str>) -> Self {
        Self {
            template,
            cells: template.fields.iter().map(|field| cell(field.column)).collect(),
            locals: vec![Value::Nil; template.locals],
        }
    }
}

impl<'a> Row<'a> for &'a Values<'_, '_> {
    fn field(&self, field: usize) -> Value<'a> {
        let number = self.template.fields.get(field).is_some_and(|field| field.number);
        self.cells.get(field).map_or(Value::Nil, |cell| Value::of_cell(cell, number))
    }

    fn local(&self, local: usize) -> Value<'a> {
        self.locals.get(local).cloned().unwrap_or(Value::Nil)
    }
}

/// What a print becomes, before escaping.
///
/// # Errors
/// A value that the platform stops at, or one whose result is not known.
pub(super) fn printed<'a>(print: &Print, written: &'a str, values: &'a Values<'_, '_>) -> Result<Cow<'a, str>, Stop> {
    let value = print.expr.value(print.language, &values).ok_or(Stop::Unknown)?;
    if value == Value::Nil && matches!(print.expr, Expr::Field(_)) {
        return match print.missing {
            Outcome::Literal => Ok(Cow::Borrowed(written)),
            Outcome::NoValue => Ok(Cow::Borrowed("<no value>")),
            Outcome::Stops => Err(Stop::Withheld),
            _ => Ok(Cow::Borrowed("")),
        };
    }
    Ok(value.into_text())
}

/// The value without the row, to be kept under a name.
pub(super) fn kept(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Nil => Value::Nil,
        Value::Bool(yes) => Value::Bool(yes),
        Value::Int(number) => Value::Int(number),
        Value::Float(number) => Value::Float(number),
        Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
    }
}

/// Renders every text of a message.
///
/// # Errors
/// Why there is none.
pub fn render(template: &Template, values: &mut Values<'_, '_>) -> Result<Vec<Rendered>, Stop> {
    if template.endless.is_some() {
        return Err(Stop::Endless);
    }
    let mut found = Vec::with_capacity(template.surfaces.len());
    for surface in &template.surfaces {
        let mut work = Work { template, source: surface.span.source.text(), text: String::new(), marks: Vec::new() };
        work.nodes(&surface.nodes, values)?;
        found.push(Rendered { part: surface.part, text: work.text, marks: work.marks });
    }
    Ok(found)
}

struct Work<'t> {
    template: &'t Template,
    source: &'t str,
    text: String,
    marks: Vec<(usize, Range<usize>)>,
}

impl Work<'_> {
    fn nodes(&mut self, nodes: &[Node], values: &mut Values<'_, '_>) -> Result<(), Stop> {
        for node in nodes {
            match node {
                Node::Text(range) | Node::Unproofed(range) | Node::System(range) => {
                    self.text.push_str(self.source.get(range.clone()).unwrap_or_default());
                }
                Node::Print(at) => self.print(*at, values)?,
                Node::Fork(at, branches) => {
                    let branch = branch(self.template, *at, values)?;
                    let start = self.text.len();
                    self.nodes(branches.get(branch).map_or(&[], Vec::as_slice), values)?;
                    // A branch that is empty may leave a hole as an empty value does.
                    if self.text.len() == start && branches.get(branch).is_none_or(Vec::is_empty) {
                        self.marks.push((self.template.prints.len() + at, start..start));
                    }
                }
                Node::Set(local, language, expr) => set(*local, *language, expr, values)?,
                Node::Count(local, from, to, body) => {
                    for number in *from..=*to {
                        if let Some(local) = values.locals.get_mut(*local) {
                            *local = Value::Int(number);
                        }
                        self.nodes(body, values)?;
                    }
                }
            }
            if self.text.len() > LONGEST {
                return Err(Stop::Endless);
            }
        }
        Ok(())
    }

    fn print(&mut self, at: usize, values: &Values<'_, '_>) -> Result<(), Stop> {
        let Some(print) = self.template.prints.get(at) else { return Ok(()) };
        let value = printed(print, print.span.text(), values)?;
        let start = self.text.len();
        if print.escape {
            for c in value.chars() {
                match print.language.escape(c) {
                    Some(written) => self.text.push_str(written),
                    None => self.text.push(c),
                }
            }
        } else {
            self.text.push_str(&value);
        }
        self.marks.push((at, start..self.text.len()));
        Ok(())
    }
}

/// Which branch of a condition is taken.
pub(super) fn branch(template: &Template, fork: usize, values: &Values<'_, '_>) -> Result<usize, Stop> {
    let Some(fork) = template.forks.get(fork) else { return Ok(0) };
    for (at, condition) in fork.conditions.iter().enumerate() {
        if condition.is_true(fork.language, &values).ok_or(Stop::Unknown)? {
            return Ok(at);
        }
    }
    Ok(fork.conditions.len())
}

/// Sets a name.
pub(super) fn set(local: usize, language: Language, expr: &Expr, values: &mut Values<'_, '_>) -> Result<(), Stop> {
    let value = kept(expr.value(language, &&*values).ok_or(Stop::Unknown)?);
    if let Some(place) = values.locals.get_mut(local) {
        *place = value;
    }
    Ok(())
}
