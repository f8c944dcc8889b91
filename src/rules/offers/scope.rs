//! What in the copy speaks of which code: the same sentence, the same passage, the passages beside it, or the whole mail.

use crate::coupons::{Coupon, Coupons, Decimal, Discount, Money};
use crate::facts::{Amount, Code, Date, Passage, Region};
use crate::finding::Stake;
use crate::offers::{Kind, Qualifier, Worth};
use crate::rule::Context;
use std::borrow::Cow;

/// How many passages away something may stand and still speak of a code.
const BESIDE: usize = 3;

/// How sure it is that something speaks of a code; the smaller, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// In one sentence with it.
    Sentence,
    /// In one passage with it.
    Passage,
    /// In a passage beside it, and no other code is as near.
    Beside,
    /// Anywhere in a mail that has no other code.
    Mail,
}

/// The first mention of every code of the mail that the shop knows.
pub(super) fn known<'a>(context: &Context<'a>, coupons: &'a Coupons) -> Vec<(&'a Code, Cow<'a, Coupon>)> {
    let mut known: Vec<(&Code, Cow<'_, Coupon>)> = Vec::new();
    for code in &context.facts.codes {
        if !known.iter().any(|(other, _)| other.text.eq_ignore_ascii_case(&code.text))
            && let Some(coupon) = coupons.find(&code.text)
        {
            known.push((code, coupon));
        }
    }
    known
}

/// How near a part of a passage stands to any mention of a code.
pub(super) fn nearness(context: &Context<'_>, code: &Code, passage: usize, sentence: &str) -> Option<Nearness> {
    let codes = &context.facts.codes;
    let same = |other: &&Code| other.text.eq_ignore_ascii_case(&code.text);
    let distance = |other: &Code| if other.region == Region::Link { usize::MAX } else { other.passage.abs_diff(passage) };
    let own = codes.iter().filter(same).map(distance).min()?;
    let others = codes.iter().filter(|other| !same(other)).map(distance).min();
    if own == 0 && codes.iter().filter(same).any(|own| sentence.contains(&own.text)) {
        return Some(Nearness::Sentence);
    }
    match own {
        0 => Some(Nearness::Passage),
        1..=BESIDE if others.is_none_or(|others| others > own) => Some(Nearness::Beside),
        _ if codes.iter().all(|other| same(&other)) => Some(Nearness::Mail),
        _ => None,
    }
}

/// The sentence around something in a passage.
pub(super) fn sentence<'a>(context: &Context<'a>, passage: usize, range: std::ops::Range<usize>) -> &'a str {
    context.facts.passages.get(passage).map_or("", |passage| passage.sentence(range))
}

/// The discounts that the copy promises with a code, as near to it as there are any. "Up to" promises nothing.
pub(super) fn promised<'a>(context: &Context<'a>, code: &Code) -> Vec<&'a Amount> {
    let mut found: Vec<(Nearness, &Amount)> = Vec::new();
    for amount in &context.facts.amounts {
        let sentence = sentence(context, amount.passage, amount.told.range.clone());
        let Some(near) = nearness(context, code, amount.passage, sentence) else { continue };
        let counts = match (&amount.told.worth, amount.told.qualifier) {
            (_, Qualifier::Off) => true,
            (Worth::Percent(percent), Qualifier::Plain) => near == Nearness::Sentence && *percent != Decimal::whole(100),
            _ => false,
        };
        if counts {
            found.push((near, amount));
        }
    }
    nearest(found)
}

/// The thresholds that the copy names for a code, as near to it as there are any: those of free delivery where that is what
/// the code gives, else all others.
pub(super) fn thresholds<'a>(context: &Context<'a>, code: &Code, coupon: &Coupon) -> Vec<&'a Amount> {
    let delivery = coupon.discount == Some(Discount::FreeShipping);
    let mut found = Vec::new();
    for amount in &context.facts.amounts {
        let sentence = sentence(context, amount.passage, amount.told.range.clone());
        let money = matches!(amount.told.worth, Worth::Money(_)) && amount.told.qualifier == Qualifier::Over;
        if money && (delivery || !is_delivery(sentence)) {
            found.extend(nearness(context, code, amount.passage, sentence).map(|near| (near, amount)));
        }
    }
    nearest(found)
}

/// The ends that the copy names for a code, as near to it as there are any; elsewhere in the mail only those of offers.
pub(super) fn deadlines<'a>(context: &Context<'a>, code: &Code) -> Vec<&'a Date> {
    let mut found = Vec::new();
    for date in context.facts.dates.iter().filter(|date| date.told.kind != Kind::Plain) {
        let sentence = sentence(context, date.passage, date.told.range.clone());
        let near = nearness(context, code, date.passage, sentence);
        found.extend(near.filter(|near| *near <= Nearness::Passage || speaks_of_offer(sentence)).map(|near| (near, date)));
    }
    nearest(found)
}

