//! Finding tags in brackets that prose never has: `{{…}}`, `{%…%}`, `*|…|*`, `%%…%%`, `<%…%>`.

use super::expression::is_path;
use super::form::Form;
use super::inside::is_markup;
use super::known_words::{DJANGO, JINJA, LIQUID};
use super::register::known;
use super::scan::{Found, REACH, Scanner};
use super::{Fault, single};

/// How far a tag goes that has formatting inside.
const REACH_OVER_MARKUP: usize = 300;
/// How far a statement goes: Jekyll's includes are handed whole paragraphs.
const REACH_OF_STATEMENT: usize = 20_000;
/// How far a script block goes.
const REACH_OF_CODE: usize = 200_000;

/// `*|FNAME|*`, and the broken `*|FNAME*`, `*FNAME|*`.
pub(super) fn star(s: &Scanner, at: usize) -> Option<Found> {
    if s.byte(at) == b'|' {
        return star_without_opener(s, at);
    }
    if s.byte(at + 1) != b'|' {
        return percent_encoded(s, at, "*%7C", "%7C*", Form::Star);
    }
    let from = at + 2;
    let reach = s.bytes.get(from..)?.iter().take(REACH).position(|b| matches!(b, b'|' | b'\n' | b'*'));
    let Some(end) = reach.map(|reach| from + reach) else { return star_unclosed(s, at) };
    let body = s.slice(from..end);
    if s.byte(end) == b'|' && s.byte(end + 1) == b'*' {
        let fits = body.trim().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '<' | '&'));
        let found = Found::new(Form::Star, at..end + 2, from..end);
        return fits.then_some(found).or_else(|| body.trim().is_empty().then(|| Found::new(Form::Star, at..end + 2, from..end)));
    }
    if s.byte(end) != b'\n' && capitals(body) {
        return Some(Found::new(Form::Star, at..end + 1, from..end).broken(Fault::CloserBroken));
    }
    star_unclosed(s, at)
}

fn star_unclosed(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 2;
    let length = s
        .bytes
        .get(from..)?
        .iter()
        .take(60)
        .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b':'))
        .count();
    let known = known(Form::Star, s.slice(from..from + length)).is_some();
    known.then(|| Found::new(Form::Star, at..from + length, from..from + length).broken(Fault::CloserMissing))
}

fn star_without_opener(s: &Scanner, at: usize) -> Option<Found> {
    if s.byte(at + 1) != b'*' {
        return None;
    }
    let head = s.bytes.get(at.saturating_sub(60)..at)?;
    let length = head.iter().rev().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b':')).count();
    let start = at - length;
    let fits = matches!(s.before(start), b'*' | b'|') && capitals(s.slice(start..at));
    fits.then(|| Found::new(Form::Star, start - 1..at + 2, start..at).broken(Fault::OpenerBroken))
}

fn capitals(body: &str) -> bool {
    body.len() >= 2
        && body.starts_with(|c: char| c.is_ascii_uppercase())
        && body.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b':'))
}

/// `%7B%7Bname%7D%7D`: a tag that an editor took for a part of a URL.
fn percent_encoded(s: &Scanner, at: usize, opener: &'static str, closer: &'static str, form: Form) -> Option<Found> {
    if !s.has(at, opener) {
        return None;
    }
    let from = at + opener.len();
    let end = s.next(from, closer, 200)?;
    let body = s.slice(from..end);
    let fits = !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.%:|-+".contains(&b));
    fits.then(|| Found::new(form, at..end + closer.len(), from..end).broken(Fault::PercentEncoded))
}

/// Everything that begins with `{{`, `{%` or `{#`.
pub(super) fn brace(s: &Scanner, at: usize) -> Option<Found> {
    match s.byte(at + 1) {
        b'{' => double(s, at),
        b'%' => statement(s, at),
        b'#' if s.byte(at + 2).is_ascii_whitespace() || s.byte(at + 2).is_ascii_alphabetic() => {
            let end = s.next(at + 2, "#}", REACH)?;
            Some(Found::new(Form::Comment, at..end + 2, at + 2..end))
        }
        _ => None,
    }
}

/// Where a walk from an opener came to an end.
enum End {
    Closed(usize),
    /// One brace where two belong.
    Half(usize),
    Lost,
}

