//! Rules about what `presend.toml` lets pass.

pub(super) mod changed_since_approval;
pub(super) mod expired_waiver;
pub(super) mod missing_mistake;
pub(super) mod unused_waiver;
