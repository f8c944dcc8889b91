//! One pass over a text that finds every merge tag, whole or broken.

use super::claim::claim;
use super::dialect_set::Dialects;
use super::expression::Expression;
use super::fallback::{fallback, quiet};
use super::form::Form;
use super::inside::clean;
use super::markup::Markup;
use super::meaning::{field, kind};
use super::{Fault, Kind, Place, Tag, dollar, paired, single};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ops::Range;

/// How far a closer is looked for.
pub(super) const REACH: usize = 2_000;

/// Finds every merge tag of every dialect in a text.
///
/// `is_html` says whether the text is HTML source (or MJML); anything else is plain: a subject, a
/// URL, Markdown, a text part. Brackets that plain prose has too (`[name]`, `{name}`, `%name%`)
/// count only if what stands inside is a tag somewhere; see [`scan_as`].
pub fn scan(text: &str, is_html: bool) -> Vec<Tag> {
    scan_as(text, is_html, Dialects::NONE)
}

/// Like [`scan`], for a draft whose dialects are known: their own brackets count with any field name inside.
pub fn scan_as(text: &str, is_html: bool, own: Dialects) -> Vec<Tag> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        own_forms: own_forms(own),
        directives: false,
        brace_blocks: false,
        square_blocks: false,
        seen: RefCell::default(),
    };
    let mut markup = Markup::new(is_html);
    let (mut tags, mut at) = (Vec::new(), 0);
    while let Some(step) = scanner.bytes.get(at..).and_then(|rest| rest.iter().position(|&b| INTERESTING[usize::from(b)])) {
        at += step;
        let place = markup.place(at);
        if let Some(found) = scanner.find(at, place, is_html) {
            at = found.range.end.max(at + 1);
            tags.extend(scanner.tag(found, place));
            continue;
        }
        at = markup.step(scanner.bytes, at).unwrap_or(at + 1).max(at + 1);
    }
    let mut tags = without_literal_parts(tags);
    mark_loops(&mut tags);
    tags
}

/// Whether [`scan_as`] finds more for these dialects than [`scan`]: they have brackets that prose has too.
pub fn has_short_brackets(own: Dialects) -> bool {
    own_forms(own).into_iter().any(|form| !is_strict(form))
}

/// Brackets that stand in no prose: they are the same tags whosever draft it is, also where readers see nothing.
fn is_strict(form: Form) -> bool {
    matches!(
        form,
        Form::Star
            | Form::Double
            | Form::Triple
            | Form::Percent
            | Form::AmpBlock
            | Form::AmpPrint
            | Form::DoublePercent
            | Form::Script
            | Form::Php
    )
}

/// How far back in a text a brace may have been opened, in bytes.
const LONGEST_TEXT: usize = 1000;

const INTERESTING: [bool; 256] = {
    let mut table = [false; 256];
    let openers = b"*|{}$[%#@-<>`";
    let mut i = 0;
    while i < openers.len() {
        table[openers[i] as usize] = true;
        i += 1;
    }
    table
};

fn own_forms(own: Dialects) -> Vec<Form> {
    own.iter().flat_map(|dialect| dialect.reads.keys().copied()).collect()
}

/// The text and what was seen of it so far.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    own_forms: Vec<Form>,
    /// A Velocity directive was seen, so `#else` and `#end` are some too.
    pub(super) directives: bool,
    /// `{if …}` was seen, so `{else}` and `{/if}` are tags too.
    pub(super) brace_blocks: bool,
    /// `[if:x]` was seen, so `[else]` and `[endif]` are tags too.
    pub(super) square_blocks: bool,
    /// The last answer of each search: no text is searched twice, so a pass stays a pass.
    seen: RefCell<Vec<Seen>>,
}

/// From `from` on, the first place of `what`.
struct Seen {
    what: &'static str,
    from: usize,
    place: Option<usize>,
}

impl Seen {
    fn holds(&self, from: usize) -> bool {
        self.from <= from && self.place.is_none_or(|place| from <= place)
    }
}

