//! A link to a domain that is nearly one of the sender's own.

use super::group::{by_address, finding};
use super::own::domains;
use crate::facts::Link;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use rustc_hash::FxHashMap;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "lookalike-domain",
    severity: Severity::Block,
    summary: "A link leads to a domain that is one slip away from the sender's own",
    repair: Repair::Nothing,
    page: include_str!("lookalike_domain.md"),
    check: Check::Draft(check),
};

/// Shortest name, without its ending, of which a neighbour by one letter is taken for a slip.
const SHORTEST_NAME: usize = 6;

/// Endings that are mostly another one with a letter lost.
const SLIPPED_ENDINGS: [(&str, &str); 6] = [("co", "com"), ("cm", "com"), ("om", "com"), ("ne", "net"), ("og", "org"), ("cam", "com")];

/// Letters of other scripts that look like Latin ones.
const CONFUSABLE: [(char, char); 22] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('һ', 'h'),
    ('ӏ', 'l'),
    ('ո', 'n'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('α', 'a'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ρ', 'p'),
    ('ı', 'i'),
    ('ɡ', 'g'),
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = domains(context);
    if own.is_empty() {
        return Vec::new();
    }
    let foreign = || by_address(context).filter_map(|group| Some((group, group.first.site().filter(|site| !own.contains(*site))?)));
    let mut addresses: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, site) in foreign() {
        *addresses.entry(site).or_default() += 1;
    }
    let findings = foreign().filter_map(|(group, site)| {
        let first = group.first;
        // A domain that several links lead to is there on purpose.
        let meant = own.iter().find(|own| is_slip(first, site, own, addresses.get(site).copied().unwrap_or_default()))?;
        let shown = shown_host(first);
        Some(
            finding(&group.all().collect::<Vec<_>>(), &format!("leads to {shown}, not to {meant}"))?
                .help(format!("write {meant}; if {site} is yours too, name it in `domains`")),
        )
    });
    findings.collect()
}

/// The host as it is written.
fn shown_host(link: &Link) -> &str {
    let rest = link.href.split_once("//").map_or(link.href.as_str(), |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn is_slip(link: &Link, site: &str, own: &str, addresses: usize) -> bool {
    let (Some((name, ending)), Some((own_name, own_ending))) = (site.split_once('.'), own.split_once('.')) else { return false };
    if site.contains("xn--") {
        return plain(&shown_host(link).to_lowercase()).ends_with(own);
    }
    let glued = name.strip_prefix("www").is_some_and(|rest| rest.trim_start_matches('-') == own_name);
    if (name == own_name && SLIPPED_ENDINGS.contains(&(ending, own_ending))) || (glued && ending == own_ending) {
        return true;
    }
    ending == own_ending && addresses == 1 && own_name.len() >= SHORTEST_NAME && (looks_like(name, own_name) || one_slip(name, own_name))
}

/// A name as it looks, with confusable letters replaced.
fn plain(name: &str) -> String {
    let latin: String = name.chars().map(|c| CONFUSABLE.iter().find(|(other, _)| *other == c).map_or(c, |(_, latin)| *latin)).collect();
    latin
}

/// `rn` for `m`, `1` for `l`: another name that looks the same.
fn looks_like(name: &str, own: &str) -> bool {
    let look = |name: &str| name.replace("rn", "m").replace("vv", "w").replace('0', "o").replace(['1', 'i'], "l");
    name != own && look(name) == look(own)
}

/// One letter more, less, other or swapped; numbers that count hosts are no slips.
fn one_slip(name: &str, own: &str) -> bool {
    let without_numbers = |name: &str| name.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    strsim::damerau_levenshtein(name, own) == 1 && without_numbers(name) != without_numbers(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_names() {
        for name in ["brightnook", "brightnok", "brihgtnook", "bright-nook", "brlghtnook"] {
            assert_eq!(one_slip(name, "brightnook") || looks_like(name, "brightnook"), name != "brightnook", "{name}");
        }
        assert!(!one_slip("cmail19", "cmail20") && !one_slip("brightnook2", "brightnook"));
        assert_eq!(plain("brіghtnооk.example"), "brightnook.example");
    }
}
