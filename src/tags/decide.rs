//! Whose draft it is: by setting, by mail headers, or by what the tags themselves show.

use super::dialect::Scope;
use super::dialect_set::Dialects;
use super::form::Form;
use super::register::by_name;
use super::{Kind, Place, Tag};
use crate::letters::begins;
use std::collections::BTreeSet;

/// How a decision was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// `esp` in the settings says so.
    Setting,
    /// A header of the mail shows it.
    Header(String),
    /// The tags show it.
    Tags,
    /// There is nothing to tell it by.
    Nothing,
}

/// Whose draft it is. Several dialects where the text does not tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The dialects that it can be.
    pub dialects: Dialects,
    /// How that was found out.
    pub basis: Basis,
    /// Names that the draft itself sets, in loops and assignments.
    pub(super) locals: BTreeSet<String>,
}

/// Decides whose draft it is. `headers` are names and values of the mail, `esp` is the setting.
///
/// An unknown `esp` is passed over; [`by_name`] and [`super::nearest`] say what is wrong with it.
pub fn decide<'a, Tags>(tags: Tags, headers: Option<&[(String, String)]>, esp: Option<&str>) -> Decision
where
    Tags: IntoIterator<Item = &'a Tag, IntoIter: Clone>,
{
    let tags = tags.into_iter();
    let locals = locals(tags.clone());
    let with = |dialects, basis| Decision { dialects, basis, locals: locals.clone() };
    if let Some(dialects) = esp.and_then(by_name) {
        return with(narrow(dialects, tags), Basis::Setting);
    }
    if let Some((dialects, header)) = by_headers(headers.unwrap_or_default()) {
        return with(narrow(dialects, tags), Basis::Header(header));
    }
    let dialects = by_tags(tags, &locals);
    with(dialects, if dialects.is_empty() { Basis::Nothing } else { Basis::Tags })
}

/// The dialects whose headers are there, and the name of the header that shows it.
fn by_headers(headers: &[(String, String)]) -> Option<(Dialects, String)> {
    headers.iter().find_map(|(name, value)| {
        let found = Dialects::all().filter(|dialect| dialect.headers.iter().any(|sign| matches_header(sign, name, value)));
        (!found.is_empty()).then(|| (found, name.clone()))
    })
}

fn matches_header(sign: &str, name: &str, value: &str) -> bool {
    let (wanted, part) = sign.split_once(": ").unwrap_or((sign, ""));
    let same = match wanted.strip_suffix('*') {
        Some(start) => begins(name, start),
        None => name.eq_ignore_ascii_case(wanted),
    };
    same && value.to_lowercase().contains(&part.to_lowercase())
}

/// Tags outside comments, style sheets and samples, each in its own words: those that have a vote.
fn voters<'a>(tags: impl Iterator<Item = &'a Tag>) -> impl Iterator<Item = &'a Tag> {
    tags.filter(|tag| {
        // Sailthru's conditions are written inside comments.
        let hidden = tag.place == Place::Comment && tag.form == Form::Brace;
        (hidden || matches!(tag.place, Place::Text | Place::Attribute)) && !tag.dialects.or(tag.signs).is_empty()
    })
}

/// The dialects that account for most tags; a sign weighs as much as four tags that could be anybody's,
/// and a name that a platform with fixed names does not have weighs against it.
fn by_tags<'a>(tags: impl Iterator<Item = &'a Tag> + Clone, locals: &BTreeSet<String>) -> Dialects {
    let everyone = Dialects::all();
    let closed = everyone.filter(|dialect| dialect.scope == Scope::Closed);
    let mut scores: Vec<i64> = everyone.iter().map(|_| 0).collect();
    for tag in voters(tags.clone()) {
        let signs = tag.signs.and(tag.readable);
        let own = if is_local(tag, locals) { tag.dialects.or(tag.readable) } else { tag.dialects };
        let (can, foreign) = (own.without(signs), closed.and(tag.readable).without(signs).without(own));
        for (dialects, weight) in [(signs, 4), (can, 1), (foreign, -2)] {
            for score in dialects.places() {
                if let Some(score) = scores.get_mut(score) {
                    *score += weight;
                }
            }
        }
    }
    let best = scores.iter().copied().max().unwrap_or(0);
    if best <= 0 {
        return Dialects::NONE;
    }
    let winners = scores.iter().enumerate().filter(|(_, score)| **score == best).fold(Dialects::NONE, |set, (at, _)| set.with(at));
    narrow(winners, tags)
}

/// Keeps of several dialects those that can have written the tags, the first tags first.
fn narrow<'a>(dialects: Dialects, tags: impl Iterator<Item = &'a Tag>) -> Dialects {
    voters(tags).fold(dialects, |left, tag| {
        let both = left.and(tag.dialects);
        if both.is_empty() { left } else { both }
    })
}

/// Names that loops and assignments set.
fn locals<'a>(tags: impl Iterator<Item = &'a Tag>) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["forloop".to_owned(), "loop".to_owned(), "this".to_owned()]);
    for tag in tags.filter(|tag| matches!(tag.kind, Kind::Open(_) | Kind::Code | Kind::System(_))) {
        let words: Vec<&str> = tag.inside.split([' ', ',', '=', '|']).filter(|word| !word.is_empty()).collect();
        let set = match words.as_slice() {
            ["for" | "tablerow", names @ ..] => names.iter().take_while(|word| **word != "in").copied().collect(),
            ["assign" | "capture" | "set" | "increment" | "decrement", name, ..] => vec![*name],
            ["with" | "include" | "render", ..] => {
                tag.inside.split([' ', ',']).filter_map(|part| part.split_once('=')).map(|(name, _)| name).collect()
            }
            ["connected_content" | "catalog_items" | "catalog_selection_items" | "catalog", ..] => {
                vec![
                    "items",
                    "connected",
                    "catalog_item",
                    words.iter().skip_while(|word| **word != ":save").nth(1).copied().unwrap_or("items"),
                ]
            }
            [first, ..] if first.starts_with('#') => {
                tag.inside.split_once(" as |").map_or(Vec::new(), |(_, rest)| rest.split([' ', '|']).collect())
            }
            _ => Vec::new(),
        };
        names.extend(set.into_iter().map(|name| name.trim_end_matches("%}").to_owned()).filter(|name| !name.is_empty()));
    }
    names
}

/// Whether the first name of a tag's path is set in the draft itself.
pub(super) fn is_local(tag: &Tag, locals: &BTreeSet<String>) -> bool {
    let root = tag.inside.trim_start_matches(['-', '~', ' ']).split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    locals.contains(root)
}
