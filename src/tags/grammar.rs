//! Whether an engine would read the inside of a tag: one short test for each grammar.

use super::dialect::Grammar;
use super::expression::{Expression, Style, holds, is_literal, is_path, without_steps};
use super::form::Form;
use super::known_words::{AJO, DJANGO, FILTERS, GETRESPONSE, GO_WORDS, JINJA, LIQUID, Words};

/// Whether this grammar reads the inside. `signed` says that a name in it is known to be the dialect's.
pub(super) fn reads(grammar: Grammar, form: Form, tag: &Expression, inside: &str, signed: bool) -> bool {
    match grammar {
        Grammar::Star
        | Grammar::Ampscript
        | Grammar::Element
        | Grammar::Comment
        | Grammar::Php
        | Grammar::Shortcode
        | Grammar::Velocity => true,
        Grammar::Django if form == Form::Percent => word_of(tag, &[&DJANGO], signed),
        Grammar::Liquid if matches!(form, Form::Percent | Form::SquarePercent) => word_of(tag, &[&LIQUID], signed),
        Grammar::Jinja if form == Form::Percent => word_of(tag, &[&DJANGO, &JINJA], signed),
        Grammar::JinjaAny if form == Form::Percent => tag.sigil.is_empty() && !LIQUID_ONLY.contains(&tag.word),
        Grammar::LiquidAny => tag.sigil.is_empty() && !JINJA_ONLY.contains(&tag.word),
        Grammar::Django => django(tag),
        Grammar::Liquid => liquid(tag),
        Grammar::Jinja => jinja(tag),
        Grammar::JinjaAny => jinja(tag) || django(tag),
        Grammar::Handlebars => handlebars(tag, inside, signed),
        Grammar::Mustache => mustache(tag, signed),
        Grammar::Sendgrid => !double_helper(tag) && (handlebars(tag, inside, signed) || piped(tag, 1)),
        Grammar::Go => go(tag, inside, signed),
        Grammar::Ajo => ajo(tag),
        Grammar::AjoPath => {
            (tag.filters.is_empty() || inside.contains(" as |"))
                && (is_path(tag.head, false) || matches!(tag.sigil, "#" | "/") || tag.word == "fragment")
        }
        Grammar::Asm => is_path(inside, false) && !inside.contains('.'),
        Grammar::Script => !tag.sigil.is_empty() || !is_path(inside, false) || inside.contains('.') || matches!(inside, "end" | "else"),
        _ => platform(grammar, form, tag, inside, signed),
    }
}

/// The grammars that one platform alone has.
fn platform(grammar: Grammar, form: Form, tag: &Expression, inside: &str, signed: bool) -> bool {
    match grammar {
        Grammar::Attributes => (signed || is_path(tag.word, false)) && attributes(tag.args),
        Grammar::Bang => words(inside) && (signed || !inside.contains('.')),
        Grammar::Comma => comma(inside),
        Grammar::Formula => inside.contains('.') || inside.contains('('),
        Grammar::Getresponse => tag.sigil.is_empty() && GETRESPONSE.contains(tag.word),
        Grammar::Ghost => {
            is_path(tag.word, false) && !inside.contains(['|', '=', '.']) && (tag.args.is_empty() || tag.args.contains(['"', '”']))
        }
        Grammar::LowerName => is_path(inside, false) && !inside.contains(char::is_uppercase),
        Grammar::Mailgun => signed && !inside.contains(' '),
        Grammar::Mailjet => signed || ["var:", "data:", "mj:"].iter().any(|scope| inside.starts_with(scope)),
        Grammar::Marketo => signed && tag.filters.is_empty(),
        Grammar::Mautic => signed && !inside.contains(' ') || inside.contains('='),
        Grammar::Name => words(inside) && (form == Form::Dollar || !inside.contains(' ')),
        Grammar::Or => {
            let (name, fallback) = inside.split_once(" OR ").unwrap_or((inside, "\"\""));
            is_path(name.trim(), false) && fallback.trim().starts_with('"') && fallback.trim().ends_with('"')
        }
        Grammar::Percent => signed || tag.word == "IF" || (!inside.contains(' ') && !inside.contains(char::is_lowercase)),
        Grammar::Pipe => piped(tag, 1) || (tag.filters.is_empty() && words(tag.head) && (form != Form::Double || is_path(tag.head, false))),
        Grammar::Plunk => tag.filters.is_empty() && is_path(tag.head.split("??").next().unwrap_or("").trim(), false),
        // Its builder works off Smarty in double braces.
        Grammar::Prestashop if form == Form::Double => {
            inside.starts_with('$')
                || matches!(inside, "/if" | "else" | "/foreach")
                || ["if $", "elseif $", "foreach $", "if !$"].iter().any(|head| inside.starts_with(head))
        }
        Grammar::Prestashop => is_path(inside, false),
        Grammar::Smarty => is_path(tag.head, false) && tag.filters_are(&[Style::Bare, Style::Paren]),
        Grammar::Word => is_path(inside, false) && !inside.contains('.'),
        Grammar::Zephyr => !inside.contains('|') && !inside.contains("=\"") && !tag.head.contains(", \""),
        _ => false,
    }
}

