//! Exports of tomorrow, and plans that cannot be: what is understood is used, and the rest is said.

use super::{folder, presend, rehearse, run};
use presend::flows;
use presend::source::Source;
use proptest::prelude::*;

const COHORT: (&str, &str) = ("cohort.csv", "email\nann@a.example\n");

#[test]
fn a_live_flow_with_an_unknown_trigger_makes_the_rehearsal_incomplete() {
    let flow = |kind: &str, state: &str| {
        format!(
            r#"{{"data": {{"type": "flow", "id": "F1", "attributes": {{"name": "NEW", "status": "{state}", "definition":
            {{"triggers": [{kind}], "actions": [{{"id": "1", "type": "hologram", "links": {{"next": null}}, "data": {{}}}}]}}}}}}}}"#
        )
    };
    let list = r#"{"type": "list", "id": "L1"}"#;
    let files = [
        COHORT,
        ("new.json", &flow(r#"{"type": "moon-phase"}"#, "live")),
        ("off.json", &flow(r#"{"type": "moon-phase"}"#, "draft")),
        ("step.json", &flow(list, "live")),
        ("members.csv", "email\n"),
    ];
    let folder = folder(&files.map(|(name, text)| (name, text)));
    let words = |flows: &'static str| {
        ["--add", "cohort.csv", "--into", "L1", "--list", "L1=members.csv", "--list", "unsubscribed=members.csv", "--flows", flows]
    };
    let (rehearsal, code) = rehearse(folder.path(), &words("new.json"));
    assert_eq!(code, 3);
    assert!(rehearsal["not_rehearsed"].to_string().contains("moon-phase"), "{rehearsal:#}");
    assert_eq!(rehearse(folder.path(), &words("off.json")).1, 0);
    let (rehearsal, code) = rehearse(folder.path(), &[&words("step.json")[..], &["--expect", "NEW=1"]].concat());
    assert_eq!(code, 3, "{rehearsal:#}");
    assert!(rehearsal["not_rehearsed"].to_string().contains("hologram"), "{rehearsal:#}");
}

#[test]
fn a_group_that_nobody_knows_is_never_silently_fine() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nsteps = [{ send = \"Hello\" }]\n";
    let numbered = r#"{"data": [{"type": "flow", "id": "F1", "attributes": {"name": "WELCOME", "status": "live", "definition":
        {"triggers": [{"type": "list", "id": "Y6nRLr"}], "actions": []}}}]}"#;
    let folder = folder(&[COHORT, ("flows.toml", flows), ("numbered.json", numbered)]);
    let (rehearsal, code) = rehearse(folder.path(), &["--add", "cohort.csv", "--into", "newsleter", "--flows", "flows.toml"]);
    assert_eq!(code, 3);
    assert!(rehearsal["not_rehearsed"].to_string().contains("did you mean `newsletter`?"), "{rehearsal:#}");
    // A flow that starts by a number might be the one.
    let (rehearsal, code) = rehearse(folder.path(), &["--add", "cohort.csv", "--into", "newsletter", "--flows", "numbered.json"]);
    assert_eq!(code, 3);
    assert!(rehearsal["not_rehearsed"].to_string().contains("nobody said which that is"), "{rehearsal:#}");
    let (rehearsal, code) = rehearse(folder.path(), &["--import", "cohort.csv", "--as", "ordered", "--flows", "flows.toml"]);
    assert!(code == 3 && rehearsal["not_rehearsed"].to_string().contains("no flow is started by an event of this name"), "{rehearsal:#}");
}

