//! The shapes in which platforms write templates, as data: which keys prove one, and where its parts are.

use super::Kind;

/// One platform's JSON.
pub(super) struct Shape {
    /// Whose it is; empty where the keys do not tell.
    platform: &'static str,
    /// Keys that prove it: all of one line must be there and not be null.
    proof: &'static [&'static [&'static str]],
    /// The drafts in one object; the first is always taken, the others where they differ.
    pub(super) variants: &'static [Variant],
    pub(super) preheader: &'static [&'static str],
    pub(super) from: &'static [&'static str],
    pub(super) reply_to: &'static [&'static str],
    /// What the template is called, for the draft's name among others.
    pub(super) name: &'static [&'static str],
    /// Where the body's markup is told, if it is not always HTML.
    markup: Option<&'static str>,
}

/// Where the parts of one draft are, by preference.
pub(super) struct Variant {
    /// What sets it apart from the others, in words.
    pub(super) suffix: &'static str,
    pub(super) html: &'static [&'static str],
    pub(super) text: &'static [&'static str],
    pub(super) subject: &'static [&'static str],
}

/// Keys through which templates are looked for.
pub(super) const WRAPPERS: [&str; 20] = [
    "data",
    "db",
    "posts",
    "templates",
    "template",
    "Templates",
    "campaigns",
    "campaign",
    "results",
    "items",
    "emails",
    "email",
    "messages",
    "message",
    "attributes",
    "definition",
    "actions",
    "content",
    "included",
    "campaign-messages",
];

const PLAIN: Shape = Shape {
    platform: "",
    proof: &[],
    variants: &[],
    preheader: &[],
    from: &[],
    reply_to: &[],
    name: &["name", "slug", "id"],
    markup: None,
};

