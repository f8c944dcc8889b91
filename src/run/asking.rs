//! What is asked of the web for the drafts of a run, and how: from facts and settings to requests, from answers to evidence.

use super::Environment;
use crate::audience::rows;
use crate::error::Error;
use crate::facts::{Facts, Link, LinkKind};
use crate::links::filled::{SAMPLE_ROWS, Sample, filled, is_own_address};
use crate::links::{Alone, Answer, Cache, LeftAlone, Links, Standing, skipped_by};
use crate::lists;
use crate::message::Draft;
use crate::plan::{Job, Plan};
use crate::probe::{self, Cancel, HostOptions, Request};
use crate::progress::Progress;
use crate::read;
use crate::settings::{LinkSettings, Role};
use crate::write;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most addresses that all links with merge tags of a run are filled in to.
const MOST_FILLED: usize = 24;

/// Drafts as read; one that cannot be is an error of its own.
pub(super) type Drafts = [Result<Vec<Draft>, Error>];

/// The web's answers for each job, in their order; nothing for a job whose answers are recorded or that may not ask.
pub(super) fn ask(plan: &Plan, drafts: &Drafts, environment: &Environment, now: Timestamp) -> Result<Vec<Option<Arc<Links>>>, Error> {
    let mut answers: Vec<Option<Arc<Links>>> = vec![None; plan.jobs.len()];
    let mut groups: Vec<(&LinkSettings, Vec<usize>)> = Vec::new();
    for (at, job) in plan.jobs.iter().enumerate().filter(|(_, job)| job.answers.is_none() && !job.links.offline) {
        match groups.iter_mut().find(|(settings, _)| **settings == job.links) {
            Some((_, jobs)) => jobs.push(at),
            None => groups.push((&job.links, vec![at])),
        }
    }
    // One Ctrl-C ends the asking for all.
    let cancel = Cancel::default();
    for (settings, jobs) in groups {
        let mut wanted = Wanted::default();
        for at in &jobs {
            if let (Some(job), Some(Ok(drafts))) = (plan.jobs.get(*at), drafts.get(*at)) {
                for draft in drafts {
                    wanted.of_draft(job, draft, settings);
                }
            }
        }
        let links = Arc::new(wanted.ask(settings, environment, &cancel, now)?);
        for at in jobs {
            if let Some(answers) = answers.get_mut(at) {
                *answers = Some(Arc::clone(&links));
            }
        }
    }
    Ok(answers)
}

/// What is noticed in a draft; nothing if it cannot be read, which is said elsewhere.
pub(super) fn noticed(job: &Job, draft: &Draft) -> Option<Facts> {
    Some(Facts::notice_beside(&draft.parse().ok()?, &job.settings, &|path| read::beside(&job.draft, path)))
}

/// A link with merge tags, and the addresses that a few people get in its place.
struct Tagged {
    written: String,
    list: String,
    filled: Vec<(String, u64)>,
}

/// Whether a field of the send list is a link's whole address, and is no unsubscribe link.
fn is_filled_whole(link: &Link, facts: &Facts) -> bool {
    link.tagged && !link.is_opt_out() && is_own_address(link, &facts.tags)
}

/// What is to be asked for several drafts.
#[derive(Default)]
struct Wanted {
    requests: Vec<Request>,
    alone: BTreeMap<String, LeftAlone>,
    tagged: Vec<Tagged>,
    seen: BTreeSet<String>,
    samples: HashMap<String, Option<Arc<Sample>>>,
    filled: usize,
}

