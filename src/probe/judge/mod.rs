//! From what happened to how a link stands. Pure: everything here can be tried without a network.

pub(super) mod page;
mod status;

use super::Purpose;
use super::chain::{End, Trail};
use super::fault::Fault;
use super::fetch::{Ending, Reply};
use super::names::NameFault;
use crate::links::{Mender, Standing};
pub(super) use status::Again;
use url::Url;

/// How a link stands after one attempt, and whether another is worth its cost.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) standing: Standing,
    pub(super) reason: String,
    pub(super) mender: Option<Mender>,
    pub(super) again: Again,
}

impl Verdict {
    fn new(standing: Standing, reason: impl Into<String>, mender: Mender, again: Again) -> Self {
        let mender = (standing != Standing::Alive).then_some(mender);
        Self { standing, reason: reason.into(), mender, again }
    }

    fn alive(reason: impl Into<String>) -> Self {
        Self { standing: Standing::Alive, reason: reason.into(), mender: None, again: Again::No }
    }
}

/// Judges one attempt.
pub(super) fn judge(first: &Url, purpose: Purpose, trail: &Trail) -> Verdict {
    let hops = trail.hops.len();
    match &trail.end {
        End::Reply(reply) => answered(first, purpose, trail, reply),
        End::Fault(fault) => failed(trail, fault),
        End::App(target) => Verdict::alive(format!("it opens {target}")),
        End::BadTarget(target) => {
            Verdict::new(Standing::Dead, format!("it redirects to {target}, which browsers do not open"), Mender::Site, Again::Confirm)
        }
        End::NoTarget(reply) => {
            let words = format!("it redirects ({}) without saying where to", reply.status);
            Verdict::new(Standing::Dead, words, Mender::Site, Again::Confirm)
        }
        End::Circle => Verdict::new(
            Standing::Dead,
            format!("it redirects in a circle (back at {} after {hops} steps)", trail.last),
            Mender::Site,
            Again::Confirm,
        ),
        End::TooMany => {
            let words = format!("it redirects more than {} times, and browsers give up there", hops.saturating_sub(1));
            Verdict::new(Standing::Dead, words, Mender::Site, Again::Confirm)
        }
    }
}

fn failed(trail: &Trail, fault: &Fault) -> Verdict {
    let host = trail.last.host_str().unwrap_or_default();
    let (standing, mut reason, mender) = fault.standing(host);
    if let Some(before) = trail.hops.len().checked_sub(2).and_then(|at| trail.hops.get(at)) {
        reason = format!("{} redirects on, and {reason}", before.url);
    }
    let again = match fault {
        Fault::Name(NameFault::Private(..)) => Again::No,
        _ if standing == Standing::Dead => Again::Confirm,
        _ if fault.may_pass() => Again::Repeat,
        _ => Again::No,
    };
    Verdict::new(standing, reason, mender, again)
}

fn answered(_first: &Url, _purpose: Purpose, _trail: &Trail, reply: &Reply) -> Verdict {
    if let Some((standing, reason, mender, again)) = status::standing(reply.status, &reply.headers) {
        return Verdict::new(standing, reason, mender, again);
    }
    match reply.ending {
        Ending::Cut => Verdict::new(Standing::Unknown, "the connection was cut in the middle of the answer", Mender::Site, Again::Repeat),
        Ending::Slow => {
            Verdict::new(Standing::Unknown, "the answer did not come to an end in time (time-out)", Mender::Site, Again::Repeat)
        }
        Ending::Whole | Ending::Enough => Verdict::alive(format!("it answers ({})", reply.status)),
    }
}
