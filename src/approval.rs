//! What somebody signed off, held against the draft as it is now.

use crate::changes::Changes;
use crate::settings::Approval;

/// A sign-off of a draft, and how the draft stands to it.
#[derive(Debug, Clone)]
pub struct Approved {
    /// Who signed what off, and when.
    pub approval: Approval,
    /// The SHA-256 of the draft as it is now.
    pub sha256: String,
    /// What has changed since, if the version that was signed off is at hand.
    pub changes: Option<Changes>,
}

impl Approved {
    /// Whether it is the draft that was signed off.
    pub fn holds(&self) -> bool {
        self.approval.sha256 == self.sha256
    }
}
