//! The only place that writes files: a file is replaced whole or not at all; a device or a pipe is written into.
#![allow(clippy::disallowed_methods, reason = "this is the door for files that are written")]

use crate::error::Error;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all, with the permissions of the one that was there.
///
/// # Errors
/// A folder that does not exist or may not be written to, a disk that is full.
pub fn replace(path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    let mut file = Growing::begin(path)?;
    file.write_all(bytes.as_ref()).map_err(|error| not_written(path, &error))?;
    file.finish()
}

/// Says before the work whether [`replace`] can do its part.
///
/// # Errors
/// A folder that does not exist or may not be written to, or a path that is a folder.
pub fn can_replace(path: &str) -> Result<(), Error> {
    let Target::Replaced(file, _) = Target::of(path)? else { return Ok(()) };
    let beside = beside(&file);
    fs::write(&beside, "").map_err(|error| not_written(path, &error))?;
    fs::remove_file(&beside).map_err(|error| not_written(path, &error))
}

fn not_written(path: &str, error: &io::Error) -> Error {
    let error = Error::in_file(path, format!("this file cannot be written: {error}"));
    error.help("name a file in a folder that exists, may be written to and has room")
}

/// A name for what is written, beside the file whose place it takes.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}

/// What a path leads to.
#[derive(Debug)]
enum Target {
    /// A file, or nothing yet: something new takes its place, with the permissions of the old.
    Replaced(PathBuf, Option<Permissions>),
    /// A device or a pipe, which cannot be replaced and has no old text to lose.
    WrittenInto,
}

impl Target {
    /// Links are followed to the file they lead to, so that the link stays one.
    fn of(path: &str) -> Result<Self, Error> {
        let named = Path::new(path);
        if named.starts_with("/dev") || named.starts_with("/proc") {
            return Ok(Self::WrittenInto);
        }
        match fs::metadata(named) {
            Ok(there) if there.is_dir() => Err(Error::in_file(path, "this is a folder").help("name a file in it")),
            Ok(there) if there.is_file() => {
                let file = fs::canonicalize(named).map_err(|error| not_written(path, &error))?;
                Ok(Self::Replaced(file, Some(there.permissions())))
            }
            Ok(_) => Ok(Self::WrittenInto),
            Err(_) => {
                let led_to = fs::read_link(named).map(|to| named.parent().unwrap_or(Path::new("")).join(to));
                Ok(Self::Replaced(led_to.unwrap_or_else(|_| named.to_owned()), None))
            }
        }
    }
}

/// A file that is being written and is there only once it is whole.
#[derive(Debug)]
pub struct Growing {
    path: String,
    target: Target,
    file: Option<BufWriter<File>>,
}

impl Growing {
    /// Begins a file that will take the place of whatever is at the path.
    ///
    /// # Errors
    /// A folder that does not exist or may not be written to, or a path that is a folder.
    pub fn begin(path: &str) -> Result<Self, Error> {
        let target = Target::of(path)?;
        let file = match &target {
            Target::Replaced(file, _) => File::create(beside(file)),
            Target::WrittenInto => File::options().append(true).open(path),
        };
        let file = file.map_err(|error| not_written(path, &error))?;
        Ok(Self { path: path.to_owned(), target, file: Some(BufWriter::new(file)) })
    }

    /// What was written is there under its name from now on.
    ///
    /// # Errors
    /// A disk that is full, a file that may not be replaced.
    pub fn finish(mut self) -> Result<(), Error> {
        self.settle().map_err(|error| not_written(&self.path, &error))
    }

    fn settle(&mut self) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Target::Replaced(path, permissions) = &self.target {
            file.sync_all()?;
            if let Some(permissions) = permissions {
                file.set_permissions(permissions.clone())?;
            }
            fs::rename(beside(path), path)?;
        }
        Ok(())
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Growing {
    /// What never became whole goes.
    fn drop(&mut self) {
        self.file = None;
        if let Target::Replaced(path, _) = &self.target {
            let _ = fs::remove_file(beside(path));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::error;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_link_stays_a_link_and_the_file_keeps_its_permissions() -> Result<(), Box<dyn error::Error>> {
        let folder = tempfile::tempdir()?;
        let (file, link) = (folder.path().join("report.txt"), folder.path().join("latest"));
        fs::write(&file, "old")?;
        fs::set_permissions(&file, Permissions::from_mode(0o640))?;
        symlink("report.txt", &link)?;
        replace(link.to_str().ok_or("path")?, "new")?;
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert_eq!(fs::read_to_string(&file)?, "new");
        assert_eq!(fs::metadata(&file)?.permissions().mode() & 0o777, 0o640);

        let nowhere = folder.path().join("next");
        symlink("later.txt", &nowhere)?;
        replace(nowhere.to_str().ok_or("path")?, "led on")?;
        assert_eq!(fs::read_to_string(folder.path().join("later.txt"))?, "led on");
        assert_eq!(fs::read_dir(folder.path())?.count(), 4, "nothing else is left");
        Ok(())
    }

    #[test]
    fn a_pipe_is_written_into_and_stays() -> Result<(), Box<dyn error::Error>> {
        use std::io::Read;
        use std::os::fd::AsRawFd;
        let (mut reader, writer) = io::pipe()?;
        let path = format!("/proc/self/fd/{}", writer.as_raw_fd());
        if !Path::new(&path).exists() {
            return Ok(()); // a system that does not name open files
        }
        can_replace(&path)?;
        replace(&path, "through")?;
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text)?;
        assert_eq!(text, "through");
        Ok(())
    }

    #[test]
    fn what_is_given_up_leaves_the_old_file() -> Result<(), Box<dyn error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("report.txt");
        fs::write(&file, "old")?;
        let mut growing = Growing::begin(file.to_str().ok_or("path")?)?;
        growing.write_all(b"half of ")?;
        drop(growing);
        assert_eq!(fs::read_to_string(&file)?, "old");
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }
}
