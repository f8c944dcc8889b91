//! A Chromium without a window, told what to do over a pipe (<https://chromedevtools.github.io/devtools-protocol/>).
#![allow(clippy::needless_pass_by_value, reason = "what is said to the browser is written where it is said")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long the browser may take for one answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// What it is called, the likeliest first.
const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// The browser that `PRESEND_BROWSER` names, or one of the machine.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PRESEND_BROWSER") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let here = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let mac = ["Chromium", "Google Chrome"].map(|name| PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    here.chain(mac).find(|path| path.is_file())
}

/// A running browser. It reaches the web through a server of ours alone, which writes down who was asked for.
pub(crate) struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    next: u64,
    events: Vec<Value>,
    asked: Arc<Mutex<Vec<String>>>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts it; nothing if the person said that there is none.
    pub(crate) fn start() -> Option<Self> {
        if std::env::var_os("PRESEND_NO_BROWSER").is_some_and(|said| !said.is_empty()) {
            eprintln!("SKIPPED: PRESEND_NO_BROWSER is set, and nothing was looked at in a browser");
            return None;
        }
        let program = program().expect(
            "these tests want a Chromium: install one (apt-get install chromium), or name it as PRESEND_BROWSER=/path/to/it, \
             or leave these tests out with PRESEND_NO_BROWSER=1",
        );
        let profile = tempfile::tempdir().expect("a folder");
        let (port, asked) = listen();
        let mut child = Command::new("sh")
            // The browser reads what it is told from its third channel, and answers in its fourth.
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >&2 2>/dev/null"])
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--remote-debugging-pipe"])
            .arg(format!("--proxy-server=http://127.0.0.1:{port}"))
            .arg("--proxy-bypass-list=<-loopback>")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let to = child.stdin.take().expect("a pipe");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, from) = channel();
        thread::spawn(move || {
            loop {
                let mut message = Vec::new();
                match out.read_until(0, &mut message) {
                    Ok(length) if length > 0 => {}
                    _ => break,
                }
                message.pop();
                let Ok(value) = serde_json::from_slice(&message) else { break };
                if sender.send(value).is_err() {
                    break;
                }
            }
        });
        Some(Self { child, to, from, next: 0, events: Vec::new(), asked, _profile: profile })
    }

    fn send(&mut self, session: Option<&str>, method: &str, params: &Value) -> u64 {
        self.next += 1;
        let mut message = json!({ "id": self.next, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser listens");
        self.next
    }

    /// Keeps an event; what is new is watched from its first moment.
    fn keep(&mut self, event: Value) {
        if event["method"] == "Target.attachedToTarget" {
            let session = event["params"]["sessionId"].as_str().expect("a session").to_owned();
            self.watch(&session);
        }
        self.events.push(event);
    }

    fn watch(&mut self, session: &str) {
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.send(Some(session), &format!("{domain}.enable"), &json!({}));
        }
        self.send(Some(session), "Target.setAutoAttach", &json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true }));
        self.send(Some(session), "Runtime.runIfWaitingForDebugger", &json!({}));
    }

    /// Tells the browser something and waits for its answer.
    pub(crate) fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        let id = self.send(session, method, &params);
        loop {
            let message = self.from.recv_timeout(PATIENCE).unwrap_or_else(|why| panic!("{method}: {why}"));
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            if message.get("method").is_some() {
                self.keep(message);
            }
        }
    }

    /// Takes in what the browser says for a while.
    pub(crate) fn wait(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match self.from.recv_timeout(left) {
                Ok(message) if message.get("method").is_some() => self.keep(message),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return,
                Err(why) => panic!("the browser has gone: {why}"),
            }
        }
    }

    /// Opens a page, as wide and as bright as it is said.
    pub(crate) fn open(&mut self, page: &Path, width: u64, scheme: &str) -> Page<'_> {
        self.events.clear();
        let target = self.call(None, "Target.createTarget", json!({ "url": "about:blank" }));
        let attached = self.call(None, "Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        let session = attached["sessionId"].as_str().expect("a session").to_owned();
        self.watch(&session);
        let mut page_of = Page { browser: self, session };
        let mobile = width < 500;
        page_of
            .call("Emulation.setDeviceMetricsOverride", json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": mobile }));
        page_of.call("Emulation.setEmulatedMedia", json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }));
        page_of.call("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        page_of.until("document.readyState === 'complete' && location.protocol === 'file:'");
        page_of.browser.wait(Duration::from_millis(500));
        page_of
    }

    /// What was asked of the web, through whichever page.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a list").clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that answers nobody and writes down the first line of whoever asks.
