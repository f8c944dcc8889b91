//! What a tag does and which field it prints, read off its form and its words.

use super::Kind;
use super::dialect::Role;
use super::expression::{Expression, holds, is_path, unquote, without_steps};
use super::form::Form;
use super::known_words::{GO_BLOCKS, MIDDLE, PERCENT_BLOCKS};

/// What a tag does.
pub(super) fn kind(form: Form, tag: &Expression, inside: &str, role: Option<Role>) -> Kind {
    match form {
        Form::Comment => Kind::Comment,
        Form::Php if inside.starts_with('=') => Kind::Print,
        Form::AmpBlock | Form::Shortcode | Form::Php => Kind::Code,
        Form::Element => element(inside, role),
        Form::Percent => percent(tag, role).unwrap_or(Kind::Code),
        Form::SquarePercent => percent(tag, role).unwrap_or(Kind::Print),
        Form::Double | Form::Triple | Form::DoubleSquare => double(tag, inside, role),
        Form::Star => star(inside, role),
        Form::Directive => directive(tag),
        Form::Square | Form::Brace | Form::SinglePercent => short_block(tag, inside, role),
        Form::Script => script(tag, inside, role),
        _ => role.map_or(Kind::Print, Kind::System),
    }
}

/// What a statement does, if it is one that every engine has.
fn percent(tag: &Expression, role: Option<Role>) -> Option<Kind> {
    Some(match (tag.sigil, role) {
        ("#", _) => Kind::Open(tag.word.into()),
        ("/", _) => Kind::Close(tag.word.into()),
        ("=", None) => Kind::Print,
        (_, Some(role)) => Kind::System(role),
        _ if MIDDLE.contains(tag.word) => Kind::Middle,
        _ if is_short(tag) => Kind::Code,
        _ if PERCENT_BLOCKS.contains(tag.word) => Kind::Open(tag.word.into()),
        _ => Kind::Close((PERCENT_BLOCKS.iter().find(|word| tag.word.strip_prefix("end") == Some(word))?).into()),
    })
}

/// Whether a statement that mostly opens a block says all of it: Twig's `{% block title 'Hello' %}`
/// (<https://twig.symfony.com/doc/3.x/tags/extends.html#block-shortcuts>) and the `{% embed url="…" %}`.
fn is_short(tag: &Expression) -> bool {
    match tag.word {
        "block" => tag
            .args
            .split_once(char::is_whitespace)
            .is_some_and(|(_, rest)| !rest.split_whitespace().all(|word| matches!(word, "scoped" | "required"))),
        "embed" => tag.args.starts_with("url="),
        _ => false,
    }
}

fn double(tag: &Expression, inside: &str, role: Option<Role>) -> Kind {
    match tag.sigil {
        "!" | "!--" | "/*" => return Kind::Comment,
        "#" | "#>" | "#*" => return Kind::Open(tag.word.into()),
        "/" => return Kind::Close(tag.head.into()),
        "^" if tag.head.is_empty() => return Kind::Middle,
        "^" => return Kind::Open(tag.head.into()),
        ">" | "*" => return Kind::Code,
        _ => {}
    }
    match tag.word {
        "else" | "ELSE" | "ELSEIF" => Kind::Middle,
        "end" if tag.args.is_empty() => Kind::Close(String::new()),
        "ENDIF" => Kind::Close("IF".into()),
        "IF" if !tag.args.is_empty() => Kind::Open("IF".into()),
        // `{{ block("content") }}` is a function of Twig.
        "block" if tag.args.starts_with('(') => Kind::Print,
        word if GO_BLOCKS.contains(word) && !tag.args.is_empty() => Kind::Open(word.into()),
        word if word.starts_with('$') && inside.contains(":=") => Kind::Code,
        "template" | "partial" | "fragment" => Kind::Code,
        _ => role.map_or(Kind::Print, Kind::System),
    }
}

fn star(inside: &str, role: Option<Role>) -> Kind {
    let (word, rest) = inside.split_once(':').unwrap_or((inside, ""));
    match word {
        "END" => Kind::Close(rest.split(':').next().unwrap_or("").into()),
        "IF" | "IFNOT" => Kind::Open("IF".into()),
        "ELSE" | "ELSEIF" => Kind::Middle,
        "INTERESTED" | "RSSITEMS" | "FEEDITEMS" | "FEEDBLOCK" => Kind::Open(word.into()),
        "ANYINTERESTED" | "NOTINTERESTED" => Kind::Open("INTERESTED".into()),
        _ => role.map_or(Kind::Print, Kind::System),
    }
}

fn directive(tag: &Expression) -> Kind {
    match tag.word {
        "if" | "foreach" | "macro" | "define" => Kind::Open(tag.word.into()),
        "else" | "elseif" => Kind::Middle,
        "end" => Kind::Close(String::new()),
        _ => Kind::Code,
    }
}

