//! The set engine against the plainest counting there is, on random lists, and any bytes at all as a list.
#![allow(clippy::expect_used, reason = "a test stops where it cannot go on")]

use presend::audience::{Audience, EXAMPLES, List, Memory, Trait, rows};
use presend::settings::Role;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A row: which person, how the address is written, what the status says.
type Person = (u8, u8, u8);

const ROLES: [Role; 4] = [Role::Send, Role::Customers, Role::Unsubscribed, Role::Send];

fn csv(people: &[Person]) -> String {
    let mut text = String::from("name,email,status\n");
    for (number, written, status) in people {
        let address = match written % 6 {
            0 => format!("P{number}@Shop.Example"),
            1 => format!(" p{number}@shop.example\t"),
            2 => format!("\"p{number}@shop.example\r\n\""),
            _ => format!("p{number}@shop.example"),
        };
        let status = ["", "subscribed", "unsubscribed", "bounced"][usize::from(status % 8).saturating_sub(4)];
        writeln!(text, "\"Jo \"\"{number}\"\"\",{address},{status}").expect("string");
    }
    text
}

/// The same question answered with sets of strings.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    combinations: BTreeMap<u64, (u64, u64)>,
    send_size: u64,
    doubled: Vec<u64>,
    opted_out: Vec<u64>,
}

fn naive(lists: &[Vec<Person>]) -> Answer {
    let mut masks: BTreeMap<u8, u64> = BTreeMap::new();
    let mut out: BTreeSet<u8> = BTreeSet::new();
    for (at, people) in lists.iter().enumerate() {
        for (number, _, status) in people {
            *masks.entry(*number).or_default() |= 1 << at;
            if ROLES[at] == Role::Send && status % 8 >= 6 {
                out.insert(*number);
            }
        }
    }
    let mut combinations: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for (number, mask) in &masks {
        let count = combinations.entry(*mask).or_default();
        count.0 += 1;
        count.1 += u64::from(!out.contains(number));
    }
    let worst = |people: &Vec<Person>, wanted: u8| {
        let mut worst: BTreeMap<u8, u8> = BTreeMap::new();
        for (number, _, status) in people {
            let worst = worst.entry(*number).or_default();
            *worst = (*worst).max(status % 8);
        }
        worst.values().filter(|status| **status == wanted).count() as u64
    };
    let distinct = |people: &Vec<Person>| people.iter().map(|person| person.0).collect::<BTreeSet<u8>>().len();
    Answer {
        send_size: masks.iter().filter(|(number, mask)| *mask & 0b1001 != 0 && !out.contains(number)).count() as u64,
        combinations,
        doubled: lists.iter().map(|people| (people.len() - distinct(people)) as u64).collect(),
        opted_out: lists.iter().map(|people| worst(people, 6)).collect(),
    }
}

fn read(lists: &[Vec<Person>], threads: usize) -> Audience {
    let list =
        |(at, people): (usize, &Vec<Person>)| List::from_bytes(format!("{at}"), format!("{at}.csv"), ROLES[at], csv(people).into_bytes());
    let lists: Vec<List> = lists.iter().enumerate().map(list).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| Audience::read(&lists)).expect("lists")
}

