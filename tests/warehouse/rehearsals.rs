//! A plan whose lists stand in an engine against the same plan over files: conditions of every kind on awkward cells, events of every age.

use super::engines::Postgres;
use super::rows::Lists;
use super::{Reach, pretty_assert, text};
use serde_json::Value;
use std::fmt::Write as _;

/// The tables of the plan.
pub(crate) const TABLES: [&str; 5] = ["cohort", "customers", "newsletter", "gone", "orders"];

const COUNTRIES: [&str; 11] = ["GB", " gb ", "UK", "\u{a0}GB", "Gb", "DE", "", "GB\u{2028}", "ＧＢ", "U\u{212a}", "uk\t"];
const ORDERS: [&str; 15] =
    ["3", "2.9999", "1,234", "12,5", "many", "", "-1", "3.0", " 7 ", "+4", "1e3", "2.99995", "0", "٣", "99999999999999999999"];
const CITIES: [&str; 11] = ["Köln", "KÖLN", "koln", "Kiel", "\u{212a}iel", "ünited", "İzmir", "Paris", " kÖln\u{3000}", "Ko\u{308}ln", ""];
const NOTES: [&str; 8] = ["wholesale buyer", "WHOLE SALE", "a Wholesale", "none", "", "\u{a0}", "\u{b}", "WHOLE\u{212a}SALE"];
const LEFT: [&str; 7] = ["yes", "no", "", "", "", "", "2026-01-01"];

/// Letters of which random cells are made: those that engines lower, cut, match or order in ways of their own.
const LETTERS: &str = "aAkK\u{212a}iI\u{130}\u{131}\u{df}gGbB \u{a0}\u{2028}\u{b}\u{c}\u{85}\u{200b}\u{feff}012345.,-+'e%_\\öÖ\u{308}\u{3a3}\u{3c2}\t\u{663}$^[]|*?()\u{1c}";

const FLOWS: &str = r#"
[[segment]]
name = "British"
where = [{ column = "country", is = ["GB"] }, { column = "orders", more-than = 3 }]
[[flow]]
name = "WELCOME"
trigger = { joins = "newsletter" }
kind = "welcome"
where = [{ column = "country", is = ["GB", "UK"] }]
steps = [
  { send = "Hello", coupons = ["WELCOME10"] },
  { wait = "2 days" },
  { if = { where = { column = "orders", at-least = 3 } }, then = [{ send = "For you" }], else = [{ send = "For others" }, { send = "More" }] },
]
[[flow]]
name = "BRITONS"
trigger = { segment = "British" }
steps = [{ send = "Tea" }]
[[flow]]
name = "COLOGNE"
trigger = { joins = "newsletter" }
where = [{ column = "city", is = "Köln" }]
steps = [{ send = "Dom" }]
[[flow]]
name = "NOT KIEL"
trigger = { joins = "newsletter" }
where = [{ column = "city", is-not = ["kiel", "PARIS"] }]
steps = [{ send = "Sea" }]
[[flow]]
name = "FEW"
trigger = { joins = "newsletter" }
where = [{ column = "orders", less-than = 2.99995 }]
steps = [{ send = "Few" }]
[[flow]]
name = "BOXES"
trigger = { joins = "newsletter" }
where = [{ column = "note", holds = ["wholesale", "whole sale"] }]
steps = [{ send = "Boxes" }]
[[flow]]
name = "SILENT"
trigger = { joins = "newsletter" }
where = [{ column = "note", filled = false }]
steps = [{ send = "Say something" }]
[[flow]]
name = "OTHERS"
trigger = { joins = "newsletter" }
where = [{ column = "note", holds-not = ["KSA", "ö"] }]
steps = [{ send = "Other" }]
[[flow]]
name = "ODD WORD"
trigger = { joins = "newsletter" }
where = [{ column = "odd", is-not = ["k", "ki", "ö", "i", "5", ""] }]
steps = [{ send = "Odd" }]
[[flow]]
name = "ODD PART"
trigger = { joins = "newsletter" }
where = [{ column = "odd", holds = ["k", "%", "\\\\", "ö"] }]
steps = [{ send = "Odd" }]
[[flow]]
name = "ODD NUMBER"
trigger = { joins = "newsletter" }
where = [{ column = "odd", at-least = 2.5 }]
steps = [{ send = "Odd" }]
[[flow]]
name = "SHIPPED"
trigger = { event = "order-shipped" }
kind = "review-request"
reentry = "30 days"
age-limit = "5 days"
steps = [{ wait = "3 days" }, { send = "How was it?" }]
[[flow]]
name = "ALWAYS"
trigger = { event = "order-shipped" }
reentry = "always"
steps = [{ send = "Thanks" }]
"#;

