//! A link that no reader can open.

use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::links::{Answer, Links, Standing};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "dead-link",
    severity: Severity::Block,
    summary: "A link leads to a page that does not exist or cannot be reached by anybody",
    repair: Repair::Redirect,
    page: include_str!("dead_link.md"),
    check: Check::Links(check),
};

fn check(context: &Context<'_>, links: &Links) -> Vec<Finding> {
    with_standing(context, links, Standing::Dead, |link, answer| {
        Finding::new(link.span.clone(), format!("{} is dead: {}", name_of(link), answer.reason))
            .help("open the address in a browser, and put the right one in its place")
    })
}

/// A finding for each link whose address has a standing.
pub(super) fn with_standing(
    context: &Context<'_>,
    links: &Links,
    standing: Standing,
    word: impl Fn(&Link, &Answer) -> Finding,
) -> Vec<Finding> {
    let judged = context.facts.links.iter().filter_map(|link| Some((link, links.get(&link.href)?)));
    judged.filter(|(_, answer)| answer.standing == standing).map(|(link, answer)| word(link, answer)).collect()
}

/// What a reader calls the link: its words, or that it is a picture.
pub(super) fn name_of(link: &Link) -> String {
    let text: String = link.text.chars().take(60).collect();
    match text.trim() {
        "" => String::from("the link of a picture"),
        text if text == link.href => String::from("this link"),
        text => format!("the link \"{text}\""),
    }
}
