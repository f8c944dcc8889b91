//! `presend audience`: lists are counted and shown, or the rows of a combination written.

use super::{counting, memory, write_out};
use crate::audience::{self, Audience, Memory, Pick};
use crate::cli::AudienceArgs;
use crate::error::Error;
use crate::finding::{grouped, people};
use crate::lists;
use crate::overview;
use crate::read;
use crate::report::Format;
use crate::write::{self, Growing};

/// The width of what is drawn where there is no terminal, in characters.
const USUAL_WIDTH: usize = 100;

/// Counts the lists and shows them, or writes the rows of a combination.
pub(super) fn run(args: &AudienceArgs) -> Result<(), Error> {
    if let Some(path) = &args.output {
        write::can_replace(path)?;
    }
    let files = lists::files(&args.lists)?;
    if args.extract.is_none() && counting::any(&files) {
        return show(args, &counting::of_overview(&files, args)?);
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
    show(args, &read(&lists, &memory(args.reading.memory))?)
}

fn show(args: &AudienceArgs, audience: &Audience) -> Result<(), Error> {
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

/// How wide the terminal is, in characters; a file is written as for one of usual width.
fn width() -> usize {
    terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0))
}
