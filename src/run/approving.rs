//! `presend approve` writes who signed a draft off; every check holds the draft against that.

use super::write_out;
use crate::approval::Approved;
use crate::changes::{Changes, Version};
use crate::cli::{ApproveArgs, CheckArgs};
use crate::digest::sha256;
use crate::error::Error;
use crate::facts::Facts;
use crate::git;
use crate::message::{self, Message};
use crate::plan::{Job, plan};
use crate::read;
use crate::settings::{Approval, ConfigFile, FILE_NAME};
use crate::source::Source;
use crate::write;
use jiff::Zoned;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

/// The sign-off of a draft, if there is one, and what has changed since. Of several the last holds.
pub(super) fn approved(job: &Job, message: &Message, facts: &Facts) -> Result<Option<Approved>, Error> {
    let key = job.key(&message.name);
    let Some(approval) = job.settings.approvals.iter().rev().find(|approval| approval.draft == key) else { return Ok(None) };
    let mut approved = Approved { approval: approval.clone(), sha256: sha256(message.source.bytes()), changes: None };
    if !approved.holds() {
        approved.changes = before(job, approval)?.map(|old| {
            let old_facts = Facts::notice(&old, &job.settings);
            Changes::between(Version { message: &old, facts: &old_facts }, Version { message, facts })
        });
    }
    Ok(Some(approved))
}

/// The version that was signed off: the copy that is named, or one that git knows.
fn before(job: &Job, approval: &Approval) -> Result<Option<Message>, Error> {
    let is_meant = |bytes: &[u8]| sha256(bytes) == approval.sha256;
    let home = job.config.as_ref().and_then(|config| Path::new(config).parent()).unwrap_or(Path::new("."));
    let bytes = match &approval.copy {
        Some(copy) => Some(read::draft(&read::shown(&home.join(copy)))?).filter(|bytes| is_meant(bytes)),
        None => None,
    };
    let bytes = bytes.or_else(|| git::version(&job.draft, &is_meant));
    Ok(bytes.and_then(|bytes| Message::parse(&job.draft, bytes).ok()))
}

/// Writes the sign-offs.
pub(super) fn run(args: &ApproveArgs, now: &Zoned) -> Result<u8, Error> {
    let by = args.by.trim();
    if by.is_empty() {
        return Err(Error::new("--by: nobody is named").help("name whoever signs it off: --by Marion"));
    }
    let check = CheckArgs { paths: args.paths.clone(), config: args.config.clone(), offline: true, ..CheckArgs::default() };
    let plan = plan(&check, now.time_zone())?;
    let mut out = String::new();
    for job in &plan.jobs {
        if job.draft == read::STANDARD_INPUT {
            return Err(Error::new("standard input has no name under which it could be approved").help("name a file"));
        }
        let path = job.config.clone().unwrap_or_else(|| String::from(FILE_NAME));
        let mut text = if job.config.is_some() || read::exists(Path::new(&path)) {
            String::from_utf8_lossy(&read::bytes(&path, "settings file")?).into_owned()
        } else {
            String::new()
        };
        for draft in message::open(&job.draft, read::draft(&job.draft)?)? {
            let message = draft.parse()?;
            let (key, sha256) = (job.key(&message.name), sha256(message.source.bytes()));
            text = signed(&path, &text, &Line { key: &key, sha256: &sha256, by, on: now.date().to_string() })?;
            let _ = writeln!(out, "{key} is approved by {by} ({path}): SHA-256 {sha256}");
        }
        write::replace(&path, &text)?;
    }
    write_out(&out)?;
    Ok(0)
}

/// What is written of one draft.
struct Line<'a> {
    key: &'a str,
    sha256: &'a str,
    by: &'a str,
    on: String,
}

/// The settings with a sign-off: in the place of an older one of the same draft, or at the end.
fn signed(path: &str, text: &str, line: &Line<'_>) -> Result<String, Error> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let config = ConfigFile::parse(&Source::file(path, text))?;
    let mut new = text.to_owned();
    if let Some(entry) = config.approval.iter().rev().find(|entry| entry.is_of(line.key)) {
        let mut places: Vec<(Range<usize>, String)> =
            vec![(entry.sha256.span(), quoted(line.sha256)), (entry.by.span(), quoted(line.by)), (entry.on.span(), line.on.clone())];
        places.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
        for (place, with) in places {
            if new.get(place.clone()).is_some() {
                new.replace_range(place, &with);
            }
        }
    } else {
        let gap = if new.is_empty() {
            ""
        } else if new.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let (draft, sha256, by, on) = (quoted(line.key), quoted(line.sha256), quoted(line.by), &line.on);
        let _ = write!(new, "{gap}[[approval]]\ndraft = {draft}\nsha256 = {sha256}\nby = {by}\non = {on}\n");
    }
    // Never leave a file behind that cannot be read.
    ConfigFile::parse(&Source::file(path, &new))?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_takes_the_place_of_an_older_one_of_the_same_draft() -> Result<(), Error> {
        let line = |key, by| Line { key, sha256: "abc", by, on: String::from("2026-11-20") };
        let first = signed("presend.toml", "# ours\n[brief]\ntype = \"newsletter\"", &line("a.html", "Marion \"M\""))?;
        assert!(first.starts_with("# ours\n[brief]\ntype = \"newsletter\"\n\n[[approval]]\n"), "{first}");
        let second = signed("presend.toml", &first, &line("b.html", "Jo"))?;
        let third = signed("presend.toml", &second, &line("a.html", "Ann"))?;
        assert_eq!(third.matches("[[approval]]").count(), 2);
        assert!(!third.contains("Marion") && third.contains("by = \"Ann\"") && third.contains("by = \"Jo\""), "{third}");
        Ok(())
    }
}
