//! Which columns of the send list the draft prints, and by which tags.

use crate::audience::{Audience, ColumnProfile, ListFacts, Seen, Trait};
use crate::facts::MergeTag;
use crate::finding::{Finding, grouped};
use crate::rule::Context;
use crate::settings::Role;
use crate::tags::{Kind, Standing};

/// A column that a tag of the draft prints.
pub(super) struct Printed<'a> {
    pub(super) tag: &'a MergeTag,
    pub(super) list: &'a ListFacts,
    pub(super) column: &'a ColumnProfile,
    /// Whether it is the first or the whole name.
    pub(super) is_name: bool,
    /// Whether any row has something in it.
    pub(super) is_filled: bool,
    people: u64,
}

/// Words by which platforms call the first, the last and the whole name, as `plain` leaves them.
const FIRST: [&str; 7] = ["firstname", "fname", "givenname", "first", "vorname", "prenom", "forename"];
const LAST: [&str; 6] = ["lastname", "lname", "surname", "familyname", "last", "nachname"];
const WHOLE: [&str; 4] = ["name", "fullname", "displayname", "contactname"];

/// Every column of the send lists that the draft prints, in the order of the draft. A draft that is filled in already prints none.
pub(super) fn printed<'a>(context: &'a Context<'_>, audience: &'a Audience) -> Vec<Printed<'a>> {
    let Some(decision) = &context.facts.tags.decision else { return Vec::new() };
    if context.is_finished() {
        return Vec::new();
    }
    let people = audience.people_on(Role::Send);
    let send = || audience.lists.iter().filter(|list| list.role == Role::Send);
    let mut found = Vec::new();
    for tag in context.facts.tags.tags.iter().filter(|tag| tag.is_seen() && tag.tag.kind == Kind::Print) {
        if !matches!(tag.reading.standing, Standing::Own | Standing::Neutral) {
            continue;
        }
        let Some(name) = decision.field(&tag.tag).map(last_part) else { continue };
        for (list, at) in send().filter_map(|list| Some((list, column(list, &name)?))) {
            let Some(column) = list.columns.get(at) else { continue };
            if list.in_warehouse && column.filled + column.empty.rows == 0 {
                continue;
            }
            let is_name = list.export.first_name == Some(at) || list.export.full_name == Some(at);
            found.push(Printed { tag, list, column, is_name, is_filled: column.filled > 0, people });
        }
    }
    found
}

/// The column that a field of the person names: one of that name, or the one with that meaning.
fn column(list: &ListFacts, name: &str) -> Option<usize> {
    let export = &list.export;
    let by_name = list.columns.iter().find(|column| plain(&column.name) == name).map(|column| column.index);
    by_name.or_else(|| match name {
        _ if FIRST.contains(&name) => export.first_name,
        _ if LAST.contains(&name) => export.last_name,
        _ if WHOLE.contains(&name) => export.full_name,
        _ => None,
    })
}

/// `contact.FIRSTNAME` is `firstname`.
fn last_part(field: &str) -> String {
    plain(field.rsplit(['.', '=']).next().unwrap_or(field))
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Printed<'_> {
    /// The finding that rows of this column have a trait, if any have; `what` goes on "3 people on to.csv have … in `name`".
    pub(super) fn with_trait(&self, of: Trait, what: &str, help: &str) -> Option<Finding> {
        let seen = self.column.seen(of);
        (seen.rows > 0).then(|| self.finding(seen, what, help))
    }

    /// The finding that some rows of this column have something; `what` goes on "3 of the 312 rows of to.csv have … in `name`".
    pub(super) fn finding(&self, seen: Seen, what: &str, help: &str) -> Finding {
        let (path, name) = (&self.list.path, &self.column.name);
        let have = if seen.rows == 1 { "has" } else { "have" };
        let message = format!(
            "{} of the {} rows of {path} {have} {what} in `{name}`, which the draft prints",
            grouped(seen.rows),
            grouped(self.list.rows)
        );
        let people = self.list.row(seen.first_line);
        Finding::new(self.tag.span.clone(), message).reach(seen.rows, self.people).people(people).help(help)
    }

    /// Whether a condition of the draft asks for the same field, so that the tag may stand only for those who have a value.
    pub(super) fn is_guarded(&self, context: &Context<'_>) -> bool {
        let Some(field) = self.tag.tag.field.as_deref() else { return true };
        let opens = context.facts.tags.tags.iter().filter(|tag| matches!(tag.tag.kind, Kind::Open(_) | Kind::Code));
        opens.into_iter().any(|tag| tag.tag.inside.contains(field) || tag.tag.inside.contains(&last_part(field)))
    }
}
