//! One link from its first attempt to its answer: repeats, confirmation, and what is told of the way.

use super::Job;
use super::chain::{End, Trail, content_type};
use super::fault::Fault;
use super::fetch::{Connection, Run};
use super::judge::landing::lost_params;
use super::judge::{Again, Verdict, fragment_found, image_facts, judge, size};
use crate::links::{Answer, Hop, Standing};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What came of a job.
pub(super) struct Asked {
    pub(super) answers: Vec<Answer>,
    /// Why there was no answer, where there was none.
    pub(super) fault: Option<Fault>,
}

/// Repeats that a run may still make: trouble of a whole network is not mended by asking everything twice.
pub(super) struct Repeats(AtomicUsize);

impl Repeats {
    pub(super) fn for_jobs(jobs: usize) -> Self {
        Self(AtomicUsize::new(jobs / 5 + 10))
    }

    fn take(&self) -> bool {
        self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
    }
}

/// Asks until the answer can be believed or the link's time is up.
pub(super) async fn ask_one(run: &Run, repeats: &Repeats, job: &Job) -> Asked {
    let limits = &run.options.limits;
    let mut left = limits.link;
    let (mut confirmed, mut repeated, mut waited) = (false, false, 0);
    let mut connection = Connection::Kept;
    loop {
        let trail = run.follow(job, connection, left).await;
        left = trail.left;
        let verdict = judge(&job.url, job.purpose, &trail);
        let pause = match verdict.again {
            Again::Confirm if !confirmed => {
                (confirmed, connection) = (true, Connection::Fresh);
                Some(jittered(limits.confirm_wait))
            }
            Again::Repeat if !repeated && repeats.take() => {
                repeated = true;
                Some(jittered(limits.repeat_wait))
            }
            Again::After(wait) if waited < 2 && wait <= limits.retry_after => {
                waited += 1;
                Some(wait.max(limits.repeat_wait))
            }
            _ => None,
        };
        left = left.saturating_sub(pause.unwrap_or_default());
        match pause {
            Some(pause) if !left.is_zero() => tokio::time::sleep(pause).await,
            _ => return told(run, job, trail, verdict).await,
        }
    }
}

/// Up to half as much again, so that a hundred repeats do not knock at the same moment.
fn jittered(wait: Duration) -> Duration {
    let chance = u32::try_from(RandomState::new().build_hasher().finish() % 500).unwrap_or(0);
    wait + wait * chance / 1000
}

async fn told(run: &Run, job: &Job, trail: Trail, mut verdict: Verdict) -> Asked {
    let fault = if let End::Fault(fault) = &trail.end { Some(fault.clone()) } else { None };
    if fault == Some(Fault::UnknownIssuer) && run.signs_itself(&trail.last).await == Some(true) {
        let host = trail.last.host_str().unwrap_or_default();
        verdict.standing = Standing::Dead;
        verdict.reason = format!("the certificate of {host} was signed by its own owner; browsers show a warning instead of the page");
    }
    let answers = job.written.iter().map(|(url, fragment)| answer(run, url, fragment.as_deref(), &trail, &verdict)).collect();
    Asked { answers, fault }
}

fn answer(run: &Run, url: &str, fragment: Option<&str>, trail: &Trail, verdict: &Verdict) -> Answer {
    let mut answer = Answer::new(url, verdict.standing, &verdict.reason);
    answer.mender = verdict.mender;
    answer.hops.clone_from(&trail.hops);
    answer.final_url = (trail.hops.len() > 1).then(|| trail.last.to_string());
    answer.insecure_hop = insecure_hop(&trail.hops);
    answer.slow_ms = (trail.slowest > run.options.limits.slow).then(|| u64::try_from(trail.slowest.as_millis()).unwrap_or(u64::MAX));
    match &trail.end {
        End::App(target) => answer.opens_app = Some(target.clone()),
        End::Reply(reply) | End::NoTarget(reply) => {
            answer.status = Some(reply.status);
            answer.content_type = Some(content_type(&reply.headers)).filter(|kind| !kind.is_empty());
            answer.bytes = size(reply);
            answer.image = image_facts(reply);
            answer.lost_params = lost_params(&trail.hops, &trail.last);
            if let (Some(fragment), Some(page), Standing::Alive) = (fragment, &trail.page, verdict.standing) {
                answer.fragment_found = fragment_found(trail.last.fragment().unwrap_or(fragment), page, reply);
            }
            answer.title = trail.page.as_ref().map(|page| page.title.clone()).filter(|title| !title.is_empty());
        }
        _ => answer.status = trail.hops.last().and_then(|hop| hop.status),
    }
    answer
}

/// The first `http:` address behind an `https:` one.
fn insecure_hop(hops: &[Hop]) -> Option<String> {
    let secure = hops.iter().position(|hop| hop.url.starts_with("https:"))?;
    hops.iter().skip(secure).find(|hop| hop.url.starts_with("http:")).map(|hop| hop.url.clone())
}
