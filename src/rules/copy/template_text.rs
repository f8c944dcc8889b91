//! Texts that came with a template.

use super::words::shown;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use regex::Regex;
use std::sync::LazyLock;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "template-text",
    severity: Severity::Block,
    summary: "Text of a template was left in: \"Company name\", \"123 Main St\", its preheader",
    repair: Repair::Nothing,
    page: include_str!("template_text.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
const MARKS: [&str; 13] = [
    r"\b(?:Company Name|Your Company|YourCompany|Company Inc|Acme (?:Inc|Corp|Corporation))\b[^.\n]{0,30}(?:LLC|Inc|Street|St\b|Road|Rd\b|Ave|Address)",
    r"(?i)(?:©|\(c\)|copyright)\s*(?:19|20)\d\d,?\s*(?:\[?company(?: name)?\]?|your company(?: name)?)\b",
    r"(?i)\b(?:123|1234|12345) (?:main|any|fake|example|your|sample) (?:st|street|road|rd|ave|avenue|address)\b",
    r"\b(?:Anytown|Anywhere|Somewhere|Your City|Any City),? (?:[A-Z]{2}|ST|State|USA)\b",
    r"\b1234 Street R(?:oa)?d\b|\b3 Abbey Road, San Francisco\b",
    r"(?i)\bthis is preheader text\b|\bsome clients will show this text as a preview\b",
    r"(?i)\buse this area to offer a short (?:preview|teaser)\b|\bthis text will appear in the inbox preview\b",
    r"(?i)^\s*(?:enter )?(?:your )?(?:pre-?header|preview text)(?: text)?(?: here)?\s*$",
    r"(?i)\bit'?s time to design your email\b|\bnow that you'?ve selected a template\b|\bdrag and drop (?:content|a block) here\b",
    r"(?i)\badd (?:a |your |some )(?:short )?(?:headline|heading|text|description|copy|paragraph|content) here\b|\bclick here to (?:edit|add) (?:this |your )?(?:text|content)\b|\bdouble[- ]click to edit\b",
    r"(?i)\bMuster(?:straße|strasse|weg|platz) \d+|\b12345 Muster(?:stadt|hausen|ort)\b|\bMustermann GmbH\b|\bMusterfirma\b|\bhier steht (?:ihr|dein|der) (?:text|titel|slogan)\b",
    r"(?i)\bvotre (?:texte|titre|slogan) ici\b|\b(?:rue|avenue) de l['’]exemple\b|\bnom de (?:l['’]|votre )(?:entreprise|société)\b",
    r"(?i)\b(?:tu|su) (?:texto|título|titular) aquí\b|\bnombre de (?:la|tu|su) empresa\b|\bil tuo testo qui\b|\bnome (?:dell[’\x27])?azienda\b|\bseu (?:texto|título) aqui\b|\b(?:jouw|uw) (?:tekst|titel) hier\b",
];

static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&MARKS.join("|")).ok());

/// Words of which every mark has one, in lower case: a passage without any is not searched further.
#[rustfmt::skip]
const SIGNS: [&str; 29] = [
    "company", "yourcompany", "acme", "123", "anytown", "anywhere", "somewhere", "city", "abbey road", "preheader", "pre-header", "preview", "offer a short", "design your email", "selected a template", "drag and drop", "here", "to edit", "muster", "hier steht", "ici", "exemple", "nom de", "aquí", "nombre de", "qui", "azienda", "aqui", "hier",
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
                Finding::new(passage.span(found.range()), format!("\"{said}\" is text of the template, not yours"))
                    .help("write what belongs here, or remove it"),
            );
        }
    }
    findings
}
