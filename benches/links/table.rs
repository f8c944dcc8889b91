//! The table that is printed.

use super::beside::Run;
use std::fmt;

pub(crate) struct Table {
    title: String,
    lines: Vec<Line>,
}

pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    pub(crate) requests: usize,
    pub(crate) at_once: usize,
    pub(crate) right: usize,
    pub(crate) false_alarms: usize,
    pub(crate) of: usize,
}

impl Table {
    pub(crate) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), lines: Vec::new() }
    }

    pub(crate) fn push(&mut self, line: Line) {
        self.lines.push(line);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        writeln!(
            f,
            "  {:<12}{:>9}{:>9}{:>9}{:>10}{:>11}{:>14}{:>14}",
            "", "wall s", "cpu s", "MiB", "requests", "at 1 host", "right", "false alarms"
        )?;
        for line in &self.lines {
            let number = |value: Option<f64>| value.map_or_else(|| "?".to_owned(), |value| format!("{value:.2}"));
            let right = if line.run.ended { format!("{} of {}", line.right, line.of) } else { "did not end".to_owned() };
            let (cpu, memory) = (number(line.run.cpu), number(line.run.memory));
            writeln!(
                f,
                "  {:<12}{:>9.2}{cpu:>9}{memory:>9}{:>10}{:>11}{right:>14}{:>14}",
                line.name,
                line.run.wall.as_secs_f64(),
                line.requests,
                line.at_once,
                line.false_alarms
            )?;
        }
        Ok(())
    }
}
