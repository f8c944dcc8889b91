//! `presend proof`: the messages that people get, worst first, and the proof that `presend check` takes.

use super::checking::{left_out, read_drafts};
use super::write_out;
use crate::audience::List;
use crate::audience::rows::{self, Row};
use crate::cli::{CheckArgs, ProofArgs, ReadArgs};
use crate::error::Error;
use crate::facts::Facts;
use crate::lists;
use crate::message::Message;
use crate::plan::{Job, plan};
use crate::proof::{Columns, Kind};
use crate::proof::{ListProof, Proof, Rendered, Stop, Values, compile, excerpt, mail, personas};
use crate::report::{self, Format};
use crate::settings::Role;
use crate::write;
use jiff::Zoned;
use std::borrow::Cow;
use std::path::Path;

/// The exit code where somebody's message is wrong.
const WRONG: u8 = 1;

/// How many kinds of messages are written into a folder.
const MOST_WRITTEN: usize = 40;

/// How many lines of one person's message are shown.
const ALL_LINES: usize = 400;

/// The draft of a job against every row of its send lists; nothing where there is none.
pub(super) fn of_job(job: &Job, message: &Message, facts: &Facts) -> Result<Option<Proof>, Error> {
    // From a warehouse no rows come.
    if super::counting::any(job.lists.iter().filter(|list| list.role == Role::Send)) {
        return Ok(None);
    }
    let files = send_lists(job)?;
    if files.is_empty() {
        return Ok(None);
    }
    // A draft that says the same to everybody has nothing to be worked out.
    if facts.tags.tags.is_empty() || job.settings.rendered.unwrap_or_else(|| message.has_travelled()) {
        return Ok(Some(Proof::default()));
    }
    Proof::take(message, facts, &files, None).map(Some)
}

fn send_lists(job: &Job) -> Result<Vec<List>, Error> {
    let files: Vec<_> = job.lists.iter().filter(|list| list.role == Role::Send).cloned().collect();
    lists::open(&files, &job.columns, &[])
}

/// Shows the messages of every draft.
pub(super) fn run(args: &ProofArgs, now: &Zoned) -> Result<u8, Error> {
    let check = CheckArgs {
        paths: args.paths.clone(),
        to: args.to.clone(),
        reading: ReadArgs { columns: args.columns.clone(), ..ReadArgs::default() },
        config: args.config.clone(),
        ..CheckArgs::default()
    };
    let plan = plan(&check, now.time_zone())?;
    let drafts = read_drafts(&plan);
    left_out(&plan, &drafts)?;
    let mut taken = Vec::new();
    for (job, drafts) in plan.jobs.iter().zip(drafts) {
        for draft in drafts? {
            let message = draft.parse()?;
            let facts = Facts::notice(&message, &job.settings);
            let lists = send_lists(job)?;
            let draft = Draft { args, message: &message, facts: &facts };
            taken.push((message.name.clone(), draft.show(&lists)?, lists.is_empty()));
        }
    }
    if args.format == Some(Format::Json) {
        write_out(&report::proofs(taken.iter().map(|(name, proofs, invented)| (name.as_str(), proofs.as_slice(), *invented))))?;
    }
    let wrong = taken.iter().flat_map(|(_, proofs, _)| proofs).any(ListProof::is_wrong);
    Ok(if wrong { WRONG } else { 0 })
}

/// One draft that is shown.
struct Draft<'a> {
    args: &'a ProofArgs,
    message: &'a Message,
    facts: &'a Facts,
}

