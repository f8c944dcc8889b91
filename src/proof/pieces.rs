//! The tags of a text as steps: print, ask, otherwise, end. What each language writes for the same thing is known here.

use super::language::Language;
use crate::facts::MergeTag;
use crate::source::Span;
use crate::tags::{Dialect, Fallback, Form, Kind, Outcome, Standing};
use std::ops::Range;

/// One tag, read.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The tag with the blanks and line ends that it takes away around itself.
    pub extent: Range<usize>,
    /// The tag alone.
    pub range: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// Its brackets.
    pub form: Form,
    /// The language of its dialect.
    pub language: Language,
    /// What stands inside, as the engine reads it.
    pub inside: String,
    /// What it does.
    pub step: Step,
    /// What comes out where a field has no value.
    pub missing: Outcome,
    /// What it stands in.
    pub place: super::template::Place,
}

/// What a tag does.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Prints an expression; without escaping, if it says so.
    Print(String, bool),
    /// Prints a field with its fallback.
    Field(String, Option<String>),
    /// Asks a condition; the other way round, if it says so.
    Ask(String, bool),
    /// Asks another, where the one before did not hold.
    AskElse(String),
    /// Begins what is for all others.
    Otherwise,
    /// Ends a block.
    End,
    /// Sets a name.
    Set(String, String),
    /// Counts: the name, from, to.
    Count(String, i64, i64),
    /// Begins a block that is not worked out; says why, or nothing where it is the same for everybody.
    Hide(String),
    /// Begins a block that prints nothing.
    Drop,
    /// Prints nothing.
    Nothing,
    /// Is filled in by the platform, the same for everybody or for each.
    System,
    /// Is not worked out; says why.
    Unknown(String),
}

impl Step {
    /// Whether a block begins.
    pub fn opens(&self) -> bool {
        matches!(self, Self::Ask(..) | Self::Count(..) | Self::Hide(_) | Self::Drop)
    }
}

/// Reads one tag as its dialect does; nothing where the dialect does not see it.
pub(super) fn read(tag: &MergeTag, dialect: &Dialect) -> Option<(Language, Step)> {
    let language = Language::of(dialect, tag.tag.form)?;
    if !matches!(tag.reading.standing, Standing::Own | Standing::Neutral) {
        return Some((language, Step::Unknown(format!("{} does not know it", dialect.name))));
    }
    if let Some(fault) = &tag.reading.fault {
        return Some((language, Step::Unknown(format!("it {}", fault.describe()))));
    }
    let inside = tag.tag.inside.trim().trim_matches(['-', '~']).trim();
    let step = match (&tag.tag.kind, language) {
        (Kind::Comment, _) => Step::Nothing,
        (Kind::System(_), _) if tag.reading.role.is_some() => Step::System,
        // PrestaShop's words in the shop's language, the same for everybody.
        _ if tag.tag.form == Form::DollarDouble => Step::System,
        (_, Language::Liquid | Language::Django | Language::Jinja) if is_statement(tag.tag.form) => statement(inside),
        (_, Language::Liquid | Language::Django | Language::Jinja) => {
            Step::Print(inside.to_owned(), tag.tag.filters.iter().any(|filter| filter == "safe"))
        }
        (_, Language::Handlebars | Language::Mustache) => handlebars(inside, tag.tag.raw || tag.tag.form == Form::Triple),
        (_, Language::Star) => star(inside),
        (Kind::Open(_) | Kind::Middle | Kind::Close(_), Language::Percent) => percent(inside),
        (Kind::Open(_) | Kind::Middle | Kind::Close(_), Language::Square) => square(inside),
        (Kind::Open(name), _) => Step::Hide(format!("conditions and loops of {} are not worked out (`{name}`)", dialect.name)),
        (Kind::Middle, _) => Step::Otherwise,
        (Kind::Close(_), _) => Step::End,
        (Kind::Code, _) => Step::Unknown(format!("{} runs it as a program", dialect.name)),
        _ => field(tag, dialect),
    };
    Some((language, step))
}

