//! What a chatbot said beside the text that it wrote.

use super::marks::{Mark, Marks};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "chatbot-leftover",
    severity: Severity::Block,
    summary: "Words of a chatbot were left in: \"Sure! Here is your email\", \"as an AI language model\"",
    repair: Repair::Nothing,
    page: include_str!("chatbot_leftover.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
static MARKS: Marks<10> = Marks::new([
    Mark::new(
        &["here's", "here’s", "here is", "here are", "i've", "i’ve", "i have", "i'd", "i’d", "i would"],
        r"(?im)^\W{0,3}(?:sure|certainly|of course|absolutely|great|got it)(?: thing)?[!,.]+ (?:here(?:['’]s| is| are)|i(?:['’]ve| have) (?:written|drafted|updated|revised)|i(?:['’]d| would) be happy to)\b[^.!?\n]{0,60}",
    ),
    Mark::new(
        &["here's", "here’s", "here is"],
        r"(?i)\bhere(?:['’]s| is) (?:a|an|the|your) (?:[\w-]+ ){0,4}(?:version|draft|rewrite|email|e-mail|newsletter|subject line)s? (?:of|for|that|you can|based on|with)\b[^.!?\n]{0,40}:",
    ),
    Mark::new(&["model", "assistant"], r"(?i)\bas an? (?:ai|artificial intelligence|large) (?:language )?(?:model|assistant)\b"),
    Mark::new(
        &["let me know if you", "would you like me to", "feel free to"],
        r"(?i)\b(?:let me know if you(?:['’]d| would) like (?:me to|any (?:changes|adjustments|revisions))|would you like me to (?:adjust|make|add|change|tweak|shorten|write|create)|feel free to (?:customi[sz]e|adjust|modify|tweak) (?:this|the) (?:email|template|draft|text))\b",
    ),
    Mark::new(
        &["the internet", "real-time", "real time", "cut-off", "cutoff", "training data"],
        r"(?i)\bi (?:cannot|can[’\x27]t) (?:browse|access) (?:the internet|real[- ]time)\b|\bmy (?:knowledge cut-?off|training data)\b",
    ),
    Mark::new(&["contentreference", "oaicite", "【"], r":contentReference\[|\boaicite\b|【\d+†"),
    Mark::new(&["turn"], r"\bturn\d+(?:search|view)\d+\b"),
    Mark::new(
        &["hier ist", "hier sind", "hier kommt", "modell", "soll ich"],
        r"(?i)\b(?:klar|gerne|natürlich|selbstverständlich)[!,.] hier (?:ist|sind|kommt)\b[^.!?\n]{0,60}|\bals (?:ki|ki-)[- ]?(?:sprach)?modell\b|\bsoll ich (?:den text|die (?:e-?mail|betreffzeile)) (?:noch )?(?:anpassen|kürzen|ändern)\b",
    ),
    Mark::new(
        &["voici", "en tant qu", "souhaitez-vous que"],
        r"(?i)\b(?:bien sûr|certainement|avec plaisir) ?[!,.] ?voici\b[^.!?\n]{0,60}|\ben tant qu(?:e |['’])(?:ia|intelligence artificielle|modèle de langage)\b|\bsouhaitez-vous que j(?:e |['’])(?:adapte|modifie|ajoute)\b",
    ),
    Mark::new(
        &["aquí tienes", "aquí está", "modelo de lenguaje", "ecco", "hier is", "aqui está"],
        r"(?i)(?:¡)?(?:claro|por supuesto)[!,.] aquí (?:tienes|está)\b[^.!?\n]{0,60}|\bcomo modelo de lenguaje\b|\b(?:certo|certamente)[!,.] ecco\b[^.!?\n]{0,60}|\bnatuurlijk[!,.] hier is\b[^.!?\n]{0,60}|\bclaro[!,.] aqui está\b[^.!?\n]{0,60}",
    ),
]);

pub(super) fn signs() -> Vec<&'static str> {
    MARKS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    MARKS.findings(
        context,
        |said| format!("\"{said}\" is what a chatbot said, not part of the mail"),
        "remove it, and read the rest of the text once more",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(MARKS.are_sound());
    }
}
