//! What a tag is in its draft: own or foreign, whole or faulty, and what comes out of it.

use super::decide::{Decision, is_local};
use super::dialect::{Dialect, Grammar, Missing, Outcome, Role, Scope};
use super::dialect_set::Dialects;
use super::expression::{Expression, Style, is_path};
use super::form::Form;
use super::known_words::{DJANGO, JINJA, LIQUID};
use super::meaning::is_spaced_name;
use super::register::{dialects, known, respelt};
use super::{Fallback, Fault, Kind, Tag};
use std::sync::LazyLock;

/// Whose a tag is, seen from the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The draft's platform reads it.
    Own,
    /// It belongs to these; the draft's platform prints it as it stands, or nothing in its place.
    Foreign(Dialects),
    /// It belongs to a template language that is worked off before the mail reaches the platform.
    Build(Dialects),
    /// It cannot be said.
    Neutral,
}

/// What a tag is in its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Whose it is.
    pub standing: Standing,
    /// What is wrong with its writing in the draft's dialect.
    pub fault: Option<Fault>,
    /// Its fixed meaning for the draft's platform, if it has one there.
    pub role: Option<Role>,
    /// What comes out for a person without a value; `None` where the tag prints no value.
    pub missing: Option<Missing>,
}

impl Decision {
    /// The one dialect that the draft is written in, if that is known.
    pub fn platform(&self) -> Option<&'static Dialect> {
        self.dialects.only()
    }

    /// Reads a tag as the draft's dialect does.
    pub fn read(&self, tag: &Tag) -> Reading {
        let standing = self.standing(tag);
        let own = standing == Standing::Own;
        let fault = tag.fault.clone().or_else(|| if own { self.fault(tag) } else { None });
        Reading { missing: self.missing(tag, standing), role: self.role(tag), standing, fault }
    }

    /// The field of the audience that a tag prints, if it prints one: no item of a loop, no name set in the draft,
    /// no tag with a fixed meaning.
    pub fn field<'a>(&self, tag: &'a Tag) -> Option<&'a str> {
        let name = tag.field.as_deref()?;
        let of_draft = tag.in_loop || name.starts_with("this.") || is_local(tag, &self.locals) || self.role(tag).is_some();
        (!of_draft).then_some(name)
    }

    /// A tag like `{{ address }}` has a fixed meaning here and is a field there.
    fn role(&self, tag: &Tag) -> Option<Role> {
        match tag.kind {
            Kind::System(role) if self.dialects.is_empty() || !tag.signs.and(self.dialects).is_empty() => Some(role),
            _ => None,
        }
    }

    /// The tag that a misspelt one is likely meant to be, as it is written in a mail: one of the platform's own, or
    /// one with a name that audiences have for a person's own data.
    pub fn nearest_tag(&self, tag: &Tag) -> Option<String> {
        if tag.kind != Kind::Print || tag.inside.chars().count() < 4 || tag.place == super::Place::Comment {
            return None;
        }
        let written = self.dialects.iter().flat_map(|dialect| dialect.tags.values().flatten());
        let named =
            written.filter_map(|written| Form::of_written(written).filter(|(form, _)| *form == tag.form).map(|(_, name)| (written, name)));
        let near = named.filter_map(|(written, name)| Some((slip(name, &tag.inside)?, written)));
        let own = near.min_by_key(|(distance, _)| *distance).map(|(_, written)| written.clone());
        own.or_else(|| super::register::nearest_personal(tag.field.as_deref()?, slip))
    }

    /// Whose a tag is, seen from the draft.
    pub(super) fn standing(&self, tag: &Tag) -> Standing {
        let own = self.dialects;
        if own.is_empty() {
            return Standing::Neutral;
        }
        // A name of the platform's own in a form that it cannot read is its own mistake, not another's tag.
        let form = own.iter().any(|dialect| dialect.reads.contains_key(&tag.form));
        let named = !tag.dialects.and(own).is_empty() || (form && is_local(tag, &self.locals));
        let meant = || !tag.signs.and(own).is_empty() || nearly(tag, own);
        let nobodys = tag.signs.or(tag.dialects).or(tag.readable).is_empty();
        if named || (form && (nobodys || meant())) {
            return Standing::Own;
        }
        let readable = tag.readable.and(own);
        if !readable.is_empty() && tag.signs.and(platforms()).is_empty() {
            return Standing::Own;
        }
        // Platforms add statements of their own that this data may not know.
        let own_statement = tag.form == Form::Percent && form && tag.signs.is_empty() && !is_statement(&tag.inside);
        if tag.kind == Kind::Comment || own_statement {
            return Standing::Neutral;
        }
        if !tag.signs.and(own).is_empty() {
            // Its name in brackets that this data does not know the platform to read.
            return Standing::Neutral;
        }
        if own.and(platforms()).is_empty() && !own.iter().any(|dialect| dialect.reads.keys().any(|form| is_alike(*form, tag.form))) {
            // What a template language makes is worked off by the next one, or goes out through a platform, as its unsubscribe
            // link shows. Both have brackets of their own.
            let goes_on = tag.dialects.or(tag.readable).iter().any(|dialect| !is_platform(dialect));
            if goes_on || matches!(tag.kind, Kind::System(_)) {
                return Standing::Neutral;
            }
        }
        if tag.form == Form::Brace && tag.signs.is_empty() && tag.inside.contains('.') {
            // Prose has such brackets, too: `{ggplot.tools}`.
            return Standing::Neutral;
        }
        let theirs = if tag.signs.is_empty() { tag.dialects.or(tag.readable) } else { tag.signs };
        let script = matches!(tag.form, Form::Script | Form::Php | Form::Shortcode) && tag.signs.and(platforms()).is_empty();
        let build = script || theirs.iter().all(|dialect| !is_platform(dialect));
        if build && !own.and(platforms()).is_empty() { Standing::Build(theirs) } else { Standing::Foreign(theirs) }
    }

    /// The fault that every dialect of the draft sees in the tag.
    fn fault(&self, tag: &Tag) -> Option<Fault> {
        if is_local(tag, &self.locals) {
            return None;
        }
        let readers = self.dialects.places().filter_map(|at| Some((at, dialects().get(at)?)));
        let readers = readers.filter(|(_, dialect)| dialect.reads.contains_key(&tag.form));
        let mut faults = readers.map(|(at, dialect)| dialect_fault(dialect, Dialects::NONE.with(at), tag));
        let first = faults.next()??;
        faults.all(|fault| fault.is_some()).then_some(first)
    }

    fn missing(&self, tag: &Tag, standing: Standing) -> Option<Missing> {
        let said = |outcome, sentence: &str| Some(Missing { outcome, sentence: sentence.to_owned() });
        let prints = tag.kind == Kind::Print || (matches!(tag.kind, Kind::System(_)) && self.role(tag).is_none());
        match (&tag.kind, standing) {
            (Kind::Comment, _) | (_, Standing::Neutral | Standing::Build(_)) => None,
            (_, Standing::Foreign(_)) if tag.readable.and(self.dialects).is_empty() => said(Outcome::Literal, "prints the tag itself"),
            (_, Standing::Foreign(_)) if prints => said(Outcome::Nothing, "prints nothing"),
            (_, Standing::Own) if prints => match &tag.fallback {
                Fallback::Text(text) => said(Outcome::Fallback, &format!("prints “{text}”")),
                Fallback::Empty => said(Outcome::Nothing, "prints nothing: the fallback is empty"),
                Fallback::None | Fallback::NotAFallback(_) => self.shared_missing(),
            },
            _ => None,
        }
    }

    /// What all the draft's dialects print without a value, if they agree.
    fn shared_missing(&self) -> Option<Missing> {
        let mut all = self.dialects.iter().map(|dialect| &dialect.missing);
        let first = all.next()?;
        if all.all(|other| other.outcome == first.outcome) {
            return Some(first.clone());
        }
        Some(Missing {
            outcome: Outcome::Unknown,
            sentence: "prints nothing, prints the tag itself or stops the send, depending on the platform".into(),
        })
    }
}

