//! What a coupon takes off and what has to be bought, out of the cells that say so.

use super::coupon::{Discount, Money};
use super::decimal::{Decimal, Mark};
use super::field::Field;
use super::platform::Platform;
use super::record::{Cell, Notation, filled, shown};
use crate::error::Error;

/// What kind of discount the words of a record name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Shipping,
    BuyGet,
    Percent,
    Amount,
}

/// The discount of a record, if it says one.
pub(super) fn discount(file: &Notation, cells: &[Cell]) -> Result<Option<Discount>, Error> {
    let currency = filled(cells, Field::Currency).next().and_then(|cell| iso(&cell.text));
    if let Some(cell) = filled(cells, Field::Percent).next().filter(|cell| !empty(&cell.text)) {
        return Ok(Some(Discount::Percent(number(file, cell, cell.text.trim().trim_end_matches('%'))?.abs())));
    }
    if let Some(cell) = filled(cells, Field::Fraction).next() {
        return Ok(Some(Discount::Percent(number(file, cell, &cell.text)?.abs().times_hundred())));
    }
    if let Some(cell) = filled(cells, Field::AmountMinor).next().filter(|cell| !empty(&cell.text)) {
        let amount = number(file, cell, &cell.text)?.abs().from_minor(decimals(currency.as_deref()));
        return Ok(Some(Discount::Amount(Money { amount, currency })));
    }
    if let Some(cell) = filled(cells, Field::Amount).next().filter(|cell| !empty(&cell.text)) {
        return money(file, cell, currency).map(|money| Some(Discount::Amount(money)));
    }
    let kind = kind(cells);
    if let Some(Kind::Shipping | Kind::BuyGet) = kind {
        return Ok(Some(if kind == Some(Kind::Shipping) { Discount::FreeShipping } else { Discount::BuyXGetY }));
    }
    let free = filled(cells, Field::FreeShipping)
        .any(|cell| matches!(cell.text.trim().to_lowercase().as_str(), "yes" | "true" | "1" | "ja" | "oui" | "x"));
    match filled(cells, Field::Value).next().filter(|cell| !empty(&cell.text)) {
        Some(cell) if !(free && zero(&cell.text)) => {
            // A word for the kind that nobody knows may say that the number is no money.
            let unclear = kind.is_none() && filled(cells, Field::Kind).next().is_some();
            valued(file, cell, kind, currency.filter(|_| !unclear)).map(Some)
        }
        _ if free => Ok(Some(Discount::FreeShipping)),
        _ => Ok(None),
    }
}

/// What has to be bought, if the record says so.
pub(super) fn minimum(file: &Notation, cells: &[Cell]) -> Result<Option<Money>, Error> {
    let named = |field| filled(cells, field).next().and_then(|cell| iso(&cell.text));
    let currency = named(Field::MinimumCurrency);
    let found = if let Some(cell) = filled(cells, Field::MinimumMinor).next() {
        let amount = number(file, cell, &cell.text)?.from_minor(decimals(currency.as_deref()));
        Some(Money { amount, currency })
    } else if let Some(cell) = filled(cells, Field::Minimum).next().filter(|cell| !empty(&cell.text)) {
        Some(money(file, cell, currency.or_else(|| named(Field::Currency)))?)
    } else {
        // In words it may as well be a number of items.
        filled(cells, Field::MinimumText).next().and_then(|cell| money(file, cell, currency).ok())
    };
    Ok(found.filter(|money| money.amount > Decimal::default()))
}

/// A value whose meaning stands in its own signs, or in another cell; without either it is kept as written.
fn valued(file: &Notation, cell: &Cell, kind: Option<Kind>, currency: Option<String>) -> Result<Discount, Error> {
    let text = cell.text.trim();
    if let Some((before, after)) = text.split_once('%') {
        let beside = after.trim().to_lowercase();
        let plain = beside.is_empty()
            || ["off", "rabatt", "discount", "de réduction", "de descuento", "di sconto", "korting"].contains(&beside.as_str());
        return match Decimal::read(before.trim(), file.mark) {
            Some(percent) if plain => Ok(Discount::Percent(percent.abs())),
            _ => Ok(Discount::Other(text.to_owned())),
        };
    }
    let (rest, symbol) = without_currency(text);
    let named = symbol.or(currency);
    match (kind, Decimal::read(rest, file.mark)) {
        (Some(Kind::Percent), Some(percent)) => Ok(Discount::Percent(percent.abs())),
        // Voucherify's export does not say whether amounts are in minor units.
        (Some(Kind::Amount), Some(amount)) if file.platform != Platform::Voucherify => {
            Ok(Discount::Amount(Money { amount: amount.abs(), currency: named }))
        }
        // A column with the currency says that the number is money, as a sign in the cell does.
        (None, Some(amount)) if rest != text || named.is_some() => Ok(Discount::Amount(Money { amount: amount.abs(), currency: named })),
        (Some(Kind::Percent | Kind::Amount), None) => Err(no_number(file, cell)),
        _ => Ok(spoken(text)),
    }
}

