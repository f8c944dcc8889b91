//! What can be typed about lists of people, and about what an import of them would set off.

use super::HoldAt;
use crate::audience::parse_size;
use crate::report::{Format, PageFormat};
use clap::Args;

/// How lists are read.
#[derive(Debug, Clone, Args, Default)]
pub struct ReadArgs {
    /// The column with the addresses, where a list does not tell: of all lists, or of one as LIST=NAME
    #[arg(long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// How much memory the lists may take, such as 256MB; what finds no room is put aside on disk for the while
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub memory: Option<u64>,
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
    /// The settings file with the [warehouse] section; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadArgs,
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
    /// How it is written; JSON has counts and lines, and no values of rows
    #[arg(long, value_name = "FORMAT", default_value = "terminal", conflicts_with_all = ["row", "person"])]
    pub format: Option<Format>,
    /// Look at the first rows alone
    #[arg(long, value_name = "ROWS")]
    pub sample: Option<u64>,
    /// The settings file; presend.toml in this folder if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
}

pub(super) const REHEARSE_HELP: &str = "Examples:
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
    pub format: Option<PageFormat>,
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
    /// How lists are read.
    #[command(flatten)]
    pub reading: ReadArgs,
    /// The settings file with the [warehouse] section; presend.toml beside the plan or in this folder if it is there
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
    pub format: Option<PageFormat>,
    /// Write the report to this file
    #[arg(long, value_name = "FILE")]
    pub output: Option<String>,
    /// From which severity on a finding holds it
    #[arg(long, value_name = "SEVERITY")]
    pub hold_at: Option<HoldAt>,
}
