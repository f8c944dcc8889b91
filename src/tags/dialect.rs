//! The dialects as data: what each sending platform reads, knows and prints.

use super::form::Form;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A sending platform, or a template language, and the merge tags that it reads.
///
/// All facts come from `dialects.json`, where each dialect names its sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Its name in settings: `mailchimp`, `sendgrid_dynamic`.
    pub id: String,
    /// Its name for people: "Mailchimp".
    pub name: String,
    /// The language of its tags, for people: "Liquid", "Mailchimp tags".
    pub family: String,
    /// Other names for it; one name may stand for several dialects of a platform (`sendgrid`).
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The brackets that it reads, and the grammar of what stands inside.
    pub reads: BTreeMap<Form, Grammar>,
    /// What it does with names that are not in this data.
    pub scope: Scope,
    /// How well its facts are known.
    pub level: Level,
    /// What comes out when a person has no value.
    pub missing: Missing,
    /// How a fallback is written, with a first name as the example.
    pub fallback: Option<String>,
    /// The tags with a fixed meaning, as written in a mail; `…` stands for anything.
    #[serde(default)]
    pub tags: BTreeMap<Role, Vec<String>>,
    /// Other names, roots (`contact.`), helpers (`#equals`) and filters (`|lookup`) that are signs of it.
    #[serde(default)]
    pub knows: Vec<String>,
    /// Field names that are often written wrong, with the right one.
    #[serde(default)]
    pub misnamed: BTreeMap<String, String>,
    /// Mail headers that it adds: `Name`, `Name: part of the value`, or `Name-*`.
    #[serde(default)]
    pub headers: Vec<String>,
    /// Where the facts were read.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What stands inside the brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named for the language or the platform whose grammar it is")]
pub enum Grammar {
    Ajo,
    AjoPath,
    Ampscript,
    Asm,
    Attributes,
    Bang,
    Comma,
    Comment,
    Django,
    Element,
    Formula,
    Getresponse,
    Ghost,
    Go,
    Handlebars,
    Jinja,
    JinjaAny,
    Liquid,
    LowerName,
    Mailgun,
    Mailjet,
    Marketo,
    Mautic,
    Mustache,
    Name,
    Or,
    Percent,
    Php,
    Pipe,
    Plunk,
    Prestashop,
    Script,
    Sendgrid,
    Shortcode,
    Smarty,
    Star,
    Velocity,
    Word,
    Zephyr,
}

/// What a dialect does with names that this data does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Any name may be data handed over by a program.
    Open,
    /// Custom fields have free names.
    Loose,
    /// Every name begins with one of the listed roots, or is set in the mail.
    Closed,
}

/// How well the facts of a dialect are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Its core was read in the platform's own documents or source.
    Vendor,
    /// Read elsewhere.
    ThirdParty,
    /// Common knowledge that no document at hand confirmed.
    Memory,
}

/// What comes out when a person has no value for a tag without a fallback.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The kind of outcome.
    pub outcome: Outcome,
    /// The same, to be said after "if a person has no value, it …".
    pub sentence: String,
}

/// The kinds of outcome for a person without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing is printed.
    Nothing,
    /// The tag itself is printed.
    Literal,
    /// The fallback in the tag is printed.
    Fallback,
    /// A default that is set in the account is printed, and nothing where none is set.
    AccountDefault,
    /// `<no value>` is printed, or nothing.
    NoValue,
    /// The send stops for that person, or may stop.
    Stops,
    /// Not known.
    Unknown,
}

/// The meaning of a tag that is not a field of the audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The way out.
    Unsubscribe,
    /// The page where people choose what they get.
    Preferences,
    /// The sender's postal address, or a part of it.
    Address,
    /// The mail as a web page.
    ViewInBrowser,
    /// Forward to a friend.
    Forward,
    /// A coupon code from the platform's own list.
    Coupon,
    /// The sender's name, telephone number or site.
    Sender,
    /// Dates, tracking, layout and the like.
    Other,
}

/// A set of dialects; one bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dialects(u128);

impl Dialects {
    /// No dialect.
    pub const NONE: Self = Self(0);

    /// Every dialect.
    pub fn all() -> Self {
        (0..dialects().len()).fold(Self::NONE, Self::with)
    }

    pub(super) fn with(self, at: usize) -> Self {
        Self(self.0 | 1_u128.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0))
    }

    pub(super) fn has(self, at: usize) -> bool {
        self.and(Self::NONE.with(at)) != Self::NONE
    }

    /// The dialects in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The dialects in either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The dialects, in the order of the data file.
    pub fn iter(self) -> impl Iterator<Item = &'static Dialect> {
        dialects().iter().enumerate().filter(move |(at, _)| self.has(*at)).map(|(_, dialect)| dialect)
    }

    /// The dialect, if there is exactly one.
    pub fn only(self) -> Option<&'static Dialect> {
        if self.len() == 1 { self.iter().next() } else { None }
    }

    /// Whether a dialect of this id is among them.
    pub fn contains(self, id: &str) -> bool {
        self.iter().any(|dialect| dialect.id == id)
    }

    /// The dialects that the test holds for.
    #[must_use]
    pub fn filter(self, mut keep: impl FnMut(&Dialect) -> bool) -> Self {
        let kept = dialects().iter().enumerate().filter(|(at, dialect)| self.has(*at) && keep(dialect));
        kept.fold(Self::NONE, |set, (at, _)| set.with(at))
    }

    /// Said to people: the name if there is one, "Kit or Drip", or the language that they share.
    pub fn describe(self) -> String {
        let names: Vec<&str> = self.iter().map(|dialect| dialect.name.as_str()).collect();
        if names.len() <= 3 {
            return names.join(" or ");
        }
        let families: Vec<&str> = self.iter().map(|dialect| dialect.family.as_str()).collect();
        match families.as_slice() {
            [first, rest @ ..] if rest.iter().all(|family| family == first) => format!("{first}, as {} and others use it", names[0]),
            _ => format!("{}, {} and others", names[0], names[1]),
        }
    }
}

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
pub(super) fn is_personal(name: &str) -> bool {
    let mut bare = name.to_lowercase();
    bare.retain(|c| !matches!(c, '_' | '-' | ' '));
    FILE.personal_names.contains(&bare)
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

type Index = HashMap<Form, HashMap<&'static str, Known>>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::new();
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

/// What is known of a key, exactly as written.
pub(super) fn known(form: Form, key: &str) -> Option<Known> {
    INDEX.get(&form)?.get(key).copied()
}

/// The listed spelling of a key that differs only in capitals, for these dialects.
pub(super) fn respelt(form: Form, key: &str, among: Dialects) -> Option<&'static str> {
    let names = INDEX.get(&form)?.iter().filter(|(_, known)| !known.dialects.and(among).is_empty());
    names.map(|(name, _)| *name).find(|name| name.eq_ignore_ascii_case(key) && *name != key)
}

#[cfg(test)]
mod tests {
    use super::*;

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
