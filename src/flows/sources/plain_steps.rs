//! The steps of flows that somebody wrote down by hand.

use super::super::delay::{Minutes, Wait, Weekdays};
use super::super::flow::{Group, GroupKind, Mail, Step, Way};
use super::super::tree::Tree;
use super::plain_filters::{FILTERS, filters};
use crate::error::Error;

/// How many choices may lie in each other.
const DEEPEST: usize = 20;

const KEYS: [&str; 16] =
    ["send", "draft", "coupons", "live", "wait", "until", "days", "add", "remove", "tag", "untag", "start", "raise", "if", "then", "else"];

/// Reads steps in their order.
pub(super) fn steps(list: &[Tree], depth: usize) -> Result<Vec<Step>, Error> {
    list.iter().map(|one| step(one, depth)).collect()
}

fn step(tree: &Tree, depth: usize) -> Result<Step, Error> {
    tree.only(&KEYS)?;
    let list = |key: &str| tree.text(key).map(|name| Group::new(GroupKind::List, name));
    let tag = |key: &str| tree.text(key).map(|name| Group::new(GroupKind::Tag, name));
    let found = [
        tree.get("send").map(|send| Step::Send(mail(tree, send))),
        list("add").map(Step::Join),
        list("remove").map(Step::Leave),
        tag("tag").map(Step::Join),
        tag("untag").map(Step::Leave),
        tree.text("start").map(|name| Step::Start(name.to_owned())),
        tree.text("raise").map(|name| Step::Raise(name.to_owned())),
    ];
    if let Some(step) = found.into_iter().flatten().next() {
        return Ok(step);
    }
    if tree.get("wait").is_some() || tree.get("until").is_some() {
        return wait(tree).map(Step::Wait);
    }
    if let Some(condition) = tree.get("if").filter(|_| depth < DEEPEST) {
        condition.only(&FILTERS)?;
        let yes = Way { filters: filters(condition)?, steps: steps(tree.list("then"), depth + 1)? };
        let no = Way { filters: Vec::new(), steps: steps(tree.list("else"), depth + 1)? };
        return Ok(Step::Split(vec![yes, no]));
    }
    Err(Error::at(&tree.span, "this step is not understood")
        .help("write { send = \"subject\" }, { wait = \"3 days\" }, { add = \"list\" }, { remove = \"list\" }, { tag = \"tag\" }, { start = \"flow\" }, { raise = \"event\" } or { if = { on = \"list\" }, then = […], else = […] }"))
}

fn mail(tree: &Tree, send: &Tree) -> Mail {
    let codes = tree.get("coupons").into_iter().flat_map(Tree::one_or_more).filter_map(Tree::word);
    Mail {
        name: send.word().unwrap_or_default().to_owned(),
        draft: tree.text("draft").map(str::to_owned),
        codes: codes.map(str::to_owned).collect(),
        live: tree.flag("live").unwrap_or(true),
        capped: false,
        span: send.span.clone(),
    }
}

fn wait(tree: &Tree) -> Result<Wait, Error> {
    let length = super::plain::length(tree, "wait")?.unwrap_or(Minutes(0));
    let mut wait = Wait::of(length);
    if let Some(until) = tree.get("until") {
        let time = until.word().and_then(|time| time.parse().ok());
        wait.until = Some(time.ok_or_else(|| Error::at(&until.span, "this is not a time of day").help("write it as \"09:00\""))?);
    }
    if let Some(days) = tree.get("days") {
        let names: Vec<&str> = days.one_or_more().into_iter().filter_map(Tree::word).collect();
        wait.weekdays = Weekdays::of(names)
            .ok_or_else(|| Error::at(&days.span, "these are not days of the week").help("write them as [\"mon\", \"tue\"]"))?;
    }
    Ok(wait)
}
