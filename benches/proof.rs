//! A newsletter with 12 tags and 4 conditions against a list: messages proofed a second, and beside it the plain way,
//! each message rendered whole by the language's own engine, which has parsed the draft once. Both read the same file,
//! and both once on one thread and once on all of them. `cargo bench --bench proof`; `-- 100000 1000000` says other
//! numbers of rows. The ratio is that of wall time, and that of CPU time, which does not hang on what else the machine
//! does. Memory is the peak of the process until the proof was done, so sizes go upwards.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a benchmark writes its input, measures and says what it measured"
)]

use presend::audience::List;
use presend::audience::rows;
use presend::facts::Facts;
use presend::message::Message;
use presend::proof::{Columns, ListProof, Plain, Values, compile};
use presend::settings::{Role, Settings};
use rayon::prelude::*;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

/// At most how many messages the plain way renders; its time is a straight line.
const PLAIN: usize = 200_000;
/// How many of them at a time, shared by the threads.
const SHARED: usize = 4096;

const FIRST: [&str; 12] = ["Ann", "Bob", "", "Deniz", "Eve", "FRANK", "Grace", "Hiro", "Ines", "Jo", "Kim", "Zoë"];
const CITY: [&str; 7] = ["Leeds", "Ulm/Donau", "", "São Paulo", "Bath", "York", "Derby"];
const TIER: [&str; 4] = ["gold", "silver", "", "tin"];

/// A newsletter of about 40 KB, as shops send it.
fn draft(tags: &[&str], conditions: &[&str]) -> Message {
    let mut html = String::from("<!DOCTYPE html><html lang=\"en\"><head><title>News</title></head><body>");
    let mut pieces = tags.iter().chain(conditions);
    for product in 0..60 {
        let _ = write!(
            html,
            "<table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 auto\"><tr>\
             <td style=\"padding:20px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:24px;color:#333333\">\
             <a href=\"https://www.shop.example/products/{product}?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=spring\">\
             <img src=\"https://cdn.shop.example/images/product-{product}.jpg\" width=\"560\" alt=\"Walnut bowl number {product}\"></a>\
             <h2>Walnut bowl {product}</h2><p>Turned by hand from one piece of wood, and oiled twice.</p></td></tr></table>\r\n"
        );
        if product % 4 == 1 {
            html.push_str(pieces.next().copied().unwrap_or_default());
        }
    }
    pieces.for_each(|piece| html.push_str(piece));
    html.push_str("</body></html>");
    let text = format!("Subject: News from the workshop\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n");
    Message::parse("news.eml", text.into_bytes()).expect("a draft")
}

const LIQUID: [&str; 12] = [
    "<p>Hi {{ customer.first_name | default: 'there' }},</p>",
    "<p>Your city: {{ customer.city }}.</p>",
    "<a href=\"https://www.shop.example/stores/{{ customer.city | url_encode }}/today\">Your store</a>",
    "<p>{{ customer.points }} points</p>",
    "<p>Dear {{ customer.first_name }} {{ customer.last_name }}</p>",
    "<p>{{ customer.product | capitalize }} is back</p>",
    "<p>Worth £{{ customer.voucher }} today</p>",
    "<img src=\"https://cdn.shop.example/{{ customer.tier }}.png\" alt=\"{{ customer.first_name }}\">",
    "<p>{{ customer.store | upcase }}</p>",
    "<p>Since {{ customer.since }}</p>",
    "",
    "",
];
const LIQUID_IF: [&str; 4] = [
    "{% if customer.tier == 'gold' %}<p>Gold</p>{% elsif customer.tier == 'silver' %}<p>Silver</p>{% else %}<p>Join</p>{% endif %}",
    "{% if customer.city %}<p>Near you</p>{% endif %}",
    "{% if customer.points > 100 %}<p>Spend them</p>{% endif %}",
    "{% unless customer.voucher %}<p>No voucher yet</p>{% endunless %}",
];

/// The same in another language.
fn in_language(pieces: &[&str], language: &str) -> Vec<String> {
    let name = |piece: &str, from: &str, to: &str| piece.replace(from, to);
    pieces
        .iter()
        .map(|piece| match language {
            "klaviyo" => name(piece, "customer.", "person.")
                .replace(" | default: 'there'", "|default:'there'")
                .replace(" | url_encode", "|urlencode")
                .replace(" | capitalize", "|capfirst")
                .replace(" | upcase", "|upper")
                .replace("elsif", "elif")
                .replace("{% unless person.voucher %}", "{% if not person.voucher %}")
                .replace("endunless", "endif"),
            "iterable" => name(piece, "customer.", "")
                .replace("{{ first_name | default: 'there' }}", "{{defaultIfEmpty first_name \"there\"}}")
                .replace("{{ city | url_encode }}", "{{city}}")
                .replace("{{ product | capitalize }}", "{{capitalize product}}")
                .replace("{{ store | upcase }}", "{{upper store}}")
                .replace(LIQUID_IF[0].replace("customer.", "").as_str(), "{{#ifEq tier \"gold\"}}<p>Gold</p>{{else}}<p>Join</p>{{/ifEq}}")
                .replace("{% if city %}", "{{#if city}}")
                .replace("{% if points > 100 %}", "{{#ifGt points 100}}")
                .replace("Spend them</p>{% endif %}", "Spend them</p>{{/ifGt}}")
                .replace("{% endif %}", "{{/if}}")
                .replace("{% unless voucher %}", "{{#unless voucher}}")
                .replace("{% endunless %}", "{{/unless}}"),
            _ => (*piece).to_owned(),
        })
        .collect()
}

