//! Django and Jinja by Jinja's engine, and the dialects that have no engine of their own.

use super::engine::{marks, tree};
use super::expression::{Expr, Op};
use super::filter::{Filter, url_encode};
use super::language::Language;
use super::pieces::{Piece, Step};
use super::render::Values;
use super::template::{Node, Part, Print, Surface, Template};
use super::value::Value;
use crate::tags::{Form, Outcome};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, Output, State};
use regex::Regex;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// A parsed template.
pub(super) struct Engine {
    environment: Environment<'static>,
    /// Whether fields are called by their place, `f0`.
    placed: bool,
}

impl Engine {
    pub(super) fn parse(source: &str, language: Language, part: Part) -> Result<Self, String> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build().map_err(|error| error.to_string())?;
        environment.set_syntax(syntax);
        let escape = language.escapes() && part == Part::Html;
        environment.set_auto_escape_callback(move |_| if escape { AutoEscape::Html } else { AutoEscape::None });
        environment.set_formatter(print);
        if language != Language::Jinja {
            environment
                .add_filter("default", |value: minijinja::Value, other: minijinja::Value| if value.is_true() { value } else { other });
        }
        environment.add_filter(
            "default_if_none",
            |value: minijinja::Value, other: minijinja::Value| {
                if value.is_undefined() || value.is_none() { other } else { value }
            },
        );
        environment.add_filter("lookup", |value: minijinja::Value, name: String| value.get_attr(&name));
        environment.add_filter("urlencode", |value: minijinja::Value| url_encode(&value.to_string(), false));
        for name in ["capfirst", "truncatechars", "truncatewords"] {
            let filter = Filter::named(Language::Django, name).ok_or("a filter is missing")?;
            environment.add_filter(name, move |value: minijinja::Value, length: Option<i64>| {
                let arguments: Vec<Value<'_>> = length.into_iter().map(Value::Int).collect();
                let value = filter.apply(Language::Django, Value::Text(value.to_string().into()), &arguments);
                value.map(|value| value.into_text().into_owned()).unwrap_or_default()
            });
        }
        environment.add_template_owned("text", source.to_owned()).map_err(|error| error.to_string())?;
        let placed = !matches!(language, Language::Django | Language::Jinja);
        Ok(Self { environment, placed })
    }

    pub(super) fn render(&self, template: &Template, values: &Values<'_, '_>) -> Result<String, String> {
        let fields = if self.placed { placed(template, values) } else { tree(template, values) };
        // A field that is missing is not there at all: Python prints `None` for one that is there and is nothing.
        let fields = serde_json::Value::Object(without_nothing(fields));
        let found = self.environment.get_template("text").map_err(|error| error.to_string())?;
        found.render(minijinja::Value::from(minijinja::value::Serde(&fields))).map_err(|error| error.to_string())
    }
}

fn placed(template: &Template, values: &Values<'_, '_>) -> serde_json::Map<String, serde_json::Value> {
    let value = |at: usize, number| match Value::of_cell(values.cells.get(at).map_or("", |cell| cell), number) {
        Value::Nil | Value::Bool(_) => serde_json::Value::Null,
        Value::Int(number) => number.into(),
        Value::Float(number) => number.into(),
        Value::Text(text) => text.into_owned().into(),
    };
    template.fields.iter().enumerate().map(|(at, field)| (format!("f{at}"), value(at, field.number))).collect()
}

fn without_nothing(fields: serde_json::Map<String, serde_json::Value>) -> serde_json::Map<String, serde_json::Value> {
    let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
    kept.map(|(name, value)| match value {
        serde_json::Value::Object(inner) => (name, without_nothing(inner).into()),
        value => (name, value),
    })
    .collect()
}

/// Prints a value; where HTML is escaped, as Django does, which leaves slashes alone.
fn print(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &minijinja::Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Ok(());
    }
    if value.is_safe() || *state.auto_escape() == AutoEscape::None {
        return write!(output, "{value}").map_err(Error::from);
    }
    for c in value.to_string().chars() {
        match Language::Django.escape(c) {
            Some(written) => output.write_str(written),
            None => output.write_char(c),
        }
        .map_err(Error::from)?;
    }
    Ok(())
}

