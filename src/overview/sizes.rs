//! The sizes of the lists, and what is odd about their rows.

use super::bars::bar;
use super::{DIM, PLAIN, heading, short};
use crate::audience::{Audience, ListFacts, OddRows};
use crate::finding::grouped;
use crate::settings::Role;
use std::fmt::Write as _;

/// The widest bar, in characters.
const WIDEST_BAR: usize = 30;

pub(super) fn render(audience: &Audience, width: usize) -> String {
    let mut out = String::new();
    heading(&mut out, "Lists");
    let names: Vec<String> = audience.lists.iter().map(|list| short(&list.name)).collect();
    let roles: Vec<&str> = audience.lists.iter().map(|list| role(list.role)).collect();
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or_default();
    let name_width = widest(&mut names.iter().map(|name| name.chars().count()));
    let role_width = widest(&mut roles.iter().map(|role| role.chars().count()));
    let most = audience.lists.iter().map(|list| list.addresses).max().unwrap_or_default();
    let (number, people) = (audience.lists.len().to_string().len(), grouped(most).len());
    let room = width.saturating_sub(number + name_width + people + 8);
    // A narrow terminal shows what a list is rather than how long its bar is.
    let bar_width = room.saturating_sub(role_width + 2).min(WIDEST_BAR);
    for (at, ((list, name), role)) in audience.lists.iter().zip(&names).zip(&roles).enumerate() {
        let bar = if bar_width < 4 { String::new() } else { format!("  {}", bar(list.addresses, most, bar_width)) };
        let role = if room < role_width + 2 { "" } else { role };
        let line = format!("  {:>number$}  {name:<name_width$}  {:>people$}{bar}  {role}", at + 1, grouped(list.addresses));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let notes: Vec<String> = audience.lists.iter().zip(&names).filter_map(|(list, name)| notes(list, name)).collect();
    if !notes.is_empty() {
        let _ = writeln!(out, "\n{}", notes.join("\n"));
    }
    for (likeness, crowd) in &audience.alike {
        let _ =
            writeln!(out, "  {} people who get it are there under another spelling too: {}", grouped(crowd.people), likeness.describe());
    }
    out
}

/// What a role is called; nothing for a list that has none.
fn role(role: Role) -> &'static str {
    match role {
        Role::Send => "who gets it",
        Role::Other => "",
        role => role.name(),
    }
}

/// What is odd about the rows of a list, in one line.
fn notes(list: &ListFacts, name: &str) -> Option<String> {
    let mut notes = Vec::new();
    let rows = |count: u64| if count == 1 { String::from("1 row") } else { format!("{} rows", grouped(count)) };
    if list.doubled_rows > 0 {
        notes.push(format!("{} {} an address", rows(list.doubled_rows), if list.doubled_rows == 1 { "repeats" } else { "repeat" }));
    }
    let odd = [
        (&list.empty, "without an address"),
        (&list.malformed, "whose address cannot be one"),
        (&list.headers, "that repeat the header"),
        (&list.totals, "that are totals"),
        (&list.ragged, "with more or fewer cells than columns"),
    ];
    notes.extend(odd.into_iter().filter(|(odd, _)| odd.rows > 0).map(|(odd, what)| {
        if odd.first_lines.is_empty() {
            format!("{} {what}", rows(odd.rows))
        } else {
            format!("{} {what} {DIM}({}){PLAIN}", rows(odd.rows), lines(odd))
        }
    }));
    let said = [(&list.opted_out, "unsubscribed"), (&list.bounced, "bounced"), (&list.never_subscribed, "never subscribed")];
    let said = said.into_iter().filter(|(crowd, _)| crowd.people > 0);
    notes.extend(said.map(|(crowd, what)| format!("{} {what}, by its own columns", grouped(crowd.people))));
    (!notes.is_empty()).then(|| format!("  {name}: {}", notes.join("; ")))
}

/// The first lines of rows that are out of order.
pub(super) fn lines(odd: &OddRows) -> String {
    let lines: Vec<String> = odd.first_lines.iter().map(ToString::to_string).collect();
    let more = if odd.rows > lines.len() as u64 { ", …" } else { "" };
    format!("line{} {}{more}", if lines.len() == 1 { "" } else { "s" }, lines.join(", "))
}
