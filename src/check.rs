//! Runs the rules over a draft and what is known beside it.

mod mark;

pub use mark::{fingerprint, mark};

use crate::audience::Audience;
use crate::coupons::{Coupon, Coupons};
use crate::evidence::Evidence;
use crate::facts::MergeTag;
use crate::finding::{Finding, Severity};
use crate::flows::Rehearsal;
use crate::links::{Answer, Links, Standing};
use crate::rule::{Check, Context, Fields, Need, Rule, Scope};
use crate::settings::{Level, Required, Role};
use crate::source::Span;
use crate::spelling::Dictionary;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

/// A finding with the rule that made it and the severity that holds here.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What was found.
    pub finding: Finding,
    /// The same for this finding as long as its words stand in the draft, whatever its lines.
    pub mark: u128,
}

/// What the rules said about one draft.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings, the worst first, then in the order of the file.
    pub findings: Vec<Reported>,
    /// Rules that ran and found nothing.
    pub passed: Vec<&'static Rule>,
    /// Rules that could not run, and what was missing.
    pub skipped: Vec<(&'static Rule, Need)>,
    /// Required checks that could not be made.
    pub lacking: Vec<Required>,
}

/// Runs every rule that is not switched off.
pub fn check(context: &Context<'_>, evidence: Evidence<'_>, rules: &[&'static Rule]) -> Outcome {
    let mut outcome = Outcome { passed: Vec::with_capacity(rules.len()), ..Outcome::default() };
    let mut concerned = BTreeMap::new();
    // What the web said, where it said anything.
    let told = Evidence { links: evidence.links.filter(|links| tells_anything(context, links)), ..evidence };
    for &rule in rules.iter().filter(|rule| is_meant(rule, context, evidence)) {
        let level = context.settings.levels.get(rule.name).copied();
        let Some(severity) = level.map_or(Some(rule.severity), Level::severity) else { continue };
        match run(rule, context, told) {
            Err(need) if *concerned.entry(need).or_insert_with(|| concerns(need, context, evidence)) => outcome.skipped.push((rule, need)),
            Err(_) => {}
            Ok(findings) if findings.is_empty() => outcome.passed.push(rule),
            Ok(findings) => {
                let found = joined(findings).into_iter().map(|finding| with_cost(finding, context, evidence));
                let own = |finding: &Finding| finding.severity.filter(|_| level.is_none()).unwrap_or(severity);
                outcome.findings.extend(found.map(|finding| Reported { rule, severity: own(&finding), finding, mark: 0 }));
            }
        }
    }
    give_way(&mut outcome.findings);
    outcome.findings.sort_by_cached_key(|reported| {
        let span = reported.finding.span.in_file();
        (Reverse(reported.severity), span.source.name().to_owned(), span.start, reported.rule.name, reported.finding.message.clone())
    });
    mark(&mut outcome.findings);
    outcome.lacking = context.settings.require.iter().copied().filter(|required| is_lacking(*required, context, evidence)).collect();
    outcome
}

/// Runs every rule about rehearsals that is not switched off. `levels` of the plan win over those of the settings file.
pub fn rehearse(rehearsal: &Rehearsal, levels: &BTreeMap<String, Level>, rules: &[&'static Rule]) -> Outcome {
    let mut outcome = Outcome::default();
    for &rule in rules {
        let Check::Rehearsal(check) = rule.check else { continue };
        let level = rehearsal.plan.levels.get(rule.name).or_else(|| levels.get(rule.name)).copied();
        let Some(severity) = level.map_or(Some(rule.severity), Level::severity) else { continue };
        let findings = check(rehearsal);
        if findings.is_empty() {
            outcome.passed.push(rule);
        }
        outcome.findings.extend(findings.into_iter().map(|finding| Reported { rule, severity, finding, mark: 0 }));
    }
    outcome.findings.sort_by_key(|reported| Reverse(reported.severity));
    mark(&mut outcome.findings);
    outcome
}

/// What a reader sees stands for what a column or a tag lets expect: one fault is told once.
fn give_way(findings: &mut Vec<Reported>) {
    let seen: Vec<Span> = findings
        .iter()
        .filter(|reported| matches!(reported.rule.check, Check::Proof(_)))
        .flat_map(|reported| [&reported.finding.span].into_iter().chain(reported.finding.related.iter().map(|(span, _)| span)).cloned())
        .collect();
    findings.retain(|reported| !GIVE_WAY.contains(&reported.rule.name) || !seen.iter().any(|span| span.overlaps(&reported.finding.span)));
}

/// Rules that expect what the proof sees.
const GIVE_WAY: [&str; 2] = ["empty-field", "unencoded-field"];

/// Findings that say the same of several places are one finding: the HTML and the text part repeat each other.
fn joined(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut by_message: HashMap<String, usize> = HashMap::new();
    // Where the others of a finding begin and end: only what is met again has to be looked for among them.
    let mut met: HashSet<(usize, usize, usize)> = HashSet::new();
    for finding in findings {
        let next = kept.len();
        let index = *by_message.entry(finding.message.clone()).or_insert(next);
        if let Some(first) = kept.get_mut(index) {
            for place in [(finding.span, String::from("here too"))].into_iter().chain(finding.related) {
                if met.insert((index, place.0.start, place.0.end)) || !first.related.contains(&place) {
                    first.related.push(place);
                }
            }
        } else {
            met.extend(finding.related.iter().map(|(span, _)| (next, span.start, span.end)));
            kept.push(finding);
        }
    }
    kept
}

/// Runs one rule, or says what it lacks.
fn run(rule: &Rule, context: &Context<'_>, evidence: Evidence<'_>) -> Result<Vec<Finding>, Need> {
    let links = evidence.links.ok_or(Need::Links);
    let audience = evidence.audience.filter(|_| evidence.has(Need::Audience)).ok_or(Need::Audience);
    let coupons = evidence.coupons.ok_or(Need::Coupons);
    let compared = |scope: Scope| match scope.roles.iter().find(|role| evidence.has(Need::List(**role))) {
        Some(_) => Ok(()),
        None if scope.roles.is_empty() => Ok(()),
        None => Err(scope.roles.first().map_or(Need::Audience, |role| Need::List(*role))),
    };
    Ok(match rule.check {
        Check::Draft(check) | Check::Unlisted(check) => check(context),
        Check::Telling(check) => check(context)?,
        // A rehearsal is about no draft: see [`rehearse`]. Exceptions are judged once all drafts are checked.
        Check::Rehearsal(_) | Check::Exceptions(_) => Vec::new(),
        Check::Links(check) => check(context, links?),
        Check::Pictures(check) => {
            let found = check(context, links.ok());
            // Those inside the mail are judged always; that those on the web are fine, only an answer can say.
            match links {
                Err(need) if found.is_empty() && context.facts.images.iter().any(|image| image.web_source().is_some()) => return Err(need),
                _ => found,
            }
        }
        Check::Siblings(check) => check(context, evidence.siblings),
        Check::Approved(check) => evidence.approved.map_or_else(Vec::new, |approved| check(context, approved)),
        Check::Coupons(check) => check(context, coupons?),
        Check::Variants(check) => check(context, evidence.siblings, evidence.coupons),
        Check::AllCoupons(_) if !evidence.unanswered.is_empty() => return Err(Need::Coupons),
        Check::AllCoupons(check) => check(context, coupons?),
        Check::Audience(check) | Check::Asked(_, check) => check(context, audience?),
        Check::Rows(check) => check(context, audience.and_then(|audience| with_rows(audience, evidence))?),
        Check::Proof(check) => check(context, evidence.proof.ok_or_else(|| unproofed(evidence))?),
        Check::Fields(check) => check(context, &fields(context, evidence).ok_or(Need::Fields)?),
        Check::Size(check) => {
            let audience = audience?;
            check(context, audience, context.settings.audience.as_ref().ok_or(Need::Size)?)
        }
        Check::Overlap(scope, check) => {
            let audience = audience?;
            compared(scope)?;
            check(context, audience)
        }
        Check::Offers(scope, check) => {
            let (coupons, audience) = (coupons?, audience?);
            compared(scope)?;
            check(context, coupons, audience)
        }
        Check::Words(check) => check(context, dictionary(context, evidence).ok_or(Need::Dictionary)?),
        Check::FirstOrders(check) => {
            let (coupons, audience) = (coupons?, audience?);
            if any_coupon(context, coupons, |coupon| coupon.first_order_only == Some(true)) {
                compared(Scope { kinds: &[], roles: &[Role::Customers] })?;
            }
            check(context, coupons, audience)
        }
        Check::Entitled(check) => {
            let (coupons, audience) = (coupons?, audience?);
            if is_group_unknown(context, coupons, audience) {
                return Err(Need::Group);
            }
            check(context, coupons, audience)
        }
    })
}

/// The words of the mail's language, unless the settings leave it out.
fn dictionary<'a>(context: &Context<'_>, evidence: Evidence<'a>) -> Option<&'a Dictionary> {
    evidence.spelling.dictionary.or_else(|| Dictionary::brought_along(context.language()))
}

/// The audience, if the rows of its send lists were seen.
fn with_rows<'a>(audience: &'a Audience, evidence: Evidence<'_>) -> Result<&'a Audience, Need> {
    if evidence.has(Need::Rows) { Ok(audience) } else { Err(Need::Rows) }
}

/// What is missing where there is no proof.
fn unproofed(evidence: Evidence<'_>) -> Need {
    if evidence.has(Need::Audience) && !evidence.has(Need::Rows) { Need::Rows } else { Need::Audience }
}

/// Whether a code of the mail is for a customer group of which there is no list.
fn is_group_unknown(context: &Context<'_>, coupons: &Coupons, audience: &Audience) -> bool {
    any_coupon(context, coupons, |coupon| coupon.customer_group.as_ref().is_some_and(|group| audience.named(group) == 0))
}

/// Whether the shop knows a code of the mail that is such.
fn any_coupon(context: &Context<'_>, coupons: &Coupons, is_such: impl Fn(&Coupon) -> bool) -> bool {
    context.facts.codes.iter().filter_map(|code| coupons.find(&code.text)).any(|coupon| is_such(&coupon))
}

/// What a finding could cost, with the arithmetic, in its message.
fn with_cost(mut finding: Finding, context: &Context<'_>, evidence: Evidence<'_>) -> Finding {
    let send = evidence.audience.filter(|_| evidence.has(Need::Audience)).map(Audience::send_size);
    let everybody = send.or_else(|| context.settings.audience.as_ref().map(|expected| expected.people));
    let people = finding.reach.map(|reach| reach.people).or(everybody);
    if let (Some(stake), Some(people)) = (&finding.stake, people.filter(|people| *people > 0)) {
        let _ = write!(finding.message, "; {}", stake.for_people(people));
    }
    finding
}

/// The merge fields that people have: those of the brief, or the columns of the send list.
fn fields(context: &Context<'_>, evidence: Evidence<'_>) -> Option<Fields> {
    if !context.settings.fields.is_empty() {
        return Some(Fields { names: context.settings.fields.clone(), complete: true, source: "brief does" });
    }
    let send = evidence.audience?.lists.iter().filter(|list| list.role == Role::Send);
    let names: Vec<String> = send.flat_map(|list| list.columns.iter().map(|column| column.name.clone())).collect();
    (!names.is_empty()).then_some(Fields { names, complete: false, source: "send list does" })
}

/// Whether a rule is meant for this kind of mail, and for what is at hand beside it.
fn is_meant(rule: &Rule, context: &Context<'_>, evidence: Evidence<'_>) -> bool {
    if matches!(rule.check, Check::Rehearsal(_) | Check::Exceptions(_))
        || matches!(rule.check, Check::Unlisted(_)) && evidence.has(Need::Audience)
    {
        return false;
    }
    if matches!(rule.check, Check::Words(_)) && !context.settings.spelling.includes(context.language()) {
        return false;
    }
    let is_alone = matches!(rule.check, Check::Siblings(_) | Check::Variants(_)) && evidence.siblings.is_empty();
    if is_alone || matches!(rule.check, Check::Approved(_)) && evidence.approved.is_none() {
        return false;
    }
    if matches!(rule.check, Check::Asked(asks, _) if !asks(context.settings, evidence.audience)) {
        return false;
    }
    let kinds = rule.check.scope().map_or(&[][..], |scope| scope.kinds);
    kinds.is_empty() || context.kind().is_some_and(|kind| kinds.contains(&kind))
}

/// Whether the draft has anything in it for which the missing part would have been needed.
fn concerns(need: Need, context: &Context<'_>, evidence: Evidence<'_>) -> bool {
    match need {
        Need::Links => context.facts.has_addresses(),
        Need::Coupons => !context.facts.codes.is_empty() || context.code_tags().any(|tag| !is_column(tag, evidence)),
        Need::Group => !context.facts.codes.is_empty(),
        Need::Fields => !context.facts.tags.tags.is_empty(),
        // Nobody has to say who is a colleague or, beside the send list, who is meant.
        // Who says nothing about spelling does not wait for it.
        Need::Dictionary => context.settings.spelling.asked,
        Need::List(Role::Staff | Role::Intended | Role::RecentBuyers | Role::LastSend) => false,
        Need::List(Role::Everyone) => context.settings.people.segment.is_some(),
        Need::Audience | Need::Rows | Need::List(_) | Need::Size | Need::Rehearsal | Need::Footer | Need::Language | Need::OwnSites => true,
    }
}

/// The answers of the draft's links, without those that nobody was asked for.
fn answers<'a>(context: &'a Context<'_>, links: &'a Links) -> impl Iterator<Item = &'a Answer> {
    context.facts.addresses().into_iter().filter_map(|address| links.get(address))
}

