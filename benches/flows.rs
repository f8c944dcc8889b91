//! A million imported events, and a cohort of ten million rows that starts a welcome flow beside five million customers:
//! wall and processor time of a whole rehearsal, and the most memory that it had.
//!
//! `cargo bench --bench flows` runs both; `-- 100000 1000000` runs them with so many events and rows; `-- --memory 256MB`
//! bounds memory. The numbers of people are checked: they are known beforehand.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark is its own door, and says what it measured")]

use presend::audience::{List, Memory, Scratch, parse_size};
use presend::flows::{self, Flows, Plan, Rehearsal};
use presend::settings::Role;
use presend::source::Source;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

const PLAN: &str = "at = \"2026-11-23T09:00[UTC]\"\n[lists]\ncustomers = \"customers.csv\"\n[[change]]\n";

const FLOWS: &str = "[[flow]]\nname = \"WELCOME\"\ntrigger = { joins = \"newsletter\" }\nreentry = \"never\"\n\
    steps = [{ send = \"Welcome\" }, { wait = \"3 days\" }, { send = \"More\" }]\n\
    [[flow]]\nname = \"SHIPPED\"\ntrigger = { event = \"order-shipped\" }\nreentry = \"always\"\nage-limit = \"30 days\"\n\
    steps = [{ send = \"Your order has shipped\" }]\n";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().collect();
    let memory = match words.iter().position(|word| word == "--memory").and_then(|at| words.get(at + 1)) {
        Some(size) => Memory::bounded(parse_size(size)?, || Ok(Box::new(tempfile::tempfile()?) as Box<dyn Scratch>)),
        None => Memory::unbounded(),
    };
    let said: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let (events, cohort) = (said.first().copied().unwrap_or(1_000_000), said.get(1).copied().unwrap_or(10_000_000));
    let folder = tempfile::tempdir()?;
    println!(
        "{:>9} {:>11} {:>9} {:>11} {:>7} {:>7} {:>8} {:>11} {:>11}",
        "", "rows", "MB", "customers", "wall s", "cpu s", "peak MB", "start", "of them"
    );
    orders(folder.path(), events, &memory)?;
    welcome(folder.path(), cohort, &memory)
}

/// Orders of three years: five people have two each, and every customer is one of them.
fn orders(folder: &Path, rows: u64, memory: &Memory) -> Result<(), Box<dyn Error>> {
    let (path, buyers) = (folder.join("orders.csv"), (rows / 2).max(1));
    let mut out = BufWriter::new(File::create(&path)?);
    writeln!(out, "Name,Email,Financial Status,Fulfilled at,Total,Shipping Name,Shipping City")?;
    for row in 0..rows {
        let (year, month, day) = (2023 + row % 3, 1 + row / 3 % 12, 1 + row / 36 % 28);
        // One order in a hundred is of the last days.
        let (year, month, day) = if row % 100 == 0 { (2026, 11, 1 + row / 100 % 20) } else { (year, month, day) };
        writeln!(
            out,
            "#{row},buyer{}@mail.example,paid,{year}-{month:02}-{day:02} {:02}:15:00 -0500,{}.50,Ann Smith,Leeds",
            row % buyers,
            row % 24,
            20 + row % 90
        )?;
    }
    let bytes = out.into_inner().map_err(std::io::IntoInnerError::into_error)?.metadata()?.len();
    let customers = folder.join("buyers.csv");
    people(&customers, "buyer", buyers)?;
    let rehearsal = measured("events", (rows, bytes, buyers), || {
        rehearsed("import = \"orders.csv\"\nas = \"order-shipped\"\n", &customers, &path, memory)
    })?;
    let starts: u64 = rehearsal.runs.iter().map(|run| run.starts).sum();
    assert_eq!(starts, rows.div_ceil(100), "one order in a hundred is young enough");
    Ok(())
}

/// A cohort whose first half are customers, in another spelling.
fn welcome(folder: &Path, rows: u64, memory: &Memory) -> Result<(), Box<dyn Error>> {
    let (cohort, customers) = (folder.join("cohort.csv"), folder.join("customers.csv"));
    let bytes = people(&cohort, "Person", rows)? + people(&customers, "person", rows / 2)?;
    let rehearsal = measured("cohort", (rows, bytes, rows / 2), || {
        rehearsed("add = \"cohort.csv\"\ninto = \"newsletter\"\n", &customers, &cohort, memory)
    })?;
    let welcome = rehearsal.runs.first().ok_or("no flow")?;
    assert_eq!((welcome.people.people, welcome.customers.people), (rows, rows / 2), "counted exactly");
    Ok(())
}

fn rehearsed(change: &str, customers: &Path, file: &Path, memory: &Memory) -> Result<Rehearsal, Box<dyn Error>> {
    let plan = Plan::read(&Source::file("plan.toml", format!("{PLAN}{change}")), &"2026-11-23T09:00[UTC]".parse()?)?;
    let flows: Flows = flows::read(&Source::file("flows.toml", FLOWS))?;
    Ok(flows::rehearse(plan, flows, &[list(customers)], &[list(file)], None, memory)?)
}

fn measured(
    name: &str,
    (rows, bytes, customers): (u64, u64, u64),
    run: impl Fn() -> Result<Rehearsal, Box<dyn Error>>,
) -> Result<Rehearsal, Box<dyn Error>> {
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let rehearsal = run()?;
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let people: u64 = rehearsal.runs.iter().map(|run| run.people.people).sum();
    let known: u64 = rehearsal.runs.iter().map(|run| run.customers.people).sum();
    let peak = peak_megabytes();
    println!("{name:>9} {rows:>11} {:>9} {customers:>11} {wall:>7.2} {cpu:>7.2} {peak:>8} {people:>11} {known:>11}", bytes >> 20);
    Ok(rehearsal)
}

fn list(path: &Path) -> List {
    let file = path.to_owned();
    List::new("people", path.display().to_string(), Role::Other, move || Ok(Box::new(File::open(&file)?)))
}

/// Writes a list of people and gives its length in bytes.
fn people(path: &Path, prefix: &str, rows: u64) -> std::io::Result<u64> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "Email,First name,Country,Created at")?;
    for row in 0..rows {
        writeln!(out, "{prefix}{row}@mail.example,Ann,GB,2026-{:02}-{:02} 10:00:00", 1 + row % 12, 1 + row % 28)?;
    }
    Ok(out.into_inner().map_err(std::io::IntoInnerError::into_error)?.metadata()?.len())
}

/// User and system time of this process, from Linux; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = proc_file("/proc/self/stat");
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The most memory that this process ever had, from Linux; 0 elsewhere.
fn peak_megabytes() -> u64 {
    let status = proc_file("/proc/self/status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|kilobytes| kilobytes.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn proc_file(path: &str) -> String {
    let mut text = String::new();
    #[allow(clippy::disallowed_methods, reason = "a benchmark is its own door")]
    let _ = File::open(path).and_then(|mut file| file.read_to_string(&mut text));
    text
}
