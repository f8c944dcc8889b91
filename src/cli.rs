//! What can be typed. Only types: nothing here acts.

mod changes;
mod links;
mod people;
mod report;

use crate::report::{Format, ReportFormat};
use crate::settings::MessageType;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use people::REHEARSE_HELP;
use report::parse_also;

pub use changes::{ApproveArgs, DiffArgs};
pub use links::{AskArgs, ProbeArgs};
pub use people::{AudienceArgs, FlowsArgs, ProofArgs, ReadArgs, RehearseArgs, WarehouseArgs};
pub use report::{Also, HoldAt};

/// A pre-flight check for email blasts: reads the draft and what is at hand beside it, and says what is wrong
/// before anything is sent.
#[derive(Debug, Parser)]
#[command(name = "presend", version, about, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts before they are sent
    #[command(after_help = EXIT_CODES)]
    Check(Box<CheckArgs>),
    /// Ask the links of drafts, and write down what they answer, for `presend check --links`
    #[command(after_help = "Exit codes: 0 asked · 2 an input could not be read, or the command is wrong · 3 ended before all had answered")]
    Probe(Box<ProbeArgs>),
    /// Show the message that everybody on a list gets: every kind of it, worst first, counted
    #[command(
        after_help = "Exit codes: 0 nothing wrong · 1 something is wrong with somebody's message · 2 an input could not be read, or the command is wrong"
    )]
    Proof(Box<ProofArgs>),
    /// Check again whenever a draft, a list or the settings are saved, until Ctrl-C; ends with the last exit code
    #[command(after_help = EXIT_CODES)]
    Watch(Box<CheckArgs>),
    /// Show what has changed between two versions of a mail: words, links, codes, pictures, subject, sender, people
    #[command(after_help = "Exit codes: 0 the same for its readers · 1 changed · 2 an input could not be read, or the command is wrong")]
    Diff(Box<DiffArgs>),
    /// Sign drafts off as they are: writes the name, the day and each draft's SHA-256 into presend.toml; a draft that is
    /// changed later is held
    Approve(ApproveArgs),
    /// Look at this folder and write a presend.toml for it, with comments; one that is there stays as it is
    Init {
        /// The folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: String,
        /// Ask nothing, and take what is guessed; so it is too where nobody sits at a terminal
        #[arg(long, short)]
        yes: bool,
    },
    /// Show the safe repairs of drafts: misspelt merge tags, curly quotes in them, `&amp;amp;`; --write makes them
    #[command(
        after_help = "Exit codes: 0 nothing to repair, or it is done · 1 repairs are shown and not made · 2 an input could not be read"
    )]
    Fix(FixArgs),
    /// Write down what is found today, so that from now on only new findings hold a send
    Baseline(Box<BaselineArgs>),
    /// Show what is understood of coupon files, or of the shop itself: codes, dates, discounts, limits, pools
    Coupons(CouponsArgs),
    /// Show who stands on which lists: sizes, doubles, overlaps
    Audience(Box<AudienceArgs>),
    /// Show what starts which flow of an automation platform, and what follows: the map of flows
    Flows(FlowsArgs),
    /// Rehearse an import, a move or a migration: what it would set off, for how many people, before it happens
    #[command(after_help = REHEARSE_HELP)]
    Rehearse(Box<RehearseArgs>),
    /// Explain a rule: what it finds, why it matters, with examples
    Explain {
        /// The rule, as it stands in brackets behind a finding; without one, all are listed
        rule: Option<String>,
    },
    /// List all rules
    Rules,
    /// Write the completions for a shell: presend completions bash
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page: presend man > presend.1
    Man,
    /// Write a JSON schema: of presend.toml for editors, of the report, or of a proof
    Schema {
        /// Of what
        of: SchemaOf,
    },
    /// List the sending platforms whose merge tags are known, for `esp` in presend.toml
    Dialects,
}

/// What a JSON schema is written of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// presend.toml.
    Settings,
    /// The report as JSON.
    Report,
    /// What `presend proof` says as JSON.
    Proof,
}

const EXIT_CODES: &str = "Exit codes: 0 clear · 1 hold: something must be fixed first · 2 an input could not be read, or the command is wrong \
· 3 incomplete: a check that presend.toml requires could not be made";

