//! How links are asked: the `[links]` section of `presend.toml`.

use jiff::SignedDuration;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// How links are asked. Files count from the folder of `presend.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LinkSettings {
    /// Never ask the network.
    pub offline: bool,
    /// The file of recorded answers, which are taken instead of asking; counted from the folder of `presend.toml`.
    pub answers: Option<String>,
    /// Addresses that are left alone, and listed as such: hosts, or patterns with `*`.
    pub skip: Vec<String>,
    /// Host names or addresses that may be asked although they are private.
    pub allow_private: Vec<String>,
    /// Seconds for the whole run; 60 unless said.
    pub deadline: Option<u64>,
    /// The proxy through which everything is asked; empty for none, whatever the environment says.
    pub proxy: Option<String>,
    /// Hosts that are asked without the proxy.
    pub no_proxy: Option<Vec<String>>,
    /// A file of further certificate authorities, as PEM.
    pub ca_file: Option<String>,
    /// Headers that are sent to every host.
    pub headers: BTreeMap<String, String>,
    /// The languages that pages are asked for: `de-DE,de;q=0.9`.
    pub accept_language: Option<String>,
    /// How presend calls itself.
    pub user_agent: Option<String>,
    /// For how long an answer that was fine is good: `15m`. Without it nothing is kept.
    #[serde(deserialize_with = "duration")]
    pub cache: Option<SignedDuration>,
    /// Where such answers are kept.
    pub cache_file: Option<String>,
    /// What differs for one host and all below it.
    pub hosts: BTreeMap<String, HostSettings>,
}

/// What differs for one host and all below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HostSettings {
    /// Headers that are sent to it alone.
    pub headers: BTreeMap<String, String>,
    /// Requests at once.
    pub width: Option<usize>,
}

/// Reads a length of time as people write it: `15m`, `2h`, `1h 30m`.
pub fn parse_duration(text: &str) -> Option<SignedDuration> {
    text.trim().parse().ok().filter(SignedDuration::is_positive)
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SignedDuration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_duration(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("\"{text}\" is not a length of time; write it as \"15m\" or \"2h\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        assert_eq!(parse_duration("15m"), Some(SignedDuration::from_mins(15)));
        assert_eq!(parse_duration(" 1h 30m "), Some(SignedDuration::from_mins(90)));
        assert_eq!(["", "15", "-5m", "soon", "0s"].map(parse_duration), [None; 5]);
    }
}
