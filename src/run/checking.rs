//! `presend check`: from the plan over what is read, asked and noticed to the report of every draft.

use super::catalogues::{Catalogues, coupons_of, lists_of};
use super::gating::{self, Gate};
use super::{Environment, approving, asking, memory, now, proofing, rehearsing, siblings, writing};
use crate::approval::Approved;
use crate::check::check;
use crate::cli::CheckArgs;
use crate::coupons::Decimal;
use crate::error::Error;
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::links::Links;
use crate::message::{self, Draft, Message};
use crate::plan::{Job, Plan, plan};
use crate::proof::Proof;
use crate::read;
use crate::report::{Detail, DraftReport, Report, Version};
use crate::rule::{Context, Sibling};
use crate::rules::{self, RULES};
use jiff::{ToSpan, Zoned};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Checks what was named, and gives the exit code.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Error> {
    writing::can_write(args)?;
    let report = make_report(args, &now())?;
    writing::write(args, &report)?;
    Ok(report.exit_code())
}

/// The whole run but for its last write.
pub(super) fn make_report(args: &CheckArgs, now: &Zoned) -> Result<Report, Error> {
    let mut plan = plan(args, now.time_zone())?;
    writing::spares_inputs(args, &plan)?;
    let gate = Gate::read(&plan, args, now.date())?;
    let mut report = Report { hold_at: gating::hold_at(&plan, args), here: read::here(), detail: detail(args), ..Report::default() };
    report.notes.extend(gating::keep_changed(&mut plan, args)?);
    let environment = Environment::read();
    let catalogues = Catalogues::read(&plan, &memory(args.reading.memory), &environment)?;
    let catalogues = Catalogues { shows_page: writing::shows_page(args), ..catalogues };
    let drafts = read_drafts(&plan);
    report.notes.extend(left_out(&plan, &drafts)?);
    compare_offers(&mut plan, &drafts, now);
    let asked = asking::ask(&plan, &drafts, &environment, now.timestamp())?;
    for rehearsed in &plan.rehearsals {
        report.drafts.push(rehearsing::planned(rehearsed, &memory(args.reading.memory), now)?);
    }
    let jobs = plan.jobs.iter().zip(drafts).zip(&asked);
    let pieces = jobs.flat_map(|((job, drafts), asked)| {
        pieces(job, drafts).into_iter().map(move |(job, draft)| Piece { job, draft, asked: asked.as_deref() })
    });
    let mails = siblings::together(pieces.collect());
    let checked = side_by_side(mails, |mail| siblings::check_mail(mail, &catalogues, now));
    let mut drafts = Vec::with_capacity(checked.len());
    for result in checked.into_iter().flatten() {
        match result {
            Ok((draft, job)) => drafts.push((gate.sift(job, draft), job)),
            Err(error) => report.unreadable.push(error),
        }
    }
    report.exceptions = gate.exceptions(&drafts);
    report.drafts.extend(drafts.into_iter().map(|(draft, _)| draft));
    Ok(report)
}

/// Tells every job what the drafts of the other campaigns promise.
fn compare_offers(plan: &mut Plan, drafts: &[Result<Vec<Draft>, Error>], now: &Zoned) {
    if plan.jobs.iter().all(|job| job.settings.others.is_empty()) {
        return;
    }
    let mut promised: BTreeMap<String, BTreeSet<Decimal>> = BTreeMap::new();
    for (job, drafts) in plan.jobs.iter().zip(drafts) {
        let Some(name) = &job.campaign else { continue };
        let messages = drafts.iter().flatten().filter_map(|draft| draft.parse().ok());
        let found = messages.filter_map(|message| {
            let facts = Facts::notice(&message, &job.settings);
            rules::discount(&Context { message: &message, facts: &facts, settings: &job.settings, send_at: now })
        });
        promised.entry(name.clone()).or_default().extend(found);
    }
    for other in plan.jobs.iter_mut().flat_map(|job| &mut job.settings.others) {
        let all = promised.get(&other.name).into_iter().flatten();
        other.discount = all.clone().next().copied().filter(|_| all.count() == 1);
    }
}

fn detail(args: &CheckArgs) -> Detail {
    match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Usual,
    }
}

/// Works on several things at once; one alone needs no second thread, whose start would cost more than many a draft.
fn side_by_side<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    if things.len() < 2 { things.into_iter().map(work).collect() } else { things.into_par_iter().map(work).collect() }
}

/// Reads the file of every job; one file may hold many drafts.
pub(super) fn read_drafts(plan: &Plan) -> Vec<Result<Vec<Draft>, Error>> {
    side_by_side(plan.jobs.iter().collect(), |job| {
        let bytes = read::draft(&job.draft)?;
        if job.is_found && message::is_web_page(&job.draft, &bytes) { Ok(Vec::new()) } else { message::open(&job.draft, bytes) }
    })
}

