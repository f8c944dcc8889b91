//! What holds for a whole run: politeness, deadlines, Ctrl-C, no network, what is never asked, and JSON.

use crate::cases::{options, run};
use crate::server::{Act, Behaviour, Server, answer, bytes, html, page, prose};
use presend::links::{Alone, Links, Standing};
use presend::probe::{HostOptions, Options, Request};
use std::sync::Mutex;
use std::time::{Duration, Instant};

fn start(host: &str, act: Behaviour) -> (Server, Options) {
    let server = Server::start([(host.to_owned(), act)]);
    let options = options(&[(host.to_owned(), server.plain)]);
    (server, options)
}

#[test]
fn each_address_is_asked_once_and_some_never() {
    let (server, options) = start("shop.test", |hit| {
        assert!(hit.header("authorization").is_none(), "a password in a link is not sent");
        page("Oak", &(prose() + "<i id=a></i>"))
    });
    let urls = [
        "http://shop.test/x#a",
        "http://shop.test/x#b",
        "http://name:secret@shop.test/x",
        "http://shop.test/unsubscribe?u=1",
        "http://shop.test/confirm/77",
        "http://shop.test/e/open.gif?id=1",
        "http://shop.test/?e=*|EMAIL|*",
        "mailto:hello@shop.test",
        "https://www.linkedin.com/company/lampenhaus",
    ];
    let requests: Vec<Request> = urls.iter().chain(&urls).map(|url| Request::page(*url)).collect();
    let links = run(&requests, &options);
    assert_eq!(server.all_hits(), 1, "three places of one page");
    assert_eq!(links.get(urls[0]).and_then(|a| a.fragment_found), Some(true));
    assert_eq!(links.get(urls[1]).and_then(|a| a.fragment_found), Some(false));
    let kinds: Vec<Option<Alone>> = urls[3..].iter().map(|url| links.left_alone(url).map(|why| why.kind)).collect();
    assert_eq!(kinds, [Alone::Unsubscribe, Alone::Action, Alone::Tracking, Alone::MergeTag, Alone::Scheme, Alone::Walled].map(Some));
}

#[test]
fn a_site_gets_six_requests_at_once_and_fewer_when_it_has_enough() {
    let (server, mut options) = start("shop.test", |_| Act::Late(Duration::from_millis(20), bytes(200, "", html("Oak", &prose()))));
    let requests: Vec<Request> = (0..30).map(|at| Request::page(format!("http://shop.test/{at}"))).collect();
    let begin = Instant::now();
    run(&requests, &options);
    assert!(begin.elapsed() >= Duration::from_millis(100), "30 links, 6 at once, 20 ms each");
    assert_eq!((server.all_hits(), server.most_at_once()), (30, 6));
    let begin = Instant::now();
    options.hosts.insert("shop.test".into(), HostOptions { width: Some(1), ..HostOptions::default() });
    run(&requests, &options);
    assert!(begin.elapsed() >= Duration::from_millis(600), "one at once");
}

#[test]
fn one_request_to_wait_an_hour_holds_up_nobody() {
    let (_server, options) =
        start("shop.test", |hit| if hit.path == "/7" { answer(429, "Retry-After: 3600", "") } else { page("Oak", &prose()) });
    let requests: Vec<Request> = (0..50).map(|at| Request::page(format!("http://shop.test/{at}"))).collect();
    let begin = Instant::now();
    let links = run(&requests, &options);
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_eq!((links.count(Standing::Alive), links.count(Standing::Refused)), (49, 1));
}

#[test]
fn a_site_that_never_answers_holds_up_nobody() {
    let server = Server::start([
        ("silent.test".to_owned(), (|_| Act::Hang(Vec::new())) as Behaviour),
        ("shop.test".to_owned(), |_| page("Oak", &prose())),
    ]);
    let options = options(&["silent.test", "shop.test"].map(|host| (host.to_owned(), server.plain)));
    let requests: Vec<Request> = (0..60).map(|at| Request::page(format!("http://silent.test/{at}"))).collect();
    let begin = Instant::now();
    let links = run(&[requests, vec![Request::page("http://shop.test/x")]].concat(), &options);
    assert!(begin.elapsed() < Duration::from_secs(3), "{:?}", begin.elapsed());
    assert_eq!((links.count(Standing::Unknown), links.count(Standing::Alive), links.unfinished()), (60, 1, false));
    assert!(server.hits("silent.test") <= 12, "{}", server.hits("silent.test"));
}

