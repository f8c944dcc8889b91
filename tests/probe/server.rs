//! A web server that misbehaves on purpose: hand-written bytes, so that every odd behaviour is possible.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
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
    headers.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| head.push_str(&format!("{line}\r\n")));
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

/// The running servers; they end with the value.
pub(crate) struct Server {
    runtime: Runtime,
    behaviours: Arc<HashMap<String, Behaviour>>,
    hits: Arc<Mutex<HashMap<String, usize>>>,
    pub(crate) plain: SocketAddr,
}

impl Server {
    pub(crate) fn start(behaviours: impl IntoIterator<Item = (String, Behaviour)>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let plain = listener.local_addr().expect("address");
        let server = Self { runtime, behaviours: Arc::new(behaviours.into_iter().collect()), hits: Arc::default(), plain };
        let (behaviours, hits) = (Arc::clone(&server.behaviours), Arc::clone(&server.hits));
        server.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (behaviours, hits) = (Arc::clone(&behaviours), Arc::clone(&hits));
                tokio::spawn(async move {
                    let mut stream = stream;
                    if let Some(true) = serve(&mut stream, &behaviours, &hits).await {
                        reset(&stream);
                    }
                });
            }
        });
        server
    }

    /// Opens another port that speaks TLS with a certificate, for the same hosts.
    pub(crate) fn tls(&self, config: tokio_rustls::rustls::ServerConfig) -> SocketAddr {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("address");
        let (behaviours, hits) = (Arc::clone(&self.behaviours), Arc::clone(&self.hits));
        self.runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, behaviours, hits) = (acceptor.clone(), Arc::clone(&behaviours), Arc::clone(&hits));
                tokio::spawn(async move {
                    if let Ok(mut stream) = acceptor.accept(stream).await {
                        serve(&mut stream, &behaviours, &hits).await;
                        let _ = stream.shutdown().await;
                    }
                });
            }
        });
        address
    }

    /// How many requests a host got.
    pub(crate) fn hits(&self, host: &str) -> usize {
        let hits = self.hits.lock().expect("hits");
        hits.iter().filter(|(key, _)| key.split('/').next() == Some(host)).map(|(_, count)| count).sum()
    }

    /// All requests of this server.
    pub(crate) fn all_hits(&self) -> usize {
        self.hits.lock().expect("hits").values().sum()
    }
}

fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

/// Answers one request; says whether the connection is to be reset.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    behaviours: &HashMap<String, Behaviour>,
    hits: &Mutex<HashMap<String, usize>>,
) -> Option<bool> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut buffer = [0; 2048];
        let read = stream.read(&mut buffer).await.ok().filter(|&read| read > 0)?;
        head.extend_from_slice(&buffer[..read]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let hit = Hit { before: 0, path, head };
    assert!(hit.head.starts_with("GET "), "only GET is ever sent: {}", hit.head);
    let host = hit.header("host")?.split(':').next()?.to_owned();
    let before = {
        let mut hits = hits.lock().expect("hits");
        let count = hits.entry(format!("{host}{}", hit.path)).or_default();
        *count += 1;
        *count - 1
    };
    let act = behaviours.get(&host).map_or_else(|| answer(500, "", "no such host in this test"), |act| act(&Hit { before, ..hit }));
    perform(stream, act).await
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
