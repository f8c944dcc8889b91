//! Finding tags that begin with a dollar sign, in brackets that prose and prices have too.

use super::Fault;
use super::expression::is_path;
use super::form::Form;
use super::inside::without_markup;
use super::register::{is_personal, known};
use super::scan::{Found, Scanner};
use super::single::{REACH, is_known, until};

/// `$[FNAME|there]$`, `${name}`, `$!{name}`, `${{ lang.hello }}$`, `$First Name$`.
pub(super) fn dollar(s: &Scanner, at: usize) -> Option<Found> {
    if s.has(at, "${{") {
        return double(s, at);
    }
    if s.byte(at + 1) == b'[' {
        return dollar_square(s, at);
    }
    let from = if s.has(at, "${") { at + 2 } else { at + 3 };
    if s.has(at, "${") || s.has(at, "$!{") {
        let end = until(s, from, b"{}")?;
        let body = s.slice(from..end);
        if s.has(end, "}}$") && s.owns(Form::DollarDouble) && is_path(body.trim(), false) {
            return Some(Found::new(Form::DollarDouble, at..end + 3, from..end).broken(Fault::OpenerBroken));
        }
        let form = Form::DollarBrace;
        let fits =
            s.byte(end) == b'}' && is_path(body, false) && (is_known(form, body) || is_personal(body) || s.owns(form) || s.directives);
        return (fits && s.before(at) != b'{').then(|| Found::new(form, at..end + 1, from..end));
    }
    // `$First Name` without its end, where the platform is known to write so.
    let open = ["First Name", "Last Name"]
        .into_iter()
        .find(|name| s.owns(Form::Dollar) && s.has(at + 1, name) && s.byte(at + 1 + name.len()) != b'$');
    if let Some(name) = open {
        let end = at + 1 + name.len();
        return Some(Found::new(Form::Dollar, at..end, at + 1..end).broken(Fault::CloserMissing));
    }
    let end = until(s, at + 1, b"$<")?;
    let body = s.slice(at + 1..end);
    let own = s.owns(Form::Dollar) && body.starts_with(|c: char| c.is_ascii_uppercase()) && body.len() < 40;
    let name = body.bytes().all(|b| b.is_ascii_alphabetic() || b" _.".contains(&b));
    let fits = s.byte(end) == b'$' && name && !body.is_empty() && (known(Form::Dollar, body).is_some() || own);
    fits.then(|| Found::new(Form::Dollar, at..end + 1, at + 1..end))
}

fn dollar_square(s: &Scanner, at: usize) -> Option<Found> {
    let end = until(s, at + 2, b"[]")?;
    let body = s.slice(at + 2..end);
    let name = body.split('|').next().unwrap_or("");
    let fits = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_: ".contains(&b));
    if s.byte(end) != b']' || !fits {
        return None;
    }
    let whole = s.byte(end + 1) == b'$';
    let found = Found::new(Form::DollarSquare, at..if whole { end + 2 } else { end + 1 }, at + 2..end);
    Some(if whole { found } else { found.broken(Fault::CloserBroken) })
}

/// `${{ lang.hello }}$`, and in a draft that is known to write so `${{ lang.hello }$` and the like.
fn double(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 3;
    let own = s.owns(Form::DollarDouble);
    let end = s.next(from, "}}", REACH).filter(|end| s.byte(end + 2) == b'$');
    let is_name = |end: &usize| {
        let body = s.slice(from..*end);
        is_path(body.trim(), false) || own && is_path(without_markup(body).trim(), false)
    };
    if let Some(end) = end.filter(is_name) {
        return Some(Found::new(Form::DollarDouble, at..end + 3, from..end));
    }
    let end = until(s, from, b"}<").filter(|end| own && s.byte(*end) == b'}' && is_name(end))?;
    let closer = s.bytes.get(end..)?.iter().take(3).take_while(|b| matches!(b, b'}' | b'$')).count();
    Some(Found::new(Form::DollarDouble, at..end + closer, from..end).broken(Fault::CloserBroken))
}

/// `{{ lang.hello }}$` in a draft that is known to write `${{ lang.hello }}$`.
pub(super) fn without_first(s: &Scanner, found: Found) -> Found {
    let lacks =
        found.form == Form::Double && s.before(found.range.start) != b'$' && s.byte(found.range.end) == b'$' && s.owns(Form::DollarDouble);
    if !lacks {
        return found;
    }
    let range = found.range.start..found.range.end + 1;
    Found { form: Form::DollarDouble, range, ..found }.broken(Fault::OpenerBroken)
}
