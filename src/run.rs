//! The story of a run, in order: plan, read, ask, check, write. The clock, the environment and the output have their door here.

mod asking;
mod probing;

use crate::audience::{Audience, List};
use crate::check::check;
use crate::cli::{CheckArgs, Cli, Command, ProbeArgs};
use crate::coupons::{self, Coupons};
use crate::docs;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::links::Links;
use crate::message::Message;
use crate::plan::{Job, ListFile, Plan, plan};
use crate::read;
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

/// The exit code for an input that cannot be read, or a command that is wrong.
const INPUT_ERROR: u8 = 2;

/// Does what was typed and says how it ended.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        Command::Check(args) => run_check(args),
        Command::Probe(args) => probing::run(ProbeArgs::clone(args), &Environment::read(), &now()),
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
    let plan = plan(args, now.time_zone())?;
    let catalogues = Catalogues::read(&plan)?;
    let drafts = read_drafts(&plan);
    let asked = asking::ask(&plan, &drafts, &Environment::read(), now.timestamp())?;
    let mut report = Report { hold_at: args.hold_at.map(Into::into), ..Report::default() };
    let checked: Vec<Result<DraftReport, Error>> = plan
        .jobs
        .par_iter()
        .zip(drafts)
        .zip(asked)
        .map(|((job, bytes), asked)| check_draft(job, bytes, &catalogues, asked.as_deref(), now))
        .collect();
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

/// Lists, coupons and recorded answers, each combination of files read once however many drafts use it.
#[derive(Default)]
struct Catalogues {
    audiences: BTreeMap<Vec<ListFile>, Audience>,
    coupons: BTreeMap<Vec<String>, Coupons>,
    answers: BTreeMap<String, Links>,
}

impl Catalogues {
    fn read(plan: &Plan) -> Result<Self, Error> {
        let mut catalogues = Self::default();
        for job in &plan.jobs {
            if !job.lists.is_empty() && !catalogues.audiences.contains_key(&job.lists) {
                catalogues.audiences.insert(job.lists.clone(), read_audience(&job.lists)?);
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

fn read_audience(files: &[ListFile]) -> Result<Audience, Error> {
    // Opened once here, so that a wrong name is said before anything is read.
    files.iter().try_for_each(|file| read::open(&file.path, "list").map(|_| ()))?;
    let lists: Vec<List> = files.iter().map(list_of).collect();
    Audience::read(&lists)
}

/// A list that is opened when it is needed.
fn list_of(file: &ListFile) -> List {
    let path = file.path.clone();
    let open = move || {
        read::open(&path, "list")
            .map(|file| Box::new(file) as Box<dyn io::Read + Send>)
            .map_err(|error| io::Error::other(error.to_string()))
    };
    List::new(&file.name, &file.path, file.role, open)
}

fn read_coupons(files: &[String]) -> Result<Coupons, Error> {
    let read = files.iter().map(|path| coupons::read(&Source::raw(path, read::bytes(path, "coupon list")?)));
    Ok(Coupons::merge(read.collect::<Result<Vec<_>, Error>>()?))
}

fn read_answers(path: &str) -> Result<Links, Error> {
    let text = String::from_utf8_lossy(&read::bytes(path, "file of link answers")?).into_owned();
    Links::from_json(path, &text)
}

/// One draft, from its bytes to its part of the report.
fn check_draft(
    job: &Job,
    bytes: Result<Vec<u8>, Error>,
    catalogues: &Catalogues,
    asked: Option<&Links>,
    now: &Zoned,
) -> Result<DraftReport, Error> {
    let links = job.answers.as_ref().map_or(asked, |path| catalogues.answers.get(path));
    let message = Message::parse(&job.draft, bytes?)?;
    let facts = Facts::notice(&message, job.settings.esp.as_deref());
    let send_at = job.send_at.clone().unwrap_or_else(|| now.with_time_zone(job.settings.zone.clone()));
    let context = Context { message: &message, facts: &facts, settings: &job.settings, send_at: &send_at };
    let evidence = Evidence { audience: catalogues.audiences.get(&job.lists), coupons: catalogues.coupons.get(&job.coupons), links };
    let outcome = check(&context, evidence, RULES);
    Ok(DraftReport::new(&context, evidence, outcome, job.campaign.clone(), job.send_at.is_some()))
}
