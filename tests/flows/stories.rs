//! What really happened to people, told as plans: each would have been seen before.

use super::{findings, folder, presend, rehearse, rules, run};
use std::fmt::Write as _;

const KLAVIYO: &str = include_str!("../../fixtures/inputs/flows/klaviyo-welcome.json");

fn people(range: std::ops::Range<u32>, prefix: &str) -> String {
    range.fold(String::from("Email\n"), |mut list, number| {
        let _ = writeln!(list, "{prefix}{number}@cheese.example");
        list
    })
}

#[test]
fn the_big_cheese_would_have_known_about_27463_customers() {
    // The cohort: everybody who has bought, in capitals as the shop wrote them, and 400 who have not.
    let cohort = people(0..27_463, "BUYER") + people(0..400, "new").split_once('\n').expect("rows").1;
    let folder = folder(&[
        ("cohort.csv", &cohort),
        ("customers.csv", &people(0..41_002, "buyer")),
        ("members.csv", &people(0..5_000, "member")),
        ("coupons.csv", "code,discount,ends\nWELCOME10,10%,2026-12-31\n"),
        ("welcome.eml", "Subject: Welcome to the Big Cheese\n\nUse WELCOME10 at the till for 10% off your first order.\n"),
        ("flows.json", KLAVIYO),
        (
            "plan.toml",
            "at = \"2026-11-23T09:00[Europe/London]\"\nflows = [\"flows.json\"]\ncoupons = [\"coupons.csv\"]\norder-value = \"60 GBP\"\n\
             [names]\nY6nRLr = \"Cheese club\"\n[drafts]\n\"Welcome to the Big Cheese\" = \"welcome.eml\"\n\
             [lists]\ncustomers = \"customers.csv\"\n\"Cheese club\" = \"members.csv\"\n\
             [[change]]\nadd = \"cohort.csv\"\ninto = \"Cheese club\"\n[[expected]]\nflow = \"WELCOME\"\npeople = 400\n",
        ),
    ]);
    let (rehearsal, code) = rehearse(folder.path(), &["plan.toml"]);
    assert_eq!(code, 1);
    let welcome = run(&rehearsal, "WELCOME");
    assert_eq!((welcome["people"].as_u64(), welcome["customers"].as_u64()), (Some(27_863), Some(27_463)));
    let said = findings(&rehearsal);
    assert_eq!(said[0].0, "customers-in-welcome-flow");
    assert_eq!(
        said[0].2,
        "27,463 existing customers would get WELCOME, each with WELCOME10; that could cost up to 164,778 GBP \
         (27,463 people × 6 GBP, which is 10 % of an order of 60 GBP)"
    );
    assert_eq!(said[1].2, "WELCOME would start for 27,863 people; 400 are expected: 27,463 more");
    assert_eq!(said.len(), 2);
    // The second mail of the series follows after three days.
    let mails: Vec<(&str, u64)> = rehearsal["mailings"]
        .as_array()
        .expect("mailings")
        .iter()
        .map(|mail| (mail["at"].as_str().expect("a time"), mail["mails"].as_u64().expect("a number")))
        .collect();
    assert_eq!(mails, [("2026-11-23T09:00:00+00:00[Europe/London]", 27_863), ("2026-11-26T09:00:00+00:00[Europe/London]", 27_863)]);
}

