//! The proof in words: the messages that people get, the worst first.

use super::faults::{Fault, Harm};
use super::render::{Rendered, Stop};
use super::taking::{Kind, ListProof};
use super::template::Part;
use super::visible;
use crate::finding::grouped;
use std::fmt::Write as _;

/// How many kinds of messages are shown.
const SHOWN: usize = 12;
/// How many lines of a message are shown.
const LINES: usize = 4;
/// How wide a line of a message is shown, in characters.
const WIDE: usize = 96;

impl Harm {
    /// Its name in files and for programs: `empty-greeting`.
    pub fn id(self) -> String {
        let mut out = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        }
        out
    }

    /// The harm in words, to be said of a message; `quote` is what is seen.
    pub fn sentence(self, quote: &str) -> String {
        match self {
            Self::Withheld => String::from("is not sent: the platform stops where a value is missing"),
            Self::Endless => String::from("is never finished: a loop has too many rounds, or the text becomes too long"),
            Self::EmptyMessage => String::from("has nothing in it"),
            Self::Script => format!("has a script in the value of {quote}"),
            Self::Unresolved => format!("shows a merge tag, at {quote}"),
            Self::EmptyGreeting | Self::Gap => format!("reads \"{quote}\""),
            Self::Null => format!("prints a word for \"nothing\" at {quote}"),
            Self::NoAmount => format!("reads \"{quote}\", without the amount"),
            Self::WrongBranch => format!("is the branch {quote}, which is for others than the row says"),
            Self::EmptySubject => String::from("has no subject"),
            Self::DeadLink => format!("has a link that lacks a part: {quote}"),
            Self::BrokenLink => format!("has a link that its value breaks: {quote}"),
            Self::Markup => format!("has HTML in the value of {quote}"),
            Self::ForeignFallback => format!("has the fallback \"{quote}\", in another language than the mail"),
            Self::Huge => format!("has more than 10,000 characters in {quote}"),
            Self::Capitals => format!("shouts the name at {quote}"),
            Self::UnlessDefault => format!("reads \"{quote}\", unless the field has a default in the account"),
            Self::LongSubject => String::from("has a subject of more than 120 characters"),
            Self::Unknown => String::from("has a value whose filter or comparison is not known"),
        }
    }
}

/// What the rows of a list are called: their lines, or the titles of built-in people.
pub type Titles<'a> = &'a dyn Fn(u64) -> String;

impl ListProof {
    /// The whole proof as text for a terminal.
    pub fn shown(&self, draft: &str, title: Titles<'_>) -> String {
        let mut out = String::new();
        let kinds = self.kinds.len() + usize::from(self.beyond > 0);
        let _ = writeln!(
            out,
            "{draft} · {} {} on {}: {} of message",
            grouped(self.rows),
            if self.rows == 1 { "person" } else { "people" },
            self.path,
            if kinds == 1 { String::from("1 kind") } else { format!("{} kinds", grouped(kinds as u64)) },
        );
        self.list_faults(&mut out, title);
        for kind in self.kinds.iter().take(SHOWN) {
            self.show_kind(&mut out, kind, title);
        }
        if self.kinds.len() > SHOWN {
            let rows: u64 = self.kinds.iter().skip(SHOWN).map(|kind| kind.who.rows).sum::<u64>() + self.beyond;
            let _ = writeln!(out, "\nand {} more kinds, which {} get", grouped((self.kinds.len() - SHOWN) as u64), people(rows));
        }
        self.list_branches(&mut out);
        self.list_unproofed(&mut out);
        out
    }

