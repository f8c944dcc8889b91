//! Reads `plan.toml`.

use super::super::delay::Minutes;
use super::super::tree::Tree;
use super::{Act, Campaign, Change, Expected, File, Plan, PlanList};
use crate::coupons::{Decimal, Mark, Money};
use crate::error::Error;
use crate::settings::{Level, Role, parse_time};
use crate::source::{Source, Span};
use jiff::Zoned;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

const KEYS: [&str; 17] = [
    "at",
    "zone",
    "days",
    "most-mails",
    "old-after",
    "smart-sending",
    "order-value",
    "flows",
    "coupons",
    "lists",
    "names",
    "been",
    "drafts",
    "change",
    "campaign",
    "expected",
    "rules",
];

/// How many mails within [`DAYS`] days are too many, where the plan does not say.
const MOST_MAILS: u64 = 7;
/// For how many days mails are counted, where the plan does not say.
const DAYS: i64 = 14;
/// From which age on an event is old news, where the plan does not say.
const OLD_AFTER: Minutes = Minutes(7 * 24 * 60);

impl Plan {
    /// A plan in which nothing is done.
    pub fn empty(source: Arc<Source>, at: Zoned) -> Self {
        Self {
            source,
            at,
            days: DAYS,
            most_mails: MOST_MAILS,
            old_after: OLD_AFTER,
            smart_sending: None,
            order_value: None,
            flows: Vec::new(),
            coupons: Vec::new(),
            lists: Vec::new(),
            names: Vec::new(),
            been: Vec::new(),
            drafts: Vec::new(),
            changes: Vec::new(),
            campaigns: Vec::new(),
            expected: Vec::new(),
            levels: BTreeMap::new(),
        }
    }

    /// Reads a plan. `now` is its time where it names none, and its zone.
    ///
    /// # Errors
    /// Text that is neither TOML nor JSON; an unknown key, with the nearest that exists; a value that cannot be
    /// understood; each with its place.
    pub fn read(source: &Arc<Source>, now: &Zoned) -> Result<Self, Error> {
        let tree = Tree::read(source)?;
        tree.only(&KEYS)?;
        let zone = match tree.get("zone") {
            Some(name) => TimeZone::get(name.word().unwrap_or_default()).map_err(|_| {
                Error::at(&name.span, format!("there is no time zone `{}`", name.word().unwrap_or_default()))
                    .help("use a name such as Europe/London, America/New_York or UTC")
            })?,
            None => now.time_zone().clone(),
        };
        let at = tree.get("at").map(|at| moment(at, &zone)).transpose()?.unwrap_or_else(|| now.with_time_zone(zone));
        let mut plan = Self::empty(Arc::clone(source), at);
        plan.days = number(&tree, "days", 1..=366)?.unwrap_or(DAYS);
        plan.most_mails = number(&tree, "most-mails", 1..=1000)?.map_or(MOST_MAILS, i64::unsigned_abs);
        plan.old_after = length(&tree, "old-after")?.unwrap_or(OLD_AFTER);
        plan.smart_sending = length(&tree, "smart-sending")?;
        plan.order_value = tree.get("order-value").map(money).transpose()?;
        plan.flows = files(&tree, "flows");
        plan.coupons = files(&tree, "coupons");
        plan.names = pairs(&tree, "names");
        plan.been = pairs(&tree, "been");
        for (name, list) in tree.get("lists").map(Tree::entries).unwrap_or_default() {
            plan.lists.push(plan_list(name, list)?);
        }
        for (name, draft) in tree.get("drafts").map(Tree::entries).unwrap_or_default() {
            plan.drafts.push((name.clone(), file(draft)?));
        }
        for (name, level) in tree.get("rules").map(Tree::entries).unwrap_or_default() {
            plan.levels.insert(name.clone(), severity(level)?);
        }
        for one in tree.list("change") {
            let change = change(one, &plan.at)?;
            plan.changes.push(change);
        }
        for one in tree.list("campaign") {
            let campaign = campaign(one, &plan.at)?;
            plan.campaigns.push(campaign);
        }
        for one in tree.list("expected") {
            plan.expected.push(expected(one)?);
        }
        Ok(plan)
    }
}

