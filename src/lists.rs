//! Lists of people as they are named on the command line, each with a name of its own, a role and a file.

use crate::audience::{Input, List, day_in_name};
use crate::error::Error;
use crate::read;
use crate::settings::{Role, in_warehouse};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// A list of people that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListFile {
    /// What people call it.
    pub name: String,
    /// Who stands on it.
    pub role: Role,
    /// The file.
    pub path: String,
}

/// A send list.
pub fn send_list(path: String) -> ListFile {
    ListFile { name: String::from("send list"), role: Role::Send, path }
}

/// `customers=all.csv`, or `spring:customers=all.csv`; `flag` goes before it in errors.
///
/// # Errors
/// No `=`, a role that does not exist, no name or no file.
pub fn named(text: &str, flag: &str) -> Result<ListFile, Error> {
    let bad = |what: String| {
        Error::new(format!("{flag}{text}: {what}"))
            .help(format!("write it as {flag}customers=customers.csv, or {flag}spring:customers=spring.csv"))
    };
    let (name, path) = text.split_once('=').ok_or_else(|| bad(String::from("a name and `=` are missing before the file")))?;
    let (name, role) = match name.split_once(':') {
        Some((name, role)) => {
            let known = Role::named(role)
                .ok_or_else(|| bad(format!("there is no role `{role}`; roles are {}", Role::names().collect::<Vec<_>>().join(", "))))?;
            (name, known)
        }
        None => (name, Role::named(name).unwrap_or(Role::Other)),
    };
    if name.is_empty() || path.is_empty() {
        return Err(bad(String::from("the name or the file is missing")));
    }
    Ok(ListFile { name: name.to_owned(), role, path: path.to_owned() })
}

/// Files, each alone or as NAME=FILE or NAME:ROLE=FILE. A file alone is called as it is; where two are called the
/// same, by its path, and where that is the same too, with a number.
///
/// # Errors
/// As [`named`].
pub fn files(texts: &[String]) -> Result<Vec<ListFile>, Error> {
    let mut lists = Vec::with_capacity(texts.len());
    for text in texts {
        // A file may have an `=` in its name, and a query nearly always has one.
        let list = if let Some(table) = in_warehouse(text) {
            let last = table.rsplit('.').next().unwrap_or(table).trim_matches(['"', '`']);
            let name = if last.is_empty() || table.contains(char::is_whitespace) { String::from("query") } else { last.to_owned() };
            ListFile { role: Role::named(&name).unwrap_or(Role::Other), name, path: text.clone() }
        } else if !text.contains('=') || read::exists(Path::new(text)) {
            let stem = Path::new(text).file_stem().map_or_else(|| text.clone(), |stem| stem.to_string_lossy().into_owned());
            // `left.csv.gz` is a list in an archive.
            let inner = [".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"].iter().find_map(|ending| stem.strip_suffix(ending));
            let stem = inner.unwrap_or(&stem).to_owned();
            ListFile { role: Role::named(&stem).unwrap_or(Role::Other), name: stem, path: text.clone() }
        } else {
            named(text, "")?
        };
        lists.push(list);
    }
    tell_apart(&mut lists);
    Ok(lists)
}

fn tell_apart(lists: &mut [ListFile]) {
    let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    for list in lists.iter_mut().filter(|list| names.iter().filter(|name| **name == list.name).count() > 1) {
        list.name.clone_from(&list.path);
    }
    let mut seen = BTreeSet::new();
    for list in lists {
        let plain = list.name.clone();
        let mut number = 1;
        while !seen.insert(list.name.clone()) {
            number += 1;
            list.name = format!("{plain} ({number})");
        }
    }
}

/// The lists themselves. Every file is opened once here, so that a wrong name is said before anything is read.
///
/// `columns` name the address column of all lists, or of one as `LIST=NAME`; `competitors` are domains.
///
/// # Errors
/// A file that does not exist, cannot be opened, or is a pipe.
pub fn open(files: &[ListFile], columns: &[String], competitors: &[String]) -> Result<Vec<List>, Error> {
    let mut lists = Vec::with_capacity(files.len());
    for file in files {
        if in_warehouse(&file.path).is_some() {
            return Err(Error::in_file(&file.path, "the rows of this list are needed here, and from a warehouse only counts come")
                .help("name a file with the people that are meant"));
        }
        if read::is_pipe(&file.path) {
            return Err(Error::in_file(&file.path, "this list is a pipe, and lists are read more than once")
                .help("write it to a file first, and give that"));
        }
        read::open(&file.path, "list")?;
        let path = file.path.clone();
        let open = move || {
            read::open(&path, "list").map(|file| Box::new(file) as Box<dyn Input>).map_err(|error| io::Error::other(error.to_string()))
        };
        let list = List::new(&file.name, &file.path, file.role, open).competitors(competitors).of_day(day_in_name(&file.path));
        lists.push(match column_of(file, files, columns) {
            Some(column) => list.column(column),
            None => list,
        });
    }
    Ok(lists)
}

/// The name of a list's address column, if it was said.
pub fn column_of<'a>(file: &ListFile, files: &[ListFile], columns: &'a [String]) -> Option<&'a str> {
    let meant = |column: &'a String| match column.split_once('=') {
        Some((list, name)) if files.iter().any(|file| file.name == list || file.path == list) => {
            (file.name == list || file.path == list).then_some((true, name))
        }
        _ => Some((false, column.as_str())),
    };
    columns.iter().filter_map(meant).max_by_key(|(by_name, _)| *by_name).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_an_archive_is_called_as_it_is_outside() -> Result<(), Error> {
        for text in ["left.csv", "left.csv.gz", "old/left.txt.gz", "left.jsonl.zip", "left.tsv"] {
            let names: Vec<String> = files(&[text.to_owned()])?.into_iter().map(|list| list.name).collect();
            assert_eq!(names, ["left"], "{text}");
        }
        Ok(())
    }

    #[test]
    fn lists_of_the_same_name_are_told_apart() -> Result<(), Error> {
        let texts = ["a/list.csv", "b/list.csv", "b/list.csv", "customers.csv", "spring:customers=x.csv"].map(String::from);
        let lists = files(&texts)?;
        let names: Vec<(&str, Role)> = lists.iter().map(|list| (list.name.as_str(), list.role)).collect();
        let other = Role::Other;
        assert_eq!(
            names,
            [
                ("a/list.csv", other),
                ("b/list.csv", other),
                ("b/list.csv (2)", other),
                ("customers", Role::Customers),
                ("spring", Role::Customers)
            ]
        );
        Ok(())
    }
}