/// A tag that was found: its brackets and the bytes of its inside.
pub(super) struct Found {
    pub(super) form: Form,
    pub(super) range: Range<usize>,
    pub(super) inner: Range<usize>,
    pub(super) fault: Option<Fault>,
}

impl Found {
    pub(super) fn new(form: Form, range: Range<usize>, inner: Range<usize>) -> Self {
        Self { form, range, inner, fault: None }
    }

    pub(super) fn broken(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }
}

impl Scanner<'_> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |at| self.byte(at))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    pub(super) fn has(&self, at: usize, what: &str) -> bool {
        self.bytes.get(at..).is_some_and(|rest| rest.starts_with(what.as_bytes()))
    }

    /// The next place of `what` from `from` on, not further than `reach` bytes.
    pub(super) fn next(&self, from: usize, what: &'static str, reach: usize) -> Option<usize> {
        let mut seen = self.seen.borrow_mut();
        let last = seen.iter().position(|last| last.what == what);
        let place = if let Some(last) = last.and_then(|last| seen.get(last)).filter(|last| last.holds(from)) {
            last.place
        } else {
            let place = self.search(from, what);
            seen.retain(|last| last.what != what);
            seen.push(Seen { what, from, place });
            place
        };
        place.filter(|place| *place <= from.saturating_add(reach))
    }

    fn search(&self, from: usize, what: &str) -> Option<usize> {
        let window = self.bytes.get(from..)?;
        let first = *what.as_bytes().first()?;
        let mut at = 0;
        while let Some(step) = window.get(at..)?.iter().position(|&b| b == first) {
            if window.get(at + step..)?.starts_with(what.as_bytes()) {
                return Some(from + at + step);
            }
            at += step + 1;
        }
        None
    }

    pub(super) fn owns(&self, form: Form) -> bool {
        self.own_forms.contains(&form)
    }

    fn find(&mut self, at: usize, place: Place, is_html: bool) -> Option<Found> {
        let found = match self.byte(at) {
            b'*' | b'|' => paired::star(self, at),
            b'{' => paired::brace(self, at).map(|found| dollar::without_first(self, found)).or_else(|| single::brace(self, at)),
            b'}' => paired::lost_opener(self, at),
            b'[' => single::square(self, at, place),
            b'%' => paired::percent(self, at).or_else(|| single::percent(self, at)),
            b'<' => paired::angle(self, at, is_html),
            b'$' => dollar::dollar(self, at),
            b'#' => single::hash(self, at),
            b'@' => single::at_sign(self, at),
            b'-' => single::dash(self, at),
            _ => None,
        }?;
        let prose = matches!(place, Place::Text | Place::Attribute);
        let found = if place == Place::Text && self.has_one_too_many(&found) {
            let range = found.range.start..found.range.end + 1;
            Found { range, ..found }.broken(Fault::OneTooMany)
        } else {
            found
        };
        let strict = is_strict(found.form) || (place == Place::Comment && (self.owns(found.form) || found.form == Form::Brace));
        (prose || (strict && found.fault.is_none())).then_some(found)
    }

    /// `{{name}}}`: readers see a brace, unless one was open before.
    fn has_one_too_many(&self, found: &Found) -> bool {
        let Range { start, end } = found.range;
        if found.form != Form::Double || found.fault.is_some() || self.byte(end) != b'}' || self.byte(end + 1) == b'}' {
            return false;
        }
        let before = self.bytes.get(start.saturating_sub(LONGEST_TEXT)..start).unwrap_or_default();
        let text = before.iter().rev().take_while(|b| !matches!(b, b'<' | b'>'));
        let (mut open, mut closed, mut length) = (0, 0, 0);
        for byte in text {
            length += 1;
            open += usize::from(*byte == b'{');
            closed += usize::from(*byte == b'}');
        }
        open <= closed && length < LONGEST_TEXT
    }

    fn tag(&mut self, found: Found, place: Place) -> Option<Tag> {
        let raw_inside = self.text.get(found.inner.clone())?;
        self.text.get(found.range.clone())?;
        let (inside, spoilt) = clean(raw_inside, found.form);
        let expression = Expression::parse(&inside);
        let claim = claim(found.form, &expression, &inside);
        let kind = kind(found.form, &expression, &inside, claim.role);
        self.directives |= found.form == Form::Directive;
        self.brace_blocks |= found.form == Form::Brace && matches!(kind, Kind::Open(_));
        self.square_blocks |= found.form == Form::Square && matches!(kind, Kind::Open(_));
        let field = if matches!(kind, Kind::Print | Kind::System(_)) { field(found.form, &expression, &inside) } else { None };
        let quiet = quiet(found.form, self.slice(found.range.clone()));
        let fault = found.fault.or(spoilt).or_else(|| (inside.is_empty() && found.form != Form::Directive).then_some(Fault::Empty));
        if fault.is_some() && !matches!(place, Place::Text | Place::Attribute) {
            return None;
        }
        Some(Tag {
            field,
            fallback: if quiet { super::Fallback::Empty } else { fallback(found.form, &expression, &inside) },
            filters: expression.filters.iter().filter(|f| !f.name.is_empty()).map(|f| f.name.to_owned()).collect(),
            raw: found.form == Form::Triple || expression.sigil == "&" && found.form == Form::Double || expression.filter("safe").is_some(),
            range: found.range,
            form: found.form,
            dialects: claim.dialects,
            readable: claim.readable,
            signs: claim.signs,
            kind,
            place,
            in_loop: false,
            fault,
            inside,
        })
    }
}

