//! Lists that stand in a warehouse: counted there with one statement, so that addresses stay where they are.
//!
//! Everything here is pure but `connection`, which talks to the engine through ADBC (<https://arrow.apache.org/adbc>). A driver
//! is a library that is loaded when a list stands in a warehouse, and at no other time.

mod answer;
mod columns;
mod condition;
mod conformance;
mod connection;
mod cost;
mod dialect;
mod fault;
mod lane;
mod moments;
mod mustering;
mod question;
mod relation;
mod session;
mod standing;
mod table;

pub use connection::Access;
pub use dialect::Dialect;
pub use mustering::muster;
pub use session::{Columns, Named, Source, count};

use crate::error::Error;
use crate::settings::WarehouseSettings;
use std::path::PathBuf;
use std::time::Duration;

/// How long one statement may take unless somebody says otherwise, in seconds.
const SECONDS: u64 = 900;

impl Access {
    /// How the warehouse of some settings is come by. `env` looks up a variable of the environment; `folders` are those in which
    /// Python keeps what it has installed, and with it perhaps a driver.
    ///
    /// # Errors
    /// No driver or no address, a variable that is not set, a dialect that is not known.
    pub fn of(settings: &WarehouseSettings, env: &dyn Fn(&str) -> Option<String>, folders: &[PathBuf]) -> Result<Self, Error> {
        let value = |key: &str, text: &str| match text.strip_prefix("env:") {
            None => Ok(text.to_owned()),
            Some(name) => env(name).filter(|value| !value.trim().is_empty()).ok_or_else(|| {
                Error::new(format!("the environment variable `{name}`, which `{key}` of [warehouse] names, is not set"))
                    .help(format!("set it before the run: export {name}=…"))
            }),
        };
        let driver = settings.driver.as_deref().ok_or_else(|| {
            Error::new("a list stands in a warehouse, and nothing says which driver reaches it")
                .help("write it into presend.toml: [warehouse] driver = \"postgresql\", uri = \"env:PRESEND_WAREHOUSE\"; or say --warehouse-driver")
        })?;
        let driver = value("driver", driver)?;
        let uri = settings.uri.as_deref().map(|uri| value("uri", uri)).transpose()?;
        let dialect = dialect_of(settings.dialect.as_deref(), &driver)?;
        let mut options = Vec::new();
        for (name, text) in &settings.options {
            options.push((name.clone(), value(name, text)?));
        }
        let is_memory = uri.as_deref().is_none_or(|uri| uri.is_empty() || uri.starts_with(":memory:"));
        if dialect == Dialect::Duckdb && !is_memory && !settings.options.contains_key("access_mode") {
            options.push((String::from("access_mode"), String::from("READ_ONLY")));
        }
        let stem = format!("adbc_driver_{driver}");
        let file = format!("lib{stem}.{}", if cfg!(target_os = "macos") { "dylib" } else { "so" });
        let folders = folders.iter().map(|folder| folder.join(&stem).join(&file)).collect();
        let limit = Duration::from_secs(settings.seconds.unwrap_or(SECONDS).max(1));
        Ok(Self { driver, folders, uri, options, dialect, limit, examples: settings.examples })
    }
}

fn dialect_of(said: Option<&str>, driver: &str) -> Result<Dialect, Error> {
    let names = || Dialect::ALL.map(Dialect::name).join(", ");
    match said {
        Some(name) => {
            Dialect::named(name).ok_or_else(|| Error::new(format!("there is no dialect `{name}`")).help(format!("use one of: {}", names())))
        }
        None => Dialect::of_driver(driver).ok_or_else(|| {
            Error::new(format!("it cannot be told which SQL is spoken behind the driver `{driver}`"))
                .help(format!("say it in [warehouse]: dialect = \"spark\", or another of: {}", names()))
        }),
    }
}