/// Whether two kinds of brackets can be taken for each other: all that begin with a brace and a brace or a sign can.
fn is_alike(one: Form, other: Form) -> bool {
    let braces = |form| matches!(form, Form::Double | Form::Triple | Form::Percent | Form::Comment);
    one == other || braces(one) && braces(other)
}

/// How many slips of the fingers lie between two names: letters that changed places, one too many, one too few, another one.
/// What differs by more, or by a figure, a mark or the last letter of a plural, is another name.
fn slip(right: &str, written: &str) -> Option<usize> {
    // Nearly all names are plainly others; the distance is asked for the few that are as long and begin or end alike.
    let alike = right.bytes().take(2).eq(written.bytes().take(2)) || right.bytes().rev().take(2).eq(written.bytes().rev().take(2));
    if right.len().abs_diff(written.len()) > 2 || !alike {
        return None;
    }
    let letters = |name: &str| name.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (right_letters, written_letters) = (letters(right), letters(written));
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let plural = |one: &str, many: &str| many.strip_suffix(['s', 'S']) == Some(one);
    let opposite = |one: &str, other: &str| other.strip_prefix("un") == Some(one) || other.strip_prefix("Un") == Some(one);
    if right_letters.eq_ignore_ascii_case(&written_letters)
        || digits(right) != digits(written)
        || plural(&right_letters, &written_letters)
        || plural(&written_letters, &right_letters)
        || opposite(&right_letters, &written_letters)
        || opposite(&written_letters, &right_letters)
    {
        return None;
    }
    let distance = strsim::damerau_levenshtein(right, written);
    let length = right_letters.chars().count();
    let swapped = distance == 1 && right.chars().count() == written.chars().count() && strsim::levenshtein(right, written) == 2;
    (swapped || (distance == 1 && length >= 7) || (distance == 2 && length >= 10)).then_some(distance)
}

