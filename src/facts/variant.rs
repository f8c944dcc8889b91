//! What a draft says of its offer in short, so that drafts of one campaign can be held against each other.

use super::{Amount, Facts, Region};
use crate::coupons::Decimal;
use crate::offers::{Language, Qualifier, Worth};
use crate::source::Span;

/// Another draft of the same campaign, in another language or wording: what it says of the offer.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Its language, where it is known.
    pub language: Option<Language>,
    /// The one code that it tells people to use; nothing if there are several.
    pub code: Option<(String, Span)>,
    /// The one percentage that it takes off; nothing if there are several, or conditions such as "up to".
    pub percent: Option<(Decimal, Span)>,
}

impl Variant {
    /// What a draft says of its offer.
    pub fn of(name: &str, facts: &Facts) -> Self {
        let codes: Vec<_> = facts.codes.iter().filter(|code| code.region != Region::Link).collect();
        let code = codes.first().filter(|first| codes.iter().all(|code| code.text.eq_ignore_ascii_case(&first.text)));
        let percents: Vec<_> = facts
            .amounts
            .iter()
            .filter_map(|amount| match &amount.told.worth {
                Worth::Percent(percent) if percent.abs() < Decimal::whole(100) => Some((amount, percent.abs())),
                _ => None,
            })
            .collect();
        let is_plain =
            |(amount, percent): &(&Amount, Decimal), first: Decimal| *percent == first && amount.told.qualifier != Qualifier::UpTo;
        let off = percents.iter().find(|(amount, _)| amount.told.qualifier == Qualifier::Off);
        let percent = off.filter(|(_, first)| percents.iter().all(|one| is_plain(one, *first)));
        Self {
            name: name.to_owned(),
            language: facts.language,
            code: code.map(|code| (code.text.clone(), code.span.clone())),
            percent: percent.map(|(amount, percent)| (*percent, amount.span.clone())),
        }
    }
}
