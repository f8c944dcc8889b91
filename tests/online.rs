//! The program against a server on this computer that misbehaves: every draft ends in a report, in bounded time, and what must
//! not be asked is not asked. Nothing leaves this computer.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

#[allow(dead_code, reason = "the server is shared with other tests, which use more of it")]
#[path = "probe/server.rs"]
mod server;

use serde_json::Value;
use server::{Act, Behaviour, Server, answer, bytes, html, page, prose, redirect};
use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Variables that would lead requests elsewhere.
const PROXIES: [&str; 8] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];

/// Forty megabytes of text, packed into forty kilobytes.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(html("Big", "<p>word ").as_bytes()).expect("memory");
    (0..(40 << 20) / 8192).for_each(|_| writer.write_all(&[b'a'; 8192]).expect("memory"));
    writer.finish().expect("memory")
});

/// What the server does, by the path that it is asked for.
fn behave(hit: &server::Hit) -> Act {
    match hit.path.split('?').next().unwrap_or_default() {
        "/fine" => page("Oak", &(prose() + "<h2 id=prices>Prices</h2>")),
        "/qr.png" => answer(200, "Content-Type: image/png", include_bytes!("../fixtures/pictures/qr-staging.png")),
        "/hero.png" => answer(200, "Content-Type: image/png", PNG),
        "/missing" | "/missing.png" => answer(404, "", "<title>Not found</title>"),
        "/endless" => Act::Endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Oak</title>".to_vec(), prose().into_bytes()),
        "/bomb" => answer(200, "Content-Encoding: gzip", &*BOMB),
        "/circle" => redirect("/circle"),
        "/reset" => Act::Reset(Vec::new()),
        "/latin" => {
            Act::Send(b"HTTP/1.1 200 Gr\xfc\xdfe\r\nX-A: \xff\xfe\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>hello".to_vec())
        }
        "/inside" => redirect("http://10.0.0.1/secret"),
        "/bare" => redirect("/fine"),
        "/hang" => Act::Hang(Vec::new()),
        "/late" => Act::Late(Duration::from_millis(40), bytes(200, "", html("Oak", &prose()))),
        "/mine" if hit.header("x-preview") == Some("yes") && hit.header("user-agent") == Some("lamp-checker") => page("Oak", &prose()),
        "/mine" => answer(404, "", ""),
        path if path.starts_with("/store/") => {
            if path == "/store/S%C3%A3o%20Paulo" || path == "/store/Ulm" {
                page("Store", &prose())
            } else {
                answer(404, "", "")
            }
        }
        path => page(path, &prose()),
    }
}

/// A picture of one pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e,
    0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I',
    b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A server, and a folder with drafts that link to it.
struct Desk {
    server: Server,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let act: Behaviour = behave;
        let desk = Self { server: Server::start([("127.0.0.1".to_owned(), act)]), folder: tempfile::tempdir().expect("a folder") };
        desk.settings("");
        desk
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.server.plain.port())
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }

    /// Settings under which an address of this computer is no fault of the draft.
    fn settings(&self, text: &str) {
        self.write("presend.toml", &format!("[rules]\nstaging-link = \"off\"\n{text}"));
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a file")
    }

    /// A draft with a link for each path.
    fn draft(&self, paths: &[&str]) {
        let links: Vec<String> = paths
            .iter()
            .map(|path| format!("<p>Read on: <a href=\"{}\">About {}</a></p>", self.url(path), path.split('?').next().unwrap_or(path)))
            .collect();
        self.write("draft.html", &links.join("\n"));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in PROXIES {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("presend runs")
    }

    /// `presend check` on the draft, with private addresses allowed.
    fn check(&self, more: &[&str]) -> (Value, i32) {
        let arguments = [&["check", "draft.html", "--allow-private", "127.0.0.1", "--format", "json"], more].concat();
        json(&self.run(&arguments))
    }

    fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("presend runs")
    }
}

fn json(output: &Output) -> (Value, i32) {
    let text = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    (serde_json::from_str(&text).unwrap_or_else(|_| panic!("JSON: {text}{error}")), output.status.code().expect("an exit code"))
}

