//! The draft against every row: what each merge tag, condition and loop becomes for everybody, counted.
//!
//! A draft of any dialect becomes one [`Template`]. For each row of the list it is worked out which branches are taken
//! and what kind of value every tag prints; rows that agree in that get the same message but for their values, and one
//! of them stands for all. So the message is looked at once for each *kind*, and rows are only sorted into kinds.

mod classes;
mod columns;
mod compile;
mod engine;
mod expression;
mod faults;
mod filter;
mod flavour;
mod handlebars_engine;
mod jinja_engine;
mod kinds;
mod language;
mod liquid_engine;
mod looks;
pub mod mail;
mod memo;
mod parse;
pub mod personas;
mod pieces;
mod recall;
mod render;
mod show;
mod surfaces;
mod taking;
mod tally;
mod template;
mod value;
mod visible;

pub use columns::Columns;
pub use compile::compile;
pub use engine::Plain;
pub use faults::{Fault, Harm, Site};
pub use kinds::LONG_SUBJECT;
pub use language::Language;
pub use render::{LONGEST, MOST_ROUNDS, Rendered, Stop, Values, render};
pub use show::{Titles, excerpt};
pub use taking::{Kind, LINES, ListProof, MOST_KINDS, Proof, Rows, Taken};
pub use template::{Field, Fork, Node, Part, Place, Print, Surface, Template, Unproofed};
