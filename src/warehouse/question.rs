//! The one statement that counts everything. Text in, text out.

use super::dialect::Dialect;
use super::lane::{Lane, Places, UNSEEN_BIT};
use std::fmt::Write as _;

/// One list as the counting statement sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What stands behind `FROM`.
    pub from: String,
    /// The column with the addresses, in quotes.
    pub column: String,
    /// What a row says of its person, as a number from 0 to 4, if the list says anything; 5 where nobody knows what it says.
    pub standing: Option<String>,
    /// Whether what it says of its people is heard where lists are compared.
    pub heard: bool,
    /// Whether each person's rows on it are counted.
    pub counted: bool,
    /// Whether its own rows are counted, too, and not only who stands on it.
    pub detailed: bool,
    /// What its rows are told apart by.
    pub lanes: Vec<Lane>,
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

/// The rows of a list with their keys: `e`, `s` where `standing` is asked for, and `l0`, `l1`… where `lanes` are. An address that is
/// missing has an empty key.
pub(super) fn keyed(dialect: Dialect, table: &Table, standing: bool, lanes: &[Lane]) -> String {
    let (trimmed, key) = (dialect.trimmed(&table.column), dialect.lowered("t"));
    let said = table.standing.as_deref().unwrap_or("0");
    let (mut inner, mut outer) = if standing { (format!(", {said} AS s"), String::from(", s")) } else { Default::default() };
    for (at, lane) in lanes.iter().enumerate() {
        let _ = write!(inner, ", {} AS {}", lane.cell, lane.name);
        let _ = write!(outer, ", {} AS l{at}", lane.tells);
    }
    format!("SELECT COALESCE({key}, '') AS e{outer} FROM (SELECT {trimmed} AS t{inner} FROM {} AS r) AS k", table.from)
}

/// The statement that counts: `part`, `at`, `state`, `people`, `all_rows`, `doubled`, `first_shown`, `last_shown`.
///
/// With `part` 0, `at` is a mask with a bit for every list and lane, and `state` the gravest that the lists that are heard say; behind
/// them the columns of [`Places`]. With `part` 1, `at` is the number of a list, `state` what the rows are, `people` different
/// addresses and `doubled` those with several rows.
pub(super) fn count(dialect: Dialect, tables: &[Table], examples: bool) -> String {
    match tables {
        // One list needs no comparison.
        [table] => alone(dialect, 0, table, (0, examples)),
        _ => sort(dialect, tables, examples),
    }
}

