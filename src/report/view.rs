//! What the page shows of a draft beside its findings: the mail itself, its links, and who stands on which lists.

use crate::audience::Audience;
use crate::evidence::Evidence;
use crate::flows::Rehearsal;
use crate::links::{Standing, masked, masked_words};
use crate::message::Body;
use crate::rule::Context;
use crate::settings::Role;
use crate::source::Span;
use std::sync::Arc;

/// How many links are listed.
const MOST_LINKS: usize = 400;

/// How many combinations of lists are drawn.
const MOST_COMBINATIONS: usize = 16;

/// What the page shows of a draft beside its findings.
#[derive(Debug, Default)]
pub struct View {
    /// Who sends it.
    pub(super) from: Option<String>,
    /// The first HTML body.
    pub(super) html: Option<Span>,
    /// The first body that is plain text.
    pub(super) text: Option<Span>,
    /// A number for the file's bytes: another draft has another.
    pub(super) mark: String,
    /// Its links, in their order.
    pub(super) links: Vec<LinkView>,
    /// How many more there are.
    pub(super) more_links: usize,
    /// The lists, if there are two or more.
    pub(super) lists: Vec<ListView>,
    /// How many people stand on both of two lists.
    pub(super) pairs: Vec<Vec<u64>>,
    /// People on exactly these lists, a bit for each, the largest first.
    pub(super) combinations: Vec<(u64, u64)>,
    /// What a plan would set off.
    pub(super) rehearsal: Option<Arc<Rehearsal>>,
}

/// A link and what the web said.
#[derive(Debug)]
pub(super) struct LinkView {
    pub(super) text: String,
    pub(super) address: String,
    pub(super) place: String,
    /// How it stands, in a word, and why; nothing if nobody was asked.
    pub(super) answer: Option<(Standing, String)>,
    /// Why it was left alone.
    pub(super) alone: Option<String>,
}

/// A list of people.
#[derive(Debug)]
pub(super) struct ListView {
    pub(super) name: String,
    pub(super) role: Role,
}

impl View {
    pub(super) fn of(context: &Context<'_>, evidence: Evidence<'_>) -> Self {
        let bodies = &context.message.bodies;
        let (links, more_links) = links(context, evidence);
        let mut view = Self {
            from: context.message.header("From").map(|from| from.text().to_owned()),
            html: bodies.iter().find_map(|body| if let Body::Html(html) = body { Some(html.source().whole()) } else { None }),
            text: bodies.iter().find_map(|body| match body {
                Body::Text(text) | Body::Markdown(text) => Some(text.clone()),
                Body::Html(_) => None,
            }),
            mark: crate::check::mark_of(context.message.source.bytes()),
            links,
            more_links,
            ..Self::default()
        };
        if let Some(audience) = evidence.audience.filter(|audience| audience.lists.len() > 1) {
            view.take_audience(audience);
        }
        view
    }

    /// What the page shows of a plan.
    pub(super) fn of_plan(rehearsal: &Arc<Rehearsal>) -> Self {
        let mark = crate::check::mark_of(rehearsal.plan.source.bytes());
        Self { mark, rehearsal: Some(Arc::clone(rehearsal)), ..Self::default() }
    }

    fn take_audience(&mut self, audience: &Audience) {
        self.lists = audience.lists.iter().map(|list| ListView { name: list.name.clone(), role: list.role }).collect();
        self.pairs = audience.pairs();
        let combinations = audience.combinations.iter().take(MOST_COMBINATIONS);
        self.combinations = combinations.map(|combination| (combination.lists, combination.people)).collect();
    }
}

fn links(context: &Context<'_>, evidence: Evidence<'_>) -> (Vec<LinkView>, usize) {
    let web = || context.facts.links.iter().filter(|link| link.is_web());
    let view = |link: &crate::facts::Link| LinkView {
        text: masked_words(if link.text.trim().is_empty() { &link.label } else { &link.text }),
        address: masked(&link.href),
        place: link.span.place().to_string(),
        answer: evidence.links.and_then(|links| links.get(&link.href)).map(|answer| (answer.standing, answer.shown_reason())),
        alone: evidence.links.and_then(|links| links.left_alone(&link.href)).map(|left| left.reason.clone()),
    };
    (web().take(MOST_LINKS).map(view).collect(), web().count().saturating_sub(MOST_LINKS))
}