fn answer(audience: &Audience) -> Answer {
    Answer {
        combinations: audience.combinations.iter().map(|one| (one.lists, (one.people, one.mailable))).collect(),
        send_size: audience.send_size(),
        doubled: audience.lists.iter().map(|list| list.doubled_rows).collect(),
        opted_out: audience.lists.iter().map(|list| list.opted_out.people).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_engine_counts_as_sets_do(lists in proptest::collection::vec(proptest::collection::vec(any::<Person>(), 0..400), 1..=4)) {
        let one = read(&lists, 1);
        prop_assert_eq!(answer(&one), naive(&lists));
        let four = read(&lists, 4);
        prop_assert_eq!(format!("{:?}", four), format!("{one:?}"));
        for combination in &one.combinations {
            prop_assert_eq!(combination.examples.len() as u64, combination.people.min(EXAMPLES as u64));
        }
    }

    #[test]
    fn what_was_written_as_csv_is_read_as_it_was(
        table in proptest::collection::vec(("[a\", \r\n]{0,6}", "[a\",\r\né']{0,6}"), 0..40), semicolon in any::<bool>()
    ) {
        let mut written = csv::WriterBuilder::new().delimiter(if semicolon { b';' } else { b',' }).from_writer(Vec::new());
        written.write_record(["email", "one", "two"]).expect("header");
        for (one, two) in &table {
            written.write_record(["ann@a.example", one, two]).expect("row");
        }
        let list = List::from_bytes("x", "x.csv", Role::Send, written.into_inner().expect("bytes"));
        let read: Vec<Vec<String>> = rows::stream(&list).expect("rows").map(|row| row.expect("row").fields).collect();
        let meant: Vec<Vec<String>> = table.into_iter().map(|(one, two)| vec!["ann@a.example".into(), one, two]).collect();
        prop_assert_eq!(read, meant);
    }

    #[test]
    fn any_bytes_are_a_list_or_an_error(head in "email,name\n|\\[\\{\"email\":|sep=;\n|\\PC{0,8}|", bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let list = List::from_bytes("x", "x.csv", Role::Send, [head.as_bytes(), &bytes].concat());
        let _ = Audience::read(&[list]);
    }

    #[test]
    fn text_full_of_marks_is_a_list_or_an_error(text in "email,b\n([\"',;|\t\r\na@.{}\\[\\]:]{0,80})") {
        let list = List::from_bytes("x", "x.csv", Role::Send, text.into_bytes());
        if let Ok(audience) = Audience::read(std::slice::from_ref(&list)) {
            let rows = rows::stream(&list).expect("read before").map(|row| row.expect("read before").line).collect::<Vec<u64>>();
            prop_assert_eq!(rows.len() as u64, audience.lists[0].rows);
            prop_assert!(rows.is_sorted());
        }
    }
}

/// A list of several pieces: what is cut between them must not be counted twice or lost.
fn long_list(rows: u64) -> String {
    let mut text = String::from("email,note,town\n");
    for row in 0..rows {
        let note = if row % 7 == 0 { "\"two\nlines, \"\"quoted\"\"\"" } else { "5\" nails" };
        writeln!(text, "person{row}@shop.example,{note},Town {}", row % 900).expect("string");
    }
    text
}

#[test]
fn pieces_of_a_long_list_are_put_together_again() {
    let list = List::from_bytes("long", "long.csv", Role::Send, long_list(120_000).into_bytes());
    let audience = Audience::read(std::slice::from_ref(&list)).expect("list");
    let facts = &audience.lists[0];
    assert_eq!((facts.rows, facts.addresses, facts.ragged.rows, facts.malformed.rows), (120_000, 120_000, 0, 0));
    let towns = &facts.columns[2];
    assert_eq!((towns.distinct, towns.filled), (Some(900), 120_000));
    assert_eq!((towns.common[0].text.as_str(), towns.common[0].rows, towns.common[0].first_line), ("Town 0", 134, 2));
    assert_eq!(facts.columns[1].common[0].rows, 120_000 - 120_000_u64.div_ceil(7));
    let lines: Vec<u64> = rows::stream(&list).expect("rows").map(|row| row.expect("row").line).collect();
    assert_eq!(lines.last(), Some(&(1 + 120_000 + 119_999 / 7 + 1)));
}

#[test]
fn a_quote_late_in_a_long_list_is_placed_on_its_line() {
    let mut text = long_list(120_000);
    text.push_str("late@shop.example,\"never closed,x\n");
    let line = text.lines().count();
    let error = Audience::read(&[List::from_bytes("long", "long.csv", Role::Send, text.into_bytes())]).expect_err("quote");
    assert_eq!(error.place(), Some(format!("long.csv:{line}:19")));
}

#[test]
fn values_that_come_after_the_bound_are_not_counted_but_seen() {
    let mut text = String::from("email,id\n");
    for row in 0..30_000 {
        writeln!(text, "p{row}@shop.example,{}", if row % 3 == 0 { "same".to_owned() } else { format!("{row}") }).expect("string");
    }
    let audience = Audience::read(&[List::from_bytes("x", "x.csv", Role::Send, text.into_bytes())]).expect("list");
    let id = &audience.lists[0].columns[1];
    assert_eq!((id.distinct, id.common[0].text.as_str(), id.common[0].rows), (None, "same", 10_000));
    assert_eq!((id.seen(Trait::Number).rows, id.seen(Trait::Number).first_line), (20_000, 3));
}

#[test]
fn the_people_of_a_minified_json_array_are_told_apart() {
    let text = br#"[{"email":"ann@a.example"},{"email":"bob@a.example"},{"email":"bob@a.example"}]"#;
    let audience = Audience::read(&[List::from_bytes("x", "x.json", Role::Send, text.as_slice())]).expect("list");
    let mut shown: Vec<&str> = audience.combinations[0].examples.iter().map(|example| example.address.in_full()).collect();
    shown.sort_unstable();
    assert_eq!(shown, ["ann@a.example", "bob@a.example"]);
    assert_eq!(audience.lists[0].doubled.examples[0].address.in_full(), "bob@a.example");
}

/// Objects in JSON, one a line, of which some say only late that their people have left.
fn leaving_late(people: u32) -> List {
    let person = |n: u32| {
        let left = if n >= people / 2 && n.is_multiple_of(2) { ",\"unsubscribed_at\":\"2026-11-02\"" } else { "" };
        format!("{{\"email\":\"p{n}@a.example\",\"first\":\"Ann\",\"city\":\"Rome\"{left}}}\n")
    };
    List::from_bytes("late", "late.ndjson", Role::Send, (0..people).map(person).collect::<String>().into_bytes())
}

#[test]
fn a_field_that_comes_late_in_a_json_list_is_a_column_all_the_same() {
    let audience = Audience::read(&[leaving_late(20_000)]).expect("list");
    let list = &audience.lists[0];
    assert_eq!((list.opted_out.people, audience.send_size(), list.ragged.rows), (5000, 15_000, 0));
    assert_eq!(rows::stream(&leaving_late(20_000)).expect("list").header().names, ["email", "first", "city", "unsubscribed_at"]);
}

#[test]
fn a_json_list_with_a_field_for_every_person_is_refused_on_its_line() {
    let person = |n: u32| format!("{{\"email\":\"p{n}@a.example\",\"{}\":1}}\n", if n < 9000 { 0 } else { n });
    let text: String = (0..20_000).map(person).collect();
    let error = Audience::read(&[List::from_bytes("x", "x.ndjson", Role::Send, text.into_bytes())]).expect_err("no people");
    assert!(error.message().contains("more than 512 different fields"), "{error}");
}

#[test]
fn sixty_four_lists_are_compared_and_sixty_five_are_not() {
    let lists = |count: usize| {
        (0..count)
            .map(|at| List::from_bytes("same name", "same.csv", Role::Other, format!("p{at}@a.example\nall@a.example\n").into_bytes()))
            .collect::<Vec<_>>()
    };
    let audience = Audience::read(&lists(64)).expect("lists");
    assert_eq!(audience.combinations.iter().find(|one| one.lists == u64::MAX).map(|one| one.people), Some(1));
    assert_eq!(audience.combinations.len(), 65);
    assert!(Audience::read(&lists(65)).is_err());
}

#[test]
fn somebody_with_two_spellings_gets_two_mails() {
    let list = |text: &str| List::from_bytes("x", "x.csv", Role::Send, text.as_bytes());
    let audience = Audience::read(&[
        list("email\nann@shop.example\nann+news@shop.example\n"),
        list("email\nbob@gmail.com\nb.o.b@gmail.com\nb.o.b@gmail.com\n"),
    ])
    .expect("lists");
    assert_eq!(audience.send_size(), 4);
    let shown: Vec<String> =
        audience.alike.iter().map(|(likeness, crowd)| format!("{likeness:?} {} {:?}", crowd.people, crowd.examples[0].also)).collect();
    assert_eq!(
        shown,
        [r#"PlusTag 1 [RowPlace { list: 0, path: "x.csv", line: 3 }]"#, r#"GmailDots 1 [RowPlace { list: 1, path: "x.csv", line: 3 }]"#,]
    );
}

#[test]
fn counting_alone_says_what_reading_every_cell_says() {
    // Longer than several pieces, with rows of every kind.
    let row = |row: u64| {
        let address = format!("p{}@{}.example", row % 9000, ["a", "b-c", "d.e"][(row % 3) as usize]);
        let status = ["subscribed", "unsubscribed", "bounced", "", "SUBSCRIBED"][(row % 5) as usize];
        match row % 23 {
            0 => format!("\"{address}\",Ann,{status},x\r\n"),
            1 => format!(" {} ,\"Ann\nLee, \"\"A\"\"\",{status},x\n", address.to_uppercase()),
            2 => format!("{address},Ann,{status}\n\r\n"),
            3 => format!("{address},Ann,{status},x,,\n"),
            4 => format!("{address},Ann,{status},x,more\n\n"),
            5 => String::from(",Ann,,x\nnobody,Ann,,x\nTotal,,,9\n"),
            6 => format!("{address},5\" Ann,{status},{}\n", "long ".repeat(40)),
            7 => format!("j\u{fc}rgen{row}@m\u{fc}rz.example,Ann,{status},x\n"),
            8 => format!("{}@a.example,Ann,\"{status}\",x\n", "very-long".repeat(9)),
            _ => format!("{address},Ann,{status},x\r\n"),
        }
    };
    let file = |from: u64, rows: u64| {
        format!("email,first_name,status,note\n{}last@a.example,Ann,,x", (from..from + rows).map(row).collect::<String>())
    };
    let lists = [(0, 30_000), (5000, 20_000)]
        .map(|(from, rows)| List::from_bytes(format!("{from}"), format!("{from}.csv"), Role::Other, file(from, rows).into_bytes()));
    let memory = Memory::unbounded();
    let (counted, mut read) =
        (Audience::count_within(&lists, &memory).expect("lists"), Audience::read_within(&lists, &memory).expect("lists"));
    assert!(read.lists[0].malformed.rows > 1000 && read.lists[0].ragged.rows > 1000 && read.lists[0].opted_out.people > 1000);
    for (list, counted) in read.lists.iter_mut().zip(&counted.lists) {
        list.columns.clone_from(&counted.columns);
    }
    assert_eq!(format!("{counted:?}"), format!("{read:?}"));
}