impl Draft<'_> {
    /// Shows it for these lists, unless all is written at the end; gives the proofs.
    fn show(&self, lists: &[List]) -> Result<Vec<ListProof>, Error> {
        if let Some(decision) = self.facts.tags.decision.as_ref().filter(|decision| decision.dialects.is_empty()) {
            let error = Error::in_file(&self.message.name, "it cannot be told which platform's merge tags these are");
            let _ = decision;
            return Err(error.help("say `esp = \"…\"` in presend.toml; `presend dialects` lists the names"));
        }
        if self.args.row.is_some() || self.args.person.is_some() {
            return self.show_one(lists).map(|()| Vec::new());
        }
        let proofs = if lists.is_empty() {
            vec![self.of_personas()?]
        } else {
            Proof::take(self.message, self.facts, lists, self.args.sample)?.lists
        };
        let is_read = self.args.format != Some(Format::Json);
        for (number, proof) in proofs.iter().enumerate() {
            let title = |line: u64| if lists.is_empty() { persona(line) } else { format!("line {line}") };
            if is_read {
                let text = proof.shown(&self.message.name, &title);
                write_out(&if number > 0 { format!("\n{text}") } else { text })?;
            }
            if let Some(folder) = &self.args.out {
                let written = Self::write_kinds(folder, proof)?;
                if is_read {
                    write_out(&format!("\n{written} messages written to {folder}, the worst first\n"))?;
                }
            }
        }
        Ok(proofs)
    }

    fn of_personas(&self) -> Result<ListProof, Error> {
        let (names, columns) = personas::columns(self.facts);
        let rows = personas::PERSONAS.iter().zip(1..).map(|(persona, line)| Row { line, fields: persona.row(&names) });
        ListProof::of_rows(self.message, self.facts, "the list of people who do not exist", columns, &rows.collect::<Vec<_>>())
    }

    /// One row's message, whole.
    fn show_one(&self, lists: &[List]) -> Result<(), Error> {
        let wanted = self.args.person.as_deref().map(|address| address.trim().to_lowercase());
        for list in lists {
            let rows = rows::stream(list)?;
            let columns = Columns::of(rows.header());
            for row in rows {
                let row = row?;
                let address = row.fields.get(columns.address()).map_or("", |cell| cell.trim());
                let fits = wanted.as_ref().map_or(Some(row.line) == self.args.row, |wanted| address.to_lowercase() == *wanted);
                if fits {
                    return self.show_row(list, &columns, &row);
                }
            }
        }
        let who = self.args.row.map_or_else(|| String::from("nobody has this address"), |row| format!("no row begins on line {row}"));
        let lists = if lists.is_empty() { String::from("no send list was given") } else { format!("{who} in the send list") };
        Err(Error::new(lists).help("lines are counted from 1, the header's first; name a list with --to"))
    }

    fn show_row(&self, list: &List, columns: &Columns, row: &Row) -> Result<(), Error> {
        let template = compile(self.message, self.facts, columns);
        let mut values = Values::of(&template, |column| Cow::Borrowed(row.fields.get(column).map_or("", String::as_str)));
        let texts = crate::proof::render(&template, &mut values).map_err(|stop| unsent(stop, &list.path, row.line))?;
        let mut out = format!("{} · {} line {}\n", self.message.name, list.path, row.line);
        excerpt(&mut out, &texts, ALL_LINES);
        write_out(&out)?;
        let address = row.fields.get(columns.address()).map_or("", |cell| cell.trim());
        match &self.args.out {
            Some(folder) => write(folder, &format!("line-{}", row.line), &texts, address),
            None => Ok(()),
        }
    }

    /// Writes a message of each kind, the worst first; says how many.
    fn write_kinds(folder: &str, proof: &ListProof) -> Result<usize, Error> {
        let mut written = 0_usize;
        for kind in proof.kinds.iter().take(MOST_WRITTEN) {
            let Ok(texts) = proof.message(kind) else { continue };
            written += 1;
            write(folder, &file_name(written, kind), &texts, "")?;
        }
        Ok(written)
    }
}

fn persona(line: u64) -> String {
    let at = usize::try_from(line).unwrap_or_default();
    personas::PERSONAS.get(at.wrapping_sub(1)).map_or_else(String::new, |persona| persona.title.to_owned())
}

fn unsent(stop: Stop, path: &str, line: u64) -> Error {
    let why = match stop {
        Stop::Withheld => "this person gets no mail: the platform stops where a value is missing",
        Stop::Endless => "this message is never finished: a loop has too many rounds, or the text becomes too long",
        Stop::Unknown => "this message is not known: a filter or a comparison is not worked out for these values",
    };
    Error::at_line(path, usize::try_from(line).unwrap_or(usize::MAX), 1, why)
}

/// `01-empty-greeting-line-13`.
fn file_name(number: usize, kind: &Kind) -> String {
    let harm = kind.faults.first().map_or_else(|| String::from("fine"), |fault| fault.harm.id());
    format!("{number:02}-{harm}-line-{}", kind.who.lines.first().copied().unwrap_or_default())
}

fn write(folder: &str, name: &str, texts: &[Rendered], to: &str) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::in_file(folder, format!("this folder cannot be made: {error}")))?;
    let path = |ending: &str| Path::new(folder).join(format!("{name}.{ending}")).to_string_lossy().into_owned();
    if let Some(html) = mail::html(texts) {
        write::replace(&path("html"), html)?;
    }
    write::replace(&path("eml"), mail::eml(texts, to))
}
