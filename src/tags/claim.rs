//! Whose tag it is: the dialects that read it, that know its names, and that it is a sign of.

use super::dialect::{Grammar, Role, Scope};
use super::dialect_set::Dialects;
use super::expression::{Expression, Style, holds, is_path};
use super::form::Form;
use super::grammar::reads;
use super::known_words::{DJANGO, FILTERS, GETRESPONSE, GO_WORDS, JINJA, LIQUID};
use super::register::{Known, known, readers};

/// What is found out about a tag's owners.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claim {
    /// Would try to read it.
    pub(super) readable: Dialects,
    /// Can have written it.
    pub(super) dialects: Dialects,
    /// Have a name or a turn in it as their own.
    pub(super) signs: Dialects,
    /// Its fixed meaning, if it has one.
    pub(super) role: Option<Role>,
}

/// Finds the owners of a tag.
pub(super) fn claim(form: Form, tag: &Expression, inside: &str) -> Claim {
    let known = look_up(form, tag, inside);
    let signs = known.dialects;
    // `${first_name}` inside braces is Braze's own way to name an attribute.
    let foreign_inner = matches!(form, Form::Double | Form::Percent) && holds(inside, "${");
    let common = is_common(form, tag);
    let (mut readable, mut own) = (Dialects::NONE, Dialects::NONE);
    let others = !signs.is_empty() && signs.iter().any(|dialect| dialect.scope != Scope::Open);
    for readers in readers(form) {
        for (members, signed) in [(readers.all.and(signs), true), (readers.all.without(signs), false)] {
            if members.is_empty() || (foreign_inner && !signed) || !reads(readers.grammar, form, tag, inside, signed) {
                continue;
            }
            readable = readable.or(members);
            // A name that is not listed: data of a program, a custom field unless others have it as their own, or nothing.
            let may_name = if others { readers.open } else { readers.open.or(readers.loose) };
            own = own.or(if common || signed { members } else { members.and(may_name) });
        }
    }
    Claim { readable, dialects: own, signs, role: known.role }
}

/// Whether it is a word of the language itself, which says nothing about names.
fn is_common(form: Form, tag: &Expression) -> bool {
    match form {
        Form::Percent | Form::SquarePercent => {
            [&LIQUID, &DJANGO, &JINJA].iter().any(|list| list.contains(tag.word)) || matches!(tag.sigil, "#" | "/")
        }
        Form::Double | Form::Triple => {
            matches!(tag.sigil, "!" | "!--" | "/*" | "/" | "#" | "^")
                || GO_WORDS.contains(tag.word)
                || GETRESPONSE.contains(tag.word)
                || tag.word.starts_with('$') && !tag.word.starts_with("${")
                || !is_path(tag.head, true) && !holds(tag.head, "${")
        }
        _ => false,
    }
}

/// Looks every name of the tag up in the data.
fn look_up(form: Form, tag: &Expression, inside: &str) -> Known {
    let mut found = Known::default();
    let squeezed = inside.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut add = |key: &str| {
        let entry = known(form, key).or_else(|| if form == Form::Triple { known(Form::Double, key) } else { None });
        if let Some(entry) = entry {
            found.dialects = found.dialects.or(entry.dialects);
            found.role = found.role.or(entry.role);
        }
        entry.is_some()
    };
    let whole = add(&squeezed) || add(tag.word) && tag.sigil.is_empty();
    if !whole {
        add(&format!("{}{}", tag.sigil, tag.word));
        add(tag.sigil);
        let _ = holds(tag.word, "${") && add("${");
        for root in roots(tag.sigil, tag.word) {
            add(&root);
        }
    }
    for filter in &tag.filters {
        add(&format!("|{}", filter.name));
    }
    for attribute in ["fallback", "mode"] {
        let _ = form == Form::DoubleSquare && tag.args.contains(&format!("{attribute}=")) && add(&format!("|{attribute}"));
    }
    let _ = holds(inside, "??") && add("??");
    found.dialects = found.dialects.or(arguments(form, tag, inside));
    if tag.filters.len() == 1 && tag.filters.iter().all(is_text) && matches!(form, Form::Double | Form::Triple) {
        found.dialects = found.dialects.or(readers_of_pipes(form));
    }
    found
}

/// The dialects that names in a condition or a loop are signs of: `{% if contact.VIP %}`, `{{ if .Subscriber.Name }}`.
fn arguments(form: Form, tag: &Expression, inside: &str) -> Dialects {
    let statement = form == Form::Percent || (form == Form::Double && (tag.sigil.starts_with('#') || GO_WORDS.contains(tag.word)));
    if !statement {
        return Dialects::NONE;
    }
    let braze = if holds(inside, "${") { known(Form::Double, "${") } else { None };
    let paths = tag.args.split([' ', '(', ')', ',', '"', '\'']).filter(|word| word.contains('.')).take(8);
    let known = paths.flat_map(|path| roots("", path)).filter_map(|root| known(Form::Double, &root));
    known.chain(braze).fold(Dialects::NONE, |set, known| set.or(known.dialects))
}

/// `|there` is no filter anywhere: the platforms that print the text after the pipe are meant.
fn is_text(filter: &super::expression::Filter) -> bool {
    // `date_to_string` is a filter of somebody's own.
    let is_joined = filter.name.contains('_') && filter.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    matches!(filter.style, Style::Bare | Style::Space) && !filter.name.is_empty() && !is_joined && !FILTERS.contains(filter.name)
}

fn readers_of_pipes(form: Form) -> Dialects {
    let piped = readers(form).iter().filter(|reader| matches!(reader.grammar, Grammar::Pipe | Grammar::Sendgrid));
    piped.fold(Dialects::NONE, |set, readers| set.or(readers.all))
}

/// The roots of a path, as the data writes them: `a.b.C` has `a.`, `a.b`, `a.b.`, `a.b.A` and so on.
fn roots(sigil: &str, word: &str) -> Vec<String> {
    let mut roots = Vec::new();
    for (at, mark) in word.match_indices(['.', ':', '=', '_', '$', '[']).take(6) {
        let (before, rest) = word.split_at(at);
        // `snippets['footer']` is `snippets.footer`.
        roots.push(format!("{sigil}{before}{}", if mark == "[" { "." } else { mark }));
        if mark == "." {
            roots.push(format!("{sigil}{before}"));
            if rest.starts_with(".${") {
                roots.push(format!("{sigil}{before}.${{"));
            }
            let class = match rest.chars().nth(1) {
                Some(c) if c.is_uppercase() => 'A',
                Some(c) if c.is_lowercase() => 'a',
                Some(c) if c.is_ascii_digit() => '0',
                _ => continue,
            };
            roots.push(format!("{sigil}{before}.{class}"));
        }
    }
    roots
}
