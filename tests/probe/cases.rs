//! Tables of behaviours: what a server does, and what must be said about it.

use crate::server::{Behaviour, Server};
use crate::truth::Truth;
use presend::links::{Answer, Links, Standing};
use presend::probe::{Limits, Lookup, Options, Purpose, Request, ask};
use presend::progress::Progress;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

/// One behaviour. Its name is its host: `gone` is asked as `http://gone.test/…`.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What is true of it, whatever presend says.
    pub(crate) truth: Truth,
    pub(crate) scheme: &'static str,
    pub(crate) path: &'static str,
    pub(crate) purpose: Purpose,
    pub(crate) act: Behaviour,
    pub(crate) standing: Standing,
    /// Words that the reason must hold.
    pub(crate) words: &'static str,
    /// What else must hold.
    pub(crate) also: fn(&Answer) -> bool,
}

impl Case {
    pub(crate) fn page(name: &'static str, truth: Truth, act: Behaviour, standing: Standing, words: &'static str) -> Self {
        Self { name, truth, scheme: "http", path: "/lamps/oak", purpose: Purpose::Page, act, standing, words, also: |_| true }
    }

    pub(crate) fn image(name: &'static str, truth: Truth, act: Behaviour, standing: Standing, words: &'static str) -> Self {
        Self { path: "/hero.png", purpose: Purpose::Image, ..Self::page(name, truth, act, standing, words) }
    }

    pub(crate) fn at(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(crate) fn secure(mut self) -> Self {
        self.scheme = "https";
        self
    }

    pub(crate) fn also(mut self, also: fn(&Answer) -> bool) -> Self {
        self.also = also;
        self
    }

    pub(crate) fn host(&self) -> String {
        format!("{}.test", self.name)
    }

    pub(crate) fn url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host(), self.path)
    }
}

/// Options that reach the test server only, with short waits.
pub(crate) fn options(hosts: &[(String, SocketAddr)]) -> Options {
    let millis = Duration::from_millis;
    let limits = Limits {
        name: millis(300),
        connect: millis(700),
        first_byte: millis(700),
        idle: millis(600),
        attempt: millis(1500),
        link: millis(6000),
        repeat_wait: millis(40),
        confirm_wait: millis(60),
        retry_after: Duration::from_secs(1),
        slow: millis(250),
        ..Limits::default()
    };
    Options {
        limits,
        resolve: hosts.iter().map(|(host, at)| (host.clone(), Lookup::To(vec![*at]))).collect(),
        system_names: false,
        system_authorities: false,
        ctrl_c: false,
        allow_private: vec!["127.0.0.1".into()],
        deadline: Duration::from_secs(20),
        ..Options::default()
    }
}

/// Asks with these options; the test fails if the options cannot be used.
pub(crate) fn run(requests: &[Request], options: &Options) -> Links {
    ask(requests, options, &Progress::silent()).expect("usable options")
}

/// Runs a table against its own server and asserts every line of it, after telling all that are wrong.
pub(crate) fn check(cases: &[Case], helpers: &[(&'static str, Behaviour)]) -> Server {
    let behaviours = cases.iter().map(|case| (case.host(), case.act));
    let server = Server::start(behaviours.chain(helpers.iter().map(|(name, act)| (format!("{name}.test"), *act))));
    let names = cases.iter().map(Case::host).chain(helpers.iter().map(|(name, _)| format!("{name}.test")));
    let options = options(&names.map(|host| (host, server.plain)).collect::<Vec<_>>());
    let requests: Vec<Request> = cases.iter().map(|case| Request { url: case.url(), purpose: case.purpose }).collect();
    verdicts(cases, &run(&requests, &options));
    server
}

/// Compares answers with a table.
pub(crate) fn verdicts(cases: &[Case], links: &Links) {
    let mut wrong = BTreeMap::new();
    for case in cases {
        let fault = match links.get(&case.url()) {
            None => "no answer".into(),
            Some(answer) if answer.standing != case.standing => {
                format!("should be {}, but is {}: {}", case.standing, answer.standing, answer.reason)
            }
            Some(answer) if !answer.reason.contains(case.words) => format!("should say “{}”, but says: {}", case.words, answer.reason),
            Some(answer) if !(case.also)(answer) => format!("something else is wrong: {answer:#?}"),
            Some(_) => continue,
        };
        wrong.insert(case.name, fault);
    }
    println!("{} of {} behaviours judged right", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "{} of {} wrong: {wrong:#?}", wrong.len(), cases.len());
}
