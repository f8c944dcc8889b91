//! mailchimp.

use super::super::catalogue::Flows;
use super::super::tree::Tree;

pub(super) fn read(_tree: &Tree) -> Option<Flows> {
    None
}