fn nearest<T>(found: Vec<(Nearness, T)>) -> Vec<T> {
    let Some(best) = found.iter().map(|(near, _)| *near).min() else { return Vec::new() };
    found.into_iter().filter(|(near, _)| *near == best).map(|(_, value)| value).collect()
}

/// The passage nearest to a code that has one of these words (lower case), if it is as near as this.
pub(super) fn passage_with<'a>(context: &Context<'a>, code: &Code, words: &[&str], farthest: Nearness) -> Option<&'a Passage> {
    let passages = context.facts.passages.iter().enumerate();
    let said = passages.filter(|(_, passage)| has_word(&passage.text, words));
    said.filter_map(|(number, passage)| Some((nearness(context, code, number, &passage.text)?, passage)))
        .filter(|(near, _)| *near <= farthest)
        .min_by_key(|(near, _)| *near)
        .map(|(_, passage)| passage)
}

/// Whether a text has one of these words, as whole words, in any case. The words are in lower case.
pub(in crate::rules) fn has_word(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let (before, after) = (lower.get(..at).unwrap_or_default(), lower.get(at + word.len()..).unwrap_or_default());
            let open = !word.starts_with(char::is_alphanumeric) || !before.ends_with(char::is_alphanumeric);
            open && (!word.ends_with(char::is_alphanumeric) || !after.starts_with(char::is_alphanumeric))
        })
    })
}

/// Whether a sentence is about an offer, in any of the languages.
pub(in crate::rules) fn speaks_of_offer(sentence: &str) -> bool {
    const WORDS: [&str; 48] = [
        "%",
        "€",
        "£",
        "offer",
        "offers",
        "sale",
        "code",
        "coupon",
        "voucher",
        "discount",
        "discounts",
        "off",
        "deal",
        "deals",
        "save",
        "free shipping",
        "promo",
        "promotion",
        "price",
        "prices",
        "order",
        "shop",
        "angebot",
        "angebote",
        "rabatt",
        "gutschein",
        "aktion",
        "sparen",
        "bestellen",
        "offre",
        "offres",
        "réduction",
        "remise",
        "soldes",
        "promotion",
        "oferta",
        "ofertas",
        "descuento",
        "cupón",
        "sconto",
        "offerta",
        "codice",
        "korting",
        "actie",
        "aanbieding",
        "desconto",
        "promoção",
        "rabat",
    ];
    has_word(sentence, &WORDS)
}

/// The sentence in which the copy promises free delivery with a code.
pub(super) fn free_delivery<'a>(context: &Context<'a>, code: &Code) -> Option<(&'a Passage, &'a str)> {
    let mentions = context.facts.codes.iter().filter(|other| other.region != Region::Link && other.text.eq_ignore_ascii_case(&code.text));
    mentions.filter_map(|code| context.facts.passages.get(code.passage).map(|passage| (code, passage))).find_map(|(code, passage)| {
        let at = passage.text.find(&code.text)?;
        let sentence = passage.sentence(at..at + code.text.len());
        is_free_delivery(sentence).then_some((passage, sentence))
    })
}

/// Whether a text promises free delivery.
pub(super) fn is_free_delivery(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "free shipping",
        "free delivery",
        "free postage",
        "free standard shipping",
        "free express shipping",
        "free next-day delivery",
        "versandkostenfrei",
        "kostenloser versand",
        "kostenlosen versand",
        "gratisversand",
        "gratis versand",
        "kostenlose lieferung",
        "livraison gratuite",
        "livraison offerte",
        "frais de port offerts",
        "envío gratis",
        "envíos gratis",
        "envío gratuito",
        "spedizione gratuita",
        "spedizione gratis",
        "gratis verzending",
        "frete grátis",
        "portes grátis",
        "darmowa dostawa",
    ];
    has_word(text, &WORDS)
}

/// Whether a sentence is about delivery.
pub(super) fn is_delivery(sentence: &str) -> bool {
    const WORDS: [&str; 14] = [
        "shipping",
        "delivery",
        "postage",
        "versand",
        "versandkostenfrei",
        "lieferung",
        "livraison",
        "envío",
        "envíos",
        "spedizione",
        "verzending",
        "entrega",
        "frete",
        "dostawa",
    ];
    has_word(sentence, &WORDS)
}

/// The currencies that an amount may be in; empty where nothing tells.
pub(super) fn currencies(shown: &str, money: &Money) -> Vec<String> {
    match &money.currency {
        Some(currency) => vec![currency.clone()],
        None => family(shown).iter().map(|code| (*code).to_owned()).collect(),
    }
}

/// The currencies that share the sign in an amount.
pub(super) fn family(shown: &str) -> &'static [&'static str] {
    if shown.contains('$') {
        &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"]
    } else if shown.contains('¥') {
        &["JPY", "CNY"]
    } else if shown.contains("kr") {
        &["SEK", "NOK", "DKK", "ISK"]
    } else {
        &[]
    }
}

/// What one person could cost who uses a discount once.
pub(super) fn stake(context: &Context<'_>, discount: Option<&Discount>) -> Option<Stake> {
    Stake::of(discount, context.settings.order_value.as_ref())
}
