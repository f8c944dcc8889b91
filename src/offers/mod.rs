//! Reads offers out of sentences: amounts with what they mean, and dates, in eight languages; precise before complete.

mod amounts;
mod dates;
mod language;
mod money;
mod when;
mod words;

pub use amounts::{Amount, Qualifier, Worth, amounts};
pub use dates::{Clock, DateMention, Kind, dates};
pub use language::Language;
pub use when::days_between;
