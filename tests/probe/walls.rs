//! Walls for programs are "refused", never dead and never alive; good pages behind the same firewalls are alive.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use crate::truth::Truth::{Fine, Hidden, Locked};
use presend::links::Standing::{Alive, NotPublic, Refused};

#[test]
fn walls() {
    check(&walled(), &[]);
}

/// Walls, and good pages behind them.
pub(crate) fn walled() -> Vec<Case> {
    vec![
        Case::page(
            "cf-header",
            Hidden("people pass, programs do not"),
            |_| answer(403, "cf-mitigated: challenge", html("Just a moment...", "")),
            Refused,
            "Cloudflare",
        ),
        Case::page(
            "cf-title",
            Hidden("people pass, programs do not"),
            |_| answer(503, "Server: cloudflare", html("Just a moment...", "")),
            Refused,
            "Cloudflare",
        ),
        Case::page(
            "cf-200",
            Hidden("people pass, programs do not"),
            |_| page("Please wait", "<script>window._cf_chl_opt={};</script>"),
            Refused,
            "_cf_chl_opt",
        ),
        Case::page("cf-404", Hidden("people pass, programs do not"), |_| answer(404, "cf-mitigated: challenge", ""), Refused, "Cloudflare"),
        Case::page(
            "cf-blocked",
            Hidden("turned away for where it came from, which readers do not share"),
            |_| answer(403, "", html("Attention Required! | Cloudflare", "")),
            Refused,
            "Cloudflare",
        ),
        Case::page("aws", Hidden("people pass, programs do not"), |_| answer(202, "x-amzn-waf-action: challenge", ""), Refused, "Amazon"),
        Case::page(
            "aws-captcha",
            Hidden("people pass, programs do not"),
            |_| answer(405, "x-amzn-waf-action: captcha", ""),
            Refused,
            "captcha",
        ),
        Case::page(
            "amazon",
            Hidden("people pass, programs do not"),
            |_| page("Shop", "<!-- To discuss automated access please contact api-services-support@amazon.com. -->"),
            Refused,
            "Amazon",
        ),
        Case::page(
            "datadome",
            Hidden("people pass, programs do not"),
            |_| answer(403, "x-datadome: protected", "<script src='https://ct.captcha-delivery.com/c.js'></script>"),
            Refused,
            "DataDome",
        ),
        Case::page(
            "perimeterx",
            Hidden("people pass, programs do not"),
            |_| answer(403, "", html("Access to this page has been denied", "<div id=px-captcha>")),
            Refused,
            "PerimeterX",
        ),
        Case::page(
            "vercel",
            Hidden("people pass, programs do not"),
            |_| answer(429, "x-vercel-mitigated: challenge", ""),
            Refused,
            "Vercel",
        ),
        Case::page(
            "akamai",
            Hidden("turned away for where it came from, which readers do not share"),
            |_| answer(403, "", html("Access Denied", "Reference #18 https://errors.edgesuite.net/18.x")),
            Refused,
            "Akamai",
        ),
        Case::page(
            "imperva",
            Hidden("people pass, programs do not"),
            |_| page("", "<iframe src='/_Incapsula_Resource?x=1'></iframe>"),
            Refused,
            "Imperva",
        ),
        Case::page("kasada", Hidden("people pass, programs do not"), |_| answer(429, "x-kpsdk-ct: abc", ""), Refused, "Kasada"),
        Case::page(
            "f5",
            Hidden("turned away for what the firewall took it for"),
            |_| page("Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
            Refused,
            "F5",
        ),
        Case::page(
            "anubis",
            Hidden("people pass, programs do not"),
            |_| page("Making sure you're not a bot!", "Loading"),
            Refused,
            "Anubis",
        ),
        Case::page(
            "captcha",
            Hidden("people pass, programs do not"),
            |_| page("Human verification", "Tick the box"),
            Refused,
            "Human verification",
        ),
        Case::page(
            "denied-200",
            Hidden("turned away for where it came from, which readers do not share"),
            |_| page("Access Denied", "You may not see this."),
            Refused,
            "Access Denied",
        ),
        Case::image(
            "image-wall",
            Hidden("people pass, programs do not"),
            |_| answer(200, "", html("Just a moment...", "")),
            Refused,
            "Cloudflare",
        ),
        // The same firewalls let good pages through, with their marks on them.
        Case::page(
            "cf-fine",
            Fine("the page opens, with the firewall's script in it"),
            |_| {
                let script = "<script>/* /cdn-cgi/challenge-platform/scripts/jsd/main.js */</script>";
                answer(200, "Server: cloudflare\nCF-RAY: 1", html("Oak lamp", &(prose() + script)))
            },
            Alive,
            "200",
        ),
        Case::page(
            "datadome-fine",
            Fine("the page opens, with the firewall's mark on it"),
            |_| answer(200, "x-datadome: protected", html("Oak lamp", &prose())),
            Alive,
            "200",
        ),
        Case::page(
            "about-captchas",
            Fine("an article about such walls"),
            |_| page("Captcha: a history", &(prose() + "px-captcha, captcha-delivery.com and other marks")),
            Alive,
            "200",
        ),
        Case::page(
            "basic-behind",
            Locked("a password prompt before strangers"),
            |_| answer(401, "WWW-Authenticate: Basic", html("401", "")),
            NotPublic,
            "401",
        ),
    ]
}
