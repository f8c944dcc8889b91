//! Lists in real engines against the same lists as files: a whole table of combinations each, and everything that can go wrong.
//!
//! `tests/warehouse/install` fetches the engines. Where they are not there, these tests fail and say so; with
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
#[path = "warehouse/rows.rs"]
mod rows;

use engines::{Duckdb, Postgres, Sail, is_left_out};
use rows::{LISTS, Lists};
use serde_json::Value;
use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

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

    postgresql_reads_what_people_write(&reach, &lists, &server);
    postgresql_checks_a_draft(&reach, &lists);
    postgresql_rehearses(&reach, &lists);
    postgresql_refuses_in_words(&reach, &lists, &server);
    postgresql_only_reads(&reach, &lists, &server);
    postgresql_is_left_in_peace(&reach, &lists, &server);
}

/// Views, queries, other collations, other types of text, names in odd letters, nothing in a cell.
fn postgresql_reads_what_people_write(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE EXTENSION IF NOT EXISTS citext;
         CREATE COLLATION crm.blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
         CREATE VIEW crm.view0 AS SELECT * FROM crm.list0;
         CREATE TABLE crm.\"Odd \"\"Name\" AS SELECT * FROM crm.list0;
         CREATE TABLE crm.blind0 (id bigint, email text COLLATE crm.blind, first_name text, country text, unsubscribed text);
         INSERT INTO crm.blind0 SELECT * FROM crm.list0;
         CREATE TABLE crm.ci0 AS SELECT id, email::citext AS email, first_name, country, unsubscribed FROM crm.list0;
         CREATE TABLE crm.nothing (email text, unsubscribed boolean);
         CREATE TABLE crm.nulls (email varchar(80), unsubscribed boolean);
         INSERT INTO crm.nulls VALUES (NULL, NULL), ('A@a.example', true), ('a@a.example ', false), ('b@a.example', NULL);",
    );
    let wanted = counts(&in_files(lists, &["list0.csv".into(), "list1.csv".into()]));
    for other in ["crm.view0", "CRM.View0", "crm.\"Odd \"\"Name\"", "crm.blind0", "crm.ci0", "SELECT * FROM crm.list0 -- all"] {
        let found = reach.overview(lists, &[format!("a=warehouse:{other}"), "warehouse:crm.list1".into()], &["--profile"]);
        pretty_assert(&wanted, &counts(&found));
    }
    let nothing = reach.overview(lists, &["warehouse:crm.nothing".into(), "list5.csv".into()], &["--profile"]);
    assert_eq!((&nothing["lists"][0]["rows"], &nothing["pairs"][0][1]), (&0.into(), &0.into()));
    let nulls = &reach.overview(lists, &["warehouse:crm.nulls".into()], &["--profile"])["lists"][0];
    assert_eq!(
        (&nulls["rows"], &nulls["people"], &nulls["opted_out"], &nulls["without_address"]["rows"]),
        (&4.into(), &2.into(), &1.into(), &1.into())
    );
    let shown = reach.overview(lists, &["warehouse:crm.nulls".into(), "warehouse:crm.list0".into()], &["--warehouse-examples"]);
    assert_eq!(shown["combinations"][1]["examples"][0]["address"], "a•••@a.example");
    assert_eq!(shown["combinations"][1]["examples"][0]["rows"][0], serde_json::json!({ "file": "warehouse:crm.nulls" }));
}

