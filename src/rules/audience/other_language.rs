//! The mail is not in the language of the people.

use super::{knows, of_values};
use crate::audience::{Audience, Value};
use crate::finding::{Finding, Severity};
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::Role;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "other-language",
    severity: Severity::Warn,
    summary: "People on the send list want their mail in another language",
    repair: Repair::StopSending,
    page: include_str!("other_language.md"),
    check: Check::Asked(|_, audience| knows(audience, |list| list.export.language), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let spoken = languages(context);
    if spoken.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for list in audience.lists.iter().filter(|list| list.role == Role::Send) {
        let column = list.export.language.and_then(|at| list.columns.get(at));
        let Some((column, all)) = column.and_then(|column| Some((column, column.values()?))) else { continue };
        if asks_for(context, &column.name) {
            continue;
        }
        let known: Vec<(&Value, String)> = all.iter().filter_map(|value| Some((value, speaks(&value.text)?))).collect();
        let others: Vec<&Value> = known.iter().filter(|(_, tag)| !spoken.contains(tag)).map(|(value, _)| *value).collect();
        let rows = |values: &mut dyn Iterator<Item = &&Value>| values.map(|value| value.rows).sum::<u64>();
        // Every list has a few whose phone speaks another language. Who names the language of the mail means all.
        let few = rows(&mut others.iter()) * 2 <= rows(&mut known.iter().map(|(value, _)| value));
        if few && context.settings.language.is_none() {
            continue;
        }
        findings.extend(of_values(
            context,
            audience,
            (list, column),
            &others,
            "want their mail in another language than that of this mail",
        ));
    }
    findings
}

/// Whether the draft itself asks for a column, as in `{% if language == "de" %}`: then it speaks to these people in their own.
fn asks_for(context: &Context<'_>, column: &str) -> bool {
    let word = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_").to_lowercase()
    };
    let column = word(column);
    let has = |inside: &str| {
        word(inside).split('_').collect::<Vec<_>>().windows(column.matches('_').count() + 1).any(|parts| parts.join("_") == column)
    };
    !column.is_empty() && context.facts.tags.tags.iter().any(|tag| has(&tag.tag.inside))
}

/// The languages of the draft: the one that the brief names, or those that its words give away.
fn languages(context: &Context<'_>) -> Vec<String> {
    let said = context.settings.language.map(|language| vec![language]);
    let guessed = || {
        let whole: Vec<&str> = context.facts.copy().map(|passage| passage.text.as_str()).collect();
        let mut found: Vec<Language> = Language::guess(&whole.join(" ")).into_iter().collect();
        found.extend(whole.iter().filter_map(|text| Language::guess(text)));
        found
    };
    said.unwrap_or_else(guessed).into_iter().map(tag).collect()
}

fn tag(language: Language) -> String {
    let at = Language::ALL.iter().position(|known| *known == language);
    at.and_then(|at| NAMES.get(at)).and_then(|names| names.first()).copied().unwrap_or_default().to_owned()
}

/// How lists call the languages of `Language::ALL`.
const NAMES: [&[&str]; 8] = [
    &["en", "english", "englisch", "eng"],
    &["de", "german", "deutsch", "deu", "ger"],
    &["fr", "french", "français", "francais", "fra", "fre"],
    &["es", "spanish", "español", "espanol", "spa"],
    &["it", "italian", "italiano", "ita"],
    &["nl", "dutch", "nederlands", "nld"],
    &["pt", "portuguese", "português", "portugues", "por"],
    &["pl", "polish", "polski", "pol"],
];

/// The language that a cell names, by its tag; nothing for what is none.
fn speaks(cell: &str) -> Option<String> {
    let word = cell.trim().to_lowercase();
    if let Some(names) = NAMES.iter().find(|names| names.contains(&word.as_str())) {
        return names.first().map(ToString::to_string);
    }
    let first = word.split(['-', '_']).next().unwrap_or_default();
    (first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| first.to_owned())
}
