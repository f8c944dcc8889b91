//! Findings that are known already: an old repository starts green, and only what is new holds a send.

use crate::check::{Reported, fingerprint};
use crate::error::Error;
use crate::links::masked_words;
use crate::rule::Check;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The file that is looked for beside `presend.toml`.
pub const BASELINE_NAME: &str = "presend-baseline.json";

/// How many words of a finding are kept for people who read the file, in characters.
const LONGEST_WORDS: usize = 80;

/// The file as it is written, version 1.
#[derive(Debug, Serialize, Deserialize)]
struct BaselineV1 {
    version: u32,
    findings: Vec<KnownV1>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct KnownV1 {
    draft: String,
    rule: String,
    words: String,
    fingerprint: String,
}

/// Whether a finding is about one send, and not about what is sent again and again.
fn is_of_one_send(reported: &Reported) -> bool {
    reported.finding.reach.is_some() || matches!(reported.rule.check, Check::Approved(_))
}

/// What is known already.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    known: BTreeSet<KnownV1>,
    fingerprints: BTreeSet<String>,
    left_out: usize,
}

impl Baseline {
    /// Notes a finding of a draft. What counts people, or is about a sign-off, belongs to one send, not to a template: it is
    /// never known before.
    pub fn note(&mut self, key: &str, reported: &Reported) {
        if is_of_one_send(reported) {
            self.left_out += 1;
            return;
        }
        let words = masked_words(reported.finding.span.text());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_WORDS).collect();
        let fingerprint = fingerprint(key, reported.mark);
        self.fingerprints.insert(fingerprint.clone());
        self.known.insert(KnownV1 { draft: key.to_owned(), rule: reported.rule.name.to_owned(), words, fingerprint });
    }

    /// Whether a finding was there before.
    pub fn knows(&self, key: &str, reported: &Reported) -> bool {
        !is_of_one_send(reported) && self.fingerprints.contains(&fingerprint(key, reported.mark))
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// How many findings were not noted because they count people.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The file's text, in the order of drafts, so that a change reads well in a pull request.
    pub fn to_json(&self) -> String {
        let file = BaselineV1 { version: 1, findings: self.known.iter().cloned().collect() };
        serde_json::to_string_pretty(&file).map(|text| text + "\n").unwrap_or_default()
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Text that is no baseline, or one of another version.
    pub fn from_json(path: &str, text: &str) -> Result<Self, Error> {
        let file: BaselineV1 = serde_json::from_str(text).map_err(|error| {
            Error::at_line(path, error.line().max(1), error.column().max(1), "this is not a baseline")
                .help("write it anew: presend baseline")
        })?;
        if file.version != 1 {
            return Err(Error::in_file(path, format!("this baseline is of version {}, and this presend knows version 1", file.version))
                .help("use the presend that wrote it, or write it anew: presend baseline"));
        }
        let fingerprints = file.findings.iter().map(|known| known.fingerprint.clone()).collect();
        Ok(Self { known: file.findings.into_iter().collect(), fingerprints, left_out: 0 })
    }
}