    /// Everything that is wrong, with its count, once.
    fn list_faults(&self, out: &mut String, title: Titles<'_>) {
        let mut said: Vec<(&Fault, u64, Vec<u64>)> = Vec::new();
        for (fault, rows) in &self.faults {
            match said.iter_mut().find(|(known, ..)| known.harm == fault.harm && known.quote == fault.quote) {
                Some((_, most, lines)) if *most < rows.rows => (*most, *lines) = (rows.rows, rows.lines.clone()),
                Some(_) => {}
                None => said.push((fault, rows.rows, rows.lines.clone())),
            }
        }
        if said.is_empty() {
            let _ = writeln!(out, "\nNothing wrong with any of them.");
            return;
        }
        let _ = writeln!(out, "\nWhat is wrong");
        for (fault, rows, lines) in said {
            let at = self.span(fault.site).map_or_else(String::new, |span| format!("  {}", span.place()));
            let rest = if rows > 1 { format!(" and {} more", grouped(rows - 1)) } else { String::new() };
            let first = lines.first().map_or_else(String::new, |line| format!("  ({}{rest})", title(*line)));
            let _ = writeln!(out, "  {:>9}  {}{at}{first}", grouped(rows), fault.harm.sentence(&fault.quote));
        }
    }

    fn show_kind(&self, out: &mut String, kind: &Kind, title: Titles<'_>) {
        let lines: Vec<String> = kind.who.lines.iter().take(3).map(|line| title(*line)).collect();
        let more = if kind.who.rows > 3 { ", …" } else { "" };
        let _ = writeln!(
            out,
            "\n{} {} this: {}{more}",
            people(kind.who.rows),
            if kind.who.rows == 1 { "gets" } else { "get" },
            lines.join(", ")
        );
        let mut said = Vec::new();
        for fault in &kind.faults {
            // The HTML and the text part repeat each other.
            if said.contains(&(fault.harm, &fault.quote)) {
                continue;
            }
            said.push((fault.harm, &fault.quote));
            let _ = writeln!(out, "  ! it {}", fault.harm.sentence(&fault.quote));
        }
        match self.message(kind) {
            Ok(texts) => excerpt(out, &texts, LINES),
            Err(Stop::Withheld) => out.push_str("  | (not sent)\n"),
            Err(Stop::Endless) => out.push_str("  | (never finished)\n"),
            Err(Stop::Unknown) => out.push_str("  | (not known)\n"),
        }
    }

    fn list_branches(&self, out: &mut String) {
        if self.template.forks.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nConditions");
        for (fork, taken) in self.template.forks.iter().zip(&self.taken) {
            let branches = taken.iter().enumerate().map(|(at, rows)| {
                let name = match fork.starts.get(at) {
                    Some(start) if at < fork.conditions.len() || fork.has_else => clean(start.text()).chars().take(48).collect(),
                    _ => String::from("none of them"),
                };
                format!("{name} {}", if *rows == 0 { String::from("nobody") } else { grouped(*rows) })
            });
            let _ = writeln!(out, "  {}  {}", fork.span.place(), branches.collect::<Vec<_>>().join(" · "));
        }
    }

    fn list_unproofed(&self, out: &mut String) {
        if self.template.unproofed.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nNot proofed");
        for part in &self.template.unproofed {
            let text: String = clean(part.span.text()).chars().take(60).collect();
            let _ = writeln!(out, "  - {text} ({}): {}", part.span.place(), part.why);
        }
    }
}

fn people(rows: u64) -> String {
    crate::finding::people(rows)
}

/// Text without line ends and without characters that a terminal acts on.
fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The subject and the first lines of a message, or all of them.
pub fn excerpt(out: &mut String, texts: &[Rendered], lines: usize) {
    for text in texts.iter().filter(|text| matches!(text.part, Part::Subject | Part::Preheader)) {
        let _ = writeln!(out, "  | {}: {}", if text.part == Part::Subject { "Subject" } else { "Preheader" }, cut(&text.text));
    }
    let body = texts.iter().find(|text| text.part == Part::Html).or_else(|| texts.iter().find(|text| text.part == Part::Text));
    let Some(body) = body else { return };
    for line in visible::lines(&body.text, body.part == Part::Html, lines) {
        let _ = writeln!(out, "  | {}", if lines > LINES { clean(&line) } else { cut(&line) });
    }
}

fn cut(text: &str) -> String {
    let text = clean_ends(text);
    if text.chars().count() <= WIDE { text } else { text.chars().take(WIDE - 1).chain(['…']).collect() }
}

/// A message shows its doubled blanks; only what a terminal acts on is taken out.
fn clean_ends(text: &str) -> String {
    text.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
