//! A folder with files in it, in which presend is run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for one test.
pub(crate) struct Desk(tempfile::TempDir);

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl Desk {
    /// A folder with one draft, `draft.txt`, in which there is nothing to find.
    pub(crate) fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        desk.with("draft.txt", "Hello,\n\nthe shop is open until six.\n")
    }

    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// `presend` with these words behind it, which must not contain blanks.
    pub(crate) fn presend(&self, words: &str) -> Ended {
        self.presend_with(words, b"")
    }

    /// The same, with something on standard input.
    pub(crate) fn presend_with(&self, words: &str, input: &[u8]) -> Ended {
        let mut child = Command::new(env!("CARGO_BIN_EXE_presend"))
            .env("DICPATH", "no-dictionaries")
            .args(words.split_whitespace())
            .current_dir(self.folder())
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("presend runs");
        // A run that never looks at its input may be over before it is written.
        let _ = child.stdin.take().expect("standard input").write_all(input);
        let ended = child.wait_with_output().expect("presend ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ended { out: text(ended.stdout), err: text(ended.stderr), code: ended.status.code().expect("an exit code") }
    }
}

impl Ended {
    /// Everything that was written, wherever.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// Asserts that the run ended with one error that says all of this, and no report.
    pub(crate) fn assert_refused(&self, words: &[&str]) {
        let said = self.said();
        assert_eq!(self.code, 2, "{said}");
        for word in words {
            assert!(said.contains(word), "{word:?} is not said: {said}");
        }
        assert!(said.contains("what to do: "), "no remedy: {said}");
        assert_eq!(said.matches("what to do: ").count(), 1, "more than one error: {said}");
        assert!(!said.contains("CLEAR") && !said.contains("Passed") && !said.contains("panicked"), "{said}");
    }
}
