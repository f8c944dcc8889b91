//! What comes back from an engine: columns and rows of plain values.

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; every one has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column as the engine describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name.
    pub name: String,
    /// Of what kind its values are.
    pub kind: Kind,
    /// Its type in the engine's words.
    pub type_name: String,
}

/// Kinds of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// Numbers, days, yes and no: one value that can be written as text.
    Scalar,
    /// Bytes, lists and the like.
    Bytes,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// None.
    Null,
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
}

impl Cell {
    /// The number, if it is one.
    pub(super) fn number(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}
