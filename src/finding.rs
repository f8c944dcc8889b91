//! What a rule says: what is wrong, where, how many people it hits and what to do.

use crate::coupons::{Discount, Money};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad it is if this goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Have a look.
    Note,
    /// Fix it, unless you know why it is so.
    Warn,
    /// Do not send.
    Block,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Block => "block",
        })
    }
}

/// How many people a finding hits, of all who are to get the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// People hit.
    pub people: u64,
    /// People on the send list.
    pub of: u64,
    /// Whether they may also be fewer.
    pub at_most: bool,
}

impl Reach {
    /// As it is said: `up to 3 of 7 people`.
    pub fn in_words(self) -> String {
        format!("{}{} of {}", if self.at_most { "up to " } else { "" }, grouped(self.people), people(self.of))
    }
}

/// One thing to look at. Its rule and severity are not here: the checker knows which rule it asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, with the particulars.
    pub message: String,
    /// Where it stands.
    pub span: Span,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// The other ends of a contradiction: the row in the coupon list, the other link.
    pub related: Vec<(Span, String)>,
    /// How many people it hits; a finding without one hits everybody who gets the mail.
    pub reach: Option<Reach>,
    /// A few of them, masked, with their rows.
    pub people: Vec<String>,
    /// What each person hit could cost, where that can be known.
    pub stake: Option<Stake>,
    /// How bad it is, where the team says so in its own rule; otherwise as bad as the rule.
    pub severity: Option<Severity>,
}

/// What one person could cost, and how that comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stake {
    /// The money for one person.
    pub each: Money,
    /// Where it comes from: "10 % of an order of 60 EUR".
    pub how: String,
}

impl Stake {
    /// What one person could cost who uses a discount once, at an average order.
    pub fn of(discount: Option<&Discount>, order: Option<&Money>) -> Option<Self> {
        match discount? {
            Discount::Percent(percent) => {
                let each = Money { amount: order?.amount.percent(*percent), currency: order?.currency.clone() };
                Some(Self { how: format!("{}, which is {percent} % of an order of {}", each.in_words(), order?), each })
            }
            Discount::Amount(money) => Some(Self { each: money.clone(), how: money.in_words() }),
            _ => None,
        }
    }

    /// What so many people could cost, with the arithmetic.
    pub fn for_people(&self, number: u64) -> String {
        let money = Money { amount: self.each.amount.times(number), currency: self.each.currency.clone() };
        format!("that could cost up to {} ({} × {})", money.in_words(), people(number), self.how)
    }
}

impl Finding {
    /// A finding at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            help: None,
            related: Vec::new(),
            reach: None,
            people: Vec::new(),
            stake: None,
            severity: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place with a word on it.
    #[must_use]
    pub fn related(mut self, span: Span, note: impl Into<String>) -> Self {
        self.related.push((span, note.into()));
        self
    }

    /// Adds a few of the people hit; their addresses must be masked.
    #[must_use]
    pub fn people(mut self, people: Vec<String>) -> Self {
        self.people = people;
        self
    }

    /// Says what each person could cost.
    #[must_use]
    pub fn stake(mut self, stake: Option<Stake>) -> Self {
        self.stake = stake;
        self
    }

    /// Says how bad it is, other than the rule.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Says how many people are hit.
    #[must_use]
    pub fn reach(mut self, people: u64, of: u64) -> Self {
        self.reach = Some(Reach { people, of, at_most: false });
        self
    }

    /// Says whether the people hit may also be fewer: something that counts could not be decided.
    #[must_use]
    pub fn at_most(mut self, at_most: bool) -> Self {
        self.reach = self.reach.map(|reach| Reach { at_most, ..reach });
        self
    }
}

/// Whole numbers as people read them: `27,463`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// People as they are counted: `1 person`, `27,463 people`.
pub fn people(number: u64) -> String {
    if number == 1 { String::from("1 person") } else { format!("{} people", grouped(number)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 27_463, 1_000_000].map(grouped), ["0", "999", "1,000", "27,463", "1,000,000"]);
    }
}
