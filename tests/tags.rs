//! Merge tags: every dialect's right and wrong examples, texts that hold none, and what holds for any text.

use presend::tags::{Decision, Dialects, Fallback, Kind, Place, Role, Standing, Tag, blocks, by_name, decide, scan, scan_as};
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    dialect: String,
    /// Why the dialect has no examples.
    reason: Option<String>,
    ok: Vec<Right>,
    bad: Vec<Wrong>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    text: String,
    /// Whether the text alone shows whose it is, or at least leaves its dialect among the possible ones.
    alone: Option<bool>,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    text: String,
    #[serde(rename = "why")]
    _why: String,
    /// Everything that is found, in the dialect's own draft.
    found: Vec<String>,
    /// Why nothing is found.
    reason: Option<String>,
    /// Why no rule makes anything of it.
    #[serde(rename = "no_rule")]
    _no_rule: Option<String>,
}

fn examples() -> Vec<Examples> {
    serde_json::from_str(include_str!("../fixtures/tags/examples.json")).unwrap_or_else(|error| panic!("{error}"))
}

/// Faults, foreign tags and block faults of a draft, in words.
fn troubles(tags: &[Tag], decision: &Decision) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags {
        let reading = decision.read(tag);
        found.extend(reading.fault.map(|fault| format!("fault {fault:?}")));
        found.extend(matches!(reading.standing, Standing::Foreign(_) | Standing::Build(_)).then(|| "foreign".to_owned()));
    }
    found.extend(blocks(tags, decision).into_iter().map(|fault| format!("block {:?}", fault.trouble)));
    found
}

/// Tags of the draft's own that would print no text of their own for a person without a value.
fn weak_fallbacks(tags: &[Tag], decision: &Decision) -> Vec<String> {
    let own = tags.iter().filter(|tag| tag.kind == Kind::Print && decision.read(tag).standing == Standing::Own);
    own.filter(|tag| !matches!(tag.fallback, Fallback::Text(_))).map(|tag| format!("fallback {:?}", tag.fallback)).collect()
}

fn own_draft(dialect: &str, text: &str) -> (Vec<Tag>, Decision) {
    let own = by_name(dialect).unwrap_or_else(|| panic!("no dialect {dialect}"));
    let tags = scan_as(text, true, own);
    let decision = decide(&tags, None, Some(dialect));
    (tags, decision)
}

#[test]
fn right_examples_are_silent_in_their_own_draft() {
    for (dialect, example) in examples().iter().flat_map(|d| d.ok.iter().map(|example| (&d.dialect, example))) {
        let (tags, decision) = own_draft(dialect, &example.text);
        assert!(!tags.is_empty(), "{dialect}: no tag in {}", example.text);
        assert_eq!(troubles(&tags, &decision), [""; 0], "{dialect}: {}", example.text);
    }
}

#[test]
fn right_examples_show_whose_they_are() {
    for (dialect, example) in examples().iter().flat_map(|d| d.ok.iter().map(|example| (&d.dialect, example))) {
        let tags = scan(&example.text, true);
        let decision = decide(&tags, None, None);
        let alone = decision.dialects.contains(dialect);
        assert_eq!(alone, example.alone.unwrap_or(true), "{dialect}: {} is {}", example.text, decision.dialects.describe());
        assert!(alone || example.reason.is_some(), "{dialect}: {} needs a reason", example.text);
        assert_eq!(troubles(&tags, &decision), [""; 0], "{dialect}: {}", example.text);
    }
}

#[test]
fn wrong_examples_are_found() {
    for (dialect, example) in examples().iter().flat_map(|d| d.bad.iter().map(|example| (&d.dialect, example))) {
        let (tags, decision) = own_draft(dialect, &example.text);
        let mut found = troubles(&tags, &decision);
        if found.is_empty() {
            found = weak_fallbacks(&tags, &decision);
        }
        if found.is_empty() && tags.iter().any(|tag| tag.place == Place::Comment) {
            found.push("comment".into());
        }
        assert_eq!(found, example.found, "{dialect}: {}", example.text);
        assert_eq!(found.is_empty(), example.reason.is_some(), "{dialect}: {} needs a reason or has one too many", example.text);
    }
}

#[test]
fn healthy_drafts_are_silent_and_show_whose_they_are() {
    let drafts: BTreeMap<String, String> = toml::from_str(include_str!("../fixtures/tags/drafts.toml")).unwrap();
    for (dialect, text) in drafts {
        let tags = scan(&text, true);
        let alone = decide(&tags, None, None);
        assert!(by_name(&dialect).unwrap().and(alone.dialects) == alone.dialects, "{dialect} is {}", alone.dialects.describe());
        assert_eq!(troubles(&tags, &alone), [""; 0], "{dialect}");
        let (tags, decision) = own_draft(&dialect, &text);
        assert_eq!(troubles(&tags, &decision), [""; 0], "{dialect}");
    }
}

#[test]
fn every_dialect_has_examples_or_a_reason() {
    let examples = examples();
    for dialect in presend::tags::dialects() {
        let found = examples.iter().find(|d| d.dialect == dialect.id).unwrap_or_else(|| panic!("{}", dialect.id));
        assert!(!found.ok.is_empty() || found.reason.is_some() || dialect.reads.is_empty(), "{}", dialect.id);
    }
}

