//! What can be typed about the report: its further forms, and from where on a finding holds.

use crate::finding::Severity;
use crate::report::ReportFormat;
use clap::ValueEnum;

/// A further form of the report, and the file for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The form.
    pub format: ReportFormat,
    /// The file.
    pub path: String,
}

pub(super) fn parse_also(text: &str) -> Result<Also, String> {
    let Some((format, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
        return Err(String::from("write it as FORMAT=FILE, such as sarif=presend.sarif"));
    };
    let forms = ReportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = forms.map(|form| form.get_name().to_owned()).collect();
    let format =
        ReportFormat::from_str(format, true).map_err(|_| format!("there is no format `{format}`; use one of: {}", names.join(", ")))?;
    Ok(Also { format, path: path.to_owned() })
}

/// A severity as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HoldAt {
    /// Anything at all.
    Note,
    /// What should be fixed unless you know why.
    Warn,
    /// What must not go out.
    Block,
}

impl From<HoldAt> for Severity {
    fn from(at: HoldAt) -> Self {
        match at {
            HoldAt::Note => Self::Note,
            HoldAt::Warn => Self::Warn,
            HoldAt::Block => Self::Block,
        }
    }
}