impl Wanted {
    fn of_draft(&mut self, job: &Job, draft: &Draft, settings: &LinkSettings) {
        let Some(facts) = noticed(job, draft) else { return };
        // An address that takes people off the list anywhere in the mail is left alone everywhere.
        for link in facts.links.iter().filter(|link| link.is_web() && link.is_opt_out()) {
            let why = LeftAlone::new(Alone::Unsubscribe, "its words say that it takes a person off the list");
            self.alone.insert(link.href.clone(), why);
        }
        for address in facts.addresses() {
            if let Some(pattern) = skipped_by(&settings.skip, address) {
                let why = LeftAlone::new(Alone::Skipped, format!("the settings say to skip {pattern}"));
                self.alone.entry(address.to_owned()).or_insert(why);
            }
        }
        // Whatever a form does, it does it when it is asked.
        let (forms, links): (Vec<&Link>, Vec<&Link>) =
            facts.links.iter().filter(|link| link.is_web() || is_filled_whole(link, &facts)).partition(|link| link.kind == LinkKind::Form);
        for form in forms.iter().filter(|form| links.iter().all(|link| link.href != form.href)) {
            let why = LeftAlone::new(Alone::Action, "a form is sent there, and asking it may do what the form does");
            self.alone.entry(form.href.clone()).or_insert(why);
        }
        for link in links {
            if !self.fill_in(link, &facts, job) {
                self.requests.push(Request::page(&link.href));
            }
        }
        self.requests.extend(facts.images.iter().filter_map(|image| image.web_source()).map(Request::image));
    }

    /// Takes a link with merge tags as the first people of the send list get it; says whether it could be filled in.
    fn fill_in(&mut self, link: &Link, facts: &Facts, job: &Job) -> bool {
        let has_tags = facts.tags.tags.iter().any(|tag| {
            Arc::ptr_eq(&tag.span.source, &link.span.source) && tag.span.start >= link.span.start && tag.span.end <= link.span.end
        });
        if !has_tags || self.alone.contains_key(&link.href) || self.filled >= MOST_FILLED {
            return false;
        }
        if self.seen.contains(&link.href) {
            return true;
        }
        let Some(sample) = self.sample(job) else { return false };
        let filled = filled(link, &facts.tags, &sample);
        if filled.is_empty() {
            return false;
        }
        self.filled += filled.len();
        self.seen.insert(link.href.clone());
        self.tagged.push(Tagged { written: link.href.clone(), list: sample.path.clone(), filled });
        true
    }

    /// The first rows of the first send list. A list that cannot be read has been said to be so before.
    fn sample(&mut self, job: &Job) -> Option<Arc<Sample>> {
        let file = job.lists.iter().find(|list| list.role == Role::Send)?;
        let read = || {
            let list = lists::open(std::slice::from_ref(file), &job.columns, &[]).ok()?.pop()?;
            let rows = rows::stream(&list).ok()?;
            let (columns, address) = (rows.header().names.clone(), rows.header().export.address);
            let rows = rows.take(SAMPLE_ROWS).map_while(Result::ok).collect();
            Some(Arc::new(Sample { path: file.path.clone(), columns, address, rows }))
        };
        self.samples.entry(file.path.clone()).or_insert_with(read).clone()
    }

    fn ask(mut self, settings: &LinkSettings, environment: &Environment, cancel: &Cancel, now: Timestamp) -> Result<Links, Error> {
        let mut options = options(settings, environment, cancel)?;
        let mut cache = open_cache(settings);
        if let (Some(cache), Some(at_most)) = (&mut cache, settings.cache) {
            options.known = cache.fresh(now, at_most);
        }
        self.requests.retain(|request| !self.alone.contains_key(&request.url));
        let plain: BTreeSet<String> = self.requests.iter().map(|request| request.url.clone()).collect();
        let skipped = |url: &str| self.alone.contains_key(url) || skipped_by(&settings.skip, url).is_some();
        let filled = self.tagged.iter().flat_map(|tagged| &tagged.filled).map(|(url, _)| url).filter(|url| !skipped(url));
        self.requests.extend(filled.map(Request::page).collect::<Vec<_>>());
        let begin = Instant::now();
        let mut links = probe::ask(&self.requests, &options, &Progress::on_terminal())?;
        // What stands in the QR codes of hosted pictures is known only now.
        let coded = in_codes(&links, &skipped);
        options.deadline = options.deadline.saturating_sub(begin.elapsed());
        if !coded.is_empty() && !links.ended_by_hand() {
            links.absorb(probe::ask(&coded, &options, &Progress::on_terminal())?);
        }
        let asked: BTreeMap<String, Answer> = self
            .tagged
            .iter()
            .flat_map(|tagged| &tagged.filled)
            .filter_map(|(url, _)| Some((url.clone(), links.get(url)?.clone())))
            .collect();
        for url in asked.keys().filter(|url| !plain.contains(*url)) {
            links.take(url);
        }
        if let (Some(cache), Some(path)) = (&mut cache, &settings.cache_file) {
            cache.keep(&links, now);
            if write::replace(path, cache.to_json()).is_err() {
                links.note(format!("good answers could not be kept in {path}"));
            }
        }
        for tagged in &self.tagged {
            if let Some(answer) = told_of(tagged, &asked) {
                links.insert(answer);
            } else {
                let why = "it holds a merge tag, and what it becomes for the first rows of the send list is left alone";
                links.leave_alone(&tagged.written, LeftAlone::new(Alone::MergeTag, why));
            }
        }
        for (url, why) in self.alone {
            links.leave_alone(url, why);
        }
        Ok(links)
    }
}

