//! Which dictionaries a draft is checked with: those that were named, or those that the system has; read when needed.

use crate::offers::Language;
use crate::read;
use crate::rule::Context;
use crate::settings::Level;
use crate::spelling::{Dictionary, Spelling, Unusable};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The dictionaries of a run. A language is read once, when the first draft in it is checked: it takes 10 to 100 ms.
#[derive(Default)]
pub(super) struct Shelf {
    /// What the system has, looked for once.
    found: OnceLock<Vec<(Language, String)>>,
    read: Mutex<ByLanguage>,
}

/// What was read, by language and by the dictionaries that were named for it.
type ByLanguage = BTreeMap<(Language, Vec<String>), Arc<Words>>;

/// What was read for one language.
#[derive(Default)]
pub(super) struct Words {
    dictionary: Option<Dictionary>,
    unusable: Vec<Unusable>,
}

impl Words {
    pub(super) fn spelling(&self) -> Spelling<'_> {
        Spelling { dictionary: self.dictionary.as_ref(), unusable: &self.unusable }
    }
}

impl Shelf {
    /// The words for a draft, beside those that presend brings along.
    pub(super) fn words(&self, context: &Context<'_>, named: &[(Language, String)]) -> Arc<Words> {
        let language = context.language();
        let is_off = context.settings.levels.get(RULE) == Some(&Level::Off) || !context.settings.spelling.includes(language);
        let paths: Vec<String> = named.iter().filter(|(of, _)| *of == language).map(|(_, path)| path.clone()).collect();
        if is_off || paths.is_empty() && Dictionary::brought_along(language).is_some() {
            return Arc::default();
        }
        // Whoever comes second to a language waits for the first to have read it.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let words = read.entry((language, paths)).or_insert_with_key(|(language, paths)| Arc::new(self.read(*language, paths)));
        Arc::clone(words)
    }

    /// Reads the dictionaries that were named, and where they are mere lists or none is usable, one of the system too.
    fn read(&self, language: Language, named: &[String]) -> Words {
        let mut words = Words::default();
        let mut dictionary = Dictionary::of(language);
        let mut is_whole = !dictionary.is_empty();
        for path in named {
            match add(&mut dictionary, path) {
                Ok(has_rules) => is_whole |= has_rules,
                Err(why) => words.unusable.push(Unusable { path: path.clone(), why }),
            }
        }
        let found = self.found.get_or_init(|| read::dictionaries(&folders()));
        let mut usable = usual(language).iter().flat_map(|name| found.iter().filter(move |(_, path)| stem(path).starts_with(name)));
        let others = found.iter().filter(|(of, _)| *of == language);
        if !is_whole {
            let first =
                usable.by_ref().filter(|(of, _)| *of == language).chain(others).find(|(_, path)| add(&mut dictionary, path).is_ok());
            // Portugal and Brazil write many words in two ways, and have two dictionaries.
            let second = first.filter(|_| language == Language::Portuguese);
            let _ = second.and_then(|first| usable.find(|other| *other != first && add(&mut dictionary, &other.1).is_ok()));
        }
        words.dictionary = Some(dictionary).filter(|dictionary| !dictionary.is_empty());
        words
    }
}

/// The rule for which all of this is.
const RULE: &str = "unknown-word";

/// Adds a dictionary; whether it has rules, and is more than a list of words.
fn add(dictionary: &mut Dictionary, path: &str) -> Result<bool, String> {
    let (rules, words) = read::dictionary(path).map_err(|error| error.message().to_owned())?;
    dictionary.add(rules.as_deref(), &words)?;
    Ok(rules.is_some())
}

fn stem(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// How the files of a language are usually called, the most wanted first.
fn usual(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &["en_GB", "en_US", "en"],
        Language::German => &["de_DE", "de"],
        Language::French => &["fr_FR", "fr.", "fr"],
        Language::Spanish => &["es_ES", "es.", "es"],
        Language::Italian => &["it_IT", "it"],
        Language::Dutch => &["nl_NL", "nl"],
        Language::Portuguese => &["pt_PT", "pt_BR", "pt"],
        Language::Polish => &["pl_PL", "pl"],
    }
}

/// The folders in which systems, `LibreOffice`, Firefox, Thunderbird and npm keep dictionaries; with `DICPATH`, Hunspell's own
/// variable, those that it names alone.
fn folders() -> Vec<PathBuf> {
    if let Some(paths) = variable("DICPATH") {
        return std::env::split_paths(&paths).collect();
    }
    let mut folders = vec![PathBuf::from("node_modules")];
    for (name, below) in OWN {
        folders.extend(variable(name).map(|home| PathBuf::from(home).join(below)));
    }
    folders.extend(SHARED.iter().map(PathBuf::from));
    folders
}

/// Folders of one person: the variable that names where they live, and what follows.
const OWN: [(&str, &str); 7] = [
    ("HOME", "Library/Spelling"),
    ("HOME", ".local/share/hunspell"),
    ("HOME", "Library/Application Support/Spelling"),
    ("APPDATA", "hunspell"),
    ("ProgramFiles", "LibreOffice/share/extensions"),
    ("ProgramFiles", "Mozilla Firefox/dictionaries"),
    ("ProgramFiles", "Mozilla Thunderbird/dictionaries"),
];

/// Folders of everybody on the machine.
const SHARED: [&str; 15] = [
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "/usr/lib/libreoffice/share/extensions",
    "/usr/lib64/libreoffice/share/extensions",
    "/opt/libreoffice/share/extensions",
    "/snap/libreoffice/current/lib/libreoffice/share/extensions",
    "/Applications/LibreOffice.app/Contents/Resources/extensions",
    "/usr/lib/firefox/dictionaries",
    "/usr/lib/thunderbird/dictionaries",
    "/usr/lib64/firefox/dictionaries",
    "C:/Hunspell",
];

#[expect(clippy::disallowed_methods, reason = "the environment says where people keep their dictionaries")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}
