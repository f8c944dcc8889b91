//! What is asked of an engine: one statement that counts everything, and small ones about columns. Text in, text out.

use super::dialect::Dialect;
use std::fmt::Write as _;

/// One list as the counting statement sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What stands behind `FROM`.
    pub from: String,
    /// The column with the addresses, in quotes.
    pub column: String,
    /// What a row says of its person, as a number from 0 to 4, if the list says anything.
    pub standing: Option<String>,
    /// Whether what it says of its people is heard where lists are compared.
    pub heard: bool,
    /// Whether each person's rows on it are counted.
    pub counted: bool,
    /// Whether its own rows are counted, too, and not only who stands on it.
    pub detailed: bool,
}

/// Rows of the answer that tell how many people stand on exactly the lists of a mask.
pub(super) const TOGETHER: i64 = 0;
/// Rows of the answer that tell of the rows of one list.
pub(super) const ALONE: i64 = 1;
/// The state of rows without an address.
pub(super) const EMPTY: i64 = -1;
/// The state of rows whose address cannot be one.
pub(super) const MALFORMED: i64 = -2;

/// Bytes that stand between the dots of a local part, and those between the dots of a domain, by what they are not: control
/// characters and marks of ASCII. They say the same as `audience::is_possible`, and the probe compares the two.
const LOCAL: &str = "[^%01-%20%22%28%29%2c%2e%3a-%3c%3e%40%5b-%5d%7f]+";
const DOMAIN: &str = "[^%01-%2c%2e%2f%3a-%40%5b-%5e%60%7b-%7f]+";
/// The longest address that mail can have, in bytes.
const LONGEST: u32 = 320;

/// Whether a trimmed, lowered text could be somebody's address.
pub(super) fn is_possible(dialect: Dialect, key: &str) -> String {
    let pattern = format!("{LOCAL}(\\.{LOCAL})*@{DOMAIN}(\\.{DOMAIN})+");
    let length = dialect.octets(key);
    let fits = dialect.matches(key, &pattern);
    format!("({length} <= {LONGEST} AND {key} NOT LIKE '%@-%' AND {key} NOT LIKE '%-' AND {fits})")
}

/// The rows of a list with their keys: `e`, and `s` where `standing` is asked for. An address that is missing has an empty key.
fn keyed(dialect: Dialect, table: &Table, standing: bool) -> String {
    let (trimmed, key) = (dialect.trimmed(&table.column), dialect.lowered("t"));
    let said = table.standing.as_deref().unwrap_or("0");
    let (inner, outer) = if standing { (format!(", {said} AS s"), ", s") } else { (String::new(), "") };
    format!("SELECT COALESCE({key}, '') AS e{outer} FROM (SELECT {trimmed} AS t{inner} FROM {} AS r) AS k", table.from)
}

/// The statement that counts: `part`, `at`, `state`, `people`, `all_rows`, `doubled`, `first_shown`, `last_shown`.
///
/// With `part` 0, `at` is a mask with a bit for every list, and `state` the gravest that the lists that are heard say; behind them a
/// column for each list whose rows are counted. With `part` 1, `at` is the number of a list, `state` what the rows are, `people` different addresses and `doubled` those with several rows.
pub(super) fn count(dialect: Dialect, tables: &[Table], examples: bool) -> String {
    let mut parts = Vec::new();
    let counted = counted(tables);
    // One list needs no comparison, unless each person's rows are asked for.
    if tables.len() > 1 || !counted.is_empty() {
        parts.push(together(dialect, tables, examples));
    }
    let detailed = tables.iter().enumerate().filter(|(_, table)| table.detailed || tables.len() == 1);
    parts.extend(detailed.map(|(number, table)| alone(dialect, number, table, (&counted, examples))));
    parts.join("\nUNION ALL\n")
}

/// The lists of which each person's rows are counted, by their numbers.
fn counted(tables: &[Table]) -> Vec<usize> {
    tables.iter().enumerate().filter(|(_, table)| table.counted).map(|(number, _)| number).collect()
}

fn columns(dialect: Dialect, expressions: [&str; 6], shown: Option<&str>, rows: &[String]) -> String {
    const NAMES: [&str; 6] = ["part", "at", "state", "people", "all_rows", "doubled"];
    let mut out = String::new();
    for (expression, name) in expressions.iter().zip(NAMES) {
        let _ = write!(out, "{} AS {}, ", dialect.integer(expression), dialect.quote(name));
    }
    let (first, last) = match shown {
        Some(key) => (format!("MIN({})", dialect.masked(key)), format!("MAX({})", dialect.masked(key))),
        None => (dialect.text("NULL"), dialect.text("NULL")),
    };
    let _ = write!(out, "{first} AS {}, {last} AS {}", dialect.quote("first_shown"), dialect.quote("last_shown"));
    for (at, rows) in rows.iter().enumerate() {
        let _ = write!(out, ", {} AS rows_{at}", dialect.integer(rows));
    }
    out
}

