//! Rules about whom a greeting names.

pub(super) mod empty_name;
pub(super) mod hardcoded_name;
pub(super) mod stand_in_name;
