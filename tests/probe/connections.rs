//! Connections that hang, break, trickle or never end: each ends in an answer, in bounded time and memory.

use crate::cases::{Case, check, options, run, verdicts};
use crate::server::{Act, Server, answer, bytes, html, page, prose};
use crate::truth::Truth::{Broken, Fine, NotIt, Passing};
use presend::links::Standing::{Alive, Dead, Suspect, Unknown};
use presend::probe::Lookup;
use presend::probe::Request;
use std::io::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Forty megabytes of text, packed into forty kilobytes.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| zipped(40 << 20));

fn zipped(size: usize) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(html("Big", "<p>word ").as_bytes()).expect("memory");
    (0..size / 8192).for_each(|_| writer.write_all(&[b'a'; 8192]).expect("memory"));
    writer.finish().expect("memory")
}

/// Packs what takes long to pack before anybody waits for it.
pub(crate) fn prepare() {
    LazyLock::force(&BOMB);
}

#[test]
fn connections() {
    prepare();
    let begin = Instant::now();
    check(&troubled(), &[]);
    assert!(begin.elapsed() < Duration::from_secs(12), "bounded time: {:?}", begin.elapsed());
}

/// Connections that go wrong, and some that look as if.
pub(crate) fn troubled() -> Vec<Case> {
    vec![
        Case::page("reset", Passing("an error now; the server may recover"), |_| Act::Reset(Vec::new()), Unknown, "cut the connection"),
        Case::page(
            "silent-close",
            Passing("an error now; the server may recover"),
            |_| Act::Send(Vec::new()),
            Unknown,
            "cut the connection",
        ),
        Case::page(
            "once-reset",
            Fine("browsers try again by themselves"),
            |hit| if hit.before == 0 { Act::Reset(Vec::new()) } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "once-closed",
            Fine("browsers try again by themselves"),
            |hit| if hit.before == 0 { Act::Send(Vec::new()) } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page("hang", Passing("nothing comes, now"), |_| Act::Hang(Vec::new()), Unknown, "time-out"),
        Case::page(
            "once-hang",
            Fine("the second click opens it"),
            |hit| if hit.before == 0 { Act::Hang(Vec::new()) } else { page("Oak", &prose()) },
            Alive,
            "200",
        ),
        Case::page(
            "half-head",
            Passing("nothing comes, now"),
            |_| Act::Hang(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec()),
            Unknown,
            "time-out",
        ),
        Case::page(
            "half-body",
            Passing("an unfinished page, now"),
            |_| Act::Hang(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: text/html\r\n\r\n<p>".to_vec()),
            Unknown,
            "in time",
        ),
        Case::page(
            "cut-body",
            Passing("an unfinished page, now"),
            |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: text/html\r\n\r\n<p>abc".to_vec()),
            Unknown,
            "in the middle",
        ),
        Case::page(
            "drip",
            Passing("nobody waits two minutes for a page; it may be quicker later"),
            |_| Act::Drip(bytes(200, "", prose()), Duration::from_millis(30)),
            Unknown,
            "time",
        ),
        Case::page(
            "endless",
            Fine("the page shows, and grows"),
            |_| Act::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Oak</title>".to_vec(), prose().into_bytes()),
            Alive,
            "200",
        ),
        Case::page(
            "endless-head",
            Broken("browsers give up on such a head"),
            |_| Act::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".to_vec()),
            Unknown,
            "headers",
        ),
        Case::page("bomb", Fine("the page shows, and is long"), |_| answer(200, "Content-Encoding: gzip", &*BOMB), Alive, "200"),
        Case::page("zipped", Fine("the page opens"), |_| answer(200, "Content-Encoding: gzip", zipped(8192)), Alive, "200")
            .also(|a| a.title.as_deref() == Some("Big")),
        Case::page(
            "not-zipped",
            Broken("browsers show a content encoding error"),
            |_| answer(200, "Content-Encoding: gzip", html("Oak", &prose())),
            Dead,
            "packed in another way",
        ),
        Case::page(
            "not-http",
            Broken("browsers show an invalid response error"),
            |_| Act::Send(b"220 mail.example ESMTP\r\n".to_vec()),
            Dead,
            "not HTTP",
        ),
        Case::page(
            "chunked",
            Fine("the page opens"),
            |_| {
                Act::Send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n9\r\n<p>hello \r\n5\r\nworld\r\n0\r\n\r\n".to_vec())
            },
            Alive,
            "200",
        ),
        Case::page(
            "slow-chunks",
            Fine("the page opens, piece by piece"),
            |_| {
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n";
                Act::Drip((head.to_owned() + "4;x=y\r\n<h1>\r\n4\r\nOak \r\n0\r\nX-End: 1\r\n\r\n").into_bytes(), Duration::from_millis(2))
            },
            Alive,
            "200",
        ),
        Case::page(
            "more-than-said",
            Fine("browsers read as much as was announced"),
            |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>hello and much more".to_vec()),
            Alive,
            "200",
        ),
        Case::page(
            "two-lengths",
            Broken("browsers show an error where two lengths disagree"),
            |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\nContent-Length: 9\r\n\r\n<p>hello".to_vec()),
            Unknown,
            "faulty HTTP",
        ),
        Case::page(
            "no-length",
            Fine("the page opens"),
            |_| Act::Send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello".to_vec()),
            Alive,
            "200",
        ),
        Case::page(
            "latin-header",
            Fine("the page opens"),
            |_| {
                Act::Send(b"HTTP/1.1 200 Gr\xfc\xdfe\r\nX-A: \xff\xfe\r\nContent-Type: text/html; charset=\xff\r\nContent-Length: 8\r\n\r\n<p>hello".to_vec())
            },
            Alive,
            "200",
        ),
        Case::page(
            "untidy-header",
            Fine("browsers skip the faulty headers"),
            |_| {
                Act::Send(
                    b"HTTP/1.1 200 OK\r\nBad Header : x\r\n: y\r\nContent-Length: 8\r\nContent-Type: text/html\r\n\r\n<p>hello".to_vec(),
                )
            },
            Alive,
            "200",
        ),
        Case::page(
            "bad-utf8",
            Fine("the page opens, with two odd characters"),
            |_| answer(200, "", b"<title>Oak \xff\xfe lamp</title><p>\xc3\x28 text</p>"),
            Alive,
            "200",
        ),
        Case::page("nested", Fine("the page opens"), |_| page("Oak", &("<div>".repeat(50_000) + &prose())), Alive, "200"),
        Case::page(
            "slow",
            Fine("the page opens"),
            |_| Act::Late(Duration::from_millis(300), bytes(200, "", html("Oak", &prose()))),
            Alive,
            "200",
        )
        .also(|a| a.slow_ms.is_some_and(|ms| ms >= 300)),
        Case::page(
            "binary",
            Fine("a file is downloaded"),
            |_| answer(200, "Content-Type: application/octet-stream", [0, 159, 146, 150]),
            Alive,
            "200",
        ),
        Case::page(
            "short-page",
            NotIt("an empty window"),
            |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nrest".to_vec()),
            Suspect,
            "empty",
        ),
    ]
}

#[test]
fn names_and_ports() {
    let cases = named();
    let server = Server::start(cases.iter().take(1).map(|case| (case.host(), case.act)));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let mut options = options(&[("fine.test".into(), server.plain), ("closed-port.test".into(), closed)]);
    let lookups = [("missing", Lookup::Missing), ("failing", Lookup::Failing), ("silent", Lookup::Silent)];
    options.resolve.extend(lookups.map(|(name, lookup)| (format!("{name}.test"), lookup)));
    let requests: Vec<Request> = cases.iter().map(|case| Request::page(case.url())).collect();
    verdicts(&cases, &run(&requests, &options));
}

/// Names and ports that lead nowhere.
pub(crate) fn named() -> Vec<Case> {
    vec![
        Case::page("fine", Fine("the page opens"), |_| page("Oak", &prose()), Alive, "200"),
        Case::page("missing", Broken("there is no such name"), |_| page("", ""), Dead, "no site named missing.test"),
        Case::page("failing", Passing("the name cannot be looked up now"), |_| page("", ""), Unknown, "temporary failure"),
        Case::page("silent", Passing("the name cannot be looked up now"), |_| page("", ""), Unknown, "does not answer"),
        Case::page("closed-port", Broken("nothing listens"), |_| page("", ""), Dead, "no web server"),
    ]
}