/// Words that Liquid has and Jinja has not. Any other may be an extension.
const LIQUID_ONLY: &[&str] = &["elsif", "assign", "capture", "endcapture", "unless", "endunless", "tablerow", "endtablerow"];
/// Words that Jinja and Django have and Liquid has not.
const JINJA_ONLY: &[&str] =
    &["elif", "set", "macro", "endmacro", "block", "endblock", "extends", "import", "from", "call", "endcall", "autoescape"];

fn word_of(tag: &Expression, lists: &[&Words], signed: bool) -> bool {
    tag.sigil.is_empty() && (signed || lists.iter().any(|list| list.contains(tag.word)))
}

fn django(tag: &Expression) -> bool {
    tag.sigil.is_empty()
        && ((is_path(tag.head, false) && !tag.head.contains('[')) || is_literal(tag.head))
        && tag.filters_are(&[Style::Bare, Style::Colon, Style::ColonSpace])
}

fn liquid(tag: &Expression) -> bool {
    let bare = tag.head.contains(['$', '}']).then(|| tag.head.replace("${", "").replace('}', ""));
    let head = bare.as_deref().unwrap_or(tag.head);
    tag.sigil.is_empty()
        && (is_path(head.trim_end_matches('?'), true) || is_literal(head))
        && tag.filters_are(&[Style::Bare, Style::Colon, Style::ColonSpace])
}

fn jinja(tag: &Expression) -> bool {
    let plain = is_path(tag.head, false) || is_literal(tag.head);
    // A pipe inside the parentheses of a call is no filter of the tag.
    let cut = tag.head.contains('(') && is_path(tag.word, false) && tag.head.matches('(').count() > tag.head.matches(')').count();
    let operators = [" if ", " or ", " and ", " ~ ", " + ", " - ", " * ", " / ", " == ", " ? ", " is "];
    let operated = || tag.head.contains(' ') && operators.iter().any(|operator| holds(tag.head, operator));
    let cut = cut || tag.head.starts_with('[') && !tag.head.ends_with(']');
    let written = plain || cut || tag.head.ends_with([')', ']', '}']) || operated();
    tag.sigil.is_empty()
        && written
        && !tag.head.starts_with(['.', '$'])
        && !holds(tag.head, "${")
        && (cut || tag.filters_are(&[Style::Bare, Style::Paren]))
}

fn handlebars(tag: &Expression, inside: &str, signed: bool) -> bool {
    if matches!(tag.sigil, "!" | "!--") {
        return true;
    }
    // `{{#each items as |item|}}` has pipes that are no filters.
    let block = tag.sigil.starts_with('#') && holds(inside, " as |");
    let word = without_steps(without_steps(tag.word, "../"), "./").trim_start_matches('@');
    let inverse = tag.sigil == "^" && inside.trim() == "^";
    let parent = matches!(tag.word, ".." | "." | "this");
    let segment = tag.word.starts_with('[');
    (block || tag.filters.is_empty())
        && matches!(tag.sigil, "" | "#" | "/" | "^" | ">" | "&" | "#>" | "#*" | "*")
        && (signed
            || inverse
            || parent
            || segment
            || is_literal(tag.head)
            || if word.contains('/') { is_path(&word.replace('/', "."), true) } else { is_path(word, true) }
            || word.starts_with('('))
        && !tag.args.starts_with(['=', '?', ':'])
        && !(tag.head.contains('(') && tag.head.contains(&format!("{}(", tag.word)))
        && !tag.head.contains([';', '{'])
        && !operators(tag.args)
}

