//! Two lists of a million and of ten million rows each: wall, processor time and peak memory of one reading.
//!
//! `cargo bench --bench audience` runs both sizes; `-- 500000 1500000` others, in rows a list; `-- growth` from one million
//! rows to a hundred million, which takes 7 GB of disk for the while; `--memory 256MB` behind it bounds memory. `-- write FOLDER` only writes the six lists that `benches/audience/peers.py` asks everybody about.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

use presend::audience::{Audience, List, Memory, Scratch, parse_size};
use presend::settings::Role;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

const FIRST: [&str; 12] = ["Ann", "Bob", "Carla", "Deniz", "Eve", "Frank", "Grace", "Hiro", "Ines", "Jo", "Kim", "Liam"];
const LAST: [&str; 8] = ["Smith", "Garcia", "Novak", "Yilmaz", "Rossi", "Meyer", "Tanaka", "Okafor"];
const DOMAINS: [&str; 5] = ["mail.example", "post.example", "inbox.example", "letters.example", "web.test"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().collect();
    if let Some(at) = words.iter().position(|word| word == "write") {
        return write_six(Path::new(words.get(at + 1).ok_or("write where?")?));
    }
    let memory = match words.iter().position(|word| word == "--memory").and_then(|at| words.get(at + 1)) {
        Some(size) => Memory::bounded(parse_size(size)?, || Ok(Box::new(tempfile::tempfile()?) as Box<dyn Scratch>)),
        None => Memory::unbounded(),
    };
    let said: Vec<u64> = words.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = match () {
        () if words.iter().any(|word| word == "growth") => vec![500_000, 1_500_000, 5_000_000, 15_000_000, 50_000_000],
        () if said.is_empty() => vec![1_000_000, 10_000_000],
        () => said,
    };
    let folder = tempfile::tempdir()?;
    println!("{:>12} {:>9} {:>8} {:>8} {:>9} {:>12} {:>12}", "rows", "MB", "wall s", "cpu s", "peak MB", "send size", "overlap");
    for rows in sizes {
        let (send, customers) = (folder.path().join("send.csv"), folder.path().join("customers.csv"));
        let bytes = write_list(&send, 0, rows)? + write_list(&customers, rows / 2, rows)?;
        let lists = [list("send", Role::Send, &send), list("customers", Role::Customers, &customers)];
        let (wall, cpu) = (Instant::now(), cpu_seconds());
        let audience = Audience::read_within(&lists, &memory)?;
        let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
        let overlap = audience.overlap(Role::Customers).people;
        println!(
            "{:>12} {:>9} {wall:>8.2} {cpu:>8.2} {:>9} {:>12} {overlap:>12}",
            rows * 2,
            bytes >> 20,
            peak_megabytes(),
            audience.send_size()
        );
    }
    Ok(())
}

/// Six lists, from ten million rows to half a million, that overlap in many ways.
fn write_six(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let lists = [
        ("a", 0, 10_000_000),
        ("b", 7_000_000, 5_000_000),
        ("c", 2_000_000, 5_000_000),
        ("d", 4_000_000, 2_000_000),
        ("e", 9_000_000, 1_000_000),
        ("f", 1_000_000, 500_000),
    ];
    for (name, from, rows) in lists {
        let bytes = write_list(&folder.join(format!("{name}.csv")), from, rows)?;
        println!("{name}.csv {rows} rows, {} MB", bytes >> 20);
    }
    Ok(())
}

fn list(name: &str, role: Role, path: &Path) -> List {
    let file = path.to_owned();
    #[allow(clippy::disallowed_methods, reason = "a benchmark is its own door")]
    List::new(name, path.display().to_string(), role, move || Ok(Box::new(File::open(&file)?)))
}

/// Writes a list of `rows` people from number `from` on; two in a hundred repeat an earlier one, and some are
/// in capitals, padded or quoted. Returns its length in bytes.
fn write_list(path: &Path, from: u64, rows: u64) -> std::io::Result<u64> {
    #[allow(clippy::disallowed_methods, reason = "a benchmark is its own door")]
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "email,first_name,last_name,status,created_at")?;
    for row in 0..rows {
        let dice = mix(row ^ (from << 32));
        let number = from + if dice.is_multiple_of(50) { row / 2 } else { row };
        let person = mix(number);
        let (first, last) = (pick(&FIRST, person), pick(&LAST, person >> 8));
        let mut email = format!("{first}.{last}{number:x}@{}", pick(&DOMAINS, person >> 16));
        match dice % 101 {
            0 | 1 => email.make_ascii_uppercase(),
            2 => email = format!(" {email} "),
            3 => email = format!("\"{email}\""),
            4..60 => email.make_ascii_lowercase(),
            _ => {}
        }
        let status = if dice.is_multiple_of(97) { "unsubscribed" } else { "subscribed" };
        writeln!(out, "{email},{first},{last},{status},2026-{:02}-{:02} 10:00:00", 1 + person % 12, 1 + (person >> 4) % 28)?;
    }
    out.flush()?;
    Ok(out.into_inner().map_err(std::io::IntoInnerError::into_error)?.metadata()?.len())
}

fn pick<'a>(from: &[&'a str], number: u64) -> &'a str {
    from[usize::try_from(number % from.len() as u64).unwrap_or(0)]
}

/// Splitmix64: the same lists on every machine.
fn mix(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
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
