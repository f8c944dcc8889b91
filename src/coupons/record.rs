//! From the cells of one record to a coupon: the same for a row of a table and an object of JSON.

use super::coupon::{Coupon, Noted, State};
use super::dates::{self, Order, Unreadable};
use super::decimal::{Decimal, Mark};
use super::field::Field;
use super::moment::{Edge, Moment, When};
use super::platform::Platform;
use super::worth;
use crate::error::Error;
use crate::source::{Source, Span};
use jiff::tz::TimeZone;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// One cell: what it holds, its text, and where that stands in the source.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) field: Field,
    pub(super) text: Cow<'a, str>,
    pub(super) range: Range<usize>,
}

/// What holds for every record of a file.
#[derive(Debug, Clone)]
pub(super) struct Notation {
    pub(super) source: Arc<Source>,
    pub(super) platform: Platform,
    /// Day or month first, for beginnings and for ends.
    pub(super) starts: Option<Order>,
    pub(super) ends: Option<Order>,
    /// The decimal mark.
    pub(super) mark: Option<Mark>,
}

/// What is read of a code in a pool: enough to count it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Facts {
    pub(super) state: Option<State>,
    pub(super) starts: Option<When>,
    pub(super) ends: Option<(When, Edge)>,
    pub(super) used_up: bool,
}

impl Notation {
    /// The coupon of one record; `code` is one of its cells.
    pub(super) fn coupon(&self, cells: &[Cell], code: &Cell) -> Result<Coupon, Error> {
        let mut coupon = Coupon::new(code.text.as_ref(), self.span(code), self.platform);
        coupon.state = self.state(cells);
        coupon.starts = self.starts(cells)?;
        coupon.ends = self.ends(cells)?;
        coupon.discount = worth::discount(self, cells)?;
        coupon.minimum = worth::minimum(self, cells)?;
        coupon.products = list(cells, Field::Products);
        coupon.collections = list(cells, Field::Collections);
        coupon.limit_total = self.limit(cells, Field::LimitTotal)?;
        coupon.limit_per_person = self.limit(cells, Field::LimitPerPerson)?;
        if coupon.limit_per_person.is_none() && self.yes(cells, Field::OncePerPerson)? == Some(true) {
            coupon.limit_per_person = Some(1);
        }
        coupon.uses = self.count(cells, Field::Uses)?;
        coupon.first_order_only = self.yes(cells, Field::FirstOrder)?;
        coupon.combinable = match self.yes(cells, Field::Individual)? {
            Some(alone) => Some(!alone),
            None => self.any_yes(cells, Field::Combinable)?,
        };
        coupon.name = text(cells, Field::Name);
        coupon.customer_group = group(cells);
        coupon.pool = text(cells, Field::Pool);
        coupon.terms = text(cells, Field::Terms);
        Ok(coupon)
    }

    /// What a pool counts of one record.
    pub(super) fn facts(&self, cells: &[Cell]) -> Result<Facts, Error> {
        let limit = self.limit(cells, Field::LimitTotal)?;
        let uses = self.count(cells, Field::Uses)?;
        Ok(Facts {
            state: self.state(cells).map(|state| state.value),
            starts: self.starts(cells)?.map(|moment| moment.when),
            ends: self.ends(cells)?.map(|moment| (moment.when, moment.edge)),
            used_up: limit.zip(uses).is_some_and(|(limit, uses)| uses >= limit),
        })
    }

    pub(super) fn span(&self, cell: &Cell) -> Span {
        self.source.span(cell.range.clone())
    }

    fn starts(&self, cells: &[Cell]) -> Result<Option<Moment>, Error> {
        let Some(cell) = filled(cells, Field::Starts).next() else { return Ok(None) };
        Ok(self.when(cell, self.starts)?.map(|when| Moment { when, edge: Edge::DayBegins, span: self.span(cell) }))
    }

