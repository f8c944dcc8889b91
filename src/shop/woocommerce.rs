//! WooCommerce: coupons over REST v3.

use super::answer;
use super::fault::Fault;
use super::gathered::Gathered;
use crate::probe::{Api, Ask, Proof, Secret, Told};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashSet;
use url::Url;

/// As many coupons a page as the interface gives, <https://woocommerce.github.io/woocommerce-rest-api-docs/#pagination>.
const PAGE: usize = 100;

/// What is asked of a coupon: not who used it.
const FIELDS: &str = "id,code,status,amount,description,discount_type,free_shipping,date_expires,date_expires_gmt,usage_count,usage_limit,\
usage_limit_per_user,individual_use,product_ids,product_categories,minimum_amount,email_restrictions";

#[derive(Deserialize)]
struct Named {
    id: u64,
}

/// Gathers all coupons.
pub(super) fn gather(api: &Api, base: &Url, token: &Secret, gathered: &mut Gathered) -> Result<(), Fault> {
    let (key, secret) = token.split_once(':').ok_or(Fault::TokenForm)?;
    let mut seen = HashSet::new();
    let mut page = 1_usize;
    loop {
        let mut url = base.join("wp-json/wc/v3/coupons").map_err(|_| Fault::Address)?;
        url.query_pairs_mut()
            .append_pair("per_page", &PAGE.to_string())
            .append_pair("page", &page.to_string())
            .append_pair("orderby", "id")
            .append_pair("order", "asc")
            .append_pair("_fields", FIELDS);
        let told = api.ask(&Ask { url, proof: Proof::Basic(key.clone(), secret.clone()), body: None })?;
        let records: Vec<&RawValue> = answer::json(&told)?;
        for record in &records {
            let Named { id } = serde_json::from_str(record.get()).map_err(|_| Fault::Garbage)?;
            if !seen.insert(id) {
                return Err(Fault::Repeating);
            }
            gathered.add(record.get())?;
        }
        if !has_more(&told, page, records.len()) {
            return Ok(());
        }
        if records.is_empty() {
            return Err(Fault::Garbage);
        }
        page += 1;
    }
}

/// Whether there is a page after this one: by the number of pages, else by the link to the next one; a proxy may have
/// dropped both, and then a full page is followed by another look.
fn has_more(told: &Told, page: usize, records: usize) -> bool {
    let pages = told.header("x-wp-totalpages").and_then(|pages| pages.trim().parse::<usize>().ok());
    let next = told.header("link").map(|links| links.contains("rel=\"next\""));
    match (pages, next) {
        (Some(pages), _) => page < pages,
        (None, Some(next)) => next,
        (None, None) => records == PAGE,
    }
}