fn write_list(path: &Path, rows: usize) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "email,first_name,last_name,city,tier,points,product,voucher,store,since")?;
    for row in 0..rows {
        // Numbers without a pattern, so that values do not go together.
        let mixed = (row as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        let pick = |shift: u64, of: usize| usize::try_from((mixed >> shift) % of as u64).unwrap_or_default();
        let voucher = if pick(11, 9) == 0 { "" } else { "15" };
        writeln!(
            out,
            "p{row}@mail.example,{},Smith,{},{},{},walnut bowl,{voucher},north,2024-03-01",
            FIRST[pick(3, 12)],
            CITY[pick(7, 7)],
            TIER[pick(13, 4)],
            pick(17, 300)
        )?;
    }
    out.flush()
}

fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn list(path: &Path) -> List {
    let file = path.to_owned();
    List::new("to", "to.csv", Role::Send, move || File::open(&file).map(|file| Box::new(file) as Box<dyn presend::audience::Input>))
}

fn main() -> Outcome<()> {
    let said: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if said.is_empty() { vec![100_000, 1_000_000] } else { said };
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("to.csv");
    println!(
        "{:<10} {:>10} {:>7} {:>7} {:>12} {:>12} {:>7} {:>7} {:>8}",
        "language", "rows", "kinds", "threads", "proofed / s", "rendered / s", "ratio", "of CPU", "peak MB"
    );
    for rows_in_list in sizes {
        write_list(&path, rows_in_list)?;
        for esp in ["customerio", "klaviyo", "iterable"] {
            let (tags, conditions) = (in_language(&LIQUID, esp), in_language(&LIQUID_IF, esp));
            let borrowed = |pieces: &'static [String]| pieces.iter().map(String::as_str).collect::<Vec<_>>();
            let (tags, conditions): (&'static [String], &'static [String]) = (tags.leak(), conditions.leak());
            for threads in [1, 0] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
                pool.install(|| compare((esp, rows_in_list), &borrowed(tags), &borrowed(conditions), &path))?;
            }
        }
    }
    Ok(())
}

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Messages a second, by the clock on the wall and by that of the processor.
struct Pace {
    wall: f64,
    cpu: f64,
}

fn pace(work: impl FnOnce() -> Outcome<u64>) -> Outcome<Pace> {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let messages = work()? as f64;
    Ok(Pace { wall: messages / start.elapsed().as_secs_f64(), cpu: messages / (cpu_seconds() - cpu) })
}

/// What this process has used, in hundredths of seconds.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|word| word.parse().unwrap_or(0.0)).collect();
    fields.get(11).zip(fields.get(12)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}

fn compare((esp, rows_in_list): (&str, usize), tags: &[&str], conditions: &[&str], path: &Path) -> Outcome<()> {
    let message = draft(tags, conditions);
    let settings = Settings { esp: Some(esp.to_owned()), ..Settings::default() };
    let facts = Facts::notice(&message, &settings);
    let mut kinds = 0;
    let proofed = pace(|| {
        let proof = ListProof::take(&message, &facts, &list(path), None)?;
        let (prints, forks) = (proof.template.prints.len(), proof.template.forks.len());
        assert!(
            prints >= 12 && forks == 4 && proof.template.unproofed.is_empty(),
            "{esp}: {prints} {forks} {:?}",
            proof.template.unproofed
        );
        kinds = proof.kinds.len();
        Ok(proof.rows)
    })?;
    let peak = peak_megabytes();
    let rendered = pace(|| by_engine(&message, &facts, path))?;
    println!(
        "{esp:<10} {rows_in_list:>10} {kinds:>7} {:>7} {:>12.0} {:>12.0} {:>7.1} {:>7.1} {peak:>8}",
        rayon::current_num_threads(),
        proofed.wall,
        rendered.wall,
        proofed.wall / rendered.wall,
        proofed.cpu / rendered.cpu,
    );
    Ok(())
}

/// Reads the list and renders each message whole.
fn by_engine(message: &Message, facts: &Facts, path: &Path) -> Outcome<u64> {
    let mut stream = rows::stream(&list(path))?.take(PLAIN);
    let template = compile(message, facts, &Columns::of(&rows::stream(&list(path))?.header().clone()));
    let plain = Plain::parse(&template)?;
    let render = |row: rows::Row| {
        let values = Values::of(&template, |column| Cow::Borrowed(row.fields.get(column).map_or("", String::as_str)));
        Ok::<_, String>(plain.render(&template, &values)?.iter().map(String::len).sum::<usize>())
    };
    let mut count = 0;
    loop {
        let rows = stream.by_ref().take(SHARED).collect::<Result<Vec<_>, _>>()?;
        if rows.is_empty() {
            return Ok(count);
        }
        count += rows.len() as u64;
        let rendered = rows.len();
        let bytes: usize = rows.into_par_iter().map(render).sum::<Result<usize, String>>()?;
        assert!(bytes > rendered * 10_000, "a newsletter is rendered");
    }
}
