//! A web server that misbehaves on purpose: hand-written bytes, so that every odd behaviour is possible.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// One request that came in.
pub(crate) struct Hit {
    /// How many requests for this host and path came before.
    pub(crate) before: usize,
    pub(crate) path: String,
    pub(crate) head: String,
}

impl Hit {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }
}

/// What the server does with a request.
pub(crate) enum Act {
    /// Sends these bytes and closes.
    Send(Vec<u8>),
    /// Sends these bytes and then says nothing more.
    Hang(Vec<u8>),
    /// Sends these bytes and resets the connection.
    Reset(Vec<u8>),
    /// Sends the first bytes, then the second again and again without end.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends the bytes one by one, slowly.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes after a while.
    Late(Duration, Vec<u8>),
}

impl Act {
    /// The same with another address in place of a name, and with the length that this gives.
    fn renamed(self, name: &str, address: &str) -> Self {
        let Self::Send(bytes) = self else { return self };
        let Some(at) = bytes.windows(name.len()).position(|part| part.eq_ignore_ascii_case(name.as_bytes())) else {
            return Self::Send(bytes);
        };
        let body = bytes.windows(4).position(|part| part == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
        let (before, after) = (&bytes[..at], &bytes[at + name.len()..]);
        let mut moved = [before, address.as_bytes(), after].concat();
        if at > body {
            let length = |bytes: usize| format!("Content-Length: {bytes}\r\n");
            let head = String::from_utf8_lossy(&moved[..body]).replace(&length(bytes.len() - body), &length(moved.len() - body));
            moved.splice(..body, head.into_bytes());
        }
        Self::Send(moved)
    }

    /// The answer to HEAD.
    fn without_body(self) -> Self {
        match self {
            Self::Send(mut bytes) => {
                bytes.windows(4).position(|part| part == b"\r\n\r\n").into_iter().for_each(|end| bytes.truncate(end + 4));
                Self::Send(bytes)
            }
            Self::Endless(head, _) if head.ends_with(b"\r\n\r\n") => Self::Send(head),
            other => other,
        }
    }
}

/// What the server does for one host.
pub(crate) type Behaviour = fn(&Hit) -> Act;

/// An answer with a status, headers (each on its own line, or none) and a body.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Act {
    Act::Send(bytes(status, headers, body))
}

/// The bytes of an answer.
pub(crate) fn bytes(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for line in headers.lines().map(str::trim).filter(|line| !line.is_empty()) {
        head.push_str(line);
        head.push_str("\r\n");
    }
    if !headers.to_lowercase().contains("content-type") {
        head.push_str("Content-Type: text/html; charset=utf-8\r\n");
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

/// A page with a title and a body.
pub(crate) fn page(title: &str, body: &str) -> Act {
    answer(200, "", html(title, body))
}

/// A page with a title and a body, as text.
pub(crate) fn html(title: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>")
}

/// Text as long as an article's.
pub(crate) fn prose() -> String {
    "<p>Our workshop makes lamps of beech wood, each turned by hand and oiled three times before it leaves the house.</p>".repeat(30)
}

pub(crate) fn redirect(to: &str) -> Act {
    answer(302, &format!("Location: {to}"), "")
}

/// What all connections share.
struct Shared {
    behaviours: HashMap<String, Behaviour>,
    hits: Mutex<HashMap<String, usize>>,
    /// Connections that were ever opened.
    connections: AtomicUsize,
    /// Requests being answered now, and the most that ever were.
    busy: Mutex<(usize, usize)>,
    /// Names that stand in answers, and what stands in their place.
    renamed: Mutex<Vec<(&'static str, String)>>,
}

/// The running servers; they end with the value.
pub(crate) struct Server {
    runtime: Runtime,
    shared: Arc<Shared>,
    pub(crate) plain: SocketAddr,
}

impl Server {
    pub(crate) fn start(behaviours: impl IntoIterator<Item = (String, Behaviour)>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let plain = listener.local_addr().expect("address");
        let shared = Shared {
            behaviours: behaviours.into_iter().collect(),
            hits: Mutex::default(),
            connections: AtomicUsize::new(0),
            busy: Mutex::default(),
            renamed: Mutex::default(),
        };
        let server = Self { runtime, shared: Arc::new(shared), plain };
        let shared = Arc::clone(&server.shared);
        server.runtime.spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    if let Some(true) = serve(&mut stream, &shared, None).await {
                        let _ = stream.set_zero_linger();
                    }
                });
            }
        });
        server
    }

    /// Opens another port where one host is met whatever name it is asked by, and by any method: for programs that look up
    /// names in their own way.
    #[allow(dead_code, reason = "only one of the tests that share this server asks for it")]
    pub(crate) fn stand(&self, at: Ipv4Addr, host: &str) -> SocketAddr {
        let listener = self.runtime.block_on(TcpListener::bind((at, 0))).expect("a free port on 127.x.x.x");
        let address = listener.local_addr().expect("address");
        let (shared, host) = (Arc::clone(&self.shared), host.to_owned());
        self.runtime.spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (shared, host) = (Arc::clone(&shared), host.clone());
                tokio::spawn(async move {
                    if let Some(true) = serve(&mut stream, &shared, Some(&host)).await {
                        let _ = stream.set_zero_linger();
                    }
                });
            }
        });
        address
    }

    /// From now on answers name an address in place of a name.
    #[allow(dead_code, reason = "only one of the tests that share this server asks for it")]
    pub(crate) fn rename(&self, name: &'static str, address: SocketAddr) {
        self.shared.renamed.lock().expect("names").push((name, address.to_string()));
    }

    /// Opens another port that speaks TLS with a certificate, for the same hosts.
    pub(crate) fn tls(&self, config: tokio_rustls::rustls::ServerConfig) -> SocketAddr {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("address");
        let shared = Arc::clone(&self.shared);
        self.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (acceptor, shared) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    if let Ok(mut stream) = acceptor.accept(stream).await {
                        serve(&mut stream, &shared, Some("fine.test")).await;
                        let _ = stream.shutdown().await;
                    }
                });
            }
        });
        address
    }

    /// How many connections were opened, whatever came over them.
    #[allow(dead_code, reason = "only one of the tests that share this server asks for it")]
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many requests a host got.
    pub(crate) fn hits(&self, host: &str) -> usize {
        let hits = self.shared.hits.lock().expect("hits");
        hits.iter().filter(|(key, _)| key.split('/').next() == Some(host)).map(|(_, count)| count).sum()
    }

    /// How many requests came for paths that begin so, on any host.
    #[allow(dead_code, reason = "only one of the tests that share this server asks for it")]
    pub(crate) fn hits_below(&self, path: &str) -> usize {
        let hits = self.shared.hits.lock().expect("hits");
        hits.iter().filter(|(key, _)| key.find('/').is_some_and(|at| key[at..].starts_with(path))).map(|(_, count)| count).sum()
    }

    /// All requests of this server.
    pub(crate) fn all_hits(&self) -> usize {
        self.shared.hits.lock().expect("hits").values().sum()
    }

    /// The most requests that were ever being answered at once.
    pub(crate) fn most_at_once(&self) -> usize {
        self.shared.busy.lock().expect("busy").1
    }
}

