//! The story of a run, in order: plan, read, ask, check, write. The clock, the environment and the output have their door here.

mod approving;
mod asking;
mod counting;
mod diffing;
mod gating;
mod init;
mod mending;
mod paper;
mod probing;
mod proofing;
mod rehearsing;
mod shops;
mod siblings;
mod spelling;
mod watching;
mod writing;

use crate::approval::Approved;
use crate::audience::{self, Audience, Memory, Pick};
use crate::check::check;
use crate::cli::{AudienceArgs, CheckArgs, Cli, Command, CouponsArgs, ProbeArgs};
use crate::coupons::Decimal;
use crate::docs;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::finding::{grouped, people};
use crate::links::Links;
use crate::lists::{self, ListFile};
use crate::message::{self, Draft, Message};
use crate::overview;
use crate::plan::{Job, Plan, coupons as plan_coupons, plan};
use crate::proof::Proof;
use crate::read;
use crate::report::{self, Detail, DraftReport, Format, Report, Version};
use crate::rule::{Context, Sibling};
use crate::rules::{self, RULES};
use crate::settings::{CouponSource, WarehouseSettings, nearest, parse_time};
use crate::write::{self, Growing};
use gating::Gate;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use rayon::prelude::*;
use shops::Known;
use spelling::Shelf;
use std::collections::{BTreeMap, BTreeSet};
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
        Command::Proof(args) => proofing::run(args, &now()),
        Command::Fix(args) => mending::run(args),
        Command::Watch(args) => watching::run(args),
        Command::Diff(args) => diffing::run(args),
        Command::Approve(args) => approving::run(args, &now()),
        Command::Init { folder, yes } => init::run(folder, *yes).map(|()| 0),
        Command::Completions { shell } => paper::completions(*shell).map(|()| 0),
        Command::Man => paper::manual().map(|()| 0),
        Command::Schema { of } => write_out(paper::schema(*of)).map(|()| 0),
        Command::Baseline(args) => gating::baseline(args).map(|()| 0),
        Command::Audience(args) => run_audience(args).map(|()| 0),
        Command::Explain { rule } => explain(rule.as_deref()).and_then(|text| write_out(&text).map(|()| 0)),
        Command::Flows(args) => rehearsing::map(args).map(|()| 0),
        Command::Rehearse(args) => rehearsing::run(args, &now()),
        Command::Coupons(args) => list_coupons(args).and_then(|text| write_out(&text).map(|()| 0)),
        Command::Rules => write_out(&docs::list()).map(|()| 0),
        Command::Dialects => write_out(&docs::dialects()).map(|()| 0),
    };
    done.unwrap_or_else(|error| said(&error)).into()
}

/// Says what could not be done, and gives the exit code for it.
fn said(error: &Error) -> u8 {
    let _ = writeln!(anstream::stderr(), "\x1b[1;31mpresend:\x1b[0m {error}");
    INPUT_ERROR
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
    let (sources, links) = plan_coupons(args)?;
    let known = shops::read(&sources, &links, &Environment::read())?;
    if let Some(shop) = known.unanswered.first() {
        return Err(Error::new(&shop.why).help(&shop.remedy));
    }
    let at = args.at.as_ref().map(|text| {
        parse_time(text, now().time_zone()).ok_or_else(|| Error::new(format!("--at: `{text}` is not a time that can be understood")))
    });
    let at = at.transpose()?.unwrap_or_else(now);
    Ok(report::coupons(&known.coupons.unwrap_or_default(), &at, args.format.unwrap_or(Format::Terminal)))
}

fn run_check(args: &CheckArgs) -> Result<u8, Error> {
    writing::can_write(args)?;
    let report = make_report(args, &now())?;
    writing::write(args, &report)?;
    Ok(report.exit_code())
}

fn run_audience(args: &AudienceArgs) -> Result<(), Error> {
    if let Some(path) = &args.output {
        write::can_replace(path)?;
    }
    let files = lists::files(&args.lists)?;
    if args.extract.is_none() && counting::any(&files) {
        return show_audience(args, &counting::of_overview(&files, args)?);
    }
    let lists = lists::open(&files, &args.reading.columns, &[])?;
    if let (Some(pick), Some(path)) = (&args.extract, &args.output) {
        let pick = Pick::parse(pick, &lists)?;
        if let Some(list) = files.iter().find(|list| read::is_same(&list.path, path)) {
            return Err(Error::in_file(path, format!("the rows would be written over the list `{}`", list.name)).help("name another file"));
        }
        return extract(&lists, pick, &memory(args.reading.memory), path);
    }
    let read = if args.profile { Audience::read_within } else { Audience::count_within };
    show_audience(args, &read(&lists, &memory(args.reading.memory))?)
}

