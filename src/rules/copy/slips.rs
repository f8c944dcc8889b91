//! Lists of slips, `language|sign|pattern|what was meant`, one a line; a slash in a pattern stands between alternatives.

use super::marks::signed;
use super::signs::seen;
use super::words::language;
use crate::facts::Passage;
use crate::finding::Finding;
use crate::offers::Language;
use crate::rule::Context;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// A slip that passes every spelling checker.
pub(super) struct Slip {
    language: Language,
    /// Words without which the pattern does not match, lower case.
    sign: &'static str,
    pattern: &'static str,
    /// Compiled where the sign was met; most patterns never are.
    compiled: OnceLock<Option<Regex>>,
    meant: &'static str,
}

impl Slip {
    fn compiled(&self) -> Option<&Regex> {
        let compile = || Regex::new(&format!(r"(?i)\b(?:{})\b", self.pattern.replace('/', "|"))).ok();
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// The slips of a list.
pub(super) struct Slips {
    slips: Vec<Slip>,
    /// Their places in the list by their signs.
    by_sign: FxHashMap<&'static str, Vec<usize>>,
}

impl Slips {
    /// The signs of all slips.
    pub(super) fn signs(&self) -> Vec<&'static str> {
        self.by_sign.keys().copied().collect()
    }
}

/// The slips of a list.
pub(super) fn read(list: &'static str) -> Slips {
    let slip = |line: &'static str| {
        let mut columns = line.splitn(4, '|');
        let language = Language::of_tag(columns.next()?)?;
        let (sign, pattern, meant) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Slip { language, sign, pattern, compiled: OnceLock::new(), meant })
    };
    let slips: Vec<Slip> = list.lines().filter_map(slip).collect();
    let mut by_sign: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, slip) in slips.iter().enumerate() {
        by_sign.entry(slip.sign).or_default().push(at);
    }
    Slips { slips, by_sign }
}

/// A finding for each slip. `says` goes with the slip, `help` with what was meant.
pub(super) fn findings(slips: &Slips, context: &Context<'_>, says: impl Fn(&str) -> String, help: impl Fn(&str) -> String) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in signed(context) {
        for (range, meant) in find(slips, context, passage) {
            let slip = passage.text.get(range.clone()).unwrap_or_default();
            findings.push(Finding::new(passage.span(range), says(slip)).help(help(meant)));
        }
    }
    findings
}

/// The slips in a passage, each with what was meant.
fn find(slips: &Slips, context: &Context<'_>, passage: &Passage) -> Vec<(Range<usize>, &'static str)> {
    let mut signed: Vec<usize> = seen(passage).iter().filter_map(|sign| slips.by_sign.get(sign)).flatten().copied().collect();
    if signed.is_empty() {
        return Vec::new();
    }
    signed.sort_unstable();
    signed.dedup();
    let spoken = language(context, passage);
    let signed = signed.into_iter().filter_map(|at| slips.slips.get(at)).filter(|slip| slip.language == spoken);
    let found = signed.filter_map(|slip| Some((slip.compiled()?.find(&passage.text)?.range(), slip.meant)));
    found.filter(|(range, _)| !passage.is_sample(range)).collect()
}

#[cfg(test)]
pub(super) fn faults(list: &'static str) -> Vec<String> {
    let Slips { slips, .. } = read(list);
    let mut faults: Vec<String> = slips.iter().filter(|slip| slip.compiled().is_none()).map(|slip| slip.pattern.to_owned()).collect();
    faults.extend(slips.iter().filter(|slip| !super::signs::is_looked_for(slip.sign)).map(|slip| slip.sign.to_owned()));
    if slips.len() != list.lines().count() {
        faults.push(String::from("a line that cannot be read"));
    }
    faults
}
