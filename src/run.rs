//! The story of a run, in order: plan, read, ask, check, write. The clock, the environment and the output have their door here.

mod approving;
mod asking;
mod catalogues;
mod checking;
mod counting;
mod diffing;
mod gating;
mod init;
mod listing;
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

use crate::audience::{self, Memory};
use crate::cli::{Cli, Command, CouponsArgs, ProbeArgs};
use crate::docs;
use crate::error::Error;
use crate::letters::acts;
use crate::plan::coupons as plan_coupons;
use crate::read;
use crate::report::{self, Format};
use crate::rules::{self, RULES};
use crate::settings::{nearest, parse_time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

/// The exit code for an input that cannot be read, or a command that is wrong.
const INPUT_ERROR: u8 = 2;

/// Does what was typed and says how it ended.
pub fn run(cli: &Cli) -> ExitCode {
    let done = match &cli.command {
        Command::Check(args) => checking::run(args),
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
        Command::Audience(args) => listing::run(args).map(|()| 0),
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

/// The memory that was said, with a file for what finds no room.
fn memory(bytes: Option<u64>) -> Memory {
    bytes.map_or_else(Memory::unbounded, |bytes| {
        Memory::bounded(bytes, || read::scratch().map(|file| Box::new(file) as Box<dyn audience::Scratch>))
    })
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
    written(anstream::stdout().write_all(text.as_bytes()))
}

/// Writes a report that has no colours of its own; what a draft brings along for terminals to act on is left out.
fn write_plain(text: &str) -> Result<(), Error> {
    written(io::stdout().lock().write_all(inert(text).as_bytes()))
}

/// A text without anything that a terminal would act on.
fn inert(text: &str) -> Cow<'_, str> {
    // Nearly no text has such characters, and to leave them out costs more than to write a report.
    if !acts(text) {
        return text.into();
    }
    // Of the control characters beyond ASCII it leaves those in that begin no order; some terminals read them as one.
    anstream::adapter::strip_str(text).to_string().replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "").into()
}

fn written(outcome: io::Result<()>) -> Result<(), Error> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::new(format!("the report cannot be written: {error}"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_terminal_acts_on_what_is_written() {
        for (text, written) in [("a\u{1b}[31mb\n", "ab\n"), ("é\u{9b}31m", "é31m"), ("\u{85}x\u{7}", "x"), ("\u{a0}– £", "\u{a0}– £")]
        {
            assert_eq!(inert(text), written);
        }
    }
}
