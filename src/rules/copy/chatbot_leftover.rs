//! What a chatbot said beside the text that it wrote.

use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "chatbot-leftover",
    severity: Severity::Block,
    summary: "Words of a chatbot were left in: \"Sure! Here is your email\", \"as an AI language model\"",
    repair: Repair::Nothing,
    page: include_str!("chatbot_leftover.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
const MARKS: [&str; 9] = [
    r"(?i)\b(?:sure|certainly|of course|absolutely|great|got it)(?: thing)?[!,.]+ (?:here(?:['’]s| is| are)|i(?:['’]ve| have) (?:written|drafted|updated|revised)|i(?:['’]d| would) be happy to)\b[^.!?\n]{0,60}",
    r"(?i)\bhere(?:['’]s| is) (?:a|an|the|your) (?:[\w-]+ ){0,4}(?:version|draft|rewrite|email|e-mail|newsletter|subject line)s? (?:of|for|that|you can|based on|with)\b[^.!?\n]{0,40}:",
    r"(?i)\bas an? (?:ai|artificial intelligence|large) (?:language )?(?:model|assistant)\b",
    r"(?i)\b(?:let me know if you(?:['’]d| would) like (?:me to|any (?:changes|adjustments|revisions))|would you like me to (?:adjust|make|add|change|tweak|shorten|write|create)|feel free to (?:customi[sz]e|adjust|modify|tweak) (?:this|the) (?:email|template|draft|text))\b",
    r"(?i)\bi (?:cannot|can[’\x27]t) (?:browse|access) (?:the internet|real[- ]time)\b|\bmy (?:knowledge cut-?off|training data)\b",
    r":contentReference\[|\boaicite\b|\bturn\d+(?:search|view)\d+\b|【\d+†",
    r"(?i)\b(?:klar|gerne|natürlich|selbstverständlich)[!,.] hier (?:ist|sind|kommt)\b[^.!?\n]{0,60}|\bals (?:ki|ki-)[- ]?(?:sprach)?modell\b|\bsoll ich (?:den text|die (?:e-?mail|betreffzeile)) (?:noch )?(?:anpassen|kürzen|ändern)\b",
    r"(?i)\b(?:bien sûr|certainement|avec plaisir) ?[!,.] ?voici\b[^.!?\n]{0,60}|\ben tant qu(?:e |['’])(?:ia|intelligence artificielle|modèle de langage)\b|\bsouhaitez-vous que j(?:e |['’])(?:adapte|modifie|ajoute)\b",
    r"(?i)(?:¡)?(?:claro|por supuesto)[!,.] aquí (?:tienes|está)\b[^.!?\n]{0,60}|\bcomo modelo de lenguaje\b|\b(?:certo|certamente)[!,.] ecco\b[^.!?\n]{0,60}|\bnatuurlijk[!,.] hier is\b[^.!?\n]{0,60}|\bclaro[!,.] aqui está\b[^.!?\n]{0,60}",
];

static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

/// Words of which every mark has one, in lower case: a passage without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 29] = [
    "here", "i have", "i've", "i’ve", "happy to", "as a", "let me know", "would you like", "feel free", "browse", "access", "cut-off", "cutoff", "training data", "contentreference", "oaicite", "search", "view", "【", "hier", "modell", "soll ich", "voici", "en tant qu", "souhaitez", "aquí", "modelo", "ecco", "aqui",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let lower = passage.text.to_lowercase();
        if !SIGNS.iter().any(|sign| lower.contains(sign)) {
            continue;
        }
        if let Some(found) = LEFT.as_ref().and_then(|left| left.find(&passage.text)).filter(|found| !passage.is_sample(&found.range())) {
            let said = shown(found.as_str());
            findings.push(
                Finding::new(passage.span(found.range()), format!("\"{said}\" is what a chatbot said, not part of the mail"))
                    .help("remove it, and read the rest of the text once more"),
            );
        }
    }
    findings
}
