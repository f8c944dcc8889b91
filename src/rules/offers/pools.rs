//! The pools of codes that the merge tags of a mail take theirs from.

use crate::coupons::{Coupons, Pool};
use crate::facts::MergeTag;
use crate::rule::Context;

/// The pools that the mail takes its codes from, each with the first tag that does: the pool that the tag names, else
/// the only one there is.
pub(super) fn used<'a>(context: &Context<'a>, coupons: &'a Coupons) -> Vec<(&'a MergeTag, &'a Pool)> {
    let mut used: Vec<(&MergeTag, &Pool)> = Vec::new();
    for tag in context.code_tags() {
        let named = coupons.pools().iter().find(|pool| tag.names(pool.name()));
        let only = || coupons.pools().first().filter(|_| coupons.pools().len() == 1);
        if let Some(pool) = named.or_else(only)
            && !used.iter().any(|(_, known)| std::ptr::eq(*known, pool))
        {
            used.push((tag, pool));
        }
    }
    used
}
