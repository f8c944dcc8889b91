//! What a coupon code looks like: capitals and figures in one piece, in letters set apart, or with a number set apart.

use std::ops::Range;

/// The longest code that is looked for, in characters.
const LONGEST: usize = 30;

/// The parts of a text that have the look of a code, in order.
pub(super) fn candidates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut words = words(text).peekable();
    while let Some(word) = words.next() {
        let mut range = word.clone();
        if letters(text, &word) == 1 {
            // "S P R I N G 2 0"
            let mut count = 1;
            while let Some(next) = words.next_if(|next| is_next(text, &range, next) && letters(text, next) == 1) {
                (range.end, count) = (next.end, count + 1);
            }
            if (4..=20).contains(&count) {
                found.push(range);
            }
            continue;
        }
        let number =
            words.peek().filter(|next| is_next(text, &range, next) && next.len() <= 3 && text.get((*next).clone()).is_some_and(is_number));
        if let Some(number) = number {
            range.end = number.end;
        }
        if (3..=LONGEST).contains(&letters(text, &word)) {
            found.push(range);
        }
    }
    found
}

/// The runs of capitals, figures, hyphens and low lines that no other letter touches.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
            let (run, start) = (rest.get(..end).unwrap_or_default(), at);
            at += end + rest.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let trimmed = run.trim_matches(['-', '_']);
            if !trimmed.is_empty() && trimmed.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_')) {
                let start = start + (run.len() - run.trim_start_matches(['-', '_']).len());
                return Some(start..start + trimmed.len());
            }
        }
    })
}

fn letters(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone()).unwrap_or_default().chars().count()
}

/// Whether one blank alone parts two ranges.
fn is_next(text: &str, range: &Range<usize>, next: &Range<usize>) -> bool {
    text.get(range.end..next.start) == Some(" ")
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text has a run of capitals and figures that could be a code at all. Most texts have none, and a look at their
/// bytes is cheaper than a search.
pub(super) fn may_hold_code(text: &str) -> bool {
    let (mut run, mut letters, mut apart) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        let capital = c.is_ascii_uppercase() || !c.is_ascii() && c.is_uppercase();
        if capital || c.is_ascii_digit() || matches!(c, '-' | '_') {
            run += c.len_utf8();
            letters += usize::from(capital);
            if run >= 3 && letters > 0 {
                return true;
            }
            continue;
        }
        apart = if c == ' ' && run == 1 { apart + 1 } else { 0 };
        // "S P R I N G": letters one by one; the last may end the text.
        if apart >= 3 || (apart == 2 && at + 2 == text.len()) {
            return true;
        }
        (run, letters) = (0, 0);
    }
    false
}

/// How much of "SPRING 20" is the code: "SPRING 20% off" says how much, not how the code goes on.
pub(super) fn without_quantity(shown: &str, after: &str) -> usize {
    let Some((code, number)) = shown.rsplit_once(' ') else { return shown.len() };
    let counts = code.len() > 1 && !code.contains(' ') && number.bytes().all(|b| b.is_ascii_digit());
    let after = after.trim_start().to_lowercase();
    let quantity = ["%", "€", "£", "$", "off", "percent", "prozent", "eur", "days", "hours", "times", "items", ",", ":", "."];
    if counts && (code.ends_with(|c: char| c.is_ascii_digit()) || quantity.iter().any(|word| after.starts_with(word))) {
        code.len()
    } else {
        shown.len()
    }
}

/// A code whose letters are set apart, as one word. A number behind a word stays apart: the till would not take it.
pub(super) fn joined(shown: &str) -> String {
    if shown.split(' ').all(|piece| piece.chars().count() == 1) { shown.replace(' ', "") } else { shown.to_owned() }
}

pub(super) fn is_one_word(text: &str) -> bool {
    text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
        && text.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Whether a word has the look of a code, and is not a shouted word of the sentence.
pub(super) fn is_code(word: &str) -> bool {
    const SHOUTED: [&str; 52] = [
        "BELOW",
        "TODAY",
        "ONLINE",
        "CHECKOUT",
        "HERE",
        "THIS",
        "YOUR",
        "CODE",
        "CODES",
        "FREE",
        "SALE",
        "ONLY",
        "THE",
        "NOW",
        "AND",
        "FOR",
        "OFF",
        "SAVE",
        "SHIPPING",
        "COUPON",
        "PROMO",
        "WITH",
        "YOU",
        "USE",
        "GET",
        "NOT",
        "ALL",
        "HTML",
        "HTTP",
        "JSON",
        "CAUTION",
        "CARE",
        "MORE",
        "LOVE",
        "EVERY",
        "DISCOUNT",
        "ABOVE",
        "REQUIRED",
        "NEEDED",
        "HERE",
        "SHOP",
        "INSIDE",
        "REVIEW",
        "STYLE",
        "WILL",
        "FROM",
        "WHEN",
        "GIFT",
        "CERTIFICATE",
        "BOOK",
        "VALUE",
        "NUMBER",
    ];
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters + digits >= 4 && letters >= 1 && !SHOUTED.contains(&word) && !word.ends_with(['-', '_'])
}
