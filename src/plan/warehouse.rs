//! The warehouse of a run: what the settings file says of it, and what was typed over that.

use super::{Config, config_for};
use crate::cli::{CheckArgs, WarehouseArgs};
use crate::error::Error;
use crate::settings::WarehouseSettings;

/// The warehouse that the settings describe which hold for a path, with what was typed over it.
///
/// # Errors
/// A settings file that cannot be understood, or that holds what it must not.
pub fn warehouse(args: &WarehouseArgs, config: Option<&String>, path: &str) -> Result<WarehouseSettings, Error> {
    let check = CheckArgs { config: config.cloned(), ..CheckArgs::default() };
    warehouse_of(args, config_for(&check, path)?.as_ref())
}

pub(super) fn warehouse_of(args: &WarehouseArgs, config: Option<&Config>) -> Result<WarehouseSettings, Error> {
    let mut warehouse = match config {
        Some(config) => config.file.warehouse.clone().written_in(config.source.name())?,
        None => WarehouseSettings::default(),
    };
    for (to, typed) in [(&mut warehouse.driver, &args.warehouse_driver), (&mut warehouse.uri, &args.warehouse_uri)] {
        if typed.is_some() {
            to.clone_from(typed);
        }
    }
    warehouse.dialect = args.warehouse_dialect.clone().or(warehouse.dialect);
    warehouse.examples |= args.warehouse_examples;
    Ok(warehouse)
}
