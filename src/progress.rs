//! A bar on the terminal while something takes long, or nothing.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// Shows on standard error how far a long task has come, if somebody is looking.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    visible: bool,
}

/// One running task. The bar goes away when this is dropped.
#[derive(Debug)]
pub struct Task(Option<ProgressBar>);

impl Progress {
    /// Shows a bar if standard error is a terminal.
    pub fn on_terminal() -> Self {
        Self { visible: std::io::stderr().is_terminal() }
    }

    /// Shows nothing, ever.
    pub fn silent() -> Self {
        Self::default()
    }

    /// Begins a task of `total` steps, named in words: "asking links".
    pub fn begin(&self, name: &str, total: usize) -> Task {
        if !self.visible {
            return Task(None);
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos} of {len}") {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Task(Some(bar))
    }

    /// Begins a task of which nobody knows how far it has come: the seconds are counted.
    pub fn wait(&self, name: &str) -> Task {
        if !self.visible {
            return Task(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        bar.enable_steady_tick(TICK);
        Task(Some(bar))
    }
}

/// How often a waiting task shows that it still waits.
const TICK: Duration = Duration::from_millis(200);

impl Task {
    /// Says what is being done now.
    pub fn say(&self, name: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(name.to_owned());
        }
    }

    /// Leaves a line on standard error, whether somebody is looking or not.
    #[expect(clippy::print_stderr, reason = "this is the door to standard error for what is not the answer")]
    pub fn note(&self, text: &str) {
        match &self.0 {
            Some(bar) => bar.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
    }

    /// One more step is done.
    pub fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
