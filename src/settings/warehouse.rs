//! The `[warehouse]` section: the engine in which lists may stand instead of in files.

use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What goes before the name of a table, a view or a query where a file could be named.
pub const WAREHOUSE: &str = "warehouse:";

/// How the warehouse is come by. Values may be `env:NAME`, and are then read from the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct WarehouseSettings {
    /// The ADBC driver: `postgresql`, `duckdb`, `flightsql`… or, from the environment or the command line, its file.
    pub driver: Option<String>,
    /// Where the warehouse is, with the user's name and password: `env:PRESEND_WAREHOUSE`.
    pub uri: Option<String>,
    /// The SQL that it speaks, where the driver does not tell: `postgresql`, `duckdb`, `spark`.
    pub dialect: Option<String>,
    /// How many seconds one statement may take.
    pub seconds: Option<u64>,
    /// Whether a few people are shown, masked, behind each count.
    pub examples: bool,
    /// Further options of the driver, by their names in its manual.
    pub options: BTreeMap<String, String>,
}

/// The table, view or query that a list names, if it names none of the files.
pub fn in_warehouse(path: &str) -> Option<&str> {
    path.strip_prefix(WAREHOUSE).map(str::trim)
}

impl WarehouseSettings {
    /// The section as a settings file has it. That file is shared, and may come from somebody else: it holds no password, and names no
    /// library that would be run.
    ///
    /// # Errors
    /// A driver that is a file, or an address with a password.
    pub fn written_in(self, file: &str) -> Result<Self, Error> {
        let literal = |text: &Option<String>| text.clone().filter(|text| !text.starts_with("env:"));
        if let Some(driver) = literal(&self.driver).filter(|driver| driver.contains(['/', '\\', '.'])) {
            return Err(Error::in_file(
                file,
                format!("`driver` in [warehouse] is the file `{driver}`, and a settings file may not say what is loaded"),
            )
            .help("write the name of an installed driver, or say the file with --warehouse-driver or as driver = \"env:NAME\""));
        }
        let has_password = |uri: &str| {
            let user = uri.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next()?.rsplit_once('@'));
            user.is_some_and(|(user, _)| user.contains(':')) || uri.to_ascii_lowercase().contains("password=")
        };
        if literal(&self.uri).is_some_and(|uri| has_password(&uri)) {
            return Err(Error::in_file(file, "`uri` in [warehouse] has a password in it")
                .help("keep it out of files: uri = \"env:PRESEND_WAREHOUSE\", and set that environment variable"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settings_file_holds_no_password_and_no_library() {
        let written = |driver: &str, uri: &str| {
            let settings = WarehouseSettings { driver: Some(driver.into()), uri: Some(uri.into()), ..WarehouseSettings::default() };
            settings.written_in("presend.toml").map(|_| ()).map_err(|error| error.message().to_owned())
        };
        assert_eq!(written("postgresql", "env:PRESEND_WAREHOUSE"), Ok(()));
        assert_eq!(written("env:DRIVER", "postgresql://reader@db.example/crm"), Ok(()));
        assert!(written("./driver.so", "env:X").is_err_and(|words| words.contains("may not say what is loaded")));
        for uri in ["postgresql://reader:secret@db.example/crm", "postgresql://db.example/crm?user=a&password=secret"] {
            assert!(written("postgresql", uri).is_err_and(|words| !words.contains("secret")));
        }
    }
}
