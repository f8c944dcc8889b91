//! Everything that a user may say about a send: the brief, the lists and the rules, from `presend.toml` and flags.

mod fault;
mod gate;
mod house;
mod links;
mod people;
mod shop;
mod variants;
mod warehouse;
mod wild;

use crate::coupons::{Decimal, Mark, Money};
use crate::error::Error;
use crate::finding::Severity;
use crate::offers::Language;
use crate::source::{Source, Span};
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

pub use fault::nearest;
pub use gate::{Aim, Expectation, ExpectedEntry, GateSettings, Waiver, WaiverEntry};
pub(crate) use house::bare;
pub use house::{HouseEntry, HouseRule, Part};
pub use links::{HostSettings, LinkSettings, parse_duration};
pub use people::{OtherCampaign, PeopleSettings};
pub use shop::{CouponSource, CouponSources, Shop, ShopKind};
pub use variants::{Drafts, Languages};
pub use warehouse::{WAREHOUSE, WarehouseSettings, in_warehouse};
use wild::wild;

/// The name of the settings file that is looked for in the folder.
pub const FILE_NAME: &str = "presend.toml";

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
    /// Findings that somebody has looked at and lets pass for a while.
    #[serde(default)]
    pub waiver: Vec<WaiverEntry>,
    /// Mistakes that are made on purpose.
    #[serde(default)]
    pub expected: Vec<ExpectedEntry>,
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

/// What kind of message it is; decides who must not get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MessageType {
    /// Greets new people.
    Welcome,
    /// Advertises something.
    Promotion,
    /// Asks for a review.
    ReviewRequest,
    /// About an order, an account or a contract; needs no consent.
    Service,
    /// News that people subscribed to.
    Newsletter,
}

/// Who stands on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// People who get this mail.
    Send,
    /// People who have bought before.
    Customers,
    /// People who have had the welcome mail.
    AlreadyWelcomed,
    /// People who have been asked for a review.
    AlreadyAsked,
    /// People who took their consent back.
    Unsubscribed,
    /// Addresses that do not exist any more.
    Bounced,
    /// People who must never be mailed, for whatever reason.
    DoNotMail,
    /// People for whom the mail is meant; nobody else should get it.
    Intended,
    /// People who have just bought what the mail advertises.
    RecentBuyers,
    /// People who got the last mail of this kind.
    LastSend,
    /// Everybody there is.
    Everyone,
    /// Colleagues and test addresses.
    Staff,
    /// Anybody else; the list is counted and shown.
    Other,
}

/// A check that a project can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Required {
    /// Links must have been asked, or their answers given.
    Links,
    /// A send list must have been given.
    Audience,
    /// A coupon list must have been given.
    Coupons,
}

/// A rule's severity as set by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule does not run.
    Off,
    /// Have a look.
    Note,
    /// Fix it, unless you know why.
    Warn,
    /// Do not send.
    Block,
}

impl Level {
    /// The severity, or nothing for `off`.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warn => Some(Severity::Warn),
            Self::Block => Some(Severity::Block),
        }
    }
}

impl Role {
    /// Every role that a list beside the send list can have, with the words that people use for it.
    const WORDS: [(Self, &'static [&'static str]); 12] = [
        (Self::Customers, &["customers", "customer", "buyers", "existing-customers"]),
        (Self::AlreadyWelcomed, &["already-welcomed", "welcomed"]),
        (Self::AlreadyAsked, &["already-asked", "asked", "reviewed"]),
        (Self::Unsubscribed, &["unsubscribed", "unsubscribes", "opted-out", "optouts", "opt-outs"]),
        (Self::Bounced, &["bounced", "bounces", "cleaned", "hard-bounces"]),
        (Self::DoNotMail, &["do-not-mail", "suppressed", "suppression", "suppressions", "excluded", "complaints"]),
        (Self::Intended, &["intended", "meant", "target"]),
        (Self::RecentBuyers, &["recent-buyers"]),
        (Self::LastSend, &["last-send", "previous-send"]),
        (Self::Everyone, &["everyone", "everybody"]),
        (Self::Staff, &["staff", "seed", "seeds", "team", "colleagues"]),
        (Self::Other, &["other"]),
    ];

    /// The role that a word names, if it names one: `unsubscribed`, `already_asked`, `Suppression`.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        Self::WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(role, _)| *role)
    }

    /// The name of a role, as it is written.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(role, _)| *role == self).and_then(|(_, words)| words.first()).copied().unwrap_or("send")
    }

    /// The names of all roles that a list can be given.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::WORDS.iter().filter_map(|(_, words)| words.first().copied())
    }
}

