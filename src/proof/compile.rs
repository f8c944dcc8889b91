//! Brings a draft into the one form: pairs its blocks, binds its fields to the columns of a list.

use super::columns::Columns;
use super::expression::{Expr, Op};
use super::filter::Filter;
use super::language::Language;
use super::parse::{Names, expression};
use super::pieces::{Piece, Step, read};
use super::render::MOST_ROUNDS;
use super::surfaces;
use super::template::{Field, Fork, Node, Part, Place, Print, Surface, Template, Unproofed};
use super::value::Value;
use crate::facts::Facts;
use crate::message::Message;
use crate::source::Span;
use crate::tags::{Dialect, Outcome};
use std::collections::HashMap;
use std::ops::Range;

/// How deep blocks may be nested before what is inside is not worked out.
const DEEPEST: usize = 48;

/// Brings a draft into the one form, for a list with these columns.
pub fn compile(message: &Message, facts: &Facts, columns: &Columns) -> Template {
    let mut compiler =
        Compiler { columns, template: Template::default(), scope: HashMap::new(), slots: HashMap::new(), rounds: 1, all_rounds: 0 };
    let Some(decision) = &facts.tags.decision else {
        compiler.template.surfaces = surfaces::plain(message);
        return compiler.template;
    };
    let dialects: Vec<&Dialect> = decision.dialects.iter().collect();
    if let (true, Some(tag)) = (dialects.is_empty(), facts.tags.tags.first()) {
        let why = String::from("it cannot be told whose merge tags these are: say `esp` in presend.toml");
        compiler.template.unproofed.push(Unproofed { span: tag.span.clone(), why });
    }
    for (part, span, header) in surfaces::texts(message) {
        let tags = facts.tags.tags.iter().filter(|tag| tag.header == header && span.overlaps(&tag.span));
        let mut pieces = Vec::new();
        for tag in tags {
            let dialect = dialects.iter().find(|dialect| dialect.reads.contains_key(&tag.tag.form));
            let Some((language, step)) = dialect.and_then(|dialect| read(tag, dialect)) else { continue };
            let missing = missing(dialect.copied(), part, tag.span.text());
            let place = surfaces::place(tag);
            let (range, form, span) = (tag.span.range(), tag.tag.form, tag.span.clone());
            let inside = tag.tag.inside.clone();
            pieces.push(Piece { extent: range.clone(), range, span, form, language, inside, step, missing, place });
        }
        surfaces::take_blanks(&span, &mut pieces);
        let nodes = compiler.between(&pieces, span.range(), part, &span, 0);
        compiler.template.surfaces.push(Surface { part, span, nodes, pieces });
    }
    compiler.template.slots = compiler.slots.len();
    compiler.bind_numbers();
    compiler.template
}

/// What a platform prints for a field without value, seen from one part of the mail.
fn missing(dialect: Option<&Dialect>, part: Part, written: &str) -> Outcome {
    let Some(dialect) = dialect else { return Outcome::Unknown };
    match dialect.missing.outcome {
        // An attribute that is empty prints nothing; one that does not exist stops the send.
        Outcome::Stops if dialect.id != "ses" => Outcome::Nothing,
        Outcome::NoValue if part == Part::Html => Outcome::Nothing,
        Outcome::Literal if written.starts_with("$!") => Outcome::Nothing,
        outcome => outcome,
    }
}

struct Compiler<'a> {
    columns: &'a Columns,
    template: Template,
    /// Names that the draft sets, with their places among the locals.
    scope: HashMap<String, usize>,
    slots: HashMap<String, usize>,
    /// How often what is read now is repeated, and the rounds of all loops so far.
    rounds: i64,
    all_rounds: i64,
}

impl Names for Compiler<'_> {
    fn resolve(&mut self, path: &str) -> Result<Expr, String> {
        let path = path.replace("${", "").replace('}', "").replace("['", ".").replace("']", "");
        let path = path.trim_start_matches(['$', '@', '.']);
        if let Some(local) = self.scope.get(path) {
            return Ok(Expr::Local(*local));
        }
        if let Some(at) = self.template.fields.iter().position(|field| field.path == path) {
            return Ok(Expr::Field(at));
        }
        if path.contains(['[', '/']) || self.scope.contains_key(path.split('.').next().unwrap_or(path)) {
            return Err(format!("the list does not hold `{path}`"));
        }
        let column = self.columns.find(path).ok_or_else(|| format!("the list has no column for `{path}`"))?;
        self.template.fields.push(Field { path: path.to_owned(), column, number: false });
        Ok(Expr::Field(self.template.fields.len() - 1))
    }
}

