//! Finding tags in brackets that prose has too: they count only if what stands inside is a tag somewhere.

use super::Fault;
use super::Place;
use super::expression::is_path;
use super::form::Form;
use super::register::{elements, is_personal, known};
use super::scan::{Found, Scanner};

/// How far such a tag goes.
pub(super) const REACH: usize = 200;

/// The bytes from `from` up to the first of `ends` on the same line.
pub(super) fn until(s: &Scanner, from: usize, ends: &[u8]) -> Option<usize> {
    let reach = s.bytes.get(from..)?;
    let reach = reach.get(..REACH).unwrap_or(reach);
    let stop = match *ends {
        [end] => memchr::memchr2(end, b'\n', reach),
        [end, other] => memchr::memchr3(end, other, b'\n', reach),
        _ => reach.iter().position(|b| ends.contains(b) || *b == b'\n'),
    }?;
    (s.byte(from + stop) != b'\n').then_some(from + stop)
}

pub(super) fn is_known(form: Form, body: &str) -> bool {
    let word = body.split([' ', '|', ',', '(']).next().unwrap_or(body);
    let root = |mark: char| word.find(mark).and_then(|at| word.get(..=at)).is_some_and(|root| known(form, root).is_some());
    known(form, body).is_some() || known(form, word).is_some() || ['.', ':', '='].into_iter().any(root)
}

/// `[[firstname]]`, `[% member:first_name %]`, `[firstname,fallback=there]`.
pub(super) fn square(s: &Scanner, at: usize, place: Place) -> Option<Found> {
    match s.byte(at + 1) {
        b'[' => {
            let end = s.next(at + 2, "]]", REACH)?;
            let body = s.slice(at + 2..end).trim();
            let quoted = ["fallback=", " OR \"", "| default", "|default", "mode=\""].iter().any(|sign| body.contains(sign));
            let fits = !body.contains(['[', '\n'])
                && (quoted || is_known(Form::DoubleSquare, body) || is_personal(body) || s.owns(Form::DoubleSquare));
            fits.then(|| Found::new(Form::DoubleSquare, at..end + 2, at + 2..end))
        }
        b'%' => {
            let end = s.next(at + 2, "%]", REACH)?;
            let body = s.slice(at + 2..end).trim().trim_matches('-').trim();
            let word = body.split([' ', '(']).next().unwrap_or("");
            let fits = is_known(Form::SquarePercent, body)
                || (is_path(word, false) && (s.owns(Form::SquarePercent) || is_personal(word)))
                || (matches!(word, "else" | "elsif" | "elseif") && s.next(0, "[%", usize::MAX).is_some());
            fits.then(|| Found::new(Form::SquarePercent, at..end + 2, at + 2..end))
        }
        _ => single_square(s, at, place),
    }
}

fn single_square(s: &Scanner, at: usize, place: Place) -> Option<Found> {
    let end = until(s, at + 1, b"[]")?;
    let body = s.slice(at + 1..end);
    if s.byte(end) != b']' || !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    // `[text](address)` and `[text][1]` are links of Markdown.
    let link = matches!(s.byte(end + 1), b'(' | b'[' | b':');
    let fallback = body.split_once(',').is_some_and(|(name, rest)| name.len() < 40 && rest.trim_start().starts_with("fallback"));
    let block = body.starts_with("if:")
        || body.starts_with("elseif:")
        || (matches!(body, "else" | "endif") && (s.square_blocks || s.owns(Form::Square)));
    let system = place == Place::Attribute && known(Form::Square, body).is_some_and(|known| known.role.is_some());
    let own = s.owns(Form::Square) && !link && (is_known(Form::Square, body) || is_personal(body));
    (fallback || block || system || own).then(|| Found::new(Form::Square, at..end + 1, at + 1..end))
}

/// `{first_name, "there"}`, `{contactfield=firstname}`, `{$name}`, `{!Contact.FirstName}`, `{if x}`.
pub(super) fn brace(s: &Scanner, at: usize) -> Option<Found> {
    let (form, from) = match s.byte(at + 1) {
        b'$' => (Form::BraceDollar, at + 2),
        b'!' => (Form::BraceBang, at + 2),
        _ => (Form::Brace, at + 1),
    };
    let end = until(s, from, b"{}")?;
    let body = s.slice(from..end);
    let called = s.before(at).is_ascii_alphanumeric() && form == Form::Brace && !s.owns(form);
    if s.byte(end) != b'}' || called || matches!(s.before(at), b'$' | b'\\' | b'{' | b'%') || (form == Form::Brace && !begins(body)) {
        return None;
    }
    let found = Found::new(form, at..end + 1, from..end);
    match form {
        Form::BraceDollar | Form::BraceBang => {
            let (name, trimmed) = (body.split(['|', '(']).next().unwrap_or(body).trim_end(), body.trim());
            let fits = is_known(form, trimmed) || is_personal(name.trim()) || (s.owns(form) && is_path(name.trim(), false));
            let fits = fits && !body.contains(';');
            fits.then(|| if body.starts_with(' ') { found.broken(Fault::Spaces) } else { found })
        }
        _ if s.byte(end + 1) == b'}' => {
            let outer = is_path(body.trim(), false) && is_personal(body.trim());
            outer.then(|| Found::new(Form::Double, at..end + 2, from..end).broken(Fault::OpenerBroken))
        }
        _ => plain_brace(s, at, body, found),
    }
}

