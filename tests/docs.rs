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

#[test]
fn the_table_in_the_readme_is_up_to_date() {
    let readme = fs::read_to_string("README.md").expect("a README");
    let (before, rest) = readme.split_once("<!-- rules -->\n").expect("a mark before the table");
    let (_, after) = rest.split_once("<!-- /rules -->").expect("a mark behind the table");
    compare("README.md", &format!("{before}<!-- rules -->\n{}<!-- /rules -->{after}", docs::table()));
}
