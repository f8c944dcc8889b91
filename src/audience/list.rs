//! A list as it is handed in: its name, its role, and how to read it.

use super::sieve::Sieve;
use crate::settings::Role;
use jiff::civil::Date;
use std::fmt;
use std::io::{self, Cursor, Read, Seek};
use std::sync::{Arc, OnceLock};

/// The bytes of a list. Where it cannot be sought in, it is read from its beginning.
pub trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

/// Opens a list anew; lists are read once to be counted and once more for examples.
type Open = dyn Fn() -> io::Result<Box<dyn Input>> + Send + Sync;

/// One list. Reading it needs no file: whoever makes the value says how its bytes are come by.
#[derive(Clone)]
pub struct List {
    /// What people call it: `customers`.
    pub name: String,
    /// The file as the person named it, for messages.
    pub path: String,
    /// Who stands on it.
    pub role: Role,
    /// The name of the address column, where the person said it.
    pub column: Option<String>,
    /// The domains of competitors, in lower case.
    pub competitors: Arc<[String]>,
    /// The day of which it is, where its name says one.
    pub day: Option<Date>,
    pub(super) sieve: Option<Sieve>,
    /// The fields of its objects, where it is in JSON, once they are known: it takes all of it to know them.
    pub(super) fields: Arc<OnceLock<Arc<[String]>>>,
    open: Arc<Open>,
}

impl List {
    /// A list that is opened by `open`, possibly more than once, and each time from its beginning.
    pub fn new(
        name: impl Into<String>,
        path: impl Into<String>,
        role: Role,
        open: impl Fn() -> io::Result<Box<dyn Input>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            role,
            column: None,
            competitors: Arc::default(),
            day: None,
            sieve: None,
            fields: Arc::default(),
            open: Arc::new(open),
        }
    }

    /// A list whose bytes are at hand.
    pub fn from_bytes(name: impl Into<String>, path: impl Into<String>, role: Role, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self::new(name, path, role, move || Ok(Box::new(Cursor::new(Arc::clone(&bytes)))))
    }

    /// Says which column holds the addresses.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>) -> Self {
        self.column = Some(name.into());
        self
    }

    /// Says which domains are competitors'.
    #[must_use]
    pub fn competitors(mut self, domains: &[String]) -> Self {
        self.competitors = domains.into();
        self
    }

    /// Says of which day it is.
    #[must_use]
    pub fn of_day(mut self, day: Option<Date>) -> Self {
        self.day = day;
        self
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn Input>> {
        (self.open)()
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("name", &self.name).field("path", &self.path).field("role", &self.role).finish_non_exhaustive()
    }
}
