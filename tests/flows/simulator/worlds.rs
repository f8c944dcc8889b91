//! Small worlds at random: flows, groups, and what is done in them.

use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

pub(super) const PEOPLE: usize = 14;
pub(super) const GROUPS: usize = 4;
/// Hours for which mails are counted: fourteen days.
pub(super) const UNTIL: i64 = 14 * 24;

#[derive(Debug, Clone)]
pub(super) enum Step {
    Wait(i64),
    Send,
    Add(usize),
    Remove(usize),
    Start(usize),
    If(usize, Vec<Step>, Vec<Step>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Again {
    Never,
    Always,
    After(i64),
}

#[derive(Debug, Clone)]
pub(super) struct Flow {
    /// A group, or the event.
    pub(super) trigger: Option<usize>,
    pub(super) again: Again,
    pub(super) on: Option<usize>,
    pub(super) not_on: Option<usize>,
    pub(super) customers: Option<bool>,
    pub(super) on_import: bool,
    pub(super) age_limit: Option<i64>,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) flows: Vec<Flow>,
    /// The people of each group; nothing where no list is given.
    pub(super) members: Vec<Option<BTreeSet<usize>>>,
    pub(super) customers: BTreeSet<usize>,
    pub(super) left: BTreeSet<usize>,
    /// Who is added to which group, at which hour; the second set has opted out by the file's own column.
    pub(super) adds: Vec<(BTreeSet<usize>, BTreeSet<usize>, usize, i64)>,
    /// Person and age in days of each event.
    pub(super) events: Vec<(usize, i64)>,
    /// Campaigns to a group, at an hour.
    pub(super) campaigns: Vec<(usize, i64)>,
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let plain = prop_oneof![
        4 => Just(Step::Send),
        3 => (1_i64..8).prop_map(|halves| Step::Wait(halves * 12)),
        2 => (0..GROUPS).prop_map(Step::Add),
        2 => (0..GROUPS).prop_map(Step::Remove),
        1 => (0..4_usize).prop_map(Step::Start),
    ];
    let choice = (0..GROUPS, prop::collection::vec(plain.clone(), 0..3), prop::collection::vec(plain.clone(), 0..3));
    prop::collection::vec(prop_oneof![5 => plain, 1 => choice.prop_map(|(group, yes, no)| Step::If(group, yes, no))], 0..5)
}

pub(super) fn flow() -> impl Strategy<Value = Flow> {
    let again = prop_oneof![Just(Again::Never), Just(Again::Always), (1_i64..6).prop_map(Again::After)];
    let group = || prop::option::weighted(0.2, 0..GROUPS);
    let trigger = prop::option::weighted(0.7, 0..GROUPS);
    (
        trigger,
        again,
        group(),
        group(),
        prop::option::weighted(0.2, any::<bool>()),
        prop::bool::weighted(0.8),
        prop::option::weighted(0.4, 1_i64..40),
        steps(),
    )
        .prop_map(|(trigger, again, on, not_on, customers, on_import, age_limit, steps)| Flow {
            trigger,
            again,
            on,
            not_on,
            customers,
            on_import,
            age_limit,
            steps,
        })
}

pub(super) fn some_people() -> impl Strategy<Value = BTreeSet<usize>> {
    prop::collection::btree_set(0..PEOPLE, 0..PEOPLE)
}

pub(super) fn world() -> impl Strategy<Value = World> {
    let members = prop::collection::vec(prop::option::weighted(0.7, some_people()), GROUPS);
    let adds = prop::collection::vec((some_people(), some_people(), 0..GROUPS, 0_i64..3), 1..3);
    let events = prop::collection::vec((0..PEOPLE, 0_i64..60), 1..12);
    let campaigns = prop::collection::vec((0..GROUPS, 1_i64..400), 0..3);
    (prop::collection::vec(flow(), 1..5), members, some_people(), some_people(), adds, events, campaigns).prop_map(
        |(flows, members, customers, left, adds, events, campaigns)| World { flows, members, customers, left, adds, events, campaigns },
    )
}

pub(super) fn toml_steps(steps: &[Step], names: &mut usize) -> String {
    let one = |step: &Step| match step {
        Step::Wait(hours) => format!("{{ wait = \"{hours} hours\" }}"),
        Step::Send => {
            *names += 1;
            format!("{{ send = \"mail {names}\" }}")
        }
        Step::Add(group) => format!("{{ add = \"group {group}\" }}"),
        Step::Remove(group) => format!("{{ remove = \"group {group}\" }}"),
        Step::Start(flow) => format!("{{ start = \"flow {flow}\" }}"),
        Step::If(group, yes, no) => {
            let yes = toml_steps(yes, names);
            format!("{{ if = {{ on = \"group {group}\" }}, then = {yes}, else = {} }}", toml_steps(no, names))
        }
    };
    format!("[{}]", steps.iter().map(one).collect::<Vec<_>>().join(", "))
}

pub(super) fn toml_flows(world: &World) -> String {
    let mut text = String::new();
    for (number, flow) in world.flows.iter().enumerate() {
        let trigger = flow.trigger.map_or_else(|| String::from("event = \"ordered\""), |group| format!("joins = \"group {group}\""));
        let again = match flow.again {
            Again::Never => String::from("never"),
            Again::Always => String::from("always"),
            Again::After(days) => format!("{days} days"),
        };
        let _ = writeln!(
            text,
            "[[flow]]\nname = \"flow {number}\"\ntrigger = {{ {trigger} }}\nreentry = \"{again}\"\non-import = {}",
            flow.on_import
        );
        for (key, group) in [("on", flow.on), ("not-on", flow.not_on)] {
            if let Some(group) = group {
                let _ = writeln!(text, "{key} = \"group {group}\"");
            }
        }
        if let Some(customers) = flow.customers {
            let _ = writeln!(text, "customers = {customers}");
        }
        if let Some(days) = flow.age_limit {
            let _ = writeln!(text, "age-limit = \"{days} days\"");
        }
        let _ = writeln!(text, "steps = {}", toml_steps(&flow.steps, &mut 0));
    }
    text
}
