//! A web server on many addresses of this computer that takes its time, and makes trouble where it is told.

use super::beside::Said;
use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

/// How long each answer takes.
const THINKING: Duration = Duration::from_millis(50);

pub(crate) struct Server {
    _runtime: Runtime,
    counts: Arc<Mutex<Counts>>,
    hosts: u8,
    port: u16,
}

#[derive(Default)]
struct Counts {
    requests: usize,
    seen: HashMap<String, usize>,
    busy: HashMap<Ipv4Addr, usize>,
    most: usize,
}

/// The kinds of trouble, each with its path and what is true of it; one link in twenty has one.
const TROUBLE: &[(&str, Said)] = &[
    ("missing", Said::Broken),
    ("moved", Said::Fine),
    ("removed", Said::Broken),
    ("passing-503", Said::Fine),
    ("wall", Said::CannotTell),
    ("trouble", Said::CannotTell),
    ("soft-404", Said::NotThePage),
    ("passing-404", Said::Fine),
    ("limit", Said::CannotTell),
    ("passing-reset", Said::Fine),
    ("forbidden", Said::CannotTell),
    ("circle", Said::Broken),
];

impl Server {
    /// Listens on 127.0.0.2 and as many following addresses as there are hosts, on one port.
    pub(crate) fn start(hosts: u8) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runtime");
        let counts = Arc::new(Mutex::new(Counts::default()));
        let mut port = 0;
        for host in 0..hosts {
            let address = Ipv4Addr::new(127, 0, 0, 2 + host);
            let listener = runtime.block_on(TcpListener::bind((address, port))).expect("a free port on 127.0.0.x");
            port = listener.local_addr().expect("address").port();
            let counts = Arc::clone(&counts);
            runtime.spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, address, Arc::clone(&counts)));
                }
            });
        }
        Self { _runtime: runtime, counts, hosts, port }
    }

    /// Addresses on all hosts in turn, with what is true of each.
    pub(crate) fn links(&self, count: usize, trouble: bool) -> BTreeMap<String, Said> {
        let link = |at: usize| {
            let host = Ipv4Addr::new(127, 0, 0, 2 + u8::try_from(at % usize::from(self.hosts)).expect("few hosts"));
            let kind = if trouble && at % 20 == 7 { TROUBLE.get(at / 20 % TROUBLE.len()) } else { None };
            // Four connections that hang: rare in life, and dear.
            let kind = if trouble && at % 500 == 123 { Some(&("hang", Said::CannotTell)) } else { kind };
            let (path, truth) = kind.copied().unwrap_or(("fine", Said::Fine));
            (format!("http://{host}:{}/{path}/{at}", self.port), truth)
        };
        (0..count).map(link).collect()
    }

    pub(crate) fn forget(&self) {
        *self.counts.lock().expect("counts") = Counts::default();
    }

    pub(crate) fn requests(&self) -> usize {
        self.counts.lock().expect("counts").requests
    }

    /// The most requests that one host was answering at once.
    pub(crate) fn most_at_once(&self) -> usize {
        self.counts.lock().expect("counts").most
    }
}

async fn serve(mut stream: TcpStream, host: Ipv4Addr, counts: Arc<Mutex<Counts>>) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        while !buffer.ends_with(b"\r\n\r\n") {
            let mut piece = [0; 2048];
            let read = stream.read(&mut piece).await.ok().filter(|&read| read > 0)?;
            buffer.extend_from_slice(&piece[..read]);
        }
        let head = String::from_utf8_lossy(&buffer).into_owned();
        buffer.clear();
        let path = head.split(' ').nth(1)?.to_owned();
        let before = begin(&counts, host, &path);
        tokio::time::sleep(THINKING).await;
        let answer = answer(&path, before);
        *counts.lock().expect("counts").busy.entry(host).or_default() -= 1;
        match answer {
            Some(bytes) => stream.write_all(&bytes).await.ok()?,
            None if path.starts_with("/hang") => tokio::time::sleep(Duration::from_mins(2)).await,
            None => return stream.set_zero_linger().ok(),
        }
    }
}

/// Counts a request; says how many for the same path came before.
fn begin(counts: &Mutex<Counts>, host: Ipv4Addr, path: &str) -> usize {
    let mut counts = counts.lock().expect("counts");
    counts.requests += 1;
    let busy = counts.busy.entry(host).or_default();
    *busy += 1;
    let now = *busy;
    counts.most = counts.most.max(now);
    let seen = counts.seen.entry(path.to_owned()).or_default();
    *seen += 1;
    *seen - 1
}

/// The bytes of an answer; nothing where the connection is reset or hangs.
fn answer(path: &str, before: usize) -> Option<Vec<u8>> {
    let first = before == 0;
    let text = "<p>Our workshop makes lamps of beech wood, each turned by hand and oiled three times.</p>".repeat(40);
    let page = || http(200, "", &format!("<!doctype html><title>Oak lamp</title><body><h1>Oak lamp</h1>{text}"));
    Some(match path.split('/').nth(1)? {
        "missing" => http(404, "", "<title>Not found</title>"),
        "removed" => http(410, "", ""),
        "moved" => http(301, &format!("Location: /fine{path}"), ""),
        "wall" => http(403, "cf-mitigated: challenge", "<title>Just a moment...</title>"),
        "forbidden" => http(403, "", ""),
        "trouble" => http(500, "", ""),
        "soft-404" => http(200, "", "<title>Page not found</title><h1>Page not found</h1>"),
        "limit" => http(429, "Retry-After: 3600", ""),
        "circle" => http(302, &format!("Location: {path}"), ""),
        "passing-404" if first => http(404, "", ""),
        "passing-503" if first => http(503, "Retry-After: 1", ""),
        "passing-reset" if first => return None,
        "hang" => return None,
        _ => page(),
    })
}

fn http(status: u16, header: &str, body: &str) -> Vec<u8> {
    let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
    format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {}\r\n{header}\r\n{body}", body.len()).into_bytes()
}
