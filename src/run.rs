//! The story of a run, in order: plan, read, ask, check, write. The clock, the environment and the output have their door here.

mod asking;
mod gating;
mod init;
mod mending;
mod paper;
mod probing;
mod writing;

use crate::audience::{self, Audience, Memory, Pick};
use crate::check::check;
use crate::cli::{AudienceArgs, CheckArgs, Cli, Command, CouponsArgs, ProbeArgs};
use crate::coupons::{self, Coupons};
use crate::docs;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::finding::{grouped, people};
use crate::links::Links;
use crate::lists::{self, ListFile};
use crate::message::{self, Draft, Message};
use crate::overview;
use crate::plan::{Job, Plan, plan};
use crate::read::{self, Growing};
use crate::report::{self, Detail, DraftReport, Format, Report};
use crate::rule::Context;
use crate::rules::{self, RULES};
use crate::settings::{nearest, parse_time};
use crate::source::Source;
use gating::Gate;
use jiff::{ToSpan, Zoned};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

/// The exit code for an input that cannot be read, or a command that is wrong.
const INPUT_ERROR: u8 = 2;

/// The width of what is drawn where there is no terminal, in characters.
const USUAL_WIDTH: usize = 100;

/// Does what was typed and says how it ended.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        Command::Check(args) => run_check(args),
        Command::Probe(args) => probing::run(ProbeArgs::clone(args), &Environment::read(), &now()),
        Command::Fix(args) => mending::run(args),
        Command::Init { folder } => init::run(folder).map(|()| 0),
        Command::Completions { shell } => paper::completions(*shell).map(|()| 0),
        Command::Man => paper::manual().map(|()| 0),
        Command::Schema { of } => write_out(paper::schema(*of)).map(|()| 0),
        Command::Baseline(args) => gating::baseline(args).map(|()| 0),
        Command::Audience(args) => run_audience(args).map(|()| 0),
        Command::Explain { rule } => explain(rule.as_deref()).and_then(|text| write_out(&text).map(|()| 0)),
        Command::Coupons(args) => list_coupons(args).and_then(|text| write_out(&text).map(|()| 0)),
        Command::Rules => write_out(&docs::list()).map(|()| 0),
        Command::Dialects => write_out(&docs::dialects()).map(|()| 0),
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

fn list_coupons(args: &CouponsArgs) -> Result<String, Error> {
    let coupons = read_coupons(&args.files)?;
    let at = args.at.as_ref().map(|text| {
        parse_time(text, now().time_zone()).ok_or_else(|| Error::new(format!("--at: `{text}` is not a time that can be understood")))
    });
    let at = at.transpose()?.unwrap_or_else(now);
    Ok(report::coupons(&coupons, &at, args.format.unwrap_or(Format::Terminal)))
}

fn run_check(args: &CheckArgs) -> Result<u8, Error> {
    writing::can_write(args)?;
    let report = make_report(args, &now())?;
    writing::write(args, &report)?;
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

/// What the environment says about proxies: for which addresses each is, and for which hosts none.
#[derive(Debug, Default)]
struct Environment {
    http: Option<String>,
    https: Option<String>,
    except: String,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "this is the door for the environment")]
    fn read() -> Self {
        let first = |names: &[&str]| names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.trim().is_empty());
        Self {
            http: first(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]),
            https: first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
            except: first(&["no_proxy", "NO_PROXY"]).unwrap_or_default(),
        }
    }
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
    let mut plan = plan(args, now.time_zone())?;
    writing::spares_inputs(args, &plan)?;
    let gate = Gate::read(&plan, args, now.date())?;
    let mut report = Report { hold_at: gating::hold_at(&plan, args), here: read::here(), detail: detail(args), ..Report::default() };
    report.notes.extend(gating::keep_changed(&mut plan, args)?);
    let catalogues = Catalogues::read(&plan, &memory(args.memory))?;
    let drafts = read_drafts(&plan);
    let asked = asking::ask(&plan, &drafts, &Environment::read(), now.timestamp())?;
    let jobs = plan.jobs.iter().zip(drafts).zip(&asked);
    let pieces: Vec<_> =
        jobs.flat_map(|((job, drafts), asked)| pieces(job, drafts).into_iter().map(move |piece| (piece, asked.as_deref()))).collect();
    let check = |job, draft: Result<Draft, Error>, asked| Ok((gate.sift(job, check_draft(job, &draft?, &catalogues, asked, now)?), job));
    let checked: Vec<Result<(DraftReport, &Job), Error>> =
        pieces.into_par_iter().map(|((job, draft), asked)| check(job, draft, asked)).collect();
    let mut drafts = Vec::with_capacity(checked.len());
    for result in checked {
        match result {
            Ok(draft) => drafts.push(draft),
            Err(error) => report.unreadable.push(error),
        }
    }
    report.exceptions = gate.exceptions(&drafts);
    report.drafts = drafts.into_iter().map(|(draft, _)| draft).collect();
    Ok(report)
}