/// The messages of a rule.
fn messages(report: &Value, rule: &str) -> Vec<String> {
    let findings = report["drafts"][0]["findings"].as_array().expect("findings").iter();
    findings.filter(|finding| finding["rule"] == rule).map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect()
}

/// What was not checked, each with its reason.
fn gaps(report: &Value) -> Vec<String> {
    let gaps = report["drafts"][0]["not_checked"].as_array().expect("a list").iter();
    gaps.map(|gap| format!("{}: {}", gap["what"].as_str().unwrap_or_default(), gap["why"].as_str().unwrap_or_default())).collect()
}

fn holds(list: &[String], words: &[&str]) -> bool {
    list.iter().any(|text| words.iter().all(|word| text.contains(word)))
}

#[test]
fn every_trouble_ends_in_an_answer() {
    LazyLock::force(&BOMB);
    let desk = Desk::new();
    desk.draft(&["/fine", "/missing?token=geheim", "/endless", "/bomb", "/circle", "/reset", "/latin", "/inside", "/fine#prizes"]);
    let tls = format!("<a href=\"https://127.0.0.1:{}/tls\">Safe</a>", desk.server.plain.port());
    let pictures = format!("<img src=\"{}\" alt=\"Lamps\"><img src=\"{}\" alt=\"Oak\">", desk.url("/missing.png"), desk.url("/hero.png"));
    let lost = format!("<a href=\"{}\">Go</a>", desk.url("/bare?utm_campaign=june"));
    desk.write("draft.html", &(desk.read("draft.html") + &tls + &pictures + &lost));
    let begin = Instant::now();
    let (report, code) = desk.check(&[]);
    assert!(begin.elapsed() < Duration::from_secs(50), "{:?}", begin.elapsed());
    assert_eq!(code, 1);
    let dead = messages(&report, "dead-link");
    assert!(holds(&dead, &["About /missing", "404"]), "{dead:#?}");
    assert!(holds(&dead, &["About /circle", "circle"]), "{dead:#?}");
    assert!(holds(&dead, &["About /inside", "10.0.0.1", "the way: "]), "{dead:#?}");
    assert!(holds(&dead, &["\"Safe\"", "does not speak https"]), "{dead:#?}");
    assert_eq!(dead.len(), 4, "{dead:#?}");
    assert!(holds(&messages(&report, "dead-image"), &["\"Lamps\"", "404"]), "{report:#}");
    assert_eq!(messages(&report, "dead-image").len(), 1);
    assert!(holds(&messages(&report, "missing-fragment"), &["#prizes"]), "{report:#}");
    assert!(holds(&messages(&report, "lost-tracking"), &["\"Go\"", "utm_campaign"]), "{report:#}");
    assert!(holds(&gaps(&report), &["/reset", "cut the connection"]), "{report:#}");
    assert!(!report.to_string().contains("geheim"), "tokens are masked everywhere: {report:#}");
}

#[test]
fn the_code_in_a_hosted_picture_is_read_and_asked() {
    let desk = Desk::new();
    desk.write("presend.toml", "");
    desk.write("draft.html", &format!("<p>Scan the menu.</p><img src=\"{}\" alt=\"The menu\" width=\"148\">", desk.url("/qr.png")));
    let (report, _) = desk.check(&[]);
    let found = messages(&report, "staging-link");
    assert!(holds(&found, &["the address in the QR code leads to staging.brightnook.example"]), "{report:#}");
    // No machine has that name: it is dead, or it cannot be told without a name server.
    let asked = [messages(&report, "dead-link"), gaps(&report)].concat();
    assert!(holds(&asked, &["staging.brightnook.example"]), "{report:#}");
}

