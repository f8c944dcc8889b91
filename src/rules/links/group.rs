//! Links by address: a fault of an address is one finding, however often the address stands in the mail.

use super::dead_link::name_of;
use crate::facts::Link;
use crate::finding::Finding;
use crate::links::merge_tag;
use crate::rule::Context;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// Most further places that one finding lists.
const MOST_PLACES: usize = 20;

/// The links with one address.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    /// The first of them.
    pub(super) first: &'a Link,
    links: &'a [Link],
    numbers: &'a [(usize, usize)],
}

impl<'a> Group<'a> {
    /// All of them.
    pub(super) fn all(self) -> impl Iterator<Item = &'a Link> {
        self.numbers.iter().filter_map(move |(_, number)| self.links.get(*number))
    }
}

/// The links of the draft by address, in the order of the draft; those that only Outlook sees behind the others.
pub(super) fn by_address<'a>(context: &Context<'a>) -> impl Iterator<Item = Group<'a>> {
    let links = context.facts.links.as_slice();
    let group = move |numbers: &'a [(usize, usize)]| Some(Group { first: links.get(numbers.first()?.1)?, links, numbers });
    context.facts.links_by_address().filter_map(group)
}

/// One finding for all links of a group whose address has a fault.
pub(super) fn one_each(context: &Context<'_>, fault: impl Fn(&Link) -> Option<String>) -> Vec<Finding> {
    let faulty = by_address(context).filter_map(|group| Some((group, fault(group.first)?)));
    faulty.filter_map(|(group, fault)| finding(&group.all().collect::<Vec<_>>(), &fault)).collect()
}

/// One finding at the first of several links, with the others beside it. `says` goes on after the link's name.
pub(super) fn finding(links: &[&Link], says: &str) -> Option<Finding> {
    let (first, others) = links.split_first()?;
    let more = if others.is_empty() { String::new() } else { format!("; {}", counted(others.len(), "place more", "places more")) };
    Some(further(Finding::new(place(first), format!("{} {says}{more}", name_of(first))), others))
}

/// Adds further links to a finding.
pub(super) fn further(finding: Finding, links: &[&Link]) -> Finding {
    links.iter().take(MOST_PLACES).fold(finding, |finding, link| finding.related(place(link), name_of(link)))
}

/// The place of a link's address; of its tag where the address is empty.
pub(super) fn place(link: &Link) -> Span {
    if link.span.text().is_empty() { link.tag.clone() } else { link.span.clone() }
}

/// Whether the address stands in the draft as readers will get it, without a merge tag in it.
pub(in crate::rules) fn is_literal(link: &Link) -> bool {
    !link.tagged && *link.plain.get_or_init(|| merge_tag(&link.href).is_none())
}

/// One finding for each fault, whichever addresses have it. The fault is said after the first link's name.
pub(super) fn by_fault<'a>(faults: impl Iterator<Item = (Group<'a>, String)>) -> Vec<Finding> {
    let mut grouped: Vec<(String, Vec<&Link>)> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (group, fault) in faults {
        let at = *known.entry(fault.clone()).or_insert(grouped.len());
        match grouped.get_mut(at) {
            Some((_, same)) => same.extend(group.all()),
            None => grouped.push((fault, group.all().collect())),
        }
    }
    grouped.iter().filter_map(|(fault, links)| finding(links, fault)).collect()
}

/// A word with its number: `1 link`, `12 links`.
pub(in crate::rules) fn counted(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// Whether a host is a domain or stands below it.
pub(in crate::rules) fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|head| head.is_empty() || head.ends_with('.'))
}
