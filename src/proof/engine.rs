//! The plain way: the template languages' own engines, one message at a time. The counting is held against it.
//!
//! The engines are strict where sending platforms are not, so a tag is handed over as its engine wants it written:
//! Django's `|default:'x'` as Jinja's `|default('x')`, Braze's `{{${name}}}` as `{{name}}`. Dialects without an engine
//! of their own are handed to Jinja's.

use super::language::Language;
use super::pieces::{Piece, Step};
use super::render::Values;
use super::template::{Node, Part, Surface, Template};
use super::value::Value;
use super::{handlebars_engine, jinja_engine, liquid_engine};
use std::ops::Range;

/// The engine of one text of a draft.
enum Engine {
    Literal(String),
    Liquid(liquid_engine::Engine),
    Jinja(jinja_engine::Engine),
    Handlebars(handlebars_engine::Engine),
}

/// The engines of a whole draft, its templates parsed.
pub struct Plain {
    texts: Vec<(Part, Engine)>,
}

impl Plain {
    /// Parses every text of a draft.
    ///
    /// # Errors
    /// What an engine says about a template that it does not take.
    pub fn parse(template: &Template) -> Result<Self, String> {
        let texts = template.surfaces.iter().map(|surface| Ok((surface.part, engine(template, surface)?)));
        Ok(Self { texts: texts.collect::<Result<_, String>>()? })
    }

    /// Renders the message of one row.
    ///
    /// # Errors
    /// What an engine says about values that it does not take.
    pub fn render(&self, template: &Template, values: &Values<'_, '_>) -> Result<Vec<String>, String> {
        let texts = self.texts.iter().map(|(_, engine)| match engine {
            Engine::Literal(text) => Ok(text.clone()),
            Engine::Liquid(engine) => engine.render(template, values),
            Engine::Jinja(engine) => engine.render(template, values),
            Engine::Handlebars(engine) => engine.render(template, values),
        });
        texts.collect()
    }
}

fn engine(template: &Template, surface: &Surface) -> Result<Engine, String> {
    let aside = aside(surface);
    let language = surface.pieces.iter().find(|piece| !aside.iter().any(|(range, _)| holds(range, piece))).map(|piece| piece.language);
    Ok(match language {
        None => Engine::Literal(literal(surface, &aside)),
        Some(Language::Liquid) => Engine::Liquid(liquid_engine::Engine::parse(&written(surface, &aside, liquid_engine::text, |piece| {
            Ok(liquid_engine::tag(piece))
        })?)?),
        Some(language @ (Language::Django | Language::Jinja)) => {
            let source = written(surface, &aside, jinja_engine::text, jinja_engine::tag)?;
            Engine::Jinja(jinja_engine::Engine::parse(&source, language, surface.part)?)
        }
        Some(language @ (Language::Handlebars | Language::Mustache)) => {
            let source = written(surface, &aside, handlebars_engine::text, handlebars_engine::tag)?;
            Engine::Handlebars(handlebars_engine::Engine::parse(&source, language, surface.part)?)
        }
        Some(language) => {
            Engine::Jinja(jinja_engine::Engine::parse(&jinja_engine::transcribed(template, surface), language, surface.part)?)
        }
    })
}

fn holds(range: &Range<usize>, piece: &Piece) -> bool {
    range.start <= piece.range.start && piece.range.end <= range.end
}

/// What engines do not get to see, and whether it is printed as it stands.
fn aside(surface: &Surface) -> Vec<(Range<usize>, bool)> {
    fn collect(nodes: &[Node], found: &mut Vec<(Range<usize>, bool)>) {
        for node in nodes {
            match node {
                Node::Unproofed(range) | Node::System(range) => found.push((range.clone(), true)),
                Node::Fork(_, branches) => branches.iter().for_each(|branch| collect(branch, found)),
                Node::Count(.., body) => collect(body, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(&surface.nodes, &mut found);
    for (at, piece) in surface.pieces.iter().enumerate() {
        if piece.step == Step::Drop {
            let end = surface.pieces.get(at..).and_then(|rest| rest.iter().find(|piece| piece.step == Step::End));
            found.extend(end.map(|end| (piece.extent.start..end.extent.end, false)));
        }
    }
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    found
}

fn literal(surface: &Surface, aside: &[(Range<usize>, bool)]) -> String {
    // Nothing is left but comments and what is printed as it stands.
    written(surface, aside, std::borrow::ToOwned::to_owned, |_| Ok(String::new())).unwrap_or_default()
}

/// The whole text as its engine wants it.
fn written(
    surface: &Surface,
    aside: &[(Range<usize>, bool)],
    text: fn(&str) -> String,
    tag: fn(&Piece) -> Result<String, String>,
) -> Result<String, String> {
    let source = surface.span.source.text();
    let mut out = String::with_capacity(surface.span.text().len());
    let mut cursor = surface.span.start;
    let mut asides = aside.iter().peekable();
    let upto = |out: &mut String, from: usize, to: usize| out.push_str(&text(source.get(from..to).unwrap_or_default()));
    for piece in &surface.pieces {
        if piece.range.start < cursor {
            continue;
        }
        while let Some((range, shown)) = asides.next_if(|(range, _)| range.start <= piece.range.start) {
            if range.start < cursor {
                continue;
            }
            upto(&mut out, cursor, range.start);
            if *shown {
                upto(&mut out, range.start, range.end);
            }
            cursor = range.end;
        }
        if piece.range.start < cursor {
            continue;
        }
        upto(&mut out, cursor, piece.range.start);
        out.push_str(&tag(piece)?);
        cursor = piece.range.end;
    }
    for (range, shown) in asides {
        if range.start < cursor {
            continue;
        }
        upto(&mut out, cursor, range.start);
        if *shown {
            upto(&mut out, range.start, range.end);
        }
        cursor = range.end;
    }
    upto(&mut out, cursor, surface.span.end);
    Ok(out)
}

/// The marks by which a tag eats the blanks before and behind it.
pub(super) fn marks(piece: &Piece) -> (&'static str, &'static str) {
    let written = piece.span.text();
    let at = |c: Option<char>| match c {
        Some('-') => "-",
        Some('~') => "~",
        _ => "",
    };
    let head = written.get(piece.form.opener().len()..).and_then(|rest| rest.chars().next());
    let tail = written.strip_suffix(piece.form.closer()).and_then(|rest| rest.chars().next_back());
    (at(head), at(tail))
}

/// The fields of a row as a tree: `contact.first_name` stands inside `contact`.
pub(super) fn tree(template: &Template, values: &Values<'_, '_>) -> serde_json::Map<String, serde_json::Value> {
    let mut root = serde_json::Map::new();
    for (at, field) in template.fields.iter().enumerate() {
        let cell = values.cells.get(at).map_or("", |cell| cell);
        let value = match Value::of_cell(cell, field.number) {
            Value::Nil => serde_json::Value::Null,
            Value::Bool(yes) => yes.into(),
            Value::Int(number) => number.into(),
            Value::Float(number) => number.into(),
            Value::Text(text) => text.into_owned().into(),
        };
        let mut place = &mut root;
        let mut parts = field.path.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                place.insert(part.to_owned(), value);
                break;
            }
            let inner = place.entry(part.to_owned()).or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
            let Some(inner) = inner.as_object_mut() else { break };
            place = inner;
        }
    }
    root
}