fn double(s: &Scanner, at: usize) -> Option<Found> {
    for (opener, closer) in [("{{!--", "--}}"), ("{{/*", "*/}}")] {
        if s.has(at, opener) {
            let end = s.next(at + opener.len(), closer, REACH_OF_CODE)?;
            return Some(Found::new(Form::Double, at..end + closer.len(), at + 2..end + 2));
        }
    }
    if matches!(s.byte(at + 2), b'<' | b'%') && !is_markup(s.bytes.get(at + 2..)?) {
        let closer = if s.byte(at + 2) == b'<' { ">}}" } else { "%}}" };
        let end = s.next(at + 3, closer, REACH)?;
        return Some(Found::new(Form::Shortcode, at..end + 3, at + 3..end));
    }
    let triple = s.byte(at + 2) == b'{' && s.byte(at + 3) != b'{';
    let from = at + if triple { 3 } else { 2 };
    let form = if triple { Form::Triple } else { Form::Double };
    if let Some(end) = quoted(s, from) {
        return Some(Found::new(form, at..end + 2, from..end));
    }
    match walk(s, from) {
        End::Closed(end) if looks_like_code(s, at, from..end) => None,
        End::Closed(end) if triple && s.byte(end + 2) == b'}' => Some(Found::new(form, at..end + 3, from..end)),
        End::Closed(end) if triple => Some(Found::new(form, at..end + 2, from..end).broken(Fault::CloserBroken)),
        End::Closed(end) => Some(Found::new(form, at..end + 2, from..end)),
        End::Half(end) => nameable(s.slice(from..end)).then(|| Found::new(form, at..end + 1, from..end).broken(Fault::CloserBroken)),
        End::Lost => {
            let end = from + path_length(s, from);
            nameable(s.slice(from..end)).then(|| Found::new(form, at..end, from..end).broken(Fault::CloserMissing))
        }
    }
}

/// How long a text is that stands for itself, at most.
const LONGEST_QUOTED: usize = 80;

/// Where a tag ends that holds nothing but a text with braces in it: `{{ "{{" }}` prints two braces.
fn quoted(s: &Scanner, from: usize) -> Option<usize> {
    let is_gap = |b: &u8| matches!(b, b' ' | b'-' | b'~');
    let gap = |at: usize| at + s.bytes.get(at..).unwrap_or_default().iter().take_while(|b| is_gap(b)).count();
    let start = gap(from);
    let quote = Some(s.byte(start)).filter(|b| matches!(b, b'"' | b'\'' | b'`'))?;
    let rest = s.bytes.get(start + 1..)?;
    let length = rest.iter().take(LONGEST_QUOTED).take_while(|b| **b != b'\n').position(|b| *b == quote)?;
    let end = gap(start + 1 + length + 1);
    (s.has(end, "}}") && rest.get(..length)?.iter().any(|b| matches!(b, b'{' | b'}'))).then_some(end)
}

fn walk(s: &Scanner, from: usize) -> End {
    let (mut at, mut depth, mut reach) = (from, 0_u32, REACH);
    while at < from + reach {
        match s.byte(at) {
            b'{' if matches!(s.byte(at + 1), b'{' | b'%') => return End::Lost,
            b'{' => depth += 1,
            b'}' if depth > 0 => depth -= 1,
            b'}' if s.byte(at + 1) == b'}' => return End::Closed(at),
            b'}' => return End::Half(at),
            b'\n' if s.byte(at + 1) == b'\n' || s.has(at + 1, "\r\n") => return End::Lost,
            b'<' if is_markup(s.bytes.get(at..).unwrap_or_default()) => {
                reach = REACH_OVER_MARKUP;
                match s.next(at, ">", REACH_OVER_MARKUP) {
                    Some(end) => at = end,
                    None => return End::Lost,
                }
            }
            0 if at >= s.bytes.len() => return End::Lost,
            _ => {}
        }
        at += 1;
    }
    End::Lost
}

/// Double braces of another trade: JSX (`style={{color: 'red'}}`), C arrays, code blocks.
fn looks_like_code(s: &Scanner, at: usize, inner: std::ops::Range<usize>) -> bool {
    let body = s.slice(inner);
    let trimmed = body.trim();
    let start = trimmed.chars().next();
    let odd = start.is_some_and(|c| !c.is_alphanumeric() && !"_.$@#/^>!&~-\"'([{<+=`“‘".contains(c));
    // A filter's argument has a colon, too: `?city={{ city|default:'x' }}`.
    let jsx = s.before(at) == b'=' && (trimmed.is_empty() || trimmed.contains(':') && !trimmed.contains('|'));
    let list = start.is_some_and(|c| c.is_ascii_digit()) && trimmed.contains(',');
    odd || jsx || list || (trimmed.contains(';') && !trimmed.contains('&')) || body.contains("\n\n") || trimmed.starts_with('{')
}

