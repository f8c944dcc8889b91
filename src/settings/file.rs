//! `presend.toml` as it is written, before defaults are filled in.

use super::{
    Approval, ApprovalEntry, CouponSources, Expectation, ExpectedEntry, GateSettings, HouseEntry, Languages, Level, LinkSettings,
    MessageType, PeopleSettings, Required, Role, SpellingEntry, Waiver, WaiverEntry, WarehouseSettings, fault,
};
use crate::coupons::{Decimal, Mark, Money};
use crate::error::Error;
use crate::source::Source;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

/// `presend.toml` as written. Unknown keys are errors.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// A plan of imports and moves that is rehearsed when the folder is checked.
    pub plan: Option<Spanned<String>>,
    /// What holds for every campaign in this folder.
    #[serde(default)]
    pub brief: Brief,
    /// Lists that are at hand beside the send list, by name.
    #[serde(default)]
    pub lists: BTreeMap<String, ListEntry>,
    /// Another severity for a rule, or `off`.
    #[serde(default)]
    pub rules: BTreeMap<Spanned<String>, Level>,
    /// How links are asked.
    #[serde(default)]
    pub links: LinkSettings,
    /// Where lists are that stand in no file.
    #[serde(default)]
    pub warehouse: WarehouseSettings,
    /// What holds for every run over this folder.
    #[serde(default)]
    pub gate: GateSettings,
    /// What words are right, and in which languages.
    pub spelling: Option<SpellingEntry>,
    /// Findings that somebody has looked at and lets pass for a while.
    #[serde(default)]
    pub waiver: Vec<WaiverEntry>,
    /// Mistakes that are made on purpose.
    #[serde(default)]
    pub expected: Vec<ExpectedEntry>,
    /// Drafts that somebody has signed off.
    #[serde(default)]
    pub approval: Vec<ApprovalEntry>,
    /// The team's own rules.
    #[serde(default)]
    pub house: Vec<HouseEntry>,
    /// The campaigns to check; each may say anything that the brief says, and wins over it.
    #[serde(default)]
    pub campaign: Vec<Brief>,
}

/// What is known about a send beside its draft. Every entry is optional.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Brief {
    /// The campaign's name in reports; only in `[[campaign]]`.
    pub name: Option<String>,
    /// The draft files of this campaign, as paths or globs; only in `[[campaign]]`.
    pub drafts: Option<Vec<Spanned<String>>>,
    /// Draft files that are A/B variants of one mail; only in `[[campaign]]`.
    pub variants: Option<Vec<Spanned<String>>>,
    /// Draft files that are one mail in several languages: `{ en = "sale.en.html", de = "sale.de.html" }`; only in
    /// `[[campaign]]`.
    pub languages: Option<Languages>,
    /// What kind of message it is.
    #[serde(rename = "type")]
    pub kind: Option<MessageType>,
    /// The address in From.
    pub sender: Option<Spanned<String>>,
    /// The sender's own domains.
    pub domains: Option<Vec<String>>,
    /// The sender's own telephone numbers.
    pub phones: Option<Vec<String>>,
    /// People who work on the mail; their names do not belong in a greeting.
    pub staff: Option<Vec<String>>,
    /// The files that together are the send list.
    pub to: Option<Vec<String>>,
    /// How many people are meant to get it.
    pub audience: Option<Spanned<u64>>,
    /// How far off `audience` may be: 0.5 allows half as many more, and as many fewer.
    pub audience_tolerance: Option<f64>,
    /// The coupons: files, or the shop itself.
    pub coupons: Option<CouponSources>,
    /// When it goes out: `2026-11-27T09:00`, with `[Europe/London]` or the brief's zone.
    pub send_at: Option<Spanned<String>>,
    /// The time zone in which dates without one are meant, such as `Europe/London`.
    pub zone: Option<Spanned<String>>,
    /// When the last one goes out, if the send takes hours or days.
    pub send_until: Option<Spanned<String>>,
    /// Whether everybody gets it at `send-at` by the clock of their own time zone.
    pub send_by_local_time: Option<bool>,
    /// The language of the mail: `en`, `de`, `fr`, `es`, `it`, `nl`, `pt`, `pl`.
    pub language: Option<Spanned<String>>,
    /// What an order is worth on average: `60`, or `"60 EUR"`. With it, findings say what they could cost.
    pub order_value: Option<Spanned<OrderValue>>,
    /// The sending platform, by its name in `presend dialects`: `mailchimp`, `klaviyo`, `brevo`…
    pub esp: Option<Spanned<String>>,
    /// Merge fields that exist, where no send list shows them.
    pub fields: Option<Vec<String>>,
    /// Whether the draft is a finished mail, in which no merge tag may be left.
    pub rendered: Option<bool>,
    /// Who may and who must not get it.
    pub people: Option<PeopleSettings>,
    /// The market that the mail is for, as the team's own rules name it: `uk`, `dach`.
    pub market: Option<String>,
    /// Checks that must be made; if one cannot, the run is incomplete.
    pub require: Option<Vec<Required>>,
}