    /// The first of all ends. An end in UTC takes the place of the same end without a zone.
    fn ends(&self, cells: &[Cell]) -> Result<Option<Moment>, Error> {
        // https://woocommerce.com/document/coupon-management/: a coupon ends as its last date begins.
        let edge = if self.platform == Platform::WooCommerce { Edge::DayBegins } else { Edge::DayEnds };
        for cell in filled(cells, Field::EndsUtc) {
            if let Some(when) = self.when(cell, self.ends)? {
                let when = When::Instant(when.resolve(edge, &TimeZone::UTC).timestamp());
                return Ok(Some(Moment { when, edge, span: self.span(cell) }));
            }
        }
        let mut earliest: Option<Moment> = None;
        for cell in filled(cells, Field::Ends) {
            if let Some(when) = self.when(cell, self.ends)? {
                // Magento compares its ends with the day alone, so one at midnight counts through its day.
                let when = if self.platform == Platform::Magento { when.midnight_as_day() } else { when };
                let moment = Moment { when, edge, span: self.span(cell) };
                earliest = Some(earliest.take().map_or_else(|| moment.clone(), |known| known.earlier(moment.clone())));
            }
        }
        Ok(earliest)
    }

    fn when(&self, cell: &Cell, order: Option<Order>) -> Result<Option<When>, Error> {
        dates::read(&cell.text, order).map_err(|fault| {
            let shown = shown(&cell.text);
            let (message, help) = match fault {
                Unreadable::TwoWays => (
                    format!("{shown:?} could be two different days, and no other date in its column tells which"),
                    "write dates as 2026-12-31",
                ),
                Unreadable::NoDate if order.is_some() && dates::read(&cell.text, None).is_ok() => (
                    format!("{shown:?} has day and month the other way round than the other dates of its column"),
                    "write dates as 2026-12-31",
                ),
                Unreadable::NoDate => (
                    format!("{shown:?} is not a date that presend can read"),
                    "write dates as 2026-12-31, or leave the cell empty if there is none",
                ),
            };
            Error::at(&self.span(cell), message).help(help)
        })
    }

    fn state(&self, cells: &[Cell]) -> Option<Noted<State>> {
        let off = filled(cells, Field::Off).next().and_then(|cell| yes(&cell.text).map(|yes| (cell, yes)));
        if let Some((cell, off)) = off {
            return Some(Noted { value: if off { State::Inactive } else { State::Active }, span: self.span(cell) });
        }
        let cell = filled(cells, Field::State).next()?;
        Some(Noted { value: state(&cell.text), span: self.span(cell) })
    }

    /// The smallest limit that is one: 0 means that there is none, and a code may have one of its own beside its promotion's.
    fn limit(&self, cells: &[Cell], field: Field) -> Result<Option<u64>, Error> {
        let mut smallest: Option<u64> = None;
        for cell in filled(cells, field) {
            if let Some(limit) = self.count(std::slice::from_ref(cell), field)?.filter(|&limit| limit > 0) {
                smallest = Some(smallest.map_or(limit, |known| known.min(limit)));
            }
        }
        Ok(smallest)
    }

    fn count(&self, cells: &[Cell], field: Field) -> Result<Option<u64>, Error> {
        let Some(cell) = filled(cells, field).next() else { return Ok(None) };
        if no_limit(&cell.text) {
            return Ok(None);
        }
        let number = Decimal::read(&cell.text, Some(self.mark.unwrap_or(Mark::Point)));
        let whole = number.map(Decimal::in_ten_thousandths).filter(|number| number % 10_000 == 0).map(|number| number / 10_000);
        whole.and_then(|number| u64::try_from(number).ok()).map(Some).ok_or_else(|| {
            Error::at(&self.span(cell), format!("{:?} is not a number of uses", shown(&cell.text)))
                .help("write a whole number such as 500, or leave the cell empty if there is no limit")
        })
    }

    fn yes(&self, cells: &[Cell], field: Field) -> Result<Option<bool>, Error> {
        let Some(cell) = filled(cells, field).next() else { return Ok(None) };
        yes(&cell.text).map(Some).ok_or_else(|| {
            Error::at(&self.span(cell), format!("{:?} is neither yes nor no", shown(&cell.text)))
                .help("write yes or no, or leave the cell empty")
        })
    }

