//! What `presend audience` shows of lists: sizes, rows out of order, overlaps, and the largest combinations as a picture.

mod bars;
mod combinations;
mod json;
mod pairs;
mod sizes;

use crate::audience::Audience;
use crate::report::{Format, harmless};
use std::fmt::Write as _;

/// The narrowest terminal that is drawn for, in characters.
const NARROWEST: usize = 40;
/// The longest name of a list that is shown whole, in characters.
const LONGEST_NAME: usize = 28;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Writes the overview for a terminal of `width` characters, or for programs. Colours are ANSI escapes, stripped at
/// the door where they are not wanted; nothing hangs on them.
pub fn render(audience: &Audience, format: Format, width: usize) -> String {
    if format == Format::Json {
        return json::render(audience);
    }
    let width = width.max(NARROWEST);
    let parts = [sizes::render(audience, width), pairs::render(audience, width), combinations::render(audience, width)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A list's name as it is shown: harmless, and cut where it is long.
fn short(name: &str) -> String {
    let name = harmless(name);
    if name.chars().count() <= LONGEST_NAME {
        return name;
    }
    // The end of a path tells more than its beginning.
    let tail: Vec<char> = name.chars().rev().take(LONGEST_NAME - 1).collect();
    format!("…{}", tail.into_iter().rev().collect::<String>())
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "{BOLD}{text}{PLAIN}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::List;
    use crate::settings::Role;

    fn shown(lists: &[(&str, Role, &str)], width: usize) -> String {
        let lists: Vec<List> =
            lists.iter().map(|(name, role, text)| List::from_bytes(*name, format!("{name}.csv"), *role, text.as_bytes())).collect();
        let audience = Audience::read(&lists).expect("lists");
        anstream::adapter::strip_str(&render(&audience, Format::Terminal, width)).to_string()
    }

    const LISTS: [(&str, Role, &str); 3] = [
        ("march", Role::Send, "email\na@a.example\nb@a.example\nc@a.example\nd@a.example\nA@a.example\nnobody\n"),
        ("customers", Role::Customers, "email\nb@a.example\nc@a.example\n"),
        ("left", Role::Unsubscribed, "email\nc@a.example\n"),
    ];

    #[test]
    fn lists_are_shown_as_a_picture() {
        snapbox::assert_data_eq!(
            shown(&LISTS, 80),
            snapbox::str![[r"
Lists
  1  march      4  ██████████████████████████████  who gets it
  2  customers  2  ███████████████                 customers
  3  left       1  ███████▌                        unsubscribed

  march: 1 row repeats an address; 1 row whose address cannot be one (line 7)

On both
       1  2  3
  1    4
  2    2  2
  3    1  1  1

Together on exactly these lists
  people                                  1 2 3
       2  ██████████████████████████████  ● · ·  march
       1  ███████████████                 ●─● ·  march + customers
       1  ███████████████                 ●─●─●  march + customers + left

"]]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let many: Vec<(String, String)> = (0..40)
            .map(|list| {
                let rows: Vec<String> = (0..80).filter(|row| (row * 7 + list) % 3 == 0).map(|row| format!("p{row}@a.example\n")).collect();
                (format!("a list with a rather long name, number {list}"), format!("email\n{}", rows.concat()))
            })
            .collect();
        let lists: Vec<(&str, Role, &str)> = many.iter().map(|(name, text)| (name.as_str(), Role::Other, text.as_str())).collect();
        for width in [40, 60, 80, 120, 200] {
            for count in [1, 2, 5, 12, 40] {
                let text = shown(&lists[..count], width);
                let widest = text.lines().filter(|line| !line.contains(": ")).map(|line| line.chars().count()).max();
                assert!(widest <= Some(width), "{count} lists in {width}: {widest:?}\n{text}");
            }
        }
    }
}
