//! Rules that compare a draft with its A/B variants and its translations.

pub(super) mod link_missing_in_translation;
mod targets;
pub(super) mod variant_link_differs;
