//! What is generated is checked in: the pages in `docs/rules/` and the table in the README.
//! `PRESEND_BLESS=1 cargo test --test docs` writes them anew.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::docs;
use presend::rules::RULES;
use std::fs;
use std::sync::{Mutex, PoisonError};

/// Two tests write parts of the README; one at a time, or one takes the other's words back.
static README: Mutex<()> = Mutex::new(());

fn bless() -> bool {
    std::env::var_os("PRESEND_BLESS").is_some()
}

fn compare(path: &str, wanted: &str) {
    if bless() {
        fs::create_dir_all("docs/rules").expect("a folder");
        fs::write(path, wanted).expect("a file that can be written");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(there == wanted, "{path} is not up to date; run: PRESEND_BLESS=1 cargo test --test docs");
}

#[test]
fn pages_are_up_to_date() {
    for rule in RULES {
        compare(&format!("docs/rules/{}.md", rule.name), &docs::page(rule));
    }
    let known: Vec<String> = RULES.iter().map(|rule| format!("{}.md", rule.name)).collect();
    for file in fs::read_dir("docs/rules").expect("pages").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name), "docs/rules/{name} belongs to no rule");
    }
}

/// The README with what stands between two marks replaced.
fn with_block(readme: &str, mark: &str, block: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let (before, rest) = readme.split_once(&open).expect("a mark before the block");
    let (_, after) = rest.split_once(&close).expect("a mark behind the block");
    format!("{before}{open}{block}{close}{after}")
}

#[test]
fn the_report_in_the_readme_is_what_the_command_prints() {
    let _alone = README.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = fs::read_to_string("README.md").expect("a README");
    let command = readme.lines().find_map(|line| line.strip_prefix("$ presend ")).expect("a command");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_presend")).args(command.split(' ')).output().expect("presend runs");
    assert_eq!(run.status.code(), Some(1), "the example is held");
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    compare("README.md", &with_block(&readme, "report", &format!("```text\n{}\n```\n", printed.trim_end())));
}

#[test]
fn the_table_in_the_readme_is_up_to_date() {
    let _alone = README.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = fs::read_to_string("README.md").expect("a README");
    compare("README.md", &with_block(&readme, "rules", &docs::table()));
}