#[test]
fn offline_makes_no_connection() {
    let desk = Desk::new();
    desk.draft(&["/fine", "/missing"]);
    let (report, code) = desk.check(&["--offline"]);
    assert_eq!((code, desk.server.connections()), (0, 0));
    assert!(holds(&gaps(&report), &["2 links", "not asked"]), "{report:#}");
    desk.settings("[links]\noffline = true\n");
    desk.check(&[]);
    let refused = desk.run(&["probe", "draft.html", "--output", "links.json"]);
    assert_eq!((refused.status.code(), desk.server.connections()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("offline"), "it says why");
}

#[test]
fn what_acts_for_a_reader_is_never_fetched() {
    let desk = Desk::new();
    let links = [
        ("/unsubscribe?u=1", "Leave"),
        ("/a/b", "Unsubscribe"),
        ("/c", "Vom Newsletter abmelden"),
        ("/d", "Se désabonner"),
        ("/confirm/77", "Yes, it is me"),
        ("/poll?vote=2", "Good"),
        ("/preferences", "What we send you"),
        ("/e/open.gif?id=1", ""),
        ("/?e={{ email }}", "Account"),
        ("/skip/me", "Skipped"),
    ];
    let list: Vec<String> = links.iter().map(|(path, text)| format!("<a href=\"{}\">{text}</a>", desk.url(path))).collect();
    let pixel = format!("<img src=\"{}\" width=1 height=1>", desk.url("/e/open.gif?id=2"));
    let eml = format!(
        "From: a@shop.example\nTo: b@shop.example\nSubject: June\nList-Unsubscribe: <{}>, <mailto:leave@shop.example>\n\
         List-Unsubscribe-Post: List-Unsubscribe=One-Click\nContent-Type: text/html\n\n<p>{}</p>{pixel}\n",
        desk.url("/list/one-click/9"),
        list.join("\n")
    );
    desk.write("draft.eml", &eml);
    let out = desk.run(&["check", "draft.eml", "--allow-private", "127.0.0.1", "--skip", "127.0.0.1/skip/*", "--format", "json"]);
    assert_eq!(desk.server.connections(), 0, "{}", String::from_utf8_lossy(&out.stdout));
    // The same address under other words is left alone, too.
    desk.write("draft.html", &format!("<a href=\"{0}\">Unsubscribe</a> <a href=\"{0}\">Our lamps</a>", desk.url("/x")));
    desk.check(&[]);
    assert_eq!(desk.server.connections(), 0);
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let desk = Desk::new();
    desk.write(
        "draft.html",
        &format!("<a href=\"{}\">A</a> <a href=\"http://localhost:{}/b\">B</a>", desk.url("/a"), desk.server.plain.port()),
    );
    desk.run(&["check", "draft.html"]);
    assert_eq!(desk.server.connections(), 0);
    desk.settings("[links]\nallow-private = [\"127.0.0.0/8\"]\n");
    desk.run(&["check", "draft.html"]);
    assert_eq!(desk.server.hits("127.0.0.1"), 1);
}

#[test]
fn ten_thousand_links_end_with_the_deadline() {
    let desk = Desk::new();
    let links: Vec<String> =
        (0..10_000).map(|at| format!("<p><a href=\"{}\">Lamp {at}</a></p>", desk.url(&format!("/late?{at}")))).collect();
    desk.write("draft.html", &links.join("\n"));
    let begin = Instant::now();
    let (report, code) = desk.check(&["--deadline", "3"]);
    assert!(begin.elapsed() < Duration::from_secs(45), "{:?}", begin.elapsed());
    assert_eq!(code, 0);
    let gaps = gaps(&report);
    assert!(holds(&gaps, &["more", "the time for the whole run was over"]), "{gaps:#?}");
    assert!(gaps.len() < 10, "said once: {gaps:#?}");
}

#[test]
fn answers_are_recorded_and_replayed() {
    let desk = Desk::new();
    desk.draft(&["/fine", "/missing", "/unsubscribe"]);
    let out = desk.run(&["probe", "draft.html", "--allow-private", "127.0.0.1", "--output", "links.json"]);
    let table = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(0), "{table}{}", String::from_utf8_lossy(&out.stderr));
    assert!(table.starts_with("dead (1)\n") && table.contains("draft.html:2:22 \"About /missing\""), "{table}");
    assert!(table.contains("not asked (1)") && table.contains("alive: 1 of 2 asked"), "{table}");
    let asked = desk.server.connections();
    let (report, code) = desk.check(&["--links", "links.json"]);
    assert_eq!((code, messages(&report, "dead-link").len()), (1, 1));
    desk.settings("[links]\nanswers = \"links.json\"\n");
    assert_eq!(desk.check(&["--offline"]).1, 1);
    assert_eq!(desk.server.connections(), asked, "a replay asks nobody");
    // Whole or not at all: what cannot be asked leaves the file as it was.
    let before = desk.read("links.json");
    let failed = desk.run(&["probe", "nowhere.html", "--output", "links.json"]);
    assert_eq!((failed.status.code(), desk.read("links.json")), (Some(2), before));
}

