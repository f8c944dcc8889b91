//! More mails than people bear.

use super::shown;
use crate::audience::Audience;
use crate::finding::{Finding, Severity, grouped};
use crate::rule::{Check, Context, Repair, Rule};
use crate::settings::{OtherCampaign, Role};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "crowded-week",
    severity: Severity::Warn,
    summary: "People on the send list would get more mails within a week than the brief allows",
    repair: Repair::StopSending,
    page: include_str!("crowded_week.md"),
    check: Check::Asked(|settings, _| settings.people.mails_per_week.is_some(), check),
};

fn check(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let Some(allowed) = context.settings.people.mails_per_week else { return Vec::new() };
    let (send, own) = (audience.mask(Role::Send), context.send_at.timestamp());
    let others: Vec<(&OtherCampaign, u64, Timestamp)> =
        context.settings.others.iter().map(|other| (other, audience.at(&other.lists), other.send_at.timestamp())).collect();
    let (mut people, mut most, mut examples, mut names) = (0, 0, Vec::new(), BTreeSet::new());
    for them in audience.combinations.iter().filter(|them| them.lists & send != 0 && them.mailable > 0) {
        let got: Vec<&(&OtherCampaign, u64, Timestamp)> = others.iter().filter(|(_, lists, _)| lists & them.lists != 0).collect();
        let mails = busiest_week(own, got.iter().map(|(.., at)| *at));
        if mails > allowed {
            people += them.mailable;
            most = most.max(mails);
            examples.extend(them.examples.clone());
            names.extend(got.iter().map(|(other, ..)| format!("`{}`", other.name)));
        }
    }
    let mut findings = unknown(context, audience);
    if people == 0 {
        return findings;
    }
    examples.sort_by_key(|example| (example.at.list, example.at.line));
    let of = audience.send_size();
    let names: Vec<String> = names.into_iter().take(NAMED).collect();
    let message = format!(
        "{} of the {} people on the send list would get up to {most} mails within a week, with {}; the brief allows {allowed}",
        grouped(people),
        grouped(of),
        names.join(", ")
    );
    let finding = Finding::new(context.headline(), message).reach(people, of).people(shown(&examples));
    findings.push(finding.help("move a campaign, or leave these people out of one"));
    findings
}

/// A finding for each other campaign that has a list which is not there.
fn unknown(context: &Context<'_>, audience: &Audience) -> Vec<Finding> {
    let missing = |other: &OtherCampaign| other.lists.iter().find(|path| audience.at(std::slice::from_ref(path)) == 0).cloned();
    let missing = context.settings.others.iter().filter_map(|other| Some((other, missing(other)?)));
    let finding = |(other, path): (&OtherCampaign, String)| {
        let message =
            format!("`{}` goes out in the same week, and its list {path} is not there, so that nobody was compared with it", other.name);
        Finding::new(context.headline(), message).help("check again when it is there")
    };
    missing.map(finding).collect()
}

/// How many campaigns are named.
const NAMED: usize = 5;

/// The most mails within any seven days of which this mail is one.
fn busiest_week(own: Timestamp, others: impl Iterator<Item = Timestamp>) -> u32 {
    let times: Vec<Timestamp> = others.chain([own]).collect();
    let within = |first: Timestamp, at: Timestamp| at >= first && at.duration_since(first) < WEEK;
    let weeks = times.iter().filter(|first| within(**first, own));
    let mails = weeks.map(|first| times.iter().filter(|at| within(*first, **at)).count());
    mails.max().and_then(|mails| u32::try_from(mails).ok()).unwrap_or(1)
}

/// Seven days.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
