//! Liquid by its own engine.

use super::engine::{marks, tree};
use super::pieces::Piece;
use super::render::Values;
use super::template::Template;
use crate::tags::Form;

/// A parsed template.
pub(super) struct Engine(liquid::Template);

impl Engine {
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let parser = liquid::ParserBuilder::with_stdlib().build().map_err(|error| error.to_string())?;
        parser.parse(source).map(Self).map_err(|error| error.to_string())
    }

    pub(super) fn render(&self, template: &Template, values: &Values<'_, '_>) -> Result<String, String> {
        let globals = liquid::to_object(&tree(template, values)).map_err(|error| error.to_string())?;
        self.0.render(&globals).map_err(|error| error.to_string())
    }
}

/// Text in which nothing may look like a tag.
pub(super) fn text(text: &str) -> String {
    text.replace("{{", "{{ '{{' }}").replace("{%", "{{ '{%' }}")
}

/// A tag; Braze's `${…}` and Omnisend's brackets are its own.
pub(super) fn tag(piece: &Piece) -> String {
    let (head, tail) = marks(piece);
    let inside = piece.inside.trim_matches(['-', ' ']).replace("${", "").replace('}', "");
    match piece.form {
        Form::Percent | Form::SquarePercent => format!("{{%{head} {inside} {tail}%}}"),
        _ => format!("{{{{{head} {inside} {tail}}}}}"),
    }
}
