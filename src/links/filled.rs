//! Links with merge tags, filled in with the values of real rows, so that they can be asked as a reader's click would.

use crate::audience::rows::Row;
use crate::facts::{Link, MergeTag, MergeTags};
use crate::tags::{Kind, Standing};
use std::collections::HashSet;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// The first rows of a send list.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// The list's file.
    pub path: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// The column of the e-mail addresses.
    pub address: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Rows that a sample should hold: enough to see which columns are different for everybody.
pub const SAMPLE_ROWS: usize = 200;

/// Most addresses that one link is filled in to.
const MOST: usize = 3;

/// Longest address that a column may hold, without its scheme, in bytes.
const LONGEST_ADDRESS: usize = 200;

/// Longest value that is put into an address, in characters.
const LONGEST: usize = 60;

/// From so many filled rows on, a column whose values are all different tells people apart.
const ENOUGH: usize = 10;

/// Filters that leave a value as it is, or write it for an address, which is done here anyway.
const HARMLESS_FILTERS: [&str; 8] = ["default", "url_encode", "urlencode", "url_param_escape", "uri_escape", "escape", "strip", "trim"];

/// Parts of names of fields that tell one person from another, without capitals, blanks and marks.
const PERSONAL: [&str; 30] = [
    "mail",
    "phone",
    "mobile",
    "telefon",
    "handy",
    "sms",
    "token",
    "hash",
    "secret",
    "password",
    "passwort",
    "key",
    "uuid",
    "guid",
    "user",
    "account",
    "konto",
    "customer",
    "kunde",
    "subscriber",
    "contact",
    "member",
    "street",
    "address",
    "adresse",
    "birth",
    "lastname",
    "surname",
    "nachname",
    "code",
];

/// The addresses that a link gets for the first people, each with the line of the row, if every tag in it prints a plain field
/// that tells nobody apart and stands behind the host. Empty otherwise.
pub fn filled(link: &Link, tags: &MergeTags, sample: &Sample) -> Vec<(String, u64)> {
    let Some(pieces) = pieces(link, tags, sample) else { return Vec::new() };
    let mut found: Vec<(String, u64)> = Vec::new();
    for row in &sample.rows {
        if found.len() >= MOST {
            break;
        }
        let url: Option<String> = pieces.iter().map(|piece| piece.text(row, sample)).collect();
        if let Some(url) = url.filter(|url| !found.iter().any(|(known, _)| known == url)) {
            found.push((url, row.line));
        }
    }
    found
}

/// Whether a link's address begins with a field of the send list, in which a whole web address should stand.
pub fn is_own_address(link: &Link, tags: &MergeTags) -> bool {
    let own = |tag: &MergeTag| tag.tag.kind == Kind::Print && tag.reading.standing == Standing::Own;
    tags_of(link, tags).first().is_some_and(|tag| own(tag) && link.href.starts_with(&unescaped(tag.span.text())))
}

/// A part of an address: as it stands, the value of a column, or a column that holds a whole address.
enum Piece<'a> {
    Text(&'a str),
    Column(usize),
    Address(usize),
}

impl Piece<'_> {
    fn text(&self, row: &Row, sample: &Sample) -> Option<String> {
        match self {
            Self::Text(text) => Some((*text).to_owned()),
            Self::Column(column) => {
                let value = row.fields.get(*column)?.trim();
                // A space is `+` in forms only.
                is_harmless(value).then(|| byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20"))
            }
            Self::Address(column) => {
                let value = row.fields.get(*column)?.trim();
                let bare = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"))?;
                let is_whole = Url::parse(value).is_ok() && bare.len() <= LONGEST_ADDRESS;
                // What one person alone gets may be a page about that person.
                let shared =
                    || sample.rows.iter().filter(|row| row.fields.get(*column).is_some_and(|other| other.trim() == value)).nth(1).is_some();
                (is_whole && tells_nobody(bare) && shared()).then(|| value.to_owned())
            }
        }
    }
}

fn pieces<'a>(link: &'a Link, tags: &MergeTags, sample: &Sample) -> Option<Vec<Piece<'a>>> {
    let href = link.href.as_str();
    let mut pieces = Vec::new();
    let mut at = 0;
    let found = tags_of(link, tags);
    let (mut others, mut behind_host) = (found.as_slice(), 0);
    if is_own_address(link, tags) {
        let (first, rest) = found.split_first()?;
        pieces.push(Piece::Address(column(first, tags, sample)?));
        (at, others) = (unescaped(first.span.text()).len(), rest);
    } else {
        let host = href.find("://")? + "://".len();
        behind_host = host + href.get(host..)?.find(['/', '?'])?;
    }
    for tag in others {
        let written = unescaped(tag.span.text());
        let start = at + href.get(at..)?.find(&written)?;
        if start < behind_host {
            return None;
        }
        pieces.push(Piece::Text(href.get(at..start)?));
        pieces.push(Piece::Column(column(tag, tags, sample)?));
        at = start + written.len();
    }
    pieces.push(Piece::Text(href.get(at..)?));
    (pieces.len() > 1).then_some(pieces)
}

/// The tags inside the link's address, in their order.
fn tags_of<'a>(link: &Link, tags: &'a MergeTags) -> Vec<&'a MergeTag> {
    let inside = |tag: &&MergeTag| {
        let same = std::sync::Arc::ptr_eq(&tag.span.source, &link.span.source);
        same && tag.span.start >= link.span.start && tag.span.end <= link.span.end
    };
    let mut found: Vec<&MergeTag> = tags.tags.iter().filter(inside).collect();
    found.sort_by_key(|tag| tag.span.start);
    found
}

