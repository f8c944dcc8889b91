//! The proof against the languages' own engines: the same message, byte for byte, and the same counts.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may open files, and stop where something is missing"
)]

use presend::audience::List;
use presend::audience::rows;
use presend::facts::Facts;
use presend::message::Message;
use presend::proof::{Columns, Fault, Harm, ListProof, Plain, Site, Values, compile, render};
use presend::settings::{Role, Settings};
use proptest::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Pieces of drafts in one dialect, which stand beside each other in any order.
struct Pool {
    esp: &'static str,
    pieces: &'static [&'static str],
}

const POOLS: [Pool; 12] = [
    Pool {
        esp: "braze",
        pieces: &[
            "Hi {{${first_name} | default: 'there'}},",
            "{% if ${city} %}in {{${city}}}{% else %}somewhere{% endif %}",
            "{%- if custom_attribute.${points} > 100 -%} gold {%- elsif custom_attribute.${points} > 10 -%} silver {%- endif -%} !",
            "{{ ${first_name} | upcase }} {{ custom_attribute.${colour} | capitalize }}",
            "<a href=\"https://shop.example/{{ ${city} | url_encode }}?p={{custom_attribute.${points}}}\">x</a>",
            "{% assign who = ${first_name} | default: 'you' %}{{ who }} and {{ who | downcase }}",
            "{% unless custom_attribute.${colour} == 'red' %}not red{% endunless %}",
            "{% for i in (1..3) %}{{ i }}-{{ ${first_name} }} {% endfor %}",
            "{{ custom_attribute.${colour} | append: '!' | prepend: '(' | replace: 'e', 'E' | remove: 'r' }}",
            "{% comment %} {{ ${first_name} }} {% endcomment %}<p>{% raw %}{{ x }}{% endraw %}</p>",
            "{% if ${first_name} == 'Ann' or ${city} == 'Ulm' %}yes{% endif %}{% if custom_attribute.${colour} and custom_attribute.${colour} contains 'e' %}e{% endif %}",
            "{{ ${first_name} | strip | truncate: 5 }}",
            "{% connected_content https://api.example/x :save y %}",
        ],
    },
    Pool {
        esp: "klaviyo",
        pieces: &[
            "Hi {{ first_name|default:'there' }},",
            "{% if person.city %}in {{ person.city|title }}{% else %}somewhere{% endif %}",
            "{% if person.points > 100 %}gold{% elif person.points > 10 %}silver{% else %}-{% endif %}",
            "{{ person|lookup:'colour'|default:'none'|upper }}",
            "<a href=\"https://shop.example/{{ person.city|urlencode }}/\" title=\"{{ first_name }}\">x</a>",
            "{% if first_name and not person.city %}no city{% endif %}",
            "{{ first_name|truncatechars:4 }} {{ first_name|capfirst|safe }}",
            "{% for item in event.items %}{{ item.name }} {{ first_name }}{% endfor %}",
            "{# a note #}{% unsubscribe %}",
            "{% if person.colour == 'red' %}{% if person.city == 'Ulm' %}both{% else %}one{% endif %}{% endif %}",
            "{{ person.colour|default_if_none:'x' }}",
        ],
    },
    Pool {
        esp: "hubspot",
        pieces: &[
            "Hi {{ personalization_token('contact.first_name', 'there') }},",
            "{% if contact.city %}in {{ contact.city|capitalize }}{% else %}somewhere{% endif %}",
            "{% set who = contact.first_name|default('you', true) %}{{ who }}",
            "{{ contact.colour|lower|replace('e', '3') }} {{ contact.colour|trim }}",
            "{%- if contact.city == 'Ulm' or contact.colour in 'red green' -%} x {%- endif -%} y",
            "{% for i in range(0, 3) %}{{ i }}{% endfor %}",
            "{% macro x() %}{{ contact.city }}{% endmacro %}",
            "{{ contact.first_name|escape }} {{ contact.first_name|title }}",
        ],
    },
    Pool {
        esp: "iterable",
        pieces: &[
            "Hi {{defaultIfEmpty first_name \"there\"}},",
            "{{#if city}}in {{city}}{{else}}somewhere{{/if}}",
            "\n  {{#if city}}\n  <b>{{{city}}}</b>\n  {{else}}\n  none\n  {{/if}}\n",
            "{{#ifEq colour \"red\"}}red{{else}}other{{/ifEq}}",
            "{{#unless first_name}}nobody{{/unless}}",
            "{{#each items}}{{name}}{{/each}}",
            "{{upper first_name}} {{capitalize colour}}",
            "<a href=\"https://shop.example/{{city}}\">x</a> {{~first_name~}} !",
            "{{#ifGt points 10}}many{{/ifGt}}",
            "{{! a note }}",
        ],
    },
    Pool {
        esp: "sendgrid_dynamic",
        pieces: &[
            "Hi {{insert first_name \"default=there\"}},",
            "{{#if city}}in {{city}}{{else if colour}}{{colour}}{{else}}somewhere{{/if}}",
            "{{#equals colour \"red\"}}red{{/equals}}{{#notEquals colour \"red\"}}other{{/notEquals}}",
            "{{#greaterThan points 10}}many{{else}}few{{/greaterThan}}",
            "{{{first_name}}}",
            "{{#and city colour}}both{{/and}}{{#or city colour}}one{{/or}}",
        ],
    },
    Pool {
        esp: "postmark",
        pieces: &[
            "Hi {{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}there{{/first_name}},",
            "{{city}} {{{city}}} {{&colour}}",
            "\n{{#city}}\nin {{city}}\n{{/city}}\n",
        ],
    },
    Pool {
        esp: "mailchimp",
        pieces: &[
            "Hi *|FIRST_NAME|*,",
            "*|IF:CITY|*in *|CITY|**|ELSE:|*somewhere*|END:IF|*",
            "*|IF:COLOUR=red|*red*|ELSEIF:COLOUR=blue|*blue*|ELSE:|*other*|END:IF|*",
            "*|IFNOT:FIRST_NAME|*nobody*|END:IF|*",
            "*|UPPER:FIRST_NAME|* *|TITLE:COLOUR|* *|LOWER:CITY|*",
            "*|IF:POINTS>10|*many*|END:IF|*",
            "<a href=\"https://shop.example/*|URL:CITY|*\">x</a> *|UNSUB|*",
            "{{ not_ours }} {% nor this %} {# nor #}",
            "*|INTERESTED:Group:Option|*x*|END:INTERESTED|*",
        ],
    },
    Pool {
        esp: "campaign_monitor",
        pieces: &[
            "Hi [first_name,fallback=there],",
            "[if:city=Ulm]Ulm[elseif:city=Bern]Bern[else]elsewhere[endif]",
            "[city] [colour,fallback=]",
        ],
    },
    Pool {
        esp: "activecampaign",
        pieces: &["Hi %FIRST_NAME%,", "%IF $CITY != ''%in %CITY%%ELSE%somewhere%/IF%", "%IF $COLOUR == 'red'%red%/IF%"],
    },
    Pool { esp: "mautic", pieces: &["Hi {contactfield=first_name|there},", "in {contactfield=city}", "{contactfield=colour|none}"] },
    Pool { esp: "getresponse", pieces: &["Hi [[first_name fallback=\"there\"]],", "in [[city]]"] },
    Pool { esp: "prestashop", pieces: &["Hi {firstname},", "in {city}"] },
];