/// The same draft with files and with tables gets the same findings of every rule that runs on both.
fn postgresql_checks_a_draft(reach: &Reach, lists: &Lists) {
    lists.write(
        "mail.eml",
        "From: Shop <news@shop.example>\nTo: you@a.example\nSubject: Welcome to Shop\n\nHi {{ first_name }}, welcome!\n",
    );
    let findings = |reach: &Reach, list: &dyn Fn(usize) -> String| {
        let (customers, left) = (format!("customers={}", list(1)), format!("unsubscribed={}", list(2)));
        let to = list(0);
        let words = ["check", "mail.eml", "--offline", "--format", "json", "--to", &to, "--list", &customers, "--list", &left];
        let run = reach.run(lists, &words);
        assert_eq!(run.status.code(), Some(1), "{}", text(&run.stderr));
        let report: Value = serde_json::from_slice(&run.stdout).expect("JSON");
        let mut found: Vec<String> = report["drafts"][0]["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| format!("{} {}", finding["rule"], finding["message"]).replace(&to, "TO"))
            .collect();
        found.sort();
        (found, format!("{:#}", report["drafts"][0]["not_checked"]))
    };
    let none = Reach { flags: Vec::new(), env: Vec::new() };
    let (here, _) = findings(&none, &|list| format!("list{list}.csv"));
    let (there, gaps) = findings(reach, &|list| format!("warehouse:crm.list{list}"));
    let seldom = ["empty-greeting", "greeting"];
    let here: Vec<&String> = here.iter().filter(|finding| !seldom.iter().any(|rule| finding.contains(rule))).collect();
    for rule in ["customers-welcomed", "opted-out-mailed", "opted-out-listed", "doubled-person", "invalid-address", "missing-address"] {
        let of = |finding: &&String| finding.contains(&format!("\"{rule}\""));
        let (one, other) = (here.iter().copied().find(of), there.iter().find(of));
        assert!(one.is_some() && one == other, "{rule}: {one:?} {other:?}");
    }
    assert!(gaps.contains("counts alone"), "{gaps}");
}

/// A cohort that is added, and orders that are imported, set off the same for lists in the warehouse as for files.
fn postgresql_rehearses(reach: &Reach, lists: &Lists) {
    lists.write(
        "flows.toml",
        "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\ncustomers = false\nsteps = [{ send = \"Hello\" }]\n\
         [[flow]]\nname = \"SHIPPED\"\ntrigger = { event = \"order-shipped\" }\nreentry = \"always\"\nsteps = [{ send = \"Shipped\" }]\n",
    );
    let rehearsed = |reach: &Reach, list: &dyn Fn(usize) -> String| {
        let (add, customers, news) = (list(3), format!("customers={}", list(1)), format!("newsletter={}", list(2)));
        let words = [
            "rehearse",
            "--at",
            "2026-11-20T09:00",
            "--flows",
            "flows.toml",
            "--add",
            &add,
            "--into",
            "newsletter",
            "--import",
            "list4.csv",
            "--as",
            "order-shipped",
        ];
        let run = reach.run(lists, &[&words[..], &["--list", &customers, "--list", &news, "--format", "json"]].concat());
        let report: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", text(&run.stderr)));
        (run.status.code(), without_examples(report, &add))
    };
    let none = Reach { flags: Vec::new(), env: Vec::new() };
    let here = rehearsed(&none, &|list| format!("list{list}.csv"));
    let there = rehearsed(reach, &|list| format!("warehouse:crm.list{list}"));
    pretty_assert(&here.1, &there.1);
    assert_eq!(here.0, there.0);
    assert!(here.1.to_string().contains("WELCOME"));
}

/// A rehearsal without single people, and without the name of the list that is added.
fn without_examples(mut value: Value, added: &str) -> Value {
    match &mut value {
        Value::Object(map) => {
            map.retain(|key, _| !["examples", "end_column"].contains(&key.as_str()));
            map.values_mut().for_each(|value| *value = without_examples(value.take(), added));
        }
        Value::Array(all) => all.iter_mut().for_each(|value| *value = without_examples(value.take(), added)),
        Value::String(text) => *text = text.replace(added, "ADDED"),
        _ => {}
    }
    value
}

fn postgresql_refuses_in_words(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE ROLE nobody_much LOGIN PASSWORD 'geheim'; GRANT USAGE ON SCHEMA crm TO nobody_much; GRANT SELECT ON crm.list0 TO nobody_much;
         REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC; CREATE TABLE crm.sku (sku text, price int);
         CREATE FUNCTION crm.broken(text) RETURNS text LANGUAGE sql AS 'SELECT (1 / length(left($1, 0)))::text';
         CREATE VIEW crm.torn AS SELECT crm.broken(email) AS email FROM crm.list0;",
    );
    let says = |error: String, words: &[&str]| words.iter().for_each(|word| assert!(error.contains(word), "{word}: {error}"));
    says(reach.error(lists, &["warehouse:crm.gone"]), &["`gone` cannot be looked up", "crm.gone"]);
    says(reach.error(lists, &["warehouse:crm.sku"]), &["no column of this list holds email addresses", "`sku`, `price`"]);
    says(reach.error(lists, &["warehouse:crm.list0", "--column", "id"]), &["`id` with the addresses is not text"]);
    says(reach.error(lists, &["warehouse:crm.list0", "--column", "mail"]), &["no column `mail`"]);
    says(reach.error(lists, &["warehouse:crm.list0; DROP TABLE crm.list0"]), &["must stand in quotes"]);
    says(reach.error(lists, &["warehouse:SELECT email FROM crm.list0) AS r; DROP TABLE crm.list0"]), &["more than one statement"]);
    says(reach.error(lists, &["warehouse:crm.torn"]), &["division by zero", "nothing is known"]);
    let weak = server.reach("nobody_much:geheim");
    says(weak.error(lists, &["warehouse:crm.list1"]), &["does not allow", "permission denied", "may read these tables"]);
    says(weak.error(lists, &["warehouse:crm.list0", "list1.csv"]), &["`list1`", "temporary table"]);
    let with = |uri: &str| {
        let mut other = server.reach("presend");
        other.env = vec![(String::from("PRESEND_WAREHOUSE"), uri.to_owned())];
        other
    };
    says(with("postgresql://presend:geheim%40x@127.0.0.1:1/postgres").error(lists, &["warehouse:crm.list0"]), &["cannot be reached"]);
    says(with("postgresql//geheim").error(lists, &["warehouse:crm.list0"]), &["cannot be reached"]);
    says(with("").error(lists, &["warehouse:crm.list0"]), &["`PRESEND_WAREHOUSE`", "is not set"]);
    let mut none = server.reach("presend");
    none.flags = ["--warehouse-driver", "postgresql", "--warehouse-uri", "env:PRESEND_WAREHOUSE"].map(String::from).to_vec();
    says(
        none.error(lists, &["warehouse:crm.list0"]),
        &["cannot be loaded", "dbc install postgresql", "pip install adbc-driver-postgresql"],
    );
    lists.write("short.toml", "[warehouse]\nseconds = 1\n");
    says(reach.error(lists, &["warehouse:crm.slow0", "--config", "short.toml"]), &["took too long", "seconds = 3600"]);
}

