//! Pages that answer 200 and are not what the mail promises; and good pages that look a little like them.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use crate::truth::Truth::{Fine, Locked, NotIt};
use presend::links::Standing::{Alive, NotPublic, Suspect};

const LD: &str = "<script type='application/ld+json'>{\"@type\":\"Product\",\"offers\":[";

#[test]
fn pages_that_are_not_there() {
    check(&absent(), &[]);
}

/// Pages that are not there.
pub(crate) fn absent() -> Vec<Case> {
    vec![
        Case::page(
            "soft",
            NotIt("the shop says that the page is not there"),
            |_| page("Page not found – Lampenhaus", "<h1>Oops</h1>"),
            Suspect,
            "Page not found",
        ),
        Case::page(
            "soft-class",
            NotIt("the shop says that the page is not there"),
            |_| answer(200, "", "<title>Shop</title><body class='error404 x'>Hm"),
            Suspect,
            "error404",
        ),
        Case::page(
            "soft-heading",
            NotIt("the shop says that the page is not there"),
            |_| page("Lampenhaus", "<h1>Sorry, this page isn’t available</h1>"),
            Suspect,
            "heading",
        ),
        Case::page(
            "soft-de",
            NotIt("the shop says that the page is not there"),
            |_| page("Seite nicht gefunden | Lampen", ""),
            Suspect,
            "Seite nicht gefunden",
        ),
        Case::page(
            "soft-fr",
            NotIt("the shop says that the page is not there"),
            |_| page("Page introuvable", "<p>Retour</p>"),
            Suspect,
            "Page introuvable",
        ),
        Case::page(
            "soft-es",
            NotIt("the shop says that the page is not there"),
            |_| page("Página no encontrada - Lámparas", ""),
            Suspect,
            "no encontrada",
        ),
        Case::page(
            "soft-pl",
            NotIt("the shop says that the page is not there"),
            |_| page("Strona nie istnieje", ""),
            Suspect,
            "nie istnieje",
        ),
        Case::page(
            "soft-ja",
            NotIt("the shop says that the page is not there"),
            |_| page("ページが見つかりません", ""),
            Suspect,
            "見つかりません",
        ),
        Case::page(
            "soft-latin",
            NotIt("the shop says that the page is not there"),
            |_| answer(200, "Content-Type: text/html; charset=iso-8859-1", b"<title>P\xe1gina no encontrada</title>"),
            Suspect,
            "Página",
        ),
        Case::page(
            "soft-long",
            NotIt("the shop says that the page is not there"),
            |_| page("404 Not Found", &("<h1>Page not found</h1>".to_owned() + &prose())),
            Suspect,
            "404",
        ),
        Case::page("blank", NotIt("an empty window"), |_| answer(200, "", ""), Suspect, "empty"),
        Case::page("blank-page", NotIt("an empty window"), |_| page("Oak", ""), Suspect, "empty"),
        Case::page("no-content", NotIt("a click after which nothing happens"), |_| answer(204, "", ""), Suspect, "empty"),
        Case::page("inner-500", NotIt("an error message"), |_| page("500 Internal Server Error", "<h1>Sorry</h1>"), Suspect, "500"),
        Case::page("soon", NotIt("a promise in place of the page"), |_| page("Coming soon", "<p>Stay tuned</p>"), Suspect, "Coming soon"),
        Case::page(
            "database",
            NotIt("an error message"),
            |_| page("", "<h1>Error establishing a database connection</h1>"),
            Suspect,
            "database",
        ),
        Case::page(
            "nginx",
            NotIt("a server before anything was put on it"),
            |_| page("Welcome to nginx!", "<h1>Welcome to nginx!</h1>"),
            Suspect,
            "nginx",
        ),
        Case::page(
            "parked",
            NotIt("a dealer in names, not the shop"),
            |_| page("lamps.test", "This domain is for sale. Make an offer."),
            Suspect,
            "for sale",
        ),
        Case::page(
            "parked-header",
            NotIt("a dealer in names, not the shop"),
            |_| answer(200, "X-Adblock-Key: abc", html("x", "x")),
            Suspect,
            "parked",
        ),
        Case::page(
            "parked-frame",
            NotIt("a dealer in names, not the shop"),
            |_| page("x", "<iframe src='https://ww1.sedoparking.com/a'></iframe>"),
            Suspect,
            "sedoparking.com",
        ),
        Case::page(
            "shop-locked",
            Locked("a shop that is not open yet"),
            |_| page("Lampenhaus", "<h1>Opening soon</h1><form action=/password><input type=password></form>"),
            NotPublic,
            "password page",
        ),
        Case::page(
            "members",
            Locked("a login in place of the page"),
            |_| page("Sign in | Lampenhaus", "<form><input type=password></form>"),
            NotPublic,
            "Sign in",
        ),
        Case::page(
            "wp-locked",
            Locked("a password before the page"),
            |_| page("Protected: Oak", "This content is password protected.<input type=password>"),
            NotPublic,
            "password protected",
        ),
    ]
}

#[test]
fn offers_that_are_over() {
    check(&over(), &[]);
}

