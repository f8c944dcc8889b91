//! The plan of imports and moves that a settings file names.

use super::Config;
use super::warehouse::warehouse_of;
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::read;
use crate::settings::{Level, WarehouseSettings};
use std::collections::BTreeMap;

/// A plan of imports and moves that is to be rehearsed.
#[derive(Debug, Clone)]
pub struct Rehearsed {
    /// Its file.
    pub path: String,
    /// The severities of the settings file.
    pub levels: BTreeMap<String, Level>,
    /// The warehouse in which lists may stand.
    pub warehouse: WarehouseSettings,
}

/// The plan that a settings file names, counted from its folder.
pub(super) fn rehearsal(args: &CheckArgs, config: &Config) -> Result<Option<Rehearsed>, Error> {
    let Some(plan) = &config.file.plan else { return Ok(None) };
    let path = read::shown(&config.folder.join(plan.get_ref()));
    let levels = config.file.rules.iter().map(|(rule, level)| (rule.get_ref().clone(), *level));
    Ok(Some(Rehearsed { path, levels: levels.collect(), warehouse: warehouse_of(&args.warehouse, Some(config))? }))
}
