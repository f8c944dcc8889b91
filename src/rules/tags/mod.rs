//! Rules about merge tags.

pub(super) mod broken_tag;
pub(super) mod doubtful_tag;
pub(super) mod foreign_tag;
pub(super) mod left_over_tag;
pub(super) mod no_fallback;
pub(super) mod text_part_lacks_tags;
pub(super) mod unclosed_block;
pub(super) mod unencoded_field;
pub(super) mod unknown_field;

use crate::facts::MergeTag;
use crate::rule::Context;
use crate::tags::{Decision, Fault, Form, Kind};

/// First parts of a path that stand for the person: `contact.FIRSTNAME`, `subscriber.first_name`.
const PERSON: [&str; 10] =
    ["contact", "subscriber", "person", "profile", "customer", "recipient", "lead", "user", "member", "contactfield"];

/// The sending platform of the draft in words: "Mailchimp", or what is known of it.
fn platform(context: &Context<'_>) -> String {
    context.facts.tags.decision.as_ref().map_or_else(|| String::from("the platform"), |decision| decision.dialects.describe())
}

/// The tags that a reader would see, in a draft that is still to be filled in.
fn waiting<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a MergeTag> {
    let tags: &[MergeTag] = if context.is_finished() { &[] } else { &context.facts.tags.tags };
    tags.iter().filter(|tag| tag.is_seen())
}

/// The tags that print a value, with the person's field that they print.
fn fields<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (&'a MergeTag, &'a str)> {
    let decision: Option<&'a Decision> = context.facts.tags.decision.as_ref();
    waiting(context).filter_map(move |tag| {
        let prints = matches!(tag.tag.kind, Kind::Print | Kind::System(_));
        Some((tag, decision.filter(|_| prints)?.field(&tag.tag)?.trim_start_matches('.')))
    })
}

/// What comes out where there is no value, to end a message with.
fn outcome(tag: &MergeTag) -> String {
    tag.reading.missing.as_ref().map_or_else(String::new, |missing| format!("; if a person has no value, it {}", missing.sentence))
}

/// Django's filters take no blank behind the colon. Klaviyo and others are said to forgive it, so it is a doubt, not a fault.
fn is_doubtful(tag: &MergeTag) -> bool {
    tag.reading.fault == Some(Fault::Spaces) && tag.tag.form == Form::Double && !tag.tag.filters.is_empty()
}