/// Requests for the addresses in the QR codes of the pictures that were asked.
fn in_codes(links: &Links, skipped: &impl Fn(&str) -> bool) -> Vec<Request> {
    let codes = links.answers().filter_map(|answer| answer.image.as_ref()).flat_map(|image| &image.codes);
    let is_new = |code: &&str| code.contains("://") && links.get(code).is_none() && links.left_alone(code).is_none() && !skipped(code);
    let codes: BTreeSet<&str> = codes.map(|code| code.trim()).filter(is_new).collect();
    codes.into_iter().map(Request::page).collect()
}

/// The worst answer that a link with merge tags got, with the row for which it was asked.
fn told_of(tagged: &Tagged, asked: &BTreeMap<String, Answer>) -> Option<Answer> {
    let answered: Vec<(&Answer, u64)> = tagged.filled.iter().filter_map(|(url, line)| Some((asked.get(url)?, *line))).collect();
    let rank = |standing| match standing {
        Standing::Dead => 0,
        Standing::Suspect => 1,
        Standing::NotPublic => 2,
        Standing::Refused => 3,
        Standing::Unknown => 4,
        Standing::Alive => 5,
    };
    let (worst, line) = answered.iter().min_by_key(|(answer, line)| (rank(answer.standing), *line))?;
    let of = if answered.len() > 1 { format!(", one of {} rows that were tried", answered.len()) } else { String::new() };
    let mut answer = (*worst).clone();
    answer.url.clone_from(&tagged.written);
    answer.reason = format!("{}; filled in as for {} line {line}{of}", answer.reason, tagged.list);
    Some(answer)
}

/// The answers that were kept. A file that cannot be read is worth no more than none.
fn open_cache(settings: &LinkSettings) -> Option<Cache> {
    settings.cache?;
    let path = settings.cache_file.as_ref()?;
    let text = read::exists(Path::new(path)).then(|| read::bytes(path, "cache").ok()).flatten();
    Some(text.and_then(|bytes| Cache::from_json(path, &String::from_utf8_lossy(&bytes)).ok()).unwrap_or_default())
}

pub(super) fn options(settings: &LinkSettings, environment: &Environment, cancel: &Cancel) -> Result<probe::Options, Error> {
    let usual = probe::Options::default();
    let list = |headers: &BTreeMap<String, String>| headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let hosts = settings
        .hosts
        .iter()
        .map(|(host, own)| (host.trim().to_lowercase(), HostOptions { headers: list(&own.headers), width: own.width }));
    // An empty `proxy` means none, whatever the environment says.
    let proxy = settings.proxy.clone().filter(|proxy| !proxy.is_empty());
    let around = |proxy: &Option<String>| proxy.clone().filter(|_| settings.proxy.is_none());
    Ok(probe::Options {
        allow_private: settings.allow_private.clone(),
        deadline: settings.deadline.map_or(usual.deadline, Duration::from_secs),
        user_agent: settings.user_agent.clone().unwrap_or(usual.user_agent),
        accept_language: settings.accept_language.clone().unwrap_or(usual.accept_language),
        headers: list(&settings.headers),
        hosts: hosts.collect(),
        proxy,
        http_proxy: around(&environment.http),
        https_proxy: around(&environment.https),
        proxy_except: settings.no_proxy.as_ref().map_or_else(|| environment.except.clone(), |hosts| hosts.join(",")),
        authorities: match &settings.ca_file {
            Some(path) => read::bytes(path, "file of certificate authorities")?,
            None => Vec::new(),
        },
        ctrl_c: true,
        cancel: cancel.clone(),
        ..probe::Options::default()
    })
}
