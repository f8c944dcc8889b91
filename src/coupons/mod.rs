//! The coupons that a shop has: read from the exports of shops and tools, or from lists that people keep.
//!
//! A file is recognised by its columns or by the shape of its JSON, never by its name. Nothing is guessed: a date that
//! could be two days, or a column that cannot be told, is an error with its place and a remedy; what a file does not
//! say stays `None`.

mod catalogue;
mod collect;
mod coupon;
mod dates;
mod decimal;
mod field;
mod json;
mod moment;
mod near;
mod platform;
mod pool;
mod proofs;
mod record;
mod rows;
mod shapes;
mod standing;
mod table;
mod text;
mod worth;

pub use catalogue::Coupons;
pub use coupon::{Coupon, Discount, Money, Noted, State};
pub use dates::{Order, Unreadable, order_proved, read as read_date};
pub use decimal::{Decimal, Mark};
pub use moment::{Edge, Moment, When};
pub use near::{Difference, Near};
pub use platform::Platform;
pub use pool::{Doubled, Pool};
pub use standing::Standing;

use crate::error::Error;
use crate::source::Source;
use std::sync::Arc;

/// Reads one coupon file: CSV or JSON of any known shape, in any charset, given as text or as raw bytes.
///
/// The catalogue shares the source: codes are places in its text, which is what keeps pools of millions small.
/// Files are put together with [`Coupons::merge`].
///
/// # Errors
/// The first fault with its line, column and remedy: no column or key for codes, an unreadable date or number, a
/// quotation mark that never ends, truncated JSON, or a file that is empty, binary or a web page.
pub fn read(source: &Arc<Source>) -> Result<Coupons, Error> {
    let source = text::decoded(source)?;
    match source.text().trim_start_matches('\u{feff}').trim_start().as_bytes().first() {
        Some(b'{' | b'[') => json::read(&source),
        _ => table::read(&source),
    }
}
