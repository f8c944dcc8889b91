//! Blocks: every `if` needs its end, in the right order.

use super::decide::Decision;
use super::form::Form;
use super::reading::Standing;
use super::{Kind, Place, Tag};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A block that does not close as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockFault {
    /// What is wrong.
    pub trouble: BlockTrouble,
    /// The name of the block: `if`.
    pub name: String,
    /// The tag that opens the block, if one does.
    pub opener: Option<Range<usize>>,
    /// The tag that closes or divides it, if one does.
    pub closer: Option<Range<usize>>,
}

/// How a block fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockTrouble {
    /// It is opened and never closed.
    Unclosed,
    /// It is closed by the end of another kind of block.
    Crossed,
    /// An end without a beginning.
    NeverOpened,
    /// An `else` outside every block.
    StrayElse,
}

/// The words with which blocks of a language begin that nobody listed, such as `{{depend order}}` of Magento: their ends show what
/// they are. A word that every language knows may have lost its sign.
fn unlisted(tags: &[Tag]) -> FxHashSet<&str> {
    const LISTED: [&str; 8] = ["if", "unless", "each", "with", "for", "foreach", "IF", "end"];
    // Where blocks begin with a sign, a word without it has lost it.
    if tags.iter().any(|tag| tag.form == Form::Double && tag.inside.starts_with('#')) {
        return FxHashSet::default();
    }
    let closed = tags.iter().filter_map(|tag| match &tag.kind {
        Kind::Close(name) => Some(name.as_str()),
        _ => None,
    });
    let mut words: FxHashSet<&str> = closed.filter(|name| !LISTED.contains(name)).collect();
    for tag in tags {
        if let Kind::Open(name) = &tag.kind {
            words.remove(name.as_str());
        }
    }
    words
}

/// The word before the arguments of a tag that prints something, as far as anybody knows.
fn opening(tag: &Tag) -> Option<&str> {
    (tag.kind == Kind::Print).then(|| tag.inside.split_once(char::is_whitespace)).flatten().map(|(word, _)| word)
}

/// What one tag does to the blocks; a tag with statements may do several things.
enum Event {
    Open(String),
    Middle,
    Close(String),
}

struct Opened {
    name: String,
    range: Range<usize>,
    foreign: bool,
}

/// Pairs the blocks of a draft. Samples, comments that Braze drops and blocks of other platforms are passed over.
pub fn blocks(tags: &[Tag], decision: &Decision) -> Vec<BlockFault> {
    let strips_comments = decision.platform().is_some_and(|dialect| dialect.id == "braze");
    let counted = tags.iter().filter(|tag| {
        let place = match tag.place {
            Place::Sample => false,
            Place::Comment => !strips_comments,
            _ => true,
        };
        place && matches!(tag.kind, Kind::Open(_) | Kind::Middle | Kind::Close(_) | Kind::Code | Kind::Print)
    });
    let words = unlisted(tags);
    let mut stacks: Vec<(Form, Vec<Opened>)> = Vec::new();
    let mut faults = Vec::new();
    for tag in counted {
        let form = family(tag.form);
        let foreign = matches!(decision.standing(tag), Standing::Foreign(_));
        let unlisted = opening(tag).filter(|word| words.contains(word)).map(|word| Event::Open(word.to_owned()));
        for event in events(tag).into_iter().chain(unlisted) {
            let at = stacks.iter().position(|(other, _)| *other == form).unwrap_or_else(|| {
                stacks.push((form, Vec::new()));
                stacks.len() - 1
            });
            if let Some((_, stack)) = stacks.get_mut(at) {
                faults.extend(apply(stack, event, &tag.range, foreign));
            }
        }
    }
    for opened in stacks.into_iter().flat_map(|(_, stack)| stack).filter(|opened| !opened.foreign) {
        faults.push(BlockFault { trouble: BlockTrouble::Unclosed, name: opened.name, opener: Some(opened.range), closer: None });
    }
    faults.sort_by_key(|fault| fault.opener.as_ref().or(fault.closer.as_ref()).map_or(0, |range| range.start));
    faults
}

/// Forms whose tags open and close one another's blocks.
fn family(form: Form) -> Form {
    match form {
        Form::Triple => Form::Double,
        Form::AmpPrint => Form::AmpBlock,
        form => form,
    }
}

