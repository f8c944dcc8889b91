//! The audience of a run: lists in files are read, lists in a warehouse are counted there, and the two are joined.

use super::catalogues::Lists;
use super::memory;
use crate::audience::{Audience, List, ListFacts, Memory};
use crate::cli::AudienceArgs;
use crate::error::Error;
use crate::flows::{Muster, Mustered};
use crate::lists::{self, ListFile};
use crate::plan;
use crate::progress::Progress;
use crate::settings::{WarehouseSettings, in_warehouse};
use crate::warehouse::{self, Access, Columns, Named, Source, count};
use std::path::{Path, PathBuf};

/// Whether any of these lists stands in a warehouse.
pub(super) fn any<'a>(lists: impl IntoIterator<Item = &'a ListFile>) -> bool {
    lists.into_iter().any(|list| in_warehouse(&list.path).is_some())
}

/// What `presend check` knows of its lists.
pub(super) fn read(lists: &Lists, memory: &Memory) -> Result<Audience, Error> {
    let (files, columns, competitors, warehouse) = lists;
    if !any(files) {
        return Audience::read_within(&lists::open(files, columns, competitors)?, memory);
    }
    joined(files, columns, competitors, warehouse, Columns::Known, memory)
}

/// What `presend audience` shows of its lists.
pub(super) fn of_overview(files: &[ListFile], args: &AudienceArgs) -> Result<Audience, Error> {
    let warehouse = plan::warehouse(&args.warehouse, args.config.as_ref(), ".")?;
    let columns = if args.profile { Columns::All } else { Columns::Names };
    joined(files, &args.reading.columns, &[], &warehouse, columns, &memory(args.reading.memory))
}

fn joined(
    files: &[ListFile],
    columns: &[String],
    competitors: &[String],
    warehouse: &WarehouseSettings,
    depth: Columns,
    memory: &Memory,
) -> Result<Audience, Error> {
    let access = access(warehouse)?;
    let opened = open_files(files, columns, competitors)?;
    let read = if depth == Columns::Names { Audience::count_within } else { Audience::read_within };
    let known = read(&opened, memory)?;
    let mut in_files = opened.iter().zip(known.lists);
    let named = files.iter().map(|file| {
        let source = match in_warehouse(&file.path) {
            Some(table) => Some(Source::Warehouse(table)),
            None => in_files.next().map(|(list, facts): (_, ListFacts)| Source::File(list, Box::new(facts))),
        };
        Some(Named { name: &file.name, role: file.role, column: lists::column_of(file, files, columns), source: source? })
    });
    let named: Vec<Named<'_>> = named.collect::<Option<_>>().unwrap_or_default();
    count(&named, &access, depth, &Progress::on_terminal())
}

/// The lists among these that are files, opened.
fn open_files(files: &[ListFile], columns: &[String], competitors: &[String]) -> Result<Vec<List>, Error> {
    let here = files.iter().filter(|list| in_warehouse(&list.path).is_none());
    let open = |file: &ListFile| {
        // A column that was said for a list in the warehouse is none of a file.
        let column: Vec<String> = lists::column_of(file, files, columns).map(String::from).into_iter().collect();
        lists::open(std::slice::from_ref(file), &column, competitors)
    };
    Ok(here.map(open).collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
}

/// Counts the people of a rehearsal, wherever its lists stand.
pub(super) fn muster(
    files: &[ListFile],
    columns: &[String],
    asked: &Muster<'_>,
    warehouse: &WarehouseSettings,
    memory: &Memory,
) -> Result<Mustered, Error> {
    if !any(files) {
        return asked.count(&lists::open(files, columns, &[])?, memory);
    }
    let access = access(warehouse)?;
    let opened = open_files(files, columns, &[])?;
    let known = Audience::count_within(&opened, memory)?;
    let (mut sifted, mut found) = (Vec::with_capacity(opened.len()), Vec::with_capacity(files.len()));
    let mut in_files = opened.iter();
    for (number, file) in files.iter().enumerate() {
        let here = if in_warehouse(&file.path).is_none() { in_files.next() } else { None };
        found.push(match here.map(|list| asked.sift(number, list)).transpose()? {
            Some((list, one)) => {
                sifted.push(list);
                Some(one)
            }
            None => None,
        });
    }
    let mut in_files = sifted.iter().zip(known.lists);
    let named = files.iter().map(|file| {
        let source = match in_warehouse(&file.path) {
            Some(table) => Source::Warehouse(table),
            None => in_files.next().map(|(list, facts)| Source::File(list, Box::new(facts)))?,
        };
        Some(Named { name: &file.name, role: file.role, column: lists::column_of(file, files, columns), source })
    });
    let named: Vec<Named<'_>> = named.collect::<Option<_>>().unwrap_or_default();
    warehouse::muster(&named, found, asked, &access, &Progress::on_terminal())
}

#[expect(clippy::disallowed_methods, reason = "the address of a warehouse is part of the environment, and is read where it is needed")]
fn access(warehouse: &WarehouseSettings) -> Result<Access, Error> {
    Access::of(warehouse, &|name| std::env::var(name).ok(), &python_folders())
}

/// Where Python keeps what was installed into the environment that is active.
#[expect(clippy::disallowed_methods, reason = "the environment is asked where it is needed")]
fn python_folders() -> Vec<PathBuf> {
    let Ok(home) = std::env::var("VIRTUAL_ENV") else { return Vec::new() };
    (8..20).map(|minor| Path::new(&home).join(format!("lib/python3.{minor}/site-packages"))).collect()
}
