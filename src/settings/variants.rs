//! Drafts of a campaign that are one mail: its A/B variants and its languages.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The drafts of one language: a file or pattern, or several where it has variants of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Drafts {
    /// `de = "sale.de.html"`
    One(String),
    /// `de = ["sale.de.a.html", "sale.de.b.html"]`
    Several(Vec<String>),
}

impl Drafts {
    /// All of them.
    pub fn patterns(&self) -> &[String] {
        match self {
            Self::One(pattern) => std::slice::from_ref(pattern),
            Self::Several(patterns) => patterns,
        }
    }
}

/// The drafts of a campaign by language.
pub type Languages = BTreeMap<Spanned<String>, Spanned<Drafts>>;
