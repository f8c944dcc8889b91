//! Everything that a user may say about a send: the brief, the lists and the rules, from `presend.toml` and flags.

mod approval;
mod fault;
mod file;
mod gate;
mod house;
mod links;
mod people;
mod role;
mod shop;
mod spelling;
mod variants;
mod warehouse;
mod wild;

use crate::coupons::Money;
use crate::error::Error;
use crate::offers::Language;
use crate::source::{Source, Span};
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use approval::{Approval, ApprovalEntry};
pub use fault::nearest;
pub use file::{Brief, ConfigFile, ListEntry, OrderValue};
pub use gate::{Aim, Expectation, ExpectedEntry, GateSettings, Waiver, WaiverEntry};
pub(crate) use house::bare;
pub use house::{HouseEntry, HouseRule, Part};
pub use links::{HostSettings, LinkSettings, parse_duration};
pub use people::{OtherCampaign, PeopleSettings};
pub use role::{Level, MessageType, Required, Role};
pub use shop::{CouponSource, CouponSources, Shop, ShopKind};
pub use spelling::{SAY_LANGUAGE, SpellingEntry, SpellingSettings, dictionary_file, no_language};
pub use variants::{Drafts, Languages};
pub use warehouse::{WAREHOUSE, WarehouseSettings, in_warehouse};
use wild::wild;

/// The name of the settings file that is looked for in the folder.
pub const FILE_NAME: &str = "presend.toml";

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
    /// Whether nobody said when it goes out, so that it is judged by the clock.
    pub send_time_is_guessed: bool,
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
    /// What words are right, and in which languages.
    pub spelling: SpellingSettings,
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
    /// Drafts that somebody has signed off.
    pub approvals: Vec<Approval>,
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
            send_time_is_guessed: false,
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
            spelling: SpellingSettings::default(),
            require: Vec::new(),
            zone: TimeZone::UTC,
            levels: BTreeMap::new(),
            waivers: Vec::new(),
            expected: Vec::new(),
            approvals: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether the project has accepted or expects any mistake.
    pub(crate) fn has_exceptions(&self) -> bool {
        !self.waivers.is_empty() || !self.expected.is_empty()
    }

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
