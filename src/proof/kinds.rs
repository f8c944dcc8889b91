//! Sorts rows into kinds: rows of one kind take the same branches, and every tag prints the same kind of value.

use super::columns::Columns;
use super::flavour::{self, Flavour};
use super::language::Language;
use super::looks::{Looks, looks};
use super::render::{Stop, Values, branch, printed, set};
use super::template::{Node, Part, Template};
use super::value::Value;
use crate::offers;

/// From which length on, in characters, a subject is too long to be read in any inbox.
pub const LONG_SUBJECT: usize = 120;

/// What a row is sorted by: the branches taken, the kinds of values, what is special about the subject and the person.
pub(super) type Signature = Vec<u16>;

/// How a draft's rows are sorted.
#[derive(Debug)]
pub(super) struct Sorter<'t> {
    pub(super) template: &'t Template,
    /// For whom each fork's branches are written.
    pub(super) flavours: Vec<Vec<Flavour>>,
    /// Whether any print of a slot is of a name column.
    names: Vec<bool>,
    /// Whether a slot hangs on a name that the draft sets, so that it may change within one message.
    changing: Vec<bool>,
    /// The columns of language and gender, where it matters who gets what.
    language: Option<usize>,
    gender: Option<usize>,
}

/// What one row gave beside its signature.
#[derive(Debug, Default)]
struct Sums {
    subject: usize,
    lengths: Vec<usize>,
}

impl<'t> Sorter<'t> {
    pub(super) fn of(template: &'t Template, columns: &Columns) -> Self {
        let mut flavours = vec![Vec::new(); template.forks.len()];
        for surface in &template.surfaces {
            note_flavours(surface.span.source.text(), &surface.nodes, &mut flavours);
        }
        let matters = flavours.iter().any(|flavours| flavour::differ(flavours));
        let (mut names, mut changing) = (vec![false; template.slots], vec![false; template.slots]);
        for print in &template.prints {
            let is_name =
                print.expr.fields().iter().any(|field| template.fields.get(*field).is_some_and(|field| columns.is_name(field.column)));
            let mut locals = false;
            print.expr.visit(&mut |part| locals |= matches!(part, super::expression::Expr::Local(_)));
            if let (Some(name), Some(change)) = (names.get_mut(print.slot), changing.get_mut(print.slot)) {
                *name |= is_name;
                *change |= locals;
            }
        }
        let language = columns.language().filter(|_| matters);
        let gender = columns.gender().filter(|_| matters);
        Self { template, flavours, names, changing, language, gender }
    }

    /// The columns that say for whom a message is, beside those that it prints.
    pub(super) fn person(&self) -> [Option<usize>; 2] {
        [self.language, self.gender]
    }

    /// The place of a slot in a signature.
    pub(super) fn slot(&self, slot: usize) -> usize {
        self.template.forks.len() + slot
    }

    fn tail(&self) -> usize {
        self.template.forks.len() + self.template.slots
    }

    /// The kind of a row. `person` are its language and gender cells.
    pub(super) fn sort(&self, values: &mut Values<'_, '_>, person: [&str; 2], signature: &mut Signature) {
        signature.clear();
        signature.resize(self.template.forks.len(), 0);
        signature.resize(self.tail(), Looks::UNSEEN.0);
        let mut sums = Sums { lengths: vec![0; self.template.slots], ..Sums::default() };
        let mut stop = self.template.endless.as_ref().map(|_| Stop::Endless);
        let mut has_subject = false;
        for surface in self.template.surfaces.iter().filter(|_| self.template.endless.is_none()) {
            let is_subject = surface.part == Part::Subject;
            has_subject |= is_subject;
            if let Err(why) = self.walk(&surface.nodes, surface.part, surface.span.source.text(), values, signature, &mut sums) {
                stop = Some(why);
                break;
            }
        }
        let subject = match sums.subject {
            0 if has_subject => 1,
            long if long > LONG_SUBJECT => 2,
            _ => 0,
        };
        let [language, gender] = person;
        signature.push(subject);
        signature.push(flavour::language(language).map_or(0, |language| 1 + language as u16));
        signature.push(flavour::gender(gender).map_or(0, |gender| 1 + gender as u16));
        signature.push(stop.map_or(0, |stop| 1 + stop as u16));
    }

