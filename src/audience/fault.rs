//! What stopped a list from being read, in words that lead to a remedy.

use super::recode::BadText;
use crate::error::Error;
use std::io;

/// What stopped a list from being read to its end.
#[derive(Debug)]
pub(crate) enum ReadFault {
    Io(io::Error),
    /// A quote that is never closed, or in the wrong place.
    Quote {
        line: u64,
        column: usize,
    },
    LongRow {
        line: u64,
    },
    /// Not a workbook, or not one that is a list.
    Workbook {
        message: String,
    },
    /// Not one JSON object after the other.
    Json {
        line: u64,
        message: String,
    },
    /// A JSON array without its end.
    CutOff {
        line: u64,
    },
}

impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl ReadFault {
    pub(crate) fn in_list(self, path: &str) -> Error {
        let at = |line: u64| usize::try_from(line).unwrap_or(usize::MAX);
        match self {
            Self::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<BadText>()) {
                Some(BadText { line }) => {
                    Error::at_line(path, at(*line), 1, "this text is damaged: it began as UTF-16 and is not any more")
                        .help("export the list again as CSV in UTF-8")
                }
                None => Error::in_file(path, format!("this list could not be read to its end: {error}")),
            },
            Self::Quote { line, column } => Error::at_line(
                path,
                at(line),
                column,
                "a quoted cell begins here and is never properly closed, so the rows after it cannot be told apart",
            )
            .help("remove the stray double quote or double it (\"\"), or export the list again"),
            Self::LongRow { line } => Error::at_line(path, at(line), 1, "this row is longer than 64 MB, so this is not a list of people")
                .help("export the list as CSV, with one person a line"),
            Self::Workbook { message } => Error::in_file(path, message)
                .help("save the people as CSV (UTF-8); unpack an archive and give the right list of those inside"),
            Self::Json { line, message } => Error::at_line(path, at(line), 1, format!("this is not a list in JSON: {message}"))
                .help("a JSON list is an array of objects, or one object a line, each of them one person"),
            Self::CutOff { line } => {
                Error::at_line(path, at(line), 1, "this list in JSON ends before its array does, so people may be missing")
                    .help("export it again, or fetch it again in full")
            }
        }
    }
}