/// Whether a statement's word is one of a template language's own.
fn is_statement(inside: &str) -> bool {
    let tag = Expression::parse(inside);
    !tag.sigil.is_empty() || [&LIQUID, &DJANGO, &JINJA].iter().any(|words| words.contains(tag.word))
}

/// Whether a name differs from one of these dialects' own by its capitals alone.
fn nearly(tag: &Tag, own: Dialects) -> bool {
    let word = Expression::parse(&tag.inside).word;
    respelt(tag.form, word, own).is_some() || capital_root(tag.form, word, own)
}

/// Whether these dialects want a capital after the root: `contact.firstname` where `contact.FIRSTNAME` is meant.
fn capital_root(form: Form, word: &str, own: Dialects) -> bool {
    let Some((root, rest)) = word.split_once('.') else { return false };
    rest.starts_with(char::is_lowercase) && known(form, &format!("{root}.A")).is_some_and(|known| !known.dialects.and(own).is_empty())
}

/// Whether it is a sending platform and not a mere template language.
fn is_platform(dialect: &Dialect) -> bool {
    !dialect.id.starts_with("generic_") && !matches!(dialect.id.as_str(), "php" | "hugo")
}

fn platforms() -> Dialects {
    static PLATFORMS: LazyLock<Dialects> = LazyLock::new(|| Dialects::all().filter(is_platform));
    *PLATFORMS
}

/// The fault that one dialect sees in a tag.
fn dialect_fault(dialect: &Dialect, one: Dialects, tag: &Tag) -> Option<Fault> {
    let expression = Expression::parse(&tag.inside);
    let name = if expression.word.is_empty() { tag.inside.as_str() } else { expression.word };
    if let Some(right) = dialect.misnamed.get(name).or_else(|| dialect.misnamed.get(tag.field.as_deref()?)) {
        return Some(Fault::Misnamed(right.clone()));
    }
    if let Some(right) = dialect.misnamed.get(name.split('=').next()?) {
        return Some(Fault::Misnamed(right.clone()));
    }
    if let Some(right) = dialect.links.get(name).filter(|_| tag.place == super::Place::Attribute) {
        return Some(Fault::Misnamed(right.clone()));
    }
    match dialect.reads.get(&tag.form)? {
        Grammar::Star => star_fault(dialect, one, tag),
        Grammar::Comma => comma_fault(tag),
        Grammar::Percent if tag.inside.contains(char::is_lowercase) && tag.kind == Kind::Print => {
            Some(Fault::WrongCase(Some(tag.inside.to_uppercase())))
        }
        Grammar::Django if expression.filters.iter().any(|filter| filter.style == Style::ColonSpace) => Some(Fault::Spaces),
        Grammar::Handlebars if spaced(tag, &expression) => Some(Fault::Spaces),
        Grammar::Marketo => marketo_fault(tag),
        Grammar::Mautic if tag.inside.contains(' ') && !tag.inside.contains('|') => Some(Fault::Spaces),
        _ => name_fault(dialect, one, tag, &expression, name),
    }
}

