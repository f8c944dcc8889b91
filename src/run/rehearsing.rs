//! `presend flows` and `presend rehearse`: reads the plan and what it names, rehearses it, and writes what would happen.

use super::{counting, shops, write_out};
use crate::audience::Memory;
use crate::check;
use crate::cli::{FlowsArgs, RehearseArgs};
use crate::coupons::Coupons;
use crate::error::Error;
use crate::facts::Facts;
use crate::flows::{self, Flows, Muster, Plan, Rehearsal};
use crate::lists::{self, ListFile};
use crate::message;
use crate::plan::{self, Rehearsed};
use crate::read;
use crate::report::{self, DraftReport, PageFormat, Report};
use crate::rules::RULES;
use crate::settings::{Role, Settings, WarehouseSettings, in_warehouse};
use crate::source::Source;
use crate::write;
use jiff::Zoned;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes the map of flows.
pub(super) fn map(args: &FlowsArgs) -> Result<(), Error> {
    if let Some(path) = &args.output {
        write::can_replace(path)?;
    }
    let flows = read_flows(args.files.iter().map(String::as_str))?;
    write(args.output.as_deref(), &report::flows(&flows, args.format.unwrap_or(PageFormat::Terminal)))
}

/// Rehearses what was typed or planned.
pub(super) fn run(args: &RehearseArgs, now: &Zoned) -> Result<u8, Error> {
    if let Some(path) = &args.output {
        write::can_replace(path)?;
    }
    let plan = with_flags(args, now)?;
    let inputs = plan.flows.iter().chain(&plan.coupons).chain(plan.changes.iter().map(|change| &change.file));
    if let Some(output) = args
        .output
        .as_ref()
        .filter(|output| inputs.chain(plan.lists.iter().map(|list| &list.file)).any(|file| read::is_same(&file.path, output)))
    {
        return Err(Error::in_file(output, "this file is read in this run, and the report would take its place").help("name another file"));
    }
    let warehouse = plan::warehouse(&args.warehouse, args.config.as_ref(), args.plan.as_deref().unwrap_or("."))?;
    let rehearsal = Arc::new(rehearse(plan, &args.reading.columns, &warehouse, &super::memory(args.reading.memory))?);
    let outcome = check::rehearse(&rehearsal, &BTreeMap::new(), RULES);
    let report =
        Report { drafts: vec![DraftReport::of_rehearsal(&rehearsal, outcome)], hold_at: args.hold_at.map(Into::into), ..Report::default() };
    write(args.output.as_deref(), &report::rehearsal(&rehearsal, &report, args.format.unwrap_or(PageFormat::Terminal)))?;
    Ok(report.exit_code())
}

/// The part that a plan has in the report of `presend check`.
pub(super) fn planned(planned: &Rehearsed, memory: &Memory, now: &Zoned) -> Result<DraftReport, Error> {
    let rehearsal = Arc::new(rehearse(read_plan(&planned.path, now)?, &[], &planned.warehouse, memory)?);
    let outcome = check::rehearse(&rehearsal, &planned.levels, RULES);
    Ok(DraftReport::of_rehearsal(&rehearsal, outcome))
}

fn write(output: Option<&str>, text: &str) -> Result<(), Error> {
    match output {
        Some(path) => write::replace(path, anstream::adapter::strip_str(text).to_string()),
        None => write_out(text),
    }
}

fn text(path: &str, what: &str) -> Result<Arc<Source>, Error> {
    let bytes = read::bytes(path, what)?;
    let text =
        String::from_utf8(bytes).map_err(|_| Error::in_file(path, format!("this {what} is not UTF-8 text")).help("save it as UTF-8"))?;
    Ok(Source::file(path, text))
}

/// Flows with the codes of their drafts, each draft named from the folder of its file.
fn read_flows<'a>(paths: impl Iterator<Item = &'a str>) -> Result<Flows, Error> {
    let mut files = Vec::new();
    for path in paths {
        let mut flows = flows::read(&text(path, "file of flows")?)?;
        let folder = Path::new(path).parent().map(Path::to_owned).unwrap_or_default();
        codes_of_drafts(&mut flows, |_, draft| draft.map(|draft| read::shown(&folder.join(draft))))?;
        files.push(flows);
    }
    Ok(Flows::merge(files))
}

/// Gives mails the codes that stand in their drafts; `find` tells the draft of a mail from its name and what is named.
fn codes_of_drafts(flows: &mut Flows, find: impl Fn(&str, Option<&str>) -> Option<String>) -> Result<(), Error> {
    let mut failed = None;
    flows.each_mail(&mut |mail| {
        let Some(path) = find(&mail.name, mail.draft.as_deref()) else { return };
        match codes(&path) {
            Ok(codes) => mail.codes.extend(codes),
            Err(error) => failed = failed.take().or(Some(error)),
        }
        let mut seen = BTreeSet::new();
        mail.codes.retain(|code| seen.insert(code.clone()));
    });
    failed.map_or(Ok(()), Err)
}

fn codes(path: &str) -> Result<Vec<String>, Error> {
    let mut codes = Vec::new();
    for draft in message::open(path, read::draft(path)?)? {
        codes.extend(Facts::notice(&draft.parse()?, &Settings::default()).codes.into_iter().map(|code| code.text));
    }
    Ok(codes)
}

