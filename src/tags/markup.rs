//! Where in a text the scanner stands: running text, an HTML tag, a comment, a style sheet, a code sample.

use super::Place;

/// Follows the HTML (or the backticks of Markdown) while the scanner walks along.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a place that the text is in, and they overlap")]
pub(super) struct Markup {
    html: bool,
    in_comment: bool,
    in_tag: bool,
    /// The name of the style or script element that it is in.
    raw: Option<&'static str>,
    samples: u32,
    fenced: bool,
    sample_end: usize,
}

impl Markup {
    pub(super) fn new(html: bool) -> Self {
        Self { html, ..Self::default() }
    }

    /// What the byte at `at` stands in.
    pub(super) fn place(&self, at: usize) -> Place {
        if self.in_comment {
            Place::Comment
        } else if self.raw.is_some() {
            Place::Style
        } else if self.in_tag {
            Place::Attribute
        } else if self.samples > 0 || self.fenced || at < self.sample_end {
            Place::Sample
        } else {
            Place::Text
        }
    }

    /// Takes note of the byte at `at`; says where to go on if it began something without tags of its own.
    pub(super) fn step(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = bytes.get(at..).unwrap_or_default();
        match rest.first()? {
            b'`' if !self.html => self.backtick(bytes, at, rest),
            b'<' if self.html => self.angle(at, rest),
            b'>' if self.html => {
                self.in_tag = false;
                None
            }
            b'-' if self.in_comment && rest.starts_with(b"-->") => {
                self.in_comment = false;
                Some(at + 3)
            }
            _ => None,
        }
    }

    fn angle(&mut self, at: usize, rest: &[u8]) -> Option<usize> {
        if let Some(name) = self.raw {
            if rest.get(1) == Some(&b'/') && named(rest.get(2..)?, name) {
                self.raw = None;
            }
            return None;
        }
        if rest.starts_with(b"<!--[if") || rest.starts_with(b"<![") || rest.starts_with(b"<!--<!") || rest.starts_with(b"<!-->") {
            // Outlook reads what stands between the two ends; the ends themselves hold no tags.
            let end = rest.iter().take(400).position(|&b| b == b'>').map_or(2, |end| end + 1);
            self.in_comment = false;
            return Some(at + end);
        }
        if rest.starts_with(b"<!--") && !self.in_comment {
            self.in_comment = true;
            return Some(at + 4);
        }
        if self.in_comment {
            return None;
        }
        let (closing, name) = if rest.get(1) == Some(&b'/') { (true, rest.get(2..)?) } else { (false, rest.get(1..)?) };
        if !name.first()?.is_ascii_alphabetic() && name.first() != Some(&b'!') {
            return None;
        }
        self.in_tag = true;
        if named_one_of(name, &["code", "pre", "samp", "kbd"]).is_some() {
            self.samples = if closing { self.samples.saturating_sub(1) } else { self.samples + 1 };
        }
        if !closing {
            self.raw = named_one_of(name, &["style", "script"]);
        }
        None
    }

    fn backtick(&mut self, bytes: &[u8], at: usize, rest: &[u8]) -> Option<usize> {
        if rest.starts_with(b"```") {
            let line_start = at == 0 || bytes.get(at - 1) == Some(&b'\n');
            self.fenced ^= line_start;
            return Some(at + 3);
        }
        if !self.fenced && at >= self.sample_end {
            let line = rest.get(1..)?.iter().take(400).take_while(|b| **b != b'\n');
            let close = line.enumerate().find(|(_, b)| **b == b'`').map(|(close, _)| close)?;
            self.sample_end = at + close + 2;
        }
        None
    }
}

/// Which of these element names bytes begin with. Asked of every tag, and nearly none begins with one of the letters.
fn named_one_of(bytes: &[u8], names: &[&'static str]) -> Option<&'static str> {
    let first = bytes.first()?.to_ascii_lowercase();
    names.iter().copied().find(|name| name.as_bytes().first() == Some(&first) && named(bytes, name))
}

/// Whether bytes begin with this element name and end it there.
fn named(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'-')
}