/// Text in which nothing may look like a tag.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, opener)) = ["{{", "{%", "{#"].into_iter().filter_map(|opener| Some((rest.find(opener)?, opener))).min() {
        let _ = write!(out, "{}{{{{ '{opener}' }}}}", rest.get(..at).unwrap_or_default());
        rest = rest.get(at + opener.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// `|default:'x'`, as Django writes what it gives to a filter.
static COLON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\|\s*(\w+)\s*:\s*("[^"]*"|'[^']*'|[\w.]+)"#).ok());

/// `personalization_token('contact.firstname', 'there')`, `HubSpot`'s own.
static TOKEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"personalization_token\(\s*['"]([\w.]+)['"]\s*,\s*("[^"]*"|'[^']*')\s*\)"#).ok());

/// A tag, with what Django puts behind a colon in brackets.
pub(super) fn tag(piece: &Piece) -> Result<String, String> {
    let (head, tail) = marks(piece);
    let inside = piece.inside.trim_matches(['-', ' ']);
    let (Some(colon), Some(token)) = (&*COLON, &*TOKEN) else { return Err(String::from("a pattern is broken")) };
    let inside = token.replace_all(inside, "$1|default($2, true)");
    let inside = colon.replace_all(&inside, "|$1($2)");
    Ok(match (&piece.step, piece.form) {
        (Step::Nothing, _) => String::new(),
        (_, Form::Percent | Form::SquarePercent) => format!("{{%{head} {inside} {tail}%}}"),
        _ => format!("{{{{{head} {inside} {tail}}}}}"),
    })
}

/// A text in a dialect without an engine of its own, written anew as Jinja.
pub(super) fn transcribed(template: &Template, surface: &Surface) -> String {
    let mut out = String::new();
    transcribe(template, surface.span.source.text(), &surface.nodes, &mut out);
    out
}

fn transcribe(template: &Template, source: &str, nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(range) | Node::Unproofed(range) | Node::System(range) => {
                out.push_str(&text(source.get(range.clone()).unwrap_or_default()));
            }
            Node::Print(at) => {
                let _ = template.prints.get(*at).map_or(Ok(()), |print| write!(out, "{}", printed(print)));
            }
            Node::Fork(at, branches) => {
                let Some(fork) = template.forks.get(*at) else { continue };
                for (number, branch) in branches.iter().enumerate() {
                    let _ = match fork.conditions.get(number) {
                        Some(condition) if number == 0 => write!(out, "{{% if {} %}}", jinja(condition)),
                        Some(condition) => write!(out, "{{% elif {} %}}", jinja(condition)),
                        None => write!(out, "{{% else %}}"),
                    };
                    transcribe(template, source, branch, out);
                }
                out.push_str("{% endif %}");
            }
            // Dialects without an engine of their own neither set names nor count.
            Node::Set(..) | Node::Count(..) => {}
        }
    }
}

fn printed(print: &Print) -> String {
    let missing = match print.missing {
        Outcome::Literal => print.span.text(),
        Outcome::NoValue => "<no value>",
        _ => return format!("{{{{ {} }}}}", jinja(&print.expr)),
    };
    match &print.expr {
        Expr::Field(at) => format!("{{{{ f{at}|default_if_none({}) }}}}", quoted(missing)),
        expr => format!("{{{{ {} }}}}", jinja(expr)),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn jinja(expr: &Expr) -> String {
    match expr {
        Expr::Literal(Value::Text(text)) => quoted(text),
        Expr::Literal(Value::Nil) => String::from("nothing"),
        Expr::Literal(value) => value.text().into_owned(),
        Expr::Field(at) => format!("f{at}"),
        Expr::Local(at) => format!("local{at}"),
        Expr::Call(filter, arguments) => {
            let mut arguments = arguments.iter().map(jinja);
            let value = arguments.next().unwrap_or_default();
            let name = match filter {
                Filter::Upper => "upper",
                Filter::Lower => "lower",
                Filter::Title => "title",
                Filter::UrlEncodePath => "urlencode",
                Filter::Default => return format!("({value}|default({}))", arguments.collect::<Vec<_>>().join(", ")),
                _ => return value,
            };
            format!("({value}|{name})")
        }
        Expr::Compare(Op::Equal, left, right) if **right == Expr::Literal(Value::Nil) => format!("(not {})", jinja(left)),
        Expr::Compare(Op::Unequal, left, right) if **right == Expr::Literal(Value::Nil) => jinja(left),
        Expr::Compare(op, left, right) => format!("({} {} {})", jinja(left), op.sign(), jinja(right)),
        Expr::And(left, right) => format!("({} and {})", jinja(left), jinja(right)),
        Expr::Or(left, right) => format!("({} or {})", jinja(left), jinja(right)),
        Expr::Not(inner) => format!("(not {})", jinja(inner)),
    }
}