fn name_fault(dialect: &Dialect, one: Dialects, tag: &Tag, expression: &Expression, name: &str) -> Option<Fault> {
    let signed = !tag.signs.and(one).is_empty();
    if !signed && let Some(right) = respelt(tag.form, name, one) {
        return Some(Fault::WrongCase(Some(right.to_owned())));
    }
    if !signed && capital_root(tag.form, name, one) {
        return Some(Fault::WrongCase(None));
    }
    if tag.readable.and(one).is_empty() {
        return Some(Fault::Unreadable);
    }
    if signed || tag.kind != Kind::Print {
        return None;
    }
    let bare = is_path(expression.head, true) && !expression.head.contains('.');
    let scope = dialect
        .knows
        .iter()
        .find_map(|line| Form::of_key(line).filter(|(form, key)| *form == tag.form && scope_of(key)).map(|(_, key)| key));
    match scope {
        Some(scope) if dialect.scope == Scope::Closed && tag.dialects.and(one).is_empty() && bare => {
            Some(Fault::NoScope(scope.trim_end_matches('A').to_owned()))
        }
        _ => None,
    }
}

fn scope_of(key: &str) -> bool {
    key.ends_with(['.', ':', '{'])
}

fn spaced(tag: &Tag, expression: &Expression) -> bool {
    let joined = expression.head.replace(' ', "");
    tag.kind == Kind::Print
        && expression.sigil.is_empty()
        && expression.head.contains(' ')
        && (is_spaced_name(expression.head) || super::register::is_personal(&joined))
}

/// <https://mailchimp.com/developer/marketing/docs/merge-fields/>: capitals, digits and underscores.
/// Names that a program hands over may have any capitals: <https://mailchimp.com/developer/transactional/api/messages/>.
fn star_fault(dialect: &Dialect, one: Dialects, tag: &Tag) -> Option<Fault> {
    let inner = tag.inside.split(':').next().unwrap_or("");
    if dialect.scope != Scope::Open && inner.contains(char::is_lowercase) && tag.inside.len() == inner.len() {
        let shouted = tag.inside.to_uppercase();
        return Some(Fault::WrongCase(respelt(tag.form, &tag.inside, one).map(str::to_owned).or(Some(shouted))));
    }
    (tag.range.len() > tag.inside.len() + 4 && !tag.inside.contains(':')).then_some(Fault::Spaces)
}

fn comma_fault(tag: &Tag) -> Option<Fault> {
    let Some((name, rest)) = tag.inside.split_once(',') else {
        return tag.inside.contains(' ').then_some(Fault::Spaces).filter(|_| tag.kind == Kind::Print);
    };
    (name.ends_with(' ') || rest.starts_with(' ') || rest.contains("fallback =") || rest.starts_with("fallback= ")).then_some(Fault::Spaces)
}

/// Lead fields have their names with spaces: `{{lead.First Name}}`. <https://experienceleague.adobe.com/docs/marketo/>
fn marketo_fault(tag: &Tag) -> Option<Fault> {
    if tag.inside.contains('|') {
        return Some(Fault::Unreadable);
    }
    let field = tag.inside.strip_prefix("lead.")?.split(':').next()?;
    let joined = ["FirstName", "LastName", "EmailAddress", "CompanyName", "JobTitle"].contains(&field);
    joined.then(|| Fault::Misnamed(format!("lead.{}", split_capitals(field))))
}

fn split_capitals(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    }
    out
}
