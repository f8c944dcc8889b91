//! The story of a run, in order: plan, read, ask, check, write. The clock, the environment and the output have their door here.

use crate::audience::{self, Audience, Memory, Pick};
use crate::check::check;
use crate::cli::{AudienceArgs, CheckArgs, Cli, Command};
use crate::coupons::{self, Coupons};
use crate::docs;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::finding::{grouped, people};
use crate::links::{Alone, LeftAlone, Links};
use crate::lists::{self, ListFile};
use crate::message::Message;
use crate::overview;
use crate::plan::{Job, Plan, plan};
use crate::probe::{self, Request};
use crate::progress::Progress;
use crate::read::{self, Growing};
use crate::report::{self, DraftReport, Format, Report};
use crate::rule::Context;
use crate::rules::{self, RULES};
use crate::settings::nearest;
use crate::source::Source;
use jiff::Zoned;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

/// The exit code for an input that cannot be read, or a command that is wrong.
const INPUT_ERROR: u8 = 2;

/// The width of what is drawn where there is no terminal, in characters.
const USUAL_WIDTH: usize = 100;

/// Does what was typed and says how it ended.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        Command::Check(args) => run_check(args),
        Command::Audience(args) => run_audience(args).map(|()| 0),
        Command::Explain { rule } => explain(rule.as_deref()).and_then(|text| write_out(&text).map(|()| 0)),
        Command::Rules => write_out(&docs::list()).map(|()| 0),
    };
    done.unwrap_or_else(|error| {
        let _ = writeln!(anstream::stderr(), "\x1b[1;31mpresend:\x1b[0m {error}");
        INPUT_ERROR
    })
    .into()
}

fn explain(rule: Option<&str>) -> Result<String, Error> {
    let Some(name) = rule else { return Ok(docs::list()) };
    let name = name.trim_matches(['[', ']']);
    rules::by_name(name).map(docs::page).ok_or_else(|| {
        let error = Error::new(format!("there is no rule `{name}`"));
        match nearest(name, RULES.iter().map(|rule| rule.name)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("`presend rules` lists all rules"),
        }
    })
}

fn run_check(args: &CheckArgs) -> Result<u8, Error> {
    if let Some(path) = &args.output {
        read::can_replace(path)?;
    }
    let report = make_report(args, &now())?;
    let text = report::render(&report, args.format.unwrap_or(Format::Terminal));
    match &args.output {
        Some(path) => read::replace(path, &anstream::adapter::strip_str(&text).to_string())?,
        None => write_out(&text)?,
    }
    Ok(report.exit_code())
}

fn run_audience(args: &AudienceArgs) -> Result<(), Error> {
    if let Some(path) = &args.output {
        read::can_replace(path)?;
    }
    let files = lists::files(&args.lists)?;
    let lists = lists::open(&files, &args.columns)?;
    if let (Some(pick), Some(path)) = (&args.extract, &args.output) {
        let pick = Pick::parse(pick, &lists)?;
        if let Some(list) = files.iter().find(|list| read::is_same(&list.path, path)) {
            return Err(Error::in_file(path, format!("the rows would be written over the list `{}`", list.name)).help("name another file"));
        }
        return extract(&lists, pick, &memory(args.memory), path);
    }
    let text = overview::render(&Audience::read_within(&lists, &memory(args.memory))?, args.format.unwrap_or(Format::Terminal), width());
    match &args.output {
        Some(path) => read::replace(path, &anstream::adapter::strip_str(&text).to_string()),
        None => write_out(&text),
    }
}

/// Writes the rows of a combination, whole or not at all.
fn extract(lists: &[audience::List], pick: Pick, memory: &Memory, path: &str) -> Result<(), Error> {
    let not_written = |error: csv::Error| Error::in_file(path, format!("this file cannot be written: {error}"));
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Growing::begin(path)?);
    let extracted = audience::extract(lists, pick, memory, &mut |row| out.write_record(row).map_err(not_written))?;
    let file = out.into_inner().map_err(|error| not_written(error.into_error().into()))?;
    file.finish()?;
    let rows = if extracted.rows == 1 { String::from("1 row") } else { format!("{} rows", grouped(extracted.rows)) };
    write_out(&format!("{rows} of {} written to {path}\n", people(extracted.people)))
}

/// The memory that was said, with a file for what finds no room.
fn memory(bytes: Option<u64>) -> Memory {
    bytes.map_or_else(Memory::unbounded, |bytes| {
        Memory::bounded(bytes, || read::scratch().map(|file| Box::new(file) as Box<dyn audience::Scratch>))
    })
}

/// How wide the terminal is, in characters; a file is written as for one of usual width.
fn width() -> usize {
    terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0))
}

#[expect(clippy::disallowed_methods, reason = "this is the door for the clock")]
fn now() -> Zoned {
    Zoned::now()
}

/// Writes to standard output; a reader that went away is no error.
fn write_out(text: &str) -> Result<(), Error> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::new(format!("the report cannot be written: {error}"))),
        _ => Ok(()),
    }
}