/// What is said of web pages that were met on a search; an error where there was nothing else.
pub(super) fn left_out(plan: &Plan, drafts: &[Result<Vec<Draft>, Error>]) -> Result<Option<String>, Error> {
    let is_none = |drafts: &Result<Vec<Draft>, Error>| drafts.as_ref().is_ok_and(Vec::is_empty);
    let jobs = plan.jobs.iter().zip(drafts);
    let left: Vec<&str> = jobs.filter(|(job, drafts)| job.is_found && is_none(drafts)).map(|(job, _)| job.draft.as_str()).collect();
    let Some(first) = left.first() else { return Ok(None) };
    if left.len() == plan.jobs.len() && plan.rehearsals.is_empty() {
        let more = if left.len() == 1 { String::new() } else { format!(", and so are {} more", left.len() - 1) };
        return Err(Error::in_file(*first, format!("this is a page of a web site{more}, and there is no draft beside it"))
            .help("name it, and not its folder, if it is a mail all the same"));
    }
    let all = if left.len() == 1 { first.to_string() } else { format!("{first} and {} more", left.len() - 1) };
    Ok(Some(format!("left out as pages of a web site: {all}; name a file to have it checked")))
}

/// The drafts of a job's file each with the job, or the one error that stands for the file.
fn pieces(job: &Job, drafts: Result<Vec<Draft>, Error>) -> Vec<(&Job, Result<Draft, Error>)> {
    match drafts {
        Ok(drafts) => drafts.into_iter().map(|draft| (job, Ok(draft))).collect(),
        Err(error) => vec![(job, Err(error))],
    }
}

/// The send time, and whether nobody said it and it is the draft's own: a mail or an issue that went out long ago is judged by its
/// own date; one of the last days may be a test of what goes out next, and is judged by the clock like any draft.
pub(super) fn send_time(job: &Job, message: &Message, now: &Zoned) -> (Zoned, bool) {
    if let Some(said) = &job.send_at {
        return (said.clone(), false);
    }
    let now = now.with_time_zone(job.settings.zone.clone());
    let before = now.checked_sub(TEST_DAYS.days()).unwrap_or_else(|_| now.clone());
    let own = message.sent_at().filter(|sent| *sent < before).or_else(|| message.issued_before(&before));
    own.map_or((now, false), |own| (own, true))
}

/// For how many days a mail that has travelled may be a test.
const TEST_DAYS: i32 = 14;

/// One draft with the job that it belongs to, and what the web said for it.
pub(super) struct Piece<'a> {
    pub(super) job: &'a Job,
    pub(super) draft: Result<Draft, Error>,
    pub(super) asked: Option<&'a Links>,
}

/// A draft as rules look at it.
pub(super) struct Noticed<'a> {
    pub(super) job: &'a Job,
    pub(super) message: Message,
    pub(super) facts: Facts,
    pub(super) links: Option<&'a Links>,
    pub(super) proof: Option<Proof>,
    pub(super) approved: Option<Approved>,
}

/// One draft, from its text to what is noticed in it.
pub(super) fn notice<'a>(piece: Piece<'a>, catalogues: &'a Catalogues) -> Result<Noticed<'a>, Error> {
    let Piece { job, draft, asked } = piece;
    let links = job.answers.as_ref().map_or(asked, |path| catalogues.answers.get(path));
    let message = draft?.parse()?;
    let mut facts = Facts::notice_beside(&message, &job.settings, &|path| read::beside(&job.draft, path));
    if let Some(links) = links {
        facts.add_codes(|address| links.codes(address));
    }
    let proof = proofing::of_job(job, &message, &facts)?;
    let approved = approving::approved(job, &message, &facts)?;
    Ok(Noticed { job, message, facts, links, proof, approved })
}

/// One draft, from what is noticed in it to its part of the report.
pub(super) fn check_draft(noticed: &Noticed<'_>, siblings: &[Sibling<'_>], catalogues: &Catalogues, now: &Zoned) -> DraftReport {
    let Noticed { job, message, facts, links, proof, approved } = noticed;
    let (send_at, is_own) = send_time(job, message, now);
    let context = Context { message, facts, settings: &job.settings, send_at: &send_at };
    let known = catalogues.coupons.get(&coupons_of(job));
    let words = catalogues.shelf.words(&context, &job.dictionaries);
    let evidence = Evidence {
        audience: catalogues.audiences.get(&lists_of(job)),
        coupons: known.and_then(|known| known.coupons.as_ref()),
        unanswered: known.map_or(&[], |known| &known.unanswered),
        links: *links,
        siblings,
        proof: proof.as_ref(),
        approved: approved.as_ref(),
        spelling: words.spelling(),
    };
    let outcome = check(&context, evidence, RULES);
    let version = job.variant.as_ref().map(|variant| Version { group: variant.group.clone(), label: variant.label.clone() });
    let report = DraftReport::new(&context, evidence, outcome, job.campaign.clone(), job.send_at.is_some());
    let report = if is_own { report.judged_by_its_own_date() } else { report };
    let report = if catalogues.shows_page { report.with_view(&context, evidence) } else { report };
    DraftReport { version, key: job.key(&report.draft), ..report }
}
