//! The team's own rules: what a mail must say, may not say and must lead to.

use super::{Level, MessageType};
use crate::error::Error;
use crate::finding::Severity;
use crate::offers::Language;
use crate::source::Source;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;

/// Largest compiled pattern, in bytes; what is larger was not meant for a mail.
const LARGEST_PATTERN: usize = 1 << 20;

/// One `[[house]]` section, as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HouseEntry {
    /// What to tell whoever breaks it, in the team's own words.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How bad it is; `warn` unless said otherwise.
    pub severity: Option<Level>,
    /// Words or phrases that may not stand there, whatever their case.
    pub forbid: Option<Vec<String>>,
    /// A pattern that may not stand there.
    pub forbid_pattern: Option<Spanned<String>>,
    /// Words or phrases of which one must stand there.
    pub require: Option<Vec<String>>,
    /// A pattern that must stand there.
    pub require_pattern: Option<Spanned<String>>,
    /// The beginning of an address that a link must lead to, without its scheme.
    pub require_link: Option<String>,
    /// The beginning of an address that no link may lead to, without its scheme.
    pub forbid_link: Option<String>,
    /// Where it is looked for; everywhere unless said otherwise.
    #[serde(rename = "in")]
    pub part: Option<Part>,
    /// The kinds of mail that it holds for; all unless said otherwise.
    pub types: Option<Vec<MessageType>>,
    /// The markets that it holds for, as `market` of the brief names them.
    pub markets: Option<Vec<String>>,
    /// The languages of mails that it holds for.
    pub languages: Option<Vec<Spanned<String>>>,
}

/// Where in a mail a rule of the team looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The subject line.
    Subject,
    /// The preheader.
    Preheader,
    /// The text of the mail.
    Body,
    /// The texts that stand for pictures.
    Alt,
}

/// A rule of the team, read and compiled.
#[derive(Debug, Clone)]
pub struct HouseRule {
    /// What to tell whoever breaks it.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What may not stand there.
    pub forbidden: Option<Regex>,
    /// What must stand there.
    pub required: Option<Regex>,
    /// Where a link must lead.
    pub required_link: Option<String>,
    /// Where no link may lead.
    pub forbidden_link: Option<String>,
    /// Where it is looked for.
    pub part: Option<Part>,
    /// The kinds of mail that it holds for; none for all.
    pub types: Vec<MessageType>,
    /// The markets that it holds for, lower case; none for all.
    pub markets: Vec<String>,
    /// The languages that it holds for; none for all.
    pub languages: Vec<Language>,
}

impl HouseRule {
    /// Reads one section; nothing for one that is off.
    ///
    /// # Errors
    /// A pattern that cannot be read or is too large, a language that is not known, a section that asks for nothing.
    pub(super) fn read(entry: &HouseEntry, source: &Arc<Source>) -> Result<Option<Self>, Error> {
        let Some(severity) = entry.severity.map_or(Some(Severity::Warn), Level::severity) else { return Ok(None) };
        let forbidden = either(entry.forbid.as_deref(), entry.forbid_pattern.as_ref(), source)?;
        let required = either(entry.require.as_deref(), entry.require_pattern.as_ref(), source)?;
        let link = |written: &Option<String>| written.as_deref().map(|link| bare(link).to_owned());
        let rule = Self {
            message: entry.message.clone(),
            help: entry.help.clone(),
            severity,
            forbidden,
            required,
            required_link: link(&entry.require_link),
            forbidden_link: link(&entry.forbid_link),
            part: entry.part,
            types: entry.types.clone().unwrap_or_default(),
            markets: entry.markets.iter().flatten().map(|market| market.trim().to_lowercase()).collect(),
            languages: languages(entry, source)?,
        };
        if rule.forbidden.is_none() && rule.required.is_none() && rule.required_link.is_none() && rule.forbidden_link.is_none() {
            return Err(Error::in_file(source.name(), format!("the [[house]] rule \"{}\" asks for nothing", entry.message))
                .help("add forbid, require, forbid-pattern, require-pattern, forbid-link or require-link"));
        }
        Ok(Some(rule))
    }
}

