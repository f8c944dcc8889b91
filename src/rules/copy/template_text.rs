//! Texts that came with a template.

use super::marks::{Mark, Marks};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "template-text",
    severity: Severity::Block,
    summary: "Text of a template was left in: \"Company name\", \"123 Main St\", its preheader",
    repair: Repair::Nothing,
    page: include_str!("template_text.md"),
    check: Check::Draft(check),
};

/// What is left in, each written so that prose does not contain it.
static MARKS: Marks<13> = Marks::new([
    Mark::new(
        &["company name", "your company", "yourcompany", "company inc", "acme"],
        r"\b(?:Company Name|Your Company|YourCompany|Company Inc|Acme (?:Inc|Corp|Corporation))\b[^.\n]{0,30}(?:LLC|Inc|Street|St\b|Road|Rd\b|Ave|Address)",
    ),
    Mark::new(&["company"], r"(?i)(?:©|\(c\)|copyright)\s*(?:19|20)\d\d,?\s*(?:\[?company(?: name)?\]?|your company(?: name)?)\b"),
    Mark::new(
        &["123 ", "1234 ", "12345 "],
        r"(?i)\b(?:123|1234|12345) (?:main|any|fake|example|your|sample) (?:st|street|road|rd|ave|avenue|address)\b",
    ),
    Mark::new(
        &["anytown", "anywhere", "somewhere", "your city", "any city"],
        r"\b(?:Anytown|Anywhere|Somewhere|Your City|Any City),? (?:[A-Z]{2}|ST|State|USA)\b",
    ),
    Mark::new(&["1234 street", "3 abbey road"], r"\b1234 Street R(?:oa)?d\b|\b3 Abbey Road, San Francisco\b"),
    Mark::new(
        &["this is preheader text", "some clients will show"],
        r"(?i)\bthis is preheader text\b|\bsome clients will show this text as a preview\b",
    ),
    Mark::new(
        &["use this area to offer", "this text will appear"],
        r"(?i)\buse this area to offer a short (?:preview|teaser)\b|\bthis text will appear in the inbox preview\b",
    ),
    Mark::new(
        &["preheader", "pre-header", "preview text"],
        r"(?i)^\s*(?:enter )?(?:your )?(?:pre-?header|preview text)(?: text)?(?: here)?\s*$",
    ),
    Mark::new(
        &["time to design your email", "now that you", "drag and drop"],
        r"(?i)\bit'?s time to design your email\b|\bnow that you'?ve selected a template\b|\bdrag and drop (?:content|a block) here\b",
    ),
    Mark::new(
        &[
            "headline here",
            "heading here",
            "text here",
            "description here",
            "copy here",
            "paragraph here",
            "content here",
            "click here to",
            "to edit",
        ],
        r"(?i)\badd (?:a |your |some )(?:short )?(?:headline|heading|text|description|copy|paragraph|content) here\b|\bclick here to (?:edit|add) (?:this |your )?(?:text|content)\b|\bdouble[- ]click to edit\b",
    ),
    Mark::new(
        &["muster", "hier steht"],
        r"(?i)\bMuster(?:straße|strasse|weg|platz) \d+|\b12345 Muster(?:stadt|hausen|ort)\b|\bMustermann GmbH\b|\bMusterfirma\b|\bhier steht (?:ihr|dein|der) (?:text|titel|slogan)\b",
    ),
    Mark::new(
        &["texte ici", "titre ici", "slogan ici", "l'exemple", "l’exemple", "nom de "],
        r"(?i)\bvotre (?:texte|titre|slogan) ici\b|\b(?:rue|avenue) de l['’]exemple\b|\bnom de (?:l['’]|votre )(?:entreprise|société)\b",
    ),
    Mark::new(
        &["aquí", "empresa", "testo qui", "azienda", "aqui", "tekst hier", "titel hier"],
        r"(?i)\b(?:tu|su) (?:texto|título|titular) aquí\b|\bnombre de (?:la|tu|su) empresa\b|\bil tuo testo qui\b|\bnome (?:dell[’\x27])?azienda\b|\bseu (?:texto|título) aqui\b|\b(?:jouw|uw) (?:tekst|titel) hier\b",
    ),
]);

pub(super) fn signs() -> Vec<&'static str> {
    MARKS.signs()
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    MARKS.findings(context, |said| format!("\"{said}\" is text of the template, not yours"), "write what belongs here, or remove it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_are_sound() {
        assert!(MARKS.are_sound());
    }
}