fn begins(body: &str) -> bool {
    body.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '/')
}

fn plain_brace(s: &Scanner, at: usize, body: &str, found: Found) -> Option<Found> {
    // `/users/{name}` is a pattern of addresses, not a tag.
    if s.before(at) == b'/' && s.byte(found.range.end) == b'/' || body.contains(';') {
        return None;
    }
    let word = body.split([' ', ',', '|', '=', '"', '&']).next().unwrap_or("");
    let rest = body.get(word.len()..).unwrap_or("").trim_start();
    let quoted = rest.trim_start_matches(',').trim_start().starts_with(['"', '“', '”']) || rest.contains("&quot;");
    let whole = rest.is_empty() || quoted || (rest.starts_with('|') && !rest.starts_with("||"));
    let block = match word {
        "if" | "foreach" | "select" => !body.contains(['(', '"', ':']) && (s.owns(Form::Brace) || s.next(at, "{/", 20_000).is_some()),
        "else" | "/if" | "/foreach" | "/select" | "/case" => s.brace_blocks || s.owns(Form::Brace),
        _ => false,
    };
    let value = rest.starts_with('=') && known(Form::Brace, &format!("{word}=")).is_some();
    let personal =
        is_path(word, false) && whole && (is_personal(word) || known(Form::Brace, word).is_some() || known(Form::Brace, body).is_some());
    let root = is_known(Form::Brace, body) && !body.contains(' ');
    let own = s.owns(Form::Brace) && is_path(word, false) && whole;
    if block || value || personal || root || own {
        return Some(found);
    }
    // `{firstname_fix}` and `{Contact.FirstName}` lack their `!`, `{unsubscribe}` its `$`.
    let form = [Form::BraceBang, Form::BraceDollar].into_iter().find(|form| rest.is_empty() && s.owns(*form) && is_known(*form, word))?;
    Some(Found { form, ..found }.broken(Fault::OpenerBroken))
}

/// `%FIRSTNAME%`, `%recipient.first_name%`, `%IF $X == 'y'%`, `%/IF%`.
pub(super) fn percent(s: &Scanner, at: usize) -> Option<Found> {
    let form = Form::SinglePercent;
    let next = s.byte(at + 1);
    if !(next.is_ascii_alphabetic() || next == b'/') {
        return None;
    }
    let from = at + 1;
    let name = s.bytes.get(from..)?.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b"_-/.|:".contains(b)).count();
    let mut end = from + name;
    let body = s.slice(from..end);
    if matches!(body, "IF" | "ELSEIF") && s.byte(end) == b' ' {
        end = until(s, end, b"%<")?;
        return (s.byte(end) == b'%').then(|| Found::new(form, at..end + 1, from..end));
    }
    let own = s.owns(form) && body.len() > 2 && !is_escape(body);
    if s.byte(end) == b'%' {
        let fits =
            is_known(form, body) || is_personal(body) && !is_escape(body) || matches!(body, "/IF" | "ELSE") || (own && is_path(body, true));
        return fits.then(|| Found::new(form, at..end + 1, from..end));
    }
    // `%first name%`, in a dialect that would have it in one word.
    if own && s.byte(end) == b' ' {
        let close = until(s, end, b"%<.,")?;
        let words = s.slice(from..close);
        let name = words.rsplit('.').next().unwrap_or(words);
        return (s.byte(close) == b'%' && is_personal(name)).then(|| Found::new(form, at..close + 1, from..close).broken(Fault::Spaces));
    }
    let shouted = body.bytes().all(|b| b.is_ascii_uppercase()) && is_personal(body) && body.len() > 5;
    (shouted && !is_escape(body)).then(|| Found::new(form, at..end, from..end).broken(Fault::CloserMissing))
}

/// `C3` of `%C3%A9`.
fn is_escape(body: &str) -> bool {
    body.len() >= 2 && body.bytes().take(2).all(|b| b.is_ascii_hexdigit())
}