/// An address without its scheme and `www.`, lower case as far as that does not matter.
pub(crate) fn bare(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest)
}

fn languages(entry: &HouseEntry, source: &Arc<Source>) -> Result<Vec<Language>, Error> {
    let read = |tag: &Spanned<String>| {
        Language::of_tag(tag.get_ref()).ok_or_else(|| {
            Error::at(&source.span(tag.span()), format!("the language `{}` is not known", tag.get_ref()))
                .help("use en, de, fr, es, it, nl, pt or pl, or leave it out")
        })
    };
    entry.languages.iter().flatten().map(read).collect()
}

/// Words and a pattern as one pattern.
fn either(words: Option<&[String]>, pattern: Option<&Spanned<String>>, source: &Arc<Source>) -> Result<Option<Regex>, Error> {
    let mut all: Vec<String> =
        words.unwrap_or_default().iter().filter(|word| !word.trim().is_empty()).map(|word| whole_words(word.trim())).collect();
    let written = pattern.map(|pattern| (source.span(pattern.span()), pattern.get_ref()));
    let compile = |text: &str| RegexBuilder::new(text).case_insensitive(true).multi_line(true).size_limit(LARGEST_PATTERN).build();
    if let Some((place, text)) = written {
        compile(text).map_err(|error| {
            let why = error.to_string();
            let why = why.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or("it is too large").to_owned();
            Error::at(&place, format!("this pattern cannot be read: {why}"))
                .help("write it as a regular expression, between single quotation marks: '\\d+ %'")
        })?;
        all.push(format!("(?:{text})"));
    }
    if all.is_empty() {
        return Ok(None);
    }
    compile(&all.join("|"))
        .map(Some)
        .map_err(|_| Error::in_file(source.name(), "the words of a [[house]] rule are too many").help("make two rules of them"))
}

/// A phrase as a pattern: white space may be a line break, and letters beside it would make it another word.
fn whole_words(phrase: &str) -> String {
    let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let inner = phrase.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+");
    format!("{}{inner}{}", edge(phrase.chars().next()), edge(phrase.chars().next_back()))
}

#[cfg(test)]
mod tests {
    use super::super::{ConfigFile, FILE_NAME};
    use super::*;

    fn read(text: &str) -> Result<Vec<HouseRule>, Error> {
        let source = Source::file(FILE_NAME, text);
        let mut settings = super::super::Settings::default();
        settings.apply_house(&ConfigFile::parse(&source)?.house, &source)?;
        Ok(settings.house)
    }

    #[test]
    fn rules_of_the_team_are_read_or_refused_with_a_place() {
        let rules = read("[[house]]\nmessage = \"x\"\nforbid = [\"cheap\", \"50 %\"]\nseverity = \"block\"\n").expect("a rule");
        let forbidden = rules[0].forbidden.as_ref().expect("a pattern");
        assert!(forbidden.is_match("Cheap lamps") && forbidden.is_match("50\n% now") && !forbidden.is_match("cheaper lamps"));
        let error = read("[[house]]\nmessage = \"x\"\nforbid-pattern = '(a'\n").expect_err("no pattern");
        assert_eq!(error.place().as_deref(), Some("presend.toml:3:18"));
        assert!(error.message().contains("unclosed"), "{}", error.message());
        assert!(read("[[house]]\nmessage = \"x\"\nforbid-pattern = '(a{1000}){1000}'\n").is_err());
        assert!(read("[[house]]\nmessage = \"x\"\n").expect_err("nothing").message().contains("asks for nothing"));
        assert!(read("[[house]]\nmessage = \"x\"\nforbid = [\"a\"]\nseverity = \"off\"\n").expect("off").is_empty());
        assert!(read("[[house]]\nmessage = \"x\"\nforbids = [\"a\"]\n").expect_err("a slip").remedy().is_some());
    }
}
