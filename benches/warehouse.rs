//! Ten million rows counted where they stand, beside the same rows as files; see `benches/warehouse/README.md`.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark is a program of its own"
)]
#![allow(missing_docs, dead_code, reason = "a benchmark has no readers of its documentation, and shares its engines with the tests")]

#[path = "../tests/warehouse/engines.rs"]
mod engines;
#[path = "../tests/warehouse/rows.rs"]
mod rows;

use engines::{Duckdb, Postgres, Sail};
use rows::{LISTS, Lists};
use serde_json::Value;
use std::process::Command;
use std::time::Instant;

const ROWS: u64 = 10_000_000;
const TURNS: usize = 3;

/// How to reach an engine: flags, and variables of the environment.
struct Reach {
    flags: Vec<String>,
    env: Vec<(String, String)>,
}

impl Reach {
    /// The seconds that the middle one of a few turns takes, and what was counted.
    fn time(&self, lists: &Lists, named: &[String]) -> (f64, Value) {
        let mut turns = Vec::new();
        let mut last = Value::Null;
        for _ in 0..TURNS {
            let begun = Instant::now();
            let run = Command::new(program(&self.flags))
                .current_dir(lists.folder.path())
                .args(["audience", "--format", "json"])
                .args(named)
                .args(&self.flags)
                .envs(self.env.iter().cloned())
                .output()
                .expect("presend runs");
            turns.push(begun.elapsed().as_secs_f64());
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            last = serde_json::from_slice(&run.stdout).expect("JSON");
        }
        turns.sort_by(f64::total_cmp);
        (turns[TURNS / 2], counted(&last))
    }
}

/// The program that is measured; for files it may be one that was built for speed, where this one was not.
fn program(flags: &[String]) -> String {
    let other = std::env::var("PRESEND_FOR_FILES").ok().filter(|_| flags.is_empty());
    other.unwrap_or_else(|| String::from(env!("CARGO_BIN_EXE_presend")))
}

/// Everybody on exactly which lists, and the sizes of the lists.
fn counted(overview: &Value) -> Value {
    let combination = |one: &Value| serde_json::json!([one["lists"], one["people"]]);
    let list =
        |one: &Value| serde_json::json!([one["rows"], one["people"], one["doubled_rows"], one["opted_out"], one["malformed"]["rows"]]);
    let all = |key: &str, of: &dyn Fn(&Value) -> Value| overview[key].as_array().expect("an array").iter().map(of).collect::<Vec<_>>();
    serde_json::json!([all("combinations", &combination), all("lists", &list)])
}

fn main() {
    let rows = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ROWS);
    let lists = Lists::make(rows);
    let files: Vec<String> = (0..LISTS).map(|list| format!("list{list}.csv")).collect();
    let tables: Vec<String> = (0..LISTS).map(|list| format!("warehouse:crm.list{list}")).collect();
    let (seconds, wanted) = Reach { flags: Vec::new(), env: Vec::new() }.time(&lists, &files);
    println!("| {rows} rows in {LISTS} lists | s |\n|---|---:|\n| presend, CSV files | {seconds:.1} |");
    let show = |name: &str, (seconds, found): (f64, Value)| {
        assert_eq!(found, wanted, "{name} counts otherwise");
        println!("| {name} | {seconds:.1} |");
    };
    {
        let server = Postgres::start(&lists);
        show("PostgreSQL 15, tables", server.reach("presend").time(&lists, &tables));
    }
    show("DuckDB 1.5, tables", Duckdb::fill(&lists).reach().time(&lists, &tables));
    Duckdb::write_parquet(&lists);
    let server = Sail::start();
    let parquet = |list: usize| format!("l{list}=warehouse:SELECT * FROM parquet.`{}`", lists.path(&format!("list{list}.parquet")));
    show("Sail 0.7 with two workers, Parquet files", server.reach().time(&lists, &(0..LISTS).map(parquet).collect::<Vec<_>>()));
}
