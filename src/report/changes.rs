//! What has changed between two versions of a mail, written for people, programs and pull requests.

use super::harmless;
use super::markdown::{code, escaped};
use super::place::{PlaceV1, Spot};
use crate::audience::Example;
use crate::changes::{Change, Changes, Part, PeopleChange, Piece, pieces};
use crate::finding::{grouped, people};
use crate::json::written;
use crate::links::{masked, masked_words};
use serde::Serialize;
use std::fmt::Write as _;

const GONE: &str = "\x1b[31m";
const NEW: &str = "\x1b[32m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// How many changes of a part people are shown.
const MOST_SHOWN: usize = 60;

/// How long a piece of text that did not change may be, in characters; the middle of a longer one is left out.
const LONGEST_SAME: usize = 60;

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ChangesFormat {
    /// For people, in a terminal.
    Terminal,
    /// For programs; version 1.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// Two versions of a mail, compared.
#[derive(Debug)]
pub struct Comparison {
    /// The version before, as it was named.
    pub old: String,
    /// The version now, as it was named.
    pub new: String,
    /// Whether both files are the same, byte for byte.
    pub same_file: bool,
    /// What has changed in the mail.
    pub changes: Changes,
    /// What has changed in who gets it, if lists were given.
    pub people: Option<PeopleChange>,
    /// The folder of the run.
    pub here: String,
}

impl Comparison {
    /// Whether the same people would get the same mail.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && self.people.as_ref().is_none_or(PeopleChange::is_empty)
    }

    /// Whether, in a sentence.
    fn sentence(&self) -> String {
        let files = if self.same_file { "the files are the same" } else { "the files differ in what no reader sees" };
        let who = match &self.people {
            Some(change) if !change.is_empty() => Some(format!("{} more get it, {} less", grouped(change.joined), grouped(change.left))),
            Some(_) => Some(String::from("the same people get it")),
            None => None,
        };
        let what =
            if self.changes.is_empty() { format!("the same mail ({files})") } else { format!("changed: {}", self.changes.in_words()) };
        [Some(what), who].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// The changes of each part.
    fn parts(&self) -> Vec<(Part, Vec<&Change>)> {
        let mut parts: Vec<(Part, Vec<&Change>)> = Vec::new();
        for change in &self.changes.all {
            match parts.last_mut().filter(|(part, _)| *part == change.part) {
                Some((_, changes)) => changes.push(change),
                None => parts.push((change.part, vec![change])),
            }
        }
        parts
    }
}

/// Writes a comparison. Colours are ANSI escapes, stripped at the door where they are not wanted.
pub fn changes(comparison: &Comparison, format: ChangesFormat) -> String {
    match format {
        ChangesFormat::Terminal => terminal(comparison),
        ChangesFormat::Json => json(comparison),
        ChangesFormat::Markdown => markdown(comparison),
    }
}

/// A value of a change; addresses without what names a person.
fn value(part: Part, text: &str) -> String {
    if matches!(part, Part::Link | Part::Picture) { masked(text) } else { masked_words(text) }
}

fn place(comparison: &Comparison, change: &Change) -> String {
    let spot = Spot::of(&change.span, &comparison.here);
    let lines = spot.lines.as_ref().map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let part = change.span.source.part().map_or_else(String::new, |part| format!(" ({part})"));
    format!("{}{lines}{part}", spot.path)
}

fn terminal(comparison: &Comparison) -> String {
    let mut out = format!("{BOLD}{} → {}{PLAIN}\n", harmless(&comparison.old), harmless(&comparison.new));
    for (part, changes) in comparison.parts() {
        let _ = writeln!(out, "\n{BOLD}{}{PLAIN}", part.name());
        for change in changes.iter().take(MOST_SHOWN) {
            let of = change.of.as_ref().map_or_else(String::new, |of| format!("{}: ", harmless(&value(part, of))));
            let _ = writeln!(out, "  {of}{}  {DIM}{}{PLAIN}", said(change), harmless(&place(comparison, change)));
        }
        if changes.len() > MOST_SHOWN {
            let _ = writeln!(out, "  {DIM}and {} more{PLAIN}", changes.len() - MOST_SHOWN);
        }
    }
    if let Some(change) = &comparison.people {
        let _ = writeln!(out, "\n{BOLD}People{PLAIN}\n  {} → {}", grouped(change.was), people(change.is));
        for (colour, word, count, such_as) in
            [(NEW, "new", change.joined, &change.joined_such_as), (GONE, "gone", change.left, &change.left_such_as)]
        {
            if count > 0 {
                let _ = writeln!(out, "  {colour}{} {word}{PLAIN}, such as {}", grouped(count), harmless(&examples(such_as).join(", ")));
            }
        }
    }
    let _ = writeln!(out, "\n{}{}{PLAIN}", if comparison.is_same() { NEW } else { BOLD }, capital(&comparison.sentence()));
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A change in a line, with what is gone and what is new in colour and between marks.
fn said(change: &Change) -> String {
    let value = |text: &String| harmless(&value(change.part, text));
    match (&change.was, &change.is) {
        (Some(was), Some(is)) if was == is => format!("{} {DIM}(moved){PLAIN}", shortened(&value(is))),
        (Some(was), Some(is)) if matches!(change.part, Part::Words | Part::Subject | Part::Preheader | Part::Alt) => {
            marked(&value(was), &value(is))
        }
        (None, Some(is)) if change.part == Part::Markup => value(is),
        (was, is) => {
            let gone = was.as_ref().map(|was| format!("{GONE}[-{}-]{PLAIN}", value(was)));
            let new = is.as_ref().map(|is| format!("{NEW}{{+{}+}}{PLAIN}", value(is)));
            gone.into_iter().chain(new).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Two texts in one, as `git diff --word-diff` writes them.
fn marked(was: &str, is: &str) -> String {
    let mut out = String::new();
    for piece in pieces(was, is) {
        match piece {
            Piece::Same(text) => out.push_str(&shortened(&text)),
            Piece::Gone(text) => {
                let _ = write!(out, "{GONE}[-{text}-]{PLAIN}");
            }
            Piece::New(text) => {
                let _ = write!(out, "{NEW}{{+{text}+}}{PLAIN}");
            }
        }
    }
    out
}

/// A text without its middle, if that is long.
fn shortened(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST_SAME {
        return text.to_owned();
    }
    let half = LONGEST_SAME / 2 - 1;
    text.chars().take(half).chain(" … ".chars()).chain(text.chars().skip(length - half)).collect()
}

fn examples(people: &[Example]) -> Vec<String> {
    people.iter().take(3).map(|example| format!("{} ({} line {})", example.address, example.at.path, example.at.line)).collect()
}

fn markdown(comparison: &Comparison) -> String {
    let mut out = format!("<!-- presend changes -->\n## {}\n\n", escaped(&capital(&comparison.sentence())));
    let _ = writeln!(out, "{} → {}", code(&comparison.old), code(&comparison.new));
    let cell = |part: Part, text: Option<&String>| text.map_or_else(String::new, |text| code(&value(part, text)).replace('|', "\\|"));
    for (part, changes) in comparison.parts() {
        let _ = write!(out, "\n### {}\n\n| was | is | place |\n|---|---|---|\n", part.name());
        for change in changes.iter().take(MOST_SHOWN) {
            let (was, is) = (cell(part, change.was.as_ref()), cell(part, change.is.as_ref()));
            let of = change.of.as_ref().map_or_else(String::new, |of| format!("{}: ", code(&value(part, of)).replace('|', "\\|")));
            let _ = writeln!(out, "| {was} | {of}{is} | {} |", code(&place(comparison, change)).replace('|', "\\|"));
        }
        if changes.len() > MOST_SHOWN {
            let _ = writeln!(out, "\nand {} more", changes.len() - MOST_SHOWN);
        }
    }
    if let Some(change) = &comparison.people {
        let _ = write!(out, "\n### People\n\n{} → {}: ", grouped(change.was), people(change.is));
        let _ = writeln!(out, "{} new, {} gone", grouped(change.joined), grouped(change.left));
    }
    out
}

#[derive(Serialize)]
struct ComparisonV1<'a> {
    version: u32,
    old: &'a str,
    new: &'a str,
    same: bool,
    same_file: bool,
    changes: Vec<ChangeV1>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<PeopleV1>,
}

#[derive(Serialize)]
struct ChangeV1 {
    part: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<String>,
    place: PlaceV1,
}

#[derive(Serialize)]
struct PeopleV1 {
    was: u64,
    is: u64,
    joined: u64,
    left: u64,
    joined_such_as: Vec<String>,
    left_such_as: Vec<String>,
}

fn json(comparison: &Comparison) -> String {
    let change_v1 = |change: &Change| {
        let value = |text: &Option<String>| text.as_ref().map(|text| value(change.part, text));
        let place = PlaceV1::of(&change.span);
        ChangeV1 { part: change.part.key(), of: value(&change.of), was: value(&change.was), is: value(&change.is), place }
    };
    let people_v1 = |change: &PeopleChange| PeopleV1 {
        was: change.was,
        is: change.is,
        joined: change.joined,
        left: change.left,
        joined_such_as: examples(&change.joined_such_as),
        left_such_as: examples(&change.left_such_as),
    };
    let wire = ComparisonV1 {
        version: 1,
        old: &comparison.old,
        new: &comparison.new,
        same: comparison.is_same(),
        same_file: comparison.same_file,
        changes: comparison.changes.all.iter().map(change_v1).collect(),
        people: comparison.people.as_ref().map(people_v1),
    };
    written(&wire)
}