/// `#recipient:name|there#`, and Velocity's `#if($x)`, `#else`, `#end`.
pub(super) fn hash(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 1;
    if s.before(at) == b'&' {
        return None;
    }
    let wrapped = s.byte(from) == b'{';
    let start = if wrapped { from + 1 } else { from };
    let length = s.bytes.get(start..)?.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
    let word = s.slice(start..start + length);
    let after = start + length;
    match word {
        "if" | "elseif" | "foreach" | "set" | "macro" if s.byte(after) == b'(' || s.has(after, " (") => {
            let open = s.next(after, "(", 2)?;
            let end = matching(s, open)?;
            let body = s.slice(open..end);
            return (body.contains('$') || word == "macro").then(|| Found::new(Form::Directive, at..end, start..end));
        }
        "else" | "end" if s.directives || s.owns(Form::Directive) => {
            let end = if wrapped && s.byte(after) == b'}' { after + 1 } else { after };
            return Some(Found::new(Form::Directive, at..end, start..after));
        }
        _ => {}
    }
    if s.owns(Form::Hash) && is_personal(word) && s.byte(after) != b'#' {
        return Some(Found::new(Form::Hash, at..after, from..after).broken(Fault::CloserMissing));
    }
    let end = until(s, from, b"#<")?;
    let body = s.slice(from..end);
    let fits = s.byte(end) == b'#' && !body.starts_with(' ') && (is_known(Form::Hash, body) || is_personal(body));
    fits.then(|| Found::new(Form::Hash, at..end + 1, from..end))
}

/// One past the parenthesis that closes the one at `open`.
fn matching(s: &Scanner, open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    for (step, byte) in s.bytes.get(open..)?.iter().take(500).enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(open + step + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `@FIRSTNAME@`, and listmonk's `https://shop.example@TrackLink`.
pub(super) fn at_sign(s: &Scanner, at: usize) -> Option<Found> {
    let from = at + 1;
    if s.before(at).is_ascii_alphanumeric() || s.before(at) == b'/' {
        // https://listmonk.app/docs/templating/
        let tracked = s.has(from, "TrackLink") && !s.byte(from + 9).is_ascii_alphanumeric();
        return tracked.then(|| Found::new(Form::At, at..from + 9, from..from + 9));
    }
    let length = s.bytes.get(from..)?.iter().take(60).take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || **b == b'_').count();
    let end = from + length;
    let body = s.slice(from..end);
    let named = known(Form::At, body).is_some() || (s.owns(Form::At) && length > 1);
    if s.byte(end) == b'@' {
        return (named || is_personal(body)).then(|| Found::new(Form::At, at..end + 1, from..end));
    }
    let open = s.owns(Form::At) && known(Form::At, body).is_some() && !s.byte(end).is_ascii_alphanumeric();
    open.then(|| Found::new(Form::At, at..end, from..end).broken(Fault::CloserMissing))
}

/// `-firstName-`.
pub(super) fn dash(s: &Scanner, at: usize) -> Option<Found> {
    if s.before(at).is_ascii_alphanumeric() || s.before(at) == b'-' || !s.byte(at + 1).is_ascii_alphabetic() {
        return None;
    }
    let from = at + 1;
    let length = s.bytes.get(from..)?.iter().take(41).take_while(|b| b.is_ascii_alphanumeric() || b"_&;".contains(b)).count();
    let end = from + length;
    let body = s.slice(from..end);
    let fits = s.byte(end) == b'-' && !s.byte(end + 1).is_ascii_alphanumeric() && s.byte(end + 1) != b'-';
    let spoilt = body.contains('&') && s.owns(Form::Dash);
    let found = Found::new(Form::Dash, at..end + 1, from..end);
    (fits && (known(Form::Dash, body).is_some() || spoilt)).then(|| if spoilt { found.broken(Fault::Entity) } else { found })
}

/// `<unsubscribe>`, `</webversion>`, `<span class="eloquaemail">…</span>`.
pub(super) fn element(s: &Scanner, at: usize) -> Option<Found> {
    let start = if s.byte(at + 1) == b'/' { at + 2 } else { at + 1 };
    let length = s.bytes.get(start..)?.iter().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = s.slice(start..start + length);
    if length == 0 || !is_tag_element(name) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if lower == "span" && start == at + 1 {
        let end = until(s, start, b">")?;
        if !s.slice(start..end).to_ascii_lowercase().contains("eloquaemail") {
            return None;
        }
        let found = |close| Found::new(Form::Element, at..close, start..close);
        let Some(close) = s.next(end, "</span>", REACH) else { return Some(found(end + 1).broken(Fault::CloserMissing)) };
        let inner = start..close;
        return Some(Found::new(Form::Element, at..close + 7, inner));
    }
    let listed = known(Form::Element, &lower).is_some() && !matches!(s.byte(start + length), b'-' | b':');
    let end = listed.then(|| s.next(start, ">", REACH)).flatten()?;
    Some(Found::new(Form::Element, at..end + 1, at + 1..end))
}

/// Whether an element may stand for a tag: one that some platform has, or Eloqua's `<span>`. Asked of every element of a mail.
fn is_tag_element(name: &str) -> bool {
    let is_one = |name: &str| name == "span" || elements().contains(name);
    if name.bytes().any(|b| b.is_ascii_uppercase()) { is_one(&name.to_ascii_lowercase()) } else { is_one(name) }
}
