//! Links, codes, pictures and files of two versions.

use super::{Change, Part, folded};
use crate::facts::{Facts, Image, ImageKind, Link};
use crate::message::{Attachment, Message};
use crate::source::Span;

/// A thing with a name by which people know it and a value that may change.
struct Thing {
    name: String,
    value: String,
    span: Span,
}

/// Takes away what is in both, as often as it is.
fn unlike<T>(old: Vec<T>, new: Vec<T>, key: impl Fn(&T) -> (String, String)) -> (Vec<T>, Vec<T>) {
    let mut counts: std::collections::HashMap<(String, String), usize> = std::collections::HashMap::new();
    for one in &new {
        *counts.entry(key(one)).or_default() += 1;
    }
    let mut both: std::collections::HashMap<(String, String), usize> = std::collections::HashMap::new();
    let mut take = |one: &T| {
        let key = key(one);
        let left = counts.get_mut(&key).filter(|left| **left > 0);
        left.map(|left| {
            *left -= 1;
            *both.entry(key).or_default() += 1;
        })
        .is_none()
    };
    let old: Vec<T> = old.into_iter().filter(|one| take(one)).collect();
    let new = new.into_iter().filter(|one| both.get_mut(&key(one)).filter(|left| **left > 0).map(|left| *left -= 1).is_none()).collect();
    (old, new)
}

/// Things that changed their value under one name, those that are new, and those that are gone.
fn changed(part: Part, old: Vec<Thing>, new: Vec<Thing>) -> Vec<Change> {
    let (old, new) = unlike(old, new, |thing| (thing.name.clone(), thing.value.clone()));
    let mut waiting: std::collections::HashMap<String, std::collections::VecDeque<usize>> = std::collections::HashMap::new();
    for (at, thing) in old.iter().enumerate().filter(|(_, thing)| !thing.name.is_empty()) {
        waiting.entry(thing.name.clone()).or_default().push_back(at);
    }
    let mut met = vec![false; old.len()];
    let mut changes = Vec::new();
    for thing in new {
        let before = waiting.get_mut(&thing.name).and_then(std::collections::VecDeque::pop_front);
        let was = before.and_then(|at| old.get(at)).map(|before| before.value.clone());
        if let Some(met) = before.and_then(|at| met.get_mut(at)) {
            *met = true;
        }
        changes.push(Change { part, of: Some(thing.name).filter(|name| !name.is_empty()), was, is: Some(thing.value), span: thing.span });
    }
    let gone = old.into_iter().zip(met).filter(|(_, met)| !met).map(|(thing, _)| thing);
    changes.extend(gone.map(|thing| Change {
        part,
        of: Some(thing.name).filter(|name| !name.is_empty()),
        was: Some(thing.value),
        is: None,
        span: thing.span,
    }));
    changes
}

/// Links whose address is another. That the words of a link changed is said of the words.
pub(super) fn links(old: &Facts, new: &Facts) -> Vec<Change> {
    let things = |facts: &Facts| -> Vec<Thing> {
        let seen = facts.links.iter().filter(|link| !link.outlook && !link.href.is_empty());
        seen.map(|link| Thing { name: words(link), value: link.href.clone(), span: link.span.clone() }).collect()
    };
    let (old, new) = (things(old), things(new));
    let (old, new) = unlike(old, new, |thing| (thing.name.clone(), thing.value.clone()));
    let (old, new) = unlike(old, new, |thing| (String::new(), thing.value.clone()));
    changed(Part::Link, old, new)
}

fn words(link: &Link) -> String {
    let text = if link.text.trim().is_empty() { &link.label } else { &link.text };
    let text = folded(text);
    if text == link.href { String::new() } else { text }
}

/// Codes that are new or gone, each once.
pub(super) fn codes(old: &Facts, new: &Facts) -> Vec<Change> {
    let codes = |facts: &Facts| {
        let mut seen = std::collections::BTreeSet::new();
        let own = facts.codes.iter().filter(|code| seen.insert(code.text.clone()));
        own.map(|code| (code.text.clone(), code.span.clone())).collect::<Vec<_>>()
    };
    let (old, new) = unlike(codes(old), codes(new), |(text, _)| (String::new(), text.clone()));
    let gone = old.into_iter().map(|(text, span)| Change { part: Part::Code, of: None, was: Some(text), is: None, span });
    gone.chain(new.into_iter().map(|(text, span)| Change { part: Part::Code, of: None, was: None, is: Some(text), span })).collect()
}

/// Pictures with another source, and those that other words stand for.
pub(super) fn pictures(old: &Facts, new: &Facts) -> Vec<Change> {
    let shown = |image: &&Image| !image.outlook && image.kind != ImageKind::Candidate && image.source.is_some();
    let thing = |image: &Image| {
        let source = image.source.clone().unwrap_or_default();
        // What stands in the address itself is told by its beginning.
        let value = if source.starts_with("data:") { source.chars().take(60).collect() } else { source };
        Thing { name: folded(image.alt.as_deref().unwrap_or_default()), value, span: image.span.clone() }
    };
    let things = |facts: &Facts| facts.images.iter().filter(shown).map(thing).collect::<Vec<_>>();
    let (old, new) = unlike(things(old), things(new), |thing| (thing.name.clone(), thing.value.clone()));
    let mut alts = Vec::new();
    let (mut kept_old, mut kept_new) = (Vec::new(), Vec::new());
    let mut waiting: std::collections::HashMap<String, Vec<Thing>> = std::collections::HashMap::new();
    for thing in old {
        if new.iter().any(|other| other.value == thing.value) {
            waiting.entry(thing.value.clone()).or_default().push(thing);
        } else {
            kept_old.push(thing);
        }
    }
    for thing in new {
        match waiting.get_mut(&thing.value).and_then(Vec::pop) {
            Some(before) => {
                let (of, was, is) = (Some(thing.value), Some(before.name), Some(thing.name));
                alts.push(Change { part: Part::Alt, of, was, is, span: thing.span });
            }
            None => kept_new.push(thing),
        }
    }
    kept_old.extend(waiting.into_values().flatten());
    kept_old.sort_by_key(|thing| thing.span.start);
    alts.extend(changed(Part::Picture, kept_old, kept_new));
    alts
}

/// Files that the mail carries: new, gone, or with another content.
pub(super) fn attachments(old: &Message, new: &Message) -> Vec<Change> {
    let thing = |message: &Message, attachment: &Attachment| {
        let name = attachment.name.clone().or_else(|| attachment.content_id.clone()).unwrap_or_else(|| attachment.content_type.clone());
        let mark =
            attachment.content.as_ref().map(|bytes| format!(", SHA-256 {}…", crate::digest::sha256(bytes).get(..12).unwrap_or_default()));
        let value = format!("{}, {} bytes{}", attachment.content_type, attachment.size, mark.unwrap_or_default());
        Thing { name, value, span: message.source.span(0..0) }
    };
    let things = |message: &Message| message.attachments.iter().map(|one| thing(message, one)).collect::<Vec<_>>();
    changed(Part::Attachment, things(old), things(new))
}
