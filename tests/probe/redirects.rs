//! Redirects of all kinds, and what is told of them.

use crate::cases::{Case, check};
use crate::server::{Act, Behaviour, answer, html, page, prose, redirect};
use presend::links::Standing::{Alive, Dead, NotPublic, Suspect, Unknown};

/// A shop that redirects by path.
const SHOP: Behaviour = |hit| match hit.path.split('?').next().unwrap_or_default() {
    "/moved" => redirect("/lamps/oak"),
    "/missing" => answer(404, "", ""),
    "/bare" => redirect("/bare-end"),
    "/deep/down/here" => redirect("/"),
    _ => page("Oak lamp", &prose()),
};

fn one_of_twenty(path: &str, most: usize) -> Act {
    let at = path.trim_start_matches('/').parse().unwrap_or(0);
    if at < most { redirect(&format!("/{}", at + 1)) } else { page("End", &prose()) }
}

#[test]
fn redirects() {
    check(&followed(), &[("shop", SHOP)]);
}

#[test]
fn bad_redirects() {
    check(&broken(), &[("shop", SHOP)]);
}

fn followed() -> Vec<Case> {
    vec![
        Case::page("r301", |_| answer(301, "Location: http://shop.test/x", ""), Alive, "1 redirect").also(|a| a.hops.len() == 2),
        Case::page("r303", |_| answer(303, "Location: http://shop.test/x", ""), Alive, "200"),
        Case::page("r307", |_| answer(307, "Location: http://shop.test/x", ""), Alive, "200"),
        Case::page("r308", |_| answer(308, "Location: //shop.test/x", ""), Alive, "200")
            .also(|a| a.final_url.as_deref() == Some("http://shop.test/x")),
        Case::page("relative", |hit| if hit.path == "/lamps/elm" { page("Elm", &prose()) } else { redirect("elm") }, Alive, "200"),
        Case::page("untidy", |_| redirect("  http://shop.test/a b  "), Alive, "200"),
        Case::page("umlaut", |hit| if hit.path.starts_with("/k") { page("Küche", &prose()) } else { redirect("/küche") }, Alive, "200")
            .also(|a| a.final_url.as_deref().is_some_and(|url| url.ends_with("/k%C3%BCche"))),
        Case::page("meta", |_| page("", "<meta http-equiv=refresh content='0; url=http://shop.test/x'>"), Alive, "200")
            .also(|a| a.hops[0].by.as_deref() == Some("meta refresh")),
        Case::page("meta-later", |_| page("Oak", &(prose() + "<meta http-equiv=refresh content='300; url=/x'>")), Alive, "200")
            .also(|a| a.hops.len() == 1),
        Case::page("refresh-header", |_| answer(200, "Refresh: 0; url=http://shop.test/x", ""), Alive, "1 redirect"),
        Case::page("reloads", |_| page("Live", &(prose() + "<meta http-equiv=refresh content='5; url=/lamps/oak'>")), Alive, "200")
            .also(|a| a.hops.len() == 1),
        Case::page("script", |_| page("", "<script>location.replace('http://shop.test/x')</script>"), Alive, "200")
            .also(|a| a.hops[0].by.as_deref() == Some("script")),
        Case::page(
            "cookie",
            |hit| {
                if hit.header("cookie").is_some_and(|cookie| cookie.contains("seen=1")) {
                    page("Oak", &prose())
                } else {
                    answer(302, "Location: /lamps/oak\nSet-Cookie: seen=1; Path=/", "")
                }
            },
            Alive,
            "200",
        ),
        Case::page("many", |hit| one_of_twenty(&hit.path, 18), Alive, "18 redirects").at("/0"),
        Case::page("app", |_| redirect("itms-apps://apps.example/app/id1"), Alive, "itms-apps").also(|a| a.opens_app.is_some()),
        Case::page("utm-kept", |_| redirect("http://shop.test/x?utm_source=n&UTM_Medium=email"), Alive, "200")
            .at("/l?utm_source=n&utm_medium=email")
            .also(|a| a.lost_params.is_empty()),
        Case::page("utm-lost", |_| redirect("http://shop.test/bare?utm_medium=email"), Alive, "2 redirects")
            .at("/l?utm_source=n&utm_medium=email&id=3")
            .also(|a| {
                let names: Vec<_> = a.lost_params.iter().map(|lost| lost.name.as_str()).collect();
                names == ["utm_source", "utm_medium"] && a.lost_params[1].hop.starts_with("http://shop.test/bare")
            }),
        Case::page("coupon-lost", |_| redirect("http://shop.test/x"), Alive, "200")
            .at("/l?discount=SPRING")
            .also(|a| a.lost_params[0].value == "SPRING"),
    ]
}

fn broken() -> Vec<Case> {
    vec![
        Case::page("circle", |_| redirect("/lamps/oak"), Dead, "circle"),
        Case::page("two-circle", |hit| redirect(if hit.path == "/a" { "/b" } else { "/a" }), Dead, "circle").at("/a"),
        Case::page("endless", |hit| one_of_twenty(&hit.path, 99), Dead, "more than 20").at("/0"),
        Case::page("nowhere", |_| answer(302, "", ""), Dead, "without saying where"),
        Case::page("unreadable", |_| redirect("http://[::x"), Dead, "browsers do not open"),
        Case::page("to-script", |_| redirect("javascript:alert(1)"), Dead, "browsers do not open"),
        Case::page("to-file", |_| redirect("file:///etc/passwd"), Dead, "browsers do not open"),
        Case::page("to-missing", |_| redirect("http://shop.test/missing"), Dead, "404").also(|a| a.hops.len() == 2),
        Case::page("meta-missing", |_| page("", "<meta http-equiv=refresh content='1;http://shop.test/missing'>"), Dead, "404"),
        Case::page("no-such-place", |_| redirect("http://nosuchplace.test/"), Dead, "no site named nosuchplace.test"),
        Case::page("home", |hit| if hit.path == "/" { page("Lamps", &prose()) } else { redirect("/") }, Suspect, "home page")
            .at("/products/oak-lamp"),
        Case::page(
            "language-home",
            |hit| if hit.path == "/de/" { page("Lampen", &prose()) } else { redirect("/de/") },
            Suspect,
            "home page",
        ),
        Case::page("short", |_| redirect("http://shop.test/"), Alive, "200").at("/x7Y"),
        Case::page("sale", |hit| if hit.path == "/" { page("Lamps", &prose()) } else { redirect("/") }, Alive, "200").at("/sale"),
        Case::page(
            "login",
            |hit| if hit.path.starts_with("/login") { page("Hi", "") } else { redirect("/login?next=/lamps/oak") },
            NotPublic,
            "/login",
        ),
        Case::page(
            "country",
            |hit| if hit.path == "/unavailable" { page("Hi", &prose()) } else { redirect("/unavailable") },
            Unknown,
            "countries",
        ),
        Case::page("multiple", |_| answer(300, "", html("Choose", &prose())), Suspect, "300"),
        Case::page("two-home", |_| redirect("http://shop.test/deep/down/here"), Suspect, "home page").at("/q"),
    ]
}
