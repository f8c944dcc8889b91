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
use presend::proof::{Columns, Fault, Harm, ListProof, Plain, Values, compile, render};
use presend::settings::{Role, Settings};
use proptest::prelude::*;
use std::borrow::Cow;
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
    let mut one_by_one: std::collections::BTreeMap<Fault, u64> = std::collections::BTreeMap::new();
    for row in 0..400_usize {
        let cell = |shift: usize| ["", "Ann", "red", " pad", "12", "{{x}}", "null"][(row / shift + row) % 7];
        let line = format!("p{row}@club.example,{},{},{},{}\n", cell(1), cell(3), cell(5), cell(7));
        all.push_str(&line);
        let alone = proof("klaviyo", body, &format!("email,first_name,city,colour,points\n{line}"));
        alone.faults.iter().for_each(|(fault, rows)| *one_by_one.entry(fault.clone()).or_default() += rows.rows);
    }
    let together = proof("klaviyo", body, &all);
    assert!(together.kinds.len() < 200 && together.rows == 400);
    let together: std::collections::BTreeMap<Fault, u64> = together.faults.iter().map(|(fault, rows)| (fault.clone(), rows.rows)).collect();
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
