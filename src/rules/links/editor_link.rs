//! A link into the program in which something is made, instead of to what was made.

use super::group::{is_literal, is_under, one_each};
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "editor-link",
    severity: Severity::Warn,
    summary: "A link leads into an editor or an inbox: Google Docs `/edit`, Canva, the sending platform itself",
    repair: Repair::Nothing,
    page: include_str!("editor_link.md"),
    check: Check::Draft(check),
};

/// Hosts below which everything is somebody's workplace, and whose it is.
const WORKPLACES: [(&str, &str); 26] = [
    ("admin.mailchimp.com", "Mailchimp's editor"),
    ("app.hubspot.com", "HubSpot"),
    ("app.brevo.com", "Brevo"),
    ("app.sendinblue.com", "Brevo"),
    ("dashboard.mailerlite.com", "MailerLite"),
    ("app.mailjet.com", "Mailjet"),
    ("app.convertkit.com", "Kit"),
    ("app.kit.com", "Kit"),
    ("app.getresponse.com", "GetResponse"),
    ("app.omnisend.com", "Omnisend"),
    ("app.iterable.com", "Iterable"),
    ("fly.customer.io", "Customer.io"),
    ("app.sendgrid.com", "SendGrid"),
    ("mc.sendgrid.com", "SendGrid"),
    ("dashboard.braze.com", "Braze"),
    ("mc.exacttarget.com", "Salesforce Marketing Cloud"),
    ("my.stripo.email", "Stripo's editor"),
    ("viewstripo.email", "Stripo's preview"),
    ("app.beefree.io", "the Beefree editor"),
    ("admin.shopify.com", "Shopify's admin pages"),
    ("mail.google.com", "an inbox of Gmail"),
    ("outlook.office.com", "an inbox of Outlook"),
    ("outlook.office365.com", "an inbox of Outlook"),
    ("outlook.live.com", "an inbox of Outlook"),
    ("app.asana.com", "Asana"),
    ("app.clickup.com", "ClickUp"),
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let findings = one_each(context, |link| workplace(link).map(|whose| format!("leads into {whose}; whoever has no access gets a login")));
    findings.into_iter().map(|finding| finding.help("publish or share it, and put in the address that everybody can open")).collect()
}

fn workplace(link: &Link) -> Option<String> {
    let (host, page) = (link.host()?, link.page().filter(|_| is_literal(link))?);
    if let Some((_, whose)) = WORKPLACES.iter().find(|(domain, _)| is_under(host, domain)) {
        // Outlook and Gmail have public addresses for "add to calendar" and "write a mail".
        return (!page.path.contains("compose") && !page.query.is_some_and(|query| query.contains("compose"))).then(|| (*whose).to_owned());
    }
    let mut parts = page.segments().filter(|part| !part.is_empty());
    let first = parts.clone().next().unwrap_or_default();
    let ends_in_edit = || parts.clone().next_back() == Some("edit");
    // A document may be shared on purpose, and then says so.
    let is_shared = || page.query.is_some_and(|query| query.contains("usp=sharing") || query.contains("usp=share_link"));
    let inside = match host {
        "docs.google.com" => ends_in_edit() && (first == "forms" || !is_shared()),
        "figma.com" | "www.figma.com" => matches!(first, "file" | "design" | "files"),
        "drive.google.com" => parts.any(|part| matches!(part, "my-drive" | "home")),
        "canva.com" | "www.canva.com" => first == "design" && ends_in_edit(),
        "klaviyo.com" | "www.klaviyo.com" => {
            matches!(first, "campaign" | "email-editor" | "email-template-editor" | "flow" | "dashboard")
        }
        "dropbox.com" | "www.dropbox.com" => first == "home",
        _ => first == "wp-admin" || host.ends_with(".myshopify.com") && first == "admin",
    };
    if !inside {
        return None;
    }
    let whose = match host {
        "docs.google.com" => String::from("the editor of Google Docs"),
        "canva.com" | "www.canva.com" => String::from("Canva's editor"),
        "figma.com" | "www.figma.com" => String::from("Figma's editor"),
        host => format!("the workplace behind {host}"),
    };
    Some(whose)
}
