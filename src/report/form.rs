//! The forms in which a report can be written.

use super::Format;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum ReportFormat {
    /// For people, in a terminal.
    Terminal,
    /// For programs; version 1.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For test reports: JUnit XML.
    Junit,
    /// For GitHub Actions: annotations beside the lines of a pull request.
    Github,
    /// For GitLab: its code quality report.
    Gitlab,
    /// For a comment on a pull request.
    Markdown,
    /// For people who look at the mail and sign it off: one page, in which nothing runs and nothing is fetched.
    Html,
}

/// How the map of flows or a rehearsal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PageFormat {
    /// For people, in a terminal.
    Terminal,
    /// For programs; version 1.
    Json,
    /// For people who look at it and sign it off: one page with a picture, in which nothing runs and nothing is fetched.
    Html,
}

impl From<Format> for ReportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Terminal => Self::Terminal,
            Format::Json => Self::Json,
        }
    }
}