const CELLS: [&str; 18] = [
    "",
    "",
    "Ann",
    "O'Brien",
    "<b>Bo</b>",
    "A & B",
    "MÜLLER",
    " padded ",
    "0",
    "12",
    "10.5",
    "null",
    "{{x}}",
    "😀 Di",
    "دانة",
    "#1",
    "Ulm",
    "red",
];

fn list(cells: &[[usize; 5]]) -> List {
    let mut text = String::from("email,first_name,city,colour,points\n");
    for (at, row) in cells.iter().enumerate() {
        let cells = row.map(|cell| format!("\"{}\"", CELLS[cell % CELLS.len()]));
        let _ = writeln!(text, "p{at}@club.example,{},{},{},{}", cells[0], cells[1], cells[2], cells[3]);
    }
    List::from_bytes("to", "to.csv", Role::Send, text.into_bytes())
}

fn draft(pool: &Pool, picks: &[usize], kind: &str) -> Message {
    let piece = |pick: usize| pool.pieces[pick % pool.pieces.len()];
    let subject = piece(picks[0]).replace('\n', " ");
    let body = picks.iter().skip(1).map(|pick| format!("<p>{}</p>\r\n", piece(*pick))).collect::<Vec<_>>().concat();
    let text = format!("Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}");
    Message::parse("draft.eml", text.into_bytes()).expect("a draft")
}