fn is_statement(form: Form) -> bool {
    matches!(form, Form::Percent | Form::SquarePercent)
}

fn field(tag: &MergeTag, dialect: &Dialect) -> Step {
    // `%%=v(@name)=%%` and `<%= … %>` call functions.
    if matches!(tag.tag.form, Form::AmpPrint | Form::Script | Form::Php | Form::BraceBang) && tag.tag.inside.contains(['(', '@']) {
        return Step::Unknown(format!("{} runs it as a program", dialect.name));
    }
    let fallback = match &tag.tag.fallback {
        Fallback::Text(text) => Some(text.clone()),
        Fallback::Empty => Some(String::new()),
        Fallback::None => None,
        Fallback::NotAFallback(_) => return Step::Unknown(String::from("it has a format of its own")),
    };
    match &tag.tag.field {
        Some(path) if tag.tag.filters.iter().all(|filter| filter == "default" || fallback.as_deref() == Some(filter)) => {
            Step::Field(path.clone(), fallback)
        }
        Some(_) if fallback.is_none() => Step::Unknown(String::from("its filter is not worked out")),
        Some(path) => Step::Field(path.clone(), fallback),
        None => Step::Unknown(String::from("it prints no field of the person")),
    }
}

/// `{% … %}` of Liquid, Django and Jinja.
fn statement(inside: &str) -> Step {
    let inside = inside.trim_matches(['-', '+', '~', ' ']);
    let (word, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let rest = rest.trim().to_owned();
    let set = |rest: &str| rest.split_once('=').map(|(name, expression)| (name.trim().to_owned(), expression.trim().to_owned()));
    match word {
        "if" => Step::Ask(rest, false),
        "unless" => Step::Ask(rest, true),
        "elsif" | "elif" | "elseif" => Step::AskElse(rest),
        "else" if rest.is_empty() => Step::Otherwise,
        "comment" => Step::Drop,
        "for" => count(&rest).unwrap_or_else(|| Step::Hide(format!("the list does not hold what `{}` goes through", shown(inside)))),
        "assign" | "set" => match set(&rest) {
            Some((name, expression)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => Step::Set(name, expression),
            _ => Step::Hide(format!("`{word}` is not worked out")),
        },
        "case" | "capture" | "with" | "raw" | "verbatim" | "autoescape" | "filter" | "macro" | "call" | "spaceless" | "ifchanged"
        | "tablerow" | "catalog" | "block" | "trans" | "blocktrans" | "embed" | "switch" => {
            Step::Hide(format!("`{word}` is not worked out"))
        }
        word if word.starts_with("end") => Step::End,
        "connected_content" => Step::Unknown(String::from("it fetches its content when the mail goes out")),
        "when" | "empty" => Step::Otherwise,
        _ => Step::Unknown(format!("`{word}` is not worked out")),
    }
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// `i in (1..10)`, Liquid's loop that needs no data; `i in range(1, 11)` Jinja's.
fn count(rest: &str) -> Option<Step> {
    let (name, over) = rest.split_once(" in ")?;
    let over = over.trim();
    let name = name.trim();
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let (from, to) = if let Some(range) = over.strip_prefix("range(") {
        let range = range.strip_suffix(')')?;
        let (from, to) = range.split_once(',').unwrap_or(("0", range));
        (from.trim().parse().ok()?, to.trim().parse::<i64>().ok()?.checked_sub(1)?)
    } else {
        let (from, to) = over.strip_prefix('(')?.strip_suffix(')')?.split_once("..")?;
        (from.trim().parse().ok()?, to.trim().parse().ok()?)
    };
    Some(Step::Count(name.to_owned(), from, to))
}

/// Handlebars and Mustache. <https://handlebarsjs.com/guide/>
fn handlebars(inside: &str, raw: bool) -> Step {
    let (sign, body) = match inside.chars().next() {
        Some(sign @ ('#' | '^' | '/' | '!' | '>' | '&')) => (sign, inside.get(1..).unwrap_or_default().trim()),
        _ => (' ', inside),
    };
    let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    match (sign, word) {
        ('!', _) => Step::Nothing,
        ('/', _) => Step::End,
        ('^', "") | (' ', "else") if rest.is_empty() => Step::Otherwise,
        (' ', "else") => match rest.trim().split_once(char::is_whitespace) {
            Some(("if", condition)) => Step::AskElse(condition.trim().to_owned()),
            _ => Step::AskElse(rest.to_owned()),
        },
        ('^', _) => Step::Ask(body.to_owned(), true),
        ('#', "if") => Step::Ask(rest.to_owned(), false),
        ('#', "unless") => Step::Ask(rest.to_owned(), true),
        ('#', "each" | "with") => Step::Hide(format!("the list does not hold what `{}` goes through", shown(body))),
        (
            '#',
            "notEquals" | "equals" | "equal" | "ifEq" | "ifGt" | "ifGte" | "ifLt" | "ifLte" | "greaterThan" | "lessThan" | "ifContainsStr"
            | "and" | "or",
        ) => Step::Ask(body.to_owned(), false),
        ('#', _) if rest.is_empty() && !body.starts_with(['>', '*']) => Step::Ask(body.to_owned(), false),
        ('#', _) => Step::Hide(format!("the helper `{word}` is not worked out")),
        ('>', _) => Step::Unknown(format!("the partial `{}` stands elsewhere", shown(body))),
        ('&', _) => Step::Print(body.to_owned(), true),
        _ => Step::Print(body.to_owned(), raw),
    }
}

/// Mailchimp's tags. <https://mailchimp.com/help/use-conditional-merge-tag-blocks/>
fn star(inside: &str) -> Step {
    let (word, rest) = inside.split_once(':').unwrap_or((inside, ""));
    match word {
        // These ask about the campaign, not about the person: all get the same.
        "IF" | "IFNOT" if rest.starts_with("MC_") || matches!(rest, "REWARDS" | "ARCHIVE") => Step::Hide(String::new()),
        "IF" => Step::Ask(rest.trim().to_owned(), false),
        "IFNOT" => Step::Ask(rest.trim().to_owned(), true),
        "ELSEIF" => Step::AskElse(rest.trim().to_owned()),
        "ELSE" => Step::Otherwise,
        "END" => Step::End,
        "INTERESTED" | "NOTINTERESTED" | "ANYINTERESTED" | "RSSITEMS" | "FEEDITEMS" | "FEEDBLOCK" => {
            Step::Hide(format!("the list does not hold what `{word}` asks"))
        }
        "UPPER" | "LOWER" | "TITLE" | "HTML" | "URL" => Step::Print(format!("{} | {word}", rest.trim()), false),
        _ if rest.is_empty() => Step::Print(word.trim().to_owned(), false),
        _ => Step::Unknown(format!("`{word}:` is not worked out")),
    }
}

/// `ActiveCampaign`'s `%IF $FIRSTNAME != ''%`.
fn percent(inside: &str) -> Step {
    let (word, rest) = inside.split_once(' ').unwrap_or((inside, ""));
    match word {
        "IF" => Step::Ask(rest.replace('$', ""), false),
        "ELSEIF" => Step::AskElse(rest.replace('$', "")),
        "ELSE" => Step::Otherwise,
        _ => Step::End,
    }
}

/// Campaign Monitor's `[if:field=value]`.
fn square(inside: &str) -> Step {
    let (word, rest) = inside.split_once(':').unwrap_or((inside, ""));
    match word {
        "if" => Step::Ask(rest.to_owned(), false),
        "elseif" => Step::AskElse(rest.to_owned()),
        "else" => Step::Otherwise,
        _ => Step::End,
    }
}