impl OrderValue {
    /// The amount, if it is one.
    fn money(&self) -> Option<Money> {
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
}

/// Reads a point in time as people write it: `2026-11-27T09:00+01:00[Europe/Berlin]`, `2026-11-27 09:00`, `2026-11-27`.
///
/// A time without a zone is meant in `zone`; a date alone is its first moment.
pub fn parse_time(text: &str, zone: &TimeZone) -> Option<Zoned> {
    let text = text.trim();
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Some(zoned);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.to_zoned(zone.clone()));
    }
    if let Ok(moment) = text.parse::<DateTime>() {
        return moment.to_zoned(zone.clone()).ok();
    }
    None
}

/// The size of the audience as it is meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// How many people.
    pub people: u64,
    /// Where that is written; nothing if it was typed.
    pub place: Option<Span>,
}

/// What the user said about one campaign, with defaults filled in: all that a rule may know of it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The kind of message, where it was said.
    pub kind: Option<MessageType>,
    /// The address that From should carry.
    pub sender: Option<String>,
    /// Own domains, lower case.
    pub domains: Vec<String>,
    /// Own telephone numbers.
    pub phones: Vec<String>,
    /// Names of people who work on the mail.
    pub staff: Vec<String>,
    /// How many people are meant to get it.
    pub audience: Option<Expected>,
    /// How far off the audience may be, as a share of the expected size.
    pub audience_tolerance: f64,
    /// The sending platform.
    pub esp: Option<String>,
    /// When the last one goes out.
    pub send_until: Option<Zoned>,
    /// Whether everybody gets it by the clock of their own time zone.
    pub send_by_local_time: bool,
    /// The mail's language, where it was said.
    pub language: Option<Language>,
    /// What an order is worth on average.
    pub order_value: Option<Money>,
    /// Merge fields that exist.
    pub fields: Vec<String>,
    /// Whether the draft is a finished mail.
    pub rendered: Option<bool>,
    /// Who may and who must not get it.
    pub people: PeopleSettings,
    /// The other campaigns of the same week.
    pub others: Vec<OtherCampaign>,
    /// The market that the mail is for, lower case.
    pub market: Option<String>,
    /// The team's own rules.
    pub house: Vec<HouseRule>,
    /// Checks that must be made.
    pub require: Vec<Required>,
    /// The zone in which dates without one are meant.
    pub zone: TimeZone,
    /// Severities by rule name.
    pub levels: BTreeMap<String, Level>,
    /// Findings that somebody has looked at and lets pass for a while.
    pub waivers: Vec<Waiver>,
    /// Mistakes that are made on purpose.
    pub expected: Vec<Expectation>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            kind: None,
            sender: None,
            domains: Vec::new(),
            phones: Vec::new(),
            staff: Vec::new(),
            audience: None,
            audience_tolerance: 0.5,
            esp: None,
            send_until: None,
            send_by_local_time: false,
            language: None,
            order_value: None,
            fields: Vec::new(),
            rendered: None,
            people: PeopleSettings::default(),
            others: Vec::new(),
            market: None,
            house: Vec::new(),
            require: Vec::new(),
            zone: TimeZone::UTC,
            levels: BTreeMap::new(),
            waivers: Vec::new(),
            expected: Vec::new(),
        }
    }
}

impl Settings {
    /// Puts what a brief says over what is there already.
    ///
    /// # Errors
    /// A time zone that does not exist.
    pub fn apply(&mut self, brief: &Brief, source: &Arc<Source>) -> Result<(), Error> {
        let set = |to: &mut Vec<String>, from: &Option<Vec<String>>| {
            if let Some(values) = from {
                to.clone_from(values);
            }
        };
        set(&mut self.domains, &brief.domains);
        self.domains.iter_mut().for_each(|domain| *domain = domain.trim().to_lowercase());
        set(&mut self.phones, &brief.phones);
        set(&mut self.staff, &brief.staff);
        set(&mut self.fields, &brief.fields);
        self.kind = brief.kind.or(self.kind);
        self.rendered = brief.rendered.or(self.rendered);
        self.audience_tolerance = brief.audience_tolerance.unwrap_or(self.audience_tolerance);
        if let Some(sender) = &brief.sender {
            self.sender = Some(sender.get_ref().clone());
        }
        if let Some(market) = &brief.market {
            self.market = Some(market.trim().to_lowercase());
        }
        if let Some(esp) = &brief.esp {
            self.esp = Some(esp.get_ref().clone());
        }
        if let Some(people) = &brief.audience {
            self.audience = Some(Expected { people: *people.get_ref(), place: Some(source.span(people.span())) });
        }
        if let Some(people) = &brief.people {
            self.people.apply(people);
        }
        if let Some(require) = &brief.require {
            self.require.clone_from(require);
        }
        if let Some(zone) = &brief.zone {
            self.zone = TimeZone::get(zone.get_ref()).map_err(|_| {
                Error::at(&source.span(zone.span()), format!("there is no time zone `{}`", zone.get_ref()))
                    .help("use a name such as Europe/London, America/New_York or UTC")
            })?;
        }
        self.apply_offers(brief, source)
    }

