//! What `presend init` asks a person, each with a guess that a line end takes.

use super::Folder;
use crate::settings::MessageType;
use std::io::{self, BufRead, Write};

/// The kinds of mail in the order in which they are asked, and what they are in plain words.
const KINDS: [(MessageType, &str); 5] = [
    (MessageType::Newsletter, "newsletter"),
    (MessageType::Promotion, "promotion: a sale, an offer"),
    (MessageType::Welcome, "welcome"),
    (MessageType::ReviewRequest, "review request"),
    (MessageType::Service, "service: orders, passwords, bills"),
];

/// What the person said, or what is guessed where nobody is asked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    /// The kind of mail.
    pub(super) kind: Option<MessageType>,
    /// The sender's own domains.
    pub(super) domains: Vec<String>,
    /// The files that are the send list.
    pub(super) to: Vec<String>,
    /// The coupon files.
    pub(super) coupons: Vec<String>,
    /// The sending platform.
    pub(super) esp: Option<String>,
}

impl Answers {
    /// What is taken without asking.
    pub(super) fn guessed(seen: &Folder) -> Self {
        Self { domains: seen.domains.iter().cloned().collect(), coupons: seen.coupons.clone(), ..Self::default() }
    }

    /// Asks. Whoever ends the input has no more to say.
    pub(super) fn asked(seen: &Folder, input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<Self> {
        let mut asking = Asking { input, out };
        writeln!(asking.out, "A few questions; Enter takes what stands in brackets, - means none.\n")?;
        let kinds: Vec<&str> = KINDS.iter().map(|(_, words)| *words).collect();
        let kind = asking.choose("What kind of mail is it, mostly?", &kinds)?;
        let own: Vec<String> = if seen.domains.is_empty() { &seen.linked } else { &seen.domains }.iter().cloned().collect();
        let domains = asking.list("Your own domains", &own)?;
        let to = if seen.tables.is_empty() {
            Vec::new()
        } else {
            let tables: Vec<&str> = seen.tables.iter().map(String::as_str).collect();
            let chosen = asking.choose("Which file is the send list: the people who get it?", &tables)?;
            chosen.and_then(|at| seen.tables.get(at)).cloned().into_iter().collect()
        };
        let coupons = asking.list("The coupons of the shop, as files", &seen.coupons)?;
        let esp = asking.platform(seen.esp.as_deref())?;
        writeln!(asking.out)?;
        Ok(Self { kind: kind.and_then(|at| KINDS.get(at)).map(|(kind, _)| *kind), domains, to, coupons, esp })
    }
}

struct Asking<'a> {
    input: &'a mut dyn BufRead,
    out: &'a mut dyn Write,
}

impl Asking<'_> {
    /// Asks one question; an empty answer is the guess.
    fn line(&mut self, question: &str, guess: &str) -> io::Result<String> {
        write!(self.out, "{question} [{}] ", if guess.is_empty() { "-" } else { guess })?;
        self.out.flush()?;
        let mut line = String::new();
        self.input.read_line(&mut line)?;
        let said = line.trim();
        let said = if said.is_empty() { guess } else { said };
        Ok(if said == "-" { String::new() } else { said.to_owned() })
    }

    /// One of several, by its number or its first word; asked anew until it can be understood.
    fn choose(&mut self, question: &str, choices: &[&str]) -> io::Result<Option<usize>> {
        writeln!(self.out, "{question}")?;
        for (at, choice) in choices.iter().enumerate() {
            writeln!(self.out, "  {} {choice}", at + 1)?;
        }
        loop {
            let said = self.line("Number", "")?.to_lowercase();
            if said.is_empty() {
                return Ok(None);
            }
            let number = said.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|at| *at < choices.len());
            let named = || choices.iter().position(|choice| choice.to_lowercase().starts_with(&said));
            if let Some(at) = number.or_else(named) {
                return Ok(Some(at));
            }
            writeln!(self.out, "A number from 1 to {}, or Enter for none.", choices.len())?;
        }
    }

    /// Words between commas or blanks.
    fn list(&mut self, question: &str, guess: &[String]) -> io::Result<Vec<String>> {
        let said = self.line(question, &guess.join(", "))?;
        if said == guess.join(", ") {
            return Ok(guess.to_vec());
        }
        Ok(said.split([',', ' ', ';']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    /// A platform by its name; asked anew until there is such a one.
    fn platform(&mut self, guess: Option<&str>) -> io::Result<Option<String>> {
        loop {
            let said = self.line("The sending platform, such as mailchimp or klaviyo", guess.unwrap_or_default())?.to_lowercase();
            if said.is_empty() || crate::tags::by_name(&said).is_some() {
                return Ok(Some(said).filter(|said| !said.is_empty()));
            }
            let near = crate::tags::nearest(&said).map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            writeln!(self.out, "There is no such platform.{near} `presend dialects` lists all; Enter leaves it out.")?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> Folder {
        Folder {
            domains: [String::from("mill.example")].into(),
            tables: vec![String::from("a.csv"), String::from("members.csv")],
            coupons: vec![String::from("my coupons.csv")],
            esp: Some(String::from("klaviyo")),
            ..Folder::default()
        }
    }

    fn asked(said: &str) -> (Answers, String) {
        let mut out = Vec::new();
        let answers = Answers::asked(&folder(), &mut said.as_bytes(), &mut out).expect("answers");
        (answers, String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn enter_takes_the_guesses_and_the_end_of_the_input_ends() {
        for said in ["\n\n\n\n\n", ""] {
            let (answers, shown) = asked(said);
            let (domains, coupons) = (vec![String::from("mill.example")], vec![String::from("my coupons.csv")]);
            assert_eq!(answers, Answers { domains, coupons, esp: Some(String::from("klaviyo")), ..Answers::default() });
            assert!(shown.contains("Your own domains [mill.example]") && shown.contains("2 members.csv"), "{shown}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_asked_again() {
        let (answers, shown) = asked("9\nwelc\nmill.example, Bakery.example\n2\n-\nklavio\nmailchimp\n");
        assert_eq!(answers.kind, Some(MessageType::Welcome));
        assert_eq!(answers.domains, ["mill.example", "Bakery.example"]);
        assert_eq!((answers.to, answers.coupons), (vec![String::from("members.csv")], Vec::new()));
        assert_eq!(answers.esp.as_deref(), Some("mailchimp"));
        assert!(shown.contains("A number from 1 to 5") && shown.contains("Did you mean klaviyo?"), "{shown}");
    }
}
