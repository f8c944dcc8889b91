//! Behaviours met in the wild that were written down, with their truth, before any program was tried on them.

use crate::cases::{Case, check};
use crate::redirects::SHOP;
use crate::server::{Act, answer, html, page, prose, redirect};
use crate::truth::Truth::{Broken, Fine, Hidden, Locked, NotIt, Passing};
use presend::links::Standing::{Alive, Dead, NotPublic, Refused, Suspect, Unknown};
use std::io::Write;

const BEHIND: &str = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";

fn raw(text: &str) -> Act {
    Act::Send(text.as_bytes().to_vec())
}

fn deflated() -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(html("Oak", &prose()).as_bytes()).expect("memory");
    writer.finish().expect("memory")
}

fn wide() -> Vec<u8> {
    let text = html("Oak lamp", &prose());
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn strangers() {
    check(&pages(), &[]);
}

#[test]
fn more_strangers() {
    check(&more_pages(), &[]);
}

#[test]
fn more_strange_ways() {
    check(&more_ways(), &[("shop", SHOP)]);
}

#[test]
fn strange_ways() {
    check(&ways(), &[("shop", SHOP)]);
}

/// Pages that say what they are in their own words.
pub(crate) fn pages() -> Vec<Case> {
    vec![
        Case::page("soft-nl", NotIt("the shop says that the page is not there"), |_| page("Pagina niet gevonden", ""), Suspect, ""),
        Case::page("soft-it", NotIt("the shop says that the page is not there"), |_| page("Pagina non trovata - Lampade", ""), Suspect, ""),
        Case::page(
            "soft-template",
            NotIt("the shop says that the page is not there"),
            |_| answer(200, "", "<title>Shop</title><body class='template-404 gradient'>Hm"),
            Suspect,
            "",
        ),
        Case::page(
            "soft-ru",
            NotIt("the shop says that the page is not there"),
            |_| {
                answer(
                    200,
                    "Content-Type: text/html",
                    b"<meta charset=windows-1251><title>\xd1\xf2\xf0\xe0\xed\xe8\xf6\xe0 \xed\xe5 \xed\xe0\xe9\xe4\xe5\xed\xe0</title>",
                )
            },
            Suspect,
            "",
        ),
        Case::page(
            "soft-plain",
            NotIt("a bare error message"),
            |_| answer(200, "Content-Type: text/plain", "404 page not found\n"),
            Suspect,
            "",
        ),
        Case::page(
            "json-error",
            NotIt("a bare error message"),
            |_| answer(200, "Content-Type: application/json", "{\"error\":\"not found\",\"status\":404}"),
            Suspect,
            "",
        ),
        Case::page(
            "listing",
            NotIt("a list of files"),
            |_| page("Index of /lamps", "<h1>Index of /lamps</h1><a href=../>../</a><a href=a.txt>a.txt</a>"),
            Suspect,
            "",
        ),
        Case::page(
            "it-works",
            NotIt("a server before anything was put on it"),
            |_| answer(200, "", "<html><body><h1>It works!</h1></body></html>"),
            Suspect,
            "",
        ),
        Case::page(
            "maintenance",
            NotIt("a promise in place of the page"),
            |_| page("Site under maintenance", "<h1>We will be back soon</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "event-over",
            NotIt("nobody can come any more"),
            |_| page("Lamp fair", "<h1>Lamp fair</h1><p>This event has ended.</p>"),
            Suspect,
            "",
        ),
        Case::page("video-gone", NotIt("nothing to see"), |_| page("Video unavailable", "<p>This video is private.</p>"), Suspect, ""),
        Case::page("file-gone", NotIt("nothing to fetch"), |_| page("Dropbox", "<h1>This file has been deleted</h1>"), Suspect, ""),
        Case::page(
            "need-access",
            Locked("strangers must ask for leave"),
            |_| page("Drive", "<h1>You need access</h1><p>Request access, or switch to an account with access.</p>"),
            NotPublic,
            "",
        ),
        Case::page(
            "private-site",
            Locked("strangers must ask for leave"),
            |_| page("Private Site", "<h1>Private Site</h1><p>This site is currently private. Log in to see it.</p>"),
            NotPublic,
            "",
        ),
        Case::page(
            "bucket",
            Locked("nobody outside gets the file"),
            |_| answer(403, "Server: AmazonS3\nContent-Type: application/xml", BEHIND),
            NotPublic,
            "",
        ),
        Case::page(
            "cf-1020",
            Hidden("turned away for where it came from, which readers do not share"),
            |_| answer(403, "Server: cloudflare", html("Access denied | lamps.test used Cloudflare to restrict access", "Error 1020")),
            Refused,
            "",
        ),
        Case::page(
            "no-app",
            Broken("an error page, whoever asks"),
            |_| answer(404, "", html("No such app", "There's nothing here, yet.")),
            Dead,
            "",
        ),
        Case::page(
            "app-crashed",
            Passing("an error now; the site may recover"),
            |_| answer(503, "", html("Application error", "An error occurred in the application.")),
            Unknown,
            "",
        ),
        Case::page(
            "origin-lost",
            Passing("an error now; the site may recover"),
            |_| answer(530, "Server: cloudflare", html("Origin DNS error", "Error 1016")),
            Unknown,
            "",
        ),
        Case::page("day-404", Fine("an offer for a day with that number"), |_| page("404 Day: ten lamps for 4.04", &prose()), Alive, ""),
        Case::page("denied-film", Fine("an article about a film"), |_| page("Access Denied – a documentary", &prose()), Alive, ""),
        Case::page(
            "others-sold",
            Fine("it can be bought; others below it cannot"),
            |_| {
                page(
                    "Oak lamp",
                    &(prose()
                        + "<button>Add to cart</button><div class=related><span>Sold out</span><button disabled>Sold out</button></div>"),
                )
            },
            Alive,
            "",
        ),
        Case::page(
            "consent",
            Fine("the page opens behind a question about cookies"),
            |_| page("Oak lamp", &(String::from("<div id=consent><h2>We value your privacy</h2><button>Accept</button></div>") + &prose())),
            Alive,
            "",
        ),
        Case::page(
            "in-stock-elsewhere",
            Fine("sold out in one shop of two"),
            |_| page("Oak lamp", &(prose() + "<p>Sold out in Ulm.</p><p>In stock in Bonn.</p><button>Buy</button>")),
            Alive,
            "",
        ),
    ]
}

/// Ways of speaking HTTP, of leading on, and of sending pictures.
pub(crate) fn ways() -> Vec<Case> {
    vec![
        Case::page(
            "to-404",
            NotIt("the shop's page for lost people"),
            |hit| if hit.path == "/404" { page("Lampenhaus", &prose()) } else { redirect("/404") },
            Suspect,
            "",
        ),
        Case::page(
            "to-error",
            NotIt("an error page at the end"),
            |hit| if hit.path.starts_with("/error") { page("Lampenhaus", "<h1>Oops</h1>") } else { redirect("/error?code=404") },
            Suspect,
            "",
        ),
        Case::page(
            "window-location",
            Broken("an error page at the end"),
            |_| page("", "<script>window.location = \"http://shop.test/missing\";</script>"),
            Dead,
            "",
        ),
        Case::page(
            "refresh-missing",
            Broken("an error page at the end"),
            |_| answer(200, "Refresh: 0; url=http://shop.test/missing", ""),
            Dead,
            "",
        ),
        Case::page(
            "query-only",
            Fine("the page opens"),
            |hit| if hit.path.contains('?') { page("Oak", &prose()) } else { redirect("?page=2") },
            Alive,
            "",
        ),
        Case::page(
            "counting",
            Broken("browsers give up after twenty"),
            |hit| {
                let n = hit.path.rsplit('=').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0);
                redirect(&format!("/lamps/oak?n={}", n + 1))
            },
            Dead,
            "",
        ),
        Case::page("to-itself", Broken("browsers stop at the circle"), |_| redirect("#top"), Dead, ""),
        Case::page(
            "two-places",
            Broken("browsers show an error where two targets disagree"),
            |_| answer(302, "Location: http://shop.test/a\nLocation: http://shop.test/b", ""),
            Dead,
            "",
        ),
        Case::page(
            "login-next",
            Locked("a login in place of the page"),
            |hit| {
                if hit.path.starts_with("/accounts/login") {
                    page("Log in", "<form><input type=password></form>")
                } else {
                    redirect("/accounts/login/?next=%2Flamps%2Foak")
                }
            },
            NotPublic,
            "",
        ),
        Case::page("deflate", Fine("the page opens"), |_| answer(200, "Content-Encoding: deflate", deflated()), Alive, ""),
        Case::page("utf-16", Fine("the page opens"), |_| answer(200, "Content-Type: text/html", wide()), Alive, ""),
        Case::page(
            "xhtml",
            Fine("the page opens"),
            |_| answer(200, "Content-Type: application/xhtml+xml", html("Oak", &prose())),
            Alive,
            "",
        ),
        Case::page("partial", Fine("browsers show what came"), |_| answer(206, "", html("Oak", &prose())), Alive, ""),
        Case::page(
            "download",
            Fine("the document is saved"),
            |_| answer(200, "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf", "%PDF-1.7 x"),
            Alive,
            "",
        ),
        Case::page(
            "early-hints",
            Fine("the page opens"),
            |_| {
                raw(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>hello",
                )
            },
            Alive,
            "",
        ),
        Case::page(
            "bare-lines",
            Fine("browsers forgive the line ends"),
            |_| raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 8\n\n<p>hello"),
            Alive,
            "",
        ),
        Case::page(
            "no-headers",
            Fine("the page opens"),
            |_| raw("HTTP/1.0 200 OK\r\n\r\n<!doctype html><title>Oak</title><p>hello"),
            Alive,
            "",
        ),
        Case::image(
            "png-as-text",
            Fine("the picture shows"),
            |_| answer(200, "Content-Type: text/plain", include_bytes!("../../fixtures/pictures/qr-staging.png")),
            Alive,
            "",
        ),
        Case::image(
            "bucket-picture",
            Broken("a gap in the mail, for everybody"),
            |_| answer(403, "Server: AmazonS3\nContent-Type: application/xml", BEHIND),
            Dead,
            "",
        ),
        Case::image(
            "json-picture",
            Broken("a gap in the mail"),
            |_| answer(200, "Content-Type: application/json", "{\"error\":\"no such image\"}"),
            Dead,
            "",
        ),
        Case::image(
            "login-picture",
            Locked("a gap in the mail before strangers"),
            |_| answer(401, "WWW-Authenticate: Basic", ""),
            NotPublic,
            "",
        ),
    ]
}

/// More pages, written down after [`pages`] had been mended.
pub(crate) fn more_pages() -> Vec<Case> {
    vec![
        Case::page("soft-tr", NotIt("the shop says that the page is not there"), |_| page("Sayfa bulunamadı | Lamba", ""), Suspect, ""),
        Case::page(
            "soft-da",
            NotIt("the shop says that the page is not there"),
            |_| page("Siden blev ikke fundet", "<h1>404</h1>"),
            Suspect,
            "",
        ),
        Case::page("soft-cs", NotIt("the shop says that the page is not there"), |_| page("Stránka nenalezena", ""), Suspect, ""),
        Case::page("soft-zh", NotIt("the shop says that the page is not there"), |_| page("页面不存在", "<p>返回首页</p>"), Suspect, ""),
        Case::page("soft-ko", NotIt("the shop says that the page is not there"), |_| page("페이지를 찾을 수 없습니다", ""), Suspect, ""),
        Case::page(
            "soft-hmm",
            NotIt("the shop says that the page is not there"),
            |_| page("Lampenhaus", "<h1>Hmm. We can't seem to find the page you're looking for.</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "soft-moved",
            NotIt("the shop says that the page is not there"),
            |_| page("Lampenhaus", "<h1>This page has been moved or deleted</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "product-gone",
            NotIt("nobody can buy it"),
            |_| page("Lampenhaus", "<h1>This product is no longer available</h1><p>Look at these lamps.</p>"),
            Suspect,
            "",
        ),
        Case::page(
            "product-gone-fr",
            NotIt("nobody can buy it"),
            |_| page("Oak", "<h1>Ce produit n'est plus disponible</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "ld-graph",
            NotIt("nobody can buy it"),
            |_| {
                page(
                    "Oak",
                    &(String::from(
                        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Product\",\"offers\":{\"@type\":\"Offer\",\"availability\":\"https://schema.org/OutOfStock\"}}]}</script>",
                    ) + &prose()),
                )
            },
            Suspect,
            "",
        ),
        Case::page(
            "meta-stock",
            NotIt("nobody can buy it"),
            |_| {
                answer(
                    200,
                    "",
                    format!(
                        "<head><title>Oak</title><meta property='product:availability' content='out of stock'></head><body>{}",
                        prose()
                    ),
                )
            },
            Suspect,
            "",
        ),
        Case::page(
            "code-over",
            NotIt("the code is worth nothing any more"),
            |_| page("Lampenhaus", "<h1>This voucher has expired</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "webinar-over",
            NotIt("nobody can register"),
            |_| page("Light at home", "<h1>Registration is closed</h1><p>This webinar has ended.</p>"),
            Suspect,
            "",
        ),
        Case::page("job-filled", NotIt("nobody can apply"), |_| page("Careers", "<h1>This position has been filled</h1>"), Suspect, ""),
        Case::page(
            "suspended",
            NotIt("the host shut the site"),
            |_| page("Account Suspended", "<h1>This Account has been suspended.</h1>"),
            Suspect,
            "",
        ),
        Case::page(
            "parked-es",
            NotIt("a dealer in names, not the shop"),
            |_| page("lampara.test", "<p>Este dominio está en venta. Haga una oferta.</p>"),
            Suspect,
            "",
        ),
        Case::page(
            "wp-critical",
            NotIt("an error message"),
            |_| page("WordPress › Error", "<p>There has been a critical error on this website.</p>"),
            Suspect,
            "",
        ),
        Case::page(
            "php-fatal",
            NotIt("an error message"),
            |_| answer(200, "", "<br />\n<b>Fatal error</b>: Uncaught Error: Call to undefined function lamp() in /var/www/index.php:3"),
            Suspect,
            "",
        ),
        Case::page(
            "sso",
            Locked("a login before strangers"),
            |_| page("Sign in to your account", "<form><input type=email name=loginfmt><button>Next</button></form>"),
            NotPublic,
            "",
        ),
        Case::page(
            "members-only",
            Locked("only members get further"),
            |_| page("Members only | Lampenclub", "<h1>Members only</h1><p>Join to read on.</p>"),
            NotPublic,
            "",
        ),
        Case::page(
            "turnstile",
            Hidden("people pass, programs do not"),
            |_| {
                page(
                    "Lampenhaus",
                    "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script><p>Verifying you are human. This may take a few seconds.</p>",
                )
            },
            Refused,
            "",
        ),
        Case::page(
            "queue",
            Hidden("people wait their turn and get in"),
            |_| {
                page(
                    "Queue-it",
                    "<h1>You are now in line</h1><script src='https://static.queue-it.net/script/queueclient.min.js'></script>",
                )
            },
            Refused,
            "",
        ),
        Case::page(
            "wordfence",
            Hidden("turned away for where it came from, which readers do not share"),
            |_| answer(503, "", html("Your access to this site has been limited", "Generated by Wordfence")),
            Refused,
            "",
        ),
        Case::page(
            "newsletter-gate",
            Fine("the page opens behind a window that asks for an address"),
            |_| page("Oak lamp", &(prose() + "<div class=modal><h2>Get 10 % off</h2><input type=email></div>")),
            Alive,
            "",
        ),
        Case::page(
            "checkout-login",
            Fine("a product, with a login at the side"),
            |_| page("Oak lamp", &(prose() + "<form class=login><input type=email><input type=password><button>Sign in</button></form>")),
            Alive,
            "",
        ),
        Case::page(
            "expired-story",
            Fine("an article about vouchers"),
            |_| page("When has a voucher expired? Your rights", &(String::from("<h1>When has a voucher expired?</h1>") + &prose())),
            Alive,
            "",
        ),
        Case::page(
            "maintenance-guide",
            Fine("an article about caring for lamps"),
            |_| page("Lamp maintenance", &(String::from("<h1>Under maintenance: how we care for lamps</h1>") + &prose())),
            Alive,
            "",
        ),
        Case::page(
            "private-sale",
            Fine("the sale opens"),
            |_| page("Private sale", &(String::from("<h1>Private sale</h1>") + &prose())),
            Alive,
            "",
        ),
        Case::page(
            "sold-number",
            Fine("it can be bought"),
            |_| page("Oak lamp", &(prose() + "<p>Over 10,000 sold. Never sold out.</p><button>Add to bag</button>")),
            Alive,
            "",
        ),
        Case::page(
            "small-json",
            Fine("a feed opens"),
            |_| answer(200, "Content-Type: application/json", "{\"title\":\"Lamps\",\"items\":[]}"),
            Alive,
            "",
        ),
        Case::page(
            "small-text",
            Fine("a short note opens"),
            |_| answer(200, "Content-Type: text/plain", "User-agent: *\nDisallow:"),
            Alive,
            "",
        ),
    ]
}

/// More ways, written down after [`ways`] had been mended.
pub(crate) fn more_ways() -> Vec<Case> {
    vec![
        Case::page(
            "to-search",
            NotIt("a search in place of the product"),
            |hit| if hit.path.starts_with("/search") { page("Search", &prose()) } else { redirect("/search?q=oak") },
            Suspect,
            "",
        )
        .at("/products/oak-lamp"),
        Case::page(
            "to-category",
            Fine("the shop's lamps in place of one"),
            |hit| if hit.path == "/lamps" { page("Lamps", &prose()) } else { redirect("/lamps") },
            Alive,
            "",
        )
        .at("/lamps/oak"),
        Case::page(
            "slash",
            Fine("the page opens"),
            |hit| if hit.path.ends_with('/') { page("Oak", &prose()) } else { redirect("/lamps/oak/") },
            Alive,
            "",
        ),
        Case::page(
            "language",
            Fine("the page opens in the reader's language"),
            |hit| if hit.path.starts_with("/en/") { page("Oak", &prose()) } else { redirect("/en/lamps/oak") },
            Alive,
            "",
        ),
        Case::page(
            "two-cookies",
            Fine("the page opens"),
            |hit| {
                let cookie = hit.header("cookie").unwrap_or_default();
                if cookie.contains("a=1") && cookie.contains("b=2") {
                    page("Oak", &prose())
                } else {
                    answer(302, "Location: /lamps/oak\nSet-Cookie: a=1\nSet-Cookie: b=2; Path=/; HttpOnly", "")
                }
            },
            Alive,
            "",
        ),
        Case::page(
            "chain-gone",
            Broken("an error page at the end"),
            |hit| match hit.path.as_str() {
                "/lamps/oak" => redirect("/b"),
                "/b" => answer(301, "Location: /c", ""),
                _ => answer(410, "", ""),
            },
            Dead,
            "",
        ),
        Case::page(
            "scripted-away",
            Broken("an error page at the end"),
            |_| page("", "<script>setTimeout(function(){ window.location.href = 'http://shop.test/missing' }, 0)</script>"),
            Dead,
            "",
        ),
        Case::page(
            "quoted-refresh",
            Fine("the page opens"),
            |_| page("", "<meta http-equiv=\"Refresh\" content=\"0;URL='http://shop.test/x'\">"),
            Alive,
            "",
        ),
        Case::page(
            "bad-chunk",
            Broken("browsers show an error"),
            |_| raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nzz\r\n<p>hello\r\n0\r\n\r\n"),
            Dead,
            "",
        ),
        Case::page(
            "status-text",
            Fine("the page opens"),
            |_| raw("HTTP/1.1 200\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>hello"),
            Alive,
            "",
        ),
        Case::page(
            "folded",
            Fine("browsers forgive folded headers"),
            |_| raw("HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>hello"),
            Alive,
            "",
        ),
        Case::page(
            "many-headers",
            Fine("the page opens"),
            |_| {
                let many = (0..150).fold(String::new(), |text, at| text + &format!("X-A{at}: b\n"));
                answer(200, &many, html("Oak", &prose()))
            },
            Alive,
            "",
        ),
        Case::image(
            "webp",
            Fine("the picture shows"),
            |_| {
                answer(200, "Content-Type: image/webp", b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0")
            },
            Alive,
            "",
        ),
        Case::image(
            "expired-picture",
            Broken("a gap in the mail, for everybody"),
            |_| {
                answer(
                    403,
                    "Content-Type: application/xml",
                    "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
                )
            },
            Dead,
            "",
        ),
        Case::image("picture-gone", Broken("a gap in the mail"), |_| answer(410, "", ""), Dead, ""),
        Case::image(
            "picture-home",
            Broken("a gap in the mail"),
            |hit| if hit.path == "/" { page("Lamps", &prose()) } else { redirect("/") },
            Dead,
            "",
        ),
        Case::image("text-picture", Broken("a gap in the mail"), |_| answer(200, "Content-Type: image/png", "Image not found"), Dead, ""),
        Case::image("picture-trouble", Passing("a gap in the mail, now"), |_| answer(503, "", ""), Unknown, ""),
    ]
}
