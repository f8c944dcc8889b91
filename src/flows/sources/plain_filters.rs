//! The filters and segments of flows that somebody wrote down by hand.

use super::super::condition::{Asks, Condition, number};
use super::super::flow::{Filter, Group, GroupKind, Segment};
use super::super::tree::Tree;
use crate::error::Error;

/// The keys of a filter.
pub(super) const FILTERS: [&str; 8] = ["on", "not-on", "tagged", "not-tagged", "customers", "not-imported", "only-if", "where"];

const SEGMENT: [&str; 11] = ["name", "id", "note", "on", "not-on", "tagged", "not-tagged", "customers", "not-imported", "only-if", "where"];

/// The filters that a table has beside other things.
pub(super) fn filters(tree: &Tree) -> Result<Vec<Filter>, Error> {
    let mut filters = Vec::new();
    for (key, kind, inside) in [
        ("on", GroupKind::List, true),
        ("not-on", GroupKind::List, false),
        ("tagged", GroupKind::Tag, true),
        ("not-tagged", GroupKind::Tag, false),
    ] {
        for name in tree.get(key).into_iter().flat_map(Tree::one_or_more).filter_map(Tree::word) {
            filters.push(Filter::Member(Group::new(kind, name), inside));
        }
    }
    filters.extend(tree.flag("customers").map(Filter::Customer));
    filters.extend(tree.flag("not-imported").filter(|is| *is).map(|_| Filter::NotImported));
    for one in tree.get("where").into_iter().flat_map(Tree::one_or_more) {
        filters.push(Filter::Column(condition(one)?));
    }
    filters.extend(
        tree.get("only-if").into_iter().flat_map(Tree::one_or_more).filter_map(Tree::word).map(|words| Filter::Unknown(words.to_owned())),
    );
    Ok(filters)
}

const CONDITION: &str = "write { column = \"country\", is = \"GB\" }, with one of is, is-not, holds, holds-not, at-least, at-most, more-than, less-than or filled = true";

/// What is asked of a column.
fn condition(tree: &Tree) -> Result<Condition, Error> {
    tree.only(&["column", "is", "is-not", "holds", "holds-not", "at-least", "at-most", "more-than", "less-than", "filled"])?;
    let column = tree.text("column").ok_or_else(|| Error::at(&tree.span, "it is not said which column is meant").help(CONDITION))?;
    let words = |key: &str| {
        let words: Vec<String> = tree.get(key)?.one_or_more().into_iter().filter_map(Tree::said).collect();
        (!words.is_empty()).then_some(words)
    };
    let limit = |key: &str| tree.text(key).and_then(number);
    let found = [
        words("is").map(|words| Asks::Word(words, true)),
        words("is-not").map(|words| Asks::Word(words, false)),
        words("holds").map(|words| Asks::Part(words, true)),
        words("holds-not").map(|words| Asks::Part(words, false)),
        limit("at-least").map(|number| Asks::AtLeast(number, false)),
        limit("more-than").map(|number| Asks::AtLeast(number, true)),
        limit("at-most").map(|number| Asks::AtMost(number, false)),
        limit("less-than").map(|number| Asks::AtMost(number, true)),
        tree.flag("filled").map(Asks::Filled),
    ];
    let mut found = found.into_iter().flatten();
    match (found.next(), found.next()) {
        (Some(asks), None) => Ok(Condition { column: column.to_owned(), asks }),
        _ => Err(Error::at(&tree.span, format!("it is not understood what is asked of the column {column}")).help(CONDITION)),
    }
}

/// `[[segment]]`.
pub(super) fn segment(tree: &Tree) -> Result<Segment, Error> {
    tree.only(&SEGMENT)?;
    let name = tree.get("name").ok_or_else(|| Error::at(&tree.span, "this segment has no name").help("write name = \"vip customers\""))?;
    let group = Group { id: tree.text("id").map(str::to_owned), ..Group::new(GroupKind::Segment, name.word().unwrap_or_default()) };
    let all = filters(tree)?;
    if all.is_empty() {
        return Err(Error::at(&tree.span, format!("it is not said who is in the segment {}", group.name))
            .help("write where = [{ column = \"country\", is = \"GB\" }], or on = \"a list\""));
    }
    Ok(Segment { group, all, span: name.span.clone() })
}
