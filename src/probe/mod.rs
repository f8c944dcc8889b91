//! Asks the web about links: the only module that uses the network, and the only one that is async.

mod address;
mod names;
mod options;
mod pace;
mod cookies;
mod certificate;
mod fault;
mod client;
mod fetch;
mod lead_on;
mod page;
mod chain;
mod judge;
mod asking;
mod api;
mod settle;
mod interrupt;

use crate::error::Error;
use crate::links::{Answer, Links, Mender, Standing, left_alone};
use crate::progress::{Progress, Task};
pub use api::{Api, Ask, Proof, Secret, Silence, Told};
use asking::{Asked, Repeats, ask_one};
pub use interrupt::{Listening, listen};
pub use options::{Cancel, HostOptions, Limits, Lookup, Options};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::task::JoinSet;
use url::Url;

/// Whether an address leads to a private host that these settings allow by its number or its name.
pub(crate) fn is_allowed_private(url: &Url, allow_private: &[String]) -> bool {
    let allowed = address::Allowed::new(allow_private);
    match url.host() {
        Some(url::Host::Ipv4(ip)) => allowed.address(ip.into()),
        Some(url::Host::Ipv6(ip)) => allowed.address(ip.into()),
        Some(url::Host::Domain(name)) => allowed.name(&name.to_lowercase()),
        None => false,
    }
}

/// What an address is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// To be opened by a reader.
    Page,
    /// To be shown in the mail.
    Image,
}

/// One address to ask.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    /// The address as it stands in the mail; answers are found under it.
    pub url: String,
    /// What it is wanted for.
    pub purpose: Purpose,
}

impl Request {
    /// A link that a reader may open.
    pub fn page(url: impl Into<String>) -> Self {
        Self { url: url.into(), purpose: Purpose::Page }
    }

    /// A picture that the mail shows.
    pub fn image(url: impl Into<String>) -> Self {
        Self { url: url.into(), purpose: Purpose::Image }
    }
}

/// One address to ask, and all the links that point at it.
#[derive(Debug, Clone)]
struct Job {
    url: Url,
    purpose: Purpose,
    /// The addresses as written, each with what stands behind `#`.
    written: Vec<(String, Option<String>)>,
}

/// Asks every distinct address once and returns when all have answered, the deadline is over, or it is cancelled.
///
/// Addresses that [`left_alone`] names are not asked, whoever calls; an address wanted both as a page and as a picture
/// is judged as a picture. Starts a small runtime of its own, so it must not be called from async code.
///
/// # Errors
/// Options that cannot be used (a faulty proxy address or certificate file), or no runtime. What the web says is never an error.
pub fn ask(requests: &[Request], options: &Options, progress: &Progress) -> Result<Links, Error> {
    let mut links = Links::default();
    let jobs = jobs(requests, options, &mut links);
    if jobs.is_empty() {
        return Ok(links);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Error::new(format!("links cannot be asked: {error}")))?;
    let options = Arc::new(Options { known: Links::default(), ..options.clone() });
    let task = progress.begin("asking links", jobs.len());
    let _listening = options.ctrl_c.then(|| interrupt::listen(&options.cancel));
    let asked = runtime.block_on(ask_all(jobs, &options, &task, &mut links));
    // A name server that never answers must not keep the report waiting.
    runtime.shutdown_background();
    settle::settle(asked?, &options, &mut links);
    Ok(links)
}

/// One job for each distinct address; everything that needs no asking goes into `links` at once.
fn jobs(requests: &[Request], options: &Options, links: &mut Links) -> Vec<Job> {
    let mut wanted: BTreeMap<&str, Purpose> = BTreeMap::new();
    for request in requests {
        let purpose = wanted.entry(&request.url).or_insert(request.purpose);
        *purpose = (*purpose).max(request.purpose);
    }
    let mut jobs: BTreeMap<(String, Purpose), Job> = BTreeMap::new();
    for (written, purpose) in wanted {
        if let Some(why) = left_alone(written) {
            links.leave_alone(written, why);
            continue;
        }
        if let Some(known) = options.known.get(written) {
            links.insert(known.clone());
            continue;
        }
        let Ok(mut url) = Url::parse(written.trim()) else { continue };
        let fragment = url.fragment().map(str::to_owned);
        url.set_fragment(None);
        chain::without_password(&mut url);
        let key = (url.to_string(), purpose);
        let job = jobs.entry(key).or_insert_with(|| Job { url, purpose, written: Vec::new() });
        job.written.push((written.to_owned(), fragment));
    }
    jobs.into_values().collect()
}

async fn ask_all(jobs: Vec<Job>, options: &Arc<Options>, task: &Task, links: &mut Links) -> Result<Vec<(Job, Asked)>, Error> {
    let clients = client::Clients::new(Arc::clone(options), names::Names::new(options))?;
    let run = Arc::new(fetch::Run { options: Arc::clone(options), clients, pace: pace::Pace::new(options) });
    let repeats = Arc::new(Repeats::for_jobs(jobs.len()));
    let mut open: BTreeMap<usize, Job> = jobs.into_iter().enumerate().collect();
    let mut running = JoinSet::new();
    for (at, job) in &open {
        let (run, repeats, at, job) = (Arc::clone(&run), Arc::clone(&repeats), *at, job.clone());
        running.spawn(async move { (at, ask_one(&run, &repeats, &job).await) });
    }
    let end = tokio::time::sleep(options.deadline);
    tokio::pin!(end);
    let cancelled = options.cancel.cancelled();
    tokio::pin!(cancelled);
    let mut done = Vec::with_capacity(open.len());
    let why = loop {
        tokio::select! {
            next = running.join_next() => match next {
                Some(Ok((at, asked))) => {
                    task.step();
                    done.extend(open.remove(&at).map(|job| (job, asked)));
                }
                Some(Err(_)) => {}
                None => break "not finished: it could not be asked to the end",
            },
            () = &mut end => break "not finished: the time for the whole run was over",
            () = &mut cancelled => {
                links.mark_ended_by_hand();
                break "not finished: the run was ended by hand";
            }
        }
    };
    running.abort_all();
    for written in open.values().flat_map(|job| &job.written) {
        links.mark_unfinished();
        links.insert(Answer::new(&written.0, Standing::Unknown, why).mender(Mender::Reader));
    }
    Ok(done)
}
