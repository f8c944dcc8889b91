//! Rules about where links lead.

pub(super) mod dead_link;
pub(super) mod placeholder_link;
pub(super) mod private_link;
pub(super) mod staging_link;
pub(super) mod suspect_link;
