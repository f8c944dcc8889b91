//! What can be typed about versions of a mail: what changed, and who signed it off.

use super::people::ReadArgs;
use crate::report::ChangesFormat;
use clap::Args;

/// What `presend diff` takes.
#[derive(Debug, Args, Default)]
pub struct DiffArgs {
    /// The version before: a file, or a commit and a file as git names them, such as v1:mails/june.html
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The version now
    #[arg(value_name = "NEW")]
    pub new: String,
    /// A file of the people who were to get it before; may be given several times
    #[arg(long, value_name = "FILE", requires = "to")]
    pub to_before: Vec<String>,
    /// A file of the people who are to get it now; may be given several times
    #[arg(long, value_name = "FILE", requires = "to_before")]
    pub to: Vec<String>,
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadArgs,
    /// How the changes are written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<ChangesFormat>,
    /// Write them to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
}

/// What `presend approve` takes.
#[derive(Debug, Args, Default)]
pub struct ApproveArgs {
    /// The drafts
    #[arg(value_name = "DRAFT", required = true)]
    pub paths: Vec<String>,
    /// Who signs them off
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
}
