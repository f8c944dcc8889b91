//! Every coupon file under `fixtures`: what was read stands beside it, or the error where it cannot be read.
//!
//! `SNAPSHOTS=overwrite cargo test --test coupons` writes what stands beside them anew.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at what it does not expect, and reads its fixtures itself"
)]

use presend::coupons::{self, Coupon, Coupons, Difference, Discount, Moment, Pool, Standing};
use presend::source::{Source, Span};
use proptest::prelude::*;
use serde_json::{Value, json};
use snapbox::data::DataFormat;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[test]
fn every_export_is_read_as_it_stands_beside_it() {
    for path in fixtures("inputs", ".parsed.json") {
        let coupons = coupons::read(&source(&path)).unwrap_or_else(|error| panic!("{error}"));
        let shown = serde_json::to_string_pretty(&catalogue(&coupons)).unwrap() + "\n";
        snapbox::assert_data_eq!(shown, snapbox::Data::read_from(&beside(&path, "parsed.json"), Some(DataFormat::Text)));
    }
}

#[test]
fn every_broken_file_has_its_error_beside_it() {
    for path in fixtures("broken", ".error.txt") {
        let error = coupons::read(&source(&path)).expect_err(&path.display().to_string());
        assert!(error.remedy().is_some(), "{error}");
        snapbox::assert_data_eq!(format!("{error}\n"), snapbox::Data::read_from(&beside(&path, "error.txt"), Some(DataFormat::Text)));
    }
}

#[test]
fn spans_slice_to_codes_and_every_code_is_found() {
    for path in fixtures("inputs", ".parsed.json") {
        let coupons = coupons::read(&source(&path)).unwrap();
        for coupon in coupons.all() {
            assert!(coupon.span.text() == coupon.code || coupon.span.text().contains(['\\', '"']), "{coupon:?}");
            assert_eq!(
                coupons.find(&coupon.code.to_ascii_lowercase()).unwrap().code.to_ascii_uppercase(),
                coupon.code.to_ascii_uppercase()
            );
        }
        for pool in coupons.pools() {
            for code in pool.codes() {
                assert_eq!(pool.find(code).unwrap().span.text(), code);
            }
        }
    }
}

#[test]
fn files_are_put_together_and_terms_find_their_codes() {
    let codes = r#"[{"code":"FIVER","coupon":"cp_five","active":true,"times_redeemed":0,"max_redemptions":null}]"#;
    let terms = r#"[{"id":"cp_five","percent_off":null,"amount_off":500,"currency":"eur","duration":"once","valid":false}]"#;
    let read = |name: &str, text: &str| coupons::read(&Source::file(name, text)).unwrap();
    let both = Coupons::merge([read("codes.json", codes), read("terms.json", terms), read("list.txt", "SPRING20\n")]);
    let fiver = both.find("fiver").unwrap();
    assert_eq!(fiver.discount.as_ref().unwrap().to_string(), "5 EUR");
    assert_eq!(fiver.state.as_ref().unwrap().span.place().path, "terms.json");
    assert_eq!(both.all().iter().map(|coupon| coupon.code.as_str()).collect::<Vec<_>>(), ["FIVER", "SPRING20"]);
    assert_eq!(both.sources().len(), 3);
}

#[test]
fn a_code_made_twice_is_the_one_that_works() {
    let list = coupons::read(&Source::file("a.csv", "code,status\nWELCOME10,archived\nwelcome10,active\n")).unwrap();
    assert_eq!(list.find("WELCOME10").unwrap().code, "welcome10");
}

#[test]
fn what_was_meant_is_told_with_its_difference() {
    let list = coupons::read(&Source::file("a.csv", "code\nWELCOME10\nWELCOME20\nCHEESE-5\n")).unwrap();
    let meant = |code: &str| list.nearest(code).map(|near| (near.coupon.code.clone(), near.difference));
    assert_eq!(meant("WELCOM10"), Some(("WELCOME10".into(), Difference::Letters(1))));
    assert_eq!(meant("WELCOME1O"), Some(("WELCOME10".into(), Difference::Lookalike(vec![('O', '0')]))));
    assert_eq!(meant("CHEESE5"), Some(("CHEESE-5".into(), Difference::Spacing)));
    assert_eq!(meant("GOUDA"), None);
    assert!(list.find("CHEESE5").is_none());
}

#[test]
fn a_coupon_stands_as_its_dates_states_and_uses_say() {
    let text = "code,starts,ends,status,limit,uses\n\
        OPEN,2026-11-27,2026-11-30,active,,\nOVER,,2026-11-26,active,,\nSOON,2026-11-28T08:00+01:00,,,,\n\
        OFF,,,disabled,,\nGONE,,,active,5,5\nDRAFT,,,draft,,\nENDED,,,expired,,\nODD,,,on hold,,\nLASTDAY,,2026-11-27,,,\n";
    let list = coupons::read(&Source::file("a.csv", text)).unwrap();
    let at: jiff::Zoned = "2026-11-27T23:30[Europe/London]".parse().unwrap();
    let stands = |code: &str| list.find(code).unwrap().standing_at(&at);
    assert_eq!(stands("OPEN"), Standing::Valid);
    assert_eq!(stands("LASTDAY"), Standing::Valid);
    assert_eq!(stands("OVER"), Standing::Ended("2026-11-26T23:59:59[Europe/London]".parse().unwrap()));
    assert_eq!(stands("SOON"), Standing::NotStarted("2026-11-28T07:00[Europe/London]".parse().unwrap()));
    assert_eq!(stands("OFF"), Standing::SwitchedOff);
    assert_eq!(stands("GONE"), Standing::UsedUp);
    assert_eq!(stands("DRAFT"), Standing::Draft);
    assert_eq!(stands("ENDED"), Standing::Expired);
    assert_eq!(stands("ODD"), Standing::Unclear("on hold".into()));
}