fn together(dialect: Dialect, tables: &[Table], examples: bool) -> String {
    let told = tables.iter().any(|table| table.heard && table.standing.is_some());
    let bit = |number: usize| dialect.integer(&(1_u64 << number).to_string());
    let rows: Vec<String> = tables
        .iter()
        .enumerate()
        .map(|(number, table)| {
            let (inner, out) = match (told, table.heard) {
                (false, _) => (false, ""),
                (true, true) => (true, ", s AS o"),
                (true, false) => (false, ", 0 AS o"),
            };
            format!("    SELECT e, {} AS m{out} FROM ({}) AS l{number}", bit(number), keyed(dialect, table, inner))
        })
        .collect();
    let (said, group, state) = if told { (", MAX(o) AS o", ", o", "o") } else { ("", "", "0") };
    let counted = counted(tables);
    let sums: Vec<String> =
        counted.iter().map(|number| format!(", SUM(CASE WHEN m = {} THEN 1 ELSE 0 END) AS n{number}", bit(*number))).collect();
    let names: Vec<String> = counted.iter().map(|number| format!("n{number}")).collect();
    let (sums, by_rows) = (sums.concat(), names.iter().map(|name| format!(", {name}")).collect::<Vec<_>>().concat());
    let part = TOGETHER.to_string();
    let shown = columns(dialect, [&part, "m", state, "COUNT(*)", "0", "0"], examples.then_some("e"), &names);
    format!(
        "SELECT {shown}\nFROM (\n  SELECT e, {} AS m{said}{sums} FROM (\n{}\n  ) AS u GROUP BY e\n) AS g\nWHERE {}\nGROUP BY m{group}{by_rows}",
        dialect.bit_or("m"),
        rows.join("\n    UNION ALL\n"),
        is_possible(dialect, "e"),
    )
}

fn alone(dialect: Dialect, number: usize, table: &Table, (counted, examples): (&[usize], bool)) -> String {
    let (part, number) = (ALONE.to_string(), number.to_string());
    // Only what is an address is shown, and only where there is more than one row of it.
    let doubled = "CASE WHEN n > 1 AND s >= 0 THEN e END";
    let shown = columns(
        dialect,
        [&part, &number, "s", "COUNT(*)", "SUM(n)", "SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END)"],
        examples.then_some(doubled),
        &counted.iter().map(|_| String::from("0")).collect::<Vec<_>>(),
    );
    format!(
        "SELECT {shown}\nFROM (\n  SELECT CASE WHEN e = '' THEN {EMPTY} WHEN {} THEN s ELSE {MALFORMED} END AS s, n, e FROM (\n    \
         SELECT e, COUNT(*) AS n, MAX(s) AS s FROM ({}) AS l GROUP BY e\n  ) AS g\n) AS c\nGROUP BY s",
        is_possible(dialect, "e"),
        keyed(dialect, table, true),
    )
}

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

/// How many different values a column has, counted no further than `most`.
pub(super) fn variety(dialect: Dialect, from: &str, column: &str, most: usize) -> String {
    let values = format!("SELECT {} AS v FROM {from} AS r", dialect.trimmed(column));
    format!("SELECT {} AS n FROM (SELECT v FROM ({values}) AS k GROUP BY v LIMIT {most}) AS d", dialect.integer("COUNT(*)"))
}

/// The values of a column with their rows; what has an `@` in it stays in the warehouse.
pub(super) fn values(dialect: Dialect, from: &str, column: &str) -> String {
    let values = format!("SELECT {} AS t FROM {from} AS r", dialect.trimmed(column));
    let kept = "SELECT CASE WHEN t LIKE '%@%' THEN '@' ELSE COALESCE(t, '') END AS v";
    format!("SELECT v AS value, {} AS n FROM ({kept} FROM ({values}) AS k) AS d GROUP BY v", dialect.integer("COUNT(*)"))
}

#[cfg(test)]
mod tests {
    use super::super::conformance::probe;
    use super::super::standing::{Saying, expression};
    use super::*;
    use crate::audience::{Export, Standing};

    /// Everything that is asked of an engine for a send list with a column of opt-outs, a query, and orders whose rows are counted.
    fn everything(dialect: Dialect) -> String {
        let export = Export::recognise(&["email".into(), "unsubscribed".into(), "bounced_at".into()], &[], None, "to", 1).expect("columns");
        let sayings = export.signals().zip(["unsubscribed", "bounced_at"]);
        let sayings: Vec<Saying> =
            sayings.map(|((_, signal), column)| Saying { column: dialect.quote(column), signal, values: Vec::new() }).collect();
        let name = |parts: [&str; 2]| parts.map(|part| dialect.quote(part)).join(".");
        let table = |from: String, standing, heard, counted| Table {
            from,
            column: dialect.quote("email"),
            standing,
            heard,
            counted,
            detailed: true,
        };
        let send = table(name(["crm", "to"]), expression(dialect, Standing::Unknown, &sayings), true, false);
        let query = table("(\nSELECT email FROM orders\n)".into(), None, false, true);
        let mut texts = vec![count(dialect, std::slice::from_ref(&send), false), count(dialect, &[send.clone(), query], true)];
        texts.push(probe(dialect, &send.from, &send.column));
        texts.push(no_rows(&send.from));
        texts.push(filled(dialect, &send.from, &[dialect.quote("country"), dialect.quote("topics")]));
        texts.push(variety(dialect, &send.from, &dialect.quote("country"), 1025));
        texts.push(values(dialect, &send.from, &dialect.quote("country")));
        texts.join(";\n\n") + ";\n"
    }

    #[test]
    fn every_dialect_is_asked_as_it_is_written_down() {
        for dialect in Dialect::ALL {
            let golden = format!("{}/fixtures/warehouse/{}.sql", env!("CARGO_MANIFEST_DIR"), dialect.name());
            snapbox::assert_data_eq!(everything(dialect), snapbox::Data::read_from(std::path::Path::new(&golden), None).raw());
        }
    }

    #[test]
    fn nothing_is_asked_that_would_write_or_that_uses_the_hash_of_the_engine() {
        for dialect in Dialect::ALL {
            let text = everything(dialect).to_uppercase();
            for word in ["INSERT", "UPDATE ", "DELETE", "CREATE ", "DROP", "HASH("] {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}
