//! What is wrong with a message as one kind of person gets it.

use super::expression::Expr;
use super::flavour;
use super::kinds::{Read, Sorter};
use super::looks::Looks;
use super::render::{Rendered, Stop};
use super::template::{Part, Place};
use super::visible::{self, VALUE};
use crate::facts::is_salutation;
use crate::links::masked;
use crate::offers::Language;
use crate::tags::Outcome;
use std::ops::Range;

/// What can be wrong with a message, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Harm {
    /// The platform does not send it.
    Withheld,
    /// It never ends.
    Endless,
    /// Nothing is in it.
    EmptyMessage,
    /// A script comes out of a value.
    Script,
    /// A tag is printed as it stands.
    Unresolved,
    /// "Hi ,"
    EmptyGreeting,
    /// A word for a missing value is printed.
    Null,
    /// The currency sign has no amount.
    NoAmount,
    /// It speaks to another sex or in another language than the row says.
    WrongBranch,
    /// The subject is empty.
    EmptySubject,
    /// An address lacks a part.
    DeadLink,
    /// An address is cut or broken by a value.
    BrokenLink,
    /// HTML comes out of a value.
    Markup,
    /// A sentence has a hole where a value is empty.
    Gap,
    /// The fallback is in another language than the mail.
    ForeignFallback,
    /// A value is longer than any text that belongs in a sentence.
    Huge,
    /// A name in capitals.
    Capitals,
    /// A hole, unless the platform's account has a default for the field.
    UnlessDefault,
    /// The subject is too long to be read.
    LongSubject,
    /// A filter or comparison whose result is not known for these values.
    Unknown,
}

/// Where in the draft it comes from, by the place in the template's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Site {
    /// A tag.
    Print(usize),
    /// A condition.
    Fork(usize),
    /// A whole text.
    Surface(usize),
    /// A loop.
    Loop,
    /// The draft.
    Draft,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fault {
    /// What.
    pub harm: Harm,
    /// What a reader sees, without any value: `Hi ,`.
    pub quote: String,
    /// Where it comes from.
    pub site: Site,
}

fn fault(harm: Harm, quote: impl Into<String>, site: Site) -> Fault {
    Fault { harm, quote: quote.into(), site }
}