/// What is said of a send that findings in the draft itself hang on.
#[derive(Debug, Clone, Args, Default)]
pub struct BriefArgs {
    /// The coupons of the shop: a file (CSV or JSON), or the shop itself as shop:shopify=STORE, shop:stripe or
    /// shop:woocommerce=ADDRESS, with its token in an environment variable; may be given several times
    #[arg(long, value_name = "FILE")]
    pub coupons: Vec<String>,
    /// When it will be sent, such as 2026-11-27T09:00 or 2026-11-27T09:00[Europe/London]
    #[arg(long, value_name = "TIME")]
    pub send_at: Option<String>,
    /// What kind of message it is
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<MessageType>,
}

/// What `presend check` and `presend watch` take.
#[derive(Debug, Clone, Args, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub struct CheckArgs {
    /// Drafts (.eml, .msg, .mbox, .html, .mjml, .md, .txt, .json, .zip), folders of drafts, or - for standard input; without any,
    /// the campaigns of presend.toml
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// A file of the people who will get it; may be given several times
    #[arg(long, value_name = "FILE")]
    pub to: Vec<String>,
    /// Another list of people, as NAME=FILE or NAME:ROLE=FILE; roles are customers, already-welcomed, already-asked,
    /// unsubscribed, bounced, do-not-mail, intended, recent-buyers, last-send, everyone, staff, other
    #[arg(long = "list", value_name = "NAME[:ROLE]=FILE")]
    pub lists: Vec<String>,
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadArgs,
    /// The warehouse of lists that are named warehouse:TABLE
    #[command(flatten)]
    pub warehouse: WarehouseArgs,
    /// A Hunspell dictionary, with its .aff file beside it: FILE.dic, or LANGUAGE=FILE where its name does not tell
    #[arg(long = "dictionary", value_name = "FILE")]
    pub dictionaries: Vec<String>,
    /// What is said of the send
    #[command(flatten)]
    pub brief: BriefArgs,
    /// How many people are meant to get it
    #[arg(long, value_name = "PEOPLE")]
    pub audience: Option<u64>,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// Ask nothing of the network; links without recorded answers are then not checked
    #[arg(long)]
    pub offline: bool,
    /// Take the links' answers from this file instead of the network
    #[arg(long, value_name = "FILE", conflicts_with = "offline")]
    pub links: Option<String>,
    /// How links are asked
    #[command(flatten)]
    pub asking: AskArgs,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<ReportFormat>,
    /// Write the report to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
    /// Write the report in another form, too, such as sarif=presend.sarif; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_also)]
    pub also: Vec<Also>,
    /// Print nothing if the report is clear, and otherwise only what holds it
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print everything, also for many drafts: what passed, and every place of a finding
    #[arg(long, short)]
    pub verbose: bool,
    /// From which severity on a finding holds the send
    #[arg(long, value_name = "SEVERITY")]
    pub hold_at: Option<HoldAt>,
    /// A file of findings that are known already and hold nothing; presend-baseline.json in this folder if it is there
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<String>,
    /// Let every finding count, whatever the baseline knows
    #[arg(long)]
    pub no_baseline: bool,
    /// Check only drafts that have changed since this commit, branch or tag, or whose lists or settings have
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
}

/// What `presend fix` takes.
#[derive(Debug, Clone, Args, Default)]
pub struct FixArgs {
    /// Drafts or folders of drafts; without any, the campaigns of presend.toml
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Make the repairs, a whole file or nothing of it
    #[arg(long)]
    pub write: bool,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
}

/// What `presend baseline` takes.
#[derive(Debug, Clone, Args, Default)]
pub struct BaselineArgs {
    /// Drafts or folders of drafts; without any, the campaigns of presend.toml
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The file to write; the one that presend.toml names, or presend-baseline.json beside it
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
    /// What is said of the send
    #[command(flatten)]
    pub brief: BriefArgs,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// Ask nothing of the network; findings about links are then not written down
    #[arg(long)]
    pub offline: bool,
    /// Take the links' answers from this file instead of the network
    #[arg(long, value_name = "FILE", conflicts_with = "offline")]
    pub links: Option<String>,
    /// How links are asked
    #[command(flatten)]
    pub asking: AskArgs,
}

/// What `presend coupons` takes.
#[derive(Debug, Args, Default)]
pub struct CouponsArgs {
    /// Coupon files (CSV or JSON), or shops to ask as shop:shopify=STORE, shop:stripe, shop:woocommerce=ADDRESS; without any,
    /// the coupons of presend.toml
    #[arg(value_name = "FILE")]
    pub sources: Vec<String>,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// A private host, address or range at which a shop may be asked
    #[arg(long, value_name = "HOST")]
    pub allow_private: Vec<String>,
    /// The time at which codes are looked at, such as 2026-11-27T09:00; now, if it is not said
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// How the list is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<Format>,
}
