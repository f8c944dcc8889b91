//! Advertising inside a mail about an order or an account.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::MessageType;
use memchr::memmem::Finder;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "promotion-in-service-mail",
    severity: Severity::Warn,
    summary: "A mail that is declared as a service mail advertises something",
    repair: Repair::Nothing,
    page: include_str!("promotion_in_service_mail.md"),
    check: Check::Draft(check),
};

/// Words that advertise, in lower case.
#[rustfmt::skip]
const ADVERTISING: [&str; 44] = [
    "off your next", "off everything", "off sitewide", "off your first", "shop the sale", "shop our sale", "shop now", "limited time offer", "limited-time offer",
    "special offer", "exclusive offer", "buy one get one", "sale ends", "you might also like", "you may also like", "treat yourself", "upgrade now and save",
    "rabatt auf", "jetzt shoppen", "jetzt zugreifen", "nur für kurze zeit", "das könnte dir auch gefallen", "das könnte ihnen auch gefallen", "sonderangebot", "jetzt sparen",
    "de réduction sur", "profitez de", "offre spéciale", "vous aimerez aussi", "découvrez nos offres", "soldes",
    "de descuento en", "oferta especial", "también te puede gustar", "aprovecha", "compra ahora",
    "di sconto su", "offerta speciale", "potrebbe piacerti anche", "acquista ora",
    "korting op", "profiteer nu", "misschien vind je dit ook leuk",
    "de desconto em",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.settings.kind != Some(MessageType::Service) {
        return Vec::new();
    }
    let words: Vec<Finder<'_>> = ADVERTISING.iter().map(Finder::new).collect();
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let lower = passage.lower();
        let Some(found) = words.iter().filter(|words| words.find(lower.as_bytes()).is_some()).max_by_key(|words| words.needle().len())
        else {
            continue;
        };
        let said = String::from_utf8_lossy(found.needle()).into_owned();
        let range = passage.text.to_ascii_lowercase().find(&said).map_or(0..passage.text.len(), |at| at..at + said.len());
        let message = format!("this is declared as a service mail, and it advertises: \"{said}\"");
        findings.push(
            Finding::new(passage.span(range), message)
                .help("leave the advertising out, or send it as a promotion to people who agreed to it"),
        );
    }
    findings
}
