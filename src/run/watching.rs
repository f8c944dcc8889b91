//! `presend watch`: checks again whenever something was saved.
//!
//! Files are looked at a few times a second instead of asking the system to tell of changes: that works the same on every
//! system, on network drives and in containers, follows editors that save by putting a new file in the place of the old one,
//! and a folder of mails has few files.

use super::{checking, now, write_out};
use crate::cli::CheckArgs;
use crate::error::Error;
use crate::plan::plan;
use crate::read::{self, Stamp};
use crate::settings::FILE_NAME;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long is waited between two looks. Something counts as saved when two looks saw the same.
const LOOK: Duration = Duration::from_millis(200);

/// What wakes the watcher.
enum Event {
    /// Ctrl-C.
    End,
    /// The check has ended, with this exit code.
    Checked(u8),
}

/// Checks, waits for a change, and checks again, until Ctrl-C.
pub(super) fn run(args: &CheckArgs) -> Result<u8, Error> {
    if args.paths.iter().any(|path| path == read::STANDARD_INPUT) {
        return Err(Error::new("standard input cannot be watched").help("name a file or a folder"));
    }
    let (sender, events) = channel();
    listen(sender.clone())?;
    let mut last = 0;
    loop {
        let watched = Watched::of(args);
        let before = watched.stamps();
        clear()?;
        let Some(code) = check(args, &sender, &events) else { return Ok(last) };
        last = code;
        let files = watched.stamps().len();
        let files = if files == 1 { String::from("1 file") } else { format!("{files} files") };
        write_out(&format!("\n\x1b[2mChecked at {}. Watching {files}; Ctrl-C ends.\x1b[0m\n", now().strftime("%H:%M:%S")))?;
        if !watched.wait(&before, &events) {
            return Ok(last);
        }
    }
}

/// Checks once, on a thread of its own, so that Ctrl-C is heard meanwhile; nothing if it was.
fn check(args: &CheckArgs, sender: &Sender<Event>, events: &Receiver<Event>) -> Option<u8> {
    let (args, sender) = (args.clone(), sender.clone());
    thread::spawn(move || {
        let code = checking::run(&args).unwrap_or_else(|error| super::said(&error));
        let _ = sender.send(Event::Checked(code));
    });
    match events.recv() {
        Ok(Event::Checked(code)) => Some(code),
        _ => None,
    }
}

/// Hears Ctrl-C.
fn listen(sender: Sender<Event>) -> Result<(), Error> {
    let not_heard = |error: io::Error| Error::new(format!("Ctrl-C cannot be listened for: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(not_heard)?;
    thread::spawn(move || {
        // Whether it was heard or cannot be, the watch ends.
        let _ = runtime.block_on(tokio::signal::ctrl_c());
        let _ = sender.send(Event::End);
    });
    Ok(())
}

/// An empty screen, where there is one.
fn clear() -> Result<(), Error> {
    if io::stdout().is_terminal() { write_out("\x1b[2J\x1b[3J\x1b[H") } else { Ok(()) }
}

/// What is watched.
struct Watched {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    /// What the check itself writes.
    own: BTreeSet<PathBuf>,
}

impl Watched {
    /// Everything that is read, and the folders in which it lies: something new there may be a draft, a picture of one, or
    /// settings.
    fn of(args: &CheckArgs) -> Self {
        let mut files: BTreeSet<PathBuf> = args.paths.iter().chain(&args.config).map(PathBuf::from).collect();
        files.insert(PathBuf::from(FILE_NAME));
        // A plan that cannot be made now may be made once something was saved.
        let plan = plan(args, now().time_zone()).unwrap_or_default();
        files.extend(plan.inputs().map(PathBuf::from));
        let mut folders: BTreeSet<PathBuf> = files.iter().filter(|path| path.is_dir()).cloned().collect();
        let above =
            |path: &Path| path.parent().map(|above| if above.as_os_str().is_empty() { PathBuf::from(".") } else { above.to_owned() });
        folders.extend(plan.jobs.iter().filter_map(|job| above(Path::new(&job.draft))));
        if args.paths.is_empty() {
            folders.insert(PathBuf::from("."));
        }
        let own = args.output.iter().chain(args.also.iter().map(|also| &also.path)).chain(&args.asking.cache_file);
        let own = own.filter_map(|path| plain(Path::new(path))).collect();
        Self { files: files.into_iter().collect(), folders: folders.into_iter().collect(), own }
    }

    fn stamps(&self) -> BTreeMap<PathBuf, Stamp> {
        let stamps = read::stamps(&self.files, &self.folders);
        let is_own = |path: &Path| {
            path.extension().is_some_and(|ending| ending == "part") || plain(path).is_none_or(|path| self.own.contains(&path))
        };
        stamps.into_iter().filter(|(path, _)| !is_own(path)).collect()
    }

    /// Waits until something is another than before and stays so for a look; false on Ctrl-C.
    fn wait(&self, before: &BTreeMap<PathBuf, Stamp>, events: &Receiver<Event>) -> bool {
        let mut last = None;
        loop {
            if events.recv_timeout(LOOK).is_ok() {
                return false;
            }
            let seen = self.stamps();
            // A file that is being replaced is away for a moment.
            if seen != *before && last.as_ref() == Some(&seen) {
                return true;
            }
            last = Some(seen);
        }
    }
}

/// A path by which a file is known however it was named: its folder's true path, and its name.
fn plain(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(read::true_path(folder)?.join(path.file_name()?))
}
