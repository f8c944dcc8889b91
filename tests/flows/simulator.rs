//! The same numbers from a simulator that walks every person alone, hour by hour, with plain sets.

mod worlds;

use presend::audience::{List, Memory};
use presend::flows::{self, Plan, Rehearsal, Sender};
use presend::settings::Role;
use presend::source::Source;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use worlds::{Again, PEOPLE, Step, UNTIL, World, toml_flows, world};

fn rehearsed(world: &World) -> Rehearsal {
    let mut plan = String::from("at = \"2026-11-23T00:00[UTC]\"\n[lists]\ncustomers = \"c\"\nunsubscribed = \"u\"\n");
    let list =
        |people: &BTreeSet<usize>| people.iter().fold(String::from("email\n"), |text, person| text + &format!("p{person}@a.example\n"));
    let mut texts = vec![list(&world.customers), list(&world.left)];
    for (group, members) in world.members.iter().enumerate() {
        if let Some(members) = members {
            let _ = writeln!(plan, "\"group {group}\" = \"g\"");
            texts.push(list(members));
        }
    }
    let mut changes = Vec::new();
    for (people, out, group, hour) in &world.adds {
        let _ = writeln!(plan, "[[change]]\nadd = \"a\"\ninto = \"group {group}\"\nat = \"2026-11-23T{hour:02}:00[UTC]\"");
        let row =
            |text: String, person: &usize| text + &format!("p{person}@a.example,{}\n", if out.contains(person) { "yes" } else { "no" });
        changes.push(people.iter().fold(String::from("email,unsubscribed\n"), row));
    }
    let _ = writeln!(plan, "[[change]]\nimport = \"o\"\nas = \"ordered\"");
    let at: jiff::Zoned = "2026-11-23T00:00[UTC]".parse().expect("a time");
    let day = |age: i64| at.checked_sub(jiff::Span::new().days(age)).expect("a day").strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    changes.push(
        world
            .events
            .iter()
            .fold(String::from("email,date\n"), |text, (person, age)| text + &format!("p{person}@a.example,{}\n", day(*age))),
    );
    for (group, hour) in &world.campaigns {
        let time = at.checked_add(jiff::Span::new().hours(*hour)).expect("an hour").strftime("%Y-%m-%dT%H:%M");
        let _ = writeln!(plan, "[[campaign]]\nat = \"{time}[UTC]\"\nto = [\"group {group}\"]");
    }
    let plan = Plan::read(&Source::file("plan.toml", plan), &at).expect("a plan");
    let flows = flows::read(&Source::file("flows.toml", toml_flows(world))).expect("flows");
    let list = |text: &String| List::from_bytes("a list", "list.csv", Role::Other, text.as_bytes());
    let lists: Vec<List> = texts.iter().map(list).collect();
    let changes: Vec<List> = changes.iter().map(list).collect();
    flows::rehearse(plan, flows, &lists, &changes, None, &Memory::unbounded()).expect("a rehearsal")
}

/// What is counted of everybody.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    /// For each flow: people, starts, customers, people who left, starts by old events.
    flows: Vec<(u64, u64, u64, u64, u64)>,
    /// Mails by hour.
    mails: BTreeMap<i64, u64>,
    /// People by how many mails they get.
    load: BTreeMap<u64, u64>,
}

/// One person, hour by hour.
struct Person<'a> {
    world: &'a World,
    number: usize,
    groups: Vec<Option<bool>>,
    /// Hour, flow, what is left to do, and the flows that led there.
    waiting: Vec<(i64, usize, Vec<Step>, Vec<usize>)>,
    starts: Vec<Vec<i64>>,
    old: Vec<u64>,
    mails: Vec<i64>,
}

impl Person<'_> {
    fn join(&mut self, group: usize, hour: i64, import: bool, chain: &[usize]) {
        if self.groups[group] == Some(true) {
            return;
        }
        self.groups[group] = Some(true);
        for flow in 0..self.world.flows.len() {
            if self.world.flows[flow].trigger == Some(group) {
                self.start(flow, hour, import, chain);
            }
        }
    }

    fn start(&mut self, flow: usize, hour: i64, import: bool, chain: &[usize]) -> bool {
        let what = &self.world.flows[flow];
        let keeps_out = import && !what.on_import
            || what.on.is_some_and(|group| self.groups[group] == Some(false))
            || what.not_on.is_some_and(|group| self.groups[group] == Some(true))
            || what.customers.is_some_and(|wanted| wanted != self.world.customers.contains(&self.number));
        let last = self.starts[flow].last();
        let again = match what.again {
            Again::Never => last.is_some(),
            Again::Always => false,
            Again::After(days) => last.is_some_and(|last| hour - last < days * 24),
        };
        let round = chain.contains(&flow);
        if keeps_out || again || round && (hour > UNTIL || self.starts[flow].len() >= 60) {
            return false;
        }
        self.starts[flow].push(hour);
        self.waiting.push((hour, flow, what.steps.clone(), [chain, &[flow]].concat()));
        true
    }

    fn act(&mut self, hour: i64, flow: usize, mut steps: Vec<Step>, chain: &[usize]) {
        while !steps.is_empty() {
            match steps.remove(0) {
                Step::Wait(hours) => {
                    self.waiting.push((hour + hours, flow, steps, chain.to_vec()));
                    return;
                }
                Step::Send => self.mails.push(hour),
                Step::Add(group) => self.join(group, hour, false, chain),
                Step::Remove(group) => self.groups[group] = Some(false),
                Step::Start(other) => {
                    if other < self.world.flows.len() {
                        self.start(other, hour, false, chain);
                    }
                }
                Step::If(group, yes, no) => {
                    let sends = |steps: &[Step]| steps.iter().filter(|step| matches!(step, Step::Send)).count();
                    let goes = self.groups[group].unwrap_or(sends(&yes) >= sends(&no));
                    steps.splice(0..0, if goes { yes } else { no });
                }
            }
        }
    }
}