fn apply(stack: &mut Vec<Opened>, event: Event, range: &Range<usize>, foreign: bool) -> Option<BlockFault> {
    let fault = |trouble, name: &str, opener: Option<Opened>| {
        let theirs = foreign || opener.as_ref().is_some_and(|opened| opened.foreign);
        let fault = BlockFault { trouble, name: name.to_owned(), opener: opener.map(|opened| opened.range), closer: Some(range.clone()) };
        (!theirs).then_some(fault)
    };
    match event {
        Event::Open(name) => {
            stack.push(Opened { name, range: range.clone(), foreign });
            None
        }
        Event::Middle if stack.is_empty() => fault(BlockTrouble::StrayElse, "else", None),
        Event::Middle => None,
        Event::Close(name) => {
            let Some(last) = stack.last() else { return fault(BlockTrouble::NeverOpened, &name, None) };
            if fits(&last.name, &name) {
                stack.pop();
                return None;
            }
            // If the block was opened further out, those inside were never closed; they are told of as crossed.
            let open = stack.iter().rev().take(64).position(|opened| fits(&opened.name, &name));
            let Some(depth) = open else { return fault(BlockTrouble::Crossed, &name, stack.pop()) };
            let inner = stack.drain(stack.len() - depth - 1..).nth(1);
            inner.and_then(|inner| fault(BlockTrouble::Crossed, &inner.name.clone(), Some(inner)))
        }
    }
}

fn fits(opened: &str, closed: &str) -> bool {
    closed.is_empty() || opened == closed || opened.split(' ').next() == Some(closed)
}

fn events(tag: &Tag) -> Vec<Event> {
    match (&tag.kind, tag.form) {
        (Kind::Open(name), Form::Element) if name == "span" => Vec::new(),
        (Kind::Open(name), _) => vec![Event::Open(name.clone())],
        (Kind::Middle, _) => vec![Event::Middle],
        (Kind::Close(name), _) => vec![Event::Close(name.clone())],
        (Kind::Code, Form::AmpBlock) => ampscript(&tag.inside),
        (Kind::Code, Form::Script | Form::Php) => script(&tag.inside),
        _ => Vec::new(),
    }
}

/// The words of a script outside its strings and comments.
fn words(code: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    let bytes = code.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let skipped = match byte {
            b'"' | b'\'' => rest.iter().skip(1).position(|b| *b == byte).map(|end| end + 2),
            b'/' if rest.starts_with(b"/*") => rest.windows(2).position(|pair| pair == b"*/").map(|end| end + 2),
            _ => None,
        };
        let word = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'@' || byte >= 0x80;
        if !word || skipped.is_some() {
            found.extend(code.get(start..at).filter(|word| !word.is_empty()));
            if matches!(byte, b'{' | b'}' | b':' | b';') {
                found.extend(code.get(at..=at));
            }
            start = at + skipped.unwrap_or(1);
        }
        at += skipped.unwrap_or(1);
    }
    found.extend(code.get(start..).filter(|word| !word.is_empty()));
    found
}

fn ampscript(code: &str) -> Vec<Event> {
    let events = words(code).into_iter().filter_map(|word| match word.to_ascii_lowercase().as_str() {
        "if" => Some(Event::Open("if".into())),
        "elseif" | "else" => Some(Event::Middle),
        "endif" => Some(Event::Close("if".into())),
        "for" => Some(Event::Open("for".into())),
        "next" => Some(Event::Close("for".into())),
        _ => None,
    });
    events.collect()
}

/// Whether the braces of a script are those of Ruby, within one line: `list.sort { |a, b| a <=> b }.each do |one|`.
fn is_ruby(code: &str, words: &[&str]) -> bool {
    let count = |brace: &str| words.iter().filter(|word| **word == brace).count();
    let has_names = ["{ |", "{|"].iter().any(|block| code.contains(block));
    let opens = code.trim_end_matches(['-', ' ', '\n']);
    let opens = opens.strip_suffix('|').and_then(|names| Some(names.rsplit_once('|')?.0)).unwrap_or(opens);
    count("{") == count("}") && (has_names || opens.trim_end().ends_with(" do"))
}

/// JavaScript and PHP count braces; Ruby has words, and PHP has both.
fn script(code: &str) -> Vec<Event> {
    let words = words(code);
    if words.iter().any(|word| matches!(*word, "{" | "}")) && !is_ruby(code, &words) {
        let brace = |word: &&str| match *word {
            "{" => Some(Event::Open("{".into())),
            "}" => Some(Event::Close("{".into())),
            _ => None,
        };
        return words.iter().filter_map(brace).collect();
    }
    let first = words.first().copied().unwrap_or("");
    match first {
        "if" | "unless" | "case" | "while" | "for" | "begin" | "foreach" | "switch" => vec![Event::Open("end".into())],
        "else" | "elsif" | "elseif" | "when" => vec![Event::Middle],
        "end" | "endif" | "endforeach" | "endfor" | "endwhile" | "endswitch" => vec![Event::Close("end".into())],
        _ if words.contains(&"do") => vec![Event::Open("end".into())],
        _ => Vec::new(),
    }
}
