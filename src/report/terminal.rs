//! The report for people: a verdict in one line, then each finding with its place, whom it hits and what to do.

use super::{Detail, DraftReport, NotChecked, Report, Together, Verdict, harmless, snippet};
use crate::check::Reported;
use crate::finding::{Severity, grouped};
use crate::rule::Check;
use std::fmt::Write as _;

const RED: &str = "\x1b[1;31m";
const YELLOW: &str = "\x1b[1;33m";
const GREEN: &str = "\x1b[1;32m";
const BLUE: &str = "\x1b[1;34m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Drafts from which on those without findings are only counted.
const MANY: usize = 4;

/// How many further places of a finding are listed.
const PLACES: usize = 5;

/// Writes the report.
pub(super) fn render(report: &Report) -> String {
    if report.detail == Detail::Quiet {
        return quiet(report);
    }
    let mut out = String::new();
    let many = report.drafts.len() >= MANY && report.detail == Detail::Usual;
    for draft in report.drafts.iter().filter(|draft| !many || !draft.findings.is_empty()) {
        write_draft(&mut out, draft, report.threshold(), report.detail);
        if !many {
            write_accepted(&mut out, draft);
            write_passed(&mut out, draft);
            write_pictures(&mut out, draft);
            write_approval(&mut out, draft);
            write_not_checked(&mut out, &draft.not_checked, draft.is_plan);
            out.push('\n');
        }
    }
    if report.drafts.len() > 1 {
        write_summary(&mut out, report, many);
    }
    for reported in &report.exceptions {
        write_found(&mut out, None, reported, report.detail);
    }
    for note in &report.notes {
        let _ = writeln!(out, "{}", harmless(note));
    }
    for error in &report.unreadable {
        let _ = writeln!(out, "{RED}could not be read{PLAIN}  {}\n", harmless_lines(&error.to_string()));
    }
    out
}

fn harmless_lines(text: &str) -> String {
    text.lines().map(harmless).collect::<Vec<_>>().join("\n")
}

fn write_draft(out: &mut String, draft: &DraftReport, hold_at: Severity, detail: Detail) {
    let _ = writeln!(out, "{BOLD}{}{PLAIN}{}", harmless(&draft.draft), facts(draft));
    let _ = writeln!(out, "{}\n", verdict(draft, hold_at));
    for reported in &draft.findings {
        write_found(out, draft.people, reported, detail);
    }
}

/// What holds the send or leaves it incomplete; nothing if it is clear.
fn quiet(report: &Report) -> String {
    let mut out = String::new();
    let hold_at = report.threshold();
    for draft in report.drafts.iter().filter(|draft| draft.verdict(hold_at) != Verdict::Clear) {
        let _ = writeln!(out, "{BOLD}{}{PLAIN}{}", harmless(&draft.draft), facts(draft));
        let _ = writeln!(out, "{}\n", verdict(draft, hold_at));
        for reported in draft.findings.iter().filter(|reported| reported.severity >= hold_at) {
            write_found(&mut out, draft.people, reported, Detail::Quiet);
        }
        if draft.verdict(hold_at) == Verdict::Incomplete {
            write_not_checked(&mut out, &draft.not_checked, draft.is_plan);
            out.push('\n');
        }
    }
    for reported in report.exceptions.iter().filter(|reported| reported.severity >= hold_at) {
        write_found(&mut out, None, reported, Detail::Quiet);
    }
    for error in &report.unreadable {
        let _ = writeln!(out, "{RED}could not be read{PLAIN}  {}\n", harmless_lines(&error.to_string()));
    }
    out
}

/// What is there and accepted: on purpose, waived, or known.
fn write_accepted(out: &mut String, draft: &DraftReport) {
    for (reported, expected) in &draft.expected {
        let _ = writeln!(out, "{GREEN}Meant{PLAIN}  {} {DIM}({}){PLAIN}", harmless(&reported.finding.message), harmless(&expected.reason));
    }
    for (reported, waiver) in &draft.waived {
        let until = format!("{}; {}, until {}", waiver.reason, waiver.owner, waiver.expires);
        let _ = writeln!(
            out,
            "{YELLOW}Waived{PLAIN}  {} {DIM}[{}]{PLAIN} {DIM}({}){PLAIN}",
            harmless(&reported.finding.message),
            reported.rule.name,
            harmless(&until)
        );
    }
    if !draft.known.is_empty() {
        let _ = writeln!(
            out,
            "{YELLOW}Known{PLAIN}  {} that the baseline knows {DIM}(--no-baseline shows them){PLAIN}",
            plural(draft.known.len(), "finding")
        );
    }
}

/// What passed, in one line.
fn write_passed(out: &mut String, draft: &DraftReport) {
    if draft.passed.is_empty() {
        out.push_str("Passed: nothing could be checked.\n");
    } else {
        let _ = writeln!(out, "{GREEN}Passed{PLAIN} {DIM}{} (`presend rules` lists them){PLAIN}", plural(draft.passed.len(), "check"));
    }
}