fn detail(args: &CheckArgs) -> Detail {
    match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Usual,
    }
}

/// Reads the file of every job; one file may hold many drafts.
fn read_drafts(plan: &Plan) -> Vec<Result<Vec<Draft>, Error>> {
    plan.jobs.par_iter().map(|job| message::open(&job.draft, read::draft(&job.draft)?)).collect()
}

/// The drafts of a job's file each with the job, or the one error that stands for the file.
fn pieces(job: &Job, drafts: Result<Vec<Draft>, Error>) -> Vec<(&Job, Result<Draft, Error>)> {
    match drafts {
        Ok(drafts) => drafts.into_iter().map(|draft| (job, Ok(draft))).collect(),
        Err(error) => vec![(job, Err(error))],
    }
}

/// Lists and the names of their address columns.
type Lists = (Vec<ListFile>, Vec<String>);

fn lists_of(job: &Job) -> Lists {
    (job.lists.clone(), job.columns.clone())
}

/// Lists, coupons and recorded answers, each combination of files read once however many drafts use it.
#[derive(Default)]
struct Catalogues {
    audiences: BTreeMap<Lists, Audience>,
    coupons: BTreeMap<Vec<String>, Coupons>,
    answers: BTreeMap<String, Links>,
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
            if let Some(path) = job.answers.as_ref().filter(|path| !catalogues.answers.contains_key(*path)) {
                catalogues.answers.insert(path.clone(), read_answers(path)?);
            }
        }
        Ok(catalogues)
    }
}

fn read_coupons(files: &[String]) -> Result<Coupons, Error> {
    let read = files.iter().map(|path| coupons::read(&Source::raw(path, read::bytes(path, "coupon list")?)));
    Ok(Coupons::merge(read.collect::<Result<Vec<_>, Error>>()?))
}

fn read_answers(path: &str) -> Result<Links, Error> {
    let text = String::from_utf8_lossy(&read::bytes(path, "file of link answers")?).into_owned();
    Links::from_json(path, &text)
}

/// The send time where nobody said one. A mail that was sent long ago is judged by its own date; one of the last days may
/// be a test of what goes out next, and is judged by the clock like any draft.
fn send_time(message: &Message, now: &Zoned) -> Zoned {
    let before = now.checked_sub(TEST_DAYS.days()).unwrap_or_else(|_| now.clone());
    message.sent_at().filter(|sent| *sent < before).unwrap_or_else(|| now.clone())
}

/// For how many days a mail that has travelled may be a test.
const TEST_DAYS: i32 = 14;

/// One draft, from its text to its part of the report.
fn check_draft(job: &Job, draft: &Draft, catalogues: &Catalogues, asked: Option<&Links>, now: &Zoned) -> Result<DraftReport, Error> {
    let links = job.answers.as_ref().map_or(asked, |path| catalogues.answers.get(path));
    let message = draft.parse()?;
    let facts = Facts::notice(&message, &job.settings);
    let send_at = job.send_at.clone().unwrap_or_else(|| send_time(&message, &now.with_time_zone(job.settings.zone.clone())));
    let context = Context { message: &message, facts: &facts, settings: &job.settings, send_at: &send_at };
    let evidence = Evidence { audience: catalogues.audiences.get(&lists_of(job)), coupons: catalogues.coupons.get(&job.coupons), links };
    let outcome = check(&context, evidence, RULES);
    let report = DraftReport::new(&context, evidence, outcome, job.campaign.clone(), job.send_at.is_some());
    Ok(DraftReport { key: job.key(&report.draft), ..report })
}
