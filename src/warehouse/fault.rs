//! What an engine or its driver refused, in words for people, and without anything secret in them.

use super::connection::Access;
use crate::audience::mask;
use crate::error::Error;
use adbc_core::error::{Error as AdbcError, Status};
use std::time::Duration;
use url::Url;

/// What was being done when it went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doing {
    /// Loading a driver.
    Load(String),
    /// Opening the session.
    Connect,
    /// Setting it up.
    Prepare,
    /// Looking up a list.
    Look(String),
    /// The probe.
    Probe(String),
    /// Putting the keys of a file into a temporary table.
    Put(String),
    /// Counting.
    Count,
    /// Looking at the columns of a list.
    Profile(String),
}

/// What must not be shown: the address of the warehouse, and every option's value.
#[derive(Clone)]
pub(super) struct Veil(Vec<String>);

/// A fault that waits for its cause.
pub(super) struct Fault {
    doing: Doing,
    veil: Veil,
}

/// The longest message of an engine that is shown, in characters.
const LONGEST: usize = 600;
/// The shortest value that is taken for a secret.
const SHORTEST: usize = 4;

impl Veil {
    pub(super) fn over(access: &Access) -> Self {
        let mut secrets: Vec<String> = access.options.iter().map(|(_, value)| value.clone()).collect();
        if let Some(uri) = &access.uri {
            secrets.push(uri.clone());
            if let Ok(parsed) = Url::parse(uri) {
                secrets.extend(parsed.password().map(String::from));
                secrets.extend(parsed.query_pairs().map(|(_, value)| value.into_owned()));
            }
            // A password may be written with %40 for an @, and be shown without.
            let written = uri.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).and_then(|(user, _)| user.split_once(':'));
            secrets.extend(written.map(|(_, password)| percent_decoded(password)));
        }
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self(secrets)
    }

    pub(super) fn fault(self, doing: Doing) -> Fault {
        Fault { doing, veil: self }
    }

    /// A message without secrets and without anybody's address.
    fn cover(&self, message: &str) -> String {
        let covered = self.0.iter().fold(message.to_owned(), |message, secret| message.replace(secret.as_str(), "•••"));
        let one_line = covered.split_whitespace().map(|word| if word.contains('@') { mask(word) } else { word.to_owned() });
        let text = one_line.collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }
}

fn percent_decoded(text: &str) -> String {
    let pair = format!("p={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

impl Fault {
    /// The fault with what the engine said.
    pub(super) fn of(&self, error: &AdbcError) -> Error {
        // What comes while rows are read is wrapped, and has lost its number on the way.
        let said = error.message.rsplit("Producer error: ").next().unwrap_or_default();
        // Drivers repeat the whole statement, which is long, and nobody's but presend's.
        let said = self.veil.cover(said.split("Query was:").next().unwrap_or_default());
        let state: String = error.sqlstate.iter().filter_map(|c| u8::try_from(*c).ok()).map(char::from).collect();
        if error.status == Status::Timeout || state == "57014" || said.contains("statement timeout") {
            return Error::new(format!("{} took too long, and was ended: {said}", self.what())).help(LONGER);
        }
        let refused = matches!(error.status, Status::Unauthenticated | Status::Unauthorized)
            || state.starts_with("28")
            || state == "42501"
            || said.contains("permission denied");
        if refused {
            let error = Error::new(format!("the warehouse does not allow {}: {said}", self.what()));
            return error.help("ask whoever runs it for a user who may read these tables; presend needs no other right");
        }
        // Some drivers first ask for a connection when there is something to say over it.
        if self.doing != Doing::Connect && UNREACHED.iter().any(|words| said.contains(words)) && !self.is_counting() {
            return Fault { doing: Doing::Connect, veil: self.veil.clone() }.told(&said);
        }
        let told = self.told(&said);
        let is_strange = STRANGE.iter().any(|words| said.to_lowercase().contains(words));
        if is_strange && !matches!(self.doing, Doing::Load(_) | Doing::Connect) { told.help(FOREIGN) } else { told }
    }

    /// Whether it was connected already.
    fn is_counting(&self) -> bool {
        matches!(self.doing, Doing::Count | Doing::Profile(_))
    }

    fn told(&self, said: &str) -> Error {
        match &self.doing {
            Doing::Load(driver) => {
                Error::new(format!("the driver `{}` of the warehouse cannot be loaded: {said}", self.veil.cover(driver))).help(how_to_get(driver))
            }
            Doing::Connect => Error::new(format!("the warehouse cannot be reached: {said}"))
                .help("look at `uri` in [warehouse], or at the environment variable that it names; the manual of the driver says how it is written"),
            Doing::Look(list) => Error::new(format!("the list `{list}` cannot be looked up in the warehouse: {said}"))
                .help("name a table, a view or a query that this user may read, with its schema: warehouse:crm.customers"),
            Doing::Put(list) => Error::new(format!("the file `{list}` cannot be compared with what stands in the warehouse, because its addresses cannot be put into a temporary table there: {said}"))
                .help("give the user the right to make temporary tables, load the list as a table and name that, or leave it out"),
            Doing::Prepare | Doing::Probe(_) | Doing::Count | Doing::Profile(_) => {
                Error::new(format!("{} failed, and nothing is known: {said}", self.what())).help("run it again; if it fails again, the message above is the engine's own")
            }
        }
    }

    fn what(&self) -> String {
        match &self.doing {
            Doing::Load(_) => String::from("loading its driver"),
            Doing::Connect => String::from("connecting"),
            Doing::Prepare => String::from("setting up the session in the warehouse"),
            Doing::Look(list) => format!("looking up the list `{list}`"),
            Doing::Probe(list) => format!("the probe of how the warehouse compares addresses (list `{list}`)"),
            Doing::Put(list) => format!("putting the addresses of `{list}` into a temporary table"),
            Doing::Count => String::from("counting in the warehouse"),
            Doing::Profile(list) => format!("looking at the columns of `{list}` in the warehouse"),
        }
    }

    pub(super) fn too_long(&self, limit: Duration) -> Error {
        Error::new(format!("{} took longer than {} seconds, and was given up", self.what(), limit.as_secs())).help(LONGER)
    }

    pub(super) fn interrupted(&self) -> Error {
        Error::new(format!("{} was ended before it was done, and nothing is known", self.what()))
    }

    pub(super) fn broken(&self) -> Error {
        Error::new(format!("{} broke off inside the driver, and nothing is known", self.what()))
            .help("run it again, or try another version of the driver")
    }
}

/// How engines say that they do not understand a statement, in lower case.
const STRANGE: [&str; 4] = ["syntax error", "parse_syntax_error", "parser error", "invalid syntax"];
const FOREIGN: &str =
    "if it is a query of your own, look whether it is right; otherwise look whether `dialect` in [warehouse] is that of this engine";
/// How drivers say that nobody answered.
const UNREACHED: [&str; 3] = ["connection refused", "Error while dialing", "(Unavailable;"];
const LONGER: &str = "say a longer time in [warehouse]: seconds = 3600";

/// How a driver is come by.
fn how_to_get(driver: &str) -> String {
    let name = if driver.contains(['/', '\\', '.']) { "NAME" } else { driver };
    format!(
        "install it with `dbc install {name}` (https://docs.columnar.tech/dbc), or with `pip install adbc-driver-{name}` and say where its file is: \
         --warehouse-driver /…/adbc_driver_{name}/libadbc_driver_{name}.so"
    )
}
