//! What could not be done, where, and what to do about it: faults of an input file, never of the mail.

use crate::source::{Place, Span};
use std::fmt;

/// A fault in an input or in how the program was called. The run ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    message: String,
    at: At,
    help: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    Nowhere,
    File(String),
    Place(Place),
}

impl Error {
    /// A fault that stands in no file.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Parts { message: message.into(), at: At::Nowhere, help: None }))
    }

    /// A fault of a whole file.
    pub fn in_file(path: impl Into<String>, message: impl Into<String>) -> Self {
        let mut error = Self::new(message);
        error.0.at = At::File(path.into());
        error
    }

    /// A fault at a line and column of a file; both count from 1.
    pub fn at_line(path: impl Into<String>, line: usize, column: usize, message: impl Into<String>) -> Self {
        let mut error = Self::new(message);
        error.0.at = At::Place(Place { path: path.into(), line, column, end_line: line, end_column: column });
        error
    }

    /// A fault at a span of a source.
    pub fn at(span: &Span, message: impl Into<String>) -> Self {
        let mut error = Self::new(message);
        error.0.at = At::Place(span.place());
        error
    }

    /// Adds what the person can do about it, as an imperative sentence.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do.
    pub fn remedy(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// `file:line:column`, `file`, or nothing.
    pub fn place(&self) -> Option<String> {
        match &self.0.at {
            At::Nowhere => None,
            At::File(path) => Some(path.clone()),
            At::Place(place) => Some(place.to_string()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.0.message)?;
        match &self.0.help {
            Some(help) => write!(f, "\n  what to do: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
