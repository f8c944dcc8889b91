//! Pages that answer 200 and are not what the mail promises; and good pages that look a little like them.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use presend::links::Standing::{Alive, NotPublic, Suspect};

const LD: &str = "<script type='application/ld+json'>{\"@type\":\"Product\",\"offers\":[";

#[test]
fn pages_that_are_not_there() {
    check(
        &[
            Case::page("soft", |_| page("Page not found – Lampenhaus", "<h1>Oops</h1>"), Suspect, "Page not found"),
            Case::page("soft-class", |_| answer(200, "", "<title>Shop</title><body class='error404 x'>Hm"), Suspect, "error404"),
            Case::page("soft-heading", |_| page("Lampenhaus", "<h1>Sorry, this page isn’t available</h1>"), Suspect, "heading"),
            Case::page("soft-de", |_| page("Seite nicht gefunden | Lampen", ""), Suspect, "Seite nicht gefunden"),
            Case::page("soft-fr", |_| page("Page introuvable", "<p>Retour</p>"), Suspect, "Page introuvable"),
            Case::page("soft-es", |_| page("Página no encontrada - Lámparas", ""), Suspect, "no encontrada"),
            Case::page("soft-pl", |_| page("Strona nie istnieje", ""), Suspect, "nie istnieje"),
            Case::page("soft-ja", |_| page("ページが見つかりません", ""), Suspect, "見つかりません"),
            Case::page(
                "soft-latin",
                |_| answer(200, "Content-Type: text/html; charset=iso-8859-1", b"<title>P\xe1gina no encontrada</title>"),
                Suspect,
                "Página",
            ),
            Case::page("soft-long", |_| page("404 Not Found", &("<h1>Page not found</h1>".to_owned() + &prose())), Suspect, "404"),
            Case::page("blank", |_| answer(200, "", ""), Suspect, "empty"),
            Case::page("blank-page", |_| page("Oak", ""), Suspect, "empty"),
            Case::page("no-content", |_| answer(204, "", ""), Suspect, "empty"),
            Case::page("inner-500", |_| page("500 Internal Server Error", "<h1>Sorry</h1>"), Suspect, "500"),
            Case::page("soon", |_| page("Coming soon", "<p>Stay tuned</p>"), Suspect, "Coming soon"),
            Case::page("database", |_| page("", "<h1>Error establishing a database connection</h1>"), Suspect, "database"),
            Case::page("nginx", |_| page("Welcome to nginx!", "<h1>Welcome to nginx!</h1>"), Suspect, "nginx"),
            Case::page("parked", |_| page("lamps.test", "This domain is for sale. Make an offer."), Suspect, "for sale"),
            Case::page("parked-header", |_| answer(200, "X-Adblock-Key: abc", html("x", "x")), Suspect, "parked"),
            Case::page("parked-frame", |_| page("x", "<iframe src='https://ww1.sedoparking.com/a'></iframe>"), Suspect, "sedoparking.com"),
            Case::page(
                "shop-locked",
                |_| page("Lampenhaus", "<h1>Opening soon</h1><form action=/password><input type=password></form>"),
                NotPublic,
                "password page",
            ),
            Case::page("members", |_| page("Sign in | Lampenhaus", "<form><input type=password></form>"), NotPublic, "Sign in"),
            Case::page(
                "wp-locked",
                |_| page("Protected: Oak", "This content is password protected.<input type=password>"),
                NotPublic,
                "password protected",
            ),
        ],
        &[],
    );
}