fn wrong(tree: &Tree, what: &str, help: &str) -> Error {
    Error::at(&tree.span, what.to_owned()).help(help.to_owned())
}

fn moment(tree: &Tree, zone: &TimeZone) -> Result<Zoned, Error> {
    tree.word().and_then(|text| parse_time(text, zone)).ok_or_else(|| {
        wrong(
            tree,
            "this is not a time that can be understood",
            "write it as 2026-11-27T09:00, with a zone as 2026-11-27T09:00[Europe/London]",
        )
    })
}

fn length(tree: &Tree, key: &str) -> Result<Option<Minutes>, Error> {
    let read = |value: &Tree| {
        value
            .word()
            .and_then(Minutes::read)
            .ok_or_else(|| wrong(value, "this is not a length of time", "write it as \"7 days\", \"16h\" or \"1 day 4 hours\""))
    };
    tree.get(key).map(read).transpose()
}

fn number(tree: &Tree, key: &str, within: std::ops::RangeInclusive<i64>) -> Result<Option<i64>, Error> {
    let Some(value) = tree.get(key) else { return Ok(None) };
    match tree.number(key).filter(|number| within.contains(number)) {
        Some(number) => Ok(Some(number)),
        None => Err(wrong(
            value,
            &format!("`{key}` must be a whole number from {} to {}", within.start(), within.end()),
            "write it without quotation marks",
        )),
    }
}

fn money(tree: &Tree) -> Result<Money, Error> {
    let text = tree.word().unwrap_or_default().trim();
    let (number, currency) = match text.split_once(' ') {
        Some((number, code)) => {
            (number, Some(code.to_owned()).filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())))
        }
        None => (text, None),
    };
    let amount = Decimal::read(number, Some(Mark::Point)).filter(|amount| *amount > Decimal::default());
    match amount {
        Some(amount) if currency.is_some() == text.contains(' ') => Ok(Money { amount, currency }),
        _ => Err(wrong(tree, "this order value is not an amount of money", "write a number, or a number with its currency: \"59.90 EUR\"")),
    }
}

fn files(tree: &Tree, key: &str) -> Vec<File> {
    let named = tree.get(key).map(Tree::one_or_more).unwrap_or_default();
    named.into_iter().filter_map(|one| Some(File { path: one.word()?.to_owned(), span: one.span.clone() })).collect()
}

fn file(tree: &Tree) -> Result<File, Error> {
    let path = tree
        .word()
        .filter(|path| !path.is_empty())
        .ok_or_else(|| wrong(tree, "a file name is missing here", "write it as \"people.csv\""))?;
    Ok(File { path: path.to_owned(), span: tree.span.clone() })
}

fn pairs(tree: &Tree, key: &str) -> Vec<(String, String)> {
    let entries = tree.get(key).map(Tree::entries).unwrap_or_default();
    entries.iter().filter_map(|(name, value)| Some((name.clone(), value.word()?.to_owned()))).collect()
}

fn severity(tree: &Tree) -> Result<Level, Error> {
    Ok(match tree.word() {
        Some("off") => Level::Off,
        Some("note") => Level::Note,
        Some("warn") => Level::Warn,
        Some("block") => Level::Block,
        _ => return Err(wrong(tree, "this is no severity", "use off, note, warn or block")),
    })
}

