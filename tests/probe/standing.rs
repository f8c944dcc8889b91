//! All behaviours at addresses of their own, where any program can ask them; and what presend and others say of them.

use crate::beside::{self, Program};
use crate::cases::Case;
use crate::server::{Behaviour, Server, page, prose};
use crate::truth::{Mark, Truth, Verdict};
use crate::{certificates, connections, guard, pages, pictures, redirects, statuses, strangers, walls};
use presend::links::left_alone;
use presend::probe::{Lookup, Options, Purpose, Request, ask};
use presend::progress::Progress;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Addresses that act for the reader who opens them, or are complete in a mail that went out only.
const ACTING: &[(&str, &str)] = &[
    ("/unsubscribe?u=17", "takes the reader off the list"),
    ("/newsletter/abmelden/17", "takes the reader off the list"),
    ("/desinscription?id=17", "takes the reader off the list"),
    ("/optout/17", "takes the reader off the list"),
    ("/email-preferences/17", "changes what the reader gets"),
    ("/confirm/77", "confirms for the reader"),
    ("/poll/3?vote=2", "votes for the reader"),
    ("/nps?score=9&u=17", "votes for the reader"),
    ("/rsvp/17?answer=yes", "accepts for the reader"),
    ("/cart/add?id=5&quantity=1", "fills the reader's cart"),
    ("/e/open.gif?id=1", "counts an opening that was none"),
    ("/account?e=*|EMAIL|*", "is nobody's address before the mail goes out"),
    ("/c/{{ customer_id }}", "is nobody's address before the mail goes out"),
];

/// One behaviour where it stands.
struct Stand {
    group: &'static str,
    name: String,
    url: String,
    purpose: Purpose,
    truth: Truth,
}

/// The servers of all groups, and a file with the authority behind their certificates.
struct Field {
    stands: Vec<Stand>,
    servers: Vec<(&'static str, Server)>,
    authority: tempfile::NamedTempFile,
}

fn groups() -> Vec<(&'static str, Vec<Case>)> {
    // Names that lead nowhere in a way of their own are a matter of name servers, which no program lets us choose.
    let named = connections::named().into_iter().filter(|case| ["fine", "missing", "closed-port"].contains(&case.name));
    vec![
        ("statuses", statuses::said()),
        ("walls", walls::walled()),
        (
            "connections",
            connections::troubled().into_iter().chain(named.map(|case| Case { act: |_| page("Oak", &prose()), ..case })).collect(),
        ),
        ("certificates", certificates::protected()),
        ("private addresses", guard::inward()),
        ("pages that are not there", pages::absent()),
        ("offers that are over", pages::over()),
        ("good pages", pages::good()),
        ("pictures", pictures::hosted()),
        ("strangers: pages", strangers::pages().into_iter().chain(strangers::more_pages()).collect()),
        ("strangers: ways", strangers::ways().into_iter().chain(strangers::more_ways()).collect()),
        ("redirects", redirects::followed().into_iter().chain(redirects::broken()).collect()),
    ]
}

impl Field {
    fn new() -> Self {
        connections::prepare();
        let mut field = Self { stands: Vec::new(), servers: Vec::new(), authority: tempfile::NamedTempFile::new().expect("a file") };
        for (number, (group, cases)) in groups().into_iter().enumerate() {
            field.stand(u8::try_from(number).expect("few groups"), group, &cases);
        }
        let act: Behaviour = |_| page("Thank you", &prose());
        let server = Server::start([("acting.test".to_owned(), act)]);
        let at = server.stand(Ipv4Addr::new(127, 1, 99, 1), "acting.test");
        for (path, reason) in ACTING {
            let (name, url) = ((*path).to_owned(), format!("http://{at}{path}"));
            field.stands.push(Stand { group: "acting links", name, url, purpose: Purpose::Page, truth: Truth::Leave(reason) });
        }
        field.servers.push(("acting links", server));
        field
    }