/// Answers one request; says whether the connection is to be reset. With `known` the host is that one if the request
/// names none of this server's, and any method is answered.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, shared: &Shared, known: Option<&str>) -> Option<bool> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut buffer = [0; 2048];
        let read = stream.read(&mut buffer).await.ok().filter(|&read| read > 0)?;
        head.extend_from_slice(&buffer[..read]);
        // The beginning of TLS, on a port that does not speak it.
        if head.first() == Some(&0x16) {
            return perform(stream, answer(400, "", "this port speaks HTTP")).await;
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let hit = Hit { before: 0, path, head };
    assert!(known.is_some() || hit.head.starts_with("GET "), "only GET is ever sent: {}", hit.head);
    let asked = hit.header("host")?.split(':').next()?;
    let host = known.filter(|_| !shared.behaviours.contains_key(asked)).unwrap_or(asked).to_owned();
    let bare = hit.head.starts_with("HEAD ");
    let before = {
        let mut hits = shared.hits.lock().expect("hits");
        let count = hits.entry(format!("{host}{}", hit.path)).or_default();
        *count += 1;
        *count - 1
    };
    let act = shared.behaviours.get(&host).map_or_else(|| answer(500, "", "no such host in this test"), |act| act(&Hit { before, ..hit }));
    {
        let mut busy = shared.busy.lock().expect("busy");
        busy.0 += 1;
        busy.1 = busy.1.max(busy.0);
    }
    let act = shared.renamed.lock().expect("names").iter().fold(act, |act, (name, address)| act.renamed(name, address));
    let result = perform(stream, if bare { act.without_body() } else { act }).await;
    shared.busy.lock().expect("busy").0 -= 1;
    result
}

async fn perform<S: AsyncWrite + Unpin>(stream: &mut S, act: Act) -> Option<bool> {
    match act {
        Act::Send(bytes) => stream.write_all(&bytes).await.ok()?,
        Act::Reset(bytes) => {
            stream.write_all(&bytes).await.ok()?;
            return Some(true);
        }
        Act::Hang(bytes) => {
            stream.write_all(&bytes).await.ok()?;
            tokio::time::sleep(Duration::from_secs(20)).await;
        }
        Act::Late(wait, bytes) => {
            tokio::time::sleep(wait).await;
            stream.write_all(&bytes).await.ok()?;
        }
        Act::Endless(head, again) => {
            stream.write_all(&head).await.ok()?;
            for _ in 0..100_000 {
                stream.write_all(&again).await.ok()?;
            }
        }
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[byte]).await.ok()?;
                tokio::time::sleep(pause).await;
            }
        }
    }
    stream.flush().await.ok()?;
    Some(false)
}
