//! Walls for programs are "refused", never dead and never alive; good pages behind the same firewalls are alive.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use presend::links::Standing::{Alive, NotPublic, Refused};

#[test]
fn walls() {
    check(
        &[
            Case::page("cf-header", |_| answer(403, "cf-mitigated: challenge", html("Just a moment...", "")), Refused, "Cloudflare"),
            Case::page("cf-title", |_| answer(503, "Server: cloudflare", html("Just a moment...", "")), Refused, "Cloudflare"),
            Case::page("cf-200", |_| page("Please wait", "<script>window._cf_chl_opt={};</script>"), Refused, "_cf_chl_opt"),
            Case::page("cf-404", |_| answer(404, "cf-mitigated: challenge", ""), Refused, "Cloudflare"),
            Case::page("cf-blocked", |_| answer(403, "", html("Attention Required! | Cloudflare", "")), Refused, "Cloudflare"),
            Case::page("aws", |_| answer(202, "x-amzn-waf-action: challenge", ""), Refused, "Amazon"),
            Case::page("aws-captcha", |_| answer(405, "x-amzn-waf-action: captcha", ""), Refused, "captcha"),
            Case::page(
                "amazon",
                |_| page("Shop", "<!-- To discuss automated access please contact api-services-support@amazon.com. -->"),
                Refused,
                "Amazon",
            ),
            Case::page(
                "datadome",
                |_| answer(403, "x-datadome: protected", "<script src='https://ct.captcha-delivery.com/c.js'></script>"),
                Refused,
                "DataDome",
            ),
            Case::page(
                "perimeterx",
                |_| answer(403, "", html("Access to this page has been denied", "<div id=px-captcha>")),
                Refused,
                "PerimeterX",
            ),
            Case::page("vercel", |_| answer(429, "x-vercel-mitigated: challenge", ""), Refused, "Vercel"),
            Case::page(
                "akamai",
                |_| answer(403, "", html("Access Denied", "Reference #18 https://errors.edgesuite.net/18.x")),
                Refused,
                "Akamai",
            ),
            Case::page("imperva", |_| page("", "<iframe src='/_Incapsula_Resource?x=1'></iframe>"), Refused, "Imperva"),
            Case::page("kasada", |_| answer(429, "x-kpsdk-ct: abc", ""), Refused, "Kasada"),
            Case::page(
                "f5",
                |_| page("Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
                Refused,
                "F5",
            ),
            Case::page("anubis", |_| page("Making sure you're not a bot!", "Loading"), Refused, "Anubis"),
            Case::page("captcha", |_| page("Human verification", "Tick the box"), Refused, "Human verification"),
            Case::page("denied-200", |_| page("Access Denied", "You may not see this."), Refused, "Access Denied"),
            Case::image("image-wall", |_| answer(200, "", html("Just a moment...", "")), Refused, "Cloudflare"),
            // The same firewalls let good pages through, with their marks on them.
            Case::page(
                "cf-fine",
                |_| {
                    let script = "<script>/* /cdn-cgi/challenge-platform/scripts/jsd/main.js */</script>";
                    answer(200, "Server: cloudflare\nCF-RAY: 1", html("Oak lamp", &(prose() + script)))
                },
                Alive,
                "200",
            ),
            Case::page("datadome-fine", |_| answer(200, "x-datadome: protected", html("Oak lamp", &prose())), Alive, "200"),
            Case::page(
                "about-captchas",
                |_| page("Captcha: a history", &(prose() + "px-captcha, captcha-delivery.com and other marks")),
                Alive,
                "200",
            ),
            Case::page("basic-behind", |_| answer(401, "WWW-Authenticate: Basic", html("401", "")), NotPublic, "401"),
        ],
        &[],
    );
}