/// Whether the web said anything about the draft's links; a draft without any needs nothing said.
fn tells_anything(context: &Context<'_>, links: &Links) -> bool {
    let silent = |answer: &Answer| matches!(answer.standing, Standing::Unknown | Standing::Refused);
    let mut answers = answers(context, links).peekable();
    answers.peek().is_none() || !answers.all(silent)
}

/// Whether a column of the send list fills a tag in.
fn is_column(tag: &MergeTag, evidence: Evidence<'_>) -> bool {
    let lists = evidence.audience.into_iter().flat_map(|audience| &audience.lists).filter(|list| list.role == Role::Send);
    lists.flat_map(|list| &list.columns).any(|column| tag.names(&column.name))
}

/// Whether a check that the project requires, and of which the draft has something to check, could not be made.
fn is_lacking(required: Required, context: &Context<'_>, evidence: Evidence<'_>) -> bool {
    let (need, is_missing) = match required {
        Required::Audience => (Need::Audience, !evidence.has(Need::Audience)),
        Required::Coupons => (Need::Coupons, !evidence.has(Need::Coupons) || !evidence.unanswered.is_empty()),
        // A wall is an answer that a person has to judge; a time-out is none.
        Required::Links => {
            let unknown = |links: &Links| answers(context, links).any(|answer| answer.standing == Standing::Unknown);
            (Need::Links, evidence.links.is_none_or(unknown))
        }
    };
    is_missing && concerns(need, context, evidence)
}
