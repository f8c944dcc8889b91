//! What a team says about spelling: words that are right, dictionaries, languages.

use crate::error::Error;
use crate::offers::Language;
use crate::source::Source;
use crate::spelling::language_of;
use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;

/// `[spelling]` as written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpellingEntry {
    /// Words that are right, in whatever language: names of products, words of the trade.
    #[serde(default)]
    pub words: Vec<String>,
    /// Hunspell dictionaries: `de_DE.dic`, or `de=words/company.dic` where the name does not tell the language.
    #[serde(default)]
    pub dictionaries: Vec<Spanned<String>>,
    /// The languages in which words are looked up; all without it.
    pub languages: Option<Vec<Spanned<String>>>,
}

/// The same, read.
#[derive(Debug, Clone, Default)]
pub struct SpellingSettings {
    /// Whether anybody said anything about spelling: then it is told where it cannot be checked.
    pub asked: bool,
    /// Words that are right, lower case.
    pub words: Vec<String>,
    /// The languages in which words are looked up; all without it.
    pub languages: Option<Vec<Language>>,
}

/// What to do about a dictionary whose language is not known.
pub const SAY_LANGUAGE: &str = "write the language before it: de=words/company.dic; the languages are en, de, fr, es, it, nl, pt and pl";

/// That the name of a dictionary does not tell its language.
pub fn no_language(text: &str) -> String {
    format!("the name of `{text}` does not tell the language of the dictionary")
}

/// The language and the file of a dictionary as it is named: `de_DE.dic`, `de=words/company.dic`.
pub fn dictionary_file(text: &str) -> Option<(Language, String)> {
    let said = text.split_once('=').and_then(|(tag, path)| Some((Language::of_tag(tag.trim())?, path.trim().to_owned())));
    said.or_else(|| Some((language_of(text)?, text.to_owned())))
}

impl SpellingSettings {
    /// Whether words of a language are looked up.
    pub fn includes(&self, language: Language) -> bool {
        self.languages.as_ref().is_none_or(|languages| languages.contains(&language))
    }
}

impl SpellingEntry {
    /// What rules may know of it.
    ///
    /// # Errors
    /// A language that is not known.
    pub fn settings(&self, source: &Arc<Source>) -> Result<SpellingSettings, Error> {
        let known = |tag: &Spanned<String>| {
            Language::of_tag(tag.get_ref()).ok_or_else(|| {
                Error::at(&source.span(tag.span()), format!("the language `{}` is not known", tag.get_ref()))
                    .help("use en, de, fr, es, it, nl, pt or pl")
            })
        };
        let languages = self.languages.as_ref().map(|tags| tags.iter().map(known).collect()).transpose()?;
        let words = self.words.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase);
        Ok(SpellingSettings { asked: true, words: words.collect(), languages })
    }

    /// The dictionaries that it names, as they are written.
    ///
    /// # Errors
    /// A name that does not tell the language.
    pub fn dictionaries(&self, source: &Arc<Source>) -> Result<Vec<(Language, String)>, Error> {
        let file = |text: &Spanned<String>| {
            dictionary_file(text.get_ref())
                .ok_or_else(|| Error::at(&source.span(text.span()), no_language(text.get_ref())).help(SAY_LANGUAGE))
        };
        self.dictionaries.iter().map(file).collect()
    }
}
