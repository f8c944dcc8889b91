//! What can be judged only when all answers are there: whether it is the web that fails, or this computer's network.

use super::Job;
use super::asking::Asked;
use super::fault::Fault;
use super::names::NameFault;
use super::options::Options;
use super::pace::domain_of;
use crate::links::{Answer, Links, Mender, Standing};
use std::collections::HashSet;

/// Puts the answers into `links`, after comparing them.
pub(super) fn settle(asked: Vec<(Job, Asked)>, options: &Options, links: &mut Links) {
    let no_network = asked.iter().all(|(_, asked)| asked.fault.as_ref().is_some_and(Fault::may_be_ours));
    let names_work = asked.iter().any(|(_, asked)| asked.answers.iter().any(|answer| answer.status.is_some()));
    let friendly: HashSet<String> = asked.iter().filter(|(_, asked)| any_alive(asked)).map(|(job, _)| domain_of(&job.url)).collect();
    if no_network && !asked.is_empty() {
        links.note("not one link could be reached: this computer seems to have no network, so nothing is said about any of them");
    }
    if options.has_proxy() {
        links.note("links were asked through a proxy, behind which private addresses cannot be recognised by name");
    }
    for (job, Asked { answers, fault }) in asked {
        for mut answer in answers {
            if no_network {
                unknown(&mut answer, "this computer seems to have no network");
            } else if fault == Some(Fault::Name(NameFault::Missing)) && !names_work {
                unknown(&mut answer, "no other address answered that could be compared with");
            } else if answer.status == Some(403) && answer.standing == Standing::Refused && friendly.contains(&domain_of(&job.url)) {
                answer.reason.push_str("; other pages of this site do answer, so look whether this one is meant to be public");
            }
            links.insert(answer);
        }
    }
}

fn any_alive(asked: &Asked) -> bool {
    asked.answers.iter().any(|answer| answer.standing == Standing::Alive)
}

fn unknown(answer: &mut Answer, why: &str) {
    answer.standing = Standing::Unknown;
    answer.mender = Some(Mender::Network);
    answer.reason = format!("{} – but {why}", answer.reason);
}