    /// Takes over the team's own rules.
    ///
    /// # Errors
    /// A rule that asks for nothing, a pattern that cannot be read, a language that is not known.
    pub fn apply_house(&mut self, entries: &[HouseEntry], source: &Arc<Source>) -> Result<(), Error> {
        let rules: Result<Vec<_>, Error> = entries.iter().map(|entry| HouseRule::read(entry, source)).collect();
        self.house = rules?.into_iter().flatten().collect();
        Ok(())
    }

    /// What a brief says about the time of the send and about offers; the zone is known by now.
    fn apply_offers(&mut self, brief: &Brief, source: &Arc<Source>) -> Result<(), Error> {
        if let Some(until) = &brief.send_until {
            let read = parse_time(until.get_ref(), &self.zone);
            self.send_until = Some(read.ok_or_else(|| {
                Error::at(&source.span(until.span()), format!("`{}` is not a time that can be understood", until.get_ref()))
                    .help("write it as 2026-11-27T18:00, with a zone as 2026-11-27T18:00[Europe/London]")
            })?);
        }
        self.send_by_local_time = brief.send_by_local_time.unwrap_or(self.send_by_local_time);
        if let Some(language) = &brief.language {
            self.language = Some(Language::of_tag(language.get_ref()).ok_or_else(|| {
                Error::at(&source.span(language.span()), format!("the language `{}` is not known", language.get_ref()))
                    .help("use en, de, fr, es, it, nl, pt or pl, or leave it out")
            })?);
        }
        if let Some(value) = &brief.order_value {
            self.order_value = Some(value.get_ref().money().ok_or_else(|| {
                Error::at(&source.span(value.span()), "this order value is not an amount of money")
                    .help("write a number, or a number with its currency: order-value = \"59.90 EUR\"")
            })?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Result<ConfigFile, Error> {
        ConfigFile::parse(&Source::file(FILE_NAME, text))
    }

    #[test]
    fn a_misspelt_key_gets_the_nearest_one() {
        let error = config("[brief]\ndomain = [\"a.example\"]\n").expect_err("unknown key");
        assert_eq!(error.place().as_deref(), Some("presend.toml:2:1"));
        assert_eq!(error.remedy(), Some("did you mean `domains`?"));
        let error = config("[brief]\ntype = \"welcom\"\n").expect_err("unknown value");
        assert_eq!(error.remedy(), Some("did you mean `welcome`?"));
    }

    #[test]
    fn a_campaign_wins_over_the_brief() -> Result<(), Error> {
        let source =
            Source::file(FILE_NAME, "[brief]\ntype = \"newsletter\"\ndomains = [\"A.example\"]\n[[campaign]]\ntype = \"welcome\"\n");
        let file = ConfigFile::parse(&source)?;
        let mut settings = Settings::default();
        settings.apply(&file.brief, &source)?;
        settings.apply(&file.campaign[0], &source)?;
        assert_eq!(settings.kind, Some(MessageType::Welcome));
        assert_eq!(settings.domains, ["a.example"]);
        Ok(())
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let zone = TimeZone::get("Europe/London").expect("zone");
        let read = |text| parse_time(text, &zone).map(|at| at.timestamp().to_string());
        assert_eq!(read("2026-07-01T09:00").as_deref(), Some("2026-07-01T08:00:00Z"));
        assert_eq!(read("2026-07-01 09:00").as_deref(), Some("2026-07-01T08:00:00Z"));
        assert_eq!(read("2026-07-01").as_deref(), Some("2026-06-30T23:00:00Z"));
        assert_eq!(read("2026-07-01T09:00+02:00").as_deref(), Some("2026-07-01T07:00:00Z"));
        assert_eq!(read("next Tuesday"), None);
    }
}
