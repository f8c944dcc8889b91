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
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const ROWS: u64 = 10_000_000;
/// How often each is done unless a second number says otherwise.
const TURNS: usize = 3;

/// What the middle one of a few turns takes: seconds by the clock, and of the processors, the engine's included.
#[derive(Clone, Copy)]
struct Taken {
    clock: f64,
    processors: f64,
}

/// How to reach an engine: flags, and variables of the environment.
struct Reach {
    flags: Vec<String>,
    env: Vec<(String, String)>,
}

impl Reach {
    /// What counting takes and what a rehearsal takes, and what they say.
    fn time(&self, lists: &Lists, named: &[String]) -> [(Taken, Value); 2] {
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let (taken, overview) = self.turns(lists, &[&["audience", "--format", "json"], &named[..]].concat(), 0);
        lists.write("plan.toml", &plan(&named));
        let (more, rehearsal) = self.turns(lists, &["rehearse", "plan.toml", "--format", "json"], 1);
        [(taken, counted(&overview)), (more, rehearsed(&rehearsal))]
    }

    fn turns(&self, lists: &Lists, words: &[&str], code: i32) -> (Taken, Value) {
        let mut turns = Vec::new();
        let mut last = Value::Null;
        for _ in 0..number(1).unwrap_or(TURNS) {
            let (begun, before) = (Instant::now(), processors());
            let run = Command::new(program())
                .current_dir(lists.folder.path())
                .args(words)
                .args(&self.flags)
                .envs(self.env.iter().cloned())
                .output()
                .expect("presend runs");
            let clock = begun.elapsed().as_secs_f64();
            assert_eq!(run.status.code(), Some(code), "{}", String::from_utf8_lossy(&run.stderr));
            // A server's helpers end a moment after the session.
            std::thread::sleep(Duration::from_millis(500));
            turns.push(Taken { clock, processors: processors() - before });
            last = serde_json::from_slice(&run.stdout).expect("JSON");
        }
        turns.sort_by(|one, other| one.clock.total_cmp(&other.clock));
        (turns[turns.len() / 2], last)
    }
}

/// The program that is measured: the one of this build, unless another is named.
fn program() -> String {
    std::env::var("PRESEND_MEASURED").unwrap_or_else(|_| String::from(env!("CARGO_BIN_EXE_presend")))
}

/// The seconds that processors have worked for what this program has started: those that have ended, and the servers that run.
fn processors() -> f64 {
    let own = std::process::id().to_string();
    // Beside the numbers stand other names of this program itself.
    let is_process = |path: &Path| path.file_name().is_some_and(|name| name.as_encoded_bytes().iter().all(u8::is_ascii_digit));
    let processes = fs::read_dir("/proc").expect("/proc").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_process(path));
    let stats = processes.filter_map(|path| fs::read_to_string(path.join("stat")).ok());
    let ticks = stats.filter_map(|stat| {
        let fields: Vec<&str> = stat.rsplit(") ").next()?.split(' ').collect();
        (stat.split(' ').next() == Some(&own) || fields.get(1) == Some(&own.as_str()))
            .then(|| fields.get(11..15).into_iter().flatten().filter_map(|field| field.parse::<f64>().ok()).sum::<f64>())
    });
    ticks.sum::<f64>() / 100.0
}

/// A number among the arguments.
fn number(at: usize) -> Option<usize> {
    std::env::args().filter_map(|argument| argument.parse().ok()).nth(at)
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
    let rows = number(0).map_or(ROWS, |rows| rows as u64);
    let lists = Lists::make(rows);
    let files: Vec<String> = (0..LISTS).map(|list| format!("list{list}.csv")).collect();
    let tables: Vec<String> = (0..LISTS).map(|list| format!("warehouse:crm.list{list}")).collect();
    lists.write("flows.toml", FLOWS);
    let wanted = Reach { flags: Vec::new(), env: Vec::new() }.time(&lists, &files);
    println!("| {rows} rows in {LISTS} lists | counted, s | of processors | rehearsed, s | of processors |\n|---|---:|---:|---:|---:|");
    let show = |name: &str, found: [(Taken, Value); 2]| {
        for ((_, found), (_, wanted)) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted, "{name} counts otherwise");
        }
        let [(counted, _), (rehearsed, _)] = &found;
        println!("| {name} | {:.1} | {:.1} | {:.1} | {:.1} |", counted.clock, counted.processors, rehearsed.clock, rehearsed.processors);
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
