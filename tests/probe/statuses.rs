//! What a status says, and whether it is believed at once.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use presend::links::Standing::{Alive, Dead, NotPublic, Refused, Unknown};

#[test]
fn statuses() {
    let cases = [
        Case::page("fine", |_| page("Oak lamp", &prose()), Alive, "200"),
        Case::page("gone", |_| answer(404, "", html("Oops", "")), Dead, "404"),
        Case::page("removed", |_| answer(410, "", ""), Dead, "410"),
        Case::page("faulty", |_| answer(400, "", ""), Dead, "400"),
        Case::page("no-get", |_| answer(405, "", ""), Dead, "405"),
        Case::page("too-long", |_| answer(414, "", ""), Dead, "414"),
        Case::page("unpaid", |_| answer(402, "", ""), Dead, "bill"),
        Case::page("basic", |_| answer(401, "WWW-Authenticate: Basic realm=\"x\"", ""), NotPublic, "password"),
        Case::page("forbidden", |_| answer(403, "", ""), Refused, "403"),
        Case::page("unacceptable", |_| answer(406, "", ""), Refused, "406"),
        Case::page("legal", |_| answer(451, "", ""), Unknown, "country"),
        Case::page("nines", |_| answer(999, "", ""), Refused, "999"),
        Case::page("proxy-password", |_| answer(407, "", ""), Unknown, "proxy"),
        Case::page("trouble", |_| answer(500, "", ""), Unknown, "500"),
        Case::page("bad-gateway", |_| answer(502, "", ""), Unknown, "502"),
        Case::page("cloud", |_| answer(522, "", ""), Unknown, "522"),
        Case::page("maintained", |_| answer(503, "Retry-After: 3600", ""), Unknown, "3600"),
        Case::page("limited-long", |_| answer(429, "Retry-After: 3600", ""), Refused, "3600"),
        Case::page("limited", |_| answer(429, "", ""), Refused, "429"),
        Case::page("odd", |_| answer(799, "", ""), Unknown, "799"),
        // Faults that pass.
        Case::page("once-404", |hit| if hit.before == 0 { answer(404, "", "") } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("once-500", |hit| if hit.before == 0 { answer(500, "", "") } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("once-408", |hit| if hit.before == 0 { answer(408, "", "") } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("once-503", |hit| if hit.before == 0 { answer(503, "Retry-After: 0", "") } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("twice-429", |hit| if hit.before < 2 { answer(429, "Retry-After: 0", "") } else { page("Oak", &prose()) }, Alive, "200"),
    ];
    let server = check(&cases, &[]);
    // Asked twice before it is believed; once where a repeat says nothing; never again where an hour is asked for.
    assert_eq!((server.hits("gone.test"), server.hits("forbidden.test"), server.hits("limited-long.test")), (2, 1, 1));
}
