//! A `lang` that names another language.

use crate::facts::{Passage, Region};
use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};
use scraper::ElementRef;
use std::sync::Arc;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "wrong-language-tag",
    severity: Severity::Warn,
    summary: "The HTML says that it is in another language than it is",
    repair: Repair::Nothing,
    page: include_str!("wrong_language_tag.md"),
    check: Check::Draft(check),
};

/// Fewest letters from which on the words tell the language beyond doubt.
const FEWEST: usize = 150;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        let Some(declared) = html.language() else { continue };
        let Some(said) = Language::of_tag(&declared) else { continue };
        let is_here = |passage: &&Passage| passage.region == Region::Body && Arc::ptr_eq(passage.source(), html.source());
        let text: String = context.facts.copy().filter(is_here).flat_map(|passage| [passage.text.as_str(), "\n"]).collect();
        let Some(spoken) = Language::guess(&text).filter(|spoken| *spoken != said) else { continue };
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let element = html.root().children().filter_map(ElementRef::wrap).find(|element| element.value().name() == "html");
        if let Some(element) = element.filter(|_| letters >= FEWEST && !is_filler(&text)) {
            let place = html.attribute(element.id(), "lang").unwrap_or_else(|| html.tag(element.id()));
            let message = format!("the HTML says that it is in {said:?} (`lang=\"{declared}\"`), and it is in {spoken:?}");
            findings.push(
                Finding::new(place, message)
                    .help("write the right language into `lang`; screen readers pronounce by it, browsers offer to translate"),
            );
        }
    }
    findings
}

/// Latin filler looks like Italian; another rule speaks of it.
fn is_filler(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["lorem ipsum", "dolor sit", "consectetur", "maecenas", "pellentesque", "posuere", "vestibulum"]
        .iter()
        .any(|words| lower.contains(words))
}