/// The shapes, the more particular ones first.
pub(super) static SHAPES: [Shape; 12] = [
    // https://developers.klaviyo.com/en/reference/get_template
    Shape {
        platform: "Klaviyo",
        proof: &[&["attributes.html"], &["attributes.text", "attributes.editor_type"]],
        variants: &[Variant { suffix: "", html: &["attributes.html"], text: &["attributes.text"], subject: &["attributes.subject"] }],
        name: &["attributes.name", "id"],
        ..PLAIN
    },
    // https://developers.klaviyo.com/en/reference/get_flow: the messages of a flow's definition hold no HTML
    Shape {
        platform: "a Klaviyo flow",
        proof: &[&["subject_line", "template_id"], &["subject_line", "preview_text", "from_email"]],
        variants: &[Variant { suffix: "", html: &[], text: &[], subject: &["subject_line"] }],
        preheader: &["preview_text"],
        from: &["from_email"],
        reply_to: &["reply_to_email"],
        ..PLAIN
    },
    // https://www.twilio.com/docs/sendgrid/api-reference/transactional-templates-versions
    Shape {
        platform: "SendGrid",
        proof: &[&["html_content"], &["plain_content"]],
        variants: &[Variant { suffix: "", html: &["html_content"], text: &["plain_content"], subject: &["subject"] }],
        ..PLAIN
    },
    // https://www.braze.com/docs/api/endpoints/templates/email_templates/get_see_email_template_information/
    Shape {
        platform: "Braze",
        proof: &[
            &["body", "plaintext_body"],
            &["body", "preheader"],
            &["body", "email_template_id"],
            &["body", "template_name", "subject"],
        ],
        variants: &[Variant { suffix: "", html: &["body"], text: &["plaintext_body"], subject: &["subject"] }],
        preheader: &["preheader"],
        name: &["template_name", "email_template_id"],
        ..PLAIN
    },
    // https://mailchimp.com/developer/marketing/api/campaign-content/get-campaign-content/
    Shape {
        platform: "Mailchimp",
        proof: &[&["html", "plain_text"], &["html", "archive_html"], &["content.html"], &["settings.subject_line"]],
        variants: &[Variant {
            suffix: "",
            html: &["html", "content.html", "archive_html"],
            text: &["plain_text", "content.plain_text"],
            subject: &["settings.subject_line"],
        }],
        preheader: &["settings.preview_text"],
        from: &["settings.from_name"],
        reply_to: &["settings.reply_to"],
        name: &["settings.title", "id"],
        ..PLAIN
    },
    // https://mailchimp.com/developer/transactional/api/templates/get-template-info/
    Shape {
        platform: "Mandrill",
        proof: &[&["code", "publish_code"], &["code", "slug"], &["publish_code"]],
        variants: &[
            Variant { suffix: "draft", html: &["code"], text: &["text"], subject: &["subject"] },
            Variant { suffix: "published", html: &["publish_code"], text: &["publish_text"], subject: &["publish_subject", "subject"] },
        ],
        from: &["from_email", "publish_from_email"],
        name: &["slug", "name"],
        ..PLAIN
    },
    // https://postmarkapp.com/developer/api/templates-api
    Shape {
        platform: "Postmark",
        proof: &[&["HtmlBody"], &["TextBody"]],
        variants: &[Variant { suffix: "", html: &["HtmlBody"], text: &["TextBody"], subject: &["Subject"] }],
        from: &["From"],
        reply_to: &["ReplyTo"],
        name: &["Alias", "Name"],
        ..PLAIN
    },
    // https://ghost.org/docs/migration/custom/
    Shape {
        platform: "Ghost",
        proof: &[&["html", "title", "slug"], &["lexical", "title"], &["mobiledoc", "title"]],
        variants: &[Variant { suffix: "", html: &["html"], text: &[], subject: &["email_subject", "title"] }],
        name: &["slug", "title"],
        ..PLAIN
    },
    // https://listmonk.app/docs/apis/campaigns/
    Shape {
        platform: "listmonk",
        proof: &[&["subject", "body", "content_type"], &["subject", "body", "altbody"]],
        variants: &[Variant { suffix: "", html: &["body"], text: &["altbody"], subject: &["subject"] }],
        from: &["from_email"],
        markup: Some("content_type"),
        ..PLAIN
    },
    // https://resend.com/docs/api-reference/emails/retrieve-email
    Shape {
        platform: "Resend",
        proof: &[&["html", "subject", "from"], &["text", "subject", "from"]],
        variants: &[Variant { suffix: "", html: &["html"], text: &["text"], subject: &["subject"] }],
        preheader: &["preview_text", "preheader"],
        from: &["from"],
        reply_to: &["reply_to"],
        ..PLAIN
    },
    // Whatever names its parts plainly.
    Shape {
        platform: "",
        proof: &[&["html", "subject"], &["text", "subject"]],
        variants: &[Variant { suffix: "", html: &["html"], text: &["text", "plain"], subject: &["subject"] }],
        preheader: &["preheader", "preview_text", "preview", "previewText"],
        from: &["from", "from_email"],
        reply_to: &["reply_to", "replyTo"],
        ..PLAIN
    },
    Shape {
        platform: "",
        proof: &[&["htmlBody", "subject"], &["html_body", "subject"], &["body_html", "subject"]],
        variants: &[Variant {
            suffix: "",
            html: &["htmlBody", "html_body", "body_html"],
            text: &["textBody", "text_body", "body_text"],
            subject: &["subject"],
        }],
        preheader: &["preheader", "preview_text", "previewText"],
        ..PLAIN
    },
];

impl Shape {
    /// Whether an object has this shape; `has` says which paths it fills.
    pub(super) fn fits(&self, has: impl Fn(&str) -> bool) -> bool {
        self.proof.iter().any(|all| all.iter().all(|path| has(path)))
    }

    /// What the file is called in a sentence.
    pub(super) fn json(&self) -> String {
        if self.platform.is_empty() { String::from("the JSON") } else { format!("the JSON of {}", self.platform) }
    }

    /// The markup of the body; `value` gives the JSON at a path.
    pub(super) fn markup<'a>(&self, value: impl Fn(&str) -> &'a str) -> Kind {
        match self.markup.map(value) {
            Some("\"markdown\"") => Kind::Markdown,
            Some("\"plain\"") => Kind::Text,
            _ => Kind::Html,
        }
    }
}
