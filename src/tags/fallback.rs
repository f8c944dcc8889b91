//! What a tag prints in place of a missing value: every way in which a fallback is written.

use super::Fallback;
use super::dialect::Grammar;
use super::expression::{Expression, Filter, Style, unquote};
use super::form::Form;
use super::known_words::FILTERS;
use super::register::readers;

/// Finds the fallback of a tag.
pub(super) fn fallback(form: Form, tag: &Expression, inside: &str) -> Fallback {
    match form {
        Form::Brace => brace(inside),
        Form::Square => after(inside, "fallback").map_or(Fallback::None, text),
        Form::SquarePercent => after(inside, "default").map_or(Fallback::None, text),
        Form::Star => Fallback::None,
        Form::Script | Form::Php => operator(inside, &["||", "??", "?:"]),
        Form::AmpPrint | Form::BraceBang => call(inside),
        Form::Hash | Form::DollarSquare => tag.filters.first().map_or(Fallback::None, |filter| text(filter.whole)),
        Form::DoubleSquare if inside.contains(" OR ") => operator(inside, &[" OR "]),
        _ => braces(form, tag, inside),
    }
}

/// `$!{name}` is silent where `${name}` prints itself.
pub(super) fn quiet(form: Form, written: &str) -> bool {
    form == Form::DollarBrace && written.starts_with("$!")
}

fn text(words: &str) -> Fallback {
    let words = unquote(words).unwrap_or(words).trim();
    if words.is_empty() { Fallback::Empty } else { Fallback::Text(words.to_owned()) }
}

fn braces(form: Form, tag: &Expression, inside: &str) -> Fallback {
    if let Some(filter) = tag.filter("default").or_else(|| tag.filter("fallback")) {
        return match filter.arg.map(|arg| arg.trim_start_matches("value=")) {
            Some(arg) if filter.style == Style::Paren => text(arg.split("',").next().map_or(arg, |_| arg)),
            Some(arg) => text(arg),
            None => Fallback::NotAFallback(filter.name.to_owned()),
        };
    }
    if let Some(filter) = tag.filters.first().filter(|filter| prints_text(form, filter)) {
        return text(filter.whole);
    }
    if let Some(words) = inside.split_once(":default=").map(|(_, words)| words) {
        return text(words);
    }
    if tag.filters.is_empty() && ["var:", "data:"].iter().any(|scope| inside.starts_with(scope)) {
        return inside.splitn(3, ':').nth(2).map_or(Fallback::None, text);
    }
    // Nearly every tag is one word.
    if tag.args.is_empty() && !inside.contains([' ', '?']) {
        return Fallback::None;
    }
    for attribute in ["default", "fallback"] {
        if let Some(words) = after(tag.args, attribute) {
            return text(words.trim_matches(['"', '\'']));
        }
    }
    match tag.word {
        "defaultIfEmpty" | "personalization_token" => call(inside),
        "or" => last_string(tag.args).map_or(Fallback::None, text),
        _ => operator(inside, &["??", "?:", " or ", " else "]),
    }
}

/// Whether what follows the pipe is a text that is printed, not a filter.
fn prints_text(form: Form, filter: &Filter) -> bool {
    let pipes = readers(form).iter().any(|reader| matches!(reader.grammar, Grammar::Pipe | Grammar::Sendgrid));
    let plain = matches!(filter.style, Style::Bare | Style::Space) && !FILTERS.contains(filter.name);
    pipes && plain && (!filter.name.is_empty() || filter.whole.trim().is_empty())
}

/// What follows `name=`, with or without spaces around the sign; up to the next quotation mark if it is quoted.
fn after<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let at = inside.find(name)?;
    let rest = inside.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let end = rest.get(1..)?.find(quote)? + 2;
            rest.get(..end)
        }
        _ => Some(rest),
    }
}

fn operator(inside: &str, signs: &[&str]) -> Fallback {
    let found = signs.iter().find_map(|sign| inside.rsplit_once(sign));
    found.map_or(Fallback::None, |(_, words)| text(words.trim()))
}

/// The text among the arguments of `NullValue(x,"there")`, `IIF(EMPTY(x),'there',x)` or `defaultIfEmpty x "there"`.
fn call(inside: &str) -> Fallback {
    let asks = ["empty", "blank", "null", "default", "token"].iter().any(|word| inside.to_ascii_lowercase().contains(word));
    if asks { last_string(inside).map_or(Fallback::None, text) } else { Fallback::None }
}

/// The last string in straight quotation marks that stands after a comma or a space.
fn last_string(inside: &str) -> Option<&str> {
    let end = inside.rfind(['"', '\''])?;
    let quote = inside.get(end..)?.chars().next()?;
    let start = inside.get(..end)?.rfind(quote)?;
    let before = inside.get(..start)?.trim_end();
    (before.ends_with(',') || before.len() < start).then(|| inside.get(start..=end)).flatten()
}

/// Ghost's `{name, "there"}` and Mautic's `{contactfield=name|there}`.
fn brace(inside: &str) -> Fallback {
    if let Some((_, words)) = inside.split_once('|').filter(|_| inside.contains('=')) {
        // Mautic: https://github.com/mautic/user-documentation, configuration/variables
        let format = matches!(words.trim(), "true" | "date" | "time" | "datetime");
        return if format { Fallback::NotAFallback(words.trim().to_owned()) } else { text(words) };
    }
    match inside.find('"').and_then(|at| inside.get(at..)) {
        Some(words) if !inside.contains('=') => text(words),
        _ => Fallback::None,
    }
}
