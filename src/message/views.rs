//! What a search through a folder meets beside mails: web pages, and of files of template languages (Liquid, Handlebars, Jinja,
//! ERB …) also pieces and programs.

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
    "<!--[if mso",
    "<!--[if gte mso",
    "x-apple-disable-message-reformatting",
    "urn:schemas-microsoft-com:office",
    "urn:schemas-microsoft-com:vml",
    "<html amp4email",
    "<html ⚡4email",
];

/// What no mail has and many a page of a site: scripts, forms, what frameworks put into them.
const OF_A_PAGE: [&str; 13] = [
    "<form",
    "<input",
    "<iframe",
    "csrf",
    "form_with",
    "form_for",
    "form_tag",
    "form_start",
    "{% form",
    "{% schema",
    "content_for_header",
    "stylesheet_link_tag",
    "javascript_include_tag",
];

/// What a page of a site has, and a mail only where mails are kept: menus, style sheets, the frame of all pages.
const OF_A_SITE: [&str; 8] =
    ["<nav", "rel=\"stylesheet\"", "rel='stylesheet'", "extends \"base", "extends 'base", "{{!<", "link_to", "include_tag"];

/// What a file that is no mail ends with before the ending of the language: `config.yaml.j2`, `page.ts.ejs`.
#[rustfmt::skip]
const OTHERS: [&str; 47] = [
    "atom", "bash", "c", "cfg", "conf", "config", "cpp", "cs", "css", "csv", "env", "go", "gradle", "h", "hcl", "ics", "ini",
    "java", "js", "json", "jsx", "kt", "less", "lua", "php", "properties", "ps1", "py", "rb", "rs", "rss", "sass", "scss",
    "service", "sh", "sql", "svg", "swift", "tf", "toml", "ts", "tsx", "vcf", "vue", "xml", "yaml", "yml",
];

/// Names of the pages by which Rails shows a thing (<https://guides.rubyonrails.org/routing.html#crud-verbs-and-actions>).
const ACTIONS: [&str; 7] = ["index", "show", "edit", "new", "create", "update", "destroy"];

/// Whether a name ends as those of template languages do.
pub(super) fn is_view_name(name: &str) -> bool {
    ENDINGS.contains(&kind::extension(name).as_str())
}

/// The name without such an ending: what comes out of `welcome.html.erb` is `welcome.html`.
pub(super) fn without_ending(name: &str) -> &str {
    if is_view_name(name) { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name }
}

/// Whether such a file, met on a search, is a mail: its text or its folder says so, and neither is of a web page, a program
/// or a piece. The path begins with the folder in which is searched.
pub(super) fn is_mail(path: &str, text: &str) -> bool {
    let path = path.replace('\\', "/");
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let file = file.to_ascii_lowercase();
    let stem = file.split('.').next().unwrap_or_default();
    if stem.starts_with('_') || PIECE_NAMES.contains(&stem) || OTHERS.contains(&kind::extension(without_ending(&file)).as_str()) {
        return false;
    }
    let folders: Vec<&str> = folders.split('/').collect();
    let of_mails = folders.iter().rposition(|folder| words(folder).any(|word| OF_MAILS.contains(&word.as_str())));
    // Mails that are kept in `shared/emails` are no pieces.
    let inside = of_mails.map_or(folders.as_slice(), |at| folders.get(at + 1..).unwrap_or_default());
    let is_piece = |folder: &&str| folder.starts_with('_') || PIECES.contains(&folder.to_ascii_lowercase().as_str());
    if inside.iter().any(is_piece) {
        return false;
    }
    let text = text.to_ascii_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    if has(&OF_A_MAIL) {
        return true;
    }
    if has_script(&text) || has(&OF_A_PAGE) {
        return false;
    }
    if of_mails.is_some() {
        let is_action = kind::extension(&file) == "erb" && ACTIONS.contains(&stem);
        return !is_action || folders.iter().any(|folder| words(folder).any(|word| word.starts_with("mailer")));
    }
    let has_subject = || text.lines().take(MOST_LINES).any(|line| line.starts_with("subject:"));
    !has(&OF_A_SITE) && (has_subject() || text.contains("mso-line-height-rule") || leads_out(&text))
}

