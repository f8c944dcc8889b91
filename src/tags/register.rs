//! All dialects, read once from the data file, and what is known of each name in them.

use super::dialect::{Dialect, Grammar, Role, Scope};
use super::dialect_set::Dialects;
use super::form::Form;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    personal_names: Vec<String>,
    dialects: Vec<Dialect>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    // The file is part of the program and a test reads it; a fault in it cannot reach a person.
    serde_json::from_str(include_str!("dialects.json")).unwrap_or(File { personal_names: Vec::new(), dialects: Vec::new() })
});

/// All dialects, the platforms first, then the template languages.
pub fn dialects() -> &'static [Dialect] {
    &FILE.dialects
}

/// Whether a name is one that audiences have for a person's own data: `first_name`, `Vorname`.
pub fn is_personal(name: &str) -> bool {
    let mut bare = name.to_lowercase();
    bare.retain(|c| !matches!(c, '_' | '-' | ' '));
    FILE.personal_names.contains(&bare)
}

/// The personal name that a misspelt one is likely meant to be, in its capitals. `slip` says how far two names are apart.
pub(super) fn nearest_personal(name: &str, slip: impl Fn(&str, &str) -> Option<usize>) -> Option<String> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let mut bare = last.to_lowercase();
    bare.retain(|c| !matches!(c, '_' | '-' | ' '));
    if FILE.personal_names.contains(&bare) || !last.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ')) {
        return None;
    }
    let near = FILE.personal_names.iter().filter_map(|right| Some((slip(right, &bare)?, right)));
    let (_, right) = near.min_by_key(|(distance, _)| *distance)?;
    Some(if last.chars().any(char::is_lowercase) { right.clone() } else { right.to_uppercase() })
}

/// The dialects of a name in settings: an id, or a platform's name for several (`sendgrid`, `mandrill`).
pub fn by_name(name: &str) -> Option<Dialects> {
    let wanted = plain(name);
    let found = Dialects::all().filter(|dialect| plain(&dialect.id) == wanted);
    let found = if found.is_empty() { Dialects::all().filter(|d| d.aliases.iter().any(|alias| plain(alias) == wanted)) } else { found };
    (!found.is_empty()).then_some(found)
}

/// The known name that is nearest to a misspelt one, if any is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    let names = dialects().iter().flat_map(|dialect| std::iter::once(&dialect.id).chain(&dialect.aliases));
    let scored = names.map(|known| (strsim::jaro_winkler(&plain(known), &wanted), known.as_str()));
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What is known of one name inside one pair of brackets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) dialects: Dialects,
    pub(super) role: Option<Role>,
}

type Index = FxHashMap<Form, FxHashMap<&'static str, Known>>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for (at, dialect) in dialects().iter().enumerate() {
        let system = dialect.tags.iter().flat_map(|(role, tags)| tags.iter().map(move |tag| (Some(*role), Form::of_written(tag))));
        let other = dialect.knows.iter().map(|line| (None, Form::of_key(line)));
        for (role, (form, key)) in system.chain(other).filter_map(|(role, found)| found.map(|found| (role, found))) {
            let key = key.trim_end_matches('…').trim_end();
            let known = index.entry(form).or_default().entry(key).or_default();
            known.dialects = known.dialects.with(at);
            known.role = known.role.or(role);
        }
    }
    index
});

/// The dialects that read a form by one grammar; each grammar is asked once for all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Readers {
    pub(super) grammar: Grammar,
    pub(super) all: Dialects,
    /// Those of them whose names are whatever the program behind them hands over.
    pub(super) open: Dialects,
    /// Those of them that have names which are listed nowhere, such as custom fields.
    pub(super) loose: Dialects,
}

static READERS: LazyLock<FxHashMap<Form, Vec<Readers>>> = LazyLock::new(|| {
    let mut forms: FxHashMap<Form, Vec<Readers>> = FxHashMap::default();
    for (at, dialect) in dialects().iter().enumerate() {
        for (form, grammar) in &dialect.reads {
            let none = Readers { grammar: *grammar, all: Dialects::NONE, open: Dialects::NONE, loose: Dialects::NONE };
            let readers = forms.entry(*form).or_default();
            let known = readers.iter().position(|known| known.grammar == *grammar);
            let mut own = known.map_or(none, |known| readers.swap_remove(known));
            own.all = own.all.with(at);
            match dialect.scope {
                Scope::Open => own.open = own.open.with(at),
                Scope::Loose => own.loose = own.loose.with(at),
                Scope::Closed => {}
            }
            readers.push(own);
        }
    }
    forms
});

/// The dialects that read a form.
pub(super) fn readers(form: Form) -> &'static [Readers] {
    READERS.get(&form).map_or(&[], Vec::as_slice)
}

/// What is known of a key, exactly as written.
pub(super) fn known(form: Form, key: &str) -> Option<Known> {
    INDEX.get(&form)?.get(key).copied()
}

/// The names of the elements that stand for tags on some platform.
pub(super) fn elements() -> &'static FxHashSet<&'static str> {
    static ELEMENTS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| INDEX.get(&Form::Element).map_or_else(FxHashSet::default, |names| names.keys().copied().collect()));
    &ELEMENTS
}

/// The listed spelling of a key that differs only in capitals, for these dialects.
pub(super) fn respelt(form: Form, key: &str, among: Dialects) -> Option<&'static str> {
    let mut names = INDEX.get(&form)?.iter().filter(|(name, _)| name.len() == key.len() && name.eq_ignore_ascii_case(key));
    names.find(|(name, known)| **name != key && !known.dialects.and(among).is_empty()).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::Level;

    #[test]
    fn the_data_file_is_whole() {
        let file: File = serde_json::from_str(include_str!("dialects.json")).unwrap();
        assert!(file.dialects.len() > 60 && file.dialects.len() <= 128);
        for dialect in &file.dialects {
            for tag in dialect.tags.values().flatten() {
                assert!(Form::of_written(tag).is_some(), "{}: {tag}", dialect.id);
            }
            for line in &dialect.knows {
                let (form, _) = Form::of_key(line).unwrap_or_else(|| panic!("{}: {line}", dialect.id));
                assert!(dialect.reads.contains_key(&form) || form == Form::DollarBrace, "{}: {line}", dialect.id);
            }
            assert!(dialect.level == Level::Memory || dialect.level == Level::ThirdParty || !dialect.sources.is_empty(), "{}", dialect.id);
        }
    }

    #[test]
    fn names_are_found_and_misspelt_ones_answered() {
        assert_eq!(by_name("Mailchimp").and_then(Dialects::only).unwrap().id, "mailchimp");
        assert_eq!(by_name("sendgrid").unwrap().len(), 2);
        assert!(by_name("mailchump").is_none());
        assert_eq!(nearest("mailchump"), Some("mailchimp"));
        assert_eq!(nearest("qqq"), None);
    }
}
