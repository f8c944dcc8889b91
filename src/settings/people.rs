//! What a brief may say about who gets the mail: the `people` table of a brief or a campaign.

use crate::coupons::Decimal;
use jiff::Zoned;
use serde::Deserialize;

/// Who may and who must not get the mail. Whatever is left out is not checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PeopleSettings {
    /// The names of lists that must be at hand, and of whose people nobody may get it.
    pub exclude: Vec<String>,
    /// For which segment it is, if it is not for everyone.
    pub segment: Option<String>,
    /// Whether nobody may stand on two of the send lists.
    pub apart: bool,
    /// The countries it is for, by code or by name.
    pub countries: Vec<String>,
    /// The topic to which people must have said yes.
    pub topic: Option<String>,
    /// For how many months consent is good.
    pub consent_months: Option<u16>,
    /// The domains of competitors.
    pub competitors: Vec<String>,
    /// How many mails a person may get within a week from the campaigns of one `presend.toml`.
    pub mails_per_week: Option<u32>,
}

impl PeopleSettings {
    /// Puts what a later brief says over what is there already.
    pub fn apply(&mut self, later: &Self) {
        for (to, from) in
            [(&mut self.exclude, &later.exclude), (&mut self.countries, &later.countries), (&mut self.competitors, &later.competitors)]
        {
            if !from.is_empty() {
                to.clone_from(from);
            }
        }
        self.competitors.iter_mut().for_each(|domain| *domain = domain.trim().trim_start_matches('@').to_lowercase());
        self.segment = later.segment.clone().or(self.segment.take());
        self.topic = later.topic.clone().or(self.topic.take());
        self.apart |= later.apart;
        self.consent_months = later.consent_months.or(self.consent_months);
        self.mails_per_week = later.mails_per_week.or(self.mails_per_week);
    }
}

/// Another campaign of the same `presend.toml`, sent within a week of this one.
#[derive(Debug, Clone)]
pub struct OtherCampaign {
    /// Its name.
    pub name: String,
    /// When it goes out.
    pub send_at: Zoned,
    /// The files of its send lists, by their paths.
    pub lists: Vec<String>,
    /// The one discount in per cent that its draft promises, if it is known and there is only one.
    pub discount: Option<Decimal>,
}