/// The column whose value a tag prints, if that is all it does and the column tells nobody apart.
fn column(tag: &MergeTag, tags: &MergeTags, sample: &Sample) -> Option<usize> {
    let plain_print = tag.tag.kind == Kind::Print && tag.reading.standing == Standing::Own && tag.reading.fault.is_none();
    if !plain_print || !tag.tag.filters.iter().all(|filter| HARMLESS_FILTERS.contains(&filter.to_lowercase().as_str())) {
        return None;
    }
    let field = tags.decision.as_ref()?.field(&tag.tag)?;
    let name = simple(field.rsplit(['.', '=']).next().unwrap_or(field));
    let mut named = (0..sample.columns.len()).filter(|at| sample.columns.get(*at).is_some_and(|column| simple(column) == name));
    let column = named.next().filter(|column| *column != sample.address)?;
    (named.next().is_none() && !is_personal(&name) && !tells_apart(column, sample)).then_some(column)
}

fn is_personal(name: &str) -> bool {
    let is_number = name == "id" || name.ends_with("id") && !name.ends_with("aid") && !name.ends_with("oid");
    is_number || name == "name" || name == "tel" || PERSONAL.iter().any(|part| name.contains(part))
}

/// Whether every value of a column is another, so that each stands for one person.
fn tells_apart(column: usize, sample: &Sample) -> bool {
    let filled = || sample.rows.iter().filter_map(|row| row.fields.get(column)).filter(|value| !value.trim().is_empty());
    let different: HashSet<&String> = filled().collect();
    different.len() >= ENOUGH && different.len() == filled().count()
}

/// A value that is a word or a small number.
fn is_harmless(value: &str) -> bool {
    !value.is_empty() && value.chars().count() <= LONGEST && tells_nobody(value)
}

/// No e-mail address, no long number, no token.
fn tells_nobody(value: &str) -> bool {
    let longest_number = value.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    !value.contains('@') && longest_number < 6 && super::masked::masked(&format!("/{value}")) == format!("/{value}")
}

/// A name without capitals, blanks and marks.
fn simple(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text of a tag as it stands in the address: without the entities of HTML.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::message::Message;
    use crate::settings::Settings;

    fn sample() -> Sample {
        let row = |line, fields: [&str; 7]| Row { line, fields: fields.map(str::to_owned).to_vec() };
        Sample {
            path: "list.csv".into(),
            columns: ["Email", "City", "First Name", "Customer ID", "Store", "Phone", "Page"].map(str::to_owned).to_vec(),
            address: 0,
            rows: vec![
                row(2, ["a@a.example", "", "Ann", "17", "north", "1", "https://a.example/ulm"]),
                row(3, ["b@a.example", "São Paulo", "Bo", "18", "south east", "2", "a.example/bonn"]),
                row(4, ["c@a.example", "Ulm/Donau", "Cy", "19", "north", "3", "https://a.example/alone"]),
                row(5, ["d@a.example", "Ulm/Donau", "Di", "20", "4915112345678", "4", "https://a.example/ulm"]),
            ],
        }
    }

    fn fill(href: &str) -> Vec<(String, u64)> {
        let html = format!("<p>Hi {{{{ first_name }}}} and {{{{ city }}}}</p><a href=\"{href}\">x</a>");
        let message = Message::parse("draft.html", html.into_bytes()).expect("a draft");
        let settings = Settings { esp: Some("klaviyo".to_owned()), ..Settings::default() };
        let facts = Facts::notice(&message, &settings);
        filled(&facts.links[0], &facts.tags, &sample())
    }

    #[test]
    fn plain_fields_are_filled_in() {
        let at = |url: &str, line| (url.to_owned(), line);
        assert_eq!(
            fill("https://shop.example/{{ city }}?a=1&amp;b=2"),
            [at("https://shop.example/S%C3%A3o%20Paulo?a=1&b=2", 3), at("https://shop.example/Ulm%2FDonau?a=1&b=2", 4)]
        );
        assert_eq!(
            fill("https://shop.example/?s={{ store|default:'x' }}"),
            [at("https://shop.example/?s=north", 2), at("https://shop.example/?s=south%20east", 3)]
        );
    }

    #[test]
    fn a_field_may_hold_a_whole_address() {
        let at = |url: &str, line| (url.to_owned(), line);
        assert_eq!(fill("{{ page }}"), [at("https://a.example/ulm", 2)]);
        assert_eq!(fill("{{ page }}?s={{ store }}"), [at("https://a.example/ulm?s=north", 2)]);
    }

    #[test]
    fn what_tells_people_apart_is_not() {
        for href in [
            "https://shop.example/?e={{ email }}",
            "https://shop.example/?c={{ customer_id }}",
            "https://shop.example/?c={{ phone }}",
            "https://{{ city }}.shop.example/",
            "{{ city }}/x",
            "x{{ page }}",
            "https://shop.example/{{ nobody }}",
            "https://shop.example/{{ city|upper }}",
            "https://shop.example/{% if city %}a{% endif %}",
            "https://shop.example/",
        ] {
            assert_eq!(fill(href), [], "{href}");
        }
    }
}