fn simulated(world: &World) -> Sums {
    let mut sums = Sums { flows: vec![(0, 0, 0, 0, 0); world.flows.len()], ..Sums::default() };
    for number in 0..PEOPLE {
        let touched =
            world.adds.iter().any(|(people, ..)| people.contains(&number)) || world.events.iter().any(|(person, _)| *person == number);
        // Who has opted out by the column of a file that they are on gets nothing.
        let out = world.adds.iter().any(|(people, out, ..)| people.contains(&number) && out.contains(&number));
        if !touched || out {
            continue;
        }
        // A file without anybody on it is a list all the same, but tells nothing about its group.
        let groups = world.members.iter().map(|members| members.as_ref().map(|members| members.contains(&number))).collect();
        let flows = world.flows.len();
        let mut person =
            Person { world, number, groups, waiting: Vec::new(), starts: vec![Vec::new(); flows], old: vec![0; flows], mails: Vec::new() };
        for hour in 0..24 * 400 {
            hour_of(&mut person, hour);
            if person.waiting.is_empty() && hour > 400 {
                break;
            }
        }
        add(&mut sums, &person);
    }
    sums
}

/// Everything that happens in one hour: changes first, then campaigns, then what waits, in the order in which it began to.
fn hour_of(person: &mut Person<'_>, hour: i64) {
    let world = person.world;
    for (people, _, group, at) in &world.adds {
        if *at == hour && people.contains(&person.number) {
            person.join(*group, hour, true, &[]);
        }
    }
    if hour == 0 {
        let mut ages: Vec<i64> = world.events.iter().filter(|(who, _)| *who == person.number).map(|(_, age)| *age).collect();
        ages.sort_unstable();
        for flow in (0..world.flows.len()).filter(|flow| world.flows[*flow].trigger.is_none()) {
            for age in &ages {
                if world.flows[flow].age_limit.is_none_or(|limit| *age <= limit) && person.start(flow, hour, true, &[]) {
                    person.old[flow] += u64::from(*age > 7);
                }
            }
        }
    }
    for (group, at) in &world.campaigns {
        if *at == hour && person.groups[*group] == Some(true) {
            person.mails.push(hour);
        }
    }
    while let Some(at) = person.waiting.iter().position(|(at, ..)| *at == hour) {
        let (_, flow, steps, chain) = person.waiting.remove(at);
        person.act(hour, flow, steps, &chain);
    }
}

fn add(sums: &mut Sums, person: &Person<'_>) {
    for (flow, starts) in person.starts.iter().enumerate().filter(|(_, starts)| !starts.is_empty()) {
        let sum = &mut sums.flows[flow];
        sum.0 += 1;
        sum.1 += starts.len() as u64;
        sum.2 += u64::from(person.world.customers.contains(&person.number));
        sum.3 += u64::from(person.world.left.contains(&person.number));
        sum.4 += person.old[flow];
    }
    for hour in &person.mails {
        *sums.mails.entry(*hour).or_default() += 1;
    }
    let within = person.mails.iter().filter(|hour| **hour < UNTIL).count() as u64;
    if within > 0 || person.starts.iter().any(|starts| !starts.is_empty()) {
        *sums.load.entry(within).or_default() += 1;
    }
}

fn counted(rehearsal: &Rehearsal) -> Sums {
    let run = |run: &presend::flows::Run| (run.people.people, run.starts, run.customers.people, run.opted_out.people, run.old_starts);
    let mut mails = BTreeMap::new();
    for mailing in rehearsal.mailings.iter().filter(|mailing| mailing.mails > 0) {
        let hour = mailing.at.timestamp().duration_since(rehearsal.plan.at.timestamp()).as_hours();
        *mails.entry(hour).or_default() += mailing.mails;
        assert!(matches!(mailing.sender, Sender::Campaign(_)) || mailing.people <= mailing.mails);
    }
    Sums { flows: rehearsal.runs.iter().map(run).collect(), mails, load: rehearsal.load.people.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_rehearsal_counts_as_a_simulator_does_that_walks_everybody(world in world()) {
        prop_assert_eq!(counted(&rehearsed(&world)), simulated(&world));
    }
}