    fn stand(&mut self, number: u8, group: &'static str, cases: &[Case]) {
        let shop = ("shop.test".to_owned(), redirects::SHOP);
        let server = Server::start(cases.iter().map(|case| (case.host(), case.act)).chain([shop]));
        server.rename("shop.test", server.stand(Ipv4Addr::new(127, 1, number, 250), "shop.test"));
        let (ports, authority) = certificates::serve(&server);
        for (at, case) in cases.iter().enumerate() {
            let ip = Ipv4Addr::new(127, 1, number, u8::try_from(at + 1).expect("few cases"));
            let host = case.host();
            let place = match case.name {
                "missing" => host,
                "closed-port" => SocketAddr::from((ip, 9)).to_string(),
                _ if case.scheme == "https" => ports.iter().find(|(name, _)| *name == host).expect("a port").1.to_string(),
                _ => server.stand(ip, &host).to_string(),
            };
            let url = format!("{}://{place}{}", case.scheme, case.path);
            self.stands.push(Stand { group, name: case.name.to_owned(), url, purpose: case.purpose, truth: case.truth });
        }
        if group == "certificates" {
            std::fs::write(self.authority.path(), authority).expect("a file");
        }
        self.servers.push((group, server));
    }

    /// What presend says, as a program that never heard of tests.
    fn presend(&self) -> BTreeMap<String, Verdict> {
        let missing = ["missing.test", "nosuchplace.test"].map(|name| (name.to_owned(), Lookup::Missing));
        let options = Options {
            allow_private: vec!["127.0.0.0/8".into()],
            authorities: std::fs::read(self.authority.path()).expect("a file"),
            resolve: missing.into(),
            ctrl_c: false,
            ..Options::default()
        };
        let requests: Vec<Request> = self.stands.iter().map(|stand| Request { url: stand.url.clone(), purpose: stand.purpose }).collect();
        let links = ask(&requests, &options, &Progress::silent()).expect("usable options");
        assert!(!links.unfinished(), "there is time for all");
        let said = |url: &String| links.get(url).map_or(Verdict::LeftAlone, |answer| answer.standing.into());
        requests.iter().map(|request| (request.url.clone(), said(&request.url))).collect()
    }

    /// What another program says, asked for one link at a time; nothing if it is not on the `PATH`.
    fn other(&self, at: usize) -> Option<(&'static str, BTreeMap<String, Verdict>)> {
        let found = Mutex::new(BTreeMap::new());
        let name = beside::others(Path::new("")).get(at)?.name;
        let next = Mutex::new(self.stands.iter());
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while let Some(stand) = { next.lock().unwrap_or_else(PoisonError::into_inner).next() } {
                        if let Some(verdict) = self.one(at, stand) {
                            found.lock().unwrap_or_else(PoisonError::into_inner).insert(stand.url.clone(), verdict);
                        }
                    }
                });
            }
        });
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        (!found.is_empty()).then_some((name, found))
    }

    fn one(&self, at: usize, stand: &Stand) -> Option<Verdict> {
        let folder = tempfile::tempdir().ok()?;
        let file = folder.path().join("page.html");
        let link = match stand.purpose {
            Purpose::Page => format!("<a href=\"{}\">Oak lamps</a>", stand.url),
            Purpose::Image => format!("<img src=\"{}\" alt=\"Oak lamps\">", stand.url),
        };
        std::fs::write(&file, format!("<!doctype html><html><body>{link}</body></html>")).ok()?;
        let program: Program = beside::others(&file).into_iter().nth(at)?;
        let before = self.hits(stand);
        let run = beside::run(&program, Some(self.authority.path()))?;
        if let Truth::Leave(_) = stand.truth {
            return Some(if self.hits(stand) > before { Verdict::Fine } else { Verdict::LeftAlone });
        }
        if !run.ended {
            return Some(Verdict::None);
        }
        // Programs write an address in their own way; beside the page itself there is but one.
        let said = (program.verdicts)(&run.output).into_iter().filter(|(url, _)| !url.contains("page.html"));
        Some(said.map(|(_, said)| said.into()).next().unwrap_or(Verdict::Fine))
    }

    /// How often the address of a link that acts was asked, whatever was made of its signs.
    fn hits(&self, stand: &Stand) -> usize {
        let server = self.servers.iter().find(|(group, _)| *group == stand.group);
        let path = stand.name.split(['?', '*', '{']).next().unwrap_or_default();
        server.map_or(0, |(_, server)| server.hits_below(path))
    }
}

