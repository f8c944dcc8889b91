//! The filters and helpers in common use, each as its own language has it.

use super::language::Language;
use super::value::Value;
use jiff::civil::{Date, DateTime};
use std::borrow::Cow;

/// A filter or helper that is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    Default,
    DefaultIfMissing,
    Upper,
    Lower,
    /// The first letter large, the others as they are.
    CapFirst,
    /// The first letter large, all others small.
    Capitalize,
    Title,
    Trim,
    TrimStart,
    TrimEnd,
    Truncate,
    TruncateChars,
    TruncateWords,
    UrlEncode,
    UrlEncodePath,
    Escape,
    Append,
    Prepend,
    Replace,
    Remove,
    Date,
    Same,
}

impl Filter {
    /// The filter of a name; nothing if its result is not worked out.
    pub fn named(language: Language, name: &str) -> Option<Self> {
        match language {
            Language::Liquid => Self::liquid(name),
            Language::Django | Language::Jinja => Self::jinja(language, name),
            Language::Handlebars | Language::Mustache => Self::handlebars(name),
            Language::Star => match name {
                "UPPER" => Some(Self::Upper),
                "LOWER" => Some(Self::Lower),
                "TITLE" => Some(Self::Title),
                "HTML" => Some(Self::Same),
                "URL" => Some(Self::UrlEncodePath),
                _ => None,
            },
            _ => None,
        }
    }

    fn liquid(name: &str) -> Option<Self> {
        Some(match name {
            "default" => Self::Default,
            "upcase" => Self::Upper,
            "downcase" => Self::Lower,
            "capitalize" => Self::CapFirst,
            "strip" => Self::Trim,
            "lstrip" => Self::TrimStart,
            "rstrip" => Self::TrimEnd,
            "truncate" => Self::Truncate,
            "truncatewords" => Self::TruncateWords,
            "url_encode" => Self::UrlEncode,
            "url_param_escape" => Self::UrlEncodePath,
            "escape" => Self::Escape,
            "append" => Self::Append,
            "prepend" => Self::Prepend,
            "replace" => Self::Replace,
            "remove" => Self::Remove,
            "date" => Self::Date,
            _ => return None,
        })
    }

    fn jinja(language: Language, name: &str) -> Option<Self> {
        let django = language == Language::Django;
        Some(match name {
            "default" if django => Self::Default,
            "default" | "d" => Self::DefaultIfMissing,
            "default_if_none" if django => Self::DefaultIfMissing,
            "upper" => Self::Upper,
            "lower" => Self::Lower,
            "capfirst" if django => Self::CapFirst,
            "capitalize" if !django => Self::Capitalize,
            "title" => Self::Title,
            "trim" if !django => Self::Trim,
            "truncatechars" if django => Self::TruncateChars,
            "truncatewords" if django => Self::TruncateWords,
            "urlencode" => Self::UrlEncodePath,
            "replace" if !django => Self::Replace,
            "safe" => Self::Same,
            _ => return None,
        })
    }

    fn handlebars(name: &str) -> Option<Self> {
        Some(match name {
            "insert" | "defaultIfEmpty" => Self::Default,
            "upper" | "uppercase" | "toUpperCase" => Self::Upper,
            "lower" | "lowercase" | "toLowerCase" => Self::Lower,
            "capitalize" => Self::CapFirst,
            "trim" => Self::Trim,
            _ => return None,
        })
    }

    /// How many arguments it takes beside the value: the fewest and the most.
    pub fn arguments(self) -> (usize, usize) {
        match self {
            Self::Default | Self::Append | Self::Prepend | Self::Remove | Self::Date | Self::TruncateChars => (1, 1),
            Self::DefaultIfMissing | Self::Truncate | Self::TruncateWords => (1, 2),
            Self::Replace => (2, 2),
            _ => (0, 0),
        }
    }

    /// Whether it stands in for a missing value.
    pub fn is_fallback(self) -> bool {
        matches!(self, Self::Default | Self::DefaultIfMissing)
    }

