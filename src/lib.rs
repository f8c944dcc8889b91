//! presend, a pre-flight check for email blasts.
//!
//! The order of these lines is the architecture: a module uses only modules above it.

pub mod origin;
pub mod source;
pub mod error;
pub mod finding;
pub mod settings;
pub mod tags;
