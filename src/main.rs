//! Parses the arguments, calls [`presend::run`], and turns the answer into an exit code.

use clap::Parser;
use std::process::ExitCode;

/// Drafts are many small texts, and threads that share a heap wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    presend::run::run(&presend::cli::Cli::parse())
}
