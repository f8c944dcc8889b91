//! The template languages whose results are worked out, and what each takes for true and escapes.

use crate::tags::{Dialect, Form, Grammar};

/// A template language, as far as its results differ from the others'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Liquid: everything but nothing and `false` is true. <https://shopify.github.io/liquid/basics/truthy-and-falsy/>
    Liquid,
    /// Django: escapes what it prints in HTML. <https://docs.djangoproject.com/en/stable/ref/templates/language/>
    Django,
    /// Jinja, `HubL`. <https://jinja.palletsprojects.com/templates/>
    Jinja,
    /// Handlebars. <https://handlebarsjs.com/guide/builtin-helpers.html>
    Handlebars,
    /// Mustache: sections instead of helpers.
    Mustache,
    /// Mailchimp's tags with their `IF`. <https://mailchimp.com/help/use-conditional-merge-tag-blocks/>
    Star,
    /// `ActiveCampaign`'s tags with their `%IF%`.
    Percent,
    /// Campaign Monitor's tags with their `[if:]`.
    Square,
    /// Any other: fields with a fallback. Its conditions are not worked out.
    Field,
}

impl Language {
    /// The language of a dialect inside a pair of brackets; nothing if it does not read them.
    pub fn of(dialect: &Dialect, form: Form) -> Option<Self> {
        Some(match dialect.reads.get(&form)? {
            Grammar::Liquid | Grammar::LiquidAny => Self::Liquid,
            Grammar::Django => Self::Django,
            Grammar::Jinja | Grammar::JinjaAny => Self::Jinja,
            Grammar::Handlebars | Grammar::Sendgrid => Self::Handlebars,
            Grammar::Mustache => Self::Mustache,
            Grammar::Star => Self::Star,
            Grammar::Percent => Self::Percent,
            Grammar::Comma if dialect.id == "campaign_monitor" => Self::Square,
            _ => Self::Field,
        })
    }

    /// Whether it escapes what it prints in HTML.
    pub fn escapes(self) -> bool {
        matches!(self, Self::Django | Self::Handlebars | Self::Mustache)
    }

    /// Whether it removes lines that hold nothing but a block's tag.
    pub fn removes_lines(self) -> bool {
        matches!(self, Self::Handlebars | Self::Mustache)
    }

    /// How it writes a character that HTML gives a meaning, where it escapes it.
    pub fn escape(self, c: char) -> Option<&'static str> {
        match c {
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' => Some("&quot;"),
            '&' => Some("&amp;"),
            '\'' => Some("&#x27;"),
            '`' if self != Self::Django => Some("&#x60;"),
            '=' if self != Self::Django => Some("&#x3D;"),
            _ => None,
        }
    }
}
