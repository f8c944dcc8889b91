//! The table, view or query in which a list stands, as it is named.

use super::dialect::Dialect;
use crate::error::Error;
use crate::settings::WAREHOUSE;

/// Where the rows of a list come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Relation {
    /// A table or a view, by the parts of its name; a part in quotes stays as it is.
    Table(Vec<Part>),
    /// A query of one's own.
    Query(String),
}

/// One part of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    text: String,
    quoted: bool,
}

impl Relation {
    /// Reads `crm.customers`, `"CRM".customers`, or a query that begins with `SELECT` or `WITH`.
    ///
    /// # Errors
    /// A name with an empty part or with quotes that do not close, or a query of several statements.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let bad = |what: &str| {
            Error::new(format!("`{WAREHOUSE}{text}`: {what}"))
                .help(format!("write it as {WAREHOUSE}schema.table, or as one query: {WAREHOUSE}SELECT email FROM crm.people"))
        };
        let text = text.trim().trim_end_matches(';').trim_end();
        let first = text.split_ascii_whitespace().next().unwrap_or_default();
        if ["select", "with"].iter().any(|word| first.eq_ignore_ascii_case(word)) && first.len() < text.len() {
            // In a text or a comment it would do no harm, but nobody needs one there.
            return if text.contains(';') { Err(bad("this is more than one statement")) } else { Ok(Self::Query(text.to_owned())) };
        }
        parts(text).map(Self::Table).map_err(bad)
    }

    /// The names to try in `FROM`, one after the other: as written, and as the engine keeps names that nobody put in quotes.
    pub(super) fn clauses(&self, dialect: Dialect) -> Vec<String> {
        match self {
            // A comment at the end of the query must not swallow the bracket.
            Self::Query(text) => vec![format!("(\n{text}\n)")],
            Self::Table(parts) => {
                let name = |fold: bool| {
                    let part = |part: &Part| if fold && !part.quoted { dialect.folded(&part.text) } else { part.text.clone() };
                    parts.iter().map(|one| dialect.quote(&part(one))).collect::<Vec<_>>().join(".")
                };
                let mut names = vec![name(false), name(true)];
                names.dedup();
                names
            }
        }
    }
}

fn parts(text: &str) -> Result<Vec<Part>, &'static str> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '`' if part.is_empty() && !quoted => {
                quoted = true;
                part = within_quotes(&mut letters, letter)?;
            }
            '.' => parts.push(finished(&mut part, &mut quoted)?),
            _ if quoted => return Err("something stands behind a closing quote"),
            '"' | '`' | '\'' | '(' | ')' => return Err("this is neither the name of a table nor a query"),
            _ if letter.is_whitespace() || letter.is_control() => return Err("a name with blanks in it must stand in quotes"),
            _ => part.push(letter),
        }
    }
    parts.push(finished(&mut part, &mut quoted)?);
    Ok(parts)
}

fn within_quotes(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, quote: char) -> Result<String, &'static str> {
    let mut part = String::new();
    while let Some(letter) = letters.next() {
        if letter == '\0' {
            return Err("no name has such a letter");
        }
        if letter != quote {
            part.push(letter);
        } else if letters.next_if_eq(&quote).is_some() {
            part.push(quote);
        } else {
            return Ok(part);
        }
    }
    Err("a quote is not closed")
}

fn finished(part: &mut String, quoted: &mut bool) -> Result<Part, &'static str> {
    if part.is_empty() {
        return Err("a part of the name is missing");
    }
    Ok(Part { text: std::mem::take(part), quoted: std::mem::take(quoted) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> Vec<String> {
        Relation::parse(text).expect(text).clauses(Dialect::Postgresql)
    }

    #[test]
    fn names_are_quoted_part_by_part() {
        assert_eq!(from("crm.customers"), ["\"crm\".\"customers\""]);
        assert_eq!(from("CRM.Customers"), ["\"CRM\".\"Customers\"", "\"crm\".\"customers\""]);
        assert_eq!(from("\"My CRM\".\"a\"\"b.c\""), ["\"My CRM\".\"a\"\"b.c\""]);
        assert_eq!(from("x;"), ["\"x\""]);
    }

    #[test]
    fn a_query_is_one_statement() {
        assert_eq!(from(" select email from x -- all of them\n;"), ["(\nselect email from x -- all of them\n)"]);
        assert_eq!(from("selected"), ["\"selected\""]);
        for bad in ["", "a..b", "a b", "\"a", "a\"b", "x; DROP TABLE y", "SELECT 1; DROP TABLE y", "x)", "\"a\"b"] {
            assert!(Relation::parse(bad).is_err(), "{bad}");
        }
    }
}