/// The words of a folder's name in small letters: `user_mailer`, `emailTemplates`.
fn words(folder: &str) -> impl Iterator<Item = String> {
    let mut apart = String::with_capacity(folder.len());
    let mut was_small = false;
    for c in folder.chars() {
        if was_small && c.is_uppercase() {
            apart.push(' ');
        }
        was_small = c.is_lowercase();
        apart.extend(c.to_lowercase());
    }
    let words: Vec<String> = apart.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    words.into_iter()
}

/// Elements that a page has for its program to fill.
const FOR_PROGRAMS: [&str; 4] = ["id=\"root\"", "id=\"app\"", "id='root'", "id='app'"];

/// Attributes by which Angular and Vue hang programs on a page, as they are written.
const HANDLERS: [&str; 8] = ["(click)=", "(ngSubmit)=", "*ngIf=", "*ngFor=", "@click=", "v-on:click=", "ng-click=", "ng-repeat="];

/// Whether bytes have what [`is_page`] looks for; nearly no mail has.
pub(super) fn may_be_page(html: &[u8]) -> bool {
    std::iter::once("<script").chain(HANDLERS).any(|sign| memchr::memmem::find(html, sign.as_bytes()).is_some())
}

/// Whether HTML is a page of a site: a program runs in it that lies beside it or hangs on it, and nothing in it is of a mail.
pub(super) fn is_page(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    let is_beside = |tag: &str| {
        let source = tag.split_once("src=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
        let is_apart =
            |source: &str| source.starts_with("//") || source.starts_with(['{', '<', '[', '%', '*', '$']) || source.contains("://");
        tag.contains("type=\"module\"") || source.is_some_and(|source| !is_apart(source.split(['"', '\'', ' ']).next().unwrap_or_default()))
    };
    let is_handled = HANDLERS.iter().any(|sign| html.contains(&sign.to_ascii_lowercase()));
    let has_program =
        is_handled || scripts(&html).any(is_beside) || has_script(&html) && FOR_PROGRAMS.iter().any(|sign| html.contains(sign));
    has_program && !OF_A_MAIL.iter().any(|sign| html.contains(sign)) && !html.contains("*|") && !leads_out(&html)
}

/// How long the tag of a script may be, in bytes.
const LONGEST_SCRIPT_TAG: usize = 1000;

/// The insides of the tags of scripts.
fn scripts(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("<script").map(|(at, _)| {
        let near = text.get(at..text.floor_char_boundary(at + LONGEST_SCRIPT_TAG)).unwrap_or_default();
        near.split('>').next().unwrap_or_default()
    })
}

/// Whether there is a script that is more than data, which a mail may have.
fn has_script(text: &str) -> bool {
    scripts(text).any(|tag| !tag.contains("application/ld+json"))
}

/// Whether a link or a merge tag, or in a plain text a word, is there to end a subscription; the word in the copy of a page says nothing.
fn leads_out(text: &str) -> bool {
    let is_plain = !text.contains('<');
    text.match_indices("unsubscrib").any(|(at, _)| {
        if is_plain {
            return true;
        }
        let near = text.get(text.ceil_char_boundary(at.saturating_sub(LONGEST_TAG))..at).unwrap_or_default();
        let last = |signs: &[char]| near.rfind(signs).map_or(0, |at| at + 1);
        last(&['<', '{', '[']) > last(&['>', '}', ']']) || near.ends_with('%') || near.ends_with("*|")
    })
}

/// How long a tag may be before that word in it, in bytes.
const LONGEST_TAG: usize = 300;

/// Where a template names its subject line.
const MOST_LINES: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_site_has_its_program_beside_it() {
        for page in [
            "<body><div id=\"root\"></div><script type=\"module\" src=\"/src/main.tsx\"></script></body>",
            "<script src=\"../lib/editor.js\"></script><p>Demo</p>",
            "<div id='app'></div><script src=\"https://cdn.example/docs.js\"></script>",
            "<h1 *ngIf=\"account()\">Hello {{ account()?.login }}</h1>",
        ] {
            assert!(may_be_page(page.as_bytes()) && is_page(page), "{page}");
        }
        for mail in [
            "<p>Hello</p><script>alert(1)</script>",
            "<p>Hello</p><script src=\"https://cdn.example/count.js\"></script>",
            "<p>Hello</p><script src=\"{{ site }}/a.js\"></script>",
            "<!--[if mso]><i></i><![endif]--><script src=\"a.js\"></script>",
            "<script type=\"application/ld+json\">{}</script><div id=\"app\">Hello</div>",
            "<script src=\"js/track.js\"></script><p>Hi *|FNAME|*</p>",
            "<script src=\"js/track.js\"></script><a href=\"https://a.example/unsubscribe\">Leave</a>",
        ] {
            assert!(!is_page(mail), "{mail}");
        }
    }

    #[test]
    fn a_mail_is_told_from_a_web_page_and_from_a_piece() {
        let table = "<table role=\"presentation\"><tr><td>Hello {{ name }}</td></tr></table>";
        for (path, text) in [
            ("app/views/user_mailer/welcome.html.erb", "<p>Hello <%= @name %></p>"),
            ("app/views/user_mailer/welcome.text.erb", "Hello <%= @name %>"),
            ("templates/emails/sale.hbs", table),
            ("sale.liquid", "<p>Hello {{ name }}</p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>"),
            ("sale.j2", "Subject: Sale\n\nHello {{ name }}"),
            ("spring.txt.liquid", "Hello {{ name }}\nUnsubscribe: {{ optout_url }}"),
            ("sale.mjml.ejs", "<mjml><mj-body></mj-body></mjml>"),
            (
                "promo.hbs",
                "<!--[if mso]><i></i><![endif]--><link rel=\"stylesheet\" href=\"https://fonts.example/a.css\"><nav>{{ menu }}</nav>",
            ),
            ("amp.hbs", "<html amp4email><script async src=\"https://cdn.example/v0.js\"></script><form></form>"),
            ("emails/order.hbs", "<script charset=\"utf-8\" type='application/ld+json'>{}</script><nav>{{ menu }}</nav>"),
            ("src/shared/emails/welcome.hbs", table),
            ("src/emailTemplates/order.confirmation.hbs", table),
            ("src/TransactionalEmails/v1.2.njk", table),
            ("app/views/user_mailer/new.html.erb", "<p>Hello <%= @name %></p>"),
            ("win.twig", "<p>Hi</p>%unsubscribe_url%"),
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
            ("emails/render.ts.ejs", "export const name = '<%= name %>';"),
            ("mail/postfix.yaml.j2", "user: {{ user }}"),
            ("emails/report.sql.j2", "select {{ name }}"),
            ("blog/post.liquid", "<p>How to write an unsubscribe link</p>"),
            ("site/settings.twig", "{% extends 'base.html' %}<a href=\"/unsubscribe\">Leave</a>"),
            ("app/views/email_settings/show.html.erb", "<h1><%= @settings.name %></h1>"),
            ("emails/page.twig", "<script src=\"/app.js\"></script><p>Unsubscribe</p>"),
            ("emails/partials/footer.hbs", "<p>Unsubscribe</p>"),
        ] {
            assert!(!is_mail(path, text), "{path}");
        }
        assert_eq!(without_ending("a/welcome.html.erb"), "a/welcome.html");
        assert_eq!(without_ending("a/welcome.html"), "a/welcome.html");
    }
}
