//! What can be typed. Only types: nothing here acts.

use crate::audience::parse_size;
use crate::finding::Severity;
use crate::report::{Format, ReportFormat};
use crate::settings::MessageType;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
    /// Look at this folder and write a presend.toml for it, with comments; one that is there stays as it is
    Init {
        /// The folder
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: String,
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
    /// Write a JSON schema: of presend.toml for editors, or of the report
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
}

const EXIT_CODES: &str = "Exit codes: 0 clear · 1 hold: something must be fixed first · 2 an input could not be read, or the command is wrong \
· 3 incomplete: a check that presend.toml requires could not be made";

/// What `presend check` takes.
#[derive(Debug, Args, Default)]
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
    /// The column with the addresses, where a list does not tell: of all lists, or of one as LIST=NAME
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// How much memory the lists may take, such as 256MB; what finds no room is put aside on disk for the while
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,
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
    /// The warehouse of lists that are named warehouse:TABLE
    #[command(flatten)]
    pub warehouse: WarehouseArgs,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal", help_heading = "Options")]
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

/// A further form of the report, and the file for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The form.
    pub format: ReportFormat,
    /// The file.
    pub path: String,
}

fn parse_also(text: &str) -> Result<Also, String> {
    let Some((format, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
        return Err(String::from("write it as FORMAT=FILE, such as sarif=presend.sarif"));
    };
    let forms = ReportFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = forms.map(|form| form.get_name().to_owned()).collect();
    let format =
        ReportFormat::from_str(format, true).map_err(|_| format!("there is no format `{format}`; use one of: {}", names.join(", ")))?;
    Ok(Also { format, path: path.to_owned() })
}

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

/// What `presend proof` takes.
#[derive(Debug, Clone, Args, Default)]
pub struct ProofArgs {
    /// Drafts; without any, the campaigns of presend.toml
    #[arg(value_name = "DRAFT")]
    pub paths: Vec<String>,
    /// A file of the people who will get it; without one, the send list of presend.toml, or people who do not exist
    #[arg(long, value_name = "FILE")]
    pub to: Vec<String>,
    /// The column with the addresses, where a list does not tell: of all lists, or of one as LIST=NAME
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// Show the message of the row that begins on this line of the list, as reports name it
    #[arg(long, value_name = "LINE", conflicts_with_all = ["person", "sample"])]
    pub row: Option<u64>,
    /// Show the message of the person with this address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "sample")]
    pub person: Option<String>,
    /// Write a message of each kind, or the one that was asked for, into this folder: as .eml, and as .html
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
    /// Look at the first rows alone
    #[arg(long, value_name = "ROWS")]
    pub sample: Option<u64>,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
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

/// How a warehouse is come by; the same can be said in the `[warehouse]` section of `presend.toml`.
#[derive(Debug, Clone, Args, Default)]
#[command(next_help_heading = "Lists in a warehouse")]
pub struct WarehouseArgs {
    /// The ADBC driver, such as postgresql, or its file
    #[arg(long, value_name = "DRIVER")]
    pub warehouse_driver: Option<String>,
    /// Where the warehouse is: env:NAME for the address in an environment variable, or the address itself
    #[arg(long, value_name = "URI")]
    pub warehouse_uri: Option<String>,
    /// The SQL that it speaks, where the driver does not tell: postgresql, duckdb, spark
    #[arg(long, value_name = "DIALECT")]
    pub warehouse_dialect: Option<String>,
    /// Show a few people behind the counts; they are masked in the warehouse already
    #[arg(long)]
    pub warehouse_examples: bool,
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
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = crate::gate::BASELINE_NAME)]
    pub output: String,
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

/// What `presend audience` takes.
#[derive(Debug, Args, Default)]
pub struct AudienceArgs {
    /// Lists, each as FILE, NAME=FILE or NAME:ROLE=FILE; a list is called like its file unless it is given a name
    #[arg(value_name = "LIST", required = true)]
    pub lists: Vec<String>,
    /// Write the rows of everybody who is on some lists and not on others, such as A,B,!C; the rows are those of the
    /// first list named
    #[arg(long, value_name = "A,B,!C", requires = "output", conflicts_with = "format")]
    pub extract: Option<String>,
    /// The column with the addresses, where a list does not tell: of all lists, or of one as LIST=NAME
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// How much memory the lists may take, such as 256MB; what finds no room is put aside on disk for the while
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,
    /// The settings file with the [warehouse] section; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// The warehouse of lists that are named warehouse:TABLE
    #[command(flatten)]
    pub warehouse: WarehouseArgs,
    /// Look at every cell too: JSON then says of each column how many rows fill it
    #[arg(long, conflicts_with = "extract")]
    pub profile: bool,
    /// How the overview is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<Format>,
    /// Write to this file: the overview, or the rows of --extract as CSV
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
}

const REHEARSE_HELP: &str = "Examples:
  presend rehearse plan.toml
  presend rehearse --add cohort.csv --into newsletter --list customers=customers.csv --flows flows.json
  presend rehearse --import orders.csv --as order-shipped --flows flows.json

Exit codes: 0 clear · 1 hold: something would happen that nobody expects · 2 an input could not be read, or the command is wrong \
· 3 incomplete: something could happen that could not be rehearsed";

/// What `presend flows` takes.
#[derive(Debug, Args, Default)]
pub struct FlowsArgs {
    /// Exports of Klaviyo, Mailchimp, ActiveCampaign, Customer.io, HubSpot or Braze (JSON), or flows written down by hand (TOML)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// How the map is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<Format>,
    /// Write the map to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
}

/// What `presend rehearse` takes.
#[derive(Debug, Args, Default)]
pub struct RehearseArgs {
    /// A plan: changes, lists, flows, the campaigns around them, and what is expected
    #[arg(value_name = "PLAN")]
    pub plan: Option<String>,
    /// A file of people who are to be added
    #[arg(long, value_name = "FILE", requires = "into")]
    pub add: Option<String>,
    /// The list, segment or tag that they are added to
    #[arg(long, value_name = "GROUP", requires = "add")]
    pub into: Option<String>,
    /// The list that they leave, where they are moved
    #[arg(long, value_name = "GROUP", requires = "add")]
    pub from: Option<String>,
    /// A file of events that are to be imported, such as orders
    #[arg(long, value_name = "FILE", requires = "event")]
    pub import: Option<String>,
    /// What each of its rows is: the name of the event
    #[arg(long = "as", value_name = "EVENT", requires = "import")]
    pub event: Option<String>,
    /// The column that says when each event happened
    #[arg(long, value_name = "COLUMN", requires = "import")]
    pub date: Option<String>,
    /// Flows, as `presend flows` reads them; may be given several times
    #[arg(long, value_name = "FILE")]
    pub flows: Vec<String>,
    /// People by role (customers=FILE), or who is in a group already (newsletter=FILE); may be given several times
    #[arg(long = "list", value_name = "NAME=FILE")]
    pub lists: Vec<String>,
    /// The column with the addresses, where a list does not tell: of all lists, or of one as LIST=NAME
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// How much memory the lists may take, such as 256MB; what finds no room is put aside on disk for the while
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,
    /// The settings file with the [warehouse] section; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// The warehouse of lists that are named warehouse:TABLE
    #[command(flatten)]
    pub warehouse: WarehouseArgs,
    /// The coupons of the shop; may be given several times
    #[arg(long, value_name = "FILE")]
    pub coupons: Vec<String>,
    /// What an order is worth on average, such as "60 EUR"
    #[arg(long, value_name = "MONEY")]
    pub order_value: Option<String>,
    /// When it is done, such as 2026-11-27T09:00; now, if it is not said
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// A flow that is meant to start, and for how many people
    #[arg(long, value_name = "FLOW=PEOPLE")]
    pub expect: Vec<String>,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub format: Option<Format>,
    /// Write the report to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
    /// From which severity on a finding holds it
    #[arg(long, value_name = "SEVERITY")]
    pub hold_at: Option<HoldAt>,
}

/// A severity as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HoldAt {
    /// Anything at all.
    Note,
    /// What should be fixed unless you know why.
    Warn,
    /// What must not go out.
    Block,
}

impl From<HoldAt> for Severity {
    fn from(at: HoldAt) -> Self {
        match at {
            HoldAt::Note => Self::Note,
            HoldAt::Warn => Self::Warn,
            HoldAt::Block => Self::Block,
        }
    }
}
