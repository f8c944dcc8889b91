//! A condition on a column in the words of an engine: what those say exactly as presend means it, and which values have to be looked at
//! here instead.

use super::dialect::Dialect;
use super::lane::Lane;
use crate::coupons::Decimal;
use crate::flows::{Asks, Condition};
use std::fmt::Write as _;

/// Blanks that presend cuts from a cell and the engine does not, as they stand in a pattern; the space is not among them, nor what
/// the engine cuts.
const UNCUT: &str = "%0b%0c&0085&00a0&1680&2000-&200a&2028&2029&202f&205f&3000";
/// All blanks.
const BLANKS: &str = "%09-%0d%20&0085&00a0&1680&2000-&200a&2028&2029&202f&205f&3000";
/// The letters beyond ASCII that become letters of ASCII when they are lowered: the signs of Kelvin, and the İ of Turkish.
const FALSE_ASCII: &str = "&0130&212a";
/// How many decimals a number may have that an engine reads as presend does: presend keeps four and rounds the others, and so do most.
pub(super) const DECIMALS: [usize; 2] = [30, 4];
/// Words of a condition that are tried in other spellings, and how many letters these may have: a statement has its limits.
const MOST_TRIED: usize = 16;
const LONGEST: usize = 200;

/// A cell: as text, cut, and empty where there is none; in the words of an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    dialect: Dialect,
    /// What it is called.
    name: String,
}

/// A condition as an engine is asked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    cell: Cell,
    /// What settles a cell, and then whether it meets the condition as 1 or 0; the first that is true counts.
    settled: Vec<(String, String)>,
    /// Whether every cell is settled by the last.
    is_whole: bool,
}

impl Asked {
    /// A condition in the words of an engine, on a cell that is called `name`. Numbers with more than so many decimals are left open.
    pub(super) fn of(dialect: Dialect, name: &str, condition: &Condition, decimals: usize) -> Self {
        let cell = Cell { dialect, name: name.to_owned() };
        let (settled, is_whole) = match &condition.asks {
            Asks::Word(words, is) => (vec![cell.is_word(words, *is)], false),
            Asks::Part(words, is) => (vec![cell.holds_part(words, *is)], false),
            Asks::AtLeast(least, above) => (cell.is_number(if *above { ">" } else { ">=" }, *least, decimals), false),
            Asks::AtMost(most, below) => (cell.is_number(if *below { "<" } else { "<=" }, *most, decimals), false),
            Asks::Filled(is) => {
                let blank = dialect.matches(name, &format!("[{BLANKS}]*"));
                (vec![(String::from("1 = 1"), yes_no(&blank, !*is))], true)
            }
        };
        Self { cell, settled, is_whole }
    }

    /// What a cell is called.
    pub(super) fn name(&self) -> &str {
        &self.cell.name
    }

    /// What is true of cells that have to be looked at here; nothing where there are none such.
    pub(super) fn open(&self) -> Option<String> {
        let settled: Vec<&str> = self.settled.iter().map(|(when, _)| when.as_str()).collect();
        (!self.is_whole).then(|| format!("NOT ({})", settled.join(" OR ")))
    }

    /// The condition as a lane of a list, with what was found out here of the open values. A value that nobody has looked at is
    /// told apart from those that meet it and those that do not.
    pub(super) fn lane(&self, column: &str, looked_at: &[(bool, String)]) -> Lane {
        let Cell { dialect, name } = &self.cell;
        let mut tells = String::from("CASE");
        for (when, then) in &self.settled {
            let _ = write!(tells, " WHEN {when} THEN {then}");
        }
        for meets in [true, false] {
            let values = looked_at.iter().filter(|(one, _)| *one == meets).map(|(_, value)| dialect.literal(value));
            let values: Vec<String> = values.collect();
            if !values.is_empty() {
                let _ = write!(tells, " WHEN {name} IN ({}) THEN {}", values.join(", "), u8::from(meets));
            }
        }
        Lane { name: name.clone(), cell: cell(*dialect, column), tells: format!("{tells} ELSE {} END", Lane::UNSEEN) }
    }
}

/// A column as conditions see it.
pub(super) fn cell(dialect: Dialect, column: &str) -> String {
    format!("COALESCE({}, '')", dialect.trimmed(column))
}

fn yes_no(when: &str, yes: bool) -> String {
    format!("CASE WHEN {when} THEN {} ELSE {} END", u8::from(yes), u8::from(!yes))
}

/// The words of a condition in lower case that have nothing but ASCII, and whether these are all.
fn in_ascii(words: &[String]) -> (Vec<String>, bool) {
    let lowered: Vec<String> = words.iter().map(|word| word.trim().to_lowercase()).collect();
    let ascii: Vec<String> = lowered.iter().filter(|word| word.is_ascii()).cloned().collect();
    let all = ascii.len() == lowered.len();
    (ascii, all)
}

impl Cell {
    /// Where it has none of some letters.
    fn without(&self, letters: &str) -> String {
        self.dialect.matches(&self.name, &format!("[^{letters}]*"))
    }

    fn is_ascii(&self) -> String {
        format!("{} = {}", self.dialect.octets(&self.name), self.dialect.letters(&self.name))
    }

