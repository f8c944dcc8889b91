//! A coupon as the shop or the list describes it, whatever file it came from.

use super::decimal::Decimal;
use super::moment::Moment;
use super::platform::Platform;
use crate::source::Span;
use std::fmt;

/// One code with everything that its file says about it. What the file does not say is `None`: nothing is guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// The code as written, without the white space around it.
    pub code: String,
    /// The code in its file. Slicing it gives `code`, unless the file escapes a character inside it.
    pub span: Span,
    /// Whose export it is.
    pub platform: Platform,
    /// What the shop calls the discount.
    pub name: Option<String>,
    /// What the file says of its state, and where.
    pub state: Option<Noted<State>>,
    /// From when it can be used; without one, at once.
    pub starts: Option<Moment>,
    /// Until when it can be used; without one, for ever. Where a file gives several ends, the one that comes first.
    pub ends: Option<Moment>,
    /// What it takes off.
    pub discount: Option<Discount>,
    /// How much has to be bought.
    pub minimum: Option<Money>,
    /// The products that it is limited to, as names or ids.
    pub products: Vec<String>,
    /// The collections or categories that it is limited to, as names or ids.
    pub collections: Vec<String>,
    /// How often it can be used in all.
    pub limit_total: Option<u64>,
    /// How often one person can use it.
    pub limit_per_person: Option<u64>,
    /// How often it has been used, at the time of the export.
    pub uses: Option<u64>,
    /// Whether only a first order can use it.
    pub first_order_only: Option<bool>,
    /// The people who can use it, in the shop's words; `None` where it is for all or where nothing is said.
    pub customer_group: Option<String>,
    /// Whether it can be used beside other discounts.
    pub combinable: Option<bool>,
    /// The pool of unique codes that it belongs to.
    pub pool: Option<String>,
    /// The id of the terms that it hangs on, if these stand in another file (Stripe coupon, Magento rule).
    pub terms: Option<String>,
}

impl Coupon {
    /// A coupon of which nothing is known but its code.
    pub fn new(code: impl Into<String>, span: Span, platform: Platform) -> Self {
        Self {
            code: code.into(),
            span,
            platform,
            name: None,
            state: None,
            starts: None,
            ends: None,
            discount: None,
            minimum: None,
            products: Vec::new(),
            collections: Vec::new(),
            limit_total: None,
            limit_per_person: None,
            uses: None,
            first_order_only: None,
            customer_group: None,
            combinable: None,
            pool: None,
            terms: None,
        }
    }

    /// Fills in what the terms say and this code does not; of two ends or limits the tighter one counts.
    pub(super) fn fill(&mut self, terms: &Self) {
        fn first<T: Clone>(own: &mut Option<T>, other: Option<&T>) {
            if own.is_none() {
                *own = other.cloned();
            }
        }
        let off = |state: &Noted<State>| matches!(state.value, State::Inactive | State::Expired | State::Draft);
        if terms.state.as_ref().is_some_and(off) && !self.state.as_ref().is_some_and(off) {
            self.state.clone_from(&terms.state);
        }
        first(&mut self.state, terms.state.as_ref());
        first(&mut self.name, terms.name.as_ref());
        first(&mut self.starts, terms.starts.as_ref());
        if let Some(end) = &terms.ends {
            self.ends = Some(self.ends.take().map_or_else(|| end.clone(), |own| own.earlier(end.clone())));
        }
        first(&mut self.discount, terms.discount.as_ref());
        first(&mut self.minimum, terms.minimum.as_ref());
        first(&mut self.limit_total, terms.limit_total.as_ref());
        first(&mut self.limit_per_person, terms.limit_per_person.as_ref());
        first(&mut self.first_order_only, terms.first_order_only.as_ref());
        first(&mut self.customer_group, terms.customer_group.as_ref());
        first(&mut self.combinable, terms.combinable.as_ref());
        if self.products.is_empty() {
            self.products.clone_from(&terms.products);
        }
        if self.collections.is_empty() {
            self.collections.clone_from(&terms.collections);
        }
    }
}

/// A value and the place in the file that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What a file says of a coupon's state at the time of the export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Switched on.
    Active,
    /// Switched off, paused, archived, or found invalid by the shop.
    Inactive,
    /// Switched on, but not yet begun.
    Scheduled,
    /// Ended.
    Expired,
    /// Never published.
    Draft,
    /// A unique code that has been given to somebody.
    Assigned,
    /// A unique code that has been used.
    Used,
    /// A word that presend does not know, as written.
    Unknown(String),
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
            Self::Draft => "draft",
            Self::Assigned => "assigned",
            Self::Used => "used",
            Self::Unknown(word) => word,
        })
    }
}

/// What a coupon takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discount {
    /// Per cent: 10 is ten per cent.
    Percent(Decimal),
    /// An amount of money.
    Amount(Money),
    /// Delivery costs nothing.
    FreeShipping,
    /// Something is added when something is bought.
    BuyXGetY,
    /// What the file says, where it does not say whether that is a percentage or an amount, or where it is something else.
    Other(String),
}

impl fmt::Display for Discount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent} %"),
            Self::Amount(money) => money.fmt(f),
            Self::FreeShipping => f.write_str("free shipping"),
            Self::BuyXGetY => f.write_str("buy X get Y"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// An amount of money in whole units (10.50 is ten euros fifty), with its currency if the file names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// ISO 4217 code in capitals, such as `EUR`.
    pub currency: Option<String>,
}

impl Money {
    /// The amount with its thousands set apart: `18,720 GBP`.
    pub fn in_words(&self) -> String {
        let plain = self.to_string();
        let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, rest) = plain.split_at(digits);
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out + rest
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.amount)?;
        self.currency.as_ref().map_or(Ok(()), |currency| write!(f, " {currency}"))
    }
}
