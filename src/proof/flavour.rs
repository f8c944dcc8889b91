//! For whom a branch is written: its language, and whether it speaks to a man or a woman.

use super::template::Node;
use crate::offers::Language;

/// A man or a woman, as a salutation or a column has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
}

/// For whom a branch is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flavour {
    /// Its language.
    pub language: Option<Language>,
    /// Whom its salutation is for.
    pub gender: Option<Gender>,
}

/// Salutations that say whom they are for, in lower case.
const FEMALE: [&str; 14] =
    ["frau", "geehrte frau", "mrs", "ms", "miss", "madame", "mme", "señora", "sra", "signora", "mevrouw", "chère", "estimada", "pani"];
const MALE: [&str; 12] = ["herr", "geehrter herr", "mr", "monsieur", "señor", "sr", "signor", "meneer", "heer", "cher", "estimado", "pan"];

/// Words that greet in one language alone, in lower case.
const GREETINGS: [(&str, Language); 20] = [
    ("hello", Language::English),
    ("dear", Language::English),
    ("welcome", Language::English),
    ("hallo", Language::German),
    ("liebe", Language::German),
    ("lieber", Language::German),
    ("guten", Language::German),
    ("willkommen", Language::German),
    ("bonjour", Language::French),
    ("bienvenue", Language::French),
    ("chère", Language::French),
    ("cher", Language::French),
    ("hola", Language::Spanish),
    ("estimado", Language::Spanish),
    ("estimada", Language::Spanish),
    ("ciao", Language::Italian),
    ("buongiorno", Language::Italian),
    ("beste", Language::Dutch),
    ("olá", Language::Portuguese),
    ("cześć", Language::Polish),
];

/// Fallbacks that belong to one language, in lower case.
const FALLBACKS: [(&str, Language); 24] = [
    ("there", Language::English),
    ("friend", Language::English),
    ("customer", Language::English),
    ("valued customer", Language::English),
    ("subscriber", Language::English),
    ("reader", Language::English),
    ("kunde", Language::German),
    ("kundin", Language::German),
    ("freund", Language::German),
    ("du", Language::German),
    ("liebe kundin, lieber kunde", Language::German),
    ("kundin oder kunde", Language::German),
    ("damen und herren", Language::German),
    ("ami", Language::French),
    ("cher client", Language::French),
    ("chère cliente", Language::French),
    ("à vous", Language::French),
    ("amigo", Language::Spanish),
    ("amiga", Language::Spanish),
    ("querido cliente", Language::Spanish),
    ("amico", Language::Italian),
    ("gentile cliente", Language::Italian),
    ("klant", Language::Dutch),
    ("beste klant", Language::Dutch),
];

/// The language that a fallback gives away.
pub(super) fn of_fallback(text: &str) -> Option<Language> {
    let lower = text.trim().trim_end_matches(['!', ',', '.']).to_lowercase();
    FALLBACKS.iter().find(|(known, _)| *known == lower).map(|(_, language)| *language).or_else(|| Language::guess(text))
}

/// For whom each branch of a condition is written.
pub(super) fn of_branches(source: &str, branches: &[Vec<Node>]) -> Vec<Flavour> {
    branches
        .iter()
        .map(|branch| {
            let mut text = String::new();
            literal(source, branch, &mut text);
            of_text(&text)
        })
        .collect()
}

/// The literal text of nodes, as far as it tells anything.
fn literal(source: &str, nodes: &[Node], out: &mut String) {
    for node in nodes {
        if out.len() > 4000 {
            return;
        }
        match node {
            Node::Text(range) => out.push_str(source.get(range.clone()).unwrap_or_default()),
            Node::Fork(_, branches) => branches.iter().for_each(|branch| literal(source, branch, out)),
            _ => out.push(' '),
        }
    }
}

fn of_text(text: &str) -> Flavour {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let says = |list: &[&str]| words.iter().take(6).any(|word| list.contains(word));
    let gender = match (says(&FEMALE), says(&MALE)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    };
    let greeting = words.first().and_then(|word| GREETINGS.iter().find(|(known, _)| known == word)).map(|(_, language)| *language);
    Flavour { language: Language::guess(&plain).or(greeting), gender }
}

/// Man or woman, as a column says it.
pub(super) fn gender(cell: &str) -> Option<Gender> {
    match cell.trim().trim_end_matches('.').to_lowercase().as_str() {
        "f" | "female" | "woman" | "w" | "weiblich" | "frau" | "mrs" | "ms" | "miss" | "mme" | "madame" | "femme" | "sra" | "señora"
        | "mujer" | "femenino" | "signora" | "femmina" | "mevrouw" | "vrouw" => Some(Gender::Female),
        "m" | "male" | "man" | "männlich" | "herr" | "mr" | "monsieur" | "homme" | "sr" | "señor" | "hombre" | "masculino" | "signor"
        | "maschio" | "heer" | "dhr" => Some(Gender::Male),
        _ => None,
    }
}

/// A language, as a column says it: `de`, `de-AT`, `German`, `Deutsch`.
pub(super) fn language(cell: &str) -> Option<Language> {
    let word = cell.trim().to_lowercase();
    match word.as_str() {
        "english" | "englisch" => Some(Language::English),
        "german" | "deutsch" => Some(Language::German),
        "french" | "français" | "francais" | "französisch" => Some(Language::French),
        "spanish" | "español" | "espanol" => Some(Language::Spanish),
        "italian" | "italiano" => Some(Language::Italian),
        "dutch" | "nederlands" => Some(Language::Dutch),
        "portuguese" | "português" => Some(Language::Portuguese),
        "polish" | "polski" => Some(Language::Polish),
        word if word.len() == 2 || word.get(2..3).is_some_and(|mark| mark == "-" || mark == "_") => Language::of_tag(word),
        _ => None,
    }
}

/// Whether branches speak to different people, so that it matters who gets which.
pub(super) fn differ(flavours: &[Flavour]) -> bool {
    let languages: Vec<_> = flavours.iter().filter_map(|flavour| flavour.language).collect();
    let genders: Vec<_> = flavours.iter().filter_map(|flavour| flavour.gender).collect();
    languages.windows(2).any(|pair| pair.first() != pair.last()) || genders.windows(2).any(|pair| pair.first() != pair.last())
}

/// What is wrong with a branch for a person of this language and gender.
pub(super) fn is_wrong(flavours: &[Flavour], branch: usize, language: Option<Language>, gender: Option<Gender>) -> bool {
    let Some(taken) = flavours.get(branch) else { return false };
    let other = |theirs: Option<Gender>| gender.is_some() && theirs.is_some() && gender != theirs;
    // A mail need not have every language; but one that has a person's own should not speak another to them.
    let has_own = language.is_some() && flavours.iter().any(|flavour| flavour.language == language);
    other(taken.gender) || (has_own && taken.language.is_some() && taken.language != language)
}