/// Writes the tables as files, and the flows.
pub(crate) fn write(lists: &Lists) {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from((seed >> 11) % below as u64).expect("small")
    };
    let columns =
        ["email,country,orders,city,note,unsubscribed,odd", "email,country,orders,city", "email,note", "email", "email,shipped_at,sku"];
    for ((table, columns), rows) in TABLES.into_iter().zip(columns).zip([4000, 2500, 3000, 500, 6000]) {
        let mut text = format!("{columns}\n");
        for _ in 0..rows {
            for (at, column) in columns.split(',').enumerate() {
                let cell = match column {
                    "email" => email(next(6000), next(100)),
                    "country" => COUNTRIES[next(COUNTRIES.len())].to_owned(),
                    "orders" => ORDERS[next(ORDERS.len())].to_owned(),
                    "city" => CITIES[next(CITIES.len())].to_owned(),
                    "note" => NOTES[next(NOTES.len())].to_owned(),
                    "unsubscribed" => LEFT[next(LEFT.len())].to_owned(),
                    "odd" if next(3) == 0 => (0..=next(4)).filter_map(|_| LETTERS.chars().nth(next(LETTERS.chars().count()))).collect(),
                    "odd" => format!("{}.{}", next(9), next(10_000_000)),
                    "shipped_at" => date(next(28) + 1, next(24), next(60), next(20)),
                    _ => String::from("x"),
                };
                let _ = write!(text, "{}\"{cell}\"", if at == 0 { "" } else { "," });
            }
            text.push('\n');
        }
        lists.write(&format!("{table}.csv"), &text);
    }
    lists.write("flows.toml", FLOWS);
}

fn email(person: usize, kind: usize) -> String {
    let address = format!("q{person}.x@{}", if person.is_multiple_of(50) { "müller.example" } else { "mail.example" });
    match kind {
        0..5 => address.to_uppercase(),
        5..8 => format!("  {address}\t"),
        8 => String::new(),
        9 => String::from("nobody"),
        10..12 => format!("JÖRG.{address}"),
        _ => address,
    }
}

fn date(day: usize, hour: usize, minute: usize, kind: usize) -> String {
    match kind {
        0..12 => format!("2026-11-{day:02}T{hour:02}:{minute:02}:00Z"),
        12..14 => format!("2026-11-{day:02} {hour:02}:{minute:02}:{minute:02}+02:00"),
        14..16 => format!("2026-10-{day:02}"),
        16 => String::new(),
        17 => String::from("unknown"),
        18 => String::from("2026-11-31"),
        _ => format!("2026-11-{day:02} {hour:02}:{minute:02}"),
    }
}

/// The plan with each table where `place` says it is.
fn plan(place: &dyn Fn(&str) -> String) -> String {
    let quoted = |table: &str| toml::Value::String(place(table)).to_string();
    let [cohort, customers, newsletter, gone, orders] = TABLES.map(quoted);
    format!(
        "at = \"2026-11-23T09:00[Europe/London]\"\nzone = \"Europe/London\"\nflows = [\"flows.toml\"]\nold-after = \"7 days\"\n\
         [lists]\ncustomers = {customers}\nunsubscribed = {gone}\nnewsletter = {newsletter}\n\
         [[change]]\nadd = {cohort}\ninto = \"newsletter\"\n[[change]]\nimport = {orders}\nas = \"order-shipped\"\n\
         [[campaign]]\nname = \"Black Friday\"\nat = \"2026-11-27T08:00\"\nto = [\"newsletter\"]\n"
    )
}

