//! Which column of a list a field of the draft is.

use crate::audience::Export;
use crate::audience::rows::Header;

/// The columns of a list.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    names: Vec<String>,
    plain: Vec<String>,
    export: Export,
}

/// Words by which platforms call the first, the last and the whole name and the address, as `plain` leaves them.
const FIRST: [&str; 8] = ["firstname", "fname", "givenname", "first", "vorname", "prenom", "forename", "subscriberfirstname"];
const LAST: [&str; 6] = ["lastname", "lname", "surname", "familyname", "last", "nachname"];
const WHOLE: [&str; 4] = ["name", "fullname", "displayname", "contactname"];
const ADDRESS: [&str; 4] = ["email", "emailaddress", "mail", "recipient"];

/// Names of a column that says which salutation a person wants, as `plain` leaves them.
const GENDER: [&str; 12] =
    ["gender", "sex", "geschlecht", "salutation", "anrede", "title", "civilite", "civilité", "genre", "genero", "género", "sesso"];

/// A name without capitals, blanks and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Columns {
    /// The columns of a list that has been opened.
    pub fn of(header: &Header) -> Self {
        Self::named(header.names.clone(), header.export.clone())
    }

    /// Columns of these names, the export saying what each means.
    pub fn named(names: Vec<String>, export: Export) -> Self {
        Self { plain: names.iter().map(|name| plain(name)).collect(), names, export }
    }

    /// The name of a column.
    pub fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The column that a field's path names: one of its last name, or the one that has its meaning.
    pub fn find(&self, path: &str) -> Option<usize> {
        let last = plain(path.rsplit(['.', '=', ':']).next().unwrap_or(path));
        if last.is_empty() {
            return None;
        }
        let by_name = self.plain.iter().position(|name| *name == last);
        by_name.or_else(|| match last.as_str() {
            word if FIRST.contains(&word) => self.export.first_name,
            word if LAST.contains(&word) => self.export.last_name,
            word if WHOLE.contains(&word) => self.export.full_name,
            word if ADDRESS.contains(&word) => Some(self.export.address),
            _ => None,
        })
    }

    /// The column of the addresses.
    pub fn address(&self) -> usize {
        self.export.address
    }

    /// Whether a column holds the first or the whole name.
    pub fn is_name(&self, column: usize) -> bool {
        [self.export.first_name, self.export.full_name].contains(&Some(column))
    }

    /// The column of the language.
    pub fn language(&self) -> Option<usize> {
        self.export.language
    }

    /// The column that says man or woman.
    pub fn gender(&self) -> Option<usize> {
        GENDER.iter().find_map(|word| self.plain.iter().position(|name| name == word))
    }
}
