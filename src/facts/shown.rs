//! How the text of an HTML body is shown: hidden, struck through, as a heading, as code.

use super::style::styled;
use scraper::ElementRef;

/// Elements whose content is never shown as text.
const UNSEEN: [&str; 8] = ["script", "style", "template", "noscript", "object", "mj-style", "mj-attributes", "mj-html-attributes"];

/// How text is shown, by all elements around it.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; no two exclude each other")]
pub(super) struct Shown {
    /// Never, whatever the styles say.
    pub(super) unseen: bool,
    /// Hidden by a style.
    pub(super) hidden: bool,
    /// As a heading.
    pub(super) heading: bool,
    /// As code.
    pub(super) sample: bool,
    /// Struck through.
    pub(super) strike: bool,
}

impl Shown {
    /// The same inside one more element.
    pub(super) fn inside(self, element: ElementRef<'_>) -> Self {
        let name = element.value().name();
        let (mut style, mut hidden) = (None, false);
        for (name, value) in element.value().attrs() {
            match name {
                "style" => style = Some(value),
                "hidden" => hidden = true,
                _ => {}
            }
        }
        Self {
            unseen: self.unseen || UNSEEN.contains(&name),
            hidden: self.hidden || style.map_or(hidden, is_hidden),
            heading: self.heading || is_heading(name),
            sample: self.sample || is_sample(name),
            strike: self.strike || is_struck(name, style),
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_sample(name: &str) -> bool {
    matches!(name, "code" | "pre" | "samp" | "kbd" | "tt" | "textarea")
}

/// Whether an element strikes its text through, by its name or by its style.
fn is_struck(name: &str, style: Option<&str>) -> bool {
    let by_style =
        |style: &str| style.contains("line-through") && styled(style, "text-decoration").is_none_or(|how| how.contains("line-through"));
    matches!(name, "del" | "s" | "strike") || style.is_some_and(by_style)
}

/// Whether an element's own style hides it from the reader, as preheaders are hidden.
fn is_hidden(style: &str) -> bool {
    const HIDING: [&str; 6] = ["display:none", "mso-hide:all", "visibility:hidden", "max-height:0", "max-height:0px", "opacity:0"];
    // Asked of every element, and nearly every element of a mail has a style.
    let mut from = 0;
    memchr::memchr_iter(b';', style.as_bytes()).chain([style.len()]).any(|end| {
        let part = style.get(from..end).unwrap_or_default().trim_start();
        from = end + 1;
        let begins = matches!(part.as_bytes().first(), Some(b'd' | b'm' | b'v' | b'o' | b'D' | b'M' | b'V' | b'O'));
        begins && {
            let part = part.split('!').next().unwrap_or(part);
            let written = || part.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase());
            HIDING.iter().any(|hiding| written().eq(hiding.chars()))
        }
    })
}
