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
use serde::Deserialize;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
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
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_presend"))
        .env("DICPATH", "no-dictionaries")
        .args(command.split(' '))
        .output()
        .expect("presend runs");
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

/// One class of mistakes that went out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    name: String,
    what: String,
    rules: Vec<String>,
    exhibits: Vec<String>,
    beyond: String,
}

/// All of them.
#[derive(Deserialize)]
struct Classes {
    class: Vec<Class>,
}

/// The page that says what finds each class of mistakes.
fn mistakes(classes: &[Class]) -> String {
    let mut page = String::from(
        "# Mistakes that went out, and what finds them\n\nMade from `fixtures/classes.toml`. Each class is one that has \
         reached real inboxes. Every rule's page has examples that are its tests; the exhibits are whole campaigns in \
         `fixtures/museum/`.\n\n| mistake | rules | exhibits | beyond presend's reach |\n|---|---|---|---|\n",
    );
    for class in classes {
        let rules: Vec<String> = class.rules.iter().map(|rule| format!("[{rule}](rules/{rule}.md)")).collect();
        let exhibits: Vec<String> = class.exhibits.iter().map(|one| format!("[{one}](../fixtures/museum/{one}/)")).collect();
        let _ =
            writeln!(page, "| **{}**: {} | {} | {} | {} |", class.name, class.what, rules.join(", "), exhibits.join(", "), class.beyond);
    }
    page
}

#[test]
fn every_class_of_mistakes_has_a_rule_or_a_reason() {
    let text = fs::read_to_string("fixtures/classes.toml").expect("classes");
    let classes: Classes = toml::from_str(&text).expect("TOML");
    assert_eq!(classes.class.len(), 69, "none is lost");
    for class in &classes.class {
        assert!(!class.rules.is_empty() || !class.beyond.is_empty(), "{}: a rule, or why there is none", class.name);
        for rule in &class.rules {
            assert!(presend::rules::by_name(rule).is_some(), "{}: there is no rule {rule}", class.name);
        }
        for exhibit in &class.exhibits {
            let finds = fs::read_to_string(Path::new("fixtures/museum").join(exhibit).join("finds.txt")).expect("an exhibit");
            assert!(class.rules.iter().any(|rule| finds.contains(rule.as_str())), "{}: {exhibit} shows none of its rules", class.name);
        }
    }
    compare("docs/mistakes.md", &mistakes(&classes.class));
}