/// Offers that are over.
pub(crate) fn over() -> Vec<Case> {
    vec![
        Case::page(
            "sold-ld",
            NotIt("nobody can buy it"),
            |_| page("Oak", &format!("{LD}{{\"availability\":\"https://schema.org/OutOfStock\"}}]}}</script>{}", prose())),
            Suspect,
            "OutOfStock",
        ),
        Case::page(
            "variant",
            Fine("one of two can be bought"),
            |_| {
                page(
                    "Oak",
                    &format!(
                        "{LD}{{\"availability\":\"http://schema.org/SoldOut\"}},{{\"availability\":\"InStock\"}}]}}</script>{}",
                        prose()
                    ),
                )
            },
            Alive,
            "200",
        ),
        Case::page(
            "sold-micro",
            NotIt("nobody can buy it"),
            |_| page("Oak", &(prose() + "<link itemprop=availability href='https://schema.org/Discontinued'>")),
            Suspect,
            "Discontinued",
        ),
        Case::page(
            "sold-button",
            NotIt("nobody can buy it"),
            |_| page("Oak", &(prose() + "<button type=submit disabled>Sold out</button>")),
            Suspect,
            "cannot be pressed",
        ),
        Case::page(
            "sold-size",
            Fine("another size can be bought"),
            |_| page("Oak", &(prose() + "<button disabled>Sold out</button><button>Add to cart</button>")),
            Alive,
            "200",
        ),
        Case::page(
            "sold-heading",
            NotIt("nobody can buy it"),
            |_| page("Lampenhaus", &("<h1>Dieser Artikel ist nicht mehr verfügbar</h1>".to_owned() + &prose())),
            Suspect,
            "nicht mehr verfügbar",
        ),
        Case::page(
            "ended",
            NotIt("the sale is over"),
            |_| page("Lampenhaus", &("<h1>This sale has ended!</h1>".to_owned() + &prose())),
            Suspect,
            "offer is over",
        ),
        Case::page(
            "ended-text",
            NotIt("the offer is over"),
            |_| page("Lampenhaus", "<p>Thank you. This offer has expired.</p>"),
            Suspect,
            "this offer has expired",
        ),
        Case::page(
            "form-closed",
            NotIt("nobody can answer"),
            |_| page("Survey", "<p>The form Survey is no longer accepting responses.</p>"),
            Suspect,
            "no longer accepting",
        ),
        Case::page(
            "link-expired",
            NotIt("the page says so"),
            |_| page("Lampenhaus", "<h1>This link has expired</h1>"),
            Suspect,
            "This link has expired",
        ),
        Case::page("ended-fr", NotIt("the offer is over"), |_| page("Offre terminée | Maison", &prose()), Suspect, "Offre terminée"),
    ]
}

#[test]
fn good_pages() {
    check(&good(), &[]);
}

/// Good pages.
pub(crate) fn good() -> Vec<Case> {
    vec![
        Case::page(
            "landing",
            Fine("a short landing page"),
            |_| page("Spring", "<meta name=robots content=noindex><h1>Spring is here</h1><p>Lamps from 20</p>"),
            Alive,
            "200",
        ),
        Case::page(
            "article",
            Fine("an article about missing pages"),
            |_| page("How to fix page not found errors", &("<h1>Page not found? What to do</h1>".to_owned() + &prose())),
            Alive,
            "200",
        ),
        Case::page("story", Fine("an article about selling out"), |_| page("Why we sold out in a day", &prose()), Alive, "200"),
        Case::page(
            "script-page",
            Fine("the shop's script draws the page"),
            |_| page("Shop", "<div id=root></div><script src=/app.js></script>"),
            Alive,
            "200",
        ),
        Case::page("picture-page", Fine("a page of one picture"), |_| page("", "<img src=a.png>"), Alive, "200"),
        Case::page(
            "header-login",
            Fine("a product, with a login in the page's head"),
            |_| page("Oak lamp", &(prose() + "<a href=/login>Sign in</a><form action=/search><input></form>")),
            Alive,
            "200",
        ),
        Case::page("login-meant", Fine("the link promises a login"), |_| page("Sign in", "<input type=password>"), Alive, "200")
            .at("/account/login"),
        Case::page(
            "domain-story",
            Fine("an article about a name"),
            |_| page("Our story", &(prose() + "We heard that this domain is for sale and bought it.")),
            Alive,
            "200",
        ),
        Case::page("pdf", Fine("the document opens"), |_| answer(200, "Content-Type: application/pdf", "%PDF-1.7 x"), Alive, "200")
            .also(|a| a.content_type.as_deref() == Some("application/pdf")),
        Case::page("calendar", Fine("the date opens"), |_| answer(200, "Content-Type: text/calendar", "BEGIN:VCALENDAR"), Alive, "200"),
        Case::page(
            "no-type",
            Fine("browsers see by themselves that it is a page"),
            |_| answer(200, "Content-Type:", html("Oak", &prose())),
            Alive,
            "200",
        )
        .also(|a| a.title.as_deref() == Some("Oak")),
        Case::page("anchor", Fine("the page opens at its place"), |_| page("Oak", &(prose() + "<h2 id=größe>Size</h2>")), Alive, "200")
            .at("/x#gr%C3%B6%C3%9Fe")
            .also(|a| a.fragment_found == Some(true)),
        Case::page("no-anchor", Fine("the page opens, at its top"), |_| page("Oak", &prose()), Alive, "200")
            .at("/x#size")
            .also(|a| a.fragment_found == Some(false)),
        Case::page("script-anchor", Fine("the page opens"), |_| page("Oak", &(prose() + "<script src=/app.js></script>")), Alive, "200")
            .at("/x#size")
            .also(|a| a.fragment_found.is_none()),
        Case::page("route", Fine("the page opens"), |_| page("Oak", &prose()), Alive, "200")
            .at("/x#/cart")
            .also(|a| a.fragment_found.is_none()),
    ]
}