/// A discount in words: free shipping, buy one get one, or what it says.
fn spoken(text: &str) -> Discount {
    match named_kind(text) {
        Some(Kind::Shipping) => Discount::FreeShipping,
        Some(Kind::BuyGet) => Discount::BuyXGetY,
        _ => Discount::Other(text.to_owned()),
    }
}

/// The kind that the words of all `Kind` cells name; a percentage is more particular than an amount.
fn kind(cells: &[Cell]) -> Option<Kind> {
    let kinds: Vec<Kind> = filled(cells, Field::Kind).filter_map(|cell| named_kind(&cell.text)).collect();
    [Kind::Shipping, Kind::BuyGet, Kind::Percent, Kind::Amount].into_iter().find(|kind| kinds.contains(kind))
}

fn named_kind(text: &str) -> Option<Kind> {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["shipping", "free delivery", "versand", "livraison", "envío", "envio", "spedizione", "verzending"]) {
        Some(Kind::Shipping)
    } else if has(&["bxgy", "bogo", "buy ", "buyx", "buy_x"]) {
        Some(Kind::BuyGet)
    } else if has(&["percent", "prozent", "pourcent", "porcent", "by_percent", "%"]) {
        Some(Kind::Percent)
    } else if has(&["fixed", "amount", "betrag", "montant", "importe", "importo", "bedrag", "cart_fixed"]) {
        Some(Kind::Amount)
    } else {
        None
    }
}

fn money(file: &Notation, cell: &Cell, currency: Option<String>) -> Result<Money, Error> {
    let (rest, symbol) = without_currency(cell.text.trim());
    let amount = number(file, cell, rest)?.abs();
    Ok(Money { amount, currency: symbol.or(currency) })
}

fn number(file: &Notation, cell: &Cell, text: &str) -> Result<Decimal, Error> {
    Decimal::read(text.trim(), file.mark).ok_or_else(|| no_number(file, cell))
}

fn no_number(file: &Notation, cell: &Cell) -> Error {
    let text = shown(&cell.text);
    let readings = [Mark::Point, Mark::Comma].map(|mark| Decimal::read(without_currency(cell.text.trim()).0, Some(mark)));
    let (message, help) = match readings {
        [Some(one), Some(other)] => {
            (format!("{text:?} could be {one} or {other}"), "write numbers without thousands separators, with two decimals")
        }
        _ => (format!("{text:?} is not a number"), "write a number such as 10 or 10.50, or leave the cell empty"),
    };
    Error::at(&file.span(cell), message).help(help)
}

/// A text without the currency before or after it, and that currency.
fn without_currency(text: &str) -> (&str, Option<String>) {
    for (symbol, code) in [
        ("US$", "USD"),
        ("CA$", "CAD"),
        ("C$", "CAD"),
        ("A$", "AUD"),
        ("AU$", "AUD"),
        ("NZ$", "NZD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("$", ""),
        ("zł", "PLN"),
        ("R$", "BRL"),
        ("₹", "INR"),
        ("kr", ""),
        ("¥", ""),
        ("Fr.", "CHF"),
    ] {
        let rest = text.strip_prefix(symbol).or_else(|| text.strip_suffix(symbol));
        let signed = || text.strip_prefix('-').and_then(|rest| rest.strip_prefix(symbol));
        if let Some(rest) = rest.or_else(signed) {
            // Several countries write $, kr and ¥: the amount is money, its currency is not said.
            return (rest.trim(), (!code.is_empty()).then(|| code.to_owned()));
        }
    }
    let split = |at: usize| text.get(..at).zip(text.get(at..));
    if let Some((head, tail)) = split(3)
        && let Some(code) = iso(head)
        && !tail.is_empty()
    {
        return (tail.trim(), Some(code));
    }
    match text.len().checked_sub(3).and_then(split) {
        Some((head, tail)) if !head.is_empty() => iso(tail).map_or((text, None), |code| (head.trim(), Some(code))),
        _ => (text, None),
    }
}

/// A currency code in capitals, from a code or an unmistakable sign.
fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    match text {
        "€" => return Some("EUR".to_owned()),
        "£" => return Some("GBP".to_owned()),
        _ => {}
    }
    (text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic())).then(|| text.to_ascii_uppercase())
}

/// How many decimals a currency's minor unit has, <https://docs.stripe.com/currencies#zero-decimal>.
fn decimals(currency: Option<&str>) -> u32 {
    match currency {
        Some("BIF" | "CLP" | "DJF" | "GNF" | "JPY" | "KMF" | "KRW" | "MGA" | "PYG" | "RWF" | "VND" | "VUV" | "XAF" | "XOF" | "XPF") => 0,
        Some("BHD" | "JOD" | "KWD" | "OMR" | "TND") => 3,
        _ => 2,
    }
}

fn empty(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "" | "-" | "–" | "none" | "null")
}

fn zero(text: &str) -> bool {
    Decimal::read(text.trim(), Some(Mark::Point)) == Some(Decimal::default())
}