/// `[if:x]`, `{if x}` and `%IF x%`, with their ends.
fn short_block(tag: &Expression, inside: &str, role: Option<Role>) -> Kind {
    if let Some(role) = role {
        return Kind::System(role);
    }
    let head = inside.split([':', ' ']).next().unwrap_or("");
    match head {
        "if" | "IF" | "foreach" | "case" | "select" if head.len() < inside.len() => Kind::Open(head.into()),
        "else" | "elseif" | "ELSE" | "ELSEIF" => Kind::Middle,
        "endif" => Kind::Close("if".into()),
        _ if tag.sigil == "/" => Kind::Close(tag.word.into()),
        _ => Kind::Print,
    }
}

fn script(tag: &Expression, inside: &str, role: Option<Role>) -> Kind {
    match (role, tag.sigil) {
        (Some(role), _) if tag.sigil != "=" => Kind::System(role),
        (_, "#") => Kind::Comment,
        (_, "=") => Kind::Print,
        _ if inside.starts_with('-') => Kind::Print,
        _ => Kind::Code,
    }
}

fn element(inside: &str, role: Option<Role>) -> Kind {
    let name = inside.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let name = name.to_ascii_lowercase();
    match role {
        _ if inside.contains("eloquaemail") => Kind::Print,
        // `<currentyear>` stands alone.
        _ if name.starts_with("current") => Kind::System(Role::Other),
        _ if inside.starts_with('/') => Kind::Close(name),
        _ if inside.ends_with('/') => role.map_or(Kind::Code, Kind::System),
        _ => Kind::Open(name),
    }
}

/// The field that a tag prints, as a path without brackets.
pub(super) fn field(form: Form, tag: &Expression, inside: &str) -> Option<String> {
    let name = match form {
        Form::Star => inside.rsplit(':').next().unwrap_or(inside),
        Form::Square => inside.split(',').next().unwrap_or(inside),
        Form::Element => inside.split_once('>')?.1,
        Form::AmpPrint | Form::BraceBang | Form::Script | Form::Php => return called(inside.trim_start_matches(['=', '-'])),
        Form::Brace => tag.head.split_once('=').map_or(tag.word, |(_, value)| value),
        Form::SquarePercent => tag.word,
        Form::DoubleSquare if inside.contains(" OR ") || tag.args.contains('=') => tag.word,
        Form::Dollar | Form::DoublePercent => inside,
        _ if holds(tag.head, ":default=") => tag.head.split(":default=").next()?,
        _ if holds(tag.head, "??") => tag.head.split("??").next()?,
        _ if holds(tag.head, "?:") => tag.head.split("?:").next()?,
        _ if holds(tag.head, "${") => return Some(tag.head.replace("${", "").replace('}', "")),
        _ if ["var:", "data:"].iter().any(|scope| tag.head.starts_with(scope)) => tag.head.split(':').nth(1)?,
        _ if tag.word == "person" && tag.filter("lookup").is_some() => {
            return tag.filter("lookup").and_then(|lookup| unquote(lookup.arg?)).map(|name| format!("person.{name}"));
        }
        _ if !tag.args.is_empty() && !is_spaced_name(tag.head) => return called(tag.head),
        _ => tag.head,
    };
    tidy(name)
}

/// Two or three plain words: a name with spaces, not a call.
pub(super) fn is_spaced_name(head: &str) -> bool {
    let words: Vec<&str> = head.split(' ').collect();
    (2..=3).contains(&words.len()) && words.iter().all(|word| is_path(word, false)) && head.starts_with(|c: char| c.is_uppercase())
        || head.split_once('.').is_some_and(|(scope, _)| matches!(scope, "lead" | "company" | "my" | "member" | "program"))
}

/// The first argument of a call that is a field: `insert first_name "default=x"`, `NullValue(Contact.Name,"x")`.
fn called(head: &str) -> Option<String> {
    let words = head.split([' ', '(', ')', ',', '|', '?', '=']).filter(|word| !word.is_empty());
    let mut paths = words.filter_map(|word| unquote(word).or(Some(word))).filter(|word| tidy(word).is_some());
    let first = paths.next()?;
    let call = head.len() > first.len() && matches!(head.get(first.len()..)?.chars().next(), Some(' ' | '('));
    tidy(if call { paths.next()? } else { first })
}

fn tidy(name: &str) -> Option<String> {
    let name = without_steps(name.trim(), "../").trim_start_matches(['.', '@', '$']);
    let name = name.strip_prefix("recipient:").or_else(|| name.strip_prefix("member:")).unwrap_or(name);
    let fits =
        name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(|c| c.is_alphanumeric() || "_.-[]' ".contains(c));
    (fits && !matches!(name, "this" | "index" | "key" | "first" | "last")).then(|| name.to_owned())
}