fn listen() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let kept = Arc::clone(&kept);
            thread::spawn(move || {
                let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                let mut line = String::new();
                let _ = BufReader::new(stream.take(1000)).read_line(&mut line);
                kept.lock().expect("a list").push(line);
            });
        }
    });
    (port, asked)
}

/// An open page.
pub(crate) struct Page<'a> {
    pub(crate) browser: &'a mut Browser,
    session: String,
}

impl Page<'_> {
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let session = self.session.clone();
        self.browser.call(Some(&session), method, params)
    }

    /// What an expression is worth in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let session = self.session.clone();
        self.value_in(&session, expression)
    }

    fn value_in(&mut self, session: &str, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.browser.call(Some(session), "Runtime.evaluate", params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// What an expression is worth in the frame with the mail.
    pub(crate) fn value_in_mail(&mut self, expression: &str) -> Value {
        let frames = self.browser.events.iter().filter(|event| event["method"] == "Target.attachedToTarget");
        let frames = frames.filter(|event| event["params"]["targetInfo"]["type"] == "iframe");
        let session = frames.filter_map(|event| event["params"]["sessionId"].as_str()).next_back().expect("a frame of its own").to_owned();
        self.value_in(&session, expression)
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while self.value(expression) != json!(true) {
            assert!(Instant::now() < end, "never came true: {expression}");
            self.browser.wait(Duration::from_millis(50));
        }
    }

    /// Clicks on the middle of an element, as a hand does.
    pub(crate) fn click(&mut self, selector: &str) {
        let place = self.value(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        self.click_at(place[0].as_f64().expect("x"), place[1].as_f64().expect("y"));
    }

    pub(crate) fn click_at(&mut self, x: f64, y: f64) {
        for kind in ["mousePressed", "mouseReleased"] {
            self.call("Input.dispatchMouseEvent", json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 }));
        }
        self.browser.wait(Duration::from_millis(300));
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str, code: u64) {
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let params = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
            self.call("Input.dispatchKeyEvent", params);
        }
        self.browser.wait(Duration::from_millis(30));
    }

    /// A picture of the whole page, in Base64.
    pub(crate) fn picture(&mut self) -> String {
        let shot = self.call("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true }));
        shot["data"].as_str().expect("a picture").to_owned()
    }

    /// Everything that the browser complains about in this page and its frames, but that it keeps the page's policy.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let complaint = |event: &Value| {
            let params = &event["params"];
            match event["method"].as_str()? {
                "Runtime.exceptionThrown" | "Page.javascriptDialogOpening" | "Page.fileChooserOpened" | "Page.windowOpen" => {
                    Some(event.to_string())
                }
                "Runtime.consoleAPICalled" => Some(params["args"].to_string()),
                "Log.entryAdded" => {
                    let entry = &params["entry"];
                    let text = entry["text"].as_str().unwrap_or_default();
                    let kept =
                        text.contains("violates the following Content Security Policy") || text.starts_with("Blocked script execution");
                    (entry["level"] == "error" && !kept).then(|| entry.to_string())
                }
                _ => None,
            }
        };
        self.browser.events.iter().filter_map(complaint).collect()
    }
}
