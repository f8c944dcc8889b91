//! Every kind of list in `fixtures`, with what was read from it beside it, and every broken one with its error.
//!
//! `SNAPSHOTS=overwrite cargo test --test lists` rewrites what stands beside them.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test reads its fixtures, and stops where it cannot")]

use presend::audience::{Audience, ColumnProfile, Crowd, Example, List, ListFacts, OddRows, rows};
use presend::settings::Role;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The lists of a folder, by name, without what stands beside them.
fn lists(folder: &str, beside: &str) -> Vec<(PathBuf, List)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(&folder).expect("folder").map(|file| file.expect("file").path());
    let mut files: Vec<PathBuf> = files.filter(|path| !path.to_string_lossy().ends_with(beside)).collect();
    files.sort();
    assert!(!files.is_empty());
    files.into_iter().map(|path| (beside_path(&path, beside), list(&path))).collect()
}

fn beside_path(path: &Path, ending: &str) -> PathBuf {
    path.with_file_name(format!("{}{ending}", name(path)))
}

fn name(path: &Path) -> String {
    path.file_name().expect("name").to_string_lossy().into_owned()
}

fn list(path: &Path) -> List {
    List::from_bytes(name(path), name(path), Role::Send, std::fs::read(path).expect("list"))
}

#[test]
fn every_list_is_read_as_it_stands_beside_it() {
    for (beside, list) in lists("fixtures/inputs/lists", ".read.json") {
        let audience = Audience::read(std::slice::from_ref(&list)).unwrap_or_else(|error| panic!("{error}"));
        let streamed = rows::stream(&list).expect("rows").map(|row| row.expect("row").fields.len()).collect::<Vec<_>>();
        assert_eq!(streamed.len() as u64, audience.lists[0].rows, "{}", list.path);
        let text = serde_json::to_string_pretty(&facts(&audience.lists[0], audience.send_size())).expect("json") + "\n";
        snapbox::assert_data_eq!(
            snapbox::Data::text(text).raw(),
            snapbox::Data::read_from(&beside, Some(snapbox::data::DataFormat::Text)).raw()
        );
    }
}

#[test]
fn every_broken_list_gets_the_error_that_stands_beside_it() {
    for (beside, list) in lists("fixtures/broken/lists", ".error.txt") {
        let error = Audience::read(&[list]).expect_err("broken list").to_string() + "\n";
        snapbox::assert_data_eq!(error, snapbox::Data::read_from(&beside, Some(snapbox::data::DataFormat::Text)));
    }
}

fn facts(list: &ListFacts, send_size: u64) -> Value {
    let name = |column: Option<usize>| column.and_then(|at| list.columns.get(at)).map(|column| column.name.as_str());
    let status: Vec<_> = list.export.status.iter().map(|at| name(Some(*at))).collect();
    json!({
        "platform": list.export.platform,
        "address": name(Some(list.export.address)),
        "names": [name(list.export.first_name), name(list.export.last_name), name(list.export.full_name)],
        "language": name(list.export.language),
        "status": status,
        "rows": list.rows, "addresses": list.addresses, "would get the mail": send_size,
        "doubled": crowd(&list.doubled),
        "empty": odd(&list.empty), "malformed": odd(&list.malformed), "ragged": odd(&list.ragged),
        "mailable": list.mailable,
        "opted out": crowd(&list.opted_out), "bounced": crowd(&list.bounced), "never subscribed": crowd(&list.never_subscribed),
        "columns": list.columns.iter().filter(|column| column.filled > 0).map(column).collect::<Vec<_>>(),
    })
}

fn column(column: &ColumnProfile) -> String {
    let values: Vec<String> = column.common.iter().map(|value| format!("{:?} x{}", value.text, value.rows)).collect();
    let traits: Vec<String> = column.traits.iter().map(|(of, seen)| format!("{of:?} x{}", seen.rows)).collect();
    format!("{}: {} filled, {} empty; {}; {}", column.name, column.filled, column.empty.rows, values.join(", "), traits.join(", "))
}

fn crowd(crowd: &Crowd) -> Value {
    let shown = |example: &Example| {
        let also: Vec<String> = example.also.iter().map(|place| format!(", {}", place.line)).collect();
        format!("{} line {}{}", example.address, example.at.line, also.concat())
    };
    let examples: Vec<String> = crowd.examples.iter().map(shown).collect();
    format!("{}: {}", crowd.people, examples.join("; ")).into()
}

fn odd(rows: &OddRows) -> Value {
    format!("{}, lines {:?}", rows.rows, rows.first_lines).into()
}
