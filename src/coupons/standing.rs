//! Whether a coupon can be used at a given time.

use super::coupon::{Coupon, State};
use jiff::Zoned;

/// How a coupon stands at a time, as far as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing in the file speaks against it.
    Valid,
    /// It begins later.
    NotStarted(Zoned),
    /// It is over: the last second that counted.
    Ended(Zoned),
    /// The shop calls it scheduled, and the file has no beginning.
    Scheduled,
    /// The shop calls it expired, and the file has no end that explains it.
    Expired,
    /// Switched off, or found invalid by the shop.
    SwitchedOff,
    /// Never published.
    Draft,
    /// As many uses as are allowed have been made.
    UsedUp,
    /// A unique code that belongs to somebody already.
    Assigned,
    /// The file has a word for its state that presend does not know.
    Unclear(String),
}

impl Coupon {
    /// How it stands at a time. Dates without a zone are meant in the zone of `at`.
    pub fn standing_at(&self, at: &Zoned) -> Standing {
        let state = self.state.as_ref().map(|state| &state.value);
        match state {
            Some(State::Inactive) => return Standing::SwitchedOff,
            Some(State::Draft) => return Standing::Draft,
            Some(State::Used) => return Standing::UsedUp,
            _ => {}
        }
        if let Some(end) = self.ends.as_ref().map(|end| end.resolve(at.time_zone())).filter(|end| at > end) {
            return Standing::Ended(end);
        }
        if state == Some(&State::Expired) {
            return Standing::Expired;
        }
        if let Some(start) = self.starts.as_ref().map(|start| start.resolve(at.time_zone())).filter(|start| at < start) {
            return Standing::NotStarted(start);
        }
        if self.limit_total.zip(self.uses).is_some_and(|(limit, uses)| uses >= limit) {
            return Standing::UsedUp;
        }
        match state {
            Some(State::Scheduled) if self.starts.is_none() => Standing::Scheduled,
            Some(State::Assigned) => Standing::Assigned,
            Some(State::Unknown(word)) => Standing::Unclear(word.clone()),
            _ => Standing::Valid,
        }
    }
}
