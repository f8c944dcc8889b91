//! Words that no dictionary holds, and that are one slip away from a word that it does hold.

use super::misspelling;
use super::words::language;
use crate::facts::{Passage, Region, Word};
use crate::finding::{Finding, Severity};
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};
use crate::source::Span;
use crate::spelling::Dictionary;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-word",
    severity: Severity::Note,
    summary: "A word is in no dictionary of the mail's language, and one letter away from a word that is: \"sumer\"",
    repair: Repair::Nothing,
    page: include_str!("unknown_word.md"),
    check: Check::Words(check),
};

/// A word that no dictionary knows.
struct Unknown {
    shown: String,
    places: Vec<Span>,
    /// Whether it begins its sentence with a capital.
    begins: bool,
}

/// Fewest letters of a word that is judged; shorter ones are abbreviations and names as often as not.
const SHORTEST: usize = 5;

/// Fewest letters of a word with a capital that is judged: surnames and brands are short.
const SHORTEST_CAPITALISED: usize = 7;

/// Most bytes of a word; what is longer is none.
const LONGEST: usize = 60;

/// How often a word can be wrong in one mail; what comes oftener is a word of the trade.
const MOST_TIMES: usize = 2;

/// How many words of a mail are looked up; no mail that is read has more.
const MOST_WORDS: usize = 50_000;

/// Most words that are told.
const MOST_TOLD: usize = 5;

/// Most words for which the right one is sought; each takes a few milliseconds.
const MOST_SOUGHT: usize = 40;

/// How many of the words of a mail may be unknown before it is taken for another language, or for a page of code: one in so
/// many.
const ONE_IN: usize = 8;

fn check(context: &Context<'_>, dictionary: &Dictionary) -> Vec<Finding> {
    let spoken = context.language();
    let mut known: FxHashMap<&str, bool> = FxHashMap::default();
    let (mut unknown, mut order) = (FxHashMap::<String, Unknown>::default(), Vec::new());
    let mut all = 0;
    for passage in passages(context, spoken) {
        let (mut here, mut strange) = (0, Vec::new());
        for word in passage.words().filter(|word| !passage.is_sample(&word.range)) {
            here += 1;
            if !*known.entry(word.text).or_insert_with(|| is_known(word.text, dictionary)) {
                strange.push(word);
            }
        }
        all += here;
        if all > MOST_WORDS {
            break;
        }
        // A passage with much that is unknown is an address, a list of names, a lesson or another language.
        // Names are not counted: one that nobody knows says nothing about the words around it.
        let odd = strange.iter().filter(|word| counts(word.text, spoken)).count();
        if odd > 1 && odd * 8 > here || here < odd + 2 {
            continue;
        }
        for word in strange {
            let lower = word.text.to_lowercase();
            let span = passage.span(word.range.clone());
            if is_meant_so(passage, &word) {
                continue;
            }
            let entry = unknown.entry(lower.clone()).or_insert_with(|| {
                order.push(lower);
                Unknown { shown: word.text.to_owned(), places: Vec::new(), begins: begins(passage, &word) }
            });
            entry.places.push(span);
        }
    }
    if unknown.values().filter(|found| counts(&found.shown, spoken)).count() * ONE_IN > all.max(ONE_IN) {
        return Vec::new();
    }
    // Nearly every mail ends here, and what it teaches is a list of all its words.
    if order.is_empty() {
        return Vec::new();
    }
    let learned = learned(context, spoken);
    let bodies = context.message.bodies.len().max(1);
    let judged = order.iter().filter_map(|word| Some((word, unknown.get(word)?)));
    let judged = judged.filter(|(word, found)| !learned.contains(*word) && found.places.len() <= MOST_TIMES * bodies);
    let judged = judged.filter(|(word, found)| is_plain(found, spoken) && !misspelling::is_listed(spoken, word));
    let meant: Vec<(&Unknown, String)> = judged
        .take(MOST_SOUGHT)
        .filter(|(_, found)| !is_in_tag(context, found))
        .filter_map(|(_, found)| Some((found, meant(&found.shown, spoken, dictionary)?)))
        .collect();
    told(&meant).into_iter().collect()
}

/// Whether a word is no name by its looks.
fn counts(word: &str, spoken: Language) -> bool {
    spoken == Language::German || !word.starts_with(char::is_uppercase)
}

/// The passages in the mail's language.
fn passages<'a>(context: &'a Context<'_>, spoken: Language) -> impl Iterator<Item = &'a Passage> {
    let is_copy = |passage: &&Passage| matches!(passage.region, Region::Subject | Region::Preheader | Region::Body | Region::Alt);
    context.facts.copy().filter(is_copy).filter(move |passage| language(context, passage) == spoken)
}

/// Whether a word is right: as a whole, without what is elided before it or hangs behind it, or in all its parts.
fn is_known(word: &str, dictionary: &Dictionary) -> bool {
    if word.len() > LONGEST {
        return true;
    }
    let plain = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.replace('’', "'")) };
    let word = plain.strip_suffix("'s").or_else(|| plain.strip_suffix('\'')).unwrap_or(&plain);
    let known = |part: &str| part.chars().count() < 3 || dictionary.knows(part);
    if known(word) {
        return true;
    }
    let elided = word.rsplit_once('\'').is_some_and(|(before, rest)| before.chars().count() <= 7 && known(rest));
    elided || word.contains('-') && word.split('-').all(|part| known(part) || dictionary.knows(&format!("{part}-")))
}

