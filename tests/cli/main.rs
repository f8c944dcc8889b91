//! The program as somebody types it: what it reads, what it refuses with one clear error, and how it ends.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

mod bad_input;
mod desk;
mod fix;
mod good_input;
mod output;
mod pictures;
mod settings;
mod spelling;
mod versions;