fn postgresql_only_reads(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE TABLE crm.touched (at int);
         CREATE FUNCTION crm.touch() RETURNS boolean LANGUAGE sql VOLATILE AS 'INSERT INTO crm.touched VALUES (1) RETURNING true';",
    );
    let error = reach.error(lists, &["warehouse:SELECT email FROM crm.list5 WHERE crm.touch()"]);
    assert!(error.contains("read-only transaction"), "{error}");
    assert_eq!(server.ask("SELECT count(*) FROM crm.touched"), "0");
}

/// A server that goes, a worker that is killed, a person who presses Ctrl-C: an error or an end, and never a number.
fn postgresql_is_left_in_peace(reach: &Reach, lists: &Lists, server: &Postgres) {
    let busy = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%all_rows%' AND pid <> pg_backend_pid()";
    let wait_for = |wanted: &dyn Fn(&str) -> bool, sql: &str| {
        let begun = Instant::now();
        while !wanted(&server.ask(sql)) {
            assert!(begun.elapsed() < Duration::from_secs(40), "{sql}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let start = || {
        let words = ["audience", "warehouse:crm.slow0", "warehouse:crm.list1"];
        reach.command(lists, &words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("presend runs")
    };
    let interrupted = start();
    wait_for(&|count| count != "0", busy);
    assert!(Command::new("kill").args(["-INT", &interrupted.id().to_string()]).status().expect("kill").success());
    let ended = interrupted.wait_with_output().expect("presend ends");
    assert_eq!((ended.status.code(), text(&ended.stdout)), (Some(2), String::new()));
    assert!(text(&ended.stderr).contains("was ended before it was done"), "{}", text(&ended.stderr));
    wait_for(&|count| count == "0", busy);

    let cut = start();
    wait_for(&|count| count != "0", busy);
    server.ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%all_rows%' AND pid <> pg_backend_pid()");
    let ended = cut.wait_with_output().expect("presend ends");
    assert_eq!((ended.status.code(), text(&ended.stdout)), (Some(2), String::new()));
    assert!(text(&ended.stderr).contains("nothing is known"), "{}", text(&ended.stderr));

    let orphaned = start();
    let worker = "SELECT coalesce(min(pid), 0) FROM pg_stat_activity WHERE backend_type = 'parallel worker'";
    wait_for(&|pid| pid != "0", worker);
    server.kill(&server.ask(worker));
    let ended = orphaned.wait_with_output().expect("presend ends");
    assert_eq!((ended.status.code(), text(&ended.stdout)), (Some(2), String::new()));
    assert!(text(&ended.stderr).contains("nothing is known"), "{}", text(&ended.stderr));
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

    // A column whose collation takes letters for one is not counted by it.
    let error = reach.error(&lists, &["warehouse:crm.blind", "warehouse:crm.list1"]);
    assert!(error.contains("does not compare the addresses of `blind` as presend does"), "{error}");
    let error = reach.error(&lists, &["warehouse:SELECT email FROM read_csv('gone.csv')"]);
    assert!(error.contains("cannot be looked up"), "{error}");
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
    assert!(error.contains("warehouse"), "{error}");
}
