//! The only place that asks git: which files have changed, and how one was before.

use crate::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files that differ from a commit, branch or tag: committed since both parted, changed since, or new; with their full
/// paths.
///
/// # Errors
/// No git, no repository here, or no such commit.
pub fn changed_since(rev: &str) -> Result<Vec<PathBuf>, Error> {
    if rev.is_empty() || rev.starts_with('-') {
        return Err(
            Error::new(format!("--changed-since: `{rev}` is no commit")).help("name a commit, a branch or a tag, such as origin/main")
        );
    }
    let top = said(Path::new("."), &["rev-parse", "--show-toplevel"]).map_err(|error| {
        if error.message().contains("cannot be run") {
            return error;
        }
        Error::new("--changed-since: this folder is not in a git repository").help("run it in one, or leave it out")
    })?;
    let top = PathBuf::from(line(&top));
    let commit = said(&top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{rev}^{{commit}}")]).map_err(|_| {
        Error::new(format!("--changed-since: there is no commit `{rev}` here"))
            .help("check its name; a server may have fetched the newest commit alone: set fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab")
    })?;
    let commit = line(&commit);
    // What has happened on the other branch meanwhile is no change of this one.
    let base = said(&top, &["merge-base", &commit, "HEAD"]).map_or(commit, |base| line(&base));
    let tracked = said(&top, &["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "--diff-filter=d", &base, "--"])?;
    let new = said(&top, &["ls-files", "-z", "--others", "--exclude-standard"])?;
    let paths = tracked.split(|byte| *byte == 0).chain(new.split(|byte| *byte == 0)).filter(|path| !path.is_empty());
    Ok(paths.map(|path| top.join(name(path))).collect())
}

/// How many versions of a file are looked through.
const MOST_VERSIONS: usize = 200;

/// The newest committed version of a file that is the one looked for; nothing if there is none, or no git.
pub fn version(path: &str, is_meant: &dyn Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name()?.to_str()?;
    let most = format!("--max-count={MOST_VERSIONS}");
    let commits = said(folder, &["log", "--format=%H", &most, "--", name]).ok()?;
    let commits = String::from_utf8_lossy(&commits).into_owned();
    let versions = commits.lines().filter_map(|commit| said(folder, &["cat-file", "blob", &format!("{commit}:./{name}")]).ok());
    versions.into_iter().find(|bytes| is_meant(bytes))
}

/// A file as it was in a commit, named as git does: `REV:PATH`, the path from here.
///
/// # Errors
/// No git, no repository here, no such commit or no such file in it.
pub fn file_at(rev: &str, path: &str) -> Result<Vec<u8>, Error> {
    let spec = format!("{rev}:./{}", path.strip_prefix("./").unwrap_or(path));
    let lacks =
        || Error::new(format!("git has no `{rev}:{path}`")).help("name a file, or a commit and a file as git does: v1:mails/june.html");
    if rev.is_empty() || rev.starts_with('-') {
        return Err(lacks());
    }
    said(Path::new("."), &["cat-file", "blob", &spec]).map_err(|_| lacks())
}

/// A path as git writes it.
fn name(path: &[u8]) -> OsString {
    #[cfg(unix)]
    {
        std::os::unix::ffi::OsStringExt::from_vec(path.to_vec())
    }
    #[cfg(not(unix))]
    {
        String::from_utf8_lossy(path).into_owned().into()
    }
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}

/// What git says.
fn said(folder: &Path, words: &[&str]) -> Result<Vec<u8>, Error> {
    let run = Command::new("git").arg("-C").arg(folder).args(words).output().map_err(|error| {
        Error::new(format!("--changed-since: git cannot be run: {error}")).help("install git, or leave --changed-since out")
    })?;
    if run.status.success() {
        return Ok(run.stdout);
    }
    let why = String::from_utf8_lossy(&run.stderr);
    Err(Error::new(format!("--changed-since: git says: {}", why.trim())).help("see what git says, or leave --changed-since out"))
}