/// An average order as it is written: a number, or a number with its currency.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OrderValue {
    /// `60`
    Whole(i64),
    /// `59.90`
    Number(f64),
    /// `"59.90 EUR"`
    Text(String),
}

/// One list beside the send list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ListEntry {
    /// The file.
    pub file: Spanned<String>,
    /// Who stands on it; without a role the list's name is taken for one where it is one.
    pub role: Option<Role>,
}

impl OrderValue {
    /// The amount, if it is one.
    pub(super) fn money(&self) -> Option<Money> {
        let written = match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.trim().to_owned(),
        };
        let (number, currency) = match written.split_once(' ') {
            Some((number, code)) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => (number, Some(code.to_owned())),
            Some(_) => return None,
            None => (written.as_str(), None),
        };
        let amount = Decimal::read(number, Some(Mark::Point)).filter(|amount| *amount > Decimal::default())?;
        Some(Money { amount, currency })
    }
}

impl ConfigFile {
    /// Reads `presend.toml`.
    ///
    /// # Errors
    /// Text that is not TOML, a key that does not exist (with the nearest that does), or a value of the wrong kind.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Error> {
        let file: Self = toml::from_str(source.text()).map_err(|error| fault::in_words(source, &error))?;
        let drafts = file.brief.drafts.iter().flatten().map(|name| (name.span(), "drafts"));
        let variants = file.brief.variants.iter().flatten().map(|name| (name.span(), "variants"));
        let languages = file.brief.languages.iter().flatten().map(|(name, _)| (name.span(), "languages"));
        if let Some((place, key)) = drafts.chain(variants).chain(languages).next() {
            return Err(Error::at(&source.span(place), format!("`{key}` belongs into a [[campaign]], not into [brief]"))
                .help("write a [[campaign]] section with the drafts, or name the files on the command line"));
        }
        Ok(file)
    }

    /// What the file lets pass, and what it expects.
    ///
    /// # Errors
    /// A waiver without a reason, an owner or an end, or one for everything.
    pub fn exceptions(&self, source: &Arc<Source>) -> Result<(Vec<Waiver>, Vec<Expectation>), Error> {
        let waivers = self.waiver.iter().map(|entry| entry.waiver(source)).collect::<Result<_, _>>()?;
        let expected = self.expected.iter().map(|entry| entry.expectation(source)).collect::<Result<_, _>>()?;
        Ok((waivers, expected))
    }

    /// The drafts that somebody has signed off.
    ///
    /// # Errors
    /// A sign-off without a name, of something that is no SHA-256, on something that is no day.
    pub fn approvals(&self, source: &Arc<Source>) -> Result<Vec<Approval>, Error> {
        self.approval.iter().map(|entry| entry.approval(source)).collect()
    }
}
