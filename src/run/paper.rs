//! What comes with the program: completions for shells, the manual page, schemas for editors.

use super::write_out;
use crate::cli::{Cli, SchemaOf};
use crate::error::Error;
use clap::CommandFactory;
use clap_complete::Shell;

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<(), Error> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "presend", &mut out);
    write_out(&String::from_utf8_lossy(&out))
}

/// Prints the manual page, with a section for each command.
pub(super) fn manual() -> Result<(), Error> {
    let mut out = Vec::new();
    let command = Cli::command();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut out);
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name: &'static str = format!("presend {}", sub.get_name()).leak();
        let page = clap_mangen::Man::new(sub.clone().name(name).bin_name(name));
        let _ = page.render_name_section(&mut out);
        let _ = page.render_synopsis_section(&mut out);
        let _ = page.render_options_section(&mut out);
        let _ = page.render_extra_section(&mut out);
    }
    write_out(&String::from_utf8_lossy(&out))
}

/// The text of a schema.
pub(super) fn schema(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Settings => include_str!("../../docs/schemas/presend.schema.json"),
        SchemaOf::Report => include_str!("../../docs/schemas/report.schema.json"),
        SchemaOf::Proof => include_str!("../../docs/schemas/proof.schema.json"),
    }
}
