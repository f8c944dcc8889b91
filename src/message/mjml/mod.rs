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
/// # Errors
/// An element that is not closed, or closed as another one, where no templating could be the reason.
pub(super) fn compile(source: &Arc<Source>) -> Result<Result<usize, String>, Error> {
    let text = source.text();
    let (faults, depth) = elements::check(text);
    let has_blocks = BLOCKS.iter().any(|block| text.contains(block));
    if let Some(fault) = faults {
        return if has_blocks { Ok(Err(String::from("its template blocks cut through elements"))) } else { Err(error(source, &fault)) };
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

fn render(text: &str) -> Option<usize> {
    let parsed = mrml::parse(text.trim_start_matches('\u{feff}').trim()).ok()?;
    let html = parsed.element.render(&mrml::prelude::render::RenderOptions::default()).ok()?;
    Some(html.len())
}

/// Words a fault for people.
fn error(source: &Arc<Source>, fault: &Fault) -> Error {
    match fault {
        Fault::NeverClosed { name, tag } => Error::at(&source.span(tag.clone()), format!("<{name}> is never closed"))
            .help(format!("write </{name}> where it ends; MJML does not compile without it")),
        Fault::Mismatched { name, tag, open } => {
            let line = source.span(open.1.clone()).place().line;
            Error::at(&source.span(tag.clone()), format!("</{name}> closes <{}>, which was opened in line {line}", open.0))
                .help(format!("write </{}> before it; MJML does not compile otherwise", open.0))
        }
        Fault::NeverOpened { name, tag } => {
            Error::at(&source.span(tag.clone()), format!("</{name}> closes an element that was never opened"))
                .help("take it out, or write the tag that opens it")
        }
        Fault::TagNeverEnds { name, tag } => Error::at(&source.span(tag.clone()), format!("the tag <{name} never ends"))
            .help("look for a quote that is not closed, or a missing `>`"),
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
    fn what_is_broken_has_its_place() {
        let broken = "<mjml>\n <mj-body>\n  <mj-section>\n </mj-body>\n</mjml>";
        assert_eq!(compiled(broken).expect_err("broken"), "</mj-body> closes <mj-section>, which was opened in line 3 at a.mjml:4:2");
        assert_eq!(compiled("<mjml><mj-body>").expect_err("open"), "<mj-body> is never closed at a.mjml:1:7");
        assert!(compiled("<mjml><mj-body><mj-image src=\"a.png />\n</mj-body></mjml>").expect_err("quote").contains("never ends"));
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
