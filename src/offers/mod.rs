//! Reads offers out of sentences: amounts with what they mean, and dates, in eight languages; precise before complete.

mod amounts;
mod dates;
mod words;

pub use amounts::{Amount, Qualifier, Worth, amounts};
pub use dates::{Clock, DateMention, Kind, dates};

/// A language whose notations are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Portuguese.
    Portuguese,
    /// Polish.
    Polish,
}

impl Language {
    /// Every language, in the order of the tables.
    pub const ALL: [Self; 8] =
        [Self::English, Self::German, Self::French, Self::Spanish, Self::Italian, Self::Dutch, Self::Portuguese, Self::Polish];

    /// The language of a tag such as `de`, `de-AT` or `pt_BR`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "fr" => Some(Self::French),
            "es" => Some(Self::Spanish),
            "it" => Some(Self::Italian),
            "nl" => Some(Self::Dutch),
            "pt" => Some(Self::Portuguese),
            "pl" => Some(Self::Polish),
            _ => None,
        }
    }
}
