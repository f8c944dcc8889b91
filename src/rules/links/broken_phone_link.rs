//! A `tel:` link that dials nothing, or another number than the one shown.

use super::group::{is_literal, one_each};
use super::phone::{digits, is_number, is_same};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "broken-phone-link",
    severity: Severity::Block,
    summary: "A `tel:` link dials no number, a stand-in, or another number than its text shows",
    repair: Repair::Nothing,
    page: include_str!("broken_phone_link.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let findings = one_each(context, fault);
    findings.into_iter().map(|finding| finding.help("write `tel:+`, the country's code and the number, and dial it once")).collect()
}

fn fault(link: &Link) -> Option<String> {
    let (scheme, number) = link.href.split_once(':')?;
    if !["tel", "callto", "sms"].iter().any(|dials| scheme.eq_ignore_ascii_case(dials)) || !is_literal(link) {
        return None;
    }
    let number = number.split(['?', ';']).next().unwrap_or(number).replace("%20", " ").replace("%2B", "+");
    let number = number.trim();
    let count = number.bytes().filter(u8::is_ascii_digit).count();
    // Extensions and pauses are letters and marks behind the number.
    let dialled = number.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'p' | 'w' | ',' | '#' | '*'));
    if number.starts_with("//") {
        return Some(String::from("has slashes behind `tel:`, where only a number belongs"));
    }
    if dialled.contains(char::is_alphabetic) && scheme.eq_ignore_ascii_case("tel") {
        return Some(format!("dials `{number}`, but a telephone dials digits only"));
    }
    if !(3..=18).contains(&count) && !scheme.eq_ignore_ascii_case("sms") {
        return Some(format!("dials `{number}`, which is no telephone number"));
    }
    if number.starts_with('+') && number.contains("(0)") {
        return Some(format!("dials `{number}`; with the country's code the 0 in brackets is one digit too many"));
    }
    if is_stand_in(&digits(number)) {
        return Some(format!("dials `{number}`, which only stands for a number"));
    }
    (is_number(&link.text) && count >= 6 && !is_same(&link.text, number)).then(|| format!("dials another number: {number}"))
}

/// All digits alike, counted up, or one of the numbers that films use (<https://www.nationalnanpa.com/number_resource_info/555_numbers.html>).
fn is_stand_in(digits: &str) -> bool {
    let national = digits.trim_start_matches('0');
    let national = national.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(national);
    let alike = digits.len() >= 6 && national.bytes().all(|b| Some(&b) == national.as_bytes().first());
    let film = national.len() == 10 && national.get(3..8) == Some("55501");
    alike || film || matches!(national, "1234567890" | "123456789" | "12345678" | "1234567" | "123456" | "5555555555" | "5551234")
}
