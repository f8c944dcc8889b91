//! Recorded answers: the JSON form, read and written. Files are the caller's.

use super::{Answer, LeftAlone, Links, VERSION};
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The JSON form. It has its own type so that the program may change and the files may not.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unfinished: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ended_by_hand: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(default)]
    answers: Vec<Answer>,
    #[serde(default)]
    left_alone: Vec<WireAlone>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireAlone {
    url: String,
    #[serde(flatten)]
    why: LeftAlone,
}

#[derive(Deserialize)]
struct WireVersion {
    version: u32,
}

impl Links {
    /// Reads answers written by [`Links::to_json`]. `name` is the file's name, for errors.
    ///
    /// # Errors
    /// Text that is not this JSON (with line and column), or a version that this program does not know.
    pub fn from_json(name: &str, text: &str) -> Result<Self, Error> {
        let fault = |error: &serde_json::Error| {
            let full = error.to_string();
            let words = full.split(" at line ").next().unwrap_or(&full);
            Error::at_line(name, error.line().max(1), error.column().max(1), format!("these are not recorded link answers: {words}"))
                .help("leave the file out, and presend asks the links itself")
        };
        let version: WireVersion = serde_json::from_str(text).map_err(|error| fault(&error))?;
        if version.version != VERSION {
            return Err(Error::in_file(name, format!("link answers of version {} cannot be read, only {VERSION}", version.version))
                .help("leave the file out, and presend asks the links itself"));
        }
        let wire: Wire = serde_json::from_str(text).map_err(|error| fault(&error))?;
        let mut links = Self { notes: wire.notes, unfinished: wire.unfinished, ended_by_hand: wire.ended_by_hand, ..Self::default() };
        wire.answers.into_iter().for_each(|answer| links.insert(answer));
        wire.left_alone.into_iter().for_each(|alone| links.leave_alone(alone.url, alone.why));
        Ok(links)
    }

    /// The JSON form, pretty and sorted, with a newline at the end: the same answers give the same bytes.
    pub fn to_json(&self) -> String {
        let left_alone = self.alone.iter().map(|(url, why)| WireAlone { url: url.clone(), why: why.clone() }).collect();
        let answers = self.answers.values().cloned().collect();
        let (unfinished, ended_by_hand, notes) = (self.unfinished, self.ended_by_hand, self.notes.clone());
        let wire = Wire { version: VERSION, unfinished, ended_by_hand, notes, answers, left_alone };
        // Nothing in these types can fail to be written: all keys are strings, all numbers whole.
        serde_json::to_string_pretty(&wire).map_or_else(|_| String::new(), |json| json + "\n")
    }
}