#[test]
fn offers_that_are_over() {
    check(
        &[
            Case::page(
                "sold-ld",
                |_| page("Oak", &format!("{LD}{{\"availability\":\"https://schema.org/OutOfStock\"}}]}}</script>{}", prose())),
                Suspect,
                "OutOfStock",
            ),
            Case::page(
                "variant",
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
                |_| page("Oak", &(prose() + "<link itemprop=availability href='https://schema.org/Discontinued'>")),
                Suspect,
                "Discontinued",
            ),
            Case::page(
                "sold-button",
                |_| page("Oak", &(prose() + "<button type=submit disabled>Sold out</button>")),
                Suspect,
                "cannot be pressed",
            ),
            Case::page(
                "sold-size",
                |_| page("Oak", &(prose() + "<button disabled>Sold out</button><button>Add to cart</button>")),
                Alive,
                "200",
            ),
            Case::page(
                "sold-heading",
                |_| page("Lampenhaus", &("<h1>Dieser Artikel ist nicht mehr verfügbar</h1>".to_owned() + &prose())),
                Suspect,
                "nicht mehr verfügbar",
            ),
            Case::page("ended", |_| page("Lampenhaus", &("<h1>This sale has ended!</h1>".to_owned() + &prose())), Suspect, "offer is over"),
            Case::page(
                "ended-text",
                |_| page("Lampenhaus", "<p>Thank you. This offer has expired.</p>"),
                Suspect,
                "this offer has expired",
            ),
            Case::page(
                "form-closed",
                |_| page("Survey", "<p>The form Survey is no longer accepting responses.</p>"),
                Suspect,
                "no longer accepting",
            ),
            Case::page("link-expired", |_| page("Lampenhaus", "<h1>This link has expired</h1>"), Suspect, "This link has expired"),
            Case::page("ended-fr", |_| page("Offre terminée | Maison", &prose()), Suspect, "Offre terminée"),
        ],
        &[],
    );
}

#[test]
fn good_pages() {
    check(
        &[
            Case::page(
                "landing",
                |_| page("Spring", "<meta name=robots content=noindex><h1>Spring is here</h1><p>Lamps from 20</p>"),
                Alive,
                "200",
            ),
            Case::page(
                "article",
                |_| page("How to fix page not found errors", &("<h1>Page not found? What to do</h1>".to_owned() + &prose())),
                Alive,
                "200",
            ),
            Case::page("story", |_| page("Why we sold out in a day", &prose()), Alive, "200"),
            Case::page("script-page", |_| page("Shop", "<div id=root></div><script src=/app.js></script>"), Alive, "200"),
            Case::page("picture-page", |_| page("", "<img src=a.png>"), Alive, "200"),
            Case::page(
                "header-login",
                |_| page("Oak lamp", &(prose() + "<a href=/login>Sign in</a><form action=/search><input></form>")),
                Alive,
                "200",
            ),
            Case::page("login-meant", |_| page("Sign in", "<input type=password>"), Alive, "200").at("/account/login"),
            Case::page(
                "domain-story",
                |_| page("Our story", &(prose() + "We heard that this domain is for sale and bought it.")),
                Alive,
                "200",
            ),
            Case::page("pdf", |_| answer(200, "Content-Type: application/pdf", "%PDF-1.7 x"), Alive, "200")
                .also(|a| a.content_type.as_deref() == Some("application/pdf")),
            Case::page("calendar", |_| answer(200, "Content-Type: text/calendar", "BEGIN:VCALENDAR"), Alive, "200"),
            Case::page("no-type", |_| answer(200, "Content-Type:", html("Oak", &prose())), Alive, "200")
                .also(|a| a.title.as_deref() == Some("Oak")),
            Case::page("anchor", |_| page("Oak", &(prose() + "<h2 id=größe>Size</h2>")), Alive, "200")
                .at("/x#gr%C3%B6%C3%9Fe")
                .also(|a| a.fragment_found == Some(true)),
            Case::page("no-anchor", |_| page("Oak", &prose()), Alive, "200").at("/x#size").also(|a| a.fragment_found == Some(false)),
            Case::page("script-anchor", |_| page("Oak", &(prose() + "<script src=/app.js></script>")), Alive, "200")
                .at("/x#size")
                .also(|a| a.fragment_found.is_none()),
            Case::page("route", |_| page("Oak", &prose()), Alive, "200").at("/x#/cart").also(|a| a.fragment_found.is_none()),
        ],
        &[],
    );
}