/// All that is said of a plan, but where its lists are and which people are shown.
pub(crate) fn rehearsed(reach: &Reach, lists: &Lists, place: &dyn Fn(&str) -> String, more: &[&str]) -> Value {
    lists.write("plan.toml", &plan(place));
    let run = reach.run(lists, &[&["rehearse", "plan.toml", "--format", "json"], more].concat());
    assert_eq!(run.status.code(), Some(1), "{}", text(&run.stderr));
    let mut found: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    forget(&mut found, place);
    found
}

fn forget(value: &mut Value, place: &dyn Fn(&str) -> String) {
    match value {
        Value::Object(fields) => {
            for key in ["examples", "sha256", "column", "end_column"] {
                fields.remove(key);
            }
            fields.values_mut().for_each(|value| forget(value, place));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| forget(value, place)),
        Value::String(text) => TABLES.iter().for_each(|table| *text = text.replace(&place(table), table)),
        _ => {}
    }
}

/// A plan in an engine must say what it says over files; and so must one of which a part is files.
pub(crate) fn assert_same(reach: &Reach, lists: &Lists, place: &dyn Fn(&str) -> String, mixes: &[&[&str]]) {
    let none = Reach { flags: Vec::new(), env: Vec::new() };
    let file = |table: &str| format!("{table}.csv");
    let here = rehearsed(&none, lists, &file, &[]);
    assert_eq!(here["flows"].as_array().expect("flows").len(), 13);
    pretty_assert(&here, &rehearsed(reach, lists, place, &[]));
    for files in mixes {
        let where_it_is = |table: &str| if files.contains(&table) { file(table) } else { place(table) };
        pretty_assert(&here, &rehearsed(reach, lists, &where_it_is, &[]));
    }
}

/// Columns with types of their own, masked examples, `presend check` with a plan, and what is refused.
pub(crate) fn in_postgresql(reach: &Reach, lists: &Lists, server: &Postgres) {
    for table in TABLES {
        server.load(lists, table);
    }
    let place = |table: &str| format!("warehouse:crm.{table}");
    assert_same(reach, lists, &place, &[&["orders", "customers"], &["cohort", "newsletter", "gone"]]);
    shows_and_checks(reach, lists, &place);
    types(reach, lists, server);
    refuses(reach, lists, server);
}

fn shows_and_checks(reach: &Reach, lists: &Lists, place: &dyn Fn(&str) -> String) {
    lists.write("plan.toml", &plan(place));
    let run = reach.run(lists, &["rehearse", "plan.toml", "--warehouse-examples"]);
    let shown = text(&run.stdout);
    assert!(shown.contains("•••@mail.example (warehouse:crm.cohort)") && !shown.contains("q1"), "{shown}");
    // The same findings where a folder is checked whose settings name the plan.
    let findings = |report: &Value| {
        let findings = report["drafts"][0]["findings"].as_array().expect("findings").iter();
        findings.map(|finding| format!("{} {}", finding["rule"], finding["message"])).collect::<Vec<_>>()
    };
    lists.write("presend.toml", "plan = \"plan.toml\"\n");
    let run = reach.run(lists, &["check", ".", "--offline", "--format", "json"]);
    let report: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let alone = rehearsed(reach, lists, place, &[]);
    assert_eq!(findings(&report), findings(&alone["report"]));
    assert!(findings(&report).len() > 2);
    std::fs::remove_file(lists.path("presend.toml")).expect("a file");
}

