//! `presend fix`: shows the safe repairs of drafts as changed lines, and with `--write` makes them, a whole file or nothing.

use super::checking::send_time;
use super::{now, write_out};
use crate::check::check;
use crate::cli::{CheckArgs, FixArgs};
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::gate;
use crate::mend::{self, Change, Mending};
use crate::message::{self, Message};
use crate::plan::{Job, plan};
use crate::read;
use crate::report::harmless;
use crate::rule::Context;
use crate::rules::RULES;
use crate::write;
use jiff::Zoned;
use std::fmt::Write as _;

/// The exit code where repairs are shown and not made.
const SHOWN: u8 = 1;

/// What can be done for one file.
#[derive(Default)]
struct Outlook {
    shown: String,
    repairs: usize,
    /// The file as it would be.
    bytes: Option<Vec<u8>>,
}

/// Shows or makes the repairs.
pub(super) fn run(args: &FixArgs) -> Result<u8, Error> {
    let check = CheckArgs { paths: args.paths.clone(), config: args.config.clone(), offline: true, ..CheckArgs::default() };
    let now = now();
    let plan = plan(&check, now.time_zone())?;
    let (mut out, mut repairs, mut files) = (String::new(), 0, Vec::new());
    for job in plan.jobs.iter().filter(|job| job.draft != read::STANDARD_INPUT) {
        let outlook = look(job, &now)?;
        out.push_str(&outlook.shown);
        repairs += outlook.repairs;
        files.extend(outlook.bytes.map(|bytes| (&job.draft, bytes)));
    }
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let of = format!("{} in {}", count(repairs, "repair"), count(files.len(), "file"));
    if args.write {
        for (path, _) in &files {
            write::can_replace(path)?;
        }
        for (path, bytes) in &files {
            write::replace(path, bytes)?;
        }
        let _ = writeln!(out, "{of} made.");
    } else if repairs > 0 {
        let _ = writeln!(out, "{of}; nothing is written yet: presend fix --write makes them.");
    } else {
        out.push_str("There is nothing that can be repaired safely.\n");
    }
    write_out(&out)?;
    Ok(if repairs > 0 && !args.write { SHOWN } else { 0 })
}

fn look(job: &Job, now: &Zoned) -> Result<Outlook, Error> {
    let bytes = read::draft(&job.draft)?;
    let mut drafts = message::open(&job.draft, bytes.clone())?;
    let (Some(draft), 0) = (drafts.pop(), drafts.len()) else { return Ok(several(job)) };
    let message = draft.parse()?;
    let mendings = mendings(job, &message, now);
    if mendings.is_empty() {
        return Ok(Outlook::default());
    }
    let mut outlook = Outlook::default();
    let (mut changes, mut made): (Vec<Change>, Vec<Mending>) = (Vec::new(), Vec::new());
    for mending in mendings {
        match mend::in_file(&mending, &bytes).filter(|_| message.name == job.draft) {
            Some(change) => {
                changes.push(change);
                made.push(mending);
            }
            None => write_refusal(&mut outlook.shown, &mending),
        }
    }
    let new = mend::changed(&bytes, &changes).filter(|_| !changes.is_empty());
    let reads_well = |new: &Vec<u8>| Message::parse(&job.draft, new.clone()).is_ok_and(|new| mend::is_as_meant(&message, &new, &made));
    match new.filter(reads_well) {
        Some(new) => {
            outlook.repairs = changes.len();
            write_lines(&mut outlook.shown, &bytes, &changes, &made);
            outlook.bytes = Some(new);
        }
        None => made.iter().for_each(|mending| write_refusal(&mut outlook.shown, mending)),
    }
    Ok(outlook)
}

/// A file with many drafts is left as it is.
fn several(job: &Job) -> Outlook {
    Outlook { shown: format!("{}: it holds several drafts, which are not repaired\n", harmless(&job.draft)), ..Outlook::default() }
}

fn mendings(job: &Job, message: &Message, now: &Zoned) -> Vec<Mending> {
    let facts = Facts::notice(message, &job.settings);
    let (send_at, _) = send_time(job, message, now);
    let context = Context { message, facts: &facts, settings: &job.settings, send_at: &send_at };
    let findings = check(&context, Evidence::default(), RULES).findings;
    // What is waived or meant stays as it is.
    let open = gate::sift(findings, &job.key(&message.name), &job.settings, None, now.date()).open;
    mend::mendings(&context, &open)
}

fn write_refusal(out: &mut String, mending: &Mending) {
    let _ = writeln!(
        out,
        "{}: {} would become {}, but the file holds it encoded, and it must be mended by hand [{}]",
        harmless(&mending.span.place().to_string()),
        harmless(mending.span.text()),
        harmless(&mending.with),
        mending.rule
    );
}

/// The changed lines as they were and as they would be.
fn write_lines(out: &mut String, bytes: &[u8], changes: &[Change], made: &[Mending]) {
    let mut at = 0;
    while let (Some(first), Some(mending)) = (changes.get(at), made.get(at)) {
        let start = bytes.get(..first.range.start).and_then(|head| memchr::memrchr(b'\n', head)).map_or(0, |end| end + 1);
        let mut end = line_end(bytes, first.range.end);
        let from = at;
        while changes.get(at).is_some_and(|change| change.range.start < end.max(first.range.end)) {
            end = changes.get(at).map_or(end, |change| line_end(bytes, change.range.end));
            at += 1;
        }
        at = at.max(from + 1);
        let own: Vec<Change> = changes
            .get(from..at)
            .unwrap_or_default()
            .iter()
            .map(|change| Change { range: change.range.start - start..change.range.end - start, with: change.with.clone() })
            .collect();
        let old = bytes.get(start..end).unwrap_or_default();
        let _ = writeln!(out, "{} [{}]", harmless(&mending.span.place().to_string()), mending.rule);
        for (sign, colour, text) in [('-', "\x1b[31m", Some(old.to_vec())), ('+', "\x1b[32m", mend::changed(old, &own))] {
            for line in String::from_utf8_lossy(&text.unwrap_or_default()).lines() {
                let _ = writeln!(out, "{colour}{sign} {}\x1b[0m", harmless(line));
            }
        }
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(bytes.len(), |at| from + at)
}
