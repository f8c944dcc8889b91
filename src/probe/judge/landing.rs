//! Where a chain of redirects landed: on the home page, in another country, without its tracking.

use crate::links::{Hop, LostParam};
use url::Url;

/// The home page in place of the page that was asked for: what shops do with products they dropped.
///
/// Short addresses, old domains and click counters (`click.shop.example`) lead to home pages rightly, so only a step from a
/// deep address of the same host counts, or from one that is plainly a product's.
pub(super) fn home(hops: &[Hop], last: &Url) -> Option<String> {
    if hops.len() < 2 || !is_home(last) {
        return None;
    }
    let before = hops.iter().rev().skip(1).filter_map(|hop| Url::parse(&hop.url).ok());
    for url in before {
        if is_product(&url) || site(&url) == site(last) && is_deep(&url) {
            return Some(format!("{url} leads to the home page ({last}) instead of its own page, as removed pages do"));
        }
    }
    None
}

/// A search in place of the product that was asked for.
pub(super) fn search(hops: &[Hop], last: &Url) -> Option<String> {
    let words = ["search", "suche", "recherche", "buscar", "busca", "cerca", "zoeken", "catalogsearch", "searchresults"];
    let searches = |url: &Url| segments(url).iter().any(|segment| words.contains(&segment.as_str()));
    let first = Url::parse(&hops.first()?.url).ok()?;
    (hops.len() > 1 && is_product(&first) && !searches(&first) && searches(last))
        .then(|| format!("{first} leads to a search ({}) instead of its own page, as removed products do", last.path()))
}

/// The host, without what only says that it is a web site.
fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host)
}

fn segments(url: &Url) -> Vec<String> {
    url.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty()).map(str::to_lowercase).collect()
}

fn is_language(segment: &str) -> bool {
    let mut parts = segment.split(['-', '_']);
    let letters = |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase()));
    letters(parts.next()) && parts.all(|part| letters(Some(part)))
}

fn is_home(url: &Url) -> bool {
    let segments = segments(url);
    let page = |segment: &String| matches!(segment.as_str(), "home" | "index.html" | "index.htm" | "index.php" | "default.aspx" | "start");
    match segments.as_slice() {
        [] => true,
        [only] => is_language(only) || page(only),
        [first, second] => is_language(first) && (is_language(second) || page(second)),
        _ => false,
    }
}

fn is_product(url: &Url) -> bool {
    let words = [
        "product",
        "products",
        "dp",
        "item",
        "items",
        "produkt",
        "produkte",
        "produit",
        "produits",
        "producto",
        "productos",
        "prodotto",
        "collections",
    ];
    let segments = segments(url);
    let at = segments.iter().position(|segment| words.contains(&segment.as_str()));
    at.is_some_and(|at| at + 1 < segments.len())
}

/// Two levels, or a name of several words: `/sale` may well be the home page these days, `/oak-table-lamp` may not.
fn is_deep(url: &Url) -> bool {
    if is_home(url) {
        return false;
    }
    let segments = segments(url);
    let own: Vec<_> = segments.iter().filter(|segment| !is_language(segment)).collect();
    own.len() >= 2 || own.first().is_some_and(|segment| segment.matches('-').count() >= 2 || segment.contains(".htm"))
}

/// A page that says only that this visitor's country is not served: seen from here, not by all readers.
pub(super) fn elsewhere(hops: &[Hop], last: &Url) -> Option<String> {
    if hops.len() < 2 {
        return None;
    }
    let marks = [
        "country-selector",
        "countryselector",
        "select-country",
        "choose-country",
        "choose-region",
        "unavailable",
        "not-available",
        "geo-block",
        "geoblock",
        "restricted-country",
    ];
    let path = last.path().to_lowercase();
    if let Some(mark) = marks.iter().find(|mark| path.split('/').any(|segment| segment == **mark)) {
        return Some(format!("it leads to a page about countries (/{mark}); readers in other countries may see another page"));
    }
    let host = last.host_str().filter(|host| host.starts_with("consent."))?;
    Some(format!("it leads to a page that asks for consent ({host}); what comes behind it could not be seen"))
}

