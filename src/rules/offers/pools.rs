//! Merge tags that fill in a code for each person, and the pools or columns that the codes come from.

use crate::coupons::{Coupons, Pool};
use crate::facts::MergeTag;
use crate::rule::Context;

/// Words by which a tag, a column or a field tells that it holds a coupon code.
const WORDS: [&str; 9] =
    ["coupon", "voucher", "promocode", "promo_code", "discountcode", "discount_code", "gutschein", "unique_code", "rabattcode"];

/// The merge tags of the mail that fill in a coupon code.
pub(super) fn code_tags<'a>(context: &Context<'a>) -> Vec<&'a MergeTag> {
    let seen = context.facts.tags.tags.iter().filter(|tag| tag.is_seen());
    seen.filter(|tag| {
        let text = tag.span.text().to_lowercase();
        WORDS.iter().any(|word| text.contains(word))
    })
    .collect()
}

/// Whether a tag names this column or pool, as a whole word.
pub(super) fn names(tag: &MergeTag, name: &str) -> bool {
    let (text, name) = (tag.span.text().to_lowercase(), name.to_lowercase());
    !name.is_empty()
        && text.match_indices(&name).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + name.len()..).unwrap_or_default();
            let joins = |c: char| c.is_alphanumeric() || c == '_';
            !before.ends_with(joins) && !after.starts_with(joins)
        })
}

/// The pools that the mail takes its codes from, each with the first tag that does: the pool that the tag names, else
/// the only one there is.
pub(super) fn used<'a>(context: &Context<'a>, coupons: &'a Coupons) -> Vec<(&'a MergeTag, &'a Pool)> {
    let mut used: Vec<(&MergeTag, &Pool)> = Vec::new();
    for tag in code_tags(context) {
        let named = coupons.pools().iter().find(|pool| names(tag, pool.name()));
        let only = || coupons.pools().first().filter(|_| coupons.pools().len() == 1);
        if let Some(pool) = named.or_else(only)
            && !used.iter().any(|(_, known)| std::ptr::eq(*known, pool))
        {
            used.push((tag, pool));
        }
    }
    used
}
