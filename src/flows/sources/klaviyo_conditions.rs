//! Klaviyo's conditions on profiles, in filters of flows and definitions of segments.

use super::super::condition::{Asks, Condition, number};
use super::super::flow::{Filter, Group, GroupKind, Segment};
use super::super::tree::Tree;

/// Groups of conditions: each group must be met, by any of its conditions.
pub(super) fn conditions(filter: Option<&Tree>, own: Option<&str>) -> Vec<Filter> {
    let groups = filter.map(|filter| filter.list("condition_groups")).unwrap_or_default();
    let group = |group: &Tree| {
        let mut filters: Vec<Filter> = group.list("conditions").iter().map(|one| condition(one, own)).collect();
        if filters.len() == 1 { filters.pop() } else { Some(Filter::Any(filters)) }
    };
    // A condition on the flow itself is said by its re-entry.
    groups.iter().filter_map(group).filter(|filter| *filter != Filter::Any(Vec::new())).collect()
}

fn condition(tree: &Tree, own: Option<&str>) -> Filter {
    let kind = tree.text("type").unwrap_or("no type");
    match kind {
        "profile-group-membership" => {
            let inside = tree.flag("is_member").unwrap_or(true);
            let mut ids: Vec<Filter> = tree
                .list("group_ids")
                .iter()
                .filter_map(Tree::word)
                .map(|id| Filter::Member(Group::numbered(GroupKind::List, id), inside))
                .collect();
            if ids.len() == 1 { ids.remove(0) } else { Filter::Any(ids) }
        }
        "profile-marketing-consent" if only_forms(tree) => Filter::NotImported,
        "profile-not-in-flow" if own.is_some() && tree.text("flow_id").is_none_or(|id| Some(id) == own) => Filter::Any(Vec::new()),
        "profile-metric" if never(tree) => Filter::Customer(false),
        "profile-property" => property(tree).map_or_else(|| Filter::Unknown(String::from("a condition on a property")), Filter::Column),
        _ => Filter::Unknown(format!("a condition on {}", kind.trim_start_matches("profile-").replace('-', " "))),
    }
}

/// A segment with its definition (<https://developers.klaviyo.com/en/reference/segments_api_overview>).
pub(super) fn segment(id: &str, name: &str, definition: &Tree) -> Option<Segment> {
    let all = conditions(Some(definition), None);
    let group = Group { id: Some(id.to_owned()), ..Group::new(GroupKind::Segment, name) };
    (!all.is_empty()).then(|| Segment { group, all, span: definition.span.clone() })
}

/// A condition on what a column of a list may hold: `properties['Tier']`, `location['country']`, `first_name`.
fn property(tree: &Tree) -> Option<Condition> {
    let name = tree.text("property")?;
    let column = name.split_once("['").and_then(|(_, rest)| rest.strip_suffix("']")).unwrap_or(name).trim_start_matches('$').to_owned();
    let filter = tree.get("filter")?;
    let words = || {
        let words: Vec<String> = filter.get("value")?.one_or_more().into_iter().filter_map(Tree::said).collect();
        (!words.is_empty()).then_some(words)
    };
    let limit = || filter.text("value").and_then(number);
    let asks = match (filter.text("type")?, filter.text("operator")?) {
        ("string" | "numeric" | "boolean", "equals") | ("string", "in") => Asks::Word(words()?, true),
        ("string" | "numeric" | "boolean", "not-equals") | ("string", "not-in") => Asks::Word(words()?, false),
        ("string" | "list", "contains") => Asks::Part(words()?, true),
        ("string" | "list", "not-contains") => Asks::Part(words()?, false),
        ("numeric", "greater-than") => Asks::AtLeast(limit()?, true),
        ("numeric", "greater-than-or-equal") => Asks::AtLeast(limit()?, false),
        ("numeric", "less-than") => Asks::AtMost(limit()?, true),
        ("numeric", "less-than-or-equal") => Asks::AtMost(limit()?, false),
        ("existence", "is-set") => Asks::Filled(true),
        ("existence", "is-not-set" | "not-set") => Asks::Filled(false),
        _ => return None,
    };
    Some(Condition { column, asks })
}

/// Whether a condition on consent wants a form, which an import is not.
fn only_forms(tree: &Tree) -> bool {
    let method = tree.at(&["consent", "consent_status", "filters"]).map(Tree::items).unwrap_or_default();
    let wanted =
        |filter: &Tree| filter.text("field") == Some("method") && filter.at(&["filter", "value"]).and_then(Tree::word) == Some("form");
    method.iter().any(wanted)
}

/// "Placed Order zero times over all time": the metric is only known by its number, so its name must be in the file.
fn never(tree: &Tree) -> bool {
    let is_order = tree.text("metric_name").is_some_and(|name| name.eq_ignore_ascii_case("placed order"));
    let zero = tree.at(&["measurement_filter", "value"]).and_then(Tree::word).is_some_and(|value| value == "0");
    let always = tree.at(&["timeframe_filter", "operator"]).and_then(Tree::word).is_none_or(|word| word == "alltime");
    is_order && zero && always
}
