//! Headers that mail servers count.

use crate::finding::{Finding, Severity};
use crate::message::Kind;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "faulty-headers",
    severity: Severity::Warn,
    summary: "A header that must stand there once is missing, doubled or cannot be read: From, Date, Message-ID",
    repair: Repair::Nothing,
    page: include_str!("faulty_headers.md"),
    check: Check::Draft(check),
};

/// Headers that a mail has once at most: RFC 5322, section 3.6, <https://www.rfc-editor.org/rfc/rfc5322#section-3.6>.
const ONCE: [&str; 7] = ["From", "Date", "Subject", "To", "Message-ID", "Reply-To", "Sender"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let message = context.message;
    if message.kind != Kind::Mail {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for name in ONCE {
        let mut places = message.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name)).map(|header| &header.value);
        if let (Some(first), Some(second)) = (places.next(), places.next()) {
            let finding = Finding::new(second.clone(), format!("the mail has {name} twice")).related(first.clone(), "first here");
            findings.push(finding.help("keep one; Gmail refuses mails that have such a header twice"));
        }
    }
    let date = message.header("Date").filter(|date| !date.text().trim().is_empty() && !date.text().contains(['{', '*', '%']));
    if let Some(date) = date.filter(|date| !is_date(date.text())) {
        findings
            .push(Finding::new(date.clone(), "the Date header is no date that mail servers can read").help("let the mail server write it"));
    }
    if message.has_travelled() && context.settings.kind.is_some() {
        for name in ["Date", "Message-ID"].into_iter().filter(|name| message.header(name).is_none()) {
            findings.push(Finding::new(context.headline(), format!("the mail has no {name}")).help("let the sending program add it"));
        }
    }
    findings
}

/// Whether a Date can be read; old zone names and remarks in brackets are.
fn is_date(text: &str) -> bool {
    let text = text.split('(').next().unwrap_or(text).trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    jiff::fmt::rfc2822::parse(text).is_ok() || (digits >= 7 && text.contains(':')) || text.parse::<jiff::Timestamp>().is_ok()
}