    /// Its result; nothing where that is not known.
    pub fn apply<'a>(self, language: Language, value: Value<'a>, arguments: &[Value<'a>]) -> Option<Value<'a>> {
        let argument = |at: usize| arguments.get(at).map_or(Cow::Borrowed(""), Value::text);
        let text = |text: String| Some(Value::Text(text.into()));
        match self {
            Self::Default | Self::DefaultIfMissing => Some(self.or_default(language, value, arguments)),
            Self::Same => Some(value),
            Self::Upper => text(value.text().to_uppercase()),
            Self::Lower => text(value.text().to_lowercase()),
            Self::CapFirst => text(cap_first(&value.text(), str::to_owned)),
            Self::Capitalize => text(cap_first(&value.text(), str::to_lowercase)),
            Self::Title => text(title(&value.text())),
            Self::Trim => text(value.text().trim().to_owned()),
            Self::TrimStart => text(value.text().trim_start().to_owned()),
            Self::TrimEnd => text(value.text().trim_end().to_owned()),
            Self::Truncate => truncate(&value, arguments),
            Self::TruncateChars => truncate_chars(&value, arguments),
            Self::TruncateWords => truncate_words(language, &value, arguments),
            Self::UrlEncode => text(url_encode(&value.text(), true)),
            Self::UrlEncodePath => text(url_encode(&value.text(), false)),
            Self::Escape => text(escape(&value.text())),
            Self::Append => text(format!("{}{}", value.text(), argument(0))),
            Self::Prepend => text(format!("{}{}", argument(0), value.text())),
            Self::Replace if argument(0).is_empty() => None,
            Self::Replace => text(value.text().replace(&*argument(0), &argument(1))),
            Self::Remove => text(value.text().replace(&*argument(0), "")),
            Self::Date => date(value, &argument(0)),
        }
    }

    fn or_default<'a>(self, language: Language, value: Value<'a>, arguments: &[Value<'a>]) -> Value<'a> {
        let always = arguments.get(1).is_some_and(|lax| lax.is_true(language));
        let missing = match self {
            Self::DefaultIfMissing if !always => value == Value::Nil,
            // Zero is a value in Liquid, and none in Python. <https://shopify.github.io/liquid/filters/default/>
            _ if language == Language::Liquid => value.is_blank() || value == Value::Bool(false),
            _ => !value.is_true(language),
        };
        if missing { arguments.first().cloned().unwrap_or(Value::Nil) } else { value }
    }
}

fn cap_first(text: &str, rest: impl Fn(&str) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest(chars.as_str()).chars()).collect())
}

fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        let divides = c.is_whitespace() || matches!(c, '-' | '(' | '{' | '[' | '<');
        match (divides, begins) {
            (true, _) => out.push(c),
            (_, true) => out.extend(c.to_uppercase()),
            _ => out.extend(c.to_lowercase()),
        }
        begins = divides;
    }
    out
}

fn length(arguments: &[Value<'_>]) -> Option<usize> {
    match arguments.first()? {
        Value::Int(length) => usize::try_from(*length).ok(),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The length counts the dots. <https://shopify.github.io/liquid/filters/truncate/>
fn truncate<'a>(value: &Value<'a>, arguments: &[Value<'a>]) -> Option<Value<'a>> {
    let (length, dots) = (length(arguments)?, arguments.get(1).map_or(Cow::Borrowed("..."), Value::text));
    let text = value.text();
    // What counts as one character is not the same everywhere beyond ASCII.
    if !text.is_ascii() || !dots.is_ascii() {
        return (text.chars().count() <= length && text.len() <= length).then(|| value.clone());
    }
    if text.len() <= length {
        return Some(value.clone());
    }
    let kept = text.get(..length.saturating_sub(dots.len()))?;
    Some(Value::Text(format!("{kept}{dots}").into()))
}

/// <https://docs.djangoproject.com/en/stable/ref/templates/builtins/#truncatechars>
fn truncate_chars<'a>(value: &Value<'a>, arguments: &[Value<'a>]) -> Option<Value<'a>> {
    let length = length(arguments)?;
    let text = value.text();
    if text.chars().count() <= length {
        return Some(value.clone());
    }
    let kept: String = text.chars().take(length.saturating_sub(1)).collect();
    Some(Value::Text(format!("{kept}…").into()))
}

fn truncate_words<'a>(language: Language, value: &Value<'a>, arguments: &[Value<'a>]) -> Option<Value<'a>> {
    let length = length(arguments)?;
    let text = value.text();
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= length {
        return Some(value.clone());
    }
    let kept = words.get(..length)?.join(" ");
    let dots =
        if language == Language::Django { Cow::Borrowed(" …") } else { arguments.get(1).map_or(Cow::Borrowed("..."), Value::text) };
    Some(Value::Text(format!("{kept}{dots}").into()))
}

/// Percent-encoding; slashes too, where the value is all of what is between two.
pub(super) fn url_encode(text: &str, slashes: bool) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            b'/' | b'~' if !slashes => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A day as lists write it beyond doubt, in another format; what is no such day is not worked out.
fn date<'a>(value: Value<'a>, format: &str) -> Option<Value<'a>> {
    if value == Value::Nil {
        return Some(value);
    }
    let text = value.text();
    let day: Date = text.parse::<Date>().ok().or_else(|| text.parse::<DateTime>().ok().map(DateTime::date))?;
    let known = format.split('%').skip(1).all(|code| code.starts_with(['Y', 'm', 'd', 'B', 'b', 'A', 'a', 'e', 'y', 'j']));
    known.then(|| Value::Text(day.strftime(format).to_string().into()))
}