fn plan_list(name: &str, tree: &Tree) -> Result<PlanList, Error> {
    let own = || Role::named(name).unwrap_or(Role::Other);
    if !tree.is_table() {
        return Ok(PlanList { name: name.to_owned(), role: own(), file: file(tree)?, column: None });
    }
    tree.only(&["file", "role", "column"])?;
    let path =
        tree.get("file").ok_or_else(|| wrong(tree, "this list has no `file`", "write { file = \"people.csv\", role = \"customers\" }"))?;
    let role = match tree.get("role") {
        Some(role) => role
            .word()
            .and_then(Role::named)
            .ok_or_else(|| wrong(role, "there is no such role", &format!("roles are {}", Role::names().collect::<Vec<_>>().join(", "))))?,
        None => own(),
    };
    Ok(PlanList { name: name.to_owned(), role, file: file(path)?, column: tree.text("column").map(str::to_owned) })
}

fn change(tree: &Tree, at: &Zoned) -> Result<Change, Error> {
    tree.only(&["add", "into", "from", "import", "as", "date", "column", "at", "resubscribe", "is-import", "silent"])?;
    let need = |key: &str, other: &str| {
        tree.text(key).map(str::to_owned).ok_or_else(|| wrong(tree, &format!("`{other}` says what, but `{key}` is missing"), CHANGES))
    };
    let (file_at, act) = match (tree.get("add"), tree.get("import")) {
        (Some(people), None) => (people, Act::Add { into: need("into", "add")?, from: tree.text("from").map(str::to_owned) }),
        (None, Some(events)) => (events, Act::Import { event: need("as", "import")?, date: tree.text("date").map(str::to_owned) }),
        _ => return Err(wrong(tree, "a change either adds people or imports events", CHANGES)),
    };
    Ok(Change {
        act,
        file: file(file_at)?,
        column: tree.text("column").map(str::to_owned),
        at: tree.get("at").map(|time| moment(time, at.time_zone())).transpose()?.unwrap_or_else(|| at.clone()),
        resubscribe: tree.flag("resubscribe").unwrap_or(false),
        is_import: tree.flag("is-import").unwrap_or(true),
        silent: tree.flag("silent").unwrap_or(false),
        span: heading(&file_at.span),
    })
}

const CHANGES: &str = "write add = \"people.csv\" with into = \"a list\", or import = \"orders.csv\" with as = \"an event\"";

/// The line on which something stands: what a finding about a change points at.
fn heading(span: &Span) -> Span {
    let text = span.source.text();
    let from = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    // A plan in JSON may be one line.
    if span.start.saturating_sub(from) > 60 { span.clone() } else { span.source.span(from..span.end) }
}

fn campaign(tree: &Tree, at: &Zoned) -> Result<Campaign, Error> {
    tree.only(&["name", "at", "to"])?;
    let time = tree.get("at").ok_or_else(|| wrong(tree, "this campaign has no `at`", "say when it goes out: at = 2026-11-27T09:00"))?;
    let to: Vec<String> =
        tree.get("to").map(Tree::one_or_more).unwrap_or_default().into_iter().filter_map(Tree::word).map(str::to_owned).collect();
    if to.is_empty() {
        return Err(wrong(tree, "this campaign has no `to`", "name the groups that get it: to = [\"newsletter\"]"));
    }
    let name = tree.text("name").map_or_else(|| String::from("a campaign"), str::to_owned);
    Ok(Campaign { name, at: moment(time, at.time_zone())?, to, span: time.span.clone() })
}

fn expected(tree: &Tree) -> Result<Expected, Error> {
    tree.only(&["flow", "people", "customers", "repeated", "old-events"])?;
    let flow = tree
        .get("flow")
        .ok_or_else(|| wrong(tree, "it is not said which flow is expected", "write flow = \"WELCOME\" and people = 400"))?;
    let count = |key: &str| Ok(number(tree, key, 0..=i64::MAX)?.map(i64::unsigned_abs));
    let people = count("people")?.ok_or_else(|| wrong(tree, "it is not said for how many people", "write people = 400"))?;
    Ok(Expected {
        flow: flow.word().unwrap_or_default().to_owned(),
        people,
        customers: count("customers")?,
        repeated: count("repeated")?,
        old_events: count("old-events")?,
        span: heading(&flow.span),
    })
}
