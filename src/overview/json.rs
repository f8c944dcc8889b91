//! The overview for programs. These structs are the wire format, version 1; nothing else of the program is serialised.

use crate::audience::{Audience, ColumnProfile, Crowd, Example, ListFacts, OddRows};
use crate::json::written;
use crate::settings::Role;
use serde::Serialize;

#[derive(Serialize)]
struct OverviewV1<'a> {
    version: u32,
    lists: Vec<ListV1<'a>>,
    /// `pairs[i][j]`: people on both; on the diagonal the sizes.
    pairs: Vec<Vec<u64>>,
    /// Every combination, the largest first.
    combinations: Vec<CombinationV1>,
    /// Lists that get the mail: addresses that are one more of somebody who is there already.
    alike: Vec<AlikeV1>,
}

#[derive(Serialize)]
struct ListV1<'a> {
    name: &'a str,
    file: &'a str,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<&'static str>,
    address_column: Option<&'a str>,
    rows: u64,
    people: u64,
    doubled_rows: u64,
    doubled: CrowdV1,
    without_address: OddV1<'a>,
    malformed: OddV1<'a>,
    repeated_headers: OddV1<'a>,
    totals: OddV1<'a>,
    ragged: OddV1<'a>,
    opted_out: u64,
    bounced: u64,
    never_subscribed: u64,
    mailable: u64,
    columns: Vec<ColumnV1<'a>>,
}

#[derive(Serialize)]
struct OddV1<'a> {
    rows: u64,
    first_lines: &'a [u64],
}

#[derive(Serialize)]
struct CrowdV1 {
    people: u64,
    examples: Vec<ExampleV1>,
}

#[derive(Serialize)]
struct ExampleV1 {
    address: String,
    rows: Vec<RowV1>,
}

#[derive(Serialize)]
struct RowV1 {
    file: String,
    /// Left out in a warehouse, where rows have no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

#[derive(Serialize)]
struct ColumnV1<'a> {
    name: &'a str,
    /// Left out, as is the rest, where cells were not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    filled: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    empty: Option<u64>,
    /// How many different values; left out where they are too many to be counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    distinct: Option<u64>,
}

#[derive(Serialize)]
struct CombinationV1 {
    /// Indices into `lists`.
    lists: Vec<usize>,
    people: u64,
    examples: Vec<ExampleV1>,
}

#[derive(Serialize)]
struct AlikeV1 {
    why: &'static str,
    #[serde(flatten)]
    crowd: CrowdV1,
}

/// Writes the overview as JSON with a line end.
pub(super) fn render(audience: &Audience) -> String {
    let combination = |combination: &crate::audience::Combination| CombinationV1 {
        lists: (0..audience.lists.len()).filter(|list| combination.lists & (1 << list) != 0).collect(),
        people: combination.people,
        examples: combination.examples.iter().map(example).collect(),
    };
    let wire = OverviewV1 {
        version: 1,
        lists: audience.lists.iter().map(list).collect(),
        pairs: audience.pairs(),
        combinations: audience.combinations.iter().map(combination).collect(),
        alike: audience.alike.iter().map(|(why, people)| AlikeV1 { why: why.describe(), crowd: crowd(people) }).collect(),
    };
    written(&wire)
}

fn list(list: &ListFacts) -> ListV1<'_> {
    ListV1 {
        name: &list.name,
        file: &list.path,
        role: list.role,
        platform: list.export.platform,
        address_column: list.columns.get(list.export.address).map(|column| column.name.as_str()),
        rows: list.rows,
        people: list.addresses,
        doubled_rows: list.doubled_rows,
        doubled: crowd(&list.doubled),
        without_address: odd(&list.empty),
        malformed: odd(&list.malformed),
        repeated_headers: odd(&list.headers),
        totals: odd(&list.totals),
        ragged: odd(&list.ragged),
        opted_out: list.opted_out.people,
        bounced: list.bounced.people,
        never_subscribed: list.never_subscribed.people,
        mailable: list.mailable,
        columns: list.columns.iter().map(column).collect(),
    }
}

fn odd(rows: &OddRows) -> OddV1<'_> {
    OddV1 { rows: rows.rows, first_lines: &rows.first_lines }
}

fn crowd(crowd: &Crowd) -> CrowdV1 {
    CrowdV1 { people: crowd.people, examples: crowd.examples.iter().map(example).collect() }
}

/// A person, masked.
fn example(example: &Example) -> ExampleV1 {
    let rows = std::iter::once(&example.at).chain(&example.also);
    let rows = rows.map(|place| RowV1 { file: place.path.clone(), line: Some(place.line).filter(|line| *line > 0) });
    ExampleV1 { address: example.address.masked(), rows: rows.collect() }
}

fn column(column: &ColumnProfile) -> ColumnV1<'_> {
    let (filled, empty) = (column.filled, column.empty.rows);
    let looked_at = filled + empty > 0;
    ColumnV1 {
        name: &column.name,
        filled: looked_at.then_some(filled),
        empty: looked_at.then_some(empty),
        distinct: column.distinct.filter(|_| looked_at),
    }
}
