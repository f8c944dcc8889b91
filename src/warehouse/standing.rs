//! What a table's own columns say of its people, in the words of the engine, and with the meaning that they have in files.

use super::dialect::Dialect;
use crate::audience::{Signal, Standing};

/// A column that says who may be mailed.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    /// The column, in quotes.
    pub column: String,
    /// How it says it.
    pub signal: &'static Signal,
    /// Its values, where words have to be understood that only presend can read; the most common first. `@` stands for all with an `@`.
    pub values: Vec<String>,
}

/// The standing of a row with a word that nobody has read: the table has changed meanwhile. It is graver than all that there are.
const UNSEEN: usize = Standing::COUNT;

/// Whether the values of a column have to be known before its rows can be judged.
pub(super) fn needs_values(signal: &Signal) -> bool {
    matches!(signal, Signal::Words(..) | Signal::Holds(..))
}

/// The standing of a row as a number, the gravest that any column says; nothing where none says anything.
pub(super) fn expression(dialect: Dialect, everybody: Standing, sayings: &[Saying]) -> Option<String> {
    let mut said: Vec<String> = sayings.iter().map(|saying| one(dialect, saying)).collect();
    if everybody != Standing::Unknown {
        said.push(code(everybody));
    }
    match said.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        _ => Some(format!("GREATEST({})", said.join(", "))),
    }
}

fn code(standing: Standing) -> String {
    (standing as u8).to_string()
}

fn one(dialect: Dialect, saying: &Saying) -> String {
    let cell = format!("COALESCE({}, '')", dialect.trimmed(&saying.column));
    match saying.signal {
        Signal::YesNo(_, yes, no) => {
            let date = if yes.rules_out() { format!(" WHEN {} THEN {}", is_date(dialect, &cell), code(*yes)) } else { String::new() };
            format!(
                "CASE WHEN LOWER({cell}) IN ('yes', 'true', '1', 'y', 't', 'x') THEN {} \
                 WHEN LOWER({cell}) IN ('no', 'false', '0', 'n', 'f') THEN {}{date} ELSE 0 END",
                code(*yes),
                code(*no)
            )
        }
        Signal::Filled(_, standing) => {
            format!("CASE WHEN LOWER({cell}) IN ('', '[]', '{{}}', 'null', 'none', 'false') THEN 0 ELSE {} END", code(*standing))
        }
        Signal::Words(..) | Signal::Holds(..) => {
            let meant = |value: &str| code(saying.signal.read(value.as_bytes()));
            let (hidden, plain): (Vec<&String>, Vec<&String>) = saying.values.iter().partition(|value| *value == "@");
            let mut said = UNSEEN.to_string();
            if !plain.is_empty() {
                let cases = plain.iter().map(|value| format!(" WHEN {} THEN {}", dialect.literal(value), meant(value)));
                said = format!("CASE {cell}{} ELSE {said} END", cases.collect::<String>());
            }
            if hidden.is_empty() { said } else { format!("CASE WHEN {cell} LIKE '%@%' THEN {} ELSE {said} END", meant("@")) }
        }
    }
}

/// Only what dates are written with, and at least six digits: what `Signal::read` takes for a day.
fn is_date(dialect: Dialect, cell: &str) -> String {
    let shape = dialect.matches(cell, "[0-9/.:+ TZ%2d]*");
    let digits = dialect.matches(cell, "[^0-9]*([0-9][^0-9]*){6}[0-9/.:+ TZ%2d]*");
    format!("{shape} AND {digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_was_read_is_told_and_any_other_is_not_taken_for_one() {
        let signal = &Signal::Words("status", &[("unsubscribed", Standing::OptedOut)], Standing::Mailable);
        let said = |values: &[&str]| {
            let saying = Saying { column: String::from("status"), signal, values: values.iter().map(ToString::to_string).collect() };
            expression(Dialect::Spark, Standing::Unknown, &[saying])
        };
        let cell = "COALESCE(TRIM(BOTH ' \\t\\r\\n' FROM CAST(status AS STRING)), '')";
        assert_eq!(said(&[]).as_deref(), Some("5"));
        let word = "CAST(UNHEX('556e73756273637269626564') AS STRING)";
        let cases = format!("CASE {cell} WHEN CAST(UNHEX('6f6464') AS STRING) THEN 0 WHEN {word} THEN 3 WHEN '' THEN 1 ELSE 5 END");
        assert_eq!(said(&["odd", "Unsubscribed", ""]), Some(cases.clone()));
        assert_eq!(said(&["odd", "@", "Unsubscribed", ""]), Some(format!("CASE WHEN {cell} LIKE '%@%' THEN 0 ELSE {cases} END")));
    }
}