#[test]
fn texts_without_tags_give_none() {
    let html = include_str!("../fixtures/tags/no_tags.html");
    let text = include_str!("../fixtures/tags/no_tags.txt");
    for (source, is_html) in [(html, true), (text, false)] {
        for line in source.split("\n\n") {
            let found: Vec<&str> = scan(line, is_html).iter().map(|tag| &line[tag.range.clone()]).collect();
            assert_eq!(found, [""; 0], "in {line}");
        }
        assert_eq!(scan(source, is_html).len(), 0);
    }
}

#[test]
fn broken_tags_of_every_kind_are_found_without_knowing_the_draft() {
    let cases = [
        ("Hi *|FNAME*,", "CloserBroken"),
        ("Hi *|FNAME|,", "CloserBroken"),
        ("Hi *FNAME|*,", "OpenerBroken"),
        ("Hi *|FNAME and more", "CloserMissing"),
        ("Hi *|FN<b>AME</b>|*,", "Markup"),
        ("Hi {{ first_name }, welcome", "CloserBroken"),
        ("Hi { first_name }}, welcome", "OpenerBroken"),
        ("Hi {first_name}}, welcome", "OpenerBroken"),
        ("Hi {{ first_name, welcome", "CloserMissing"),
        ("<p>Hi {{ first_name </p><p>{{ last_name }}</p>", "CloserMissing"),
        ("Hi {{{ first_name }}, welcome", "CloserBroken"),
        ("Hi {{ first_name | default: “there” }}", "SmartQuotes"),
        ("Hi {{<b>first_name</b>}}", "Markup"),
        ("Hi {{ first&#95;name }}", "Entity"),
        ("Hi {{ first_name|default:&quot;there&quot; }}", "Entity"),
        ("Hi {{ }}", "Empty"),
        ("<a href=\"https://shop.example/?u=%7B%7Bunsubscribe_url%7D%7D\">x</a>", "PercentEncoded"),
        ("<a href=\"*%7CUNSUB%7C*\">x</a>", "PercentEncoded"),
        ("{% if vip }x{% endif %}", "CloserBroken"),
        ("{% endif }}", "CloserBroken"),
        ("<p>{% if vip </p>", "CloserMissing"),
        ("%%=v(@name)%%", "CloserBroken"),
        ("$[FNAME]", "CloserBroken"),
        ("Hi %FIRSTNAME, welcome", "CloserMissing"),
    ];
    for (text, fault) in cases {
        let faults: Vec<String> = scan(text, true).iter().filter_map(|tag| tag.fault.as_ref()).map(|fault| format!("{fault:?}")).collect();
        assert_eq!(faults, [fault], "{text}");
    }
}

#[test]
fn the_draft_is_known_by_setting_headers_signs_or_not_at_all() {
    let name = |text: &str, headers: &[(&str, &str)], esp| {
        let headers: Vec<(String, String)> = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        decide(&scan(text, true), Some(&headers), esp).platform().map(|dialect| dialect.id.as_str())
    };
    assert_eq!(name("{{ first_name }}", &[], None), None);
    assert_eq!(name("{{ first_name }}", &[], Some("klaviyo")), Some("klaviyo"));
    assert_eq!(name("{{ name }}", &[("X-PM-Metadata-Shop", "x")], None), Some("postmark"));
    assert_eq!(name("", &[("feedback-id", "1:2:us20:mc")], None), Some("mailchimp"));
    assert_eq!(name("*|FNAME|* {{ unsubscribe }} *|LIST:ADDRESS|*", &[], None), Some("mailchimp"));
    assert_eq!(name("{{ contact.FIRSTNAME }} {{ mirror }} *|FNAME|*", &[], None), Some("brevo"));
    assert_eq!(name("{{ subscriber.first_name }} {{ unsubscribe_url }}", &[], None), None);
}

#[test]
fn tags_that_platforms_share_are_foreign_to_none_of_them() {
    let text = "Hi {{ subscriber.first_name | default: \"there\" }} <a href=\"{{ unsubscribe_url }}\">x</a>";
    for esp in [None, Some("kit"), Some("drip")] {
        let tags = scan(text, true);
        assert_eq!(troubles(&tags, &decide(&tags, None, esp)), [""; 0], "{esp:?}");
    }
}

#[test]
fn tags_of_the_build_are_told_from_foreign_ones() {
    let text = "{{> header}} *|FNAME|* *|UNSUB|* <%= @title %> <?php echo 1; ?> {{ contact.FIRSTNAME }}";
    let tags = scan(text, true);
    let decision = decide(&tags, None, None);
    let standings = tags.iter().map(|tag| match decision.read(tag).standing {
        Standing::Own => "own",
        Standing::Foreign(_) => "foreign",
        Standing::Build(_) => "build",
        Standing::Neutral => "neutral",
    });
    assert_eq!(standings.collect::<Vec<_>>(), ["build", "own", "own", "build", "build", "foreign"]);
}