#[test]
fn settings_reach_the_requests() {
    let desk = Desk::new();
    desk.draft(&["/mine", "/left/alone"]);
    desk.settings(
        "[links]\nuser-agent = \"lamp-checker\"\nskip = [\"127.0.0.1/left/*\"]\ncache = \"15m\"\n[links.hosts.\"127.0.0.1\"]\nheaders = { X-Preview = \"yes\" }\nwidth = 1\n",
    );
    let (report, code) = desk.check(&[]);
    assert_eq!((code, desk.server.all_hits()), (0, 1), "{report:#}");
    assert!(holds(&gaps(&report), &["1 address that the settings say to skip"]), "{report:#}");
    // Good answers are kept for a while.
    assert!(desk.read("presend-cache.json").contains("/mine"));
    desk.check(&[]);
    assert_eq!(desk.server.all_hits(), 1);
    for (settings, words) in [
        ("[links]\nskips = []\n", "did you mean `skip`?"),
        ("[links]\ncache = \"soon\"\n", "not a length of time"),
        ("[links.hosts.a]\nwidht = 1\n", "did you mean `width`?"),
        ("[links]\nheaders = { \"X Y\" = \"1\" }\n", "the header `X Y` cannot be sent"),
        ("[links]\nca-file = \"no.pem\"\n", "does not exist"),
        ("[links]\nproxy = \"::\"\n", "not the address of a proxy"),
    ] {
        desk.settings(settings);
        let out = desk.run(&["check", "draft.html"]);
        let error = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && error.contains(words), "{settings}: {error}");
    }
}

#[test]
fn a_proxy_is_taken_from_the_environment() {
    let desk = Desk::new();
    desk.write("draft.html", "<a href=\"http://lamps.example/x\">Lamps</a>");
    let proxy = format!("http://127.0.0.1:{}", desk.server.plain.port());
    let ask = |more: (&str, &str)| {
        let mut command = desk.command(&["check", "draft.html", "--format", "json", "--deadline", "5"]);
        command.env("HTTP_PROXY", &proxy).env(more.0, more.1).output().expect("presend runs")
    };
    let (report, _) = json(&ask(("NO_PROXY", "")));
    assert!(desk.server.connections() > 0, "{report:#}");
    assert!(holds(&gaps(&report), &["through a proxy"]), "{report:#}");
    let before = desk.server.connections();
    ask(("NO_PROXY", "lamps.example"));
    assert_eq!(desk.server.connections(), before);
    desk.settings("[links]\nproxy = \"\"\n");
    ask(("NO_PROXY", ""));
    assert_eq!(desk.server.connections(), before);
}

#[test]
fn a_further_authority_is_trusted() {
    let desk = Desk::new();
    let (port, authority) = protected(&desk.server);
    desk.write("draft.html", &format!("<a href=\"https://127.0.0.1:{port}/fine\">Lamps</a>"));
    desk.write("own.pem", &authority);
    let (report, code) = desk.check(&["--ca-file", "own.pem"]);
    assert_eq!(code, 0, "{report:#}");
    assert!(!holds(&gaps(&report), &["127.0.0.1"]), "{report:#}");
    let (report, _) = desk.check(&[]);
    assert!(holds(&gaps(&report), &["authority"]), "{report:#}");
}

/// A port that speaks TLS with a certificate of an authority made for it, and that authority.
fn protected(server: &Server) -> (u16, String) {
    let mut params = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, "Lamp makers");
    let root = rcgen::CertifiedIssuer::self_signed(params, rcgen::KeyPair::generate().expect("a key")).expect("a certificate");
    let key = rcgen::KeyPair::generate().expect("a key");
    let leaf =
        rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("parameters").signed_by(&key, &root).expect("a certificate");
    let private = tokio_rustls::rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = tokio_rustls::rustls::ServerConfig::builder().with_no_client_auth();
    (server.tls(config.with_single_cert(vec![leaf.der().clone()], private).expect("a pair")).port(), root.pem())
}

