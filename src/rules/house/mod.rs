//! Rules that the team wrote itself.

pub(super) mod house_rule;