/// Bytes of a name, or of a path, after optional spaces.
fn path_length(s: &Scanner, from: usize) -> usize {
    let rest = s.bytes.get(from..).unwrap_or_default();
    let spaces = rest.iter().take(4).take_while(|b| **b == b' ').count();
    spaces + rest.get(spaces..).unwrap_or_default().iter().take(80).take_while(|b| b.is_ascii_alphanumeric() || b"_.$".contains(b)).count()
}

/// Whether a broken tag's inside is a name, with a filter or a text at most: worth a word to the person.
fn nameable(body: &str) -> bool {
    let body = body.trim().trim_start_matches(['#', '/', '^', '&']);
    let head = body.split(['|', '"', '\'', ' ']).next().unwrap_or("").trim_matches(['.', '$', ' ']);
    let rest = body.get(body.find(head).unwrap_or(0) + head.len()..).unwrap_or("").trim_start();
    head.len() >= 2
        && is_path(head, true)
        && (rest.is_empty() || rest.starts_with(['|', '"', '\'', '.']) || ["if", "each", "unless", "with"].contains(&head))
}

/// `{% if x %}` and its broken forms.
fn statement(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 2;
    let rest = s.bytes.get(from..)?;
    let spaces = rest.iter().take(12).take_while(|b| b.is_ascii_whitespace() || b"-~+=#/".contains(b)).count();
    let markup = is_markup(rest.get(spaces..)?);
    if !rest.get(spaces)?.is_ascii_alphabetic() && !markup && s.byte(from + spaces) != b'%' {
        return None;
    }
    let stop = s.next(from, "{%", REACH_OF_STATEMENT).unwrap_or(usize::MAX);
    if let Some(end) = s.next(from, "%}", REACH_OF_STATEMENT).filter(|end| *end < stop) {
        return Some(Found::new(Form::Percent, at..end + 2, from..end));
    }
    let start = from + spaces;
    let word_end = start + s.bytes.get(start..)?.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let word = s.slice(start..word_end);
    if ![&LIQUID, &DJANGO, &JINJA].iter().any(|list| list.contains(word)) && known(Form::Percent, word).is_none() {
        return None;
    }
    let line = s.bytes.get(word_end..)?.iter().take(200).position(|b| matches!(b, b'}' | b'\n' | b'<'));
    let found = match line.map(|line| word_end + line).filter(|end| s.byte(*end) == b'}') {
        Some(end) => {
            let close = if s.byte(end + 1) == b'}' { end + 2 } else { end + 1 };
            Found::new(Form::Percent, at..close, from..end).broken(Fault::CloserBroken)
        }
        None => Found::new(Form::Percent, at..word_end, from..word_end).broken(Fault::CloserMissing),
    };
    Some(found)
}

/// `{ first_name }}`: the first brace is missing.
pub(super) fn lost_opener(s: &Scanner, at: usize) -> Option<Found> {
    if s.byte(at + 1) != b'}' {
        return None;
    }
    let window = s.bytes.get(at.saturating_sub(80)..at)?;
    let open = at.checked_sub(1 + window.iter().rev().position(|b| matches!(b, b'{' | b'}' | b'\n' | b';' | b'<'))?)?;
    let free =
        s.byte(open) == b'{' && !matches!(s.before(open), b'{' | b'$' | b'=' | b'}' | b'%') && !s.before(open).is_ascii_alphanumeric();
    let body = s.slice(open + 1..at);
    let head = body.split('|').next().unwrap_or("").trim().trim_start_matches(['.', '$']);
    (free && head.len() >= 3 && is_path(head, false) && nameable(body))
        .then(|| Found::new(Form::Double, open..at + 2, open + 1..at).broken(Fault::OpenerBroken))
}

