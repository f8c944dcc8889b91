//! MJML: whether its elements are closed, and how large the HTML is that it becomes.
//!
//! The text is checked in the MJML itself, where its places are; mrml's own places are not to be trusted.

mod elements;

use crate::error::Error;
use crate::source::Source;
use elements::Fault;
use std::sync::Arc;

/// Deepest nesting that is compiled: the compiler calls itself for each level.
const DEEPEST: usize = 48;

/// Longest MJML that is compiled, in bytes.
const LONGEST: usize = 2 * 1024 * 1024;

/// Beginnings of blocks of templating languages, which may open an element in one branch and close it in another.
const BLOCKS: [&str; 9] = ["{%", "{{#", "{{^", "{{/", "<%", "*|IF", "*|END", "%%[", "<#"];

/// The size of the HTML that an MJML becomes, in bytes, or in words why it could not be compiled.
///
/// MJML's own compiler forgives much: it closes `<mj-image>` by itself, and drops what it does not know. So a fault of that
/// kind keeps nobody from sending, and only says that nothing was compiled here (tried with mjml 5.4.1).
///
/// # Errors
/// Faults at which MJML silently swallows the rest: a tag that never ends, a text that is never closed.
pub(super) fn compile(source: &Arc<Source>) -> Result<Result<usize, String>, Error> {
    let text = source.text();
    let (fault, depth) = elements::check(text);
    if let Some(fault) = fault {
        if BLOCKS.iter().any(|block| text.contains(block)) {
            return Ok(Err(String::from("its template blocks cut through elements")));
        }
        return if fault.swallows() { Err(error(source, &fault)) } else { Ok(Err(words(source, &fault))) };
    }
    let lower = text.get(..text.len().min(LONGEST)).unwrap_or(text).to_ascii_lowercase();
    if lower.contains("<mj-include") {
        return Ok(Err(String::from("it includes other files")));
    }
    if !lower.contains("<mjml") {
        return Ok(Err(String::from("it is a piece of a template, without <mjml>")));
    }
    if text.len() > LONGEST || depth > DEEPEST {
        return Ok(Err(String::from("it is too long or nested too deeply")));
    }
    Ok(render(text).ok_or_else(|| String::from("it uses something that presend's MJML compiler does not know")))
}

/// Compiles, and says how long the result is.
///
/// mrml's tokenizer panics between the bytes of a letter (`é!>`). The length is all that is wanted, so it gets one plain
/// letter for every byte of others; and whatever else it may stumble over stays its own matter.
fn render(text: &str) -> Option<usize> {
    let plain: String =
        text.trim_start_matches('\u{feff}').trim().bytes().map(|b| if b.is_ascii() { char::from(b) } else { 'x' }).collect();
    let compiled = std::panic::catch_unwind(|| {
        let parsed = mrml::parse(&plain).ok()?;
        Some(parsed.element.render(&mrml::prelude::render::RenderOptions::default()).ok()?.len())
    });
    compiled.ok().flatten()
}

/// The error for a fault that swallows the rest of the mail.
fn error(source: &Arc<Source>, fault: &Fault) -> Error {
    let help = match fault {
        Fault::NeverClosed { name, .. } => format!("write </{name}> where it ends: MJML drops its text without a word"),
        _ => String::from("look for a quote that is not closed, or a missing `>`: MJML drops what follows without a word"),
    };
    Error::at(&source.span(fault.tag()), fault_in_words(source, fault)).help(help)
}

/// A fault with its place, for the list of what was not checked.
fn words(source: &Arc<Source>, fault: &Fault) -> String {
    format!("{} ({})", fault_in_words(source, fault), source.span(fault.tag()).place())
}

fn fault_in_words(source: &Arc<Source>, fault: &Fault) -> String {
    match fault {
        Fault::NeverClosed { name, .. } => format!("<{name}> is never closed"),
        Fault::Mismatched { name, open, .. } => {
            format!("</{name}> closes <{}>, which was opened in line {}", open.0, source.span(open.1.clone()).place().line)
        }
        Fault::NeverOpened { name, .. } => format!("</{name}> closes an element that was never opened"),
        Fault::TagNeverEnds { name, .. } => format!("the tag <{name} never ends"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(text: &str) -> Result<Result<usize, String>, String> {
        compile(&Source::file("a.mjml", text)).map_err(|error| format!("{} at {}", error.message(), error.place().unwrap_or_default()))
    }

    #[test]
    fn what_is_whole_compiles() {
        let size =
            compiled("<mjml><mj-body><mj-section><mj-column><mj-text>Hi<br>there</mj-text></mj-column></mj-section></mj-body></mjml>");
        assert!(size.expect("whole").expect("compiled") > 500);
    }

    #[test]
    fn what_is_swallowed_is_an_error_with_its_place() {
        let open = "<mjml><mj-body><mj-section>\n<mj-column><mj-text>Hi</mj-column></mj-section></mj-body></mjml>";
        assert_eq!(compiled(open).expect_err("open"), "<mj-text> is never closed at a.mjml:2:12");
        assert!(compiled("<mjml><mj-body><mj-image src=\"a.png />\n</mj-body></mjml>").expect_err("quote").contains("never ends"));
    }

    #[test]
    fn letters_of_several_bytes_count_as_their_bytes() {
        let size =
            |text: &str| compiled(&format!("<mjml><mj-body><mj-raw>{text}</mj-raw></mj-body></mjml>")).expect("whole").expect("compiled");
        assert_eq!(size("é"), size("xx"));
        assert!(compiled("<mjml><mj-body>é!></mj-body></mjml>").is_ok());
    }

    #[test]
    fn what_mjml_forgives_is_not_compiled_and_says_so() {
        let mild = "<mjml>\n <mj-body>\n  <mj-image src=\"a.png\">\n </mj-body>\n</mjml>";
        let why = compiled(mild).expect("forgiven").expect_err("not compiled");
        assert_eq!(why, "</mj-body> closes <mj-image>, which was opened in line 3 (a.mjml:4:2)");
        assert!(compiled("<mjml><mj-body>").expect("forgiven").is_err());
    }

    #[test]
    fn templating_and_includes_are_no_faults() {
        for text in [
            "<mjml><mj-body>{% if a %}<mj-section>{% else %}<mj-section>{% endif %}</mj-section></mj-body></mjml>",
            "<mjml><mj-body><mj-include path=\"./header.mjml\" /></mj-body></mjml>",
            "<mj-section><mj-column></mj-column></mj-section>",
            "<mjml><mj-body><mj-raw><!-- </mj-section> --><p>x</mj-raw><mj-nonsense /></mj-body></mjml>",
        ] {
            assert!(compiled(text).expect("no fault").is_err(), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_left_alone() {
        let text = format!("<mjml><mj-body>{}{}</mj-body></mjml>", "<mj-wrapper>".repeat(20_000), "</mj-wrapper>".repeat(20_000));
        assert!(compiled(&text).expect("whole").is_err());
        let text = format!("<mjml><mj-body><mj-text>{}</mj-text></mj-body></mjml>", "<div>".repeat(20_000));
        assert!(compiled(&text).expect("whole").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "<mjml><mj-body>(</?mj-(text|section|raw|image|column)( [a-z]=\"[a-z]?\"?)? ?/?>|[a-z<>&;!-]{0,5}|<!--|-->|\\{\\{x\\}\\}|<p>|é){0,20}</mj-body></mjml>") {
            let _ = compiled(&text);
        }
    }
}
