//! What a run has to do: every draft with the settings, lists and coupons that belong to it, from flags and `presend.toml`.

mod asking;
mod calendar;
mod config;
mod dictionaries;
mod rehearsed;
mod variants;
mod warehouse;

use crate::cli::{CheckArgs, CouponsArgs};
use crate::error::Error;
use crate::finding::Severity;
use crate::gate::BASELINE_NAME;
use crate::lists::{self, ListFile, send_list};
use crate::offers::Language;
use crate::read;
use crate::settings::{
    Brief, CouponSource, CouponSources, Expected, FILE_NAME, LinkSettings, Role, Settings, WarehouseSettings, in_warehouse, parse_time,
};
use config::{Config, check_platform, config_for};
use jiff::Zoned;
use jiff::tz::TimeZone;
pub use rehearsed::Rehearsed;
use rehearsed::rehearsal;
use std::path::{Component, Path};
pub use variants::Variant;
use variants::{Member, members};
pub use warehouse::warehouse;
use warehouse::warehouse_of;

/// One draft to check.
#[derive(Debug, Clone)]
pub struct Job {
    /// The draft's file.
    pub draft: String,
    /// Whether it was met on a search through a folder, and nobody named it.
    pub is_found: bool,
    /// The same from the folder of its settings file, or of the run: it is called so wherever the run is started.
    pub from_home: String,
    /// The campaign that it belongs to.
    pub campaign: Option<String>,
    /// What it is among the drafts that are one mail, if the settings file says so.
    pub variant: Option<Variant>,
    /// What the user said about the send.
    pub settings: Settings,
    /// The settings file, if there is one.
    pub config: Option<String>,
    /// The file of findings that are known already.
    pub baseline: Option<String>,
    /// From which severity on a finding holds the send, where the settings say it.
    pub hold_at: Option<Severity>,
    /// Send lists and other lists.
    pub lists: Vec<ListFile>,
    /// The columns with the addresses, where they were said: `NAME`, or `LIST=NAME`.
    pub columns: Vec<String>,
    /// The warehouse in which lists may stand.
    pub warehouse: WarehouseSettings,
    /// Coupon files, and shops that are asked.
    pub coupons: Vec<CouponSource>,
    /// The file of recorded link answers, if the network is not to be asked.
    pub answers: Option<String>,
    /// How its links are asked otherwise.
    pub links: LinkSettings,
    /// When it goes out, if it was said.
    pub send_at: Option<Zoned>,
    /// The dictionaries that were named.
    pub dictionaries: Vec<(Language, String)>,
}

/// Everything to check.
#[derive(Debug, Default)]
pub struct Plan {
    /// The drafts, in the order in which they were named.
    pub jobs: Vec<Job>,
    /// Plans of imports and moves to rehearse.
    pub rehearsals: Vec<Rehearsed>,
}

impl Job {
    /// Every file that is read for it.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let lists = self.lists.iter().map(|list| &list.path).filter(|path| in_warehouse(path).is_none());
        let beside = self.answers.iter().chain(&self.config).chain(&self.baseline);
        let coupons = self.coupons.iter().filter_map(CouponSource::file);
        let dictionaries = self.dictionaries.iter().map(|(_, path)| path.as_str());
        [&self.draft].into_iter().chain(lists).chain(beside).map(String::as_str).chain(coupons).chain(dictionaries)
    }

    /// What names a draft of this file, which people call `name`, wherever the run is started.
    pub fn key(&self, name: &str) -> String {
        name.strip_prefix(&self.draft).map_or_else(|| name.to_owned(), |which| format!("{}{which}", self.from_home))
    }
}

impl Plan {
    /// Whether there is nothing to do.
    fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.rehearsals.is_empty()
    }

    /// Every file that is read.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let plans = self.rehearsals.iter().map(|rehearsed| rehearsed.path.as_str());
        self.jobs.iter().flat_map(Job::inputs).chain(plans)
    }
}

/// Works out what is to be done. `zone` is meant where nobody names one.
///
/// # Errors
/// Nothing to check; a settings file that cannot be read; a flag that cannot be understood.
pub fn plan(args: &CheckArgs, zone: &TimeZone) -> Result<Plan, Error> {
    let mut plan = Plan::default();
    let here = String::from(".");
    let paths = if args.paths.is_empty() { std::slice::from_ref(&here) } else { &args.paths };
    for path in paths {
        let config = config_for(args, path)?;
        // Whoever names nothing means what the settings name, also from a folder below them.
        let above =
            config.as_ref().filter(|config| args.paths.is_empty() && config.folder.components().any(|part| part == Component::ParentDir));
        let home = above.map(|config| read::shown(&config.folder));
        let path = home.as_ref().unwrap_or(path);
        let is_folder = Path::new(path).is_dir();
        if let Some(config) = config.as_ref().filter(|config| is_folder && config.is_home_of(path)) {
            plan.rehearsals.extend(rehearsal(args, config)?);
        }
        match &config {
            Some(config) if is_folder && !config.file.campaign.is_empty() && config.is_home_of(path) => {
                plan_campaigns(&mut plan, args, config, zone)?;
                if plan.is_empty() {
                    return Err(nothing_to_check(Some(config)));
                }
            }
            _ if args.paths.is_empty() && !plan.rehearsals.is_empty() => {}
            _ if args.paths.is_empty() => return Err(nothing_to_check(config.as_ref())),
            _ => {
                for draft in read::drafts(path) {
                    let job = job(args, config.as_ref(), draft, zone)?;
                    plan.jobs.push(Job { is_found: is_folder && job.campaign.is_none(), ..job });
                }
            }
        }
        if plan.is_empty() {
            let what = "name a folder with .eml, .msg, .mbox, .html, .mjml, .md, .txt or .zip files, \
                        or name a template (.hbs, .liquid, .j2) itself";
            return Err(Error::in_file(path, "there is no draft in this folder").help(what));
        }
    }
    Ok(plan)
}

