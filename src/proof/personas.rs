//! People who do not exist and who try a draft out where no list is at hand: no name, a long one, accents, right to left.

use super::columns::Columns;
use crate::audience::Export;
use crate::facts::Facts;
use std::collections::BTreeSet;

/// One of them: what they are called in reports, and what each kind of field holds for them.
#[derive(Debug)]
pub struct Persona {
    /// What is special about them.
    pub title: &'static str,
    name: &'static str,
    last: &'static str,
    city: &'static str,
    amount: &'static str,
    word: &'static str,
    language: &'static str,
    gender: &'static str,
}

const fn persona(title: &'static str, name: &'static str, last: &'static str, city: &'static str, amount: &'static str) -> Persona {
    Persona { title, name, last, city, amount, word: "blue", language: "en", gender: "" }
}

/// The people, the plainest first.
pub static PERSONAS: [Persona; 10] = [
    Persona { gender: "f", ..persona("plain", "Ann", "Miller", "Leeds", "25") },
    Persona { word: "", language: "", ..persona("nothing is known", "", "", "", "") },
    persona("no name", "", "", "Leeds", "25"),
    Persona {
        gender: "m",
        ..persona("long name", "Wolfeschlegelsteinhausen-Bergerdorff", "von und zu Hohenlohe-Waldenburg", "Leeds", "25")
    },
    Persona { language: "pl", ..persona("accents", "Zoë", "Żółć-Núñez", "Łódź", "25") },
    Persona { language: "ar", ..persona("right to left", "ليلى", "الحسن", "بيروت", "25") },
    persona("apostrophe", "D'Arcy", "O'Brien & Sons", "L'Aquila", "25"),
    persona("emoji", "Mia 🌻", "Blum", "Leeds", "25"),
    persona("60-letter city", "Ann", "Miller", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochuu", "0"),
    persona("huge amount", "Ann", "Miller", "Leeds", "1234567890123"),
];

impl Persona {
    /// What a field of this name holds.
    fn cell(&self, name: &str) -> &'static str {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        match plain.as_str() {
            _ if has(&["mail"]) => "ann@club.example",
            _ if has(&["lastname", "lname", "surname", "nachname", "family"]) => self.last,
            _ if has(&["name", "vorname", "prenom"]) => self.name,
            _ if has(&["lang", "locale", "sprache"]) => self.language,
            _ if has(&["gender", "sex", "anrede", "salutation", "title"]) => self.gender,
            _ if has(&["url", "link", "href"]) => {
                if self.word.is_empty() {
                    ""
                } else {
                    "https://club.example/blue"
                }
            }
            _ if has(&["city", "town", "stadt", "ville", "country", "region"]) => self.city,
            _ if has(&["date", "birthday", "expires", "geburtstag"]) && !self.word.is_empty() => "2026-03-12",
            _ if has(&[
                "amount", "points", "balance", "price", "total", "count", "value", "credit", "discount", "betrag", "punkte", "age",
            ]) =>
            {
                self.amount
            }
            _ => self.word,
        }
    }

    /// Their row, for these columns.
    pub fn row(&self, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.cell(name).to_owned()).collect()
    }
}

/// The columns that a draft would need: a name for each field that any of its tags could mean.
pub fn columns(facts: &Facts) -> (Vec<String>, Columns) {
    let mut names = BTreeSet::new();
    for tag in &facts.tags.tags {
        names.extend(tag.tag.field.iter().filter_map(|field| field.rsplit(['.', '=', ':']).next()).map(str::to_owned));
        let unquoted: String = tag.tag.inside.split(['"', '\'']).step_by(2).collect::<Vec<_>>().join(" ");
        let words = unquoted
            .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.' || c == ' ' || c == '-'))
            .flat_map(|part| part.split(' '));
        for word in words.filter_map(|path| path.rsplit('.').next()) {
            if word.len() > 1 && word.starts_with(|c: char| c.is_alphabetic()) && !WORDS.contains(&word.to_lowercase().as_str()) {
                names.insert(word.to_owned());
            }
        }
        if let Some((_, rest)) = tag.tag.inside.split_once("lookup:") {
            names.extend(rest.split(['"', '\'']).nth(1).map(str::to_owned));
        }
    }
    let names: Vec<String> = std::iter::once(String::from("email")).chain(names.into_iter().filter(|name| name != "email")).collect();
    let at = |words: &[&str]| names.iter().position(|name| words.contains(&name.to_lowercase().as_str()));
    let mut export = Export::default();
    export.first_name = at(&["first_name", "firstname", "fname", "vorname"]);
    export.full_name = at(&["name", "full_name", "fullname"]);
    export.language = at(&["language", "lang", "locale", "sprache"]);
    let columns = Columns::named(names.clone(), export);
    (names, columns)
}

/// Words of the languages themselves, which name no field.
const WORDS: [&str; 40] = [
    "if",
    "else",
    "elseif",
    "elsif",
    "elif",
    "endif",
    "end",
    "unless",
    "endunless",
    "for",
    "endfor",
    "in",
    "and",
    "or",
    "not",
    "contains",
    "default",
    "upcase",
    "downcase",
    "capitalize",
    "upper",
    "lower",
    "title",
    "date",
    "assign",
    "set",
    "case",
    "when",
    "endcase",
    "each",
    "true",
    "false",
    "nil",
    "none",
    "null",
    "empty",
    "blank",
    "insert",
    "ifeq",
    "equals",
];
