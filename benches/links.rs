//! How fast, how gently and how rightly links are asked, beside other link checkers; see `benches/links/README.md`.
#![allow(clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark is a program of its own")]
#![allow(missing_docs, reason = "a benchmark has no readers of its documentation")]

#[path = "links/beside.rs"]
mod beside;
#[path = "links/server.rs"]
mod server;
#[path = "links/table.rs"]
mod table;

use beside::{Program, Said};
use presend::links::{Links, Standing};
use presend::probe::{Options, Request, ask};
use presend::progress::Progress;
use server::Server;
use std::collections::BTreeMap;
use table::{Line, Table};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--ask") {
        return ask_as_child(arguments.get(at + 1).expect("a file"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, hosts, links, trouble) in
        [("one", 1, 60, false), ("five", 5, 60, false), ("forty", 40, 2000, false), ("trouble", 40, 2000, true)]
    {
        let server = Server::start(hosts);
        let urls = server.links(links, trouble);
        let page = folder.path().join(format!("{name}.html"));
        std::fs::write(&page, html(urls.keys())).expect("a file");
        let mut table = Table::new(&format!("{name}: {links} links on {hosts} host{}", if hosts == 1 { "" } else { "s" }));
        let own = std::env::current_exe().expect("the benchmark's own path").display().to_string();
        let command = vec![own, "--ask".to_owned(), page.display().to_string()];
        let ours = Program { name: "presend", command, verdicts: presend_verdicts };
        for program in [ours].into_iter().chain(beside::others(&page)) {
            server.forget();
            let Some(run) = beside::run(&program, None) else {
                println!("{} is not on the PATH", program.name);
                continue;
            };
            let verdicts = (program.verdicts)(&run.output);
            let (right, false_alarms) = judged(&urls, &verdicts);
            table.push(Line {
                name: program.name,
                run,
                requests: server.requests(),
                at_once: server.most_at_once(),
                right,
                false_alarms,
                of: links,
            });
        }
        println!("{table}");
    }
}

/// What presend does when the benchmark starts itself anew: asks all links of a page and prints the answers.
fn ask_as_child(page: &str) {
    let text = std::fs::read_to_string(page).expect("the page of links");
    let requests: Vec<Request> = text.split('"').filter(|part| part.starts_with("http")).map(Request::page).collect();
    let options = Options { allow_private: vec!["127.0.0.0/8".into()], ..Options::default() };
    let links = ask(&requests, &options, &Progress::silent()).expect("usable options");
    println!("{}", links.to_json());
}

fn html<'a>(urls: impl Iterator<Item = &'a String>) -> String {
    let mut html = String::from("<!doctype html><html><body>\n");
    for url in urls {
        html.push_str("<a href=\"");
        html.push_str(url);
        html.push_str("\">a link</a>\n");
    }
    html + "</body></html>\n"
}

/// What presend's answers say, in the coarse words that all programs share.
fn presend_verdicts(output: &str) -> BTreeMap<String, Said> {
    let links = Links::from_json("answers", output).expect("presend's own JSON");
    let verdict = |standing| match standing {
        Standing::Alive => Said::Fine,
        Standing::Dead => Said::Broken,
        Standing::Suspect => Said::NotThePage,
        Standing::Refused | Standing::NotPublic | Standing::Unknown => Said::CannotTell,
    };
    links.answers().map(|answer| (answer.url.clone(), verdict(answer.standing))).collect()
}

/// How many verdicts are right, and how many links are called broken that are not.
fn judged(urls: &BTreeMap<String, Said>, verdicts: &BTreeMap<String, Said>) -> (usize, usize) {
    let mut right = 0;
    let mut false_alarms = 0;
    for (url, truth) in urls {
        let verdict = verdicts.get(url).copied().unwrap_or(Said::Fine);
        // Others have no word for a page that is not the page; calling it broken is right too.
        let same = verdict == *truth || *truth == Said::NotThePage && verdict != Said::Fine;
        right += usize::from(same);
        false_alarms += usize::from(verdict == Said::Broken && !same);
    }
    (right, false_alarms)
}