/// Who signed it off, in one line.
fn write_approval(out: &mut String, draft: &DraftReport) {
    if let Some(approval) = &draft.approval {
        let _ = writeln!(out, "{DIM}Approved by {} on {}, and not changed since{PLAIN}", harmless(&approval.by), approval.on);
    }
}

/// Which pictures can be swapped, in one line.
fn write_pictures(out: &mut String, draft: &DraftReport) {
    if let Some(sentence) = draft.pictures.sentence() {
        let _ = writeln!(out, "{DIM}Pictures: {sentence}{PLAIN}");
    }
}

/// What is known of the send, behind the draft's name.
fn facts(draft: &DraftReport) -> String {
    let mut facts = String::new();
    if let Some(subject) = &draft.subject {
        let _ = write!(facts, "  \"{}\"", harmless(subject));
    }
    if let Some(people) = draft.people {
        let _ = write!(facts, " · {}", plural_people(people));
    }
    if let Some(version) = &draft.version {
        let _ = write!(facts, " · {}", harmless(&version.label));
    }
    let (send_at, said) = &draft.send_at;
    if *said {
        let verb = if draft.is_plan { "done" } else { "sends" };
        let _ = write!(facts, " · {verb} {}", send_at.strftime("%a %-d %B %Y, %H:%M %Z"));
    }
    facts
}

/// The verdict, as one sentence that can be read in three seconds.
fn verdict(draft: &DraftReport, hold_at: Severity) -> String {
    let (holding, _) = draft.counts(hold_at);
    let below =
        |severity: Severity| if severity < hold_at { draft.findings.iter().filter(|found| found.severity == severity).count() } else { 0 };
    let (fix, look) = (below(Severity::Warn), below(Severity::Note));
    let listed = |fix: Option<String>| {
        let look = (look > 0).then(|| format!("{look} to look at"));
        fix.into_iter().chain(look).collect::<Vec<_>>().join(", ")
    };
    let rest = listed((fix > 0).then(|| format!("{fix} to fix")));
    let aside = if rest.is_empty() { String::new() } else { format!(", {rest}") };
    match draft.verdict(hold_at) {
        Verdict::Hold => {
            let worst = match (draft.worst_reach(hold_at), draft.people) {
                (Some((people, true)), Some(of)) if people == of && of > 1 => format!(" The worst hits all {}.", plural_people(of)),
                (Some((people, sure)), Some(of)) if of > 0 => {
                    format!(" The worst hits {}{} of {}.", if sure { "" } else { "up to " }, grouped(people), plural_people(of))
                }
                _ => String::from(" Everybody who gets it is hit."),
            };
            let ended = if draft.cut_short { " This is not all: the asking of links was ended by hand." } else { "" };
            let all = if fix > 0 {
                format!("{} to fix ({holding} of them {} it)", holding + fix, if holding == 1 { "stops" } else { "stop" })
            } else {
                format!("{holding} to fix")
            };
            let doing = if draft.is_plan { "do" } else { "send" };
            format!("{RED}HOLD{PLAIN}  Do not {doing} this yet: {}.{worst}{ended}", listed(Some(all)))
        }
        Verdict::Incomplete if draft.cut_short => {
            format!("{YELLOW}INCOMPLETE{PLAIN}  Nothing found yet that holds it{aside}, but the asking of links was ended by hand.")
        }
        Verdict::Incomplete => {
            format!(
                "{YELLOW}INCOMPLETE{PLAIN}  Nothing found that holds it{aside}, but {} (see below).",
                if draft.is_plan { "not everything could be rehearsed" } else { "a check that it needs could not be made" }
            )
        }
        Verdict::Clear => {
            let open = if draft.not_checked.is_empty() { "" } else { ", as far as it could be checked (see below)" };
            let moment = if draft.is_plan { "it is done" } else { "it goes out" };
            let before = if rest.is_empty() { String::new() } else { format!(" Before {moment}: {rest}.") };
            format!("{GREEN}CLEAR{PLAIN}  Nothing holds it{open}.{before}")
        }
    }
}