#[test]
fn many_codes_become_a_pool_and_are_found_as_before() {
    let rows = (0..1_500).map(|number| format!("SAVE{number},10%,2026-11-30")).collect::<Vec<_>>().join("\n");
    let list = coupons::read(&Source::file("lists/autumn.csv", format!("code,discount,ends\n{rows}"))).unwrap();
    assert!(list.all().is_empty());
    assert_eq!(list.pool("AUTUMN").unwrap().count(), 1_500);
    let found = list.find("save777").unwrap();
    assert_eq!(found.discount.as_ref().unwrap().to_string(), "10 %");
    assert_eq!((found.span.text(), found.span.place().line), ("SAVE777", 779));
    assert_eq!(list.nearest("SAVE77B").unwrap().difference, Difference::Letters(1));
}

#[test]
fn line_ends_make_no_difference() {
    for path in fixtures("inputs", ".parsed.json") {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let text = text.replace("\r\n", "\n");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let read = |text: String| catalogue(&coupons::read(&Source::file(name.as_str(), text)).unwrap());
        assert_eq!(read(text.replace('\n', "\r\n")), read(text), "{}", path.display());
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes: Vec<u8>) {
        let _ = coupons::read(&Source::raw("x", bytes));
    }

    #[test]
    fn random_tables_never_panic(text in "(code|end|discount|minimum|status|start|[A-Z0-9,;\"\n /.%€-]){0,80}") {
        if let Ok(coupons) = coupons::read(&Source::file("x", text)) {
            for coupon in coupons.all() {
                prop_assert!(coupons.find(&coupon.code).is_some());
                let half: String = coupon.code.chars().take(coupon.code.chars().count() / 2).collect();
                let _ = coupons.nearest(&half);
            }
        }
    }

    #[test]
    fn random_json_never_panics(text in "(\\{|\\}|\\[|\\]|,|:|\"code\"|\"codes\"|\"status\"|\"end\"|\"[a-zA-Z0-9\\\\é]{0,4}\"|1|true|null){0,40}") {
        let _ = coupons::read(&Source::file("x", format!("[{text}")));
        let _ = coupons::read(&Source::file("x", format!("{{\"code\":\"A\",{text}")));
    }
}

/// The files of a folder, without those that stand beside others.
fn fixtures(kind: &str, beside: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(kind).join("coupons");
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(beside));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn beside(path: &Path, what: &str) -> PathBuf {
    PathBuf::from(format!("{}.{what}", path.display()))
}

fn source(path: &Path) -> Arc<Source> {
    Source::raw(path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap())
}

fn catalogue(coupons: &Coupons) -> Value {
    json!({
        "coupons": coupons.all().iter().map(coupon).collect::<Vec<_>>(),
        "pools": coupons.pools().iter().map(pool).collect::<Vec<_>>(),
    })
}

/// A coupon with what its file says, and nothing else.
fn coupon(coupon: &Coupon) -> Value {
    let mut shown = json!({
        "code": coupon.code,
        "place": place(&coupon.span),
        "platform": coupon.platform.to_string(),
        "name": coupon.name,
        "state": coupon.state.as_ref().map(|state| format!("{} ({})", state.value, place(&state.span))),
        "starts": coupon.starts.as_ref().map(moment),
        "ends": coupon.ends.as_ref().map(moment),
        "discount": coupon.discount.as_ref().map(discount),
        "minimum": coupon.minimum.as_ref().map(ToString::to_string),
        "products": coupon.products,
        "collections": coupon.collections,
        "limit_total": coupon.limit_total,
        "limit_per_person": coupon.limit_per_person,
        "uses": coupon.uses,
        "first_order_only": coupon.first_order_only,
        "customer_group": coupon.customer_group,
        "combinable": coupon.combinable,
        "pool": coupon.pool,
        "terms": coupon.terms,
    });
    shown.as_object_mut().unwrap().retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    shown
}

/// A discount; one that is only known as written says so.
fn discount(discount: &Discount) -> String {
    match discount {
        Discount::Other(text) => format!("as written: {text}"),
        known => known.to_string(),
    }
}

fn moment(moment: &Moment) -> String {
    let edge = match (moment.when, moment.edge) {
        (coupons::When::Day(_), coupons::Edge::DayEnds) => ", through that day",
        (coupons::When::Day(_), coupons::Edge::DayBegins) => ", as that day begins",
        _ => "",
    };
    format!("{}{edge} ({})", moment.when, place(&moment.span))
}

fn pool(pool: &Pool) -> Value {
    let at: jiff::Zoned = "2026-11-27T09:00[Europe/London]".parse().unwrap();
    json!({
        "name": pool.name(),
        "count": pool.count(),
        "distinct": pool.distinct(),
        "doubled": pool.doubled().iter().map(|doubled| format!("{} ×{}: {}", doubled.code, doubled.times, doubled.spans.iter().map(place).collect::<Vec<_>>().join(" "))).collect::<Vec<_>>(),
        "empty": pool.empty(),
        "unassigned": pool.unassigned(),
        "expired on 2026-11-27": pool.expired_at(&at),
        "usable on 2026-11-27": pool.usable_at(&at),
        "first": pool.codes().next().and_then(|code| pool.find(code)).as_ref().map(coupon),
    })
}

fn place(span: &Span) -> String {
    let place = span.place();
    format!("{}:{}", place.line, place.column)
}
