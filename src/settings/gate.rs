//! What a project accepts: waivers with an owner and an end, mistakes that are meant, and from where on a send is held.

use super::{Level, wild};
use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::source::{Source, Span};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use toml::{Spanned, Value};

/// The `[gate]` section: what holds for every run over this folder.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GateSettings {
    /// From which severity on a finding holds the send: `note`, `warn` or `block`.
    pub hold_at: Option<Spanned<Level>>,
    /// The file of findings that are known already, which do not hold a send.
    pub baseline: Option<Spanned<String>>,
}

/// A `[[waiver]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WaiverEntry {
    /// The rule whose findings are waived.
    pub rule: Spanned<String>,
    /// The draft, as a path from the folder of `presend.toml`; `*` stands for anything.
    pub draft: Option<String>,
    /// Words of the place or of the message.
    pub words: Option<String>,
    /// Why it may stay.
    pub reason: Spanned<String>,
    /// Who answers for it.
    pub owner: Spanned<String>,
    /// The last day on which it holds.
    pub expires: Spanned<Value>,
}

/// An `[[expected]]` mistake as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExpectedEntry {
    /// The rule that must find it.
    pub rule: Spanned<String>,
    /// The draft, as a path from the folder of `presend.toml`; `*` stands for anything.
    pub draft: String,
    /// Words of the place or of the message.
    pub words: Option<String>,
    /// Why it is meant.
    pub reason: Spanned<String>,
}

/// What an exception is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The rule.
    pub rule: String,
    /// The draft; nothing for all of them.
    pub draft: Option<String>,
    /// Words of the place or of the message; nothing for whatever the rule finds.
    pub words: Option<String>,
    /// Where it is written.
    pub place: Span,
}

/// Findings that a person has looked at and lets pass for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What it is about.
    pub aim: Aim,
    /// Why it may stay.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: Date,
}

/// A mistake that is made on purpose; without it something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// What it is about.
    pub aim: Aim,
    /// Why it is meant.
    pub reason: String,
}

impl Aim {
    /// Whether it is about a draft, named by its path from the folder of the settings.
    pub fn meets_draft(&self, key: &str) -> bool {
        self.draft.as_ref().is_none_or(|pattern| wild(pattern.strip_prefix("./").unwrap_or(pattern), key))
    }

    /// Whether it is about a finding of a rule in a draft.
    pub fn meets(&self, rule: &str, key: &str, finding: &Finding) -> bool {
        let has = |text: &str, words: &str| spaced(text).contains(&spaced(words));
        let said = |words: &String| has(finding.span.text(), words) || has(&finding.message, words);
        self.rule == rule && self.meets_draft(key) && self.words.as_ref().is_none_or(said)
    }

    /// What it is about, in words: "hardcoded-name in mails/june.html at “Jessica”".
    pub fn describe(&self) -> String {
        let draft = self.draft.as_ref().map(|draft| format!(" in {draft}")).unwrap_or_default();
        let words = self.words.as_ref().map(|words| format!(" at \"{words}\"")).unwrap_or_default();
        format!("{}{draft}{words}", self.rule)
    }
}

/// Words in lower case with one blank between them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl GateSettings {
    /// From which severity on a finding holds the send.
    ///
    /// # Errors
    /// `off`, which is a level of rules alone.
    pub fn threshold(&self, source: &Arc<Source>) -> Result<Option<Severity>, Error> {
        let Some(level) = &self.hold_at else { return Ok(None) };
        level
            .get_ref()
            .severity()
            .map(Some)
            .ok_or_else(|| Error::at(&source.span(level.span()), "a gate cannot be switched off here").help("use note, warn or block"))
    }
}

impl WaiverEntry {
    /// The waiver that is meant.
    ///
    /// # Errors
    /// A waiver for everything, without a reason or an owner, or with an end that is no date.
    pub fn waiver(&self, source: &Arc<Source>) -> Result<Waiver, Error> {
        let place = source.span(self.rule.span());
        if [&self.draft, &self.words].iter().all(|aim| aim.as_ref().is_none_or(|aim| aim.trim().is_empty())) {
            return Err(Error::at(&place, "this waiver would let everything pass that the rule finds")
                .help("add `draft` or `words`, or set the rule to \"off\" in [rules]"));
        }
        let reason = said(&self.reason, source, "a waiver needs a reason")?;
        let owner = said(&self.owner, source, "a waiver needs somebody who answers for it")?;
        let expires = date(self.expires.get_ref())
            .ok_or_else(|| Error::at(&source.span(self.expires.span()), "this is not a day").help("write it as expires = 2027-01-31"))?;
        let aim = Aim { rule: self.rule.get_ref().clone(), draft: self.draft.clone(), words: self.words.clone(), place };
        Ok(Waiver { aim, reason, owner, expires })
    }
}

impl ExpectedEntry {
    /// The expectation that is meant.
    ///
    /// # Errors
    /// One without a reason.
    pub fn expectation(&self, source: &Arc<Source>) -> Result<Expectation, Error> {
        let reason = said(&self.reason, source, "a mistake on purpose needs a reason")?;
        let place = source.span(self.rule.span());
        let aim = Aim { rule: self.rule.get_ref().clone(), draft: Some(self.draft.clone()), words: self.words.clone(), place };
        Ok(Expectation { aim, reason })
    }
}

pub(super) fn said(text: &Spanned<String>, source: &Arc<Source>, otherwise: &str) -> Result<String, Error> {
    let words = text.get_ref().trim();
    if words.is_empty() {
        return Err(Error::at(&source.span(text.span()), otherwise).help("write it between the quotation marks"));
    }
    Ok(words.to_owned())
}

/// A day, written as a TOML date or between quotation marks.
pub(super) fn date(value: &Value) -> Option<Date> {
    match value {
        Value::Datetime(moment) => {
            let day = moment.date?;
            Date::new(i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
