//! The programs that are compared, how they are called, and how their answers are read.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) command: Vec<String>,
    /// What its answers say of each address that it names.
    pub(crate) verdicts: fn(&str) -> BTreeMap<String, Said>,
}

/// What a program says of a link, in the coarse words that all programs share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Fine,
    Broken,
    CannotTell,
    NotThePage,
}

/// What one run took.
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// Processor seconds, where they could be read.
    pub(crate) cpu: Option<f64>,
    /// Most memory held, in mebibytes, where it could be read.
    pub(crate) memory: Option<f64>,
    pub(crate) output: String,
    /// Whether it came to an end by itself.
    pub(crate) ended: bool,
}

/// A program that takes longer is ended: some wait for a hanging connection as long as it hangs.
const LONGEST: Duration = Duration::from_secs(90);

/// The others, each with its own defaults.
pub(crate) fn others(page: &Path) -> Vec<Program> {
    let page = page.display().to_string();
    let command = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    vec![
        Program { name: "lychee", command: command(&["lychee", "--no-progress", "--format", "json", &page]), verdicts: lychee },
        Program {
            name: "linkinator",
            command: command(&["linkinator", &page, "--format", "json", "--verbosity", "info"]),
            verdicts: linkinator,
        },
    ]
}

/// Runs a program to its end, trusting these certificate authorities too; nothing if it is not there.
pub(crate) fn run(program: &Program, authorities: Option<&Path>) -> Option<Run> {
    let (first, rest) = program.command.split_first()?;
    let output = tempfile::NamedTempFile::new().ok()?;
    let begin = Instant::now();
    let trusted = authorities.into_iter().flat_map(|file| [("SSL_CERT_FILE", file), ("NODE_EXTRA_CA_CERTS", file)]);
    let mut child = Command::new(first)
        .args(rest)
        .envs(trusted)
        .stdin(Stdio::null())
        .stdout(output.reopen().ok()?)
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (mut cpu, mut memory) = (None, None);
    let mut ended = true;
    while child.try_wait().ok()?.is_none() {
        if begin.elapsed() > LONGEST && ended {
            ended = false;
            child.kill().ok()?;
        }
        cpu = cpu_seconds(child.id()).or(cpu);
        memory = peak_memory(child.id()).or(memory);
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = begin.elapsed();
    Some(Run { wall, cpu, memory, output: std::fs::read_to_string(output.path()).ok()?, ended })
}

fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = [11, 12].iter().filter_map(|at| fields.get(*at)?.parse::<f64>().ok()).sum();
    (ticks > 0.0).then_some(ticks / 100.0)
}

fn peak_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

/// lychee lists what is not fine, by cause; what timed out it does not call broken.
fn lychee(output: &str) -> BTreeMap<String, Said> {
    let report: Value = serde_json::from_str(output).unwrap_or_default();
    let mut verdicts = BTreeMap::new();
    for (key, said) in
        [("error_map", Said::Broken), ("fail_map", Said::Broken), ("timeout_map", Said::CannotTell), ("excluded_map", Said::CannotTell)]
    {
        let lists = report.get(key).and_then(Value::as_object).into_iter().flatten();
        for entry in lists.filter_map(|(_, list)| list.as_array()).flatten() {
            if let Some(url) = entry.get("url").and_then(Value::as_str) {
                verdicts.insert(url.to_owned(), said);
            }
        }
    }
    verdicts
}

fn linkinator(output: &str) -> BTreeMap<String, Said> {
    let report: Value = serde_json::from_str(output).unwrap_or_default();
    let links = report.get("links").and_then(Value::as_array).into_iter().flatten();
    let verdict = |link: &Value| {
        let said = match link.get("state")?.as_str()? {
            "OK" => Said::Fine,
            "SKIPPED" => Said::CannotTell,
            _ => Said::Broken,
        };
        Some((link.get("url")?.as_str()?.to_owned(), said))
    };
    links.filter_map(verdict).collect()
}
