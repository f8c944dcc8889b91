//! Rules about where links lead.

pub(super) mod dead_image;
pub(super) mod dead_link;
pub(super) mod insecure_redirect;
pub(super) mod long_redirect_chain;
pub(super) mod lost_tracking;
pub(super) mod missing_fragment;
pub(super) mod placeholder_link;
pub(super) mod private_link;
pub(super) mod staging_link;
pub(super) mod suspect_link;
