//! Files of template languages (Liquid, Handlebars, Jinja, ERB …): which of them are mails, and not web pages or pieces.

use super::kind;

/// Their endings.
const ENDINGS: [&str; 11] = ["liquid", "hbs", "handlebars", "mustache", "twig", "j2", "jinja", "jinja2", "njk", "erb", "ejs"];

/// Folders of pieces that are put into other templates; so are files whose name begins with an underscore.
const PIECES: [&str; 13] = [
    "partials",
    "partial",
    "includes",
    "include",
    "layouts",
    "layout",
    "snippets",
    "components",
    "macros",
    "shared",
    "blocks",
    "sections",
    "helpers",
];

/// Stems of files that are such pieces wherever they stand.
const PIECE_NAMES: [&str; 8] = ["layout", "base", "master", "header", "footer", "head", "macros", "styles"];

/// Words of which a folder of mails has one in its name, in small letters.
const OF_MAILS: [&str; 8] = ["mail", "mails", "email", "emails", "mailer", "mailers", "newsletter", "newsletters"];

/// What only a mail has.
const OF_A_MAIL: [&str; 9] = [
    "<mjml",
    "<mj-section",
    "unsubscribe",
    "<!--[if mso",
    "<!--[if gte mso",
    "mso-",
    "x-apple-disable-message-reformatting",
    "urn:schemas-microsoft-com:office",
    "urn:schemas-microsoft-com:vml",
];

/// What no mail has and nearly every page of a site: scripts, forms, menus, style sheets of the site.
const OF_A_PAGE: [&str; 14] = [
    "<form",
    "<input",
    "<nav",
    "<iframe",
    "rel=\"stylesheet\"",
    "csrf",
    "form_with",
    "form_for",
    "form_tag",
    "form_start",
    "{% form",
    "{% schema",
    "content_for_header",
    "include_tag",
];

/// Whether a name ends as those of template languages do.
pub(super) fn is_view_name(name: &str) -> bool {
    ENDINGS.contains(&kind::extension(name).as_str())
}

/// The name without such an ending: what comes out of `welcome.html.erb` is `welcome.html`.
pub(super) fn without_ending(name: &str) -> &str {
    if is_view_name(name) { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name }
}

/// Whether such a file, met on a search, is a mail: its folder or its text says so, and nothing in it is of a web page.
pub(super) fn is_mail(path: &str, text: &str) -> bool {
    let lower = path.replace('\\', "/").to_ascii_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = file.split('.').next().unwrap_or_default();
    let is_piece = |part: &str| part.starts_with('_') || PIECES.contains(&part);
    if stem.starts_with('_') || PIECE_NAMES.contains(&stem) || folders.split('/').any(is_piece) {
        return false;
    }
    let text = text.to_ascii_lowercase();
    let has_script = text.match_indices("<script").any(|(at, _)| !text.get(at..).is_some_and(|tag| tag.starts_with(LINKED_DATA)));
    if has_script || OF_A_PAGE.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let in_mails = folders.split(|c: char| !c.is_alphanumeric()).any(|word| OF_MAILS.contains(&word));
    let has_subject = || text.lines().take(MOST_LINES).any(|line| line.starts_with("subject:"));
    in_mails || has_subject() || OF_A_MAIL.iter().any(|sign| text.contains(sign))
}

/// A script that is data: a mail may have it.
const LINKED_DATA: &str = "<script type=\"application/ld+json\"";

/// Where a template names its subject line.
const MOST_LINES: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_told_from_a_web_page_and_from_a_piece() {
        let table = "<table role=\"presentation\"><tr><td>Hello {{ name }}</td></tr></table>";
        for (path, text) in [
            ("app/views/user_mailer/welcome.html.erb", "<p>Hello <%= @name %></p>"),
            ("app/views/user_mailer/welcome.text.erb", "Hello <%= @name %>"),
            ("templates/emails/sale.hbs", table),
            ("sale.liquid", "<p>Hello {{ name }}</p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>"),
            ("sale.j2", "Subject: Sale\n\nHello {{ name }}"),
            ("sale.mjml.ejs", "<mjml><mj-body></mj-body></mjml>"),
        ] {
            assert!(is_view_name(path) && is_mail(path, text), "{path}");
        }
        for (path, text) in [
            ("app/views/products/show.html.erb", "<h1><%= @product.name %></h1>"),
            ("app/views/email_settings/edit.html.erb", "<%= form_with model: @user do |f| %>"),
            ("app/views/layouts/mailer.html.erb", "<html><body><%= yield %></body></html>"),
            ("app/views/user_mailer/_button.html.erb", "<p>Unsubscribe</p>"),
            ("sections/newsletter.liquid", "{% form 'customer' %}<button>Unsubscribe</button>"),
            ("templates/index.hbs", table),
            ("emails/page.twig", "<script src=\"/app.js\"></script><p>Unsubscribe</p>"),
            ("emails/partials/footer.hbs", "<p>Unsubscribe</p>"),
        ] {
            assert!(!is_mail(path, text), "{path}");
        }
        assert_eq!(without_ending("a/welcome.html.erb"), "a/welcome.html");
        assert_eq!(without_ending("a/welcome.html"), "a/welcome.html");
    }
}
