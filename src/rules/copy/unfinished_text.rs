//! Marks that somebody left for later.

use super::marks::{Mark, Marks, signed};
use super::todo;
use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use std::ops::Range;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unfinished-text",
    severity: Severity::Block,
    summary: "A note to self was left in: TODO, \"insert text here\", \"your headline goes here\"",
    repair: Repair::Nothing,
    page: include_str!("unfinished_text.md"),
    check: Check::Draft(check),
};

/// Marks that are notes wherever they stand. Each is written so that prose does not contain it.
static MARKS: Marks<10> = Marks::new([
    Mark::new(&["fixme"], r"\bFIXME\b"),
    Mark::new(
        &["[tk", "[tb", "[xxx", "[placeholder", "[insert", "[add ", "[link]", "[image]", "[text]", "[copy]"],
        r"\[(?:TK|TKTK|TBC|TBD|XXX+|(?i:placeholder|insert[^\]\[]{0,40}|add [^\]\[]{0,40} here)|link|image|text|copy)\]",
    ),
    Mark::new(&["tktk"], r"\bTKTK\b"),
    Mark::new(
        &["insert "],
        r"(?i)\binsert (?:your |the )?(?:text|copy|headline|title|link|url|image|content|subject|name|date|body) here\b",
    ),
    Mark::new(
        &[
            "goes here",
            "headline here",
            "title here",
            "line here",
            "heading here",
            "tagline here",
            "text here",
            "copy here",
            "content here",
            "preheader here",
        ],
        r"(?i)\byour (?:\w+ )?(?:headline|title|subject line|subheading|tagline|text|copy|content|preheader(?: text)?) (?:goes )?here\b",
    ),
    Mark::new(&["goes here"], r"(?i)\b(?:headline|subject line|preheader text|preview text) goes here\b"),
    Mark::new(&["placeholder", "dummy", "sample"], r"(?i)\bthis is (?:a )?(?:placeholder|dummy|sample) (?:text|copy|content)\b"),
    Mark::new(&["einfügen", "relleno"], r"(?i)\b(?:hier (?:text|überschrift) einfügen|platzhaltertext einfügen|texto de relleno)\b"),
    Mark::new(
        &["hier", " ici", "aquí", " qui", "aqui"],
        r"(?i)\b(?:(?:ihr|dein|mein) text hier|(?:ihre|deine) (?:überschrift|headline) hier|votre (?:texte|titre) ici|(?:tu|su) (?:texto|título) aquí|il (?:tuo|vostro) (?:testo|titolo) qui|(?:uw|jouw) (?:tekst|titel) hier|(?:seu|o seu) (?:texto|título) aqui)\b",
    ),
    Mark::new(
        &["insér", "insert", "inser", "invoegen", "insir", "wstaw"],
        r"(?i)\b(?:insérez? (?:votre|le|un) (?:texte|titre|lien) ici|inserta(?:r)? (?:el |tu |su )?(?:texto|título|enlace) aquí|inserisci (?:il |un )?(?:testo|titolo|link) qui|hier (?:tekst|titel) invoegen|insira (?:o |seu |o seu )?(?:texto|título) aqui|wstaw (?:tekst|tytuł) tutaj)\b",
    ),
]);

pub(super) fn signs() -> Vec<&'static str> {
    MARKS.signs().into_iter().chain([todo::SIGN]).collect()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut found = MARKS.findings(context, says, HELP);
    // "Remove the last FIXME" is the title of what a link leads to.
    found.retain(|finding| finding.span.text() != "FIXME" || !context.facts.is_in_title(&finding.span));
    let noted = signed(context).filter_map(|passage| {
        let word = |range: &Range<usize>| range.start..range.start + todo::SIGN.len();
        let range = todo::find(context, passage).filter(|range| !passage.is_sample(range) && !passage.is_sample(&word(range)))?;
        Some(Finding::new(passage.span(range.clone()), says(&shown(passage.text.get(range)?))).help(HELP))
    });
    found.into_iter().chain(noted).collect()
}

const HELP: &str = "write what belongs here, or remove it";

fn says(said: &str) -> String {
    format!("\"{said}\" is a note for whoever writes the mail, not for its readers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(MARKS.are_sound());
    }
}
