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
    /// The seconds that counting takes and those that a rehearsal takes, and what they say.
    fn time(&self, lists: &Lists, named: &[String]) -> [(f64, Value); 2] {
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let (seconds, overview) = self.turns(lists, &[&["audience", "--format", "json"], &named[..]].concat(), 0);
        lists.write("plan.toml", &plan(&named));
        let (more, rehearsal) = self.turns(lists, &["rehearse", "plan.toml", "--format", "json"], 1);
        [(seconds, counted(&overview)), (more, rehearsed(&rehearsal))]
    }

    /// The seconds that the middle one of a few turns takes, and what it says.
    fn turns(&self, lists: &Lists, words: &[&str], code: i32) -> (f64, Value) {
        let mut turns = Vec::new();
        let mut last = Value::Null;
        for _ in 0..TURNS {
            let begun = Instant::now();
            let run = Command::new(env!("CARGO_BIN_EXE_presend"))
                .current_dir(lists.folder.path())
                .args(words)
                .args(&self.flags)
                .envs(self.env.iter().cloned())
                .output()
                .expect("presend runs");
            turns.push(begun.elapsed().as_secs_f64());
            assert_eq!(run.status.code(), Some(code), "{}", String::from_utf8_lossy(&run.stderr));
            last = serde_json::from_slice(&run.stdout).expect("JSON");
        }
        turns.sort_by(f64::total_cmp);
        (turns[TURNS / 2], last)
    }
}

/// Adding the largest list to the second, beside customers and people who left, with a filter on a column and a split.
fn plan(named: &[&str]) -> String {
    let place = |list: usize| {
        let named = named.get(list).copied().unwrap_or_default();
        toml::Value::String(named.split_once("=warehouse:").map_or_else(|| named.to_owned(), |(_, query)| format!("warehouse:{query}")))
    };
    format!(
        "at = \"2026-11-23T09:00[UTC]\"\nflows = [\"flows.toml\"]\n[lists]\nnewsletter = {}\ncustomers = {}\nunsubscribed = {}\n\
         [[change]]\nadd = {}\ninto = \"newsletter\"\n",
        place(1),
        place(2),
        place(3),
        place(0)
    )
}

const FLOWS: &str = r#"
[[flow]]
name = "WELCOME"
trigger = { joins = "newsletter" }
kind = "welcome"
where = [{ column = "country", is = ["DE", "uk"] }]
steps = [
  { send = "Hello" },
  { wait = "2 days" },
  { if = { where = { column = "first_name", filled = true } }, then = [{ send = "By name" }], else = [{ send = "Without" }] },
]
"#;

/// What would happen, without the places of findings.
fn rehearsed(rehearsal: &Value) -> Value {
    serde_json::json!([rehearsal["people"], rehearsal["flows"], rehearsal["mailings"], rehearsal["mails_per_person"]])
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
    lists.write("flows.toml", FLOWS);
    let wanted = Reach { flags: Vec::new(), env: Vec::new() }.time(&lists, &files);
    println!("| {rows} rows in {LISTS} lists | counted, s | rehearsed, s |\n|---|---:|---:|");
    let show = |name: &str, found: [(f64, Value); 2]| {
        for ((_, found), (_, wanted)) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{name} counts otherwise");
        }
        println!("| {name} | {:.1} | {:.1} |", found[0].0, found[1].0);
    };
    show("presend, CSV files", wanted.clone());
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