/// A plan with its paths counted from its folder.
fn read_plan(path: &str, now: &Zoned) -> Result<Plan, Error> {
    let source = text(path, "plan")?;
    let mut plan = Plan::read(&source, now)?;
    let folder: PathBuf = Path::new(path).parent().map(Path::to_owned).unwrap_or_default();
    let files = plan.flows.iter_mut().chain(&mut plan.coupons).chain(plan.changes.iter_mut().map(|change| &mut change.file));
    for file in files.chain(plan.lists.iter_mut().map(|list| &mut list.file)).chain(plan.drafts.iter_mut().map(|(_, file)| file)) {
        if in_warehouse(&file.path).is_none() {
            file.path = read::shown(&folder.join(&file.path));
        }
    }
    for rule in plan.levels.keys() {
        if crate::rules::by_name(rule).is_none() {
            return Err(Error::in_file(path, format!("there is no rule `{rule}`")).help("`presend rules` lists all rules"));
        }
    }
    Ok(plan)
}

/// The plan that was named, or an empty one, with what was typed beside it.
fn with_flags(args: &RehearseArgs, now: &Zoned) -> Result<Plan, Error> {
    let typed = Plan::read(&Source::file("the command line", in_toml(args)?), now)?;
    let Some(path) = &args.plan else {
        return if typed.changes.is_empty() {
            Err(Error::new("there is nothing to rehearse")
                .help("name a plan: presend rehearse plan.toml; or say what is done: --add people.csv --into newsletter"))
        } else {
            Ok(typed)
        };
    };
    let mut plan = read_plan(path, now)?;
    if args.at.is_some() {
        plan.at = typed.at;
    }
    plan.order_value = typed.order_value.or(plan.order_value);
    plan.flows.extend(typed.flows);
    plan.coupons.extend(typed.coupons);
    plan.lists.retain(|list| !typed.lists.iter().any(|other| other.name == list.name));
    plan.lists.extend(typed.lists);
    plan.changes.extend(typed.changes);
    plan.expected.extend(typed.expected);
    Ok(plan)
}

/// What was typed, as a plan would say it.
fn in_toml(args: &RehearseArgs) -> Result<String, Error> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let list = |files: &[String]| files.iter().map(|file| quoted(file)).collect::<Vec<_>>().join(", ");
    let mut text = String::new();
    for (key, value) in [("at", &args.at), ("order-value", &args.order_value)] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
    }
    let _ = writeln!(text, "flows = [{}]\ncoupons = [{}]", list(&args.flows), list(&args.coupons));
    for (key, file, named) in [
        ("add", &args.add, [("into", &args.into), ("from", &args.from)]),
        ("import", &args.import, [("as", &args.event), ("date", &args.date)]),
    ] {
        let Some(file) = file else { continue };
        let _ = write!(text, "[[change]]\n{key} = {}\n", quoted(file));
        for (key, value) in named {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = {}", quoted(value));
            }
        }
    }
    for expect in &args.expect {
        let (flow, people) =
            expect.rsplit_once('=').filter(|(_, people)| people.bytes().all(|b| b.is_ascii_digit()) && !people.is_empty()).ok_or_else(
                || Error::new(format!("--expect {expect}: a number of people is missing")).help("write it as --expect WELCOME=400"),
            )?;
        let _ = writeln!(text, "[[expected]]\nflow = {}\npeople = {people}", quoted(flow));
    }
    if !args.lists.is_empty() {
        text.push_str("[lists]\n");
    }
    for list in &args.lists {
        let ListFile { name, role, path } = lists::named(list, "--list ")?;
        let _ = writeln!(text, "{} = {{ file = {}, role = {} }}", quoted(&name), quoted(&path), quoted(role.name()));
    }
    Ok(text)
}

/// Reads everything that a plan names, and rehearses it.
fn rehearse(plan: Plan, columns: &[String], warehouse: &WarehouseSettings, memory: &Memory) -> Result<Rehearsal, Error> {
    if plan.changes.is_empty() {
        return Err(Error::in_file(plan.source.name(), "nothing is changed in this plan")
            .help("write a [[change]] with add and into, or import and as"));
    }
    if plan.flows.is_empty() {
        return Err(Error::in_file(plan.source.name(), "no flows are named, so nothing can be rehearsed")
            .help("add --flows FILE, or flows = [\"flows.json\"] to the plan"));
    }
    let mut flows = read_flows(plan.flows.iter().map(|file| file.path.as_str()))?;
    codes_of_drafts(&mut flows, |name, _| plan.drafts.iter().find(|(mail, _)| mail == name).map(|(_, file)| file.path.clone()))?;
    let coupons: Vec<Coupons> = plan.coupons.iter().map(|file| shops::file(&file.path)).collect::<Result<_, Error>>()?;
    let coupons = (!coupons.is_empty()).then(|| Coupons::merge(coupons));
    let mut columns = columns.to_vec();
    let mut files = Vec::new();
    for list in &plan.lists {
        columns.extend(list.column.iter().map(|column| format!("{}={column}", list.name)));
        files.push(ListFile { name: list.name.clone(), role: Role::Other, path: list.file.path.clone() });
    }
    for (number, change) in plan.changes.iter().enumerate() {
        let name = format!("change {}", number + 1);
        columns.extend(change.column.iter().map(|column| format!("{name}={column}")));
        files.push(ListFile { name, role: Role::Other, path: change.file.path.clone() });
    }
    let count = |muster: &Muster<'_>| counting::muster(&files, &columns, muster, warehouse, memory);
    flows::rehearse_counted(plan, flows, coupons.as_ref(), count)
}