    fn walk(
        &self,
        nodes: &[Node],
        part: Part,
        source: &str,
        values: &mut Values<'_, '_>,
        signature: &mut Signature,
        sums: &mut Sums,
    ) -> Result<(), Stop> {
        for node in nodes {
            match node {
                Node::Text(range) | Node::Unproofed(range) | Node::System(range) => {
                    if part == Part::Subject {
                        sums.subject += source.get(range.clone()).map_or(0, |text| text.chars().count());
                    }
                }
                Node::Print(at) => self.print(*at, part, values, signature, sums)?,
                Node::Fork(at, branches) => {
                    let taken = branch(self.template, *at, values)?;
                    if let Some(seen) = signature.get_mut(*at) {
                        *seen |= 1 << taken.min(15);
                    }
                    self.walk(branches.get(taken).map_or(&[], Vec::as_slice), part, source, values, signature, sums)?;
                }
                Node::Set(local, language, expr) => set(*local, *language, expr, values)?,
                Node::Count(local, from, to, body) => {
                    for number in *from..=*to {
                        if let Some(local) = values.locals.get_mut(*local) {
                            *local = Value::Int(number);
                        }
                        self.walk(body, part, source, values, signature, sums)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn print(&self, at: usize, part: Part, values: &Values<'_, '_>, signature: &mut Signature, sums: &mut Sums) -> Result<(), Stop> {
        let Some(print) = self.template.prints.get(at) else { return Ok(()) };
        let place = self.slot(print.slot);
        let changes = self.changing.get(print.slot).copied().unwrap_or_default();
        let seen = signature.get(place).copied().unwrap_or_default();
        if seen != Looks::UNSEEN.0 && !changes {
            if part == Part::Subject {
                sums.subject += sums.lengths.get(print.slot).copied().unwrap_or_default();
            }
            return Ok(());
        }
        let (found, length) = self.printed(at, part, values)?;
        if part == Part::Subject {
            sums.subject += length;
            if let Some(known) = sums.lengths.get_mut(print.slot) {
                *known = length;
            }
        }
        if let Some(seen) = signature.get_mut(place) {
            *seen = if *seen == Looks::UNSEEN.0 { found.0 } else { *seen | found.0 };
        }
        Ok(())
    }

    /// What kind of text a tag prints, and in the subject how long it is, in characters.
    pub(super) fn printed(&self, at: usize, part: Part, values: &Values<'_, '_>) -> Result<(Looks, usize), Stop> {
        let Some(print) = self.template.prints.get(at) else { return Ok((Looks::UNSEEN, 0)) };
        let written = print.span.text();
        let text = printed(print, written, values)?;
        let is_name = self.names.get(print.slot).copied().unwrap_or_default();
        let mut found = looks(print, is_name, part, &text);
        if text == written && !written.is_empty() {
            found = found.with(Looks::ITSELF);
        }
        if let Some((value, _)) = print.expr.fallback() {
            let is_missing = value.value(print.language, &values).is_some_and(|value| !value.is_true(Language::Jinja));
            found = if is_missing { found.with(Looks::FALLBACK) } else { found };
        }
        Ok((found, if part == Part::Subject { text.chars().count() } else { 0 }))
    }
}

fn note_flavours(source: &str, nodes: &[Node], flavours: &mut [Vec<Flavour>]) {
    for node in nodes {
        match node {
            Node::Fork(at, branches) => {
                if let Some(place) = flavours.get_mut(*at) {
                    *place = flavour::of_branches(source, branches);
                }
                for branch in branches {
                    note_flavours(source, branch, flavours);
                }
            }
            Node::Count(.., body) => note_flavours(source, body, flavours),
            _ => {}
        }
    }
}

/// A signature, read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read<'s> {
    signature: &'s [u16],
    forks: usize,
    tail: usize,
}

impl<'s> Read<'s> {
    pub(super) fn of(sorter: &Sorter<'_>, signature: &'s [u16]) -> Self {
        Self { signature, forks: sorter.template.forks.len(), tail: sorter.tail() }
    }

    fn at(&self, place: usize) -> u16 {
        self.signature.get(place).copied().unwrap_or_default()
    }

    /// The branches of a fork that are taken.
    pub(super) fn branches(&self, fork: usize) -> impl Iterator<Item = usize> + use<> {
        let seen = self.at(fork);
        (0..16).filter(move |branch| seen & (1 << branch) != 0)
    }

    /// What a slot prints.
    pub(super) fn looks(&self, slot: usize) -> Looks {
        Looks(self.at(self.forks + slot))
    }

    pub(super) fn subject_is_empty(&self) -> bool {
        self.at(self.tail) == 1
    }

    pub(super) fn subject_is_long(&self) -> bool {
        self.at(self.tail) == 2
    }

    pub(super) fn language(&self) -> Option<offers::Language> {
        usize::from(self.at(self.tail + 1)).checked_sub(1).and_then(|at| offers::Language::ALL.get(at)).copied()
    }

    pub(super) fn gender(&self) -> Option<flavour::Gender> {
        match self.at(self.tail + 2) {
            1 => Some(flavour::Gender::Female),
            2 => Some(flavour::Gender::Male),
            _ => None,
        }
    }

    pub(super) fn stop(&self) -> Option<Stop> {
        match self.at(self.tail + 3) {
            1 => Some(Stop::Withheld),
            2 => Some(Stop::Endless),
            3 => Some(Stop::Unknown),
            _ => None,
        }
    }
}
