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
    let (host, url) = (link.host()?, link.url.as_ref().filter(|_| is_literal(link))?);
    if let Some((_, whose)) = WORKPLACES.iter().find(|(domain, _)| is_under(host, domain)) {
        // Outlook and Gmail have public addresses for "add to calendar" and "write a mail".
        return (!url.path().contains("compose") && !url.query().is_some_and(|query| query.contains("compose")))
            .then(|| (*whose).to_owned());
    }
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let last = parts.last().copied().unwrap_or_default();
    // A document may be shared on purpose, and then says so.
    let shared = url.query().is_some_and(|query| query.contains("usp=sharing") || query.contains("usp=share_link"));
    let inside = match host {
        "docs.google.com" => last == "edit" && (parts.first() == Some(&"forms") || !shared),
        "figma.com" | "www.figma.com" => matches!(parts.first(), Some(&("file" | "design" | "files"))),
        "drive.google.com" => parts.contains(&"my-drive") || parts.contains(&"home"),
        "canva.com" | "www.canva.com" => parts.first() == Some(&"design") && last == "edit",
        "klaviyo.com" | "www.klaviyo.com" => {
            matches!(parts.first(), Some(&("campaign" | "email-editor" | "email-template-editor" | "flow" | "dashboard")))
        }
        "dropbox.com" | "www.dropbox.com" => parts.first() == Some(&"home"),
        _ => parts.first() == Some(&"wp-admin") || host.ends_with(".myshopify.com") && parts.first() == Some(&"admin"),
    };
    let whose = match host {
        "docs.google.com" => String::from("the editor of Google Docs"),
        "canva.com" | "www.canva.com" => String::from("Canva's editor"),
        "figma.com" | "www.figma.com" => String::from("Figma's editor"),
        host => format!("the workplace behind {host}"),
    };
    inside.then_some(whose)
}