/// The columns of the table.
const COLUMNS: [(&str, &[Mark]); 6] = [
    ("right", &[Mark::Right, Mark::Lucky]),
    ("known", &[Mark::Right]),
    ("called broken, is not", &[Mark::FalseAlarm]),
    ("called fine, is not", &[Mark::Missed]),
    ("asked, must not be", &[Mark::Acted]),
    ("nothing told", &[Mark::Unsaid]),
];

/// A table of all programs by group, and below it a line for each behaviour.
fn table(stands: &[Stand], programs: &[(&str, BTreeMap<String, Verdict>)]) -> String {
    let names = COLUMNS.map(|(name, _)| name).join(" | ");
    let mut lines = vec![format!("| behaviours | of | program | {names} |"), String::from("|---|---:|---|---:|---:|---:|---:|---:|---:|")];
    let mut groups: Vec<&str> = stands.iter().map(|stand| stand.group).collect();
    groups.dedup();
    for group in groups.into_iter().chain(["all"]) {
        let here: Vec<&Stand> = stands.iter().filter(|stand| group == "all" || stand.group == group).collect();
        for (name, said) in programs {
            let marks: Vec<Mark> = here.iter().map(|stand| mark(stand, said)).collect();
            let counts = COLUMNS.map(|(_, counted)| marks.iter().filter(|mark| counted.contains(mark)).count().to_string());
            lines.push(format!("| {group} | {} | {name} | {} |", here.len(), counts.join(" | ")));
        }
    }
    lines.extend(stands.iter().map(|stand| {
        let said =
            |(name, said): &(&str, BTreeMap<String, Verdict>)| format!("; {name}: {:?}, {:?}", said.get(&stand.url), mark(stand, said));
        let truth = format!("{} ({})", stand.truth.name(), stand.truth.reason());
        format!("{} / {} {}: {truth}{}", stand.group, stand.name, stand.url, programs.iter().map(said).collect::<String>())
    }));
    lines.join("\n")
}

fn mark(stand: &Stand, said: &BTreeMap<String, Verdict>) -> Mark {
    stand.truth.mark(said.get(&stand.url).copied().unwrap_or(Verdict::None))
}

/// The other tests assert what presend says of each behaviour; this one asserts that what they assert is true.
#[test]
fn what_is_said_is_true() {
    let cases: Vec<Case> = groups().into_iter().flat_map(|(_, cases)| cases).collect();
    let said = |case: &Case| (case.name, case.truth.mark(Verdict::from(case.standing)));
    let wrong: Vec<_> = cases.iter().map(said).filter(|(_, mark)| *mark != Mark::Right).collect();
    let alarms = wrong.iter().filter(|(_, mark)| *mark == Mark::FalseAlarm).count();
    println!("{} of {} right; not so: {wrong:?}", cases.len() - wrong.len(), cases.len());
    assert!(cases.len() >= 290 && wrong.len() * 20 <= cases.len() && alarms * 50 <= cases.len(), "{wrong:?}");
    let acted: Vec<_> = ACTING.iter().filter(|(path, _)| left_alone(&format!("http://shop.test{path}")).is_none()).collect();
    assert!(acted.is_empty(), "asked although a click acts: {acted:?}");
}

#[test]
#[ignore = "takes minutes, and lychee and linkinator on the PATH"]
fn beside_others() {
    let field = Field::new();
    let mut programs = vec![("presend", field.presend())];
    programs.extend((0..2).filter_map(|at| field.other(at)));
    println!("{}", table(&field.stands, &programs));
}

#[test]
#[ignore = "does not end by itself"]
fn standing() {
    let field = Field::new();
    println!("{}\n\nCtrl-C ends it. The authority: {}", table(&field.stands, &[]), field.authority.path().display());
    loop {
        std::thread::sleep(Duration::from_mins(1));
    }
}