/// Marks the tags between the beginning and the end of a loop.
fn mark_loops(tags: &mut [Tag]) {
    // A section `{{#name}}` may be a loop or a condition; the text does not say.
    let conditions = ["if", "unless", "equals", "notEquals", "ifEq", "ifGt", "ifLt", "and", "or", "IF"];
    let mut open: Vec<bool> = Vec::new();
    let mut loops = 0_usize;
    for tag in tags {
        match (&tag.kind, tag.form) {
            (Kind::Open(name), Form::Double | Form::DoubleSquare) => {
                open.push(!conditions.contains(&name.as_str()));
                loops += usize::from(open.last() == Some(&true));
            }
            (Kind::Open(name), Form::Percent | Form::SquarePercent | Form::Brace | Form::Directive) => {
                open.push(matches!(name.as_str(), "for" | "foreach" | "tablerow" | "each"));
                loops += usize::from(open.last() == Some(&true));
            }
            (Kind::Close(_), Form::Double | Form::DoubleSquare | Form::Percent | Form::SquarePercent | Form::Brace | Form::Directive) => {
                loops -= usize::from(open.pop() == Some(true));
            }
            _ => {}
        }
        tag.in_loop = loops > 0;
    }
}

/// Drops what stands between `{% raw %}` (or `verbatim`, `comment`) and its end: it is no tag there.
fn without_literal_parts(tags: Vec<Tag>) -> Vec<Tag> {
    let literal = |name: &str| matches!(name, "raw" | "verbatim" | "comment");
    if !tags.iter().any(|tag| matches!(&tag.kind, Kind::Open(name) if literal(name))) {
        return tags;
    }
    let mut closers: FxHashMap<&str, usize> = FxHashMap::default();
    for tag in &tags {
        if let Kind::Close(name) = &tag.kind {
            *closers.entry(name).or_default() += 1;
        }
    }
    let mut kept = vec![true; tags.len()];
    let mut inside: Option<&str> = None;
    for (tag, keep) in tags.iter().zip(&mut kept) {
        match (&tag.kind, inside) {
            (Kind::Close(name), _) => {
                closers.entry(name).and_modify(|left| *left -= 1);
                inside = inside.filter(|open| open != name);
                *keep = inside.is_none();
            }
            (_, Some(_)) => *keep = false,
            (Kind::Open(name), None) if literal(name) && closers.get(name.as_str()).is_some_and(|left| *left > 0) => inside = Some(name),
            _ => {}
        }
    }
    tags.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(tag, _)| tag).collect()
}
