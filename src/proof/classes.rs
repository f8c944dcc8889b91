//! Which values of a list a draft cannot tell apart: the kind of a row hangs on the classes of its values alone.
//!
//! A tag prints a value, a condition asks for one: what comes of it is a few bits, and values of which the same comes
//! are of one class. Columns that meet in one tag, or in a name that the draft sets, are a group and have one class
//! together; every other column has its own.

use super::expression::Expr;
use super::flavour;
use super::kinds::{LONG_SUBJECT, Sorter};
use super::language::Language;
use super::render::{Stop, Values, branch, set};
use super::template::{Node, Part};
use super::value::Value;
use crate::audience::{self, Cells};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::collections::HashSet;

/// The number of a class among those of its group.
pub(super) type Class = u32;

/// How a draft's rows are told apart.
#[derive(Debug)]
pub(super) struct Classes<'t> {
    pub(super) groups: Vec<Group<'t>>,
    /// Forks with a name set inside, or a loop: what is inside must be followed to be known.
    winding: Vec<bool>,
    /// Up to how many characters a value in the subject cannot make it too long, whatever the others are.
    short: usize,
}

/// Columns that are looked at together.
#[derive(Debug, Default)]
pub(super) struct Group<'t> {
    pub(super) columns: Vec<usize>,
    /// The fields of the template that they are; none where only the person is told by them.
    fields: Vec<usize>,
    looks: Vec<Look<'t>>,
}

/// A way in which the draft looks at values.
#[derive(Debug)]
enum Look<'t> {
    /// A tag prints them.
    Print(usize, Part),
    /// A condition asks for them.
    Ask(Language, &'t Expr),
    /// Names are made of them, with all that hangs on those.
    Names,
    /// They say which language a person reads.
    Tongue,
    /// They say which salutation a person wants.
    Gender,
}

/// Marks a code that is no kind of text.
const STOPPED: u16 = 1 << 15;

impl<'t> Classes<'t> {
    pub(super) fn of(sorter: &Sorter<'t>) -> Self {
        let template = sorter.template;
        let mut winding = vec![false; template.forks.len()];
        let mut found =
            Found { sorter, winding: &mut winding, seen: HashSet::new(), looks: Vec::new(), names: Vec::new(), subject: [0; 2] };
        // An endless template is never begun.
        for surface in template.surfaces.iter().filter(|_| template.endless.is_none()) {
            find_winding(&surface.nodes, found.winding);
            found.nodes(&surface.nodes, surface.part, surface.span.source.text());
        }
        let [letters, prints] = found.subject;
        let short = LONG_SUBJECT.saturating_sub(letters) / prints.max(1);
        let mut groups = grouped(found);
        for group in &mut groups {
            group.columns = group.fields.iter().filter_map(|field| Some(template.fields.get(*field)?.column)).collect();
        }
        let [tongue, gender] = sorter.person();
        for (column, look) in [(tongue, Look::Tongue), (gender, Look::Gender)] {
            groups.extend(column.map(|column| Group { columns: vec![column], fields: Vec::new(), looks: vec![look] }));
        }
        Self { groups, winding, short }
    }