#[test]
fn dates_that_put_day_and_month_both_ways_are_refused_whichever_comes_first() {
    let flows = "[[flow]]\nname = \"SHIPPED\"\ntrigger = { event = \"shipped\" }\nsteps = [{ send = \"On its way\" }]\n";
    let orders = |dates: [&str; 2], between: usize| {
        let [first, last] = dates.map(|date| format!("ann@a.example,{date}\n"));
        format!("email,date\n{first}{}{last}", "ben@a.example,12/11/2026\n".repeat(between))
    };
    let (day, month) = ("22/11/2026", "11/22/2026");
    // The last is read in pieces, of which none has both.
    for (dates, between) in [([day, month], 3), ([month, day], 3), ([day, month], 30_000)] {
        let folder = folder(&[("orders.csv", &orders(dates, between)), ("flows.toml", flows)]);
        let words = ["rehearse", "--import", "orders.csv", "--as", "shipped", "--flows", "flows.toml", "--at", "2026-11-23T09:00"];
        let (_, complaint, code) = presend(folder.path(), &words);
        let [one, other] = dates;
        let said = format!("the column `date` put the day first in some rows and the month in others: {one} and {other}");
        assert!(code == 2 && complaint.contains(&said), "{code} {complaint}");
    }
}

#[test]
fn what_cannot_be_is_one_clear_error() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nsteps = [{ send = \"Hello\" }]\n";
    let folder = folder(&[
        COHORT,
        ("flows.toml", flows),
        ("key.toml", "[[flow]]\nname = \"W\"\ntriger = { joins = \"n\" }\n"),
        ("step.toml", "[[flow]]\nname = \"W\"\ntrigger = { joins = \"n\" }\nsteps = [{ wait = \"soon\" }]\n"),
        ("page.json", "<html></html>"),
        ("half.json", "{\"data\": ["),
        ("other.json", "{\"orders\": []}"),
        ("plan.toml", "flows = [\"flows.toml\"]\n[[change]]\nadd = \"cohort.csv\"\n"),
        ("idle.toml", "flows = [\"flows.toml\"]\n"),
        (
            "rule.toml",
            "flows = [\"flows.toml\"]\n[rules]\nno-such-rule = \"off\"\n[[change]]\nadd = \"cohort.csv\"\ninto = \"newsletter\"\n",
        ),
    ]);
    let add = ["rehearse", "--add", "cohort.csv", "--into", "newsletter", "--flows"];
    for (words, said) in [
        (vec!["flows", "key.toml"], "did you mean `trigger`?"),
        (vec!["flows", "step.toml"], "not a length of time"),
        (vec!["flows", "page.json"], "web page"),
        (vec!["flows", "half.json"], "not whole"),
        (vec!["flows", "other.json"], "no flows that presend knows; its keys are `orders`"),
        (vec!["rehearse", "plan.toml"], "`into` is missing"),
        (vec!["rehearse", "idle.toml"], "nothing is changed"),
        (vec!["rehearse", "rule.toml"], "there is no rule `no-such-rule`"),
        (vec!["rehearse"], "nothing to rehearse"),
        ([&add[..], &["flows.toml", "--expect", "WELCOM=3"]].concat(), "did you mean `WELCOME`?"),
        ([&add[..], &["nowhere.toml"]].concat(), "nowhere.toml"),
        ([&add[..5], &[]].concat(), "no flows are named"),
        (
            vec!["rehearse", "--import", "cohort.csv", "--as", "x", "--date", "Shipped", "--flows", "flows.toml"],
            "there is no column `Shipped`",
        ),
    ] {
        let (out, complaint, code) = presend(folder.path(), &words);
        assert_eq!(code, 2, "{words:?}: {out}");
        assert!(complaint.contains(said), "{words:?}: {complaint}");
    }
}

#[test]
fn what_a_flow_leads_to_must_be_at_hand() {
    let flows = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\nsteps = [{ send = \"Hello\" }, { start = \"GONE\" }]\n";
    let folder = folder(&[COHORT, ("flows.toml", flows)]);
    let (rehearsal, code) =
        rehearse(folder.path(), &["--add", "cohort.csv", "--into", "newsletter", "--flows", "flows.toml", "--expect", "WELCOME=1"]);
    assert_eq!(code, 3);
    assert!(rehearsal["not_rehearsed"].to_string().contains("the flow GONE, which WELCOME starts"), "{rehearsal:#}");
}

const EXPORTS: [&str; 7] = [
    include_str!("../../fixtures/inputs/flows/klaviyo-splits.json"),
    include_str!("../../fixtures/inputs/flows/mailchimp-automations.json"),
    include_str!("../../fixtures/inputs/flows/activecampaign-automations.json"),
    include_str!("../../fixtures/inputs/flows/customerio-campaigns.json"),
    include_str!("../../fixtures/inputs/flows/hubspot-flow.json"),
    include_str!("../../fixtures/inputs/flows/braze-canvas.json"),
    include_str!("../../fixtures/inputs/flows/own-flows.toml"),
];

proptest! {
    #[test]
    fn a_damaged_export_is_read_as_far_as_it_goes_or_refused(
        export in 0..EXPORTS.len(),
        at in 0..5_000_usize,
        length in 0..40_usize,
        new in "(null|\\[\\]|\\{\\}|\"1\"|0|-7|\"\"|true|)",
    ) {
        let text = EXPORTS[export];
        let from = at % text.len();
        let to = (from + length).min(text.len());
        if let (Some(before), Some(after)) = (text.get(..from), text.get(to..))
            && let Ok(flows) = flows::read(&Source::file("export", format!("{before}{new}{after}")))
        {
            flows.loops();
        }
    }
}

#[test]
fn steps_that_go_round_or_fork_without_end_are_cut_and_said() {
    let split = |at: usize| {
        let next = at + 1;
        format!(
            r#"{{"id": "{at}", "type": "conditional-split", "links": {{"next_if_true": "{next}", "next_if_false": "{next}"}}, "data": {{}}}}"#
        )
    };
    let forks = (0..500).map(split).collect::<Vec<_>>().join(",");
    let round = r#"{"id": "0", "type": "time-delay", "links": {"next": "0"}, "data": {"unit": "days", "value": 1}}"#;
    let lost = r#"{"id": "0", "type": "send-email", "links": {"next": "9"}, "data": {}}"#;
    for (actions, said) in [(forks.as_str(), "too"), (round, "goes back to its step 0"), (lost, "its step 9 is not in the file")] {
        let export = format!(
            r#"{{"data": {{"type": "flow", "id": "F", "attributes": {{"name": "F", "status": "live", "definition":
            {{"triggers": [{{"type": "list", "id": "L"}}], "entry_action_id": "0", "actions": [{actions}]}}}}}}}}"#
        );
        let flows = flows::read(&Source::file("flows.json", export)).expect("flows");
        assert!(flows.flows[0].gaps.iter().any(|gap| gap.why.contains(said)), "{:?}", flows.flows[0].gaps);
    }
}

#[test]
fn one_address_with_very_many_orders_is_counted_to_the_last() {
    let orders =
        (0..30_000).fold(String::from("email,date\n"), |orders, n| orders + &format!("till@shop.example,2026-11-{:02}\n", 20 + n % 3));
    let flows = "[[flow]]\nname = \"SHIPPED\"\ntrigger = { event = \"shipped\" }\nreentry = \"always\"\nsteps = [{ wait = \"1 day\" }, { send = \"It is on its way\" }]\n";
    let folder = folder(&[("orders.csv", &orders), ("flows.toml", flows)]);
    let (rehearsal, _) =
        rehearse(folder.path(), &["--import", "orders.csv", "--as", "shipped", "--flows", "flows.toml", "--at", "2026-11-23T09:00"]);
    let shipped = run(&rehearsal, "SHIPPED");
    assert_eq!((shipped["people"].as_u64(), shipped["starts"].as_u64()), (Some(1), Some(30_000)));
    assert_eq!(rehearsal["mailings"][0]["mails"].as_u64(), Some(30_000));
    assert!(!rehearsal["not_rehearsed"].to_string().contains("circle"));
}