fn nothing_to_check(config: Option<&Config>) -> Error {
    if let Some(config) = config {
        Error::in_file(config.source.name(), "it describes no campaign to check")
            .help("add a [[campaign]] section with `drafts`, or name a draft: presend check draft.eml")
    } else {
        Error::new("there is nothing to check")
            .help(format!("name a draft: presend check draft.eml; or describe the campaigns of this folder in {FILE_NAME}"))
    }
}

/// Adds every draft of every campaign that the settings file describes.
fn plan_campaigns(plan: &mut Plan, args: &CheckArgs, config: &Config, zone: &TimeZone) -> Result<(), Error> {
    for (index, campaign) in config.file.campaign.iter().enumerate() {
        for member in members(config, index, campaign)? {
            plan.jobs.push(campaign_job(args, Some(config), Some(campaign), member, zone)?);
        }
    }
    Ok(())
}

/// The job of a draft that was named on the command line; if a campaign claims it, with that campaign's settings.
fn job(args: &CheckArgs, config: Option<&Config>, draft: String, zone: &TimeZone) -> Result<Job, Error> {
    // A campaign whose files are not all there can still claim those that are.
    let claims = |config: &Config, index: usize, campaign: &Brief| {
        members(config, index, campaign).ok()?.into_iter().find(|member| read::is_same(&member.draft, &draft))
    };
    let claimed = config.and_then(|config| {
        let mut campaigns = config.file.campaign.iter().enumerate();
        campaigns.find_map(|(index, campaign)| Some((campaign, claims(config, index, campaign)?)))
    });
    let (campaign, variant) = claimed.map_or((None, None), |(campaign, member)| (Some(campaign), member.variant));
    campaign_job(args, config, campaign, Member { draft, variant }, zone)
}

fn campaign_job(
    args: &CheckArgs,
    config: Option<&Config>,
    campaign: Option<&Brief>,
    member: Member,
    zone: &TimeZone,
) -> Result<Job, Error> {
    let Member { draft, variant } = member;
    let settings = Settings { zone: zone.clone(), ..Settings::default() };
    let home = config.map_or(Path::new("."), |config| config.folder.as_path());
    let mut job = Job {
        is_found: false,
        from_home: read::path_from(home, &draft),
        draft,
        campaign: None,
        variant,
        settings,
        config: None,
        baseline: None,
        hold_at: None,
        lists: Vec::new(),
        columns: args.reading.columns.clone(),
        warehouse: warehouse_of(&args.warehouse, config)?,
        coupons: Vec::new(),
        answers: None,
        links: LinkSettings::default(),
        send_at: None,
        dictionaries: Vec::new(),
    };
    if let Some(config) = config {
        job.campaign = campaign.and_then(|campaign| campaign.name.clone());
        let briefs: Vec<&Brief> = [Some(&config.file.brief), campaign].into_iter().flatten().collect();
        for brief in &briefs {
            check_platform(brief, &config.source)?;
            job.settings.apply(brief, &config.source)?;
        }
        let language = job.variant.as_ref().and_then(|variant| Language::of_tag(variant.language.as_deref()?));
        job.settings.language = language.or(job.settings.language);
        let rules = config.file.rules.iter().map(|(rule, level)| (rule.get_ref().clone(), *level));
        job.settings.levels = rules.collect();
        (job.settings.waivers, job.settings.expected) = config.file.exceptions(&config.source)?;
        job.settings.approvals = config.file.approvals(&config.source)?;
        job.config = Some(config.source.name().to_owned());
        job.hold_at = config.file.gate.threshold(&config.source)?;
        job.settings.apply_house(&config.file.house, &config.source)?;
        take_files(&mut job, config, &briefs)?;
        if let Some(campaign) = campaign {
            calendar::take(&mut job, config, campaign);
        }
    }
    job.baseline = baseline(args, config);
    job.links = asking::settings(args, config)?;
    take_flags(&mut job, args)?;
    job.settings.send_time_is_guessed = job.send_at.is_none();
    Ok(job)
}