    /// Where all words are of ASCII, only a cell with other blanks, or with a letter that turns into ASCII, can be one of them otherwise
    /// than letter by letter. Words with other letters are lowered as only presend does it: all cells with such letters are open.
    fn is_word(&self, words: &[String], is: bool) -> (String, String) {
        let (ascii, all) = in_ascii(words);
        let plain = self.without(&format!("{UNCUT}{FALSE_ASCII}"));
        let settled = if all { plain } else { format!("({} AND {plain})", self.is_ascii()) };
        let literals: Vec<String> = ascii.iter().map(|word| self.dialect.literal(word)).collect();
        let met = if literals.is_empty() {
            String::from("1 = 0")
        } else {
            format!("{} IN ({})", self.dialect.lowered(&self.name), literals.join(", "))
        };
        (settled, yes_no(&met, is))
    }

    /// As [`Self::is_word`]; blanks around a cell do no harm here.
    fn holds_part(&self, words: &[String], is: bool) -> (String, String) {
        let (ascii, all) = in_ascii(words);
        let settled = if all { self.without(FALSE_ASCII) } else { self.is_ascii() };
        let lowered = self.dialect.lowered(&self.name);
        let held = |word: &String| match word.as_str() {
            "" => String::from("1 = 1"),
            word => self.dialect.holds(&format!("({lowered})"), &self.dialect.literal(word)),
        };
        let met: Vec<String> = ascii.iter().map(held).collect();
        let met = if met.is_empty() { String::from("1 = 0") } else { met.join(" OR ") };
        (settled, yes_no(&met, is))
    }

    /// A plain number is compared there, what has no digit is none, and everything else is open: `1,234`, `12 EUR`, `1e3`.
    fn is_number(&self, than: &str, bound: Decimal, decimals: usize) -> Vec<(String, String)> {
        let Self { dialect, name } = self;
        let met = format!("{} {than} {}", dialect.decimal(name), dialect.decimal(&format!("'{}'", in_full(bound))));
        let plain = format!("-?[0-9]{{1,14}}(\\.[0-9]{{1,{decimals}}})?");
        vec![(dialect.matches(name, &plain), yes_no(&met, true)), (dialect.matches(name, "[^0-9]*"), String::from("0"))]
    }
}

/// A number with all its decimals.
fn in_full(number: Decimal) -> String {
    let number = number.in_ten_thousandths();
    let (sign, size) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    format!("{sign}{}.{:04}", size / 10_000, size % 10_000)
}

/// Texts with which an engine is tried before its word on a condition is taken, beside those of the probe: the condition's own words in
/// other spellings, and numbers of every kind.
pub(super) fn trials(condition: &Condition) -> Vec<String> {
    const ALL: [&str; 24] = [
        "",
        " ",
        "\u{a0}",
        "\u{b}",
        "\u{2028}",
        "\u{3000} ",
        "-",
        "0",
        "-0",
        "3",
        "3.0",
        "03",
        "+3",
        "2.9999",
        "3.0001",
        "-3",
        "3.",
        ".5",
        "1,234",
        "1 234.5",
        "12,5",
        "99999999999999",
        "1e3",
        "٣",
    ];
    let mut texts: Vec<String> = ALL.iter().map(ToString::to_string).collect();
    if let Asks::Word(words, _) | Asks::Part(words, _) = &condition.asks {
        for word in words.iter().filter(|word| word.chars().count() <= LONGEST).take(MOST_TRIED) {
            let spellings = [
                word.clone(),
                word.to_uppercase(),
                word.to_lowercase(),
                format!(" \t{word}\r\n"),
                format!("\u{a0}{word}"),
                format!("{word}\u{2028}"),
                format!("x{word}x"),
                format!("{word}\u{301}"),
                word.replace(['k', 'K'], "\u{212a}"),
                word.replace(['i', 'I'], "\u{130}"),
                word.replace(['a', 'A', 'o', 'O', 'u', 'U', 'e', 'E'], "\u{e4}"),
            ];
            texts.extend(spellings);
        }
    }
    if let Asks::AtLeast(number, _) | Asks::AtMost(number, _) = &condition.asks {
        let bound = number.in_ten_thousandths();
        for one in [bound.saturating_sub(1), bound, bound.saturating_add(1)] {
            let written = in_full(Decimal::ten_thousandths(one));
            texts.extend(["", "5", "49999", "500000000000001"].map(|more| format!("{written}{more}")));
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_letters_beyond_ascii_are_lowered_into_it() {
        let lowered = (char::from(128)..=char::MAX).filter(|letter| letter.to_lowercase().any(|lower| lower.is_ascii()));
        assert_eq!(lowered.collect::<String>(), "\u{130}\u{212a}");
        let blanks = ('\0'..=char::MAX).filter(|letter| letter.is_whitespace()).collect::<String>();
        let (beyond, ascii) = (&blanks[6..], &blanks[..6]);
        assert_eq!(ascii, "\t\n\u{b}\u{c}\r ");
        assert_eq!(
            beyond,
            "\u{85}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}"
        );
    }

    #[test]
    fn what_no_engine_can_say_is_left_open() {
        let asked = |asks: Asks| Asked::of(Dialect::Duckdb, "c", &Condition { column: "c".into(), asks }, 4);
        assert_eq!(asked(Asks::Filled(true)).open(), None);
        let open = asked(Asks::Word(vec!["Köln".into()], true)).open().expect("open values");
        assert!(open.starts_with("NOT ((STRLEN(c) = LENGTH(c) AND "), "{open}");
        let lane = asked(Asks::Word(vec!["GB".into()], true)).lane("\"country\"", &[(true, "\u{a0}gb".into())]);
        assert!(
            lane.tells.contains("IN (DECODE(UNHEX('6762')))") && lane.tells.ends_with("c IN (DECODE(UNHEX('c2a06762'))) THEN 1 ELSE 2 END")
        );
    }
}