fn write_found(out: &mut String, everybody: Option<u64>, reported: &Reported, detail: Detail) {
    let (colour, word) = match reported.severity {
        Severity::Block if matches!(reported.rule.check, Check::Rehearsal(_)) => (RED, "STOP"),
        Severity::Block => (RED, "DO NOT SEND"),
        Severity::Warn => (YELLOW, "FIX"),
        Severity::Note => (BLUE, "LOOK"),
    };
    let finding = &reported.finding;
    let _ = writeln!(out, "{colour}{word}{PLAIN}  {BOLD}{}{PLAIN}  {DIM}[{}]{PLAIN}", harmless(&finding.message), reported.rule.name);
    let _ = writeln!(out, "  {DIM}at{PLAIN}    {}", place(&finding.span));
    if reported.severity == Severity::Note && detail == Detail::Usual {
        // What only wants a look takes no more room than it is worth.
        write_help(out, reported);
        return;
    }
    out.push_str(&indented(&snippet::render(&finding.span)));
    let places = if detail == Detail::Verbose { usize::MAX } else { PLACES };
    for (span, note) in finding.related.iter().take(places) {
        let _ = writeln!(out, "  {DIM}see{PLAIN}   {}: {}", place(span), harmless(note));
    }
    if finding.related.len() > places {
        let _ = writeln!(out, "  {DIM}see{PLAIN}   {} more places (--verbose shows all)", finding.related.len() - places);
    }
    let who = match (finding.reach, everybody) {
        (Some(reach), _) => Some(reach.in_words()),
        (None, Some(people)) => Some(format!("everybody: {}", plural_people(people))),
        (None, None) => None,
    };
    if let Some(who) = who {
        let _ = writeln!(out, "  {DIM}hits{PLAIN}  {who}");
    }
    if !finding.people.is_empty() {
        let _ = writeln!(out, "  {DIM}e.g.{PLAIN}  {}", harmless(&finding.people.join(", ")));
    }
    write_help(out, reported);
}

/// What to do, and the blank line behind a finding.
fn write_help(out: &mut String, reported: &Reported) {
    if let Some(help) = &reported.finding.help {
        let _ = writeln!(out, "  {DIM}do{PLAIN}    {}", harmless(help));
    }
    out.push('\n');
}

/// The place in the file, and which part of it that is.
fn place(span: &crate::source::Span) -> String {
    let place = harmless(&span.place().to_string());
    match span.source.part() {
        Some(part) => format!("{place} ({})", harmless(part)),
        None => place,
    }
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |all, line| all + "  " + line + "\n")
}

fn write_not_checked(out: &mut String, parts: &[NotChecked], plan: bool) {
    if parts.is_empty() {
        return;
    }
    let _ = writeln!(out, "{YELLOW}Not {}{PLAIN}", if plan { "rehearsed" } else { "checked" });
    for part in parts {
        let _ = write!(out, "  - {}: {}", harmless(&part.what), harmless(&part.why));
        match &part.remedy {
            Some(remedy) => {
                let _ = writeln!(out, " {DIM}({}){PLAIN}", harmless(remedy));
            }
            None => out.push('\n'),
        }
    }
}

/// The last lines of a run over several drafts.
fn write_summary(out: &mut String, report: &Report, many: bool) {
    let of = |verdict: Verdict| report.drafts.iter().filter(|draft| draft.verdict(report.threshold()) == verdict).count();
    let findings: usize = report.drafts.iter().map(|draft| draft.findings.len()).sum();
    let _ = writeln!(
        out,
        "{BOLD}{} checked{PLAIN}: {} to hold, {} clear, {} incomplete; {}.",
        plural(report.drafts.len(), "draft"),
        of(Verdict::Hold),
        of(Verdict::Clear),
        of(Verdict::Incomplete),
        plural(findings, "finding")
    );
    for together in report.together() {
        write_together(out, &together);
    }
    if many {
        write_not_checked(out, &gathered(report), report.drafts.iter().all(|draft| draft.is_plan));
    }
}

/// The one verdict on drafts that are one mail.
fn write_together(out: &mut String, together: &Together<'_>) {
    let name = together.name.map_or_else(|| String::from("One mail"), |name| format!("Campaign {}", harmless(name)));
    let labels: Vec<String> =
        together.drafts.iter().filter_map(|draft| draft.version.as_ref()).map(|version| harmless(&version.label)).collect();
    let verdict = match together.verdict {
        Verdict::Hold => format!("{RED}HOLD{PLAIN}"),
        Verdict::Incomplete => format!("{YELLOW}INCOMPLETE{PLAIN}"),
        Verdict::Clear => format!("{GREEN}CLEAR{PLAIN}"),
    };
    let _ = writeln!(out, "{BOLD}{name}{PLAIN} ({}): {verdict}", labels.join(", "));
}

/// What was not checked in any draft, each reason once.
fn gathered(report: &Report) -> Vec<NotChecked> {
    let mut gathered: Vec<(NotChecked, usize)> = Vec::new();
    for part in report.drafts.iter().flat_map(|draft| &draft.not_checked) {
        match gathered.iter_mut().find(|(known, _)| known.why == part.why && known.remedy == part.remedy) {
            Some((_, more)) => *more += 1,
            None => gathered.push((part.clone(), 0)),
        }
    }
    let one = |(part, more): (NotChecked, usize)| match more {
        0 => part,
        more => NotChecked { what: format!("{} (and the like {} more)", part.what, plural_times(more)), ..part },
    };
    gathered.into_iter().map(one).collect()
}

fn plural_times(count: usize) -> String {
    if count == 1 { String::from("once") } else { format!("{} times", grouped(count as u64)) }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count as u64), if count == 1 { "" } else { "s" })
}

fn plural_people(count: u64) -> String {
    if count == 1 { String::from("1 person") } else { format!("{} people", grouped(count)) }
}