    fn any_yes(&self, cells: &[Cell], field: Field) -> Result<Option<bool>, Error> {
        let mut any = None;
        for cell in filled(cells, field) {
            any = Some(any.unwrap_or(false) | (self.yes(std::slice::from_ref(cell), field)? == Some(true)));
        }
        Ok(any)
    }
}

/// The cells of one field that are not empty.
pub(super) fn filled<'c, 'a>(cells: &'c [Cell<'a>], field: Field) -> impl Iterator<Item = &'c Cell<'a>> {
    cells.iter().filter(move |cell| cell.field == field && !matches!(cell.text.trim(), "" | "-" | "–" | "—"))
}

/// A cell's text, cut for a message.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(39).chain(['…']).collect() }
}

fn text(cells: &[Cell], field: Field) -> Option<String> {
    filled(cells, field).next().map(|cell| cell.text.trim().to_owned())
}

/// A list: cells of an array, or one cell with commas, semicolons or bars in it.
fn list(cells: &[Cell], field: Field) -> Vec<String> {
    let entries = filled(cells, field).flat_map(|cell| cell.text.split([',', ';', '|']));
    entries.map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

/// The people entitled. Shopify names the kind of its selection beside the segments that are in it.
fn group(cells: &[Cell]) -> Option<String> {
    let names = list(cells, Field::Group).into_iter().filter_map(|name| match name.as_str() {
        "DiscountBuyerSelectionAll" | "DiscountCustomerAll" | "DiscountCustomerSegments" => None,
        "DiscountCustomers" => Some(String::from("chosen customers")),
        _ => Some(name),
    });
    Some(names.collect::<Vec<_>>().join(", ")).filter(|group| !for_all(group))
}

fn for_all(group: &str) -> bool {
    let group = group.to_lowercase();
    group.is_empty()
        || ["all", "everyone", "all customers", "alle", "tous", "todos", "tutti", "iedereen", "-", "0"].contains(&group.as_str())
}

fn no_limit(text: &str) -> bool {
    ["-", "–", "—", "unlimited", "none", "no limit", "∞", "unbegrenzt", "illimité", "ilimitado", "illimitato", "onbeperkt", "null"]
        .contains(&text.trim().to_lowercase().as_str())
}

/// Yes or no, in the words of six languages.
fn yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" | "x" | "✓" | "ja" | "j" | "wahr" | "oui" | "vrai" | "sí" | "si" | "sì" | "verdadero"
        | "vero" | "waar" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "nein" | "falsch" | "non" | "faux" | "falso" | "nee" | "onwaar" => Some(false),
        _ => None,
    }
}

/// The state that a word or a yes/no names.
fn state(text: &str) -> State {
    if let Some(on) = yes(text) {
        return if on { State::Active } else { State::Inactive };
    }
    match text.trim().to_lowercase().as_str() {
        "active" | "enabled" | "live" | "publish" | "published" | "valid" | "running" | "unassigned" | "available" | "aktiv"
        | "aktiviert" | "actif" | "active/live" | "activo" | "activa" | "attivo" | "attiva" | "actief" => State::Active,
        "inactive" | "disabled" | "deactivated" | "paused" | "archived" | "trash" | "private" | "invalid" | "deleting"
        | "version_not_active" | "inaktiv" | "deaktiviert" | "inactif" | "inactivo" | "inattivo" | "inactief" => State::Inactive,
        "scheduled" | "future" | "planned" | "upcoming" | "geplant" | "programmé" | "planifié" | "programado" | "programmato"
        | "gepland" => State::Scheduled,
        "expired" | "ended" | "finished" | "abgelaufen" | "beendet" | "expiré" | "terminé" | "caducado" | "vencido" | "expirado"
        | "scaduto" | "verlopen" => State::Expired,
        "draft" | "auto-draft" | "entwurf" | "brouillon" | "borrador" | "bozza" | "concept" => State::Draft,
        "assigned" | "assigned_to_profile" => State::Assigned,
        "used" | "redeemed" | "eingelöst" => State::Used,
        _ => State::Unknown(text.trim().to_owned()),
    }
}
