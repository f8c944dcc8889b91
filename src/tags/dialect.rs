//! A dialect: what one sending platform, or one template language, reads, knows and prints.

use super::form::Form;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A sending platform, or a template language, and the merge tags that it reads.
///
/// All facts come from `dialects.json`, where each dialect names its sources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Its name in settings: `mailchimp`, `sendgrid_dynamic`.
    pub id: String,
    /// Its name for people: "Mailchimp".
    pub name: String,
    /// The language of its tags, for people: "Liquid", "Mailchimp tags".
    pub family: String,
    /// Other names for it; one name may stand for several dialects of a platform (`sendgrid`).
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The brackets that it reads, and the grammar of what stands inside.
    pub reads: BTreeMap<Form, Grammar>,
    /// What it does with names that are not in this data.
    pub scope: Scope,
    /// How well its facts are known.
    pub level: Level,
    /// What comes out when a person has no value.
    pub missing: Missing,
    /// How a fallback is written, with a first name as the example.
    pub fallback: Option<String>,
    /// The tags with a fixed meaning, as written in a mail; `…` stands for anything.
    #[serde(default)]
    pub tags: BTreeMap<Role, Vec<String>>,
    /// Other names, roots (`contact.`), helpers (`#equals`) and filters (`|lookup`) that are signs of it.
    #[serde(default)]
    pub knows: Vec<String>,
    /// Field names that are often written wrong, with the right one.
    #[serde(default)]
    pub misnamed: BTreeMap<String, String>,
    /// Tags that print a whole link and so spoil an attribute, with the tag that prints the address alone.
    #[serde(default)]
    pub links: BTreeMap<String, String>,
    /// Mail headers that it adds: `Name`, `Name: part of the value`, or `Name-*`.
    #[serde(default)]
    pub headers: Vec<String>,
    /// Where the facts were read.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What stands inside the brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is named for the language or the platform whose grammar it is")]
pub enum Grammar {
    Ajo,
    AjoPath,
    Ampscript,
    Asm,
    Attributes,
    Bang,
    Comma,
    Comment,
    Django,
    Element,
    Formula,
    Getresponse,
    Ghost,
    Go,
    Handlebars,
    Jinja,
    JinjaAny,
    Liquid,
    LiquidAny,
    LowerName,
    Mailgun,
    Mailjet,
    Marketo,
    Mautic,
    Mustache,
    Name,
    Or,
    Percent,
    Php,
    Pipe,
    Plunk,
    Prestashop,
    Script,
    Sendgrid,
    Shortcode,
    Smarty,
    Star,
    Velocity,
    Word,
    Zephyr,
}

/// What a dialect does with names that this data does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Any name may be data handed over by a program.
    Open,
    /// Custom fields have free names.
    Loose,
    /// Every name begins with one of the listed roots, or is set in the mail.
    Closed,
}

/// How well the facts of a dialect are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Its core was read in the platform's own documents or source.
    Vendor,
    /// Read elsewhere.
    ThirdParty,
    /// Common knowledge that no document at hand confirmed.
    Memory,
}

/// What comes out when a person has no value for a tag without a fallback.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The kind of outcome.
    pub outcome: Outcome,
    /// The same, to be said after "if a person has no value, it …".
    pub sentence: String,
}

/// The kinds of outcome for a person without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing is printed.
    Nothing,
    /// The tag itself is printed.
    Literal,
    /// The fallback in the tag is printed.
    Fallback,
    /// A default that is set in the account is printed, and nothing where none is set.
    AccountDefault,
    /// `<no value>` is printed, or nothing.
    NoValue,
    /// The send stops for that person, or may stop.
    Stops,
    /// Not known.
    Unknown,
}

/// The meaning of a tag that is not a field of the audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The way out.
    Unsubscribe,
    /// The page where people choose what they get.
    Preferences,
    /// The sender's postal address, or a part of it.
    Address,
    /// The mail as a web page.
    ViewInBrowser,
    /// Forward to a friend.
    Forward,
    /// A coupon code from the platform's own list.
    Coupon,
    /// The sender's name, telephone number or site.
    Sender,
    /// Dates, tracking, layout and the like.
    Other,
}
