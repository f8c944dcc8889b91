//! `[[approval]]`: a draft that somebody has signed off, by the SHA-256 of its bytes.

use super::gate::{date, said};
use crate::error::Error;
use crate::source::{Source, Span};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use toml::{Spanned, Value};

/// An `[[approval]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ApprovalEntry {
    /// The draft, as a path from the folder of `presend.toml`.
    pub draft: Spanned<String>,
    /// The SHA-256 of its bytes, as reports, `presend approve` and `sha256sum` have it.
    pub sha256: Spanned<String>,
    /// Who signed it off.
    pub by: Spanned<String>,
    /// On which day.
    pub on: Spanned<Value>,
    /// A copy of the version that was signed off, from which reports tell what has changed since.
    pub copy: Option<String>,
}

/// A draft that somebody has signed off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The draft, as a path from the folder of the settings.
    pub draft: String,
    /// The SHA-256 of its bytes, lower case.
    pub sha256: String,
    /// Who signed it off.
    pub by: String,
    /// On which day.
    pub on: Date,
    /// A copy of that version, as a path from the folder of the settings.
    pub copy: Option<String>,
    /// Where it is written.
    pub place: Span,
}

impl ApprovalEntry {
    /// Whether it is about a draft, named by its path from the folder of the settings.
    pub fn is_of(&self, key: &str) -> bool {
        plain(self.draft.get_ref()) == key
    }

    /// The sign-off that is meant.
    ///
    /// # Errors
    /// No name, something that is no SHA-256, something that is no day.
    pub fn approval(&self, source: &Arc<Source>) -> Result<Approval, Error> {
        let sha256 = self.sha256.get_ref().trim().to_lowercase();
        let sha256 = sha256.strip_prefix("sha256:").unwrap_or(&sha256).to_owned();
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::at(&source.span(self.sha256.span()), "this is not a SHA-256, which has 64 digits from 0 to f")
                .help("copy it from the report, or let presend write it: presend approve DRAFT --by NAME"));
        }
        let on = date(self.on.get_ref())
            .ok_or_else(|| Error::at(&source.span(self.on.span()), "this is not a day").help("write it as on = 2027-01-31"))?;
        Ok(Approval {
            draft: plain(self.draft.get_ref()).to_owned(),
            sha256,
            by: said(&self.by, source, "an approval needs the name of whoever gave it")?,
            on,
            copy: self.copy.clone(),
            place: source.span(self.sha256.span()),
        })
    }
}

fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}
