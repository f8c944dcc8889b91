//! Where reports go: to standard output or a file, in one form or several, every file whole or not at all.

use super::{inert, write_out, write_plain};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::plan::Plan;
use crate::read;
use crate::report::{self, Report, ReportFormat};
use crate::write;

/// Says before the work whether every file can be written.
pub(super) fn can_write(args: &CheckArgs) -> Result<(), Error> {
    let mut paths: Vec<&str> = Vec::new();
    for path in outputs(args) {
        write::can_replace(path)?;
        if paths.contains(&path) {
            return Err(Error::in_file(path, "two reports would be written here").help("name a file for each"));
        }
        paths.push(path);
    }
    Ok(())
}

/// Says before the work whether a report would take the place of something that is read.
pub(super) fn spares_inputs(args: &CheckArgs, plan: &Plan) -> Result<(), Error> {
    match outputs(args).find(|output| plan.inputs().any(|input| read::is_same(input, output))) {
        Some(output) => {
            Err(Error::in_file(output, "this file is read in this run, and the report would take its place").help("name another file"))
        }
        None => Ok(()),
    }
}

/// Whether one of the forms is a page, which shows the mail itself and more.
pub(super) fn shows_page(args: &CheckArgs) -> bool {
    args.format.into_iter().chain(args.also.iter().map(|also| also.format)).any(|format| format == ReportFormat::Html)
}

fn outputs(args: &CheckArgs) -> impl Iterator<Item = &str> {
    args.output.as_deref().into_iter().chain(args.also.iter().map(|also| also.path.as_str()))
}

/// Writes the report in every form that was asked for; what is printed comes last.
pub(super) fn write(args: &CheckArgs, report: &Report) -> Result<(), Error> {
    for also in &args.also {
        to_file(report, also.format, &also.path)?;
    }
    let format = args.format.unwrap_or(ReportFormat::Terminal);
    match &args.output {
        Some(path) => to_file(report, format, path),
        None if format == ReportFormat::Terminal => write_out(&report::render(report, format)),
        None => write_plain(&report::render(report, format)),
    }
}

fn to_file(report: &Report, format: ReportFormat, path: &str) -> Result<(), Error> {
    let text = report::render(report, format);
    write::replace(path, inert(&text).into_owned())
}