fn show_audience(args: &AudienceArgs, audience: &Audience) -> Result<(), Error> {
    let text = overview::render(audience, args.format.unwrap_or(Format::Terminal), width());
    match &args.output {
        Some(path) => write::replace(path, anstream::adapter::strip_str(&text).to_string()),
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
    // Nobody has named a zone, so the system's own file tells it; jiff would list all zones there are before it looks.
    let own = std::env::var_os("TZ").is_none().then(read::system_zone).flatten();
    match own.and_then(|(name, bytes)| TimeZone::tzif(&name, &bytes).ok()) {
        Some(zone) => Timestamp::now().to_zoned(zone),
        None => Zoned::now(),
    }
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
    let environment = Environment::read();
    let catalogues = Catalogues::read(&plan, &memory(args.reading.memory), &environment)?;
    let catalogues = Catalogues { shows_page: writing::shows_page(args), ..catalogues };
    let drafts = read_drafts(&plan);
    compare_offers(&mut plan, &drafts, now);
    let asked = asking::ask(&plan, &drafts, &environment, now.timestamp())?;
    for (path, levels) in &plan.rehearsals {
        report.drafts.push(rehearsing::planned(path, levels, &memory(args.reading.memory), now)?);
    }
    let jobs = plan.jobs.iter().zip(drafts).zip(&asked);
    let pieces = jobs.flat_map(|((job, drafts), asked)| {
        pieces(job, drafts).into_iter().map(move |(job, draft)| Piece { job, draft, asked: asked.as_deref() })
    });
    let mails = siblings::together(pieces.collect());
    let checked = side_by_side(mails, |mail| siblings::check_mail(mail, &catalogues, now));
    let mut drafts = Vec::with_capacity(checked.len());
    for result in checked.into_iter().flatten() {
        match result {
            Ok((draft, job)) => drafts.push((gate.sift(job, draft), job)),
            Err(error) => report.unreadable.push(error),
        }
    }
    report.exceptions = gate.exceptions(&drafts);
    report.drafts.extend(drafts.into_iter().map(|(draft, _)| draft));
    Ok(report)
}

/// Tells every job what the drafts of the other campaigns promise.
fn compare_offers(plan: &mut Plan, drafts: &[Result<Vec<Draft>, Error>], now: &Zoned) {
    if plan.jobs.iter().all(|job| job.settings.others.is_empty()) {
        return;
    }
    let mut promised: BTreeMap<String, BTreeSet<Decimal>> = BTreeMap::new();
    for (job, drafts) in plan.jobs.iter().zip(drafts) {
        let Some(name) = &job.campaign else { continue };
        let messages = drafts.iter().flatten().filter_map(|draft| draft.parse().ok());
        let found = messages.filter_map(|message| {
            let facts = Facts::notice(&message, &job.settings);
            rules::discount(&Context { message: &message, facts: &facts, settings: &job.settings, send_at: now })
        });
        promised.entry(name.clone()).or_default().extend(found);
    }
    for other in plan.jobs.iter_mut().flat_map(|job| &mut job.settings.others) {
        let all = promised.get(&other.name).into_iter().flatten();
        other.discount = all.clone().next().copied().filter(|_| all.count() == 1);
    }
}

fn detail(args: &CheckArgs) -> Detail {
    match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Usual,
    }
}

/// Works on several things at once; one alone needs no second thread, whose start would cost more than many a draft.
fn side_by_side<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if things.len() < 2 { things.into_iter().map(work).collect() } else { things.into_par_iter().map(work).collect() }
}

/// Reads the file of every job; one file may hold many drafts.
fn read_drafts(plan: &Plan) -> Vec<Result<Vec<Draft>, Error>> {
    side_by_side(plan.jobs.iter().collect(), |job| message::open(&job.draft, read::draft(&job.draft)?))
}

/// The drafts of a job's file each with the job, or the one error that stands for the file.
fn pieces(job: &Job, drafts: Result<Vec<Draft>, Error>) -> Vec<(&Job, Result<Draft, Error>)> {
    match drafts {
        Ok(drafts) => drafts.into_iter().map(|draft| (job, Ok(draft))).collect(),
        Err(error) => vec![(job, Err(error))],
    }
}

