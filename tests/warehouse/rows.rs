//! Six lists with everything that lists have: people on several, repeats, capitals, blanks, empty cells, words that are no address.

use std::fmt::Write as _;
use std::fs;
use tempfile::TempDir;

/// How many lists there are.
pub(crate) const LISTS: usize = 6;

/// A list with words about its people: known, odd, none at all, and with an address in them.
const WORDS: &str = "email,klaviyoid,emailmarketingconsent,emailsuppressions
ann@a.example,1,SUBSCRIBED,
ben@a.example,2,,
cy@a.example,3, Unsubscribed ,
di@a.example,4,ödd wörd's,
eve@a.example,5,NEVER_SUBSCRIBED,[]
flo@a.example,6,SUBSCRIBED,HARD_BOUNCE
gus@a.example,7,SUBSCRIBED,asked help@a.example
hal@a.example,8,ask@a.example,
";

/// The lists as files in a folder.
pub(crate) struct Lists {
    pub(crate) folder: TempDir,
}

impl Lists {
    /// Makes lists with so many rows in all.
    pub(crate) fn make(rows: u64) -> Self {
        let lists = Self { folder: tempfile::tempdir().expect("a folder") };
        let pool = rows * 8 / 10;
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 11) % below
        };
        for (list, share) in [40, 25, 20, 10, 4, 1].into_iter().enumerate() {
            let mut text = String::from("id,email,first_name,country,unsubscribed\n");
            for id in 0..rows * share / 100 {
                let person = next(pool);
                let mut email = address(person);
                match next(1000) {
                    0..20 => email = email.to_uppercase(),
                    20..30 => email = format!("  {email}\t"),
                    30..34 => email = String::new(),
                    34..37 => email = String::from("nobody at home"),
                    37..39 => email = format!("a..{email}"),
                    39..41 => email = format!("{email}-"),
                    41..46 => email = format!("JÖRG.{email}"),
                    46..50 => email = format!("\u{212a}im.{email}"),
                    50..52 => email = format!("\u{a0}{email}"),
                    _ => {}
                }
                let name = ["Ann", "Bob", "", "Cy"][usize::try_from(person % 4).expect("small")];
                let country = ["DE", "AT", "UK"][usize::try_from(person % 3).expect("small")];
                let left = ["yes", "No", "2026-01-02", ""][usize::try_from(next(400).min(3)).expect("small")];
                let _ = writeln!(text, "{id},\"{email}\",{name},{country},{left}");
            }
            lists.write(&format!("list{list}.csv"), &text);
        }
        lists.write("words.csv", WORDS);
        lists
    }

    /// A file beside the lists.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).expect("a file");
    }

    /// The path of a file.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }
}

fn address(person: u64) -> String {
    let domain = match person % 50 {
        0 => "müller.example",
        1..25 => "mail.example",
        _ => "post.example",
    };
    format!("p{person}.{}@{domain}", person * 7919 % 1000)
}
