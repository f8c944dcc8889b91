//! What a status says, and whether it is believed at once.

use crate::cases::{Case, check};
use crate::server::{answer, html, page, prose};
use crate::truth::Truth::{Broken, Fine, Hidden, Locked, Passing};
use presend::links::Standing::{Alive, Dead, NotPublic, Refused, Unknown};

#[test]
fn statuses() {
    let server = check(&said(), &[]);
    // Asked twice before it is believed; once where a repeat says nothing; never again where an hour is asked for.
    assert_eq!((server.hits("gone.test"), server.hits("forbidden.test"), server.hits("limited-long.test")), (2, 1, 1));
}

/// What servers say with a status.
pub(crate) fn said() -> Vec<Case> {
    vec![
        Case::page("fine", Fine("the page opens"), |_| page("Oak lamp", &prose()), Alive, "200"),
        Case::page("gone", Broken("an error page in place of the page"), |_| answer(404, "", html("Oops", "")), Dead, "404"),
        Case::page("removed", Broken("an error page in place of the page"), |_| answer(410, "", ""), Dead, "410"),
        Case::page("faulty", Broken("an error page, whoever asks"), |_| answer(400, "", ""), Dead, "400"),
        Case::page("no-get", Broken("a click always sends GET"), |_| answer(405, "", ""), Dead, "405"),
        Case::page("too-long", Broken("an error page, whoever asks"), |_| answer(414, "", ""), Dead, "414"),
        Case::page("unpaid", Broken("the host shows its own page until the bill is paid"), |_| answer(402, "", ""), Dead, "bill"),
        Case::page(
            "basic",
            Locked("a password prompt before strangers"),
            |_| answer(401, "WWW-Authenticate: Basic realm=\"x\"", ""),
            NotPublic,
            "password",
        ),
        Case::page(
            "forbidden",
            Hidden("firewalls turn programs away like this and let people in"),
            |_| answer(403, "", ""),
            Refused,
            "403",
        ),
        Case::page("unacceptable", Hidden("some firewalls say this to programs only"), |_| answer(406, "", ""), Refused, "406"),
        Case::page("legal", Hidden("it depends on the reader's country"), |_| answer(451, "", ""), Unknown, "country"),
        Case::page("nines", Hidden("LinkedIn's word for programs; people get in"), |_| answer(999, "", ""), Refused, "999"),
        Case::page("proxy-password", Passing("an error here; a reader's network is another"), |_| answer(407, "", ""), Unknown, "proxy"),
        Case::page("trouble", Passing("an error now; the server may recover"), |_| answer(500, "", ""), Unknown, "500"),
        Case::page("bad-gateway", Passing("an error now; the server may recover"), |_| answer(502, "", ""), Unknown, "502"),
        Case::page("cloud", Passing("an error now; the server may recover"), |_| answer(522, "", ""), Unknown, "522"),
        Case::page("maintained", Passing("closed for an hour"), |_| answer(503, "Retry-After: 3600", ""), Unknown, "3600"),
        Case::page(
            "limited-long",
            Hidden("a reader's first visit is not the one too many"),
            |_| answer(429, "Retry-After: 3600", ""),
            Refused,
            "3600",
        ),
        Case::page("limited", Hidden("a reader's first visit is not the one too many"), |_| answer(429, "", ""), Refused, "429"),
        Case::page("odd", Passing("nobody knows this status"), |_| answer(799, "", ""), Unknown, "799"),
        // Faults that pass.
        Case::page(
            "once-404",
            Fine("the page is there; one server of several did not know it yet"),
            |hit| if hit.before == 0 { answer(404, "", "") } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "once-500",
            Fine("the page is there after a hiccup"),
            |hit| if hit.before == 0 { answer(500, "", "") } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "once-408",
            Fine("the page is there after a hiccup"),
            |hit| if hit.before == 0 { answer(408, "", "") } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "once-503",
            Fine("the page is there after a moment"),
            |hit| if hit.before == 0 { answer(503, "Retry-After: 0", "") } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "twice-429",
            Fine("the page is there after a moment"),
            |hit| if hit.before < 2 { answer(429, "Retry-After: 0", "") } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
    ]
}
