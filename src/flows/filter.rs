//! Filters in words, and the groups that they speak of.

use super::condition::Condition;
use super::flow::{Filter, Group};

/// Visits every group of a filter.
pub(super) fn each_group(filter: &mut Filter, visit: &impl Fn(&mut Group)) {
    match filter {
        Filter::Member(group, _) => visit(group),
        Filter::Any(filters) => filters.iter_mut().for_each(|filter| each_group(filter, visit)),
        Filter::Customer(_) | Filter::Column(_) | Filter::NotImported | Filter::Unknown(_) => {}
    }
}

impl Filter {
    /// The same in words: `not on the list customers`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Member(group, true) => format!("on {}", group.in_words()),
            Self::Member(group, false) => format!("not on {}", group.in_words()),
            Self::Customer(true) => String::from("has bought before"),
            Self::Customer(false) => String::from("has never bought"),
            Self::Column(condition) => condition.in_words(),
            Self::NotImported => String::from("did not come by an import"),
            Self::Any(filters) => filters.iter().map(Self::in_words).collect::<Vec<_>>().join(", or "),
            Self::Unknown(words) => format!("{words} (not understood)"),
        }
    }

    /// What it asks of columns.
    pub fn columns(&self) -> Vec<&Condition> {
        match self {
            Self::Column(condition) => vec![condition],
            Self::Any(filters) => filters.iter().flat_map(Self::columns).collect(),
            _ => Vec::new(),
        }
    }

    /// The conditions in it that presend cannot decide.
    pub fn unknown(&self) -> Vec<&str> {
        match self {
            Self::Unknown(words) => vec![words],
            Self::Any(filters) => filters.iter().flat_map(Self::unknown).collect(),
            _ => Vec::new(),
        }
    }
}