/// Words that need no dictionary, lower case: those of the brief, of the sender, of addresses, and names.
fn learned(context: &Context<'_>, spoken: Language) -> FxHashSet<String> {
    let settings = context.settings;
    let mut learned: FxHashSet<String> = settings.spelling.words.iter().cloned().collect();
    let mut learn = |text: &str| learned.extend(text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase));
    let said = settings.domains.iter().chain(&settings.staff).chain(&settings.fields).chain(settings.sender.as_ref());
    said.chain(settings.house.iter().map(|rule| &rule.message)).for_each(|text| learn(text));
    let headers = context.message.headers.iter().filter(|header| !header.name.eq_ignore_ascii_case("subject"));
    headers.for_each(|header| learn(header.value.text()));
    context.facts.links.iter().for_each(|link| learn(&link.href));
    context.facts.images.iter().filter_map(|image| image.web_source()).for_each(&mut learn);
    // A word that is written with a capital inside a sentence is a name, but where every noun has one.
    for passage in context.facts.copy().filter(|_| spoken != Language::German) {
        let is_title = is_title(passage);
        for word in passage.words().filter(|word| word.text.starts_with(char::is_uppercase)) {
            if passage.region == Region::Alt || !begins(passage, &word) && !is_title {
                learn(word.text);
            }
        }
    }
    learned
}

/// Whether a word begins a sentence.
fn begins(passage: &Passage, word: &Word<'_>) -> bool {
    let before = passage.text.get(..word.range.start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '"', '“', '„', '«', '(', '‘', '-', '–', '•', '*']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '…', '|', '·'])
}

/// Whether every word of a passage has a capital, as in English headings.
fn is_title(passage: &Passage) -> bool {
    let (mut all, mut capitals) = (0, 0);
    for word in passage.words().filter(|word| word.text.len() > 3) {
        all += 1;
        capitals += usize::from(word.text.starts_with(char::is_uppercase));
    }
    all >= 3 && capitals * 4 >= all * 3
}

/// Whether a word is written like any word, and no name, abbreviation or code.
fn is_plain(found: &Unknown, spoken: Language) -> bool {
    let letters = found.shown.chars().count();
    let capital = found.shown.starts_with(char::is_uppercase);
    let capitals = found.shown.chars().filter(|c| c.is_uppercase()).count();
    let latin = found.shown.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    let may_be_name = capital && !found.begins && spoken != Language::German;
    latin && capitals == usize::from(capital) && !may_be_name && letters >= if capital { SHORTEST_CAPITALISED } else { SHORTEST }
}

/// Whether a word stands in quotation marks, or without its end: "nothin'".
fn is_meant_so(passage: &Passage, word: &Word<'_>) -> bool {
    let before = passage.text.get(..word.range.start).unwrap_or_default();
    let after = passage.text.get(word.range.end..).unwrap_or_default();
    before.ends_with(QUOTES) || after.starts_with(QUOTES)
}

/// Quotation marks of all languages.
const QUOTES: [char; 11] = ['"', '“', '”', '„', '«', '»', '‘', '’', '‚', '\'', '`'];

/// Whether a word is part of a merge tag.
fn is_in_tag(context: &Context<'_>, found: &Unknown) -> bool {
    context.facts.tags.tags.iter().any(|tag| found.places.iter().any(|place| tag.span.overlaps(place)))
}

/// The word that was meant, written as the wrong one is.
fn meant(shown: &str, spoken: Language, dictionary: &Dictionary) -> Option<String> {
    if let Some((before, rest)) = shown.rsplit_once(['\'', '’']) {
        let elided = shown.get(..shown.len() - rest.len())?;
        let long = rest.chars().count() >= SHORTEST && before.chars().count() < SHORTEST;
        return long.then(|| meant(rest, spoken, dictionary)).flatten().map(|right| format!("{elided}{right}"));
    }
    if shown.contains('-') {
        return None;
    }
    let capital = shown.starts_with(char::is_uppercase);
    let lower = shown.to_lowercase();
    let raised = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    let right = match (capital, spoken) {
        (false, _) => dictionary.near(&lower)?,
        (true, Language::German) => dictionary.near(shown)?,
        // A name as often as not.
        (true, _) => dictionary.swapped(&lower)?,
    };
    Some(if capital { raised(&right) } else { right })
}

/// All of them in one finding.
fn told(meant: &[(&Unknown, String)]) -> Option<Finding> {
    let ((first, right), others) = meant.split_first()?;
    let quoted: Vec<String> = meant.iter().take(MOST_TOLD).map(|(word, _)| format!("\"{}\"", word.shown)).collect();
    let more = meant.len().saturating_sub(MOST_TOLD);
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let are = if meant.len() == 1 { "is" } else { "are" };
    let message = format!("{}{and_more} {are} in no dictionary", quoted.join(", "));
    let mut finding = Finding::new(first.places.first()?.clone(), message);
    for place in first.places.iter().skip(1) {
        finding = finding.related(place.clone(), "here too");
    }
    for (word, right) in others.iter().take(MOST_TOLD - 1) {
        if let Some(place) = word.places.first() {
            finding = finding.related(place.clone(), format!("perhaps \"{right}\""));
        }
    }
    let (was, right_words) =
        if meant.len() == 1 { ("was", "a word that is right goes") } else { ("for the first, was", "words that are right go") };
    Some(finding.help(format!("{was} \"{right}\" meant? {right_words} into [spelling] words of presend.toml")))
}