/// What is wrong with the message of one kind. `message` is that of one of its rows; nothing where there is none.
pub(super) fn of_kind(sorter: &Sorter<'_>, read: Read<'_>, message: Result<&[Rendered], Stop>, mail: Option<Language>) -> Vec<Fault> {
    let mut found = Vec::new();
    let message = match message {
        Ok(message) => message,
        Err(Stop::Withheld) => return vec![fault(Harm::Withheld, "", Site::Draft)],
        Err(Stop::Endless) => return vec![fault(Harm::Endless, "", Site::Loop)],
        Err(Stop::Unknown) => return vec![fault(Harm::Unknown, "", Site::Draft)],
    };
    of_values(sorter, read, mail, &mut found);
    of_branches(sorter, read, &mut found);
    if read.subject_is_empty() {
        found.push(fault(Harm::EmptySubject, "", Site::Surface(0)));
    }
    if read.subject_is_long() {
        found.push(fault(Harm::LongSubject, "", Site::Surface(0)));
    }
    let bodies = || message.iter().filter(|text| matches!(text.part, Part::Html | Part::Text));
    if bodies().next().is_some() && !bodies().any(|text| visible::has_words(&text.text, text.part == Part::Html)) {
        found.push(fault(Harm::EmptyMessage, "", Site::Draft));
    }
    for text in message {
        of_text(sorter, text, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

/// What the kinds of values tell by themselves.
fn of_values(sorter: &Sorter<'_>, read: Read<'_>, mail: Option<Language>, found: &mut Vec<Fault>) {
    for (at, print) in sorter.template.prints.iter().enumerate() {
        let looks = read.looks(print.slot);
        if looks == Looks::UNSEEN || print.place == Place::Hidden {
            continue;
        }
        let site = Site::Print(at);
        let tag = || print.span.text().chars().take(60).collect::<String>();
        if looks.has(Looks::ITSELF) || looks.has(Looks::TAG) {
            found.push(fault(Harm::Unresolved, tag(), site));
        }
        if looks.has(Looks::SCRIPT) {
            found.push(fault(Harm::Script, tag(), site));
        } else if looks.has(Looks::MARKUP) {
            found.push(fault(Harm::Markup, tag(), site));
        }
        if looks.has(Looks::NO_ADDRESS) {
            found.push(fault(Harm::BrokenLink, tag(), site));
        }
        let read_aloud = matches!(print.place, Place::Text | Place::Attribute);
        for (bit, harm) in [(Looks::NULL, Harm::Null), (Looks::CAPITALS, Harm::Capitals), (Looks::HUGE, Harm::Huge)] {
            if read_aloud && looks.has(bit) {
                found.push(fault(harm, tag(), site));
            }
        }
        if let (true, Some((_, text))) = (looks.has(Looks::FALLBACK), print.expr.fallback())
            && mail.is_some()
            && flavour::of_fallback(text).is_some_and(|language| Some(language) != mail)
        {
            found.push(fault(Harm::ForeignFallback, text, site));
        }
    }
}

fn of_branches(sorter: &Sorter<'_>, read: Read<'_>, found: &mut Vec<Fault>) {
    for (at, flavours) in sorter.flavours.iter().enumerate().filter(|(_, flavours)| flavour::differ(flavours)) {
        for branch in read.branches(at) {
            if flavour::is_wrong(flavours, branch, read.language(), read.gender()) {
                let quote = sorter.template.forks.get(at).and_then(|fork| fork.starts.get(branch)).map_or("", |start| start.text());
                found.push(fault(Harm::WrongBranch, quote, Site::Fork(at)));
            }
        }
    }
}

/// What can be seen in one text: holes that empty values leave.
fn of_text(sorter: &Sorter<'_>, text: &Rendered, found: &mut Vec<Fault>) {
    let html = text.part == Part::Html;
    let prints = sorter.template.prints.len();
    let values: Vec<Range<usize>> = text.marks.iter().filter(|(at, _)| *at < prints).map(|(_, range)| range.clone()).collect();
    for (at, range) in text.marks.iter().filter(|(_, range)| range.is_empty()) {
        let print = sorter.template.prints.get(*at);
        let site = if print.is_some() { Site::Print(*at) } else { Site::Fork(*at - prints) };
        match print.map_or(Place::Text, |print| print.place) {
            Place::Hidden => {}
            Place::UrlStart => found.push(fault(Harm::DeadLink, "an address that is empty", site)),
            Place::Url => found.extend(lacking_part(&text.text, range.start).map(|quote| fault(Harm::DeadLink, quote, site))),
            Place::Text | Place::Attribute => {
                let markup = html && print.is_none_or(|print| print.place == Place::Text);
                let (before, behind) = if markup || !html {
                    (visible::before(&text.text, range.start, &values, html), visible::behind(&text.text, range.end, &values, html))
                } else {
                    in_attribute(&text.text, range.start)
                };
                // What a condition leaves out is left out on purpose, and two blanks look like one.
                let behind = if print.is_none() && before.ends_with(' ') { behind.trim_start_matches(' ').to_owned() } else { behind };
                // What the account keeps as the field's default cannot be seen from here.
                let is_told = print.is_none_or(|print| !matches!(print.expr, Expr::Field(_)) || !is_unsaid(print.missing));
                let harm = |harm| if is_told { harm } else { Harm::UnlessDefault };
                found.extend(hole(text.part, &before, &behind).map(|(found, quote)| fault(harm(found), quote, site)));
            }
        }
    }
}

/// Whether a missing value may print something that stands in the account.
fn is_unsaid(missing: Outcome) -> bool {
    matches!(missing, Outcome::AccountDefault | Outcome::Unknown)
}

/// The words before and behind a place inside its attribute.
fn in_attribute(text: &str, at: usize) -> (String, String) {
    let quote = |c| matches!(c, '"' | '\'');
    let before = text.get(..at).and_then(|head| head.rsplit(quote).next()).unwrap_or_default();
    let behind = text.get(at..).and_then(|tail| tail.split(quote).next()).unwrap_or_default();
    (before.chars().take(200).collect(), behind.chars().take(200).collect())
}

/// What an address lacks without its value: its host, or a part of its path. A parameter may well be empty.
fn lacking_part(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind(['"', '\'', ' ', '\n', '(', '>']).map_or(0, |at| at + 1);
    let head = before.get(start..)?;
    let rest = text.get(at..)?;
    let end = rest.find(['"', '\'', ' ', '\n', ')', '<']).unwrap_or(rest.len());
    let tail = rest.get(..end)?;
    let in_query = head.contains(['?', '#']);
    let is_host = head.ends_with("://")
        || (head.ends_with('.') && head.matches('/').count() == 2)
        || (tail.starts_with('.') && head.matches('/').count() == 2);
    let is_part = !in_query && head.ends_with('/') && (tail.is_empty() || tail.starts_with(['/', '?', '#', '.']));
    let near: String = head.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    (is_host || is_part).then(|| masked(&format!("{near}{}", tail.chars().take(20).collect::<String>())))
}

/// Signs and words of money.
const MONEY: [&str; 12] = ["£", "€", "$", "¥", "zł", "kr", "EUR", "USD", "GBP", "CHF", "PLN", "₹"];

/// What an empty value leaves between these words.
fn hole(part: Part, before: &str, behind: &str) -> Option<(Harm, String)> {
    let (left, right) = (before.trim_end(), behind.trim_start());
    let quote = || shown(before, behind);
    let said = left.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default().trim();
    let ends = right.is_empty() || right.starts_with([',', '!', ':', '.', '–', '—', '…', '\n']);
    let blank = before.ends_with([' ', '\u{a0}']);
    // "Good morning." greets without a name on purpose; "Good morning ." does not.
    if blank && ends && is_salutation(said) {
        let mark = right.chars().next().map(String::from).unwrap_or_default();
        return Some((Harm::EmptyGreeting, format!("{said} {}", mark.trim()).trim_end().to_owned()));
    }
    let begins = |text: &str, sign: &str| {
        text.strip_prefix(sign).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()) || !sign.is_ascii())
    };
    let behind_sign = MONEY.iter().any(|sign| right_end(left, sign)) && !right.starts_with(|c: char| c.is_ascii_digit() || c == VALUE);
    let before_sign = MONEY.iter().any(|sign| begins(right, sign)) && !left.ends_with(|c: char| c.is_ascii_digit() || c == VALUE);
    let share = right.starts_with('%') && !left.ends_with(|c: char| c.is_ascii_digit() || c == VALUE);
    if behind_sign || (before_sign && (left.is_empty() || before.ends_with(' '))) || share {
        let words = quote();
        return Some((Harm::NoAmount, words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")));
    }
    let mark = right.starts_with([',', '.', '!', '?', ';', ':', ')']) || right.starts_with("'s") || right.starts_with("’s");
    let words = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let doubled = blank && behind.starts_with(' ') && words(left.chars().next_back()) && words(right.chars().next());
    let stray = mark
        && behind.starts_with(|c: char| !c.is_whitespace())
        && (blank && !left.is_empty() || (left.is_empty() && (part != Part::Html || right.starts_with(','))));
    // "…" opens a sentence on purpose.
    (doubled || (stray && !right.starts_with("..."))).then(|| (Harm::Gap, quote()))
}

fn right_end(left: &str, sign: &str) -> bool {
    left.strip_suffix(sign).is_some_and(|rest| !sign.is_ascii() || sign == "$" || !rest.ends_with(char::is_alphanumeric))
}

/// The words around a hole, each value as "…".
fn shown(before: &str, behind: &str) -> String {
    let (before, behind) = (before.replace(VALUE, "…"), behind.replace(VALUE, "…"));
    let left: String = before.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    let left = left.split_once(' ').filter(|_| left.chars().count() == 30).map_or(left.as_str(), |(_, rest)| rest);
    let right: String = behind.split('\n').next().unwrap_or_default().chars().take(20).collect();
    format!("{left}{right}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_told_apart() {
        let harm = |before, behind| hole(Part::Html, before, behind);
        assert_eq!(harm("Hi ", ", welcome"), Some((Harm::EmptyGreeting, "Hi ,".into())));
        assert_eq!(harm("Dear ", ""), Some((Harm::EmptyGreeting, "Dear".into())));
        assert_eq!(harm("It is worth €", " today"), Some((Harm::NoAmount, "It is worth € today".into())));
        assert_eq!(harm("Take ", "% off").map(|(harm, _)| harm), Some(Harm::NoAmount));
        assert_eq!(harm("We ship to ", ".").map(|(harm, _)| harm), Some(Harm::Gap));
        assert_eq!(harm("from ", " to you").map(|(harm, _)| harm), Some(Harm::Gap));
        assert_eq!(harm("Good morning", "."), None);
        assert_eq!(harm("", "Welcome"), None);
        assert_eq!(harm("Street", ""), None);
        assert_eq!(harm("It costs \u{1}", " €"), None);
    }

    #[test]
    fn addresses_lack_a_host_or_a_part_of_their_path() {
        let lacks = |head: &str, tail: &str| lacking_part(&format!("{head}{tail}"), head.len()).is_some();
        assert!(lacks("<a href=\"https://shop.example/", "/new\">") && lacks("https://", "/x") && lacks("https://", ".shop.example"));
        assert!(!lacks("https://shop.example/?c=", "&d=1") && !lacks("https://shop.example/a", "/b"));
    }
}