/// How many messages were compared; panics where two differ.
fn compared(pool: &Pool, picks: &[usize], kind: &str, cells: &[[usize; 5]]) -> usize {
    let message = draft(pool, picks, kind);
    let settings = Settings { esp: Some(pool.esp.to_owned()), ..Settings::default() };
    let facts = Facts::notice(&message, &settings);
    let stream = rows::stream(&list(cells)).expect("a list");
    let columns = Columns::of(stream.header());
    let template = compile(&message, &facts, &columns);
    let plain = Plain::parse(&template).unwrap_or_else(|error| panic!("{}: {picks:?}: {error}\n{:?}", pool.esp, message.bodies));
    let mut count = 0;
    for row in stream {
        let row = row.expect("a row");
        let mut values = Values::of(&template, |column| Cow::Borrowed(row.fields.get(column).map_or("", String::as_str)));
        let by_engine = plain.render(&template, &values);
        // What is not worked out is not compared; what an engine refuses must not be worked out silently.
        let Ok(fast) = render(&template, &mut values) else { continue };
        let by_engine = by_engine.unwrap_or_else(|error| panic!("{}: {row:?} {picks:?}: {error}", pool.esp));
        for (fast, by_engine) in fast.iter().zip(&by_engine) {
            assert_eq!(&fast.text, by_engine, "{} {:?} {row:?} {picks:?}", pool.esp, fast.part);
        }
        count += 1;
    }
    count
}

fn rows_of(seed: usize) -> Vec<[usize; 5]> {
    (0..50).map(|row| [row * 7 + seed, row * 3 + seed / 2, row * 5 + seed / 3, row + seed, 0]).collect()
}

#[test]
fn every_piece_of_every_dialect_is_the_engines_message() {
    let (mut templates, mut messages) = (0, 0);
    for pool in &POOLS {
        for pick in 0..pool.pieces.len() {
            for kind in ["html", "plain"] {
                messages += compared(pool, &[pick, pick, pick + 1], kind, &rows_of(pick));
                templates += 1;
            }
        }
    }
    for (number, pool) in POOLS.iter().cycle().take(120).enumerate() {
        let picks: Vec<usize> = (0..6).map(|at| number * 31 + at * 17 + number / 7).collect();
        messages += compared(pool, &picks, if number % 3 == 0 { "plain" } else { "html" }, &rows_of(number));
        templates += 1;
    }
    assert!(templates >= 200, "{templates} templates");
    assert!(messages >= templates * 40, "{messages} messages of {templates} templates");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn generated_drafts_are_the_engines_messages(
        pool in 0..POOLS.len(),
        picks in prop::collection::vec(0_usize..200, 2..9),
        html in any::<bool>(),
        cells in prop::collection::vec(prop::array::uniform5(0_usize..200), 50),
    ) {
        compared(&POOLS[pool], &picks, if html { "html" } else { "plain" }, &cells);
    }
}

