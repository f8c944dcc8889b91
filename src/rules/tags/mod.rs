//! Rules about merge tags.

pub(super) mod broken_tag;
pub(super) mod foreign_tag;
pub(super) mod left_over_tag;
pub(super) mod no_fallback;
pub(super) mod text_part_lacks_tags;
pub(super) mod unclosed_block;
pub(super) mod unknown_field;

use crate::facts::MergeTag;
use crate::rule::Context;

/// The sending platform of the draft in words: "Mailchimp", or what is known of it.
fn platform(context: &Context<'_>) -> String {
    context.facts.tags.decision.as_ref().map_or_else(|| String::from("the platform"), |decision| decision.dialects.describe())
}

/// The tags that a reader would see, in a draft that is still to be filled in.
fn waiting<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a MergeTag> {
    let tags: &[MergeTag] = if context.is_finished() { &[] } else { &context.facts.tags.tags };
    tags.iter().filter(|tag| tag.is_seen())
}