#[test]
fn waiting_for_a_turn_is_not_held_against_a_link() {
    let (_server, mut options) = start("shop.test", |_| Act::Late(Duration::from_millis(30), bytes(200, "", html("Oak", &prose()))));
    options.limits.link = Duration::from_millis(300);
    options.domain_width = 1;
    let requests: Vec<Request> = (0..30).map(|at| Request::page(format!("http://shop.test/{at}"))).collect();
    assert_eq!(run(&requests, &options).count(Standing::Alive), 30);
}

#[test]
fn a_limited_site_is_asked_more_slowly_until_it_answers() {
    // Every third request is too many.
    static COUNT: Mutex<usize> = Mutex::new(0);
    let (_server, options) = start("shop.test", |_| {
        let mut count = COUNT.lock().expect("count");
        *count += 1;
        if count.is_multiple_of(3) { answer(429, "Retry-After: 0", "") } else { page("Oak", &prose()) }
    });
    let requests: Vec<Request> = (0..12).map(|at| Request::page(format!("http://shop.test/{at}"))).collect();
    let links = run(&requests, &options);
    assert!(links.count(Standing::Alive) >= 10, "{}", links.to_json());
    assert_eq!(links.count(Standing::Dead), 0);
}

#[test]
fn the_deadline_and_ctrl_c_leave_what_is_known() {
    let act: Behaviour = |hit| if hit.path == "/slow" { Act::Hang(Vec::new()) } else { page("Oak", &prose()) };
    let (_server, options) = start("shop.test", act);
    let requests = [Request::page("http://shop.test/slow"), Request::page("http://shop.test/fine")];
    let short = Options { deadline: Duration::from_millis(500), ..options.clone() };
    let links = run(&requests, &short);
    let slow = links.get("http://shop.test/slow").expect("an answer");
    assert!(links.unfinished() && slow.standing == Standing::Unknown && slow.reason.contains("not finished"), "{}", slow.reason);
    assert_eq!(links.get("http://shop.test/fine").expect("an answer").standing, Standing::Alive);

    let cancel = options.cancel.clone();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        cancel.cancel();
    });
    let begin = Instant::now();
    let links = run(&requests, &options);
    thread.join().expect("thread");
    assert!(begin.elapsed() < Duration::from_millis(1300), "{:?}", begin.elapsed());
    assert!(links.get("http://shop.test/slow").expect("an answer").reason.contains("by hand"));
}

#[test]
fn without_a_network_nothing_is_dead() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let options = options(&[("closed.test".into(), closed)]);
    let links = run(&[Request::page("http://closed.test/a"), Request::page("http://missing.test/b")], &options);
    assert_eq!(links.count(Standing::Unknown), 2, "{}", links.to_json());
    assert_eq!(links.notes().len(), 1);
    assert!(links.notes()[0].contains("no network"));
}

#[test]
fn headers_and_known_answers() {
    let (server, mut options) = start("shop.test", |hit| {
        let agent = hit.header("user-agent").unwrap_or_default();
        let proper = agent.starts_with("Mozilla/5.0") && agent.contains("presend/") && hit.header("referer").is_none();
        let ours = hit.header("x-preview") == Some("yes") && hit.header("accept-language") == Some("de");
        if proper && ours { page("Oak", &prose()) } else { answer(403, "", &hit.head) }
    });
    options.accept_language = "de".into();
    options.hosts.insert("shop.test".into(), HostOptions { headers: vec![("X-Preview".into(), "yes".into())], width: None });
    let request = [Request::page("http://shop.test/x")];
    let links = run(&request, &options);
    assert_eq!(links.count(Standing::Alive), 1, "{}", links.to_json());
    // What is known already is not asked again, and JSON keeps every word of it.
    options.known = Links::from_json("answers.json", &links.to_json()).expect("our own JSON");
    assert_eq!(run(&request, &options), links);
    assert_eq!(server.all_hits(), 1);
}
