//! How fast tags are found: in text without any, in a template, and the first call of a process.

use divan::Bencher;
use divan::counter::BytesCount;
use presend::tags::{blocks, decide, scan};

fn main() {
    divan::main();
}

const PROSE: &str = "<p style=\"margin:0;color:#333333\">Save 20% on well-known chairs &ndash; until Sunday. See [terms].</p>\n";
const TEMPLATE: &str = "<p>Hi {{ first_name|default:'there' }},</p><p style=\"margin:0\">Your size is {{ person|lookup:'Size' }}.</p>\
<p>{% if event.Total %}Thank you for {{ event.Total }}.{% else %}Come back.{% endif %} {% unsubscribe %}</p>\n\
<p>Chairs and tables, made by hand, in oak and in beech, for rooms large and small.</p>\n";

#[divan::bench]
fn scan_html_without_tags(bencher: Bencher) {
    let text = PROSE.repeat(10_000);
    bencher.counter(BytesCount::of_str(&text)).bench(|| scan(&text, true).len());
}

#[divan::bench]
fn scan_a_template(bencher: Bencher) {
    let text = TEMPLATE.repeat(300);
    bencher.counter(BytesCount::of_str(&text)).bench(|| scan(&text, true).len());
}

#[divan::bench]
fn scan_decide_and_pair_a_template(bencher: Bencher) {
    let text = TEMPLATE.repeat(300);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let tags = scan(&text, true);
        let decision = decide(&tags, None, None);
        let troubles = tags.iter().filter(|tag| decision.read(tag).fault.is_some()).count();
        troubles + blocks(&tags, &decision).len()
    });
}
