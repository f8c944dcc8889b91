//! Many hands on one list: its pieces are read one after the other, and looked at side by side.

use super::block::Block;
use super::rows::Reading;
use crate::error::Error;
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// A list from which every hand takes the next piece when it is done with the last.
struct Desk<'a> {
    reading: &'a mut Reading,
    taken: usize,
    /// How many more may be taken.
    left: usize,
}

/// Looks at the next pieces of a list, no more than `pieces` of them and none after one that `is_enough`; gives what was
/// seen, in their order. Nothing is left of the list if that is nothing.
///
/// # Errors
/// The first piece that cannot be read.
pub(super) fn look<T: Send>(
    reading: &mut Reading,
    pieces: usize,
    is_enough: impl Fn() -> bool + Sync,
    look: impl Fn(&Block) -> T + Sync,
) -> Result<Vec<T>, Error> {
    let path = reading.path().to_owned();
    let desk = Mutex::new(Desk { reading, taken: 0, left: pieces });
    let hand = |_| {
        let mut seen = Vec::new();
        // What one piece has filled the next one fills again; fresh memory is slow.
        let mut block = Block::default();
        loop {
            let (number, piece) = {
                let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
                if desk.left == 0 || (desk.taken > 0 && is_enough()) {
                    return seen;
                }
                desk.left -= 1;
                desk.taken += 1;
                let next = desk.reading.next_into(block.take_bytes());
                if !matches!(next, Ok(Some(_))) {
                    desk.left = 0;
                }
                (desk.taken, next)
            };
            let parsed = match piece {
                Ok(None) => return seen,
                Ok(Some(piece)) => piece.parse_into(block).map_err(|fault| fault.in_list(&path)),
                Err(error) => Err(error),
            };
            match parsed {
                Ok(parsed) => block = parsed,
                Err(error) => {
                    desk.lock().unwrap_or_else(PoisonError::into_inner).left = 0;
                    seen.push((number, Err(error)));
                    return seen;
                }
            }
            seen.push((number, Ok(look(&block))));
        }
    };
    let hands = (0..rayon::current_num_threads().min(pieces)).into_par_iter().with_max_len(1);
    let mut seen: Vec<(usize, Result<T, Error>)> = hands.flat_map_iter(hand).collect();
    seen.sort_unstable_by_key(|(number, _)| *number);
    seen.into_iter().map(|(_, seen)| seen).collect()
}
