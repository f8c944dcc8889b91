//! The probe at the beginning of a run: awkward texts go through the engine's own expressions, and must come back as presend makes
//! them, or nothing is counted there.

use super::dialect::Dialect;
use super::question::is_possible;
use crate::audience::{is_possible as could_be, key};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Texts on which engines differ: blanks of every kind, letters that become others in lower case, letters that some collations take
/// for one, marks at the edge of what an address may hold.
pub(super) const TEXTS: [&str; 30] = [
    "plain@a.example",
    "PLAIN@A.Example",
    " \t\r\nplain@a.example\r\n ",
    "\u{a0}plain@a.example",
    "plain@a.example\u{2003}",
    "\u{feff}plain@a.example",
    "plain\u{200b}@a.example",
    "\u{b}plain@a.example",
    "plain@a.example\u{c}",
    "İpek@a.example",
    "ıpek@a.example",
    "JÖRG@a.example",
    "jörg@a.example",
    "jo\u{308}rg@a.example",
    "jorg@a.example",
    "ΣΟΦΟΣ@a.example",
    "σοφος@a.example",
    "stra\u{df}e@a.example",
    "STRASSE@a.example",
    "\u{212a}im@a.example",
    "kim@a.example",
    "a'b\"c\\d@a.example",
    "o'neil+x@a-b.example",
    "a%b_c{d}|e@a_b.example",
    "no at",
    "two@@a.example",
    "dot.@a.example",
    "a@-b.example",
    "a@b-",
    "   ",
];

/// One key with the texts that have it, as the bits of a number, and whether it could be an address.
pub(super) type Keys = BTreeMap<String, (u64, bool)>;

/// What comes back from an engine that means the same as presend.
pub(super) fn expected() -> Keys {
    let mut keys = Keys::new();
    for (at, text) in TEXTS.iter().enumerate() {
        let key = key(text);
        let could_be = could_be(key.as_bytes());
        keys.entry(key).or_insert((0, could_be)).0 |= 1 << at;
    }
    keys
}

/// The statement: the texts stand under the rows of the list itself, of which none is taken, so that the column's own type and
/// collation hold for them, and are grouped as people are. It answers with `e`, `m` and `possible`.
pub(super) fn probe(dialect: Dialect, from: &str, column: &str) -> String {
    let mut rows = format!("SELECT {column} AS x, {} AS m FROM {from} AS r WHERE 1 = 0", dialect.integer("0"));
    for (at, text) in TEXTS.iter().enumerate() {
        let _ = write!(rows, "\nUNION ALL SELECT {}, {}", dialect.literal(text), dialect.integer(&(1_u64 << at).to_string()));
    }
    let (trimmed, key) = (dialect.trimmed("x"), dialect.lowered("t"));
    let keyed = format!("SELECT COALESCE({key}, '') AS e, m FROM (SELECT {trimmed} AS t, m FROM (\n{rows}\n) AS p) AS k");
    let possible = dialect.integer(&format!("CASE WHEN {} THEN 1 ELSE 0 END", is_possible(dialect, "e")));
    format!(
        "SELECT e, {} AS m, {possible} AS possible FROM (SELECT e, {} AS m FROM ({keyed}) AS l GROUP BY e) AS g",
        dialect.integer("m"),
        dialect.bit_or("m")
    )
}

/// The first difference between what an engine made of the texts and what presend makes of them, in words.
pub(super) fn difference(found: &Keys) -> Option<String> {
    let expected = expected();
    let texts = |mask: u64| {
        let texts = TEXTS.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, text)| format!("{text:?}"));
        texts.collect::<Vec<_>>().join(" and ")
    };
    for (key, (mask, possible)) in found {
        let Some((own, could_be)) = expected.get(key) else {
            return Some(format!("it makes {key:?} of {}, which no other program that sends mail would", texts(*mask)));
        };
        if mask & !own != 0 {
            return Some(format!("it takes {} for the same address", texts(*mask)));
        }
        if mask != own {
            return Some(format!("it tells {} apart", texts(*own)));
        }
        if possible != could_be {
            let as_what = if *possible { "for an address" } else { "for no address" };
            return Some(format!("it takes {} {as_what}", texts(*mask)));
        }
    }
    let lost = expected.iter().find(|(key, _)| !found.contains_key(*key));
    lost.map(|(_, (mask, _))| format!("it loses {}", texts(*mask)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_one_address_share_a_key_and_others_do_not() {
        let keys = expected();
        assert_eq!(keys.get("plain@a.example"), Some(&(0b111, true)));
        assert_eq!(keys.get(""), Some(&(1 << 29, false)));
        assert_eq!(keys.len(), TEXTS.len() - 2);
        assert_eq!(difference(&keys), None);
    }

    #[test]
    fn an_engine_that_folds_accents_is_caught() {
        let mut keys = expected();
        let (one, _) = keys.remove("jörg@a.example").expect("a key");
        keys.entry("jorg@a.example".into()).and_modify(|(mask, _)| *mask |= one);
        assert_eq!(difference(&keys).as_deref(), Some("it takes \"jörg@a.example\" and \"jorg@a.example\" for the same address"));
        let mut keys = expected();
        keys.remove("ıpek@a.example");
        assert!(difference(&keys).is_some_and(|words| words.starts_with("it loses")));
    }
}