/// The whole run but for its last write.
fn make_report(args: &CheckArgs, now: &Zoned) -> Result<Report, Error> {
    let plan = plan(args, now.time_zone())?;
    let catalogues = Catalogues::read(&plan, &memory(args.memory))?;
    let drafts = read_drafts(&plan);
    let links = ask(args, &plan, &drafts)?;
    let mut report = Report { hold_at: args.hold_at.map(Into::into), ..Report::default() };
    let checked: Vec<Result<DraftReport, Error>> =
        plan.jobs.par_iter().zip(drafts).map(|(job, bytes)| check_draft(job, bytes, &catalogues, links.as_ref(), now)).collect();
    for result in checked {
        match result {
            Ok(draft) => report.drafts.push(draft),
            Err(error) => report.unreadable.push(error),
        }
    }
    Ok(report)
}

fn read_drafts(plan: &Plan) -> Vec<Result<Vec<u8>, Error>> {
    plan.jobs.iter().map(|job| read::draft(&job.draft)).collect()
}

/// Lists and the names of their address columns.
type Lists = (Vec<ListFile>, Vec<String>);

fn lists_of(job: &Job) -> Lists {
    (job.lists.clone(), job.columns.clone())
}

/// Lists and coupons, each combination of files read once however many drafts use it.
#[derive(Default)]
struct Catalogues {
    audiences: BTreeMap<Lists, Audience>,
    coupons: BTreeMap<Vec<String>, Coupons>,
}

impl Catalogues {
    fn read(plan: &Plan, memory: &Memory) -> Result<Self, Error> {
        let mut catalogues = Self::default();
        for job in &plan.jobs {
            let lists = lists_of(job);
            if !job.lists.is_empty() && !catalogues.audiences.contains_key(&lists) {
                let audience = Audience::read_within(&lists::open(&job.lists, &job.columns)?, memory)?;
                catalogues.audiences.insert(lists, audience);
            }
            if !job.coupons.is_empty() && !catalogues.coupons.contains_key(&job.coupons) {
                catalogues.coupons.insert(job.coupons.clone(), read_coupons(&job.coupons)?);
            }
        }
        Ok(catalogues)
    }
}

fn read_coupons(files: &[String]) -> Result<Coupons, Error> {
    let read = files.iter().map(|path| coupons::read(&Source::raw(path, read::bytes(path, "coupon list")?)));
    Ok(Coupons::merge(read.collect::<Result<Vec<_>, Error>>()?))
}

/// The answers of the web: recorded ones, or asked now, or none.
fn ask(args: &CheckArgs, plan: &Plan, drafts: &[Result<Vec<u8>, Error>]) -> Result<Option<Links>, Error> {
    if let Some(path) = &args.links {
        let text = String::from_utf8_lossy(&read::bytes(path, "file of link answers")?).into_owned();
        return Links::from_json(path, &text).map(Some);
    }
    if args.offline || plan.links.offline {
        return Ok(None);
    }
    let mut requests = Vec::new();
    let mut opt_outs = Vec::new();
    for (job, bytes) in plan.jobs.iter().zip(drafts) {
        let Ok(message) = bytes.clone().and_then(|bytes| Message::parse(&job.draft, bytes)) else { continue };
        let facts = Facts::notice(&message, job.settings.esp.as_deref());
        for link in facts.links.iter().filter(|link| link.is_web()) {
            if link.is_opt_out() { opt_outs.push(link.href.clone()) } else { requests.push(Request::page(&link.href)) }
        }
        requests.extend(
            facts.images.iter().filter_map(|image| image.source.as_ref()).filter(|source| source.starts_with("http")).map(Request::image),
        );
    }
    requests.retain(|request| !opt_outs.contains(&request.url));
    let options = probe::Options {
        allow_private: plan.links.allow_private.clone(),
        deadline: plan.links.deadline.map_or(probe::Options::default().deadline, Duration::from_secs),
        ctrl_c: true,
        ..probe::Options::default()
    };
    let mut links = probe::ask(&requests, &options, &Progress::on_terminal())?;
    for url in opt_outs {
        links.leave_alone(url, LeftAlone::new(Alone::Unsubscribe, "its words say that it takes a person off the list"));
    }
    Ok(Some(links))
}

/// One draft, from its bytes to its part of the report.
fn check_draft(
    job: &Job,
    bytes: Result<Vec<u8>, Error>,
    catalogues: &Catalogues,
    links: Option<&Links>,
    now: &Zoned,
) -> Result<DraftReport, Error> {
    let message = Message::parse(&job.draft, bytes?)?;
    let facts = Facts::notice(&message, job.settings.esp.as_deref());
    let send_at = job.send_at.clone().unwrap_or_else(|| now.with_time_zone(job.settings.zone.clone()));
    let context = Context { message: &message, facts: &facts, settings: &job.settings, send_at: &send_at };
    let evidence = Evidence { audience: catalogues.audiences.get(&lists_of(job)), coupons: catalogues.coupons.get(&job.coupons), links };
    let outcome = check(&context, evidence, RULES);
    Ok(DraftReport::new(&context, evidence, outcome, job.campaign.clone(), job.send_at.is_some()))
}
