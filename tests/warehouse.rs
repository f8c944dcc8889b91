//! Lists in real engines against the same lists as files: a whole table of combinations each, and everything that can go wrong.
//!
//! `tests/setup` fetches the engines. Where they are not there, these tests fail and say so; with
//! `PRESEND_WITHOUT_WAREHOUSES=1` they are left out.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "tests may open files, start programs, and stop where something is missing"
)]

#[path = "warehouse/engines.rs"]
mod engines;
#[path = "warehouse/postgresql.rs"]
mod postgresql;
#[path = "warehouse/rehearsals.rs"]
mod rehearsals;
#[path = "warehouse/rows.rs"]
mod rows;

use engines::{Duckdb, Postgres, Sail, is_left_out};
use rows::{LISTS, Lists};
use serde_json::Value;
use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// How to reach an engine: flags, and variables of the environment.
pub(crate) struct Reach {
    pub(crate) flags: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
}

impl Reach {
    fn command(&self, lists: &Lists, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.current_dir(lists.folder.path()).env_remove("VIRTUAL_ENV");
        command.args(words).args(&self.flags).envs(self.env.iter().cloned());
        command
    }

    fn run(&self, lists: &Lists, words: &[&str]) -> Output {
        self.command(lists, words).output().expect("presend runs")
    }

    fn overview(&self, lists: &Lists, named: &[String], more: &[&str]) -> Value {
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let run = self.run(lists, &[&["audience", "--format", "json"], &named[..], more].concat());
        assert!(run.status.success(), "{}", text(&run.stderr));
        serde_json::from_slice(&run.stdout).expect("JSON")
    }

    /// The words of an error; nothing may be printed beside it, and no secret in it.
    fn error(&self, lists: &Lists, named: &[&str]) -> String {
        let run = self.run(lists, &[&["audience"], named].concat());
        let error = text(&run.stderr);
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(2), String::new()), "{error}");
        assert!(!error.contains("geheim"), "{error}");
        error
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn in_files(lists: &Lists, names: &[String]) -> Value {
    Reach { flags: Vec::new(), env: Vec::new() }.overview(lists, names, &["--profile"])
}

/// Everything in an overview that is a count: the whole table of combinations, pairs, rows and people of each list.
fn counts(overview: &Value) -> Value {
    let list = |list: &Value| {
        let column = |column: &Value| serde_json::json!([column["name"], column["filled"], column["empty"]]);
        serde_json::json!({
            "rows": list["rows"], "people": list["people"], "doubled_rows": list["doubled_rows"], "doubled": list["doubled"]["people"],
            "without_address": list["without_address"]["rows"], "malformed": list["malformed"]["rows"],
            "opted_out": list["opted_out"], "bounced": list["bounced"], "never": list["never_subscribed"], "mailable": list["mailable"],
            "columns": list["columns"].as_array().expect("columns").iter().map(column).collect::<Vec<_>>(),
        })
    };
    let combination = |one: &Value| serde_json::json!([one["lists"], one["people"]]);
    serde_json::json!({
        "lists": overview["lists"].as_array().expect("lists").iter().map(list).collect::<Vec<_>>(),
        "pairs": overview["pairs"],
        "combinations": overview["combinations"].as_array().expect("combinations").iter().map(combination).collect::<Vec<_>>(),
    })
}

/// An engine must say of tables what presend says of files.
fn assert_same(reach: &Reach, lists: &Lists, named: &[String]) {
    let files: Vec<String> = (0..LISTS).map(|list| format!("list{list}.csv")).collect();
    let (here, there) = (counts(&in_files(lists, &files)), counts(&reach.overview(lists, named, &["--profile"])));
    assert!(here["combinations"].as_array().expect("combinations").len() > 40);
    pretty_assert(&here, &there);
    // One list alone takes another way.
    let (here, there) = (in_files(lists, &files[..1]), reach.overview(lists, &named[..1], &["--profile"]));
    pretty_assert(&counts(&here), &counts(&there));
}

/// An engine must understand words about people as presend does.
fn assert_words(reach: &Reach, lists: &Lists, named: &str) {
    let (here, there) = (in_files(lists, &["words.csv".into()]), reach.overview(lists, &[format!("words={named}")], &["--profile"]));
    pretty_assert(&counts(&here), &counts(&there));
    let of = |standing: &str| there["lists"][0][standing].as_u64();
    assert_eq!(["opted_out", "bounced", "never_subscribed", "mailable"].map(of), [2, 1, 2, 1].map(Some));
}

fn pretty_assert(here: &Value, there: &Value) {
    snapbox::assert_data_eq!(format!("{there:#}\n"), snapbox::Data::text(format!("{here:#}\n")).raw());
}

