//! Elements that do not reach the reader.

use crate::finding::{Finding, Severity};
use crate::message::Body;
use crate::rule::{Check, Context, Repair, Rule};
use scraper::ElementRef;
use scraper::node::Element;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unsupported-element",
    severity: Severity::Warn,
    summary: "The HTML has what mail programs remove: scripts, forms, frames, external styles",
    repair: Repair::Nothing,
    page: include_str!("unsupported_element.md"),
    check: Check::Draft(check),
};

/// What is removed, and what to do instead.
fn removed(element: &Element) -> Option<(&'static str, &'static str)> {
    Some(match element.name() {
        "script" if !is_data(element) => ("a script", "remove it; no mail program runs scripts, and filters distrust mails that have one"),
        "iframe" => ("a frame", "show a picture that leads to the page"),
        "form" => ("a form", "lead to a page with the form; many mail programs remove forms, others show them dead"),
        "object" | "embed" => ("an embedded object", "show a picture that leads to the page"),
        "frameset" => ("frames", "write the mail without frames"),
        "link" if is_style_sheet(element) => {
            ("an external style sheet", "write the styles into the mail; Gmail, Outlook and others do not fetch style sheets")
        }
        _ => return None,
    })
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for body in &context.message.bodies {
        let Body::Html(html) = body else { continue };
        for edge in html.root().descendants() {
            let Some(element) = ElementRef::wrap(edge) else { continue };
            let Some((what, help)) = removed(element.value()) else { continue };
            let fate = if what == "a form" { "does not reach all readers, or does nothing" } else { "does not reach the reader" };
            findings.push(Finding::new(html.tag(element.id()), format!("{what} in the HTML {fate}")).help(help));
        }
    }
    findings
}

/// Scripts that are data: Gmail's actions, the ESP's own server-side code, AMP.
fn is_data(element: &Element) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    kind.contains("json") || element.attr("runat").is_some() || element.attr("src").is_some_and(|from| from.contains("ampproject"))
}

/// Whether a link fetches a style sheet that is no font. One without a host is the platform's own, which writes it into the mail.
fn is_style_sheet(element: &Element) -> bool {
    let is_sheet = element.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet"));
    is_sheet && element.attr("href").is_some_and(|from| from.contains("//") && !from.contains("font"))
}