#[test]
fn a_missing_value_is_told_in_words() {
    let said = |esp: &str, text: &str| {
        let tags = scan(text, true);
        let reading = decide(&tags, None, Some(esp)).read(&tags[0]);
        reading.missing.map(|missing| missing.sentence).unwrap_or_default()
    };
    assert_eq!(said("klaviyo", "{{ first_name }}"), "prints nothing");
    assert_eq!(said("klaviyo", "{{ first_name|default:'there' }}"), "prints “there”");
    assert_eq!(said("mailchimp", "{{ first_name }}"), "prints the tag itself");
    assert!(said("ses", "{{ name }}").starts_with("stops the send"));
}

#[test]
fn a_name_means_what_it_means_on_the_drafts_platform() {
    let read = |esp: &str| {
        let tags = scan("{{ address }} {{#each items}}{{ title }}{{/each}} {{ city }}", true);
        let decision = decide(&tags, None, Some(esp));
        let fields: Vec<String> = tags.iter().filter_map(|tag| decision.field(tag)).map(str::to_owned).collect();
        (decision.read(&tags[0]).role, fields.join(" "))
    };
    assert_eq!(read("postmark"), (None, "address city".into()));
    assert_eq!(read("kit"), (Some(Role::Address), "city".into()));
}

#[test]
fn a_misspelt_tag_of_the_platform_is_answered_with_the_right_one() {
    let near = |esp: &str, text: &str| {
        let tags = scan(text, true);
        decide(&tags, None, Some(esp)).nearest_tag(&tags[0])
    };
    for (esp, text, right) in [
        ("mailchimp", "*|UNSBU|*", Some("*|UNSUB|*")),
        ("brevo", "{{ unsubcribe }}", Some("{{ unsubscribe }}")),
        ("mailchimp", "*|FNMAE|*", Some("FNAME")),
        ("klaviyo", "{{ frist_name|default:'x' }}", Some("firstname")),
        ("mailchimp", "*|FNAME|*", None),
        ("mailchimp", "*|CNAME|*", None),
        ("mailchimp", "*|ADDRESS2|*", None),
        ("kit", "{{ addresses }}", None),
    ] {
        assert_eq!(near(esp, text).as_deref(), right, "{text}");
    }
}

const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{",
    "}",
    "{%",
    "%}",
    "{#",
    "#}",
    "*|",
    "|*",
    "*",
    "|",
    "%%",
    "%%[",
    "]%%",
    "%%=",
    "=%%",
    "%",
    "[[",
    "]]",
    "[",
    "]",
    "[%",
    "%]",
    "$",
    "${",
    "${{",
    "$[",
    "]$",
    "#",
    "#if(",
    "#end",
    "@",
    "-",
    "<%",
    "%>",
    "<?php",
    "<?=",
    "?>",
    "<!--",
    "-->",
    "<!--[if mso]>",
    "<![endif]-->",
    "<style>",
    "</style>",
    "<b>",
    "</b>",
    "<unsubscribe>",
    "<span class=eloquaemail>",
    "`",
    "```",
    "\n",
    "\n\n",
    " ",
    "if",
    "endif",
    "raw",
    "endraw",
    "FNAME",
    "first_name",
    "contact.FIRSTNAME",
    "default: 'x'",
    "“",
    "’",
    "&quot;",
    "&#x5F;",
    "ü",
    "日本",
    "\u{1F600}",
    "IF:X",
    "END:IF",
    "#each",
    "/each",
    "%7B%7B",
    "%7D%7D",
    "= ",
    ":default=",
    "(",
    ")",
    "\"",
    "'",
];

/// Texts made of the pieces that tags are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![prop::sample::select(PIECES).prop_map(str::to_owned), any::<char>().prop_map(String::from),];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_every_range_is_a_tag(text in pieces(), is_html: bool, own in 0_usize..62) {
        let own = presend::tags::dialects().get(own).and_then(|dialect| by_name(&dialect.id)).unwrap_or(Dialects::NONE);
        for tags in [scan(&text, is_html), scan_as(&text, is_html, own)] {
            let mut end = 0;
            for tag in &tags {
                prop_assert!(tag.range.start >= end, "tags overlap");
                end = tag.range.end;
                let written = text.get(tag.range.clone());
                prop_assert!(written.is_some_and(|written| !written.is_empty()));
                let first = written.and_then(|written| written.chars().next()).unwrap_or(' ');
                prop_assert!("*|{[%$#@-<".contains(first), "{written:?}");
                let whole = tag.fault.is_none() && !matches!(tag.form.opener(), "<" | "{{<");
                prop_assert!(!whole || first == '$' || written.is_some_and(|written| written.starts_with(tag.form.opener())), "{tag:?}");
            }
            let decision = decide(&tags, None, None);
            let _ = tags.iter().map(|tag| decision.read(tag)).collect::<Vec<_>>();
            for fault in blocks(&tags, &decision) {
                prop_assert!(fault.opener.is_some() || fault.closer.is_some());
            }
        }
    }

    #[test]
    fn random_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let tags = scan(&text, true);
        prop_assert!(tags.iter().all(|tag| text.get(tag.range.clone()).is_some()));
    }
}