/// Lists, the names of their address columns, the domains of competitors, and the warehouse in which lists may stand.
type Lists = (Vec<ListFile>, Vec<String>, Vec<String>, WarehouseSettings);

fn lists_of(job: &Job) -> Lists {
    (job.lists.clone(), job.columns.clone(), job.settings.people.competitors.clone(), job.warehouse.clone())
}

/// Where a job's coupons come from, and whether a shop among them may not be asked.
fn coupons_of(job: &Job) -> (Vec<CouponSource>, bool) {
    (job.coupons.clone(), job.links.offline)
}

/// What all drafts of a run share: lists, coupons and recorded answers, each combination of files read once however many
/// drafts use it.
#[derive(Default)]
struct Catalogues {
    audiences: BTreeMap<Lists, Audience>,
    coupons: BTreeMap<(Vec<CouponSource>, bool), Known>,
    answers: BTreeMap<String, Links>,
    shelf: Shelf,
    /// Whether somebody will look at a page of the drafts.
    shows_page: bool,
}

impl Catalogues {
    fn read(plan: &Plan, memory: &Memory, environment: &Environment) -> Result<Self, Error> {
        let mut catalogues = Self::default();
        for job in &plan.jobs {
            let lists = lists_of(job);
            if !job.lists.is_empty() && !catalogues.audiences.contains_key(&lists) {
                let audience = counting::read(&lists, memory)?;
                catalogues.audiences.insert(lists, audience);
            }
            let coupons = coupons_of(job);
            if !job.coupons.is_empty() && !catalogues.coupons.contains_key(&coupons) {
                let known = shops::read(&job.coupons, &job.links, environment)?;
                catalogues.coupons.insert(coupons, known);
            }
            if let Some(path) = job.answers.as_ref().filter(|path| !catalogues.answers.contains_key(*path)) {
                catalogues.answers.insert(path.clone(), read_answers(path)?);
            }
        }
        Ok(catalogues)
    }
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

/// One draft with the job that it belongs to, and what the web said for it.
struct Piece<'a> {
    job: &'a Job,
    draft: Result<Draft, Error>,
    asked: Option<&'a Links>,
}

/// A draft as rules look at it.
struct Noticed<'a> {
    job: &'a Job,
    message: Message,
    facts: Facts,
    links: Option<&'a Links>,
    proof: Option<Proof>,
    approved: Option<Approved>,
}

/// One draft, from its text to what is noticed in it.
fn notice<'a>(piece: Piece<'a>, catalogues: &'a Catalogues) -> Result<Noticed<'a>, Error> {
    let Piece { job, draft, asked } = piece;
    let links = job.answers.as_ref().map_or(asked, |path| catalogues.answers.get(path));
    let message = draft?.parse()?;
    let mut facts = Facts::notice_beside(&message, &job.settings, &|path| read::beside(&job.draft, path));
    if let Some(links) = links {
        facts.add_codes(|address| links.codes(address));
    }
    let proof = proofing::of_job(job, &message, &facts)?;
    let approved = approving::approved(job, &message, &facts)?;
    Ok(Noticed { job, message, facts, links, proof, approved })
}

/// One draft, from what is noticed in it to its part of the report.
fn check_draft(noticed: &Noticed<'_>, siblings: &[Sibling<'_>], catalogues: &Catalogues, now: &Zoned) -> DraftReport {
    let Noticed { job, message, facts, links, proof, approved } = noticed;
    let send_at = job.send_at.clone().unwrap_or_else(|| send_time(message, &now.with_time_zone(job.settings.zone.clone())));
    let context = Context { message, facts, settings: &job.settings, send_at: &send_at };
    let known = catalogues.coupons.get(&coupons_of(job));
    let words = catalogues.shelf.words(&context, &job.dictionaries);
    let evidence = Evidence {
        audience: catalogues.audiences.get(&lists_of(job)),
        coupons: known.and_then(|known| known.coupons.as_ref()),
        unanswered: known.map_or(&[], |known| &known.unanswered),
        links: *links,
        siblings,
        proof: proof.as_ref(),
        approved: approved.as_ref(),
        spelling: words.spelling(),
    };
    let outcome = check(&context, evidence, RULES);
    let version = job.variant.as_ref().map(|variant| Version { group: variant.group.clone(), label: variant.label.clone() });
    let report = DraftReport::new(&context, evidence, outcome, job.campaign.clone(), job.send_at.is_some());
    let report = if catalogues.shows_page { report.with_view(&context, evidence) } else { report };
    DraftReport { version, key: job.key(&report.draft), ..report }
}
