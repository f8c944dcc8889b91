//! Stripe: promotion codes, and the coupons on which they hang.

use super::answer;
use super::fault::Fault;
use super::gathered::Gathered;
use crate::probe::{Api, Ask, Proof, Secret};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashSet;
use url::Url;

/// A list as Stripe pages it, <https://docs.stripe.com/api/pagination>.
#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// Gathers all promotion codes and all coupons.
///
/// No version of the interface is asked for: in older ones a promotion code holds its coupon, in newer ones only the
/// coupon's id, and its terms are found in the list of coupons either way.
pub(super) fn gather(api: &Api, base: &Url, token: &Secret, gathered: &mut Gathered) -> Result<(), Fault> {
    list(api, base, token, "v1/promotion_codes", &[], gathered)?;
    // What a coupon applies to is told only where it is asked for, <https://docs.stripe.com/api/coupons/object>.
    list(api, base, token, "v1/coupons", &[("expand[]", "data.applies_to")], gathered)
}

fn list(api: &Api, base: &Url, token: &Secret, path: &str, more: &[(&str, &str)], gathered: &mut Gathered) -> Result<(), Fault> {
    let mut after: Option<String> = None;
    let mut seen = HashSet::new();
    loop {
        let mut url = base.join(path).map_err(|_| Fault::Address)?;
        url.query_pairs_mut().append_pair("limit", "100").extend_pairs(more).extend_pairs(after.iter().map(|id| ("starting_after", id)));
        let told = api.ask(&Ask { url, proof: Proof::Bearer(token.clone()), body: None })?;
        let page: Page<'_> = answer::json(&told)?;
        for record in &page.data {
            let Named { id } = serde_json::from_str(record.get()).map_err(|_| Fault::Garbage)?;
            if !seen.insert(id.clone()) {
                return Err(Fault::Repeating);
            }
            gathered.add(record.get())?;
            after = Some(id);
        }
        match (page.has_more, page.data.is_empty()) {
            (false, _) => return Ok(()),
            (true, true) => return Err(Fault::Garbage),
            (true, false) => {}
        }
    }
}
