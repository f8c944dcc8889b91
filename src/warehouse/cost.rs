//! What a statement costs, where the engine tells before it is run: how many bytes it is going to read.
//!
//! `PostgreSQL` says in its plan which tables it goes through from end to end, and its catalog how large they are. The other
//! engines that were tried tell no bytes.

use super::connection::Connection;
use super::dialect::Dialect;
use super::fault::Doing;
use serde_json::Value;

/// How deep a plan may be.
const DEEPEST: usize = 200;

/// What is going to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    bytes: u64,
    /// Whether there is more of which the engine does not tell the size.
    more: bool,
}

/// The tables that a plan goes through, as often as it does.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scans {
    /// Schema and name.
    whole: Vec<(String, String)>,
    /// Whether something else is read, or only a part of a table.
    others: bool,
}

impl Cost {
    /// What the engine says that a statement is going to read; nothing where it does not tell. A cost that cannot be told stops nobody.
    pub(super) fn of(connection: &mut Connection, dialect: Dialect, sql: &str) -> Option<Self> {
        if dialect != Dialect::Postgresql {
            return None;
        }
        let plan = connection.explain(Doing::Prepare, &format!("EXPLAIN (VERBOSE, FORMAT JSON) {sql}")).ok()?;
        let plan: Value = serde_json::from_str(plan.rows.first()?.first()?.text()?).ok()?;
        let mut scans = Scans::default();
        scans.note(&plan, 0);
        let names = scans.whole.iter().map(|(schema, table)| {
            let name = format!("{}.{}", dialect.quote(schema), dialect.quote(table));
            format!("SELECT PG_RELATION_SIZE(CAST({} AS regclass)) AS bytes", dialect.literal(&name))
        });
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            return None;
        }
        let sum = format!("SELECT {} AS bytes FROM ({}) AS s", dialect.integer("SUM(bytes)"), names.join(" UNION ALL "));
        let told = connection.ask(Doing::Prepare, &sum).ok()?;
        let bytes = u64::try_from(told.rows.first()?.first()?.number()?).ok()?;
        Some(Self { bytes, more: scans.others })
    }

    /// In words: `reads 3.2 GB, as PostgreSQL plans it`.
    pub(super) fn in_words(self) -> String {
        format!("reads {}{}, as PostgreSQL plans it", if self.more { "at least " } else { "" }, size(self.bytes))
    }
}

impl Scans {
    fn note(&mut self, plan: &Value, depth: usize) {
        if depth > DEEPEST {
            self.others = true;
            return;
        }
        match plan {
            Value::Array(plans) => plans.iter().for_each(|plan| self.note(plan, depth + 1)),
            Value::Object(node) => {
                let word = |key: &str| node.get(key).and_then(Value::as_str);
                match (word("Node Type"), word("Schema"), word("Relation Name")) {
                    (Some("Seq Scan"), Some(schema), Some(table)) => self.whole.push((schema.to_owned(), table.to_owned())),
                    (Some(kind), ..) if kind.ends_with("Scan") && !matches!(kind, "Subquery Scan" | "CTE Scan" | "Values Scan") => {
                        self.others = true;
                    }
                    _ => {}
                }
                ["Plan", "Plans"].iter().filter_map(|key| node.get(*key)).for_each(|plan| self.note(plan, depth + 1));
            }
            _ => {}
        }
    }
}

/// Bytes as people say them.
#[expect(clippy::cast_precision_loss, reason = "a size in words has two digits")]
fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let (mut size, mut unit) = (bytes as f64, 0);
    while size >= 1000.0 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && size < 10.0);
    format!("{size:.digits$} {}", UNITS.get(unit).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_tells_the_tables_that_it_goes_through() {
        let plan = serde_json::json!([{ "Plan": { "Node Type": "Append", "Plans": [
            { "Node Type": "Seq Scan", "Schema": "crm", "Relation Name": "to" },
            { "Node Type": "Subquery Scan", "Plans": [{ "Node Type": "Seq Scan", "Schema": "crm", "Relation Name": "to" }] },
            { "Node Type": "Function Scan", "Schema": "pg_catalog" },
        ] } }]);
        let mut scans = Scans::default();
        scans.note(&plan, 0);
        assert_eq!(scans, Scans { whole: vec![("crm".into(), "to".into()), ("crm".into(), "to".into())], others: true });
    }

    #[test]
    fn sizes_have_two_digits() {
        assert_eq!([0, 999, 8192, 16_384, 3_240_000_000].map(size), ["0 bytes", "999 bytes", "8.2 kB", "16 kB", "3.2 GB"]);
        assert_eq!(Cost { bytes: 8192, more: true }.in_words(), "reads at least 8.2 kB, as PostgreSQL plans it");
    }
}