/// Tracking and coupon parameters that some step carried and the last address does not.
pub(in crate::probe) fn lost_params(hops: &[Hop], end: &Url) -> Vec<LostParam> {
    let mut lost: Vec<LostParam> = Vec::new();
    let whole = decoded(&decoded(end.as_str())).to_lowercase();
    for hop in hops {
        let Ok(url) = Url::parse(&hop.url) else { continue };
        for (name, value) in url.query_pairs().filter(|(name, value)| is_tracked(name) && !value.is_empty()) {
            let name = name.to_lowercase();
            let kept = whole.contains(&format!("{name}="));
            match lost.iter_mut().find(|lost| lost.name == name) {
                _ if kept => {}
                Some(lost) => (lost.hop, lost.value) = (hop.url.clone(), value.into_owned()),
                None => lost.push(LostParam { name, value: value.into_owned(), hop: hop.url.clone() }),
            }
        }
    }
    lost
}

fn decoded(text: &str) -> String {
    let escaped = text.replace('&', "%26").replace('=', "%3D").replace('+', "%2B");
    url::form_urlencoded::parse(format!("a={escaped}").as_bytes()).next().map_or_else(String::new, |(_, value)| value.into_owned())
}

fn is_tracked(name: &str) -> bool {
    let name = name.to_lowercase();
    let coupons = [
        "coupon",
        "coupon_code",
        "couponcode",
        "discount",
        "discount_code",
        "promo",
        "promo_code",
        "promocode",
        "voucher",
        "voucher_code",
        "gutschein",
        "gutscheincode",
    ];
    name.starts_with("utm_") || coupons.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hops(urls: &[&str]) -> (Vec<Hop>, Url) {
        let hops = urls.iter().map(|url| Hop { url: (*url).into(), status: Some(301), by: None }).collect();
        (hops, Url::parse(urls.last().expect("one")).expect("url"))
    }

    #[test]
    fn landing_on_the_home_page() {
        let lands = |urls: &[&str]| {
            let (hops, last) = hops(urls);
            home(&hops, &last).is_some()
        };
        assert!(lands(&["https://shop.example/products/oak-lamp", "https://shop.example/"]));
        assert!(lands(&["https://shop.example/de/lamps/oak", "https://www.shop.example/de"]));
        assert!(lands(&["https://sho.rt/x", "https://shop.example/oak-table-lamp", "https://shop.example/?a=1"]));
        assert!(lands(&["https://old.example/products/oak", "https://new.example/en/"]));
        assert!(!lands(&["https://sho.rt/x1/y2", "https://shop.example/"]));
        assert!(!lands(&["https://click.shop.example/f/a/Xy-12", "https://www.shop.example/"]));
        assert!(!lands(&["https://shop.example/sale", "https://shop.example/"]));
        assert!(!lands(&["http://shop.example/", "https://shop.example/en-gb/"]));
        assert!(!lands(&["http://shop.example/products/oak", "https://shop.example/products/oak"]));
        assert!(!lands(&["https://shop.example/"]));
    }

    #[test]
    fn parameters_lost_on_the_way() {
        let lost = |urls: &[&str]| {
            let (hops, last) = hops(urls);
            lost_params(&hops, &last).into_iter().map(|lost| format!("{}@{}", lost.name, lost.hop)).collect::<Vec<_>>()
        };
        let first = "https://a.example/x?utm_source=n&utm_medium=email&id=1";
        assert_eq!(lost(&[first, "https://b.example/y?UTM_Source=n"]), [format!("utm_medium@{first}")]);
        assert_eq!(lost(&[first, "https://b.example/login?next=%2Fx%3Futm_source%3Dn%26utm_medium%3Demail"]), [""; 0]);
        assert_eq!(
            lost(&["https://sho.rt/1", "https://b.example/?coupon=A", "https://b.example/z"]),
            ["coupon@https://b.example/?coupon=A"]
        );
        assert_eq!(lost(&["https://a.example/x?id=1", "https://a.example/y"]), [""; 0]);
    }
}
