//! The link checker against a server that misbehaves on purpose; nothing leaves this computer.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "this whole crate is a test")]
#![allow(clippy::too_many_lines, reason = "a table has as many lines as it has cases")]

mod cases;
mod certificates;
mod connections;
mod guard;
mod pages;
mod pictures;
mod redirects;
mod server;
mod statuses;
mod walls;
mod whole_runs;
