//! The codes that links hand to the shop.

use super::Code;
use crate::facts::links::Link;
use crate::facts::passages::Region;

/// Parameters that hold nothing but coupon codes.
const SURE: [&str; 14] = [
    "coupon",
    "couponcode",
    "coupon_code",
    "coupon-code",
    "discount_code",
    "discountcode",
    "promocode",
    "promo_code",
    "promo-code",
    "voucher",
    "vouchercode",
    "voucher_code",
    "gutschein",
    "gutscheincode",
];

/// Parameters that hold other things as well.
const UNSURE: [&str; 3] = ["code", "discount", "promo"];

/// The code that a link hands to the shop: `?coupon=SPRING20`, `/discount/SPRING20`.
pub(super) fn in_link(link: &Link, number: usize) -> Option<Code> {
    if !link.is_web() {
        return None;
    }
    let address = link.href.split('#').next().unwrap_or_default();
    let value = match address.split_once('?') {
        Some((path, query)) => from_path(path).or_else(|| query.split('&').find_map(from_parameter)),
        None => from_path(address),
    }?;
    let place = link.span.text().find(value).map(|at| link.span.slice(at..at + value.len()));
    let span = place.unwrap_or_else(|| link.span.clone());
    Some(Code { text: value.to_owned(), span, region: Region::Link, passage: number })
}

fn from_parameter(pair: &str) -> Option<&str> {
    let (key, value) = pair.trim_start_matches("amp;").split_once('=')?;
    let is_one_of = |keys: &[&str]| keys.iter().any(|known| known.eq_ignore_ascii_case(key));
    let sure = is_one_of(&SURE) && (has_shape(value, true) || is_spoken(value));
    (sure || (is_one_of(&UNSURE) && is_spoken(value))).then_some(value)
}

/// Shopify's links that put a discount on: <https://help.shopify.com/en/manual/discounts/managing-discount-codes>.
fn from_path(path: &str) -> Option<&str> {
    let (_, rest) = path.split_once("/discount/")?;
    let value = rest.split('/').next().unwrap_or_default();
    has_shape(value, true).then_some(value)
}

/// Letters, figures and hyphens, with a figure in it or all in capitals.
fn has_shape(value: &str, any_case: bool) -> bool {
    let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = value.bytes().filter(u8::is_ascii_uppercase).count();
    let figures = value.bytes().any(|b| b.is_ascii_digit());
    plain && (4..=30).contains(&value.len()) && letters >= 2 && (capitals == letters || (any_case && figures))
}

/// A word in capitals with at most four figures behind it: no token of a login.
fn is_spoken(value: &str) -> bool {
    let word = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    letters && word.len() >= 3 && value.len() >= 5 && value.len() - word.len() <= 4 && !matches!(value, "FALSE" | "TRUE")
}