#[test]
fn a_flow_that_keeps_customers_out_starts_for_the_others_alone() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\ncustomers = false\nsteps = [{ send = \"Hello\" }]\n";
    let folder = folder(&[
        ("cohort.csv", "email\nann@a.example\nben@a.example\n"),
        ("customers.csv", "email\nann@a.example\n"),
        ("flows.toml", flows),
    ]);
    let words = [
        "--add",
        "cohort.csv",
        "--into",
        "newsletter",
        "--list",
        "customers=customers.csv",
        "--flows",
        "flows.toml",
        "--expect",
        "WELCOME=1",
    ];
    let (rehearsal, code) = rehearse(folder.path(), &words);
    assert_eq!((code, run(&rehearsal, "WELCOME")["people"].as_u64()), (0, Some(1)));
    assert_eq!(run(&rehearsal, "WELCOME")["held"][0]["why"], "its filter keeps them out");
}

const SHIPPED: &str = "[[flow]]\nname = \"SHIPPED\"\ntrigger = { event = \"order-shipped\" }\nreentry = \"always\"\n";

#[test]
fn three_years_of_orders_would_have_shipped_again() {
    let mut orders = String::from("Name,Email,Fulfilled at\n");
    for number in 0..1_000 {
        let _ =
            writeln!(orders, "#{number},buyer{}@shop.example,{}-11-{:02} 10:00:00 -0500", number / 2, 2023 + number % 3, 1 + number % 20);
    }
    orders.push_str("#2000,late@shop.example,2026-11-22 10:00:00 -0500\n");
    let steps = "steps = [{ send = \"Your order has shipped\" }]\n";
    let folder = folder(&[
        ("orders.csv", &orders),
        ("flows.toml", &format!("{SHIPPED}{steps}")),
        ("young.toml", &format!("{SHIPPED}age-limit = \"7 days\"\n{steps}")),
    ]);
    let words = ["--import", "orders.csv", "--as", "order-shipped", "--at", "2026-11-23T09:00", "--flows"];
    let (rehearsal, code) = rehearse(folder.path(), &[&words[..], &["flows.toml", "--expect", "SHIPPED=501"]].concat());
    assert_eq!(code, 1);
    let shipped = run(&rehearsal, "SHIPPED");
    assert_eq!(
        (shipped["starts"].as_u64(), shipped["people"].as_u64(), shipped["old_events"].as_u64()),
        (Some(1_001), Some(501), Some(1_000))
    );
    assert_eq!(
        findings(&rehearsal)[0].2,
        "1,000 events older than 7 days would start SHIPPED for 500 people, the oldest from 1 November 2023, 3 years ago; it has no age limit"
    );
    let (rehearsal, code) = rehearse(folder.path(), &[&words[..], &["young.toml", "--expect", "SHIPPED=1"]].concat());
    assert_eq!((code, rules(&rehearsal)), (0, Vec::<String>::new()));
    assert_eq!(run(&rehearsal, "SHIPPED")["held"][0]["times"], 1_000);
}

#[test]
fn reviewers_who_were_asked_before_are_counted() {
    let flows = "[[flow]]\nname = \"REVIEW REQUEST\"\ntrigger = { event = \"delivered\" }\nreentry = \"always\"\nage-limit = \"90 days\"\n\
                 steps = [{ wait = \"10 days\" }, { send = \"How was it?\" }]\n";
    let folder = folder(&[
        ("orders.csv", "email,date\nann@a.example,2026-11-20\nben@a.example,2026-11-20\ncy@a.example,2026-11-21\n"),
        ("asked.csv", "email\nANN@a.example\ncy@a.example\n"),
        ("flows.toml", flows),
    ]);
    let words = [
        "--import",
        "orders.csv",
        "--as",
        "delivered",
        "--list",
        "already-asked=asked.csv",
        "--flows",
        "flows.toml",
        "--at",
        "2026-11-23T09:00",
        "--expect",
        "REVIEW REQUEST=3",
    ];
    let (rehearsal, code) = rehearse(folder.path(), &words);
    assert_eq!(code, 1);
    let said = findings(&rehearsal);
    assert_eq!(
        (said.len(), said[0].1, said[0].2.as_str()),
        (1, 2, "2 people who have been asked for a review would be asked again by REVIEW REQUEST")
    );
    assert_eq!(rehearsal["mailings"][0]["at"], "2026-12-03T09:00:00+00:00[UTC]");
}

const CHAIN: &str = "[[flow]]\nname = \"A\"\ntrigger = { joins = \"one\" }\nreentry = \"never\"\nsteps = [{ send = \"a\" }, { wait = \"1 day\" }, { add = \"two\" }]\n\
    [[flow]]\nname = \"B\"\ntrigger = { joins = \"two\" }\nreentry = \"never\"\nsteps = [{ send = \"b\" }, { wait = \"1 day\" }, { start = \"C\" }]\n\
    [[flow]]\nname = \"C\"\ntrigger = { event = \"never\" }\nreentry = \"never\"\nsteps = [{ send = \"c\" }]\n";

#[test]
fn a_chain_of_three_flows_is_followed_to_its_end() {
    let lists = [
        ("cohort.csv", "email\nann@a.example\nben@a.example\ncy@a.example\n"),
        ("two.csv", "email\ncy@a.example\n"),
        ("flows.toml", CHAIN),
    ];
    let folder = folder(&lists);
    let words = ["--add", "cohort.csv", "--into", "one", "--list", "two=two.csv", "--flows", "flows.toml", "--at", "2026-11-23T09:00"];
    let (rehearsal, code) = rehearse(folder.path(), &words);
    assert_eq!(code, 1);
    let starts = ["A", "B", "C"].map(|flow| run(&rehearsal, flow)["people"].as_u64());
    assert_eq!(starts, [Some(3), Some(2), Some(2)]);
    assert_eq!(rehearsal["mails_per_person"].as_array().map(Vec::len), Some(2));
    let (map, _, code) = presend(folder.path(), &["flows", "flows.toml"]);
    assert!(code == 0 && map.contains("Chain  A → B → C"), "{map}");
    let all = [&words[..], &["--expect", "A=3", "--expect", "B=2", "--expect", "C=2"]].concat();
    assert_eq!(rehearse(folder.path(), &all).1, 0);
}

#[test]
fn a_loop_is_found_and_ends() {
    let flows = "[[flow]]\nname = \"A\"\ntrigger = { joins = \"one\" }\nreentry = \"always\"\nsteps = [{ send = \"a\" }, { remove = \"one\" }, { add = \"two\" }]\n\
        [[flow]]\nname = \"B\"\ntrigger = { joins = \"two\" }\nreentry = \"always\"\nsteps = [{ wait = \"2 days\" }, { remove = \"two\" }, { add = \"one\" }]\n";
    let tight = flows.replace("{ wait = \"2 days\" }, ", "");
    let folder = folder(&[("cohort.csv", "email\nann@a.example\n"), ("flows.toml", flows), ("tight.toml", &tight)]);
    let words = |flows: &'static str| ["--add", "cohort.csv", "--into", "one", "--at", "2026-11-23T09:00", "--flows", flows];
    let (rehearsal, code) = rehearse(folder.path(), &words("flows.toml"));
    assert_eq!(code, 1);
    let said = findings(&rehearsal);
    assert_eq!((said[0].0.as_str(), said[0].2.as_str()), ("flow-loop", "Up to 1 person would go round in a circle: A → B → A"));
    // One round every two days for two weeks, and the first one.
    assert_eq!(run(&rehearsal, "A")["starts"].as_u64(), Some(8));
    let (rehearsal, code) = rehearse(folder.path(), &words("tight.toml"));
    assert!(code == 1 && rules(&rehearsal).contains(&String::from("flow-loop")));
    assert!(rehearsal["not_rehearsed"].to_string().contains("round in a circle"), "{:#}", rehearsal["not_rehearsed"]);
}

#[test]
fn an_intended_import_stays_silent() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\nsteps = [{ send = \"Hello\" }, { wait = \"3 days\" }, { send = \"More\" }]\n";
    let plan = "at = 2026-11-23T09:00:00\nflows = [\"flows.toml\"]\n[lists]\ncustomers = \"customers.csv\"\nnewsletter = \"members.csv\"\nunsubscribed = \"left.csv\"\n\
        [[change]]\nadd = \"cohort.csv\"\ninto = \"newsletter\"\n[[expected]]\nflow = \"WELCOME\"\npeople = 2\ncustomers = 1\n";
    let lists = [
        ("cohort.csv", "email\nann@a.example\nben@a.example\nmo@a.example\n"),
        ("customers.csv", "email\nann@a.example\n"),
        ("members.csv", "email\nmo@a.example\n"),
        ("left.csv", "email\nzoe@a.example\n"),
    ];
    let folder = folder(&[&lists[..], &[("flows.toml", flows), ("plan.toml", plan), ("presend.toml", "plan = \"plan.toml\"\n")]].concat());
    let (rehearsal, code) = rehearse(folder.path(), &["plan.toml"]);
    assert_eq!((code, rules(&rehearsal), rehearsal["not_rehearsed"].as_array().map(Vec::len)), (0, Vec::new(), Some(0)));
    // And `presend check` says the same, and holds once the file has somebody too many.
    let (report, _, code) = presend(folder.path(), &["check"]);
    assert!(code == 0 && report.contains("CLEAR"), "{report}");
    std::fs::write(folder.path().join("cohort.csv"), "email\nann@a.example\nben@a.example\ncy@a.example\n").expect("a list");
    let (report, _, code) = presend(folder.path(), &["check"]);
    assert!(code == 1 && report.contains("3 people; 2 are expected: 1 more") && report.contains("plan.toml"), "{report}");
}

#[test]
fn campaigns_and_flows_are_added_up_for_each_person() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\nwindow = \"09:00-17:00\"\ncap = \"12h\"\n\
        steps = [{ send = \"One\" }, { wait = \"1 day\" }, { send = \"Two\" }, { wait = \"1 day\" }, { send = \"Three\" }]\n";
    let plan = "at = \"2026-11-23T18:00[UTC]\"\nmost-mails = 3\nflows = [\"flows.toml\"]\n[lists]\nnewsletter = \"members.csv\"\n\
        [[change]]\nadd = \"cohort.csv\"\ninto = \"newsletter\"\n\
        [[campaign]]\nname = \"Black Friday\"\nat = \"2026-11-25T08:00[UTC]\"\nto = [\"newsletter\"]\n\
        [[campaign]]\nname = \"Later\"\nat = \"2026-12-30T08:00[UTC]\"\nto = [\"newsletter\"]\n[[expected]]\nflow = \"WELCOME\"\npeople = 2\n";
    let folder = folder(&[
        ("cohort.csv", "email\nann@a.example\nben@a.example\nmo@a.example\n"),
        ("members.csv", "email\nmo@a.example\n"),
        ("flows.toml", flows),
        ("plan.toml", plan),
    ]);
    let (rehearsal, _) = rehearse(folder.path(), &["plan.toml"]);
    // "One" waits for the morning of the 24th; "Two" would go out an hour after Black Friday and is left out.
    let load: Vec<(u64, u64)> = rehearsal["mails_per_person"]
        .as_array()
        .expect("a load")
        .iter()
        .map(|one| (one["mails"].as_u64().unwrap_or_default(), one["people"].as_u64().unwrap_or_default()))
        .collect();
    assert_eq!(load, [(1, 1), (3, 2)]);
    let skipped: u64 = rehearsal["mailings"].as_array().expect("mailings").iter().filter_map(|mail| mail["skipped"].as_u64()).sum();
    assert_eq!(skipped, 2);
    assert_eq!(rules(&rehearsal), Vec::<String>::new());
}

const SEGMENTS: &str = r#"
[[segment]]
name = "British wholesale"
on = "newsletter"
where = [{ column = "Country", is = ["GB", "UK"] }, { column = "orders", at-least = 3 }]
[[segment]]
name = "engaged"
where = { column = "score", more-than = 10 }
only-if = "has opened a mail in 30 days"
[[flow]]
name = "WHOLESALE"
trigger = { segment = "british wholesale" }
reentry = "never"
steps = [{ send = "Cheese by the pallet" }]
[[flow]]
name = "ENGAGED"
trigger = { segment = "engaged" }
reentry = "never"
steps = [{ send = "You like us" }]
"#;

#[test]
fn people_come_into_a_segment_by_what_the_file_brings() {
    // Ann's country is new, Ben was in it before, Cy has too few orders, Di's country is another, and nobody knew Eve.
    let folder = folder(&[
        ("cohort.csv", "email,country\nann@a.example,gb\nben@a.example,UK\ncy@a.example,GB\ndi@a.example,DE\neve@a.example,GB\n"),
        ("shop.csv", "email,Country,Orders\nann@a.example,,3\nben@a.example,GB,4\ncy@a.example,GB,2\ndi@a.example,GB,9\n"),
        ("members.csv", "email\nben@a.example\n"),
        ("flows.toml", SEGMENTS),
    ]);
    let words = [
        "--add",
        "cohort.csv",
        "--into",
        "newsletter",
        "--list",
        "newsletter=members.csv",
        "--list",
        "customers=shop.csv",
        "--flows",
        "flows.toml",
    ];
    let (rehearsal, _) = rehearse(folder.path(), &words);
    let wholesale = run(&rehearsal, "WHOLESALE");
    // Ann for sure; Eve's orders are not known.
    assert_eq!((wholesale["people"].as_u64(), wholesale["certain"].as_u64()), (Some(2), Some(1)), "{wholesale:#}");
    assert_eq!(*run(&rehearsal, "ENGAGED"), serde_json::Value::Null);
    let gaps = rehearsal["not_rehearsed"].to_string();
    assert!(gaps.contains("no list has a column `score`") && gaps.contains("has opened a mail in 30 days"), "{gaps}");
    assert!(!gaps.contains("what a segment asks of people is not in the export"), "{gaps}");
}

#[test]
fn a_number_that_is_up_to_is_never_shown_as_exact() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nwhere = { column = \"country\", is = \"GB\" }\n\
        steps = [{ send = \"Hello\" }]\n";
    let people = "email\nann@a.example\nben@a.example\ncy@a.example\n";
    let countries = people.replace("email", "email,country").replace(".example", ".example,GB");
    let folder =
        folder(&[("cohort.csv", people), ("countries.csv", &countries), ("members.csv", "email\nzoe@a.example\n"), ("flows.toml", flows)]);
    let said = |file: &str| {
        let lists = ["--list", "customers=cohort.csv", "--list", "newsletter=members.csv", "--flows", "flows.toml"];
        let words = [&["rehearse", "--add", file, "--into", "newsletter"][..], &lists].concat();
        let page = ["--format", "html", "--output", "page.html"];
        let text = presend(folder.path(), &words).0;
        presend(folder.path(), &[&words[..], &page].concat());
        (text, std::fs::read_to_string(folder.path().join("page.html")).expect("a page"))
    };
    let (open, page) = said("cohort.csv");
    assert!(page.contains("Mails for one person within 14 days, up to<") && page.contains("up to 3 of 3 people"));
    assert!(open.contains("campaigns included, up to\n") && open.contains("would start for up to 3 people"), "{open}");
    assert!(open.contains("up to 3 of 3 people"), "{open}");
    assert!(!open.contains("hits  3 of") && !open.contains("hits all 3"), "{open}");
    let (sure, page) = said("countries.csv");
    assert!(sure.contains("hits  3 of 3 people") && !sure.contains("up to"), "{sure}");
    assert!(!page.contains("up to 3"));
}

#[test]
fn a_filter_on_a_column_is_asked_of_each_person() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\nwhere = { column = \"country\", is-not = \"DE\" }\n\
        steps = [{ if = { where = { column = \"tier\", is = \"gold\" } }, then = [{ send = \"Gold\" }], else = [{ send = \"Hello\" }] }]\n";
    let folder = folder(&[
        ("cohort.csv", "email,country,tier\nann@a.example,GB,Gold\nben@a.example,de,gold\ncy@a.example,FR,\n"),
        ("members.csv", "email\nzoe@a.example\n"),
        ("flows.toml", flows),
    ]);
    let words = [
        "--add",
        "cohort.csv",
        "--into",
        "newsletter",
        "--list",
        "newsletter=members.csv",
        "--flows",
        "flows.toml",
        "--expect",
        "WELCOME=2",
    ];
    let (rehearsal, code) = rehearse(folder.path(), &words);
    assert_eq!((code, run(&rehearsal, "WELCOME")["certain"].as_u64()), (0, Some(2)));
    let mails: Vec<(&str, u64)> = rehearsal["mailings"]
        .as_array()
        .expect("mailings")
        .iter()
        .map(|mail| (mail["mail"].as_str().expect("a mail"), mail["mails"].as_u64().expect("a number")))
        .collect();
    assert_eq!(mails, [("Gold", 1), ("Hello", 1)]);
    let wrong = flows.replace("is-not = ", "isnt = ");
    std::fs::write(folder.path().join("flows.toml"), wrong).expect("a file");
    let (_, complaint, code) = presend(folder.path(), &[&["rehearse"], &words[..]].concat());
    assert!(code == 2 && complaint.contains("`isnt`") && complaint.contains("did you mean `is`?"), "{complaint}");
}

#[test]
fn a_segment_of_klaviyo_is_computed_where_it_asks_for_columns() {
    let flow = r#"{"data": [{"type": "flow", "id": "F1", "attributes": {"name": "GOLD", "status": "live", "definition": {"triggers": [{"type": "segment", "id": "S1"}],
        "actions": [{"id": "1", "type": "send-email", "links": {"next": null}, "data": {"status": "live", "message": {"subject_line": "Gold"}}}], "entry_action_id": "1"}}}]}
        {"data": {"type": "segment", "id": "S1", "attributes": {"name": "Gold members", "definition": {"condition_groups": [
        {"conditions": [{"type": "profile-property", "property": "properties['Tier']", "filter": {"type": "string", "operator": "equals", "value": "gold"}}]},
        {"conditions": [{"type": "profile-property", "property": "properties['Orders']", "filter": {"type": "numeric", "operator": "greater-than", "value": 1}}]}]}}}}"#;
    let folder = folder(&[
        ("cohort.csv", "email,Tier,Orders\nann@a.example,Gold,2\nben@a.example,gold,1\ncy@a.example,silver,5\n"),
        ("flows.json", flow),
    ]);
    let (rehearsal, _) = rehearse(folder.path(), &["--add", "cohort.csv", "--into", "newsletter", "--flows", "flows.json"]);
    assert_eq!(run(&rehearsal, "GOLD")["people"].as_u64(), Some(1), "{rehearsal:#}");
}
