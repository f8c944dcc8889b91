//! Parses the arguments, calls [`presend::run`], and turns the answer into an exit code.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    presend::run::run(&presend::cli::Cli::parse())
}