impl Compiler<'_> {
    /// The nodes of a range of text with these tags in it.
    fn between(&mut self, pieces: &[Piece], range: Range<usize>, part: Part, surface: &Span, depth: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        let (mut at, mut cursor) = (0, range.start);
        while let Some(piece) = pieces.get(at) {
            push_text(&mut nodes, cursor..piece.extent.start);
            let last = if piece.step.opens() { closing(pieces, at) } else { Some(at) };
            let end = last.and_then(|last| pieces.get(last)).map_or(range.end, |last| last.extent.end);
            let inside = pieces.get(at..=last.unwrap_or(pieces.len() - 1)).unwrap_or_default();
            let made = match last {
                None => Err(String::from("its block is never closed")),
                Some(_) if depth >= DEEPEST => Err(String::from("blocks are nested too deeply")),
                Some(_) => self.node(inside, part, surface, depth),
            };
            match made {
                Ok(made) => nodes.extend(made),
                Err(why) if why.is_empty() => nodes.push(Node::System(piece.extent.start..end)),
                Err(why) => {
                    let span = Span { source: surface.source.clone(), start: piece.range.start, end: end.max(piece.range.end) };
                    nodes.push(Node::Unproofed(piece.extent.start..end));
                    self.template.unproofed.push(Unproofed { span, why });
                }
            }
            cursor = end;
            at = last.map_or(pieces.len(), |last| last + 1);
        }
        push_text(&mut nodes, cursor..range.end);
        nodes
    }

    /// The node of one tag, or of a block with all its tags.
    fn node(&mut self, pieces: &[Piece], part: Part, surface: &Span, depth: usize) -> Result<Option<Node>, String> {
        let Some(piece) = pieces.first() else { return Ok(None) };
        Ok(Some(match &piece.step {
            Step::Print(text, raw) => {
                let expr = expression(piece.language, text, self)?;
                self.print(piece, expr, part, *raw)
            }
            Step::Field(path, fallback) => {
                let field = self.resolve(path)?;
                let expr = match fallback {
                    Some(text) => Expr::Call(Filter::Default, vec![field, Expr::Literal(Value::Text(text.clone().into()))]),
                    None => field,
                };
                self.print(piece, expr, part, true)
            }
            Step::Ask(..) => self.fork(pieces, part, surface, depth)?,
            Step::Set(name, text) => {
                let expr = expression(piece.language, text, self)?;
                let next = self.template.locals;
                let local = *self.scope.entry(name.clone()).or_insert(next);
                self.template.locals = self.template.locals.max(local + 1);
                Node::Set(local, piece.language, expr)
            }
            Step::Count(name, from, to) => self.count(pieces, (name, *from, *to), part, surface, depth)?,
            Step::Drop | Step::Nothing => return Ok(None),
            Step::Hide(why) | Step::Unknown(why) => return Err(why.clone()),
            Step::System => Node::System(piece.extent.clone()),
            Step::AskElse(_) | Step::Otherwise | Step::End => return Err(String::from("no block begins before it")),
        }))
    }

    fn print(&mut self, piece: &Piece, expr: Expr, part: Part, raw: bool) -> Node {
        let escape = piece.language.escapes() && !raw && (part == Part::Html || piece.language == Language::Handlebars);
        let kind = match piece.place {
            Place::Url => 1,
            Place::UrlStart => 2,
            _ => 0,
        };
        let key = format!("{expr:?} {escape} {kind} {:?} {}", piece.missing, part == Part::Subject);
        let next = self.slots.len();
        let slot = *self.slots.entry(key).or_insert(next);
        let (language, span, place, missing) = (piece.language, piece.span.clone(), piece.place, piece.missing);
        self.template.prints.push(Print { expr, language, escape, span, place, missing, slot });
        Node::Print(self.template.prints.len() - 1)
    }

    /// A condition with all its branches. Every condition is read before any branch, so that one that cannot be
    /// worked out leaves the whole block alone.
    fn fork(&mut self, pieces: &[Piece], part: Part, surface: &Span, depth: usize) -> Result<Node, String> {
        let (Some(opener), Some(closer)) = (pieces.first(), pieces.last()) else { return Err(String::from("it is empty")) };
        let dividers = dividers(pieces);
        let (mut conditions, mut has_else) = (Vec::new(), false);
        for at in std::iter::once(0).chain(dividers.iter().copied()) {
            match pieces.get(at).map(|piece| (&piece.step, piece.language)) {
                _ if has_else => return Err(String::from("a branch follows the last one")),
                Some((Step::Ask(text, negated), language)) => {
                    let asked = self.condition(language, text)?;
                    conditions.push(if *negated { Expr::Not(Box::new(asked)) } else { asked });
                }
                Some((Step::AskElse(text), language)) => conditions.push(self.condition(language, text)?),
                _ => has_else = true,
            }
        }
        let edges: Vec<usize> = std::iter::once(0).chain(dividers).chain([pieces.len() - 1]).collect();
        let mut branches = Vec::new();
        let mut starts = Vec::new();
        for edge in edges.windows(2) {
            let &[from, to] = edge else { continue };
            let (Some(first), Some(last)) = (pieces.get(from), pieces.get(to)) else { continue };
            let inside = pieces.get(from + 1..to).unwrap_or_default();
            branches.push(self.between(inside, first.extent.end..last.extent.start, part, surface, depth + 1));
            starts.push(first.span.clone());
        }
        if !has_else {
            branches.push(Vec::new());
            starts.push(closer.span.clone());
        }
        let (span, language) = (opener.span.clone(), opener.language);
        self.template.forks.push(Fork { span, language, conditions, starts, has_else });
        Ok(Node::Fork(self.template.forks.len() - 1, branches))
    }

    fn condition(&mut self, language: Language, text: &str) -> Result<Expr, String> {
        if !matches!(language, Language::Star | Language::Percent | Language::Square) {
            return expression(language, text, self);
        }
        // Their conditions compare one field with a text that may stand without quotation marks.
        let sign = ["!=", ">=", "<=", "==", "=", ">", "<"].into_iter().find_map(|sign| Some((text.find(sign)?, sign)));
        let Some((at, sign)) = sign else { return self.resolve(text.trim()) };
        if text.contains(" && ") || text.contains(" || ") {
            return Err(String::from("it asks several things at once"));
        }
        let field = self.resolve(text.get(..at).unwrap_or_default().trim())?;
        let wanted = text.get(at + sign.len()..).unwrap_or_default().trim().trim_matches(['\'', '"']);
        let op = Op::of_sign(sign).ok_or("its comparison is not worked out")?;
        let number = Value::number(wanted).filter(|_| sign.contains(['<', '>']));
        let wanted = if wanted.is_empty() { Value::Nil } else { number.unwrap_or_else(|| Value::Text(wanted.to_owned().into())) };
        Ok(Expr::Compare(op, Box::new(field), Box::new(Expr::Literal(wanted))))
    }

    fn count(
        &mut self,
        pieces: &[Piece],
        (name, from, to): (&str, i64, i64),
        part: Part,
        surface: &Span,
        depth: usize,
    ) -> Result<Node, String> {
        let (Some(opener), Some(closer)) = (pieces.first(), pieces.last()) else { return Err(String::from("it is empty")) };
        if !dividers(pieces).is_empty() {
            return Err(String::from("a loop with `else` is not worked out"));
        }
        let outside = self.rounds;
        self.rounds = outside.saturating_mul(to.saturating_sub(from).saturating_add(1).max(0));
        self.all_rounds = self.all_rounds.saturating_add(self.rounds);
        if self.all_rounds > MOST_ROUNDS {
            self.template.endless.get_or_insert_with(|| opener.span.clone());
        }
        let local = self.template.locals;
        self.template.locals += 1;
        let before = self.scope.insert(name.to_owned(), local);
        let inside = pieces.get(1..pieces.len() - 1).unwrap_or_default();
        let body = self.between(inside, opener.extent.end..closer.extent.start, part, surface, depth + 1);
        self.rounds = outside;
        match before {
            Some(before) => self.scope.insert(name.to_owned(), before),
            None => self.scope.remove(name),
        };
        Ok(Node::Count(local, from, to, body))
    }

    /// Notes which fields are compared with numbers.
    fn bind_numbers(&mut self) {
        let mut found = Vec::new();
        self.template.prints.iter().for_each(|print| print.expr.numbers(&mut found));
        self.template.forks.iter().flat_map(|fork| &fork.conditions).for_each(|condition| condition.numbers(&mut found));
        for field in found {
            if let Some(field) = self.template.fields.get_mut(field) {
                field.number = true;
            }
        }
    }
}

fn push_text(nodes: &mut Vec<Node>, range: Range<usize>) {
    if range.start < range.end {
        nodes.push(Node::Text(range));
    }
}

/// The tag that closes the block which the tag at this place opens.
fn closing(pieces: &[Piece], opener: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(opener) {
        if piece.step.opens() {
            depth += 1;
        } else if piece.step == Step::End {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The tags that divide the block that all these are.
fn dividers(pieces: &[Piece]) -> Vec<usize> {
    let (mut depth, mut found) = (0_usize, Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.step {
            step if step.opens() => depth += 1,
            Step::End => depth = depth.saturating_sub(1),
            Step::AskElse(_) | Step::Otherwise if depth == 1 => found.push(at),
            _ => {}
        }
    }
    found
}