#[test]
fn merge_tags_are_filled_in_from_the_send_list() {
    let desk = Desk::new();
    let link = |path: &str| format!("<p><a href=\"{}\">Look</a></p>", desk.url(path));
    let text = ["/store/{{ city }}", "/account?e={{ email }}", "/c/{{ customer_id }}", "/fine?s={{ nobody }}"].map(link).concat();
    let text = text + "<p><a href=\"{{ shop_page }}\">Your shop</a></p><p><a href=\"{{ own_page }}\">Your page</a></p>";
    desk.write("draft.html", &(String::from("<p>Hi {{ first_name|default:'you' }}</p>") + &text));
    let rows = [("a", "São Paulo", 17), ("b", "Ulm", 18), ("c", "Bonn", 19)];
    let row =
        |(name, city, id)| format!("{name}@brand.example,{city},{id},{},{}\n", desk.url("/missing?shop"), desk.url(&format!("/of/{name}")));
    desk.write("list.csv", &(String::from("email,city,customer_id,shop_page,own_page\n") + &rows.map(row).concat()));
    desk.settings("[brief]\nesp = \"klaviyo\"\nto = [\"list.csv\"]\n");
    let (report, code) = desk.check(&[]);
    let dead = messages(&report, "dead-link");
    assert_eq!((code, dead.len()), (1, 2), "{report:#}");
    assert!(dead[0].contains("list.csv line 4") && dead[0].contains("one of 3 rows"), "{dead:#?}");
    assert!(dead[1].contains("\"Your shop\"") && dead[1].contains("list.csv line 2"), "{dead:#?}");
    assert!(holds(&gaps(&report), &["4 links with a merge tag"]), "{report:#}");
    // Two stores are there; the third is asked twice, as is the shop. Nothing that tells people apart was ever sent.
    assert_eq!((desk.server.all_hits(), desk.server.hits_below("/of/")), (6, 0));
}

#[cfg(unix)]
mod by_hand {
    use super::*;

    fn interrupt(child: &Child) {
        let done = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
        assert!(done.success());
    }