#[test]
fn postgresql_counts_as_presend_does() {
    if is_left_out("PostgreSQL") {
        return;
    }
    let lists = Lists::make(200_000);
    let server = Postgres::start(&lists);
    let reach = server.reach("presend");
    let named: Vec<String> = (0..LISTS).map(|list| format!("warehouse:crm.list{list}")).collect();
    assert_same(&reach, &lists, &named);

    let mut mixed = named.clone();
    mixed[2] = String::from("list2.csv");
    mixed[5] = String::from("list5.csv");
    assert_same(&reach, &lists, &mixed);

    server.load(&lists, "words");
    assert_words(&reach, &lists, "warehouse:crm.words");
    postgresql::reads_what_people_write(&reach, &lists, &server);
    postgresql::checks_a_draft(&reach, &lists);
    postgresql::refuses_in_words(&reach, &lists, &server);
    postgresql::tells_the_cost(&reach, &lists, &server);
    postgresql::only_reads(&reach, &lists, &server);
    postgresql::is_left_in_peace(&reach, &lists, &server);
}

#[test]
fn postgresql_rehearses_as_presend_does() {
    if is_left_out("PostgreSQL") {
        return;
    }
    let lists = Lists::make(2_000);
    rehearsals::write(&lists);
    let server = Postgres::start(&lists);
    server.sql("CREATE COLLATION crm.blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
    rehearsals::in_postgresql(&server.reach("presend"), &lists, &server);
}

#[test]
fn duckdb_rehearses_as_presend_does() {
    if is_left_out("DuckDB") {
        return;
    }
    let lists = Lists::make(2_000);
    rehearsals::write(&lists);
    let base = Duckdb::fill(&lists);
    base.load(&lists, &rehearsals::TABLES);
    rehearsals::assert_same(&base.reach(), &lists, &|table| format!("warehouse:crm.{table}"), &[&["orders", "customers"]]);
}

#[test]
fn duckdb_counts_as_presend_does() {
    if is_left_out("DuckDB") {
        return;
    }
    let lists = Lists::make(200_000);
    let base = Duckdb::fill(&lists);
    let reach = base.reach();
    let named: Vec<String> = (0..LISTS).map(|list| format!("warehouse:crm.list{list}")).collect();
    assert_same(&reach, &lists, &named);
    let mut mixed = named;
    mixed[1] = String::from("list1.csv");
    assert_same(&reach, &lists, &mixed);
    base.load(&lists, &["words"]);
    assert_words(&reach, &lists, "warehouse:crm.words");

    // A column whose collation takes letters for one is not counted by it.
    let error = reach.error(&lists, &["warehouse:crm.blind", "warehouse:crm.list1"]);
    assert!(error.contains("does not compare the addresses of `blind` as presend does"), "{error}");
    let error = reach.error(&lists, &["warehouse:SELECT email FROM read_csv('gone.csv')"]);
    assert!(error.contains("cannot be looked up"), "{error}");
    // What people are that have a word which was not there before, nobody knows.
    let error = reach.error(&lists, &["warehouse:SELECT email, CAST(random() AS VARCHAR) AS status FROM crm.list0 LIMIT 9"]);
    assert!(error.contains("does not add up"), "{error}");
}

#[test]
fn a_cluster_of_sail_counts_as_presend_does() {
    if is_left_out("Sail") {
        return;
    }
    let lists = Lists::make(200_000);
    Duckdb::write_parquet(&lists);
    let mut server = Sail::start();
    let reach = server.reach();
    let table = |list: usize| format!("l{list}=warehouse:SELECT * FROM parquet.`{}`", lists.path(&format!("list{list}.parquet")));
    let named: Vec<String> = (0..LISTS).map(table).collect();
    assert_same(&reach, &lists, &named);

    let error = reach.error(&lists, &["list0.csv", &named[1]]);
    assert!(error.contains("`list0` cannot be compared") && error.contains("load the list as a table"), "{error}");

    let shown = reach.overview(&lists, &named[..2], &["--warehouse-examples"]);
    let shown = shown["combinations"][0]["examples"][0]["address"].as_str().expect("somebody");
    assert!(shown.contains("•••@") && shown.ends_with(".example"), "{shown}");

    rehearsals::write(&lists);
    Duckdb::write_as_parquet(&lists, &rehearsals::TABLES);
    Duckdb::write_as_parquet(&lists, &["words"]);
    assert_words(&reach, &lists, &format!("warehouse:SELECT * FROM parquet.`{}`", lists.path("words.parquet")));
    let place = |table: &str| format!("warehouse:SELECT * FROM parquet.`{}`", lists.path(&format!("{table}.parquet")));
    rehearsals::assert_same(&reach, &lists, &place, &[]);

    let slow = format!("warehouse:SELECT a.email FROM parquet.`{0}` AS a CROSS JOIN parquet.`{0}` AS b", lists.path("list0.parquet"));
    let mut running =
        reach.command(&lists, &["audience", &slow, &named[1]]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("presend runs");
    // Until it has looked and probed, and counts.
    std::thread::sleep(Duration::from_secs(4));
    assert!(running.try_wait().expect("a state").is_none(), "it is not yet over");
    server.kill();
    let status = running.wait().expect("presend ends");
    let (mut out, mut error) = (String::new(), String::new());
    running.stdout.take().expect("output").read_to_string(&mut out).expect("text");
    running.stderr.take().expect("output").read_to_string(&mut error).expect("text");
    assert_eq!((status.code(), out.as_str()), (Some(2), ""), "{error}");
    assert!(error.contains("counting in the warehouse"), "{error}");
    let error = reach.error(&lists, &[&named[0]]);
    assert!(error.contains("the warehouse cannot be reached"), "{error}");
}
