//! A value as a template language sees it, and how it is printed and compared.

use super::language::Language;
use std::borrow::Cow;
use std::cmp::Ordering;

/// What a field, a literal or a filter gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing: an empty cell.
    Nil,
    /// Yes or no, as `true` in a template.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// A cell of a list. One that holds only blanks is empty, as platforms take it on import; `number` says that the
    /// draft compares the field with numbers, so that the platform must hold it as one.
    pub fn of_cell(cell: &'a str, number: bool) -> Self {
        if cell.trim().is_empty() {
            return Self::Nil;
        }
        if number { Self::number(cell.trim()).unwrap_or(Self::Text(cell.into())) } else { Self::Text(cell.into()) }
    }

    /// A number written in figures: `12`, `-3`, `10.50`.
    pub fn number(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        text.parse().map(Self::Int).ok().or_else(|| text.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Float))
    }

    /// What is printed for it.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Nil => Cow::Borrowed(""),
            Self::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Cow::Owned(format!("{number:.1}")),
            Self::Float(number) => Cow::Owned(number.to_string()),
            Self::Text(text) => Cow::Borrowed(text),
        }
    }

    /// The same, without its borrow.
    pub fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            other => Cow::Owned(other.text().into_owned()),
        }
    }

    /// Whether there is nothing to print.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Nil => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    fn as_number(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "points and prices are far below 2^52")]
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// How two values compare; nothing where a language does not compare such two.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Nil, Self::Nil) => Some(Ordering::Equal),
            _ => self.as_number()?.partial_cmp(&other.as_number()?),
        }
    }

    /// Whether a condition that is this value alone holds.
    pub fn is_true(&self, language: Language) -> bool {
        match (self, language) {
            (Self::Nil | Self::Bool(false), _) => false,
            (Self::Bool(true), _) | (_, Language::Liquid) => true,
            (Self::Int(number), _) => *number != 0,
            (Self::Float(number), _) => *number != 0.0,
            (Self::Text(text), _) => !text.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_what_the_platform_holds() {
        assert_eq!(Value::of_cell(" \t", false), Value::Nil);
        assert_eq!(Value::of_cell("10.50", true), Value::Float(10.5));
        assert_eq!(Value::of_cell("10", false), Value::Text("10".into()));
        assert_eq!(Value::of_cell("1,000", true), Value::Text("1,000".into()));
        assert_eq!(Value::Int(3).compare(&Value::Float(2.5)), Some(Ordering::Greater));
        assert_eq!(Value::Text("3".into()).compare(&Value::Int(3)), None);
    }
}
