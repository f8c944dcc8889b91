//! What can be typed about links, and how they are asked.

use clap::Args;

/// What `presend probe` takes.
#[derive(Debug, Clone, Args, Default)]
pub struct ProbeArgs {
    /// Drafts or folders of drafts; without any, the campaigns of presend.toml
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Write the answers to this file
    #[arg(long, value_name = "FILE")]
    pub output: String,
    /// A file of the people who will get it: links with merge tags are then asked as its first rows fill them in
    #[arg(long, value_name = "FILE")]
    pub to: Vec<String>,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// How links are asked
    #[command(flatten)]
    pub asking: AskArgs,
}

/// How links are asked; the same can be said in the `[links]` section of `presend.toml`.
#[derive(Debug, Clone, Args, Default)]
#[command(next_help_heading = "Asking links")]
pub struct AskArgs {
    /// Leave these addresses alone: a host, or a pattern such as example.com/account/*
    #[arg(long, value_name = "PATTERN")]
    pub skip: Vec<String>,
    /// A private host, address or range that may be asked
    #[arg(long, value_name = "HOST")]
    pub allow_private: Vec<String>,
    /// Seconds for all links together; 60 unless said
    #[arg(long, value_name = "SECONDS")]
    pub deadline: Option<u64>,
    /// The proxy to ask through; `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are respected without it
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// A PEM file of further certificate authorities
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<String>,
    /// A header to send to every host, as "Name: value"; may be given several times
    #[arg(long = "header", value_name = "HEADER")]
    pub headers: Vec<String>,
    /// The languages to ask for, such as de-DE,de;q=0.9
    #[arg(long, value_name = "LANGUAGES")]
    pub accept_language: Option<String>,
    /// How presend calls itself
    #[arg(long, value_name = "NAME")]
    pub user_agent: Option<String>,
    /// Keep answers that were fine for so long, such as 15m
    #[arg(long, value_name = "TIME")]
    pub cache: Option<String>,
    /// Where they are kept
    #[arg(long, value_name = "FILE")]
    pub cache_file: Option<String>,
}
