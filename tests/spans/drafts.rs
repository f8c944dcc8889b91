//! The drafts at hand: every fixture's, and every example of the rules' pages.

use presend::docs::examples;
use presend::facts::Facts;
use presend::message::Message;
use presend::rules::RULES;
use presend::settings::Settings;
use std::fs;
use std::path::Path;

/// A draft with its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Its name, with the ending.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Draft {
    pub(crate) fn parse(&self) -> (Message, Facts) {
        let message = Message::parse(&self.name, self.bytes.clone()).expect("a draft");
        let facts = Facts::notice(&message, &Settings::default());
        (message, facts)
    }

    /// The draft as Unix and as Windows would save it.
    pub(crate) fn with_both_line_ends(&self) -> [Self; 2] {
        let text = String::from_utf8_lossy(&self.bytes).replace("\r\n", "\n");
        let windows = text.replace('\n', "\r\n");
        [("LF", text), ("CRLF", windows)]
            .map(|(ends, text)| Self { name: self.name.replace('.', &format!(" {ends}.")), bytes: text.into_bytes() })
    }
}

/// All drafts of the fixtures and of the rules' pages.
pub(crate) fn drafts() -> Vec<Draft> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["museum", "campaigns"].into_iter().flat_map(|part| fs::read_dir(root.join(part)).expect("fixtures"));
    let mut drafts: Vec<Draft> = Vec::new();
    for folder in folders.flatten() {
        let config = fs::read_to_string(folder.path().join("presend.toml")).expect("presend.toml");
        for file in fs::read_dir(folder.path()).expect("a folder").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if config.contains(&format!("drafts = [\"{name}\"]")) {
                drafts.push(Draft { name, bytes: fs::read(file.path()).expect("a draft") });
            }
        }
    }
    for rule in RULES {
        let pages = examples(rule.page).into_iter().filter(|example| matches!(example.part, "bad" | "good"));
        drafts.extend(pages.map(|example| Draft {
            name: format!("{}-{}.{}", rule.name, example.line, example.kind),
            bytes: example.text.as_bytes().to_vec(),
        }));
    }
    drafts.sort_by(|one, other| one.name.cmp(&other.name));
    drafts
}
