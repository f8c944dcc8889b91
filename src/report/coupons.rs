//! What was understood of coupon files: a table for people, JSON (version 1) for programs.

use super::harmless;
use crate::coupons::{Coupon, Coupons, Pool, Standing, When};
use crate::finding::grouped;
use crate::json::written;
use jiff::Zoned;
use serde::Serialize;
use std::fmt::Write as _;

/// How many codes the table shows; JSON has all.
const MOST_ROWS: usize = 500;

const HEADER: [&str; 8] = ["code", "stands", "from", "until", "takes off", "from an order of", "limits", "for"];

/// The table: a row a shared code, then the pools.
pub(super) fn table(coupons: &Coupons, at: &Zoned) -> String {
    let mut out = String::new();
    let rows: Vec<[String; 8]> = coupons.all().iter().take(MOST_ROWS).map(|coupon| row(coupon, at)).collect();
    if !rows.is_empty() {
        let mut widths = HEADER.map(str::len);
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        write_row(&mut out, &HEADER.map(str::to_owned), &widths);
        for row in &rows {
            write_row(&mut out, row, &widths);
        }
    }
    if coupons.all().len() > MOST_ROWS {
        let _ = writeln!(out, "… and {} more (all are in --format json)", grouped((coupons.all().len() - MOST_ROWS) as u64));
    }
    for pool in coupons.pools() {
        let _ = writeln!(out, "{}", pool_line(pool, at));
    }
    let sizes: Vec<String> = coupons.pools().iter().map(|pool| grouped(pool.count())).collect();
    let pools = if sizes.is_empty() { String::new() } else { format!(", pools of {} unique codes", sizes.join(" and ")) };
    let _ = writeln!(out, "\n{} shared codes{pools}. What stands empty is not in the file.", grouped(coupons.all().len() as u64));
    out
}

fn write_row(out: &mut String, cells: &[String; 8], widths: &[usize; 8]) {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let _ = write!(line, "{cell:width$}  ");
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn row(coupon: &Coupon, at: &Zoned) -> [String; 8] {
    let shown = |text: Option<String>| text.map(|text| harmless(&text)).unwrap_or_default();
    [
        harmless(&coupon.code),
        stands(coupon, at).to_owned(),
        shown(coupon.starts.as_ref().map(|moment| day(moment.when))),
        shown(coupon.ends.as_ref().map(|moment| day(moment.when))),
        shown(coupon.discount.as_ref().map(ToString::to_string)),
        shown(coupon.minimum.as_ref().map(ToString::to_string)),
        harmless(&limits(coupon)),
        shown(coupon.customer_group.clone()),
    ]
}

fn limits(coupon: &Coupon) -> String {
    let total = coupon.limit_total.map(|limit| format!("{} in all", grouped(limit)));
    let each = coupon.limit_per_person.map(|limit| format!("{} a person", grouped(limit)));
    let uses = coupon.uses.map(|uses| format!("{} used", grouped(uses)));
    let first = coupon.first_order_only.filter(|first| *first).map(|_| String::from("first order"));
    [total, each, uses, first].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn day(when: When) -> String {
    match when {
        When::Instant(instant) => instant.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        When::Civil(civil) => civil.strftime("%Y-%m-%d %H:%M").to_string(),
        When::Day(date) => date.to_string(),
    }
}

/// How a coupon stands, in a word.
fn stands(coupon: &Coupon, at: &Zoned) -> &'static str {
    match coupon.standing_at(at) {
        Standing::Valid => "valid",
        Standing::NotStarted(_) | Standing::Scheduled => "not yet",
        Standing::Ended(_) | Standing::Expired => "ended",
        Standing::SwitchedOff => "switched off",
        Standing::Draft => "draft",
        Standing::UsedUp => "used up",
        Standing::Assigned => "given away",
        Standing::Unclear(_) => "unclear",
    }
}

fn pool_line(pool: &Pool, at: &Zoned) -> String {
    let doubled = pool.count() - pool.distinct();
    let mut line = format!(
        "pool {} ({}): {} codes, {} free, {} usable",
        harmless(pool.name()),
        harmless(pool.source().name()),
        grouped(pool.count()),
        grouped(pool.unassigned()),
        grouped(pool.usable_at(at))
    );
    for (count, what) in [(doubled, "doubled"), (pool.empty(), "rows without a code")] {
        if count > 0 {
            let _ = write!(line, ", {} {what}", grouped(count));
        }
    }
    line
}

#[derive(Serialize)]
struct ListV1 {
    version: u32,
    coupons: Vec<CouponV1>,
    pools: Vec<PoolV1>,
}

#[derive(Serialize)]
struct CouponV1 {
    code: String,
    platform: String,
    stands: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_total: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_per_person: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_order_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    combinable: Option<bool>,
    place: String,
}

#[derive(Serialize)]
struct PoolV1 {
    name: String,
    file: String,
    codes: u64,
    distinct: u64,
    free: u64,
    usable: u64,
    rows_without_code: u64,
}

/// The list for programs; codes of pools are counted, not listed.
pub(super) fn json(coupons: &Coupons, at: &Zoned) -> String {
    let coupon = |coupon: &Coupon| CouponV1 {
        code: coupon.code.clone(),
        platform: coupon.platform.to_string(),
        stands: stands(coupon, at),
        name: coupon.name.clone(),
        state: coupon.state.as_ref().map(|state| state.value.to_string()),
        starts: coupon.starts.as_ref().map(|moment| moment.when.to_string()),
        ends: coupon.ends.as_ref().map(|moment| moment.when.to_string()),
        discount: coupon.discount.as_ref().map(ToString::to_string),
        minimum: coupon.minimum.as_ref().map(ToString::to_string),
        limit_total: coupon.limit_total,
        limit_per_person: coupon.limit_per_person,
        uses: coupon.uses,
        first_order_only: coupon.first_order_only,
        customer_group: coupon.customer_group.clone(),
        combinable: coupon.combinable,
        place: coupon.span.place().to_string(),
    };
    let pool = |pool: &Pool| PoolV1 {
        name: pool.name().to_owned(),
        file: pool.source().name().to_owned(),
        codes: pool.count(),
        distinct: pool.distinct(),
        free: pool.unassigned(),
        usable: pool.usable_at(at),
        rows_without_code: pool.empty(),
    };
    let list =
        ListV1 { version: 1, coupons: coupons.all().iter().map(coupon).collect(), pools: coupons.pools().iter().map(pool).collect() };
    written(&list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coupons;
    use crate::source::Source;

    #[test]
    fn a_list_shows_what_was_understood() -> Result<(), crate::error::Error> {
        let list = coupons::read(&Source::file("c.csv", "code,discount,ends,limit\nSPRING20,20%,2026-11-30,500\nOLD5,€5,2020-01-01,\n"))?;
        let at: Zoned = "2026-11-27T09:00[UTC]".parse().expect("a time");
        let table = table(&list, &at);
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].contains("valid") && lines[1].contains("20 %"), "{table}");
        assert!(lines[2].contains("ended") && lines[2].contains("5 EUR"), "{table}");
        assert!(lines[1].contains("500 in all"), "{table}");
        assert!(json(&list, &at).contains("\"limit_total\": 500"));
        Ok(())
    }
}
