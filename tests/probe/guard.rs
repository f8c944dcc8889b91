//! Private addresses are refused, written out, behind a name and behind a redirect.

use crate::cases::{Case, check, options, run};
use crate::server::{Server, page, prose, redirect};
use crate::truth::Truth::{Broken, Fine};
use presend::links::Standing::{Alive, Dead, Unknown};
use presend::probe::{Lookup, Options, Request};

#[test]
fn private_addresses_behind_redirects() {
    check(&inward(), &[]);
}

/// Redirects to private addresses.
pub(crate) fn inward() -> Vec<Case> {
    vec![
        Case::page("fine", Fine("the page opens"), |_| page("Oak", &prose()), Alive, "200"),
        Case::page(
            "to-metadata",
            Broken("no reader is inside of that network"),
            |_| redirect("http://169.254.169.254/latest/meta-data/"),
            Dead,
            "metadata",
        ),
        Case::page("to-ten", Broken("no reader is inside of that network"), |_| redirect("http://10.0.0.1/"), Dead, "private network"),
        Case::page(
            "to-odd-form",
            Broken("no reader is inside of that network"),
            |_| redirect("http://0x0a000001/"),
            Dead,
            "private network",
        ),
        Case::page("to-decimal", Broken("no reader is inside of that network"), |_| redirect("http://2852039166/"), Dead, "metadata"),
        Case::page(
            "to-mapped",
            Broken("no reader is inside of that network"),
            |_| redirect("http://[::ffff:10.0.0.1]/"),
            Dead,
            "private network",
        ),
        Case::page(
            "to-ipv6-local",
            Broken("no reader has that page on their own computer"),
            |_| redirect("http://[::1]/"),
            Dead,
            "this very computer",
        ),
        Case::page(
            "to-nat64",
            Broken("no reader is inside of that network"),
            |_| redirect("http://[64:ff9b::a00:1]/"),
            Dead,
            "private network",
        ),
    ]
}

#[test]
fn private_addresses_behind_names() {
    let server = Server::start([("inside.test".to_owned(), (|_| page("Secret", &prose())) as crate::server::Behaviour)]);
    let hosts = [("inside.test".to_owned(), server.plain)];
    let requests = [Request::page("http://inside.test/a"), Request::page(format!("http://127.0.0.1:{}/a", server.plain.port()))];
    let guarded = Options { allow_private: Vec::new(), ..options(&hosts) };
    let links = run(&requests, &guarded);
    let named = links.get(&requests[0].url).expect("an answer");
    assert_eq!(named.standing, Unknown);
    assert!(named.reason.contains("allow-private") && named.reason.contains("127.0.0.1"), "{}", named.reason);
    assert_eq!(links.get(&requests[1].url).expect("an answer").standing, Dead);
    assert_eq!(server.all_hits(), 0, "nothing may reach a private address");

    let named = Options { allow_private: vec!["inside.test".into()], ..options(&hosts) };
    assert_eq!(run(&requests, &named).get(&requests[0].url).expect("an answer").standing, Alive);
    assert_eq!(server.all_hits(), 1);

    // A name with a public and a private address is asked at the public one only.
    let mut mixed = guarded;
    let both = vec!["10.0.0.1:80".parse().expect("address"), server.plain];
    mixed.resolve.insert("inside.test".into(), Lookup::To(both));
    mixed.allow_private = vec!["127.0.0.0/8".into()];
    assert_eq!(run(&requests[..1], &mixed).get(&requests[0].url).expect("an answer").standing, Alive);
}
