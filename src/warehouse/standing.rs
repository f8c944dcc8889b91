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
    /// Its values, where words have to be understood that only presend can read.
    pub values: Vec<String>,
}

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
            let meant = saying.values.iter().map(|value| (value, saying.signal.read(value.as_bytes())));
            let cases: Vec<String> = meant
                .filter(|(_, standing)| *standing != Standing::Unknown)
                .map(|(value, standing)| format!(" WHEN {cell} = {} THEN {}", dialect.literal(value), code(standing)))
                .collect();
            if cases.is_empty() { String::from("0") } else { format!("CASE{} ELSE 0 END", cases.concat()) }
        }
    }
}

/// Only what dates are written with, and at least six digits: what `Signal::read` takes for a day.
fn is_date(dialect: Dialect, cell: &str) -> String {
    let shape = dialect.matches(cell, "[0-9/.:+ TZ%2d]*");
    let digits = dialect.matches(cell, "[^0-9]*([0-9][^0-9]*){6}[0-9/.:+ TZ%2d]*");
    format!("{shape} AND {digits}")
}
