//! presend, a pre-flight check for email blasts.
//!
//! The order of these lines is the architecture: a module uses only modules above it.

pub mod letters;
pub mod origin;
pub mod source;
pub mod error;
pub mod json;
pub mod digest;
pub mod coupons;
pub mod offers;
pub mod spelling;
pub mod finding;
pub mod settings;
pub mod tags;
pub mod pictures;
pub mod message;
pub mod facts;
pub mod audience;
pub mod links;
pub mod flows;
pub mod proof;
pub mod changes;
pub mod approval;
pub mod rule;
pub mod evidence;
pub mod check;
pub mod rules;
pub mod gate;
pub mod mend;
pub mod docs;
pub mod report;
pub mod overview;
pub mod cli;
pub mod read;
pub mod write;
pub mod git;
pub mod lists;
pub mod plan;
pub mod progress;
pub mod probe;
pub mod warehouse;
pub mod shop;
pub mod run;
