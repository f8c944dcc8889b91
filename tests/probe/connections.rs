//! Connections that hang, break, trickle or never end: each ends in an answer, in bounded time and memory.

use crate::cases::{Case, check, options, run, verdicts};
use crate::server::{Act, Server, answer, bytes, html, page, prose};
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

#[test]
fn connections() {
    LazyLock::force(&BOMB);
    let begin = Instant::now();
    check(&troubled(), &[]);
    assert!(begin.elapsed() < Duration::from_secs(12), "bounded time: {:?}", begin.elapsed());
}

fn troubled() -> Vec<Case> {
    vec![
        Case::page("reset", |_| Act::Reset(Vec::new()), Unknown, "cut the connection"),
        Case::page("silent-close", |_| Act::Send(Vec::new()), Unknown, "cut the connection"),
        Case::page("once-reset", |hit| if hit.before == 0 { Act::Reset(Vec::new()) } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("once-closed", |hit| if hit.before == 0 { Act::Send(Vec::new()) } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("hang", |_| Act::Hang(Vec::new()), Unknown, "time-out"),
        Case::page("once-hang", |hit| if hit.before == 0 { Act::Hang(Vec::new()) } else { page("Oak", &prose()) }, Alive, "200"),
        Case::page("half-head", |_| Act::Hang(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec()), Unknown, "time-out"),
        Case::page(
            "half-body",
            |_| Act::Hang(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: text/html\r\n\r\n<p>".to_vec()),
            Unknown,
            "in time",
        ),
        Case::page(
            "cut-body",
            |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: text/html\r\n\r\n<p>abc".to_vec()),
            Unknown,
            "in the middle",
        ),
        Case::page("drip", |_| Act::Drip(bytes(200, "", prose()), Duration::from_millis(30)), Unknown, "time"),
        Case::page(
            "endless",
            |_| Act::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Oak</title>".to_vec(), prose().into_bytes()),
            Alive,
            "200",
        ),
        Case::page(
            "endless-head",
            |_| Act::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".to_vec()),
            Unknown,
            "headers",
        ),
        Case::page("bomb", |_| answer(200, "Content-Encoding: gzip", &*BOMB), Alive, "200"),
        Case::page("zipped", |_| answer(200, "Content-Encoding: gzip", zipped(8192)), Alive, "200")
            .also(|a| a.title.as_deref() == Some("Big")),
        Case::page("not-zipped", |_| answer(200, "Content-Encoding: gzip", html("Oak", &prose())), Unknown, "in the middle"),
        Case::page("not-http", |_| Act::Send(b"220 mail.example ESMTP\r\n".to_vec()), Unknown, "not HTTP"),
        Case::page(
            "chunked",
            |_| {
                Act::Send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n9\r\n<p>hello \r\n5\r\nworld\r\n0\r\n\r\n".to_vec())
            },
            Alive,
            "200",
        ),
        Case::page("no-length", |_| Act::Send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello".to_vec()), Alive, "200"),
        Case::page(
            "latin-header",
            |_| {
                Act::Send(b"HTTP/1.1 200 Gr\xfc\xdfe\r\nX-A: \xff\xfe\r\nContent-Type: text/html; charset=\xff\r\nContent-Length: 8\r\n\r\n<p>hello".to_vec())
            },
            Alive,
            "200",
        ),
        Case::page(
            "untidy-header",
            |_| {
                Act::Send(
                    b"HTTP/1.1 200 OK\r\nBad Header : x\r\n: y\r\nContent-Length: 8\r\nContent-Type: text/html\r\n\r\n<p>hello".to_vec(),
                )
            },
            Alive,
            "200",
        ),
        Case::page("bad-utf8", |_| answer(200, "", b"<title>Oak \xff\xfe lamp</title><p>\xc3\x28 text</p>"), Alive, "200"),
        Case::page("nested", |_| page("Oak", &("<div>".repeat(50_000) + &prose())), Alive, "200"),
        Case::page("slow", |_| Act::Late(Duration::from_millis(300), bytes(200, "", html("Oak", &prose()))), Alive, "200")
            .also(|a| a.slow_ms.is_some_and(|ms| ms >= 300)),
        Case::page("binary", |_| answer(200, "Content-Type: application/octet-stream", [0, 159, 146, 150]), Alive, "200"),
        Case::page("short-page", |_| Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nrest".to_vec()), Suspect, "empty"),
    ]
}

#[test]
fn names_and_ports() {
    let cases = [
        Case::page("fine", |_| page("Oak", &prose()), Alive, "200"),
        Case::page("missing", |_| page("", ""), Dead, "no site named missing.test"),
        Case::page("failing", |_| page("", ""), Unknown, "temporary failure"),
        Case::page("silent", |_| page("", ""), Unknown, "does not answer"),
        Case::page("closed-port", |_| page("", ""), Dead, "no web server"),
    ];
    let server = Server::start(cases.iter().take(1).map(|case| (case.host(), case.act)));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let mut options = options(&[("fine.test".into(), server.plain), ("closed-port.test".into(), closed)]);
    let lookups = [("missing", Lookup::Missing), ("failing", Lookup::Failing), ("silent", Lookup::Silent)];
    options.resolve.extend(lookups.map(|(name, lookup)| (format!("{name}.test"), lookup)));
    let requests: Vec<Request> = cases.iter().map(|case| Request::page(case.url())).collect();
    verdicts(&cases, &run(&requests, &options));
}
