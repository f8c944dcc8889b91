//! Small questions about the columns of one list: what they are, what stands in them, what the engine makes of it.

use super::condition::cell;
use super::dialect::Dialect;
use super::lane::Lane;
use super::question::{Table, is_possible, keyed};
use std::fmt::Write as _;

/// Nothing of a relation but its columns.
pub(super) fn no_rows(from: &str) -> String {
    format!("SELECT * FROM {from} AS r WHERE 1 = 0")
}

/// How many rows of a list have something in each of these columns, in their order; all rows come first.
pub(super) fn filled(dialect: Dialect, from: &str, columns: &[String]) -> String {
    let some = |(at, column): (usize, &String)| {
        let filled = format!("SUM(CASE WHEN COALESCE({}, '') = '' THEN 0 ELSE 1 END)", dialect.trimmed(column));
        format!(", {} AS c{at}", dialect.integer(&format!("COALESCE({filled}, 0)")))
    };
    let columns = columns.iter().enumerate().map(some).collect::<Vec<_>>().concat();
    format!("SELECT {} AS all_rows{columns} FROM {from} AS r", dialect.integer("COUNT(*)"))
}

/// Which values of a column are meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant<'a> {
    /// The column, in quotes.
    pub column: &'a str,
    /// What a value is called.
    pub name: &'a str,
    /// What is true of it; nothing where all are meant.
    pub that: Option<&'a str>,
}

impl<'a> Meant<'a> {
    /// All values of a column.
    pub(super) fn all(column: &'a str) -> Self {
        Self { column, name: "v", that: None }
    }

    fn rows(self, dialect: Dialect, from: &str) -> String {
        let that = self.that.map(|that| format!(" WHERE {that}")).unwrap_or_default();
        format!("(SELECT {} AS {} FROM {from} AS r) AS k{that}", cell(dialect, self.column), self.name)
    }
}

/// How many different values there are, counted no further than `most`.
pub(super) fn variety(dialect: Dialect, from: &str, meant: Meant<'_>, most: usize) -> String {
    let (name, rows) = (meant.name, meant.rows(dialect, from));
    format!("SELECT {} AS n FROM (SELECT {name} FROM {rows} GROUP BY {name} LIMIT {most}) AS d", dialect.integer("COUNT(*)"))
}

/// The values with their rows; what has an `@` in it stays in the warehouse.
pub(super) fn values(dialect: Dialect, from: &str, meant: Meant<'_>) -> String {
    let (name, rows) = (meant.name, meant.rows(dialect, from));
    let kept = format!("SELECT CASE WHEN {name} LIKE '%@%' THEN '@' ELSE {name} END AS kept FROM {rows}");
    format!("SELECT kept AS value, {} AS n FROM ({kept}) AS d GROUP BY kept", dialect.integer("COUNT(*)"))
}

/// The values of a column of dates with their rows, and how many of these have an address; no more than `most`.
pub(super) fn moments(dialect: Dialect, table: &Table, column: &str, most: usize) -> String {
    let tells = String::from("CASE WHEN c0 LIKE '%@%' THEN '@' ELSE c0 END");
    let lane = Lane { name: String::from("c0"), cell: cell(dialect, column), tells };
    let rows = keyed(dialect, table, false, &[lane]);
    let possible = format!("SUM(CASE WHEN {} THEN 1 ELSE 0 END)", is_possible(dialect, "e"));
    let (all, people) = (dialect.integer("COUNT(*)"), dialect.integer(&possible));
    format!("SELECT l0 AS value, {all} AS n, {people} AS people FROM ({rows}) AS d GROUP BY l0 LIMIT {most}")
}

/// What an engine makes of some texts that stand under the rows of the list itself, of which none is taken: `k`, the number of a text,
/// and `l`, what the lane tells of it.
pub(super) fn tried(dialect: Dialect, from: &str, column: &str, lane: &Lane, texts: &[String]) -> String {
    let mut rows = format!("SELECT {} AS x, {} AS k FROM {from} AS r WHERE 1 = 0", dialect.text(column), dialect.integer("0"));
    for (at, text) in texts.iter().enumerate() {
        let _ = write!(rows, "\nUNION ALL SELECT {}, {}", dialect.literal(text), dialect.integer(&at.to_string()));
    }
    let cells = format!("SELECT {} AS {}, k FROM (\n{rows}\n) AS p", cell(dialect, "x"), lane.name);
    format!("SELECT k, {} AS l FROM ({cells}) AS d", dialect.integer(&lane.tells))
}
