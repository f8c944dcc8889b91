//! What the rows of lists are told apart by, and where it is found in the answer.

use super::question::Table;

/// Something that is true of some rows of a list and not of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lane {
    /// What is looked at of a row: its cell is called so, and no other of the same list.
    pub name: String,
    /// The cell.
    pub cell: String,
    /// 1 where it is true, 0 where it is not, and [`Self::UNSEEN`].
    pub tells: String,
}

impl Lane {
    /// Told of a cell of which nobody knows whether it is true: the table has changed meanwhile.
    pub(super) const UNSEEN: u8 = 2;
}

/// How many lists and lanes can be told apart by the bits of one number.
pub(super) const MOST_BITS: usize = 61;
/// The bit of somebody of whom a lane could not be told.
pub(super) const UNSEEN_BIT: u64 = 1 << MOST_BITS;

/// Where lists and lanes are found in the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// For each list its lanes: bits where its rows are not counted, and otherwise columns.
    pub lanes: Vec<Vec<usize>>,
    /// The columns: each a list whose rows are counted, or one of its lanes.
    pub columns: Vec<(usize, Option<usize>)>,
    /// How many bits there are: a list each, and behind them lanes.
    pub bits: usize,
}

impl Places {
    pub(super) fn of(tables: &[Table]) -> Self {
        let mut places = Self { bits: tables.len(), ..Self::default() };
        for (number, table) in tables.iter().enumerate() {
            if table.counted {
                places.columns.push((number, None));
                places.lanes.push((places.columns.len()..places.columns.len() + table.lanes.len()).collect());
                places.columns.extend((0..table.lanes.len()).map(|lane| (number, Some(lane))));
            } else {
                places.lanes.push((places.bits..places.bits + table.lanes.len()).collect());
                places.bits += table.lanes.len();
            }
        }
        places
    }
}
