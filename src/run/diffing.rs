//! `presend diff`: two versions of a mail, read and compared.

use super::{memory, write_out};
use crate::audience::Audience;
use crate::changes::{Changes, PeopleChange, Version};
use crate::cli::DiffArgs;
use crate::error::Error;
use crate::facts::Facts;
use crate::git;
use crate::lists::{self, ListFile};
use crate::message::{self, Message};
use crate::read;
use crate::report::{self, ChangesFormat, Comparison};
use crate::settings::{Role, Settings};
use crate::write;
use std::path::Path;

/// The exit code where something has changed.
const CHANGED: u8 = 1;

/// Reads, compares and writes.
pub(super) fn run(args: &DiffArgs) -> Result<u8, Error> {
    if let Some(path) = &args.output {
        write::can_replace(path)?;
    }
    let ((old, old_bytes), (new, new_bytes)) = (version(&args.old)?, version(&args.new)?);
    let settings = Settings::default();
    let (old_facts, new_facts) = (Facts::notice(&old, &settings), Facts::notice(&new, &settings));
    let changes = Changes::between(Version { message: &old, facts: &old_facts }, Version { message: &new, facts: &new_facts });
    let same_file = old_bytes == new_bytes;
    let comparison =
        Comparison { old: args.old.clone(), new: args.new.clone(), same_file, changes, people: people(args)?, here: read::here() };
    let text = report::changes(&comparison, args.format.unwrap_or(ChangesFormat::Terminal));
    match &args.output {
        Some(path) => write::replace(path, anstream::adapter::strip_str(&text).to_string())?,
        None => write_out(&text)?,
    }
    Ok(if comparison.is_same() { 0 } else { CHANGED })
}

/// The one mail in a file, or in a file as it was in a commit.
fn version(path: &str) -> Result<(Message, Vec<u8>), Error> {
    let at_rev = path.split_once(':').filter(|_| path != read::STANDARD_INPUT && !read::exists(Path::new(path)));
    let (name, bytes) = match at_rev {
        Some((rev, file)) => (file, git::file_at(rev, file)?),
        None => (path, read::draft(path)?),
    };
    let mut drafts = message::open(name, bytes.clone())?;
    let (Some(draft), 0) = (drafts.pop(), drafts.len()) else {
        return Err(Error::in_file(path, "this file holds several mails").help("put the one that is meant into a file of its own"));
    };
    Ok((draft.parse()?, bytes))
}

fn people(args: &DiffArgs) -> Result<Option<PeopleChange>, Error> {
    if args.to.is_empty() && args.to_before.is_empty() {
        return Ok(None);
    }
    let file = |name: String, path: &String| ListFile { name, role: Role::Other, path: path.clone() };
    let before = args.to_before.iter().enumerate().map(|(at, path)| file(format!("before {}", at + 1), path));
    let now = args.to.iter().enumerate().map(|(at, path)| file(format!("now {}", at + 1), path));
    let files: Vec<ListFile> = before.chain(now).collect();
    let audience = Audience::count_within(&lists::open(&files, &args.reading.columns, &[])?, &memory(args.reading.memory))?;
    Ok(Some(PeopleChange::of(&audience, args.to_before.len())))
}
