//! Shopify: code discounts over the Admin GraphQL API.

use super::answer;
use super::fault::Fault;
use super::gathered::Gathered;
use crate::probe::{Api, Ask, Proof, Secret};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// The version of the interface, <https://shopify.dev/docs/api/usage/versioning>. One that is no longer supported is answered
/// as the oldest that is.
const PATH: &str = "admin/api/2026-07/graphql.json";

/// Discounts a page at first; a query may cost at most 1,000 points, <https://shopify.dev/docs/api/usage/limits>.
const PAGE: u32 = 20;

/// Codes of one discount in the page of discounts, and in a page of their own.
const CODES: u32 = 10;
const MORE_CODES: u32 = 250;

/// All code discounts, <https://shopify.dev/docs/api/admin-graphql/latest/queries/codeDiscountNodes>.
const DISCOUNTS: &str = include_str!("discounts.graphql");

/// The further codes of one discount.
const CODES_OF: &str = include_str!("codes.graphql");

/// An answer of GraphQL.
#[derive(Deserialize)]
struct Answer {
    data: Option<Value>,
    #[serde(default)]
    errors: Value,
    #[serde(default)]
    extensions: Value,
}

/// Gathers all code discounts with all their codes.
pub(super) fn gather(api: &Api, base: &Url, token: &Secret, gathered: &mut Gathered) -> Result<(), Fault> {
    let shop = Asked { api, url: base.join(PATH).map_err(|_| Fault::Address)?, token };
    let mut first = PAGE;
    let mut after = Value::Null;
    loop {
        let data = match shop.ask(DISCOUNTS, &json!({ "first": first, "after": after, "codes": CODES })) {
            Err(Trouble::TooDear) if first > 1 => {
                first /= 2;
                continue;
            }
            other => other.map_err(Trouble::fault)?,
        };
        let list = data.get("codeDiscountNodes").ok_or(Fault::Garbage)?;
        for node in list.get("nodes").and_then(Value::as_array).ok_or(Fault::Garbage)? {
            let mut discount = node.get("codeDiscount").filter(|discount| discount.is_object()).cloned().ok_or(Fault::Garbage)?;
            let id = node.get("id").and_then(Value::as_str).ok_or(Fault::Garbage)?;
            complete(&shop, id, &mut discount)?;
            gathered.add(&discount.to_string())?;
        }
        match next(list)? {
            Some(cursor) if cursor != after => after = cursor,
            Some(_) => return Err(Fault::Repeating),
            None => return Ok(()),
        }
    }
}

/// Adds the codes that had no room in the page of discounts.
fn complete(shop: &Asked<'_>, id: &str, discount: &mut Value) -> Result<(), Fault> {
    let mut after = next(discount.get("codes").ok_or(Fault::Garbage)?)?;
    while let Some(cursor) = after.take() {
        let data = shop.ask(CODES_OF, &json!({ "id": id, "first": MORE_CODES, "after": cursor })).map_err(Trouble::fault)?;
        let more = data.pointer("/codeDiscountNode/codeDiscount/codes").ok_or(Fault::Garbage)?;
        let nodes = more.get("nodes").and_then(Value::as_array).ok_or(Fault::Garbage)?;
        let known = discount.pointer_mut("/codes/nodes").and_then(Value::as_array_mut).ok_or(Fault::Garbage)?;
        known.extend(nodes.iter().cloned());
        after = next(more)?;
        if after.as_ref() == Some(&cursor) {
            return Err(Fault::Repeating);
        }
    }
    Ok(())
}

/// The cursor of the next page, if there is one.
fn next(list: &Value) -> Result<Option<Value>, Fault> {
    match list.pointer("/pageInfo/hasNextPage").and_then(Value::as_bool) {
        Some(true) => list.pointer("/pageInfo/endCursor").filter(|cursor| cursor.is_string()).cloned().map(Some).ok_or(Fault::Garbage),
        Some(false) => Ok(None),
        None => Err(Fault::Garbage),
    }
}

/// A shop that is being asked.
struct Asked<'a> {
    api: &'a Api,
    url: Url,
    token: &'a Secret,
}

/// Why a query brought nothing.
enum Trouble {
    /// It costs more points than one query may.
    TooDear,
    Fault(Fault),
}

impl Trouble {
    fn fault(self) -> Fault {
        match self {
            Self::TooDear => Fault::TooMuch,
            Self::Fault(fault) => fault,
        }
    }
}

impl<T: Into<Fault>> From<T> for Trouble {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

impl Asked<'_> {
    /// Asks one query, as often as the shop says that it has no points left for it.
    fn ask(&self, query: &str, variables: &Value) -> Result<Value, Trouble> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        loop {
            let proof = Proof::Header("x-shopify-access-token", self.token.clone());
            let told = self.api.ask(&Ask { url: self.url.clone(), proof, body: Some(body.clone()) })?;
            let answer: Answer = answer::json(&told)?;
            let wait = refill(&answer.extensions);
            match code(&answer.errors) {
                Some("THROTTLED") => {
                    if !self.api.wait(wait.unwrap_or(Duration::from_secs(1))) {
                        return Err(Fault::Busy.into());
                    }
                }
                Some("MAX_COST_EXCEEDED") => return Err(Trouble::TooDear),
                Some("ACCESS_DENIED") => return Err(Fault::Forbidden.into()),
                Some(_) => return Err(Fault::Worded(words(&answer.errors)).into()),
                None => {
                    // With too few points left for the same again, waiting now saves being turned away.
                    if let Some(wait) = wait {
                        self.api.wait(wait);
                    }
                    return answer.data.filter(Value::is_object).ok_or(Fault::Garbage.into());
                }
            }
        }
    }
}

/// How long it takes until there are points for the same query again; nothing if there are.
fn refill(extensions: &Value) -> Option<Duration> {
    let number = |path: &str| extensions.pointer(path).and_then(Value::as_f64);
    let lacking = number("/cost/requestedQueryCost")? - number("/cost/throttleStatus/currentlyAvailable")?;
    let rate = number("/cost/throttleStatus/restoreRate").filter(|rate| *rate >= 1.0)?;
    (lacking > 0.0).then(|| Duration::try_from_secs_f64((lacking / rate).clamp(0.05, 60.0)).ok()).flatten()
}

/// The code of the first error; an error without one has an empty code. GraphQL answers 200 with errors inside.
fn code(errors: &Value) -> Option<&str> {
    let first = match errors {
        Value::Null => return None,
        Value::Array(all) => all.first()?,
        other => other,
    };
    Some(first.pointer("/extensions/code").and_then(Value::as_str).unwrap_or_default())
}

/// The words of the first error, cut.
fn words(errors: &Value) -> String {
    let first = errors.get(0).unwrap_or(errors);
    let message = first.get("message").or(Some(first)).and_then(Value::as_str).unwrap_or("no words for it");
    message.chars().take(160).collect()
}