    /// What comes of a group's values: equal codes are one class. `values` are those of any row.
    pub(super) fn codes<'r>(
        &self,
        sorter: &Sorter<'_>,
        group: &Group<'_>,
        (row, charset): (Cells<'r>, &'static Encoding),
        values: &mut Values<'_, 'r>,
        codes: &mut Vec<u16>,
    ) {
        codes.clear();
        let text = |column: Option<&usize>| column.map_or(Cow::Borrowed(""), |column| audience::text(row.get(*column), charset));
        for (field, column) in group.fields.iter().zip(&group.columns) {
            if let Some(cell) = values.cells.get_mut(*field) {
                *cell = text(Some(column));
            }
        }
        for look in &group.looks {
            match look {
                Look::Print(at, part) => self.print(sorter, (*at, *part), values, codes),
                Look::Ask(language, expr) => codes.push(asked(expr, *language, values)),
                Look::Names => {
                    values.locals.fill(Value::Nil);
                    let mut surfaces = sorter.template.surfaces.iter();
                    let _ = surfaces.try_for_each(|surface| self.follow(sorter, (&surface.nodes, surface.part), values, codes));
                }
                Look::Tongue => codes.push(flavour::language(&text(group.columns.first())).map_or(0, |language| 1 + language as u16)),
                Look::Gender => codes.push(flavour::gender(&text(group.columns.first())).map_or(0, |gender| 1 + gender as u16)),
            }
        }
    }

    fn print(&self, sorter: &Sorter<'_>, (at, part): (usize, Part), values: &Values<'_, '_>, codes: &mut Vec<u16>) {
        match sorter.printed(at, part, values) {
            Ok((looks, length)) => {
                let length = if length > self.short { length.min(LONG_SUBJECT + 1) } else { 0 };
                codes.extend([looks.0, u16::try_from(length).unwrap_or(u16::MAX)]);
            }
            Err(stop) => codes.extend([STOPPED | stop as u16, 0]),
        }
    }

    /// Follows the names that the draft sets, and notes what comes of all that looks at them.
    fn follow(
        &self,
        sorter: &Sorter<'_>,
        (nodes, part): (&[Node], Part),
        values: &mut Values<'_, '_>,
        codes: &mut Vec<u16>,
    ) -> Result<(), Stop> {
        let template = sorter.template;
        let stopped = |codes: &mut Vec<u16>, stop: Stop| codes.push(STOPPED | stop as u16);
        for node in nodes {
            match node {
                Node::Text(_) | Node::Unproofed(_) | Node::System(_) => {}
                Node::Print(at) => {
                    if template.prints.get(*at).is_some_and(|print| has_name(&print.expr)) {
                        self.print(sorter, (*at, part), values, codes);
                    }
                }
                Node::Fork(at, branches) if self.winding.get(*at) == Some(&true) => {
                    let taken = branch(template, *at, values).inspect_err(|stop| stopped(codes, *stop))?;
                    codes.push(u16::try_from(taken).unwrap_or(u16::MAX));
                    self.follow(sorter, (branches.get(taken).map_or(&[], Vec::as_slice), part), values, codes)?;
                }
                Node::Fork(at, branches) => {
                    // Nothing is set inside, so every branch can be looked at without being taken.
                    if let Some(fork) = template.forks.get(*at) {
                        let named = &mut |asked_for: &Expr| {
                            if has_name(asked_for) {
                                codes.push(asked(asked_for, fork.language, values));
                            }
                        };
                        fork.conditions.iter().for_each(|condition| questions(condition, named));
                    }
                    branches.iter().try_for_each(|branch| self.follow(sorter, (branch, part), values, codes))?;
                }
                Node::Set(local, language, expr) => {
                    set(*local, *language, expr, values).inspect_err(|stop| stopped(codes, *stop))?;
                }
                Node::Count(local, from, to, body) => {
                    for number in *from..=*to {
                        if let Some(local) = values.locals.get_mut(*local) {
                            *local = Value::Int(number);
                        }
                        self.follow(sorter, (body, part), values, codes)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn asked(expr: &Expr, language: Language, values: &Values<'_, '_>) -> u16 {
    expr.is_true(language, &values).map_or(STOPPED, u16::from)
}

/// The questions that a condition is made of, each of which is answered by itself.
fn questions<'e>(condition: &'e Expr, see: &mut impl FnMut(&'e Expr)) {
    match condition {
        Expr::And(left, right) | Expr::Or(left, right) => {
            questions(left, see);
            questions(right, see);
        }
        Expr::Not(inner) => questions(inner, see),
        other => see(other),
    }
}

/// Whether it looks at a name that the draft sets.
fn has_name(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |part| found |= matches!(part, Expr::Local(_)));
    found
}

/// Notes the forks with a name set inside, or a loop; says whether there is one among these nodes.
fn find_winding(nodes: &[Node], winding: &mut [bool]) -> bool {
    let mut any = false;
    for node in nodes {
        any |= match node {
            Node::Set(..) => true,
            Node::Count(.., body) => {
                find_winding(body, winding);
                true
            }
            Node::Fork(at, branches) => {
                let inside = branches.iter().fold(false, |any, branch| find_winding(branch, winding) | any);
                winding.get_mut(*at).into_iter().for_each(|winds| *winds = inside);
                inside
            }
            _ => false,
        };
    }
    any
}

/// What is found of a draft's ways to look at values.
struct Found<'a, 't> {
    sorter: &'a Sorter<'t>,
    winding: &'a mut [bool],
    /// Prints of which the same comes.
    seen: HashSet<(usize, Part, super::template::Place, &'t str)>,
    looks: Vec<(Vec<usize>, Look<'t>)>,
    /// The fields on which names hang, and all that hangs on names.
    names: Vec<usize>,
    /// At most how many letters the subject has beside its values, and how many of those.
    subject: [usize; 2],
}

impl<'t> Found<'_, 't> {
    fn nodes(&mut self, nodes: &'t [Node], part: Part, source: &str) {
        let template = self.sorter.template;
        let is_subject = part == Part::Subject;
        for node in nodes {
            match node {
                Node::Text(range) | Node::Unproofed(range) | Node::System(range) => {
                    self.subject[0] += source.get(range.clone()).filter(|_| is_subject).map_or(0, |text| text.chars().count());
                }
                Node::Print(at) => {
                    self.subject[1] += usize::from(is_subject);
                    let Some(print) = template.prints.get(*at) else { continue };
                    if has_name(&print.expr) {
                        self.names.extend(print.expr.fields());
                    } else if self.seen.insert((print.slot, part, print.place, print.span.text())) {
                        self.looks.push((print.expr.fields(), Look::Print(*at, part)));
                    }
                }
                Node::Fork(at, branches) => {
                    let Some(fork) = template.forks.get(*at) else { continue };
                    for condition in &fork.conditions {
                        if self.winding.get(*at) == Some(&true) {
                            self.names.extend(condition.fields());
                        } else {
                            questions(condition, &mut |question| {
                                if has_name(question) {
                                    self.names.extend(question.fields());
                                } else {
                                    self.looks.push((question.fields(), Look::Ask(fork.language, question)));
                                }
                            });
                        }
                    }
                    for branch in branches {
                        self.nodes(branch, part, source);
                    }
                }
                Node::Set(_, _, expr) => self.names.extend(expr.fields()),
                Node::Count(.., body) => {
                    // What is repeated may be as long as it likes.
                    self.subject[0] += if is_subject { LONG_SUBJECT } else { 0 };
                    self.nodes(body, part, source);
                }
            }
        }
    }
}

/// Brings fields together that meet in one look.
fn grouped<'t>(found: Found<'_, 't>) -> Vec<Group<'t>> {
    let fields = found.sorter.template.fields.len();
    let mut of_field: Vec<usize> = (0..fields).collect();
    let looks = found.looks.into_iter().chain([(found.names, Look::Names)]);
    let looks: Vec<(Vec<usize>, Look<'t>)> = looks.filter(|(fields, _)| !fields.is_empty()).collect();
    for (meeting, _) in &looks {
        let groups: Vec<usize> = meeting.iter().filter_map(|field| of_field.get(*field).copied()).collect();
        let Some(first) = groups.iter().min().copied() else { continue };
        of_field.iter_mut().filter(|group| groups.contains(group)).for_each(|group| *group = first);
    }
    let mut all: Vec<Group<'t>> = (0..fields).map(|_| Group::default()).collect();
    for (fields, look) in looks {
        let group = fields.first().and_then(|field| of_field.get(*field)).and_then(|group| all.get_mut(*group));
        if let Some(group) = group {
            group.looks.push(look);
        }
    }
    for (field, group) in of_field.iter().enumerate() {
        all.get_mut(*group).into_iter().for_each(|group| group.fields.push(field));
    }
    all.retain(|group| !group.looks.is_empty());
    all
}