/// Rows by what is wrong with them, rows by the branches that they took, and all rows.
type Sums = (BTreeMap<(Harm, Site), u64>, Vec<Vec<u64>>, u64);

/// What is wrong with how many, and how many took each branch. Words that are quoted may be those of another row.
fn sums(proof: &ListProof) -> Sums {
    let mut faults = BTreeMap::new();
    for (fault, rows) in &proof.faults {
        *faults.entry((fault.harm, fault.site)).or_default() += rows.rows;
    }
    (faults, proof.taken.clone(), proof.rows)
}

/// A file with these rows, and one for each of them; quoted and ended in different ways, and some of them nobody's.
fn written(cells: &[[usize; 5]]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let header = "email,first_name,city,colour,points";
    let row = |(at, cells): (usize, &[usize; 5])| {
        let mut texts = cells.map(|cell| CELLS[cell % CELLS.len()].to_owned());
        texts[at % 5] += [" ", "", "", "and some more of it, so that it is longer than others", "", "\n"][at % 6];
        let quoted = texts.map(|text| if at % 2 == 0 || text.contains(['\n', ',']) { format!("\"{text}\"") } else { text });
        let address = if cells[4] % 9 == 0 { "nobody".to_owned() } else { format!(" p{at}@club.example") };
        let full = format!("{address},{}", quoted[..if at % 7 == 0 { 2 } else { 4 }].join(","));
        // What is no UTF-8 is of the charset that the whole list has.
        let mut bytes = full.into_bytes();
        bytes.extend(if at % 3 == 0 { b"\r\n".as_slice() } else { b"\n" });
        bytes
    };
    let rows: Vec<Vec<u8>> = cells.iter().enumerate().map(row).collect();
    let file = |rows: &[Vec<u8>]| [format!("{header}\n").into_bytes(), rows.concat()].concat();
    (file(&rows), rows.chunks(1).map(file).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rows_of_generated_drafts_are_of_the_kinds_that_they_are_of_alone(
        pool in 0..POOLS.len(),
        picks in prop::collection::vec(0_usize..200, 2..9),
        html in any::<bool>(),
        cells in prop::collection::vec(prop::array::uniform5(0_usize..200), 30),
    ) {
        let message = draft(&POOLS[pool], &picks, if html { "html" } else { "plain" });
        let settings = Settings { esp: Some(POOLS[pool].esp.to_owned()), ..Settings::default() };
        let facts = Facts::notice(&message, &settings);
        let sums = |file: Vec<u8>| {
            let list = List::from_bytes("to", "to.csv", Role::Send, file);
            sums(&ListProof::take(&message, &facts, &list, None).expect("a proof"))
        };
        let (all, alone) = written(&cells);
        let mut total: Sums = (BTreeMap::new(), Vec::new(), 0);
        for (faults, taken, rows) in alone.into_iter().map(sums) {
            for (fault, rows) in faults {
                *total.0.entry(fault).or_default() += rows;
            }
            total.1.resize(taken.len(), Vec::new());
            for (sum, taken) in total.1.iter_mut().zip(taken) {
                sum.resize(taken.len(), 0);
                sum.iter_mut().zip(taken).for_each(|(sum, rows)| *sum += rows);
            }
            total.2 += rows;
        }
        prop_assert_eq!(sums(all), total);
    }
}

#[test]
fn lists_of_many_pieces_are_counted_as_one() {
    // Some megabytes in rows of different lengths, so that quoted line ends stand across the borders of pieces.
    let mut list = String::from("email,first_name,city,note\r\n");
    let (mut nameless, mut gold) = (0, 0);
    for row in 0..40_000_usize {
        let name = ["Ann", "", "\"Bo\n\"\"x\"\"\"", "Zo\u{eb}"][row * 7 % 4];
        nameless += u64::from(name.is_empty());
        gold += u64::from(row % 10 == 3);
        let _ = write!(list, "p{row}@club.example,{name},{},\"{}\n\"\r\n", if row % 10 == 3 { "gold" } else { "" }, "n".repeat(row % 97));
    }
    let body = "Hi {{ customer.first_name }},\n{% if customer.city == 'gold' %}yes{% endif %}";
    let all = proof("customerio", body, &list);
    assert_eq!((all.rows, all.taken.as_slice()), (40_000, [vec![gold, 40_000 - gold]].as_slice()));
    assert_eq!(harms(&all), [(Harm::EmptyGreeting, nameless)], "{:?} {:?}", all.template.unproofed, all.kinds);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool").install(|| proof("customerio", body, &list));
    assert_eq!((one.faults, one.taken), (all.faults, all.taken));
    let kinds = |proof: &[presend::proof::Kind]| proof.iter().map(|kind| (kind.who.clone(), kind.cells.clone())).collect::<Vec<_>>();
    assert_eq!(kinds(&one.kinds), kinds(&all.kinds));
}

#[test]
fn names_that_a_draft_sets_are_followed() {
    let list = "email,first_name,city,tier\na@club.example,Ann,Ulm,gold\nb@club.example,Ann,,gold\nc@club.example,,Ulm,tin\nd@club.example,,,gold\n";
    let body = "{% if tier == 'gold' %}{% assign who = first_name %}{% else %}{% assign who = city %}{% endif %}Hi {{ who }},\n\
                {% if who == 'Ulm' %}a{% elsif who %}b{% else %}c{% endif %}{% for i in (1..2) %}{% if i == 2 and city %}x{% endif %}{% endfor %}";
    let proof = proof("customerio", body, list);
    assert_eq!(proof.taken, [vec![3, 1], vec![1, 2, 1], vec![2, 4]]);
    assert_eq!(harms(&proof), [(Harm::EmptyGreeting, 1)]);
}

#[test]
fn long_subjects_are_counted_whatever_they_are_long_by() {
    let mut list = String::from("email,first_name,city\n");
    for length in 0..130 {
        let _ = writeln!(list, "p{length}@club.example,{},{}", "n".repeat(length), "c".repeat(length % 7));
    }
    for (subject, from) in [("{{ first_name }}", 121), ("Dear {{ first_name }} of the club", 104), ("{{ first_name }}{{ first_name }}", 61)]
    {
        let text = format!("Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHi {{{{ city }}}}\r\n");
        let message = Message::parse("draft.eml", text.into_bytes()).expect("a draft");
        let facts = Facts::notice(&message, &Settings { esp: Some("klaviyo".to_owned()), ..Settings::default() });
        let list = List::from_bytes("to", "to.csv", Role::Send, list.as_bytes());
        let proof = ListProof::take(&message, &facts, &list, None).expect("a proof");
        let count = |harm| proof.harmed(harm).map(|(_, rows)| rows.rows).sum::<u64>();
        assert_eq!(count(Harm::LongSubject), 130 - from, "{subject}");
        assert_eq!(count(Harm::EmptySubject), u64::from(!subject.contains("Dear")), "{subject}");
    }
}

/// A proof of a plain-text draft against a list.
fn proof(esp: &str, body: &str, list: &str) -> ListProof {
    let text = format!("Subject: News\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n");
    let message = Message::parse("draft.eml", text.into_bytes()).expect("a draft");
    let settings = Settings { esp: Some(esp.to_owned()), ..Settings::default() };
    let facts = Facts::notice(&message, &settings);
    let list = List::from_bytes("to", "to.csv", Role::Send, list.as_bytes());
    ListProof::take(&message, &facts, &list, None).expect("a proof")
}

fn harms(proof: &ListProof) -> Vec<(Harm, u64)> {
    proof.faults.iter().map(|(fault, rows)| (fault.harm, rows.rows)).collect()
}

#[test]
fn counts_are_those_of_messages_looked_at_one_by_one() {
    // Sorted into kinds, or each row alone: the same faults for the same rows.
    let body = "Hi {{ first_name }},\nin {{ person.city }}. Worth \u{a3}{{ person.points }} now.\n{% if person.colour == 'red' %}Red {{ first_name }}{% endif %}!";
    let mut all = String::from("email,first_name,city,colour,points\n");
    let mut one_by_one: BTreeMap<Fault, u64> = BTreeMap::new();
    for row in 0..400_usize {
        let cell = |shift: usize| ["", "Ann", "red", " pad", "12", "{{x}}", "null"][(row / shift + row) % 7];
        let line = format!("p{row}@club.example,{},{},{},{}\n", cell(1), cell(3), cell(5), cell(7));
        all.push_str(&line);
        let alone = proof("klaviyo", body, &format!("email,first_name,city,colour,points\n{line}"));
        alone.faults.iter().for_each(|(fault, rows)| *one_by_one.entry(fault.clone()).or_default() += rows.rows);
    }
    let together = proof("klaviyo", body, &all);
    assert!(together.kinds.len() < 200 && together.rows == 400);
    let together: BTreeMap<Fault, u64> = together.faults.iter().map(|(fault, rows)| (fault.clone(), rows.rows)).collect();
    assert_eq!(together, one_by_one);
    assert!(together.len() > 4, "{together:?}");
}

#[test]
fn bad_input_is_bounded_and_has_its_finding() {
    let list = "email,first_name,__proto__\nann@club.example,Ann,x\nben@club.example,,y\n";
    for body in ["{% for i in (1..1000000) %}x{% endfor %}", "{% for i in (1..900) %}{% for j in (1..900) %}x{% endfor %}{% endfor %}"] {
        assert_eq!(harms(&proof("customerio", body, list)), [(Harm::Endless, 2)], "{body}");
    }
    assert_eq!(harms(&proof("generic_liquid", "It is {{ __proto__ }} and {{ constructor }}.", list)), []);
    // Never closed: not worked out, and said so.
    for body in [
        "Hi {% if first_name %}{{ first_name }}",
        "Hi {{ first_name",
        &"{% if first_name %}".repeat(5000),
        &"{{#if first_name}}".repeat(300),
    ] {
        let proof = proof("generic_liquid", body, list);
        assert!(harms(&proof).is_empty() && proof.template.prints.is_empty(), "{body}");
    }
    let deep = format!("{}x{}", "{% if first_name %}".repeat(5000), "{% endif %}".repeat(5000));
    assert!(proof("generic_liquid", &deep, list).template.unproofed.iter().any(|part| part.why.contains("deep")));
    // A partial that calls itself stands elsewhere.
    assert!(!proof("iterable", "{{> me}}", list).template.unproofed.is_empty());
    let long = format!("email,first_name\nann@club.example,{}\nben@club.example,Ben\n", "long ".repeat(200_000));
    assert_eq!(harms(&proof("klaviyo", "Hi {{ first_name }},", &long)), [(Harm::Huge, 1)]);
    let many = "{{ first_name }}".repeat(40);
    assert_eq!(harms(&proof("klaviyo", &many, &long)), [(Harm::Endless, 1)], "40 MB is no message");
}

#[test]
fn what_cannot_be_worked_out_is_listed_and_never_guessed() {
    let list = "email,FirstName,first_name\nann@club.example,Ann,Ann\nben@club.example,,\n";
    for (esp, body) in [
        ("sfmc", "%%[ SET @x = Lookup('a','b','c',FirstName) ]%%Hi"),
        ("braze", "{% connected_content https://api.example/ :save x %}Hi {{ x.name }},"),
        ("klaviyo", "{% catalog item %}{{ catalog_item.title }}{% endcatalog %}"),
        ("klaviyo", "Hi {{ first_name|made_up_filter }},"),
        ("iterable", "{{#each items}}Hi {{name}},{{/each}}"),
    ] {
        let proof = proof(esp, body, list);
        assert!(!proof.template.unproofed.is_empty() && harms(&proof).is_empty(), "{esp} {body}: {:?}", proof.faults);
    }
}