/// `<%= name %`, as far as it goes.
fn half_script(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 2;
    let rest = s.bytes.get(from..)?;
    let end = from + rest.iter().position(|b| matches!(b, b'%' | b'<' | b'\n')).unwrap_or(rest.len());
    let (whole, fault) = if s.byte(end) == b'%' { (end + 1, Fault::CloserBroken) } else { (end, Fault::CloserMissing) };
    Some(Found::new(Form::Script, at..whole, from..end).broken(fault))
}

/// `%%name%%`, `%%=…=%%`, `%%[…]%%`, and percent-encoded braces.
pub(super) fn percent(s: &Scanner, at: usize) -> Option<Found> {
    if s.byte(at + 1) != b'%' {
        let encoded = |opener, closer| percent_encoded(s, at, opener, closer, Form::Double);
        return encoded("%7B%7B", "%7D%7D").or_else(|| encoded("%7b%7b", "%7d%7d"));
    }
    let from = at + 3;
    match s.byte(at + 2) {
        b'[' => {
            let end = s.next(from, "]%%", REACH_OF_CODE);
            let word = s.slice(from..(from + path_length(s, from)).min(s.bytes.len())).trim().to_ascii_lowercase();
            let unclosed = || matches!(word.as_str(), "if" | "set" | "var" | "for" | "endif" | "else" | "elseif" | "next");
            match end {
                Some(end) => Some(Found::new(Form::AmpBlock, at..end + 3, from..end)),
                None => unclosed().then(|| Found::new(Form::AmpBlock, at..from, from..from).broken(Fault::CloserMissing)),
            }
        }
        b'=' => {
            let end = s.next(from, "%%", REACH)?;
            let whole = s.before(end) == b'=';
            let found = Found::new(Form::AmpPrint, at..end + 2, from..if whole { end - 1 } else { end });
            Some(if whole { found } else { found.broken(Fault::CloserBroken) })
        }
        _ => personal_string(s, at),
    }
}

/// `%%FirstName%%`, `%%First Name%%`.
fn personal_string(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 2;
    let name = s.bytes.get(from..)?.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b"_ .:-".contains(b)).count();
    let end = from + name;
    let body = s.slice(from..end);
    if body.len() < 3 || !body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') || body.ends_with(' ') || s.byte(end) != b'%' {
        return None;
    }
    let found = |close| Found::new(Form::DoublePercent, at..close, from..end);
    if s.byte(end + 1) == b'%' { Some(found(end + 2)) } else { (!body.contains(' ')).then(|| found(end + 1).broken(Fault::CloserBroken)) }
}

/// `<% … %>`, `<?php … ?>`, and elements that stand for tags.
pub(super) fn angle(s: &Scanner, at: usize, is_html: bool) -> Option<Found> {
    match s.byte(at + 1) {
        b'%' => {
            if s.has(at, "<%--") {
                let end = s.next(at + 4, "--%>", REACH_OF_CODE)? + 2;
                return Some(Found::new(Form::Script, at..end + 2, at + 2..end));
            }
            let next = s.next(at + 2, "<%", REACH_OF_CODE).unwrap_or(usize::MAX);
            // The next one may stand in a string.
            let is_text = |end: usize| {
                let code = s.slice(at + 2..next.min(end)).split('%').next().unwrap_or_default();
                code.starts_with('#') || ['"', '\''].iter().any(|quote| code.matches(*quote).count() % 2 == 1)
            };
            match s.next(at + 2, "%>", REACH_OF_CODE) {
                Some(end) if end < next || is_text(end) => Some(Found::new(Form::Script, at..end + 2, at + 2..end)),
                // The next one begins before this one ends: `<%= name %` lost its bracket.
                Some(_) => half_script(s, at),
                None if s.byte(at + 2) == b'=' => half_script(s, at),
                None => {
                    let end = at + 2 + path_length(s, at + 3) + 1;
                    let named = is_path(s.slice(at + 3..end).trim(), false) && s.byte(at + 2) == b' ';
                    named.then(|| Found::new(Form::Script, at..end, at + 2..end).broken(Fault::CloserMissing))
                }
            }
        }
        b'?' if s.has(at, "<?php") || s.has(at, "<?=") => {
            let from = at + if s.byte(at + 2) == b'=' { 2 } else { 5 };
            // A file of PHP may end without a closer.
            let end = s.next(from, "?>", REACH_OF_CODE)?;
            Some(Found::new(Form::Php, at..end + 2, from..end))
        }
        _ if is_html => single::element(s, at),
        _ => None,
    }
}