/// The baseline that was typed, that the settings name, or that lies in their folder.
fn baseline(args: &CheckArgs, config: Option<&Config>) -> Option<String> {
    if args.no_baseline {
        return None;
    }
    let folder = config.map_or(Path::new("."), |config| config.folder.as_path());
    let named = config.and_then(|config| config.file.gate.baseline.as_ref()).map(|path| read::shown(&folder.join(path.get_ref())));
    let there = || Some(folder.join(BASELINE_NAME)).filter(|path| read::exists(path)).map(|path| read::shown(&path));
    args.baseline.clone().or(named).or_else(there)
}

/// Lists, coupons and send time as the settings file has them; later briefs win.
fn take_files(job: &mut Job, config: &Config, briefs: &[&Brief]) -> Result<(), Error> {
    let in_folder = |path: &str| if in_warehouse(path).is_some() { path.to_owned() } else { read::shown(&config.folder.join(path)) };
    for brief in briefs {
        if let Some(to) = &brief.to {
            job.lists = to.iter().map(|path| send_list(in_folder(path))).collect();
        }
        if let Some(coupons) = &brief.coupons {
            job.coupons = coupon_sources(coupons, config);
        }
        if let Some(time) = &brief.send_at {
            let at = parse_time(time.get_ref(), &job.settings.zone);
            job.send_at =
                Some(at.ok_or_else(|| not_a_time(Error::at(&config.source.span(time.span()), not_a_time_message(time.get_ref()))))?);
        }
    }
    for (name, list) in &config.file.lists {
        let role = list.role.or_else(|| Role::named(name)).unwrap_or(Role::Other);
        job.lists.push(ListFile { name: name.clone(), role, path: in_folder(list.file.get_ref()) });
    }
    job.answers = config.file.links.answers.as_deref().map(in_folder);
    dictionaries::take_file(job, config)?;
    Ok(())
}

/// The sources that a settings file names; its files count from its folder.
fn coupon_sources(coupons: &CouponSources, config: &Config) -> Vec<CouponSource> {
    let in_folder = |source: &CouponSource| match source {
        CouponSource::File(path) => CouponSource::File(read::shown(&config.folder.join(path))),
        CouponSource::Shop(shop) => CouponSource::Shop(shop.clone()),
    };
    coupons.0.iter().map(in_folder).collect()
}

/// The coupons that `presend coupons` shows, and how shops among them are asked: those that were typed, or those of the
/// settings file.
///
/// # Errors
/// A settings file or a source that cannot be understood, or no coupons at all.
pub fn coupons(args: &CouponsArgs) -> Result<(Vec<CouponSource>, LinkSettings), Error> {
    let check = CheckArgs { config: args.config.clone(), ..CheckArgs::default() };
    let config = config_for(&check, ".")?;
    let mut links = asking::settings(&check, config.as_ref())?;
    links.allow_private.extend(args.allow_private.iter().cloned());
    let typed = args.sources.iter().map(|text| CouponSource::parse(text)).collect::<Result<Vec<_>, _>>()?;
    let written = config.as_ref().and_then(|config| Some(coupon_sources(config.file.brief.coupons.as_ref()?, config)));
    let sources = if typed.is_empty() { written.unwrap_or_default() } else { typed };
    if sources.is_empty() {
        return Err(Error::new("there are no coupons to show").help("name a coupon file, or a shop: presend coupons shop:stripe"));
    }
    Ok((sources, links))
}

fn not_a_time_message(text: &str) -> String {
    format!("`{text}` is not a time that can be understood")
}

fn not_a_time(error: Error) -> Error {
    error.help("write it as 2026-11-27T09:00, with a zone as 2026-11-27T09:00[Europe/London]")
}

/// What was typed wins over what is written.
fn take_flags(job: &mut Job, args: &CheckArgs) -> Result<(), Error> {
    if !args.to.is_empty() {
        job.lists.retain(|list| list.role != Role::Send);
        job.lists.splice(0..0, args.to.iter().map(|path| send_list(path.clone())));
    }
    for list in &args.lists {
        let list = lists::named(list, "--list ")?;
        job.lists.retain(|known| known.name != list.name);
        job.lists.push(list);
    }
    if !args.brief.coupons.is_empty() {
        job.coupons = args.brief.coupons.iter().map(|text| CouponSource::parse(text)).collect::<Result<_, _>>()?;
    }
    if args.links.is_some() {
        job.answers.clone_from(&args.links);
    }
    if let Some(text) = &args.brief.send_at {
        let at = parse_time(text, &job.settings.zone);
        job.send_at = Some(at.ok_or_else(|| not_a_time(Error::new(format!("--send-at: {}", not_a_time_message(text)))))?);
    }
    dictionaries::take_flags(job, args)?;
    job.settings.kind = args.brief.kind.or(job.settings.kind);
    if let Some(people) = args.audience {
        job.settings.audience = Some(Expected { people, place: None });
    }
    Ok(())
}