    fn wait_for(what: &str, done: impl Fn() -> bool) {
        let begin = Instant::now();
        while !done() {
            assert!(begin.elapsed() < Duration::from_secs(30), "{what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn what_is_known_is_still_told() {
        let arguments = ["check", "draft.html", "--allow-private", "127.0.0.1"];
        for (paths, hits, code, words) in [
            (["/hang", "/fine"], 2, 3, "INCOMPLETE  Nothing found yet that holds it, but the asking of links was ended by hand."),
            (["/hang", "/missing"], 3, 1, "This is not all: the asking of links was ended by hand."),
        ] {
            let desk = Desk::new();
            desk.draft(&paths);
            let child = desk.spawn(&arguments);
            wait_for("the server is asked", || desk.server.all_hits() >= hits);
            std::thread::sleep(Duration::from_millis(300));
            let begin = Instant::now();
            // Programs that start others hand the signal on, so it comes twice.
            interrupt(&child);
            interrupt(&child);
            let out = child.wait_with_output().expect("an end");
            let text = String::from_utf8_lossy(&out.stdout);
            assert_eq!(out.status.code(), Some(code), "{text}");
            assert!(text.contains(words) && text.contains("/hang: not finished: the run was ended by hand"), "{text}");
            assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
        }
    }

    #[test]
    fn after_the_asking_the_program_can_be_ended() {
        let desk = Desk::new();
        // More than a pipe holds, so that the program waits for a reader who never comes.
        let paths: Vec<String> = (0..300).map(|at| format!("/skip/{at}/missing")).chain(["/fine".to_owned()]).collect();
        desk.draft(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        desk.write("draft.html", &desk.read("draft.html").repeat(8).replace("About", "Schon <wbr>gesehen? insert text here"));
        let mut child =
            desk.spawn(&["check", "draft.html", "--allow-private", "127.0.0.1", "--skip", "127.0.0.1/skip/*", "--format", "json"]);
        wait_for("the server is asked", || desk.server.all_hits() >= 1);
        std::thread::sleep(Duration::from_secs(3));
        assert!(child.try_wait().expect("a state").is_none(), "the report is longer than a pipe");
        interrupt(&child);
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a state") {
                break status;
            }
            if begin.elapsed() > Duration::from_secs(10) {
                child.kill().expect("an end");
                panic!("Ctrl-C did not end the program");
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(status.code(), Some(130));
    }
}

#[test]
fn a_folder_is_probed_as_a_whole() {
    let desk = Desk::new();
    desk.draft(&["/fine"]);
    fs::copy(desk.folder.path().join("draft.html"), desk.folder.path().join("second.html")).expect("a copy");
    let out = desk.run(&["probe", ".", "--allow-private", "127.0.0.1", "--output", "links.json"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(desk.server.all_hits(), 1, "each address once");
    assert!(desk.read("links.json").contains("/fine"));
}

#[test]
fn addresses_are_asked_as_browsers_read_them() {
    let desk = Desk::new();
    let at = desk.url("");
    let draft = format!(
        "<base href=\"{at}/base/\"><style>.a{{background:url({at}/css/a\\(1\\).png)}} .b{{background:url('{at}/css/he\\72 o.png')}}</style>\n\
         <p><a href=\"shop/oak\">Oak</a> <a href=\"/elm\">Elm</a> <a href=\"?q=1\">Ash</a> <a href=\"{}/fir\">Fir</a></p>\n\
         <img src=\"pics/one.png\" alt=\"One\" srcset=\"{at}/s/w_3,h_2/a.png 1x,{at}/s/b.png 2x\">",
        at.trim_start_matches("http:")
    );
    desk.write("draft.html", &draft);
    desk.check(&[]);
    let paths = [
        "/base/shop/oak",
        "/elm",
        "/base/?q=1",
        "/fir",
        "/base/pics/one.png",
        "/s/w_3,h_2/a.png",
        "/s/b.png",
        "/css/a(1).png",
        "/css/hero.png",
    ];
    // What stands in place of the pictures is no picture, so each of those is asked twice.
    let asked: Vec<usize> = paths.iter().map(|path| desk.server.hits_below(path)).collect();
    assert_eq!(asked, [1, 1, 1, 1, 2, 2, 2, 2, 2]);
    assert_eq!(desk.server.all_hits(), 14);
}

#[test]
fn every_part_of_a_mail_is_asked() {
    let desk = Desk::new();
    let at = desk.url("");
    let parts = [
        ("text/plain", format!("Read {at}/text/missing, or {at}/text/fine")),
        (
            "text/x-amp-html",
            format!(
                "<html amp4email><body><a href=\"{at}/missing?amp\">Swipe</a><amp-img src=\"{at}/missing.png\"></amp-img></body></html>"
            ),
        ),
        ("text/html", format!("<p>Look: <a href=\"{at}/fine\">Lamps</a></p>")),
        ("text/calendar", format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nURL:{at}/missing?event\nEND:VEVENT\nEND:VCALENDAR")),
    ];
    let body = parts.map(|(kind, text)| format!("--b\nContent-Type: {kind}; charset=utf-8\n\n{text}\n")).concat();
    desk.write(
        "draft.eml",
        &format!("From: a@shop.example\nSubject: June\nContent-Type: multipart/alternative; boundary=b\n\n{body}--b--\n"),
    );
    let (report, _) = json(&desk.run(&["check", "draft.eml", "--allow-private", "127.0.0.1", "--format", "json"]));
    let dead = messages(&report, "dead-link");
    assert!(holds(&dead, &["\"Swipe\"", "404"]) && holds(&dead, &["/missing?event", "404"]), "{dead:#?}");
    assert_eq!((dead.len(), messages(&report, "dead-image").len()), (2, 1), "{report:#}");
    assert_eq!(desk.server.hits_below("/text/"), 2);
}
