//! Redirects of all kinds, and what is told of them.

use crate::cases::{Case, check};
use crate::server::{Act, Behaviour, answer, html, page, prose, redirect};
use crate::truth::Truth::{Broken, Fine, Hidden, Locked, NotIt};
use presend::links::Standing::{Alive, Dead, NotPublic, Suspect, Unknown};

/// A shop that redirects by path.
pub(crate) const SHOP: Behaviour = |hit| match hit.path.split('?').next().unwrap_or_default() {
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

/// Redirects that end well.
pub(crate) fn followed() -> Vec<Case> {
    vec![
        Case::page("r301", Fine("the page opens"), |_| answer(301, "Location: http://shop.test/x", ""), Alive, "1 redirect")
            .also(|a| a.hops.len() == 2),
        Case::page("shouting", Fine("the page opens"), |_| redirect("HTTP://SHOP.TEST/x"), Alive, "1 redirect"),
        Case::page(
            "odd-path",
            Fine("the page opens"),
            |_| redirect("http://shop.test/a%2Fb%zz/c%20d;e=%C3%28?q=a|b&&c=%"),
            Alive,
            "1 redirect",
        ),
        Case::page("r303", Fine("the page opens"), |_| answer(303, "Location: http://shop.test/x", ""), Alive, "200"),
        Case::page("r307", Fine("the page opens"), |_| answer(307, "Location: http://shop.test/x", ""), Alive, "200"),
        Case::page("r308", Fine("the page opens"), |_| answer(308, "Location: //shop.test/x", ""), Alive, "200")
            .also(|a| a.final_url.as_deref() == Some("http://shop.test/x")),
        Case::page(
            "relative",
            Fine("the page opens"),
            |hit| if hit.path == "/lamps/elm" { page("Elm", &prose()) } else { redirect("elm") },
            Alive,
            "200",
        ),
        Case::page("untidy", Fine("the page opens"), |_| redirect("  http://shop.test/a b  "), Alive, "200"),
        Case::page(
            "umlaut",
            Fine("the page opens"),
            |hit| if hit.path.starts_with("/k") { page("Küche", &prose()) } else { redirect("/küche") },
            Alive,
            "200",
        )
        .also(|a| a.final_url.as_deref().is_some_and(|url| url.ends_with("/k%C3%BCche"))),
        Case::page(
            "meta",
            Fine("the page opens"),
            |_| page("", "<meta http-equiv=refresh content='0; url=http://shop.test/x'>"),
            Alive,
            "200",
        )
        .also(|a| a.hops[0].by.as_deref() == Some("meta refresh")),
        Case::page(
            "meta-later",
            Fine("the page opens"),
            |_| page("Oak", &(prose() + "<meta http-equiv=refresh content='300; url=/x'>")),
            Alive,
            "200",
        )
        .also(|a| a.hops.len() == 1),
        Case::page(
            "refresh-header",
            Fine("the page opens"),
            |_| answer(200, "Refresh: 0; url=http://shop.test/x", ""),
            Alive,
            "1 redirect",
        ),
        Case::page(
            "reloads",
            Fine("the page opens"),
            |_| page("Live", &(prose() + "<meta http-equiv=refresh content='5; url=/lamps/oak'>")),
            Alive,
            "200",
        )
        .also(|a| a.hops.len() == 1),
        Case::page("script", Fine("the page opens"), |_| page("", "<script>location.replace('http://shop.test/x')</script>"), Alive, "200")
            .also(|a| a.hops[0].by.as_deref() == Some("script")),
        Case::page(
            "cookie",
            Fine("the page opens"),
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
        Case::page("many", Fine("browsers follow twenty"), |hit| one_of_twenty(&hit.path, 18), Alive, "18 redirects").at("/0"),
        Case::page(
            "app",
            Hidden("it depends on the reader's telephone"),
            |_| redirect("itms-apps://apps.example/app/id1"),
            Alive,
            "itms-apps",
        )
        .also(|a| a.opens_app.is_some()),
        Case::page("utm-kept", Fine("the page opens"), |_| redirect("http://shop.test/x?utm_source=n&UTM_Medium=email"), Alive, "200")
            .at("/l?utm_source=n&utm_medium=email")
            .also(|a| a.lost_params.is_empty()),
        Case::page(
            "utm-lost",
            Fine("the page opens, uncounted"),
            |_| redirect("http://shop.test/bare?utm_medium=email"),
            Alive,
            "2 redirects",
        )
        .at("/l?utm_source=n&utm_medium=email&id=3")
        .also(|a| {
            let names: Vec<_> = a.lost_params.iter().map(|lost| lost.name.as_str()).collect();
            names == ["utm_source", "utm_medium"] && a.lost_params[1].hop.starts_with("http://shop.test/bare")
        }),
        Case::page("coupon-lost", Fine("the page opens"), |_| redirect("http://shop.test/x"), Alive, "200")
            .at("/l?discount=SPRING")
            .also(|a| a.lost_params[0].value == "SPRING"),
    ]
}

/// Redirects that do not.
pub(crate) fn broken() -> Vec<Case> {
    vec![
        Case::page("circle", Broken("browsers stop at the circle"), |_| redirect("/lamps/oak"), Dead, "circle"),
        Case::page(
            "two-circle",
            Broken("browsers stop at the circle"),
            |hit| redirect(if hit.path == "/a" { "/b" } else { "/a" }),
            Dead,
            "circle",
        )
        .at("/a"),
        Case::page("endless", Broken("browsers give up after twenty"), |hit| one_of_twenty(&hit.path, 99), Dead, "more than 20").at("/0"),
        Case::page("nowhere", Broken("an empty window"), |_| answer(302, "", ""), Dead, "without saying where"),
        Case::page("unreadable", Broken("browsers cannot read the address"), |_| redirect("http://[::x"), Dead, "browsers do not open"),
        Case::page(
            "to-script",
            Broken("browsers do not follow to a script"),
            |_| redirect("javascript:alert(1)"),
            Dead,
            "browsers do not open",
        ),
        Case::page("to-file", Broken("browsers do not follow to a file"), |_| redirect("file:///etc/passwd"), Dead, "browsers do not open"),
        Case::page("to-missing", Broken("an error page at the end"), |_| redirect("http://shop.test/missing"), Dead, "404")
            .also(|a| a.hops.len() == 2),
        Case::page(
            "meta-missing",
            Broken("an error page at the end"),
            |_| page("", "<meta http-equiv=refresh content='1;http://shop.test/missing'>"),
            Dead,
            "404",
        ),
        Case::page(
            "no-such-place",
            Broken("there is no such name at the end"),
            |_| redirect("http://nosuchplace.test/"),
            Dead,
            "no site named nosuchplace.test",
        ),
        Case::page(
            "home",
            NotIt("the home page in place of the product"),
            |hit| if hit.path == "/" { page("Lamps", &prose()) } else { redirect("/") },
            Suspect,
            "home page",
        )
        .at("/products/oak-lamp"),
        Case::page(
            "language-home",
            NotIt("the home page in place of the product"),
            |hit| if hit.path == "/de/" { page("Lampen", &prose()) } else { redirect("/de/") },
            Suspect,
            "home page",
        ),
        Case::page("short", Fine("a short link to the shop"), |_| redirect("http://shop.test/"), Alive, "200").at("/x7Y"),
        Case::page(
            "sale",
            Fine("a campaign's word that leads to the shop"),
            |hit| if hit.path == "/" { page("Lamps", &prose()) } else { redirect("/") },
            Alive,
            "200",
        )
        .at("/sale"),
        Case::page(
            "login",
            Locked("a login in place of the page"),
            |hit| if hit.path.starts_with("/login") { page("Hi", "") } else { redirect("/login?next=/lamps/oak") },
            NotPublic,
            "/login",
        ),
        Case::page(
            "country",
            Hidden("it depends on the reader's country"),
            |hit| if hit.path == "/unavailable" { page("Hi", &prose()) } else { redirect("/unavailable") },
            Unknown,
            "countries",
        ),
        Case::page("multiple", NotIt("a choice in place of the page"), |_| answer(300, "", html("Choose", &prose())), Suspect, "300"),
        Case::page("two-home", NotIt("the home page, in the end"), |_| redirect("http://shop.test/deep/down/here"), Suspect, "home page")
            .at("/q"),
    ]
}
