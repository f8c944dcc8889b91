//! `presend init`: looks at a folder and writes a `presend.toml` for it, in which everything is explained.

use super::write_out;
use crate::error::Error;
use crate::message::Message;
use crate::read;
use crate::settings::{FILE_NAME, Role};
use crate::write;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// How many drafts are opened to see who sends them.
const LOOKED_AT: usize = 20;

/// What was seen in a folder.
#[derive(Debug, Default)]
struct Folder {
    /// Patterns that together mean every draft.
    drafts: BTreeSet<String>,
    /// How many drafts that are.
    count: usize,
    /// The domains of those who send them.
    domains: BTreeSet<String>,
    /// Lists that are called like a role.
    lists: Vec<(String, Role, String)>,
    /// Other tables, of which one may be the send list.
    tables: Vec<String>,
    /// Tables that are called like coupons.
    coupons: Vec<String>,
}

/// Looks and writes; a settings file that is there stays as it is.
pub(super) fn run(folder: &str) -> Result<(), Error> {
    let home = Path::new(folder);
    let path = read::shown(&home.join(FILE_NAME));
    if read::true_path(Path::new(&path)).is_some() {
        return Err(Error::in_file(&path, "there is one already, and it stays as it is").help("move it away, or add to it by hand"));
    }
    if !home.is_dir() {
        return Err(Error::in_file(folder, "there is no such folder").help("name a folder, or run it in one"));
    }
    write::can_replace(&path)?;
    let seen = look(home, folder);
    write::replace(&path, settings(&seen))?;
    let drafts = if seen.count == 1 { String::from("1 draft") } else { format!("{} drafts", seen.count) };
    let lists = seen.lists.len() + seen.coupons.len();
    let lists = if lists == 1 { String::from("1 list") } else { format!("{lists} lists") };
    write_out(&format!("{path} is written: {drafts}, {lists}. Look through it, then run: presend check\n"))
}

fn look(home: &Path, folder: &str) -> Folder {
    let mut seen = Folder::default();
    let from_home = |path: &str| Path::new(path).strip_prefix(home).map_or_else(|_| path.to_owned(), read::shown);
    let drafts = read::drafts(folder);
    seen.count = drafts.len();
    for draft in &drafts {
        let short = from_home(draft);
        let ending = Path::new(&short).extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
        let above = Path::new(&short).parent().filter(|above| !above.as_os_str().is_empty()).map(read::shown);
        // A leading slash keeps the pattern in this folder.
        seen.drafts.insert(above.map_or_else(|| format!("/*.{ending}"), |above| format!("{above}/*.{ending}")));
    }
    for draft in drafts.iter().take(LOOKED_AT) {
        let sender = read::draft(draft).and_then(|bytes| Message::parse(draft, bytes)).ok();
        let sender = sender.as_ref().and_then(|message| message.header("From")).map(|from| from.text().to_lowercase());
        let domain = sender.as_deref().and_then(|from| from.rsplit_once('@')).map(|(_, domain)| domain.trim_end_matches('>').trim());
        seen.domains.extend(domain.filter(|domain| is_domain(domain)).map(str::to_owned));
    }
    for table in read::files(folder, &["csv", "xlsx", "parquet"]) {
        let short = from_home(&table);
        let stem = Path::new(&short).file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ["coupon", "discount", "voucher", "promo"].iter().any(|word| stem.contains(word)) {
            seen.coupons.push(short);
        } else if let Some(role) = Role::named(&stem) {
            seen.lists.push((stem.replace(['_', ' '], "-"), role, short));
        } else {
            seen.tables.push(short);
        }
    }
    seen
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

/// A list of words as TOML writes it.
fn quoted<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| toml::Value::String(word.clone()).to_string()).collect();
    format!("[{}]", words.join(", "))
}

/// The text of the file. What is not known stands in a comment, ready to be filled in.
fn settings(seen: &Folder) -> String {
    let mut out = String::from(
        "# What presend knows about the mails of this folder. Everything here is optional.\n\
         # Editors can complete it: presend schema settings > presend.schema.json\n\n\
         [brief]\n\
         # What kind of message it is: welcome, promotion, review-request, service, newsletter. It decides who must not get it.\n\
         # type = \"newsletter\"\n",
    );
    if seen.domains.is_empty() {
        out.push_str("# Your own domains; links to staging servers and look-alikes of these are found.\n# domains = [\"shop.example\"]\n");
    } else {
        let _ = writeln!(out, "# Your own domains, from the drafts' From lines.\ndomains = {}", quoted(&seen.domains));
    }
    out.push_str(
        "# Checks that must be made; if one cannot, the run is incomplete (exit code 3): links, audience, coupons.\n\
         # require = [\"links\"]\n\
         # Who gets it, when, and how many that should be.\n",
    );
    let to = if seen.tables.is_empty() { vec![String::from("members.csv")] } else { seen.tables.clone() };
    let _ = writeln!(out, "# to = {}\n# send-at = \"2027-01-31T09:00[Europe/London]\"\n# audience = 12000", quoted(&to));
    if !seen.coupons.is_empty() {
        let _ = writeln!(out, "# The coupons of the shop.\ncoupons = {}", quoted(&seen.coupons));
    }
    out.push_str("\n# Lists beside the send list, by name: customers, unsubscribed, bounced, do-not-mail, staff and others.\n");
    for (name, role, file) in &seen.lists {
        let _ = writeln!(out, "[lists.{name}]\nfile = {}\nrole = \"{}\"\n", toml::Value::String(file.clone()), role.name());
    }
    if seen.lists.is_empty() {
        out.push_str("# [lists.unsubscribed]\n# file = \"unsubscribed.csv\"\n");
    }
    out.push_str(
        "\n# Another severity for a rule: off, note, warn, block. `presend rules` lists them.\n\
         # [rules]\n# old-copyright = \"off\"\n\n\
         # From which severity on a finding holds the send.\n# [gate]\n# hold-at = \"warn\"\n\n\
         # Something that somebody has looked at and lets pass for a while.\n\
         # [[waiver]]\n# rule = \"hardcoded-name\"\n# draft = \"letter.html\"\n# words = \"Jessica\"\n\
         # reason = \"it is signed by her\"\n# owner = \"Marion\"\n# expires = 2027-01-31\n\n\
         # The mails that `presend check` looks at when no draft is named.\n",
    );
    if seen.drafts.is_empty() {
        out.push_str("# [[campaign]]\n# name = \"June\"\n# drafts = [\"mails/*.html\"]\n");
    } else {
        let _ = writeln!(out, "[[campaign]]\ndrafts = {}", quoted(&seen.drafts));
    }
    out
}
