//! The link checker against a server that misbehaves on purpose; nothing leaves this computer.
#![allow(clippy::expect_used, clippy::print_stdout, clippy::disallowed_methods, reason = "this whole crate is a test")]
#![allow(clippy::too_many_lines, reason = "a table has as many lines as it has cases")]

#[allow(dead_code, reason = "shared with a benchmark, which uses more of it")]
#[path = "../../benches/links/beside.rs"]
mod beside;
mod cases;
mod certificates;
mod connections;
mod guard;
mod pages;
mod pictures;
mod redirects;
mod server;
mod standing;
mod statuses;
mod strangers;
mod truth;

mod walls;
mod whole_runs;
