//! Handlebars and Mustache by Handlebars' engine, with the helpers that sending platforms add.

use super::engine::{marks, tree};
use super::filter::Filter;
use super::language::Language;
use super::pieces::{Piece, Step};
use super::render::Values;
use super::template::{Part, Template};
use super::value::Value;
use handlebars::{Handlebars, handlebars_helper, html_escape, no_escape};
use serde_json::Value as Json;

/// A parsed template.
pub(super) struct Engine(Handlebars<'static>);

handlebars_helper!(same: |a: Json, b: Json| a == b);
handlebars_helper!(other: |a: Json, b: Json| a != b);
handlebars_helper!(more: |a: Json, b: Json| number(a) > number(b));
handlebars_helper!(less: |a: Json, b: Json| number(a) < number(b));
handlebars_helper!(contains: |a: Json, b: Json| a.as_str().zip(b.as_str()).is_some_and(|(a, b)| a.contains(b)));
handlebars_helper!(or_default: |a: Json, b: Json| if is_true(a) { a.clone() } else { fallback(b) });
handlebars_helper!(upper: |a: Json| apply(Filter::Upper, a));
handlebars_helper!(lower: |a: Json| apply(Filter::Lower, a));
handlebars_helper!(capitalize: |a: Json| apply(Filter::CapFirst, a));
handlebars_helper!(trim: |a: Json| apply(Filter::Trim, a));

fn number(json: &Json) -> f64 {
    json.as_f64().unwrap_or(f64::NAN)
}

fn is_true(json: &Json) -> bool {
    match json {
        Json::Null => false,
        Json::String(text) => !text.is_empty(),
        Json::Number(number) => number.as_f64() != Some(0.0),
        _ => true,
    }
}

/// `SendGrid` writes `"default=there"`.
fn fallback(json: &Json) -> Json {
    json.as_str().map_or(Json::Null, |text| Json::from(text.strip_prefix("default=").unwrap_or(text)))
}

fn apply(filter: Filter, json: &Json) -> String {
    let value = json.as_str().map_or(Value::Nil, |text| Value::Text(text.into()));
    filter.apply(Language::Handlebars, value, &[]).map(|value| value.into_text().into_owned()).unwrap_or_default()
}

impl Engine {
    pub(super) fn parse(source: &str, language: Language, part: Part) -> Result<Self, String> {
        let mut engine = Handlebars::new();
        let escape = language == Language::Handlebars || part == Part::Html;
        engine.register_escape_fn(if escape { html_escape } else { no_escape });
        for name in ["equals", "equal", "eq", "ifEq"] {
            engine.register_helper(name, Box::new(same));
        }
        for name in ["notEquals", "ne"] {
            engine.register_helper(name, Box::new(other));
        }
        for name in ["greaterThan", "gt", "ifGt"] {
            engine.register_helper(name, Box::new(more));
        }
        for name in ["lessThan", "lt", "ifLt"] {
            engine.register_helper(name, Box::new(less));
        }
        engine.register_helper("ifContainsStr", Box::new(contains));
        engine.register_helper("insert", Box::new(or_default));
        engine.register_helper("defaultIfEmpty", Box::new(or_default));
        for name in ["upper", "uppercase", "toUpperCase"] {
            engine.register_helper(name, Box::new(upper));
        }
        for name in ["lower", "lowercase", "toLowerCase"] {
            engine.register_helper(name, Box::new(lower));
        }
        engine.register_helper("capitalize", Box::new(capitalize));
        engine.register_helper("trim", Box::new(trim));
        engine.register_template_string("text", source).map_err(|error| error.to_string())?;
        Ok(Self(engine))
    }

    pub(super) fn render(&self, template: &Template, values: &Values<'_, '_>) -> Result<String, String> {
        self.0.render("text", &tree(template, values)).map_err(|error| error.to_string())
    }
}

/// Text in which nothing may look like a tag.
pub(super) fn text(text: &str) -> String {
    text.replace("{{", "\\{{")
}

/// A tag; sections and platforms' own conditions become `#if`.
pub(super) fn tag(piece: &Piece) -> Result<String, String> {
    let (head, tail) = marks(piece);
    let asked = |text: &str, negated: bool| {
        let call = if text.contains(' ') && !text.starts_with('(') { format!("({text})") } else { text.to_owned() };
        if negated { format!("(not {call})") } else { call }
    };
    Ok(match &piece.step {
        Step::Ask(text, negated) => format!("{{{{{head}#if {}{tail}}}}}", asked(text, *negated)),
        Step::AskElse(text) => format!("{{{{{head}else if {}{tail}}}}}", asked(text, false)),
        Step::Otherwise => format!("{{{{{head}else{tail}}}}}"),
        Step::End => format!("{{{{{head}/if{tail}}}}}"),
        Step::Nothing => String::from("{{! }}"),
        Step::Print(text, true) => format!("{{{{{{{text}}}}}}}"),
        Step::Print(text, false) => format!("{{{{{head}{text}{tail}}}}}"),
        _ => return Err(String::from("a tag that Handlebars does not read")),
    })
}
