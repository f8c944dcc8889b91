//! People said yes to something else.

use super::{plain, values};
use crate::audience::{Audience, ListFacts};
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "other-topic",
    severity: Severity::Warn,
    summary: "People on the send list have not said yes to the topic of the mail",
    repair: Repair::StopSending,
    page: include_str!("other_topic.md"),
    check: Check::Asked(|settings, _| settings.people.topic.is_some(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let Some(topic) = context.settings.people.topic.as_deref() else { return Vec::new() };
    let own = |list: &ListFacts| list.columns.iter().find(|column| plain(&column.name) == plain(topic)).map(|column| column.index);
    let has_not = |value: &str| match plain(value).as_str() {
        "yes" | "true" | "1" | "y" | "x" => false,
        _ => !value.split([',', ';', '|', '/']).any(|word| plain(word) == plain(topic)),
    };
    values(
        context,
        audience,
        ("topic", "topics"),
        |list| own(list).or(list.export.topics),
        has_not,
        &format!("have said yes to other things than {topic}"),
    )
}