/// `insert` takes a field, not another helper. <https://github.com/sendgrid/docs>
fn double_helper(tag: &Expression) -> bool {
    tag.word == "insert" && ["formatDate", "length", "equals"].iter().any(|helper| tag.args.starts_with(helper))
}

/// Whether arguments hold an operator, which a helper call never has outside quotation marks.
fn operators(args: &str) -> bool {
    !args.is_empty()
        && (["??", "?:", " || ", " && "].iter().any(|operator| holds(args, operator)) || args == "or" || args.starts_with("or "))
}

fn mustache(tag: &Expression, signed: bool) -> bool {
    let is_name =
        |text: &str| if text.contains('/') { is_path(&text.replace("../", "").replace('/', "."), true) } else { is_path(text, true) };
    let path = |text: &str| is_name(text) || matches!(text, "." | ".." | "this");
    let known = match tag.sigil {
        "!" | "!--" => return true,
        "#" => match tag.word {
            "each" => path(tag.args),
            "if" | "unless" | "with" => false,
            _ => path(tag.head),
        },
        "" | "^" | "/" | "&" => path(tag.head) && tag.head != "else",
        _ => false,
    };
    tag.filters.is_empty() && (signed || known)
}

fn go(tag: &Expression, inside: &str, signed: bool) -> bool {
    if tag.sigil == "/*" {
        return true;
    }
    let starts = tag.word.starts_with(['.', '$']) || tag.word.starts_with('"') || tag.word.starts_with('(') || inside.starts_with('`');
    let path = |word: &str| {
        word.is_empty() || word.trim_start_matches(['.', '$', '(']).chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | ')'))
    };
    tag.sigil.is_empty()
        && !holds(tag.word, "${")
        && (GO_WORDS.contains(tag.word)
            || (starts && (path(tag.word) || is_literal(tag.head)))
            || ((signed || calls(tag)) && path(tag.word) && dotted_right(tag.word)))
        && tag.filters.iter().all(|filter| matches!(filter.style, Style::Bare | Style::Space))
}

/// A function of one's own with a field, or listmonk's words of a language: `{{ price .Total }}`, `{{ L.Ts "email.hello" }}`.
fn calls(tag: &Expression) -> bool {
    tag.word.starts_with("L.") || tag.args.split([' ', '(']).any(|arg| arg.len() > 1 && arg.starts_with(['.', '$']))
}

/// `Subscriber.Name` is no Go: fields begin with a dot, functions have none inside.
fn dotted_right(word: &str) -> bool {
    word.starts_with('.') || !word.contains('.') || word.starts_with("L.")
}

fn ajo(tag: &Expression) -> bool {
    match tag.sigil {
        "=" => tag.filters.is_empty() && !two_words(tag.head),
        "#" | "/" => true,
        "" => AJO.contains(tag.word),
        _ => false,
    }
}

/// Whether two plain words stand side by side, as in `lead.Anonymous IP`.
fn two_words(head: &str) -> bool {
    let expression = head.split("?:").next().unwrap_or("");
    let words: Vec<&str> = expression.split_whitespace().collect();
    words
        .windows(2)
        .any(|pair| pair.iter().all(|word| is_path(word, false)) && !pair.iter().any(|word| matches!(*word, "and" | "or" | "not" | "in")))
}

/// `name|text`: one pipe, after it a text that is no filter.
fn piped(tag: &Expression, most: usize) -> bool {
    let text = |filter: &super::expression::Filter| matches!(filter.style, Style::Bare | Style::Space) || filter.name.is_empty();
    let plain = tag.filters.iter().all(|filter| text(filter) && !(FILTERS.contains(filter.name) && filter.style == Style::Space));
    !tag.filters.is_empty() && tag.filters.len() <= most && plain && words(tag.head)
}

/// `mode="fc" fallback="there"`: every value in quotation marks.
fn attributes(args: &str) -> bool {
    args.is_empty()
        || args.split('"').count() % 2 == 1 && args.split('"').step_by(2).all(|gap| gap.trim().is_empty() || gap.trim_end().ends_with('='))
}

fn comma(inside: &str) -> bool {
    match inside.split_once(',') {
        None => words(inside) || inside.starts_with("if:") || inside.starts_with("elseif:"),
        Some((name, rest)) => words(name) && rest.starts_with("fallback="),
    }
}

/// A name that may have spaces, dots, colons and hyphens.
fn words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(|c| c.is_alphanumeric() || " _.:-+".contains(c))
}
