//! What people write in `PostgreSQL`, what it refuses, and what happens to it while it counts.

use super::engines::Postgres;
use super::rows::Lists;
use super::{Reach, counts, in_files, pretty_assert, text};
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Views, queries, other collations, other types of text, names in odd letters, nothing in a cell.
pub(crate) fn reads_what_people_write(reach: &Reach, lists: &Lists, server: &Postgres) {
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
pub(crate) fn checks_a_draft(reach: &Reach, lists: &Lists) {
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

pub(crate) fn refuses_in_words(reach: &Reach, lists: &Lists, server: &Postgres) {
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
    says(reach.error(lists, &["warehouse:SELECT email, email FROM crm.list0"]), &["two columns of this query are called `email`"]);
    let changing = "warehouse:SELECT email, CAST(random() AS text) AS status FROM crm.list0 LIMIT 9";
    says(reach.error(lists, &[changing]), &["does not add up", "may have changed"]);
    says(reach.error(lists, &[changing, "warehouse:crm.list1"]), &["does not add up", "may have changed"]);
    says(reach.error(lists, &["warehouse:SELECT email FORM crm.list0"]), &["syntax error", "look whether it is right"]);
    let mut foreign = server.reach("presend");
    foreign.flags[3] = String::from("spark");
    says(foreign.error(lists, &["warehouse:crm.list0"]), &["syntax error", "`dialect` in [warehouse]"]);
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

/// What a count is going to read is said before it, as the engine plans it.
pub(crate) fn tells_the_cost(reach: &Reach, lists: &Lists, server: &Postgres) {
    let run = reach.run(lists, &["audience", "warehouse:crm.list0", "warehouse:crm.view0", "warehouse:crm.list5"]);
    // Each list is read alone and among the others.
    let bytes: f64 = server.ask("SELECT 4 * pg_relation_size('crm.list0') + 2 * pg_relation_size('crm.list5')").parse().expect("bytes");
    let wanted = format!("counting 3 lists in the warehouse reads {:.0} MB, as PostgreSQL plans it\n", bytes / 1e6);
    assert_eq!(text(&run.stderr), wanted);
}

pub(crate) fn only_reads(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE TABLE crm.touched (at int);
         CREATE FUNCTION crm.touch() RETURNS boolean LANGUAGE sql VOLATILE AS 'INSERT INTO crm.touched VALUES (1) RETURNING true';",
    );
    let error = reach.error(lists, &["warehouse:SELECT email FROM crm.list5 WHERE crm.touch()"]);
    assert!(error.contains("read-only transaction"), "{error}");
    assert_eq!(server.ask("SELECT count(*) FROM crm.touched"), "0");
}

/// A server that goes, a worker that is killed, a person who presses Ctrl-C: an error or an end, and never a number.
pub(crate) fn is_left_in_peace(reach: &Reach, lists: &Lists, server: &Postgres) {
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
    let worker = "SELECT coalesce(min(pid), 0) FROM pg_stat_activity WHERE backend_type = 'parallel worker' AND query LIKE '%all_rows%'";
    wait_for(&|pid| pid != "0", worker);
    server.kill(&server.ask(worker));
    let ended = orphaned.wait_with_output().expect("presend ends");
    assert_eq!((ended.status.code(), text(&ended.stdout)), (Some(2), String::new()));
    assert!(text(&ended.stderr).contains("nothing is known"), "{}", text(&ended.stderr));
}