/// Numbers, days and moments that the engine keeps as such, beside what it writes of them into a file.
fn types(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE TYPE crm.land AS ENUM ('GB', 'DE', 'uk');
         CREATE TABLE crm.typed_cohort AS SELECT email, (ARRAY['GB', 'DE', 'uk', NULL])[1 + i % 4]::crm.land AS country, (i % 7) AS orders, (i % 900) / 100.0::float8 AS city,
           CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END AS note, i % 11 = 0 AS unsubscribed, i::real / 7 AS odd
           FROM (SELECT *, row_number() OVER (ORDER BY email, country, city) AS i FROM crm.cohort) AS c;
         CREATE TABLE crm.typed_customers AS SELECT email, country, (i % 50)::numeric(10, 2) / 10 AS orders, 'x'::char(9) AS city
           FROM (SELECT *, row_number() OVER (ORDER BY email, country, city) AS i FROM crm.customers) AS c;
         CREATE TABLE crm.typed_orders AS SELECT email, CASE WHEN i % 40 > 0 THEN '2026-11-23 12:00+00'::timestamptz - i * interval '307.25 seconds' END AS shipped_at, sku
           FROM (SELECT *, row_number() OVER (ORDER BY email, shipped_at) AS i FROM crm.orders) AS o;
         CREATE VIEW crm.typed_newsletter AS SELECT * FROM crm.newsletter;
         CREATE VIEW crm.typed_gone AS SELECT * FROM crm.gone;",
    );
    for table in TABLES {
        server.sql(&format!("\\copy (SELECT * FROM crm.typed_{table}) TO '{}' CSV HEADER", lists.path(&format!("typed_{table}.csv"))));
    }
    let none = Reach { flags: Vec::new(), env: Vec::new() };
    let here = rehearsed(&none, lists, &|table| format!("typed_{table}.csv"), &[]);
    pretty_assert(&here, &rehearsed(reach, lists, &|table| format!("warehouse:crm.typed_{table}"), &[]));
}

/// What no engine could answer as presend would is left open and said, or refused; no number is shown in its place.
fn refuses(reach: &Reach, lists: &Lists, server: &Postgres) {
    server.sql(
        "CREATE TABLE crm.wide AS SELECT 'r' || i || '@a.example' AS email, 'Kölln ' || i AS city, 'x'::bytea AS note,
           'Kölln'::text COLLATE crm.blind AS country, 'k' || i || '@\u{212a}.example' AS orders FROM generate_series(1, 1100) AS i;
         CREATE VIEW crm.many AS SELECT 'r' || i || '@a.example' AS email, now() + i * interval '1 second' AS shipped_at FROM generate_series(1, 250001) AS i;
         CREATE TABLE crm.both (email text, shipped_at text); INSERT INTO crm.both VALUES ('a@a.example', '13/11/2026'), ('b@a.example', '11/13/2026');",
    );
    let put =
        |of: &'static str, other: &'static str| move |table: &str| format!("warehouse:crm.{}", if table == of { other } else { table });
    let found = rehearsed(reach, lists, &put("cohort", "wide"), &[]);
    let gaps = format!("{:#}", found["not_rehearsed"]);
    for words in [
        "`city` of `change 1` has more than 1024 values",
        "`note` of `change 1` holds bytes or lists",
        "`orders` of `change 1` has more than 1024 values",
    ] {
        assert!(gaps.contains(words), "{words}: {gaps}");
    }
    let error = |place: &dyn Fn(&str) -> String| {
        lists.write("plan.toml", &plan(place));
        let run = reach.run(lists, &["rehearse", "plan.toml"]);
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(2), String::new()), "{}", text(&run.stderr));
        text(&run.stderr)
    };
    let many = error(&put("orders", "many"));
    assert!(many.contains("more than 250000 different dates") && many.contains("CAST(shipped_at AS date)"), "{many}");
    let both = error(&put("orders", "both"));
    assert!(both.contains("put the day first in some rows and the month in others"), "{both}");
    let gone = error(&put("newsletter", "not_there"));
    assert!(gone.contains("`newsletter` cannot be looked up"), "{gone}");
    let none = Reach { flags: Vec::new(), env: Vec::new() };
    lists.write("plan.toml", &plan(&|table| format!("warehouse:crm.{table}")));
    let run = none.run(lists, &["rehearse", "plan.toml"]);
    assert!(text(&run.stderr).contains("nothing says which driver reaches it"), "{}", text(&run.stderr));
}