/// The same, with everybody compared even where there is one list.
pub(super) fn sort(dialect: Dialect, tables: &[Table], examples: bool) -> String {
    let places = Places::of(tables);
    let mut parts = vec![together(dialect, tables, &places, examples)];
    let detailed = tables.iter().enumerate().filter(|(_, table)| table.detailed);
    parts.extend(detailed.map(|(number, table)| alone(dialect, number, table, (places.columns.len(), examples))));
    parts.join("\nUNION ALL\n")
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

fn together(dialect: Dialect, tables: &[Table], places: &Places, examples: bool) -> String {
    let told = tables.iter().any(|table| table.heard && table.standing.is_some());
    let rows: Vec<String> = tables
        .iter()
        .enumerate()
        .map(|(number, table)| {
            let (inner, out) = match (told, table.heard) {
                (false, _) => (false, ""),
                (true, true) => (true, ", s AS o"),
                (true, false) => (false, ", 0 AS o"),
            };
            let (mask, tallied) = (mask(dialect, number, table, places), tallied(number, places));
            format!("    SELECT e, {mask} AS m{out}{tallied} FROM ({}) AS l{number}", keyed(dialect, table, inner, &table.lanes))
        })
        .collect();
    let (said, group, state) = if told { (", MAX(o) AS o", ", o", "o") } else { ("", "", "0") };
    let names: Vec<String> = (0..places.columns.len()).map(|at| format!("n{at}")).collect();
    let sums = (0..places.columns.len()).map(|at| format!(", SUM(r{at}) AS n{at}")).collect::<Vec<_>>().concat();
    let by_rows = names.iter().map(|name| format!(", {name}")).collect::<Vec<_>>().concat();
    let part = TOGETHER.to_string();
    let shown = columns(dialect, [&part, "m", state, "COUNT(*)", "0", "0"], examples.then_some("e"), &names);
    format!(
        "SELECT {shown}\nFROM (\n  SELECT e, {} AS m{said}{sums} FROM (\n{}\n  ) AS u GROUP BY e\n) AS g\nWHERE {}\nGROUP BY m{group}{by_rows}",
        dialect.bit_or("m"),
        rows.join("\n    UNION ALL\n"),
        is_possible(dialect, "e"),
    )
}

/// The bits of a row: that of its list, and those of lanes that are not counted.
fn mask(dialect: Dialect, number: usize, table: &Table, places: &Places) -> String {
    let bit = |number: usize| dialect.integer(&(1_u64 << number).to_string());
    let lanes = places.lanes.get(number).filter(|_| !table.counted).into_iter().flatten().enumerate();
    let (nothing, unseen) = (dialect.integer("0"), dialect.integer(&UNSEEN_BIT.to_string()));
    let lane = |(at, place): (usize, &usize)| format!(" + CASE l{at} WHEN 1 THEN {} WHEN 0 THEN {nothing} ELSE {unseen} END", bit(*place));
    bit(number) + &lanes.map(lane).collect::<Vec<_>>().concat()
}

/// What a row adds to each of the columns.
fn tallied(number: usize, places: &Places) -> String {
    let column = |(at, (list, lane)): (usize, &(usize, Option<usize>))| match lane {
        _ if *list != number => format!(", 0 AS r{at}"),
        None => format!(", 1 AS r{at}"),
        Some(lane) => format!(", CASE l{lane} WHEN 1 THEN 1 ELSE 0 END AS r{at}"),
    };
    places.columns.iter().enumerate().map(column).collect::<Vec<_>>().concat()
}

fn alone(dialect: Dialect, number: usize, table: &Table, (columns_behind, examples): (usize, bool)) -> String {
    let (part, number) = (ALONE.to_string(), number.to_string());
    // Only what is an address is shown, and only where there is more than one row of it.
    let doubled = "CASE WHEN n > 1 AND s >= 0 THEN e END";
    let shown = columns(
        dialect,
        [&part, &number, "s", "COUNT(*)", "SUM(n)", "SUM(CASE WHEN n > 1 THEN 1 ELSE 0 END)"],
        examples.then_some(doubled),
        &vec![String::from("0"); columns_behind],
    );
    format!(
        "SELECT {shown}\nFROM (\n  SELECT CASE WHEN e = '' THEN {EMPTY} WHEN {} THEN s ELSE {MALFORMED} END AS s, n, e FROM (\n    \
         SELECT e, COUNT(*) AS n, MAX(s) AS s FROM ({}) AS l GROUP BY e\n  ) AS g\n) AS c\nGROUP BY s",
        is_possible(dialect, "e"),
        keyed(dialect, table, true, &[]),
    )
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Meant, filled, moments, no_rows, tried, values, variety};
    use super::super::condition::{Asked, cell};
    use super::super::conformance::probe;
    use super::super::standing::{Saying, expression};
    use super::*;
    use crate::audience::{Export, Standing};
    use crate::coupons::Decimal;
    use crate::flows::{Asks, Condition};

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
            lanes: Vec::new(),
        };
        let send = table(name(["crm", "to"]), expression(dialect, Standing::Unknown, &sayings), true, false);
        let query = table("(\nSELECT email FROM orders\n)".into(), None, false, true);
        let mut texts = vec![count(dialect, std::slice::from_ref(&send), false), count(dialect, &[send.clone(), query], true)];
        texts.push(probe(dialect, &send.from, &send.column));
        texts.push(no_rows(&send.from));
        texts.push(filled(dialect, &send.from, &[dialect.quote("country"), dialect.quote("topics")]));
        texts.push(variety(dialect, &send.from, Meant::all(&dialect.quote("country")), 1025));
        texts.push(values(dialect, &send.from, Meant::all(&dialect.quote("country"))));
        texts.extend(of_a_rehearsal(dialect, &send));
        texts.extend(of_words(dialect));
        texts.join(";\n\n") + ";\n"
    }

    /// How a column of words is understood in which an address stands, too.
    fn of_words(dialect: Dialect) -> Option<String> {
        let export = Export::recognise(&["email".into(), "status".into()], &[], None, "to", 1).expect("columns");
        let values = ["subscribed", "Hard Bounce", "", "@", "odd"].map(String::from).to_vec();
        let sayings = export.signals().map(|(_, signal)| Saying { column: dialect.quote("status"), signal, values: values.clone() });
        expression(dialect, Standing::Unknown, &sayings.collect::<Vec<_>>())
    }

    /// What a rehearsal asks beside that: conditions of every kind on a send list, and orders by age.
    fn of_a_rehearsal(dialect: Dialect, send: &Table) -> Vec<String> {
        let country = dialect.quote("country");
        let three = Decimal::whole(3);
        let asks = [
            Asks::Word(vec!["GB".into(), "UK".into()], true),
            Asks::Part(vec!["wholesale".into()], false),
            Asks::AtLeast(three, false),
            Asks::AtMost(three, true),
            Asks::Filled(true),
        ];
        let conditions = asks.map(|asks| Condition { column: "country".into(), asks });
        let asked = conditions.iter().enumerate().map(|(at, condition)| Asked::of(dialect, &format!("c{at}"), condition, 30));
        let asked: Vec<Asked> = asked.collect();
        let lane = |asked: &Asked| asked.lane(&country, &[(true, "\u{a0}UK".into()), (false, "\u{212a}".into())]);
        let lists = Table { lanes: asked.iter().map(lane).collect(), ..send.clone() };
        let ages = [("c0", "CASE WHEN c0 < 'x' THEN 0 ELSE 1 END"), ("c1", "CASE WHEN c1 < 'x' THEN 1 ELSE 0 END")];
        let age =
            |(name, tells): (&str, &str)| Lane { name: name.into(), cell: cell(dialect, &dialect.quote("date")), tells: tells.into() };
        let orders = Table { from: dialect.quote("orders"), counted: true, standing: None, lanes: ages.map(age).to_vec(), ..send.clone() };
        let open = asked[0].open().expect("open values");
        let meant = Meant { column: &country, name: "c0", that: Some(&open) };
        vec![
            variety(dialect, &send.from, meant, 1025),
            values(dialect, &send.from, meant),
            tried(dialect, &send.from, &country, &lane(&asked[0]), &["GB".into(), "\u{a0}gb".into()]),
            moments(dialect, &orders, &dialect.quote("date"), 250_001),
            sort(dialect, &[lists, orders], false),
        ]
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
