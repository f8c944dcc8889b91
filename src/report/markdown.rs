//! The report for a comment on a pull request: Markdown that is short enough to be posted, and in which nothing of the
//! draft is markup, mentions anybody or becomes a link.

use super::place::Spot;
use super::{DraftReport, Report, Verdict, harmless};
use crate::check::Reported;
use crate::finding::{Severity, grouped, people};
use crate::links::masked_words;
use std::fmt::Write as _;

/// By this line a script finds its comment again, to write it anew instead of writing another.
const MARK: &str = "<!-- presend report -->";

/// How long the comment becomes at most, in bytes; GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// How many words of the draft are quoted, in characters.
const LONGEST_QUOTE: usize = 160;

/// Writes the comment.
pub(super) fn render(report: &Report) -> String {
    let mut out = format!("{MARK}\n## {}\n", headline(report));
    let mut left_out = 0_usize;
    for note in &report.notes {
        push(&mut out, &format!("\n{}\n", escaped(note)), &mut left_out);
    }
    for reported in &report.exceptions {
        push(&mut out, &finding(reported, None, report), &mut left_out);
    }
    for draft in &report.drafts {
        left_out += write_draft(&mut out, draft, report);
    }
    for error in &report.unreadable {
        let text = format!("\n**Could not be read:** {}\n", escaped(&error.to_string()));
        push(&mut out, &text, &mut left_out);
    }
    if left_out > 0 {
        let _ = write!(out, "\n_{left_out} more would not fit into a comment; they are in the whole report._\n");
    }
    out
}

fn headline(report: &Report) -> String {
    let count = report.all().filter(|(_, reported)| reported.severity >= report.threshold()).count();
    match report.verdict() {
        Verdict::Hold => format!("🛑 Hold: {count} to fix before this goes out"),
        Verdict::Incomplete => String::from("⚠️ Incomplete: nothing found that holds it, but not everything could be checked"),
        Verdict::Clear if report.drafts.is_empty() => String::from("✅ Clear: there was nothing to check"),
        Verdict::Clear => String::from("✅ Clear: nothing holds it"),
    }
}

fn push(out: &mut String, text: &str, left_out: &mut usize) {
    if out.len() + text.len() > LONGEST {
        *left_out += 1;
    } else {
        out.push_str(text);
    }
}

/// Writes one draft's part; says how many pieces found no room.
fn write_draft(out: &mut String, draft: &DraftReport, report: &Report) -> usize {
    let mut left_out = 0;
    let mut head = format!("\n### {}\n", code(&draft.draft));
    if let Some(subject) = &draft.subject {
        let _ = writeln!(head, "\n{}", code(subject));
    }
    if let Some(number) = draft.people {
        let _ = writeln!(head, "\nGoes to {}.", people(number));
    }
    if draft.findings.is_empty() {
        head.push_str("\nNothing was found.\n");
    }
    push(out, &head, &mut left_out);
    for reported in &draft.findings {
        push(out, &finding(reported, draft.people, report), &mut left_out);
    }
    push(out, &accepted(draft), &mut left_out);
    if !draft.not_checked.is_empty() {
        let done = if draft.is_plan { "rehearsed" } else { "checked" };
        let mut gaps = format!("\n<details><summary>Not {done} ({})</summary>\n\n", draft.not_checked.len());
        for gap in &draft.not_checked {
            let _ = writeln!(gaps, "- {}: {}", escaped(&gap.what), escaped(&gap.why));
        }
        gaps.push_str("\n</details>\n");
        push(out, &gaps, &mut left_out);
    }
    left_out
}

/// What is there and accepted.
fn accepted(draft: &DraftReport) -> String {
    let mut out = String::new();
    for (reported, waiver) in &draft.waived {
        let until = format!("{}; {}, until {}", waiver.reason, waiver.owner, waiver.expires);
        let _ = writeln!(out, "\n- ⏳ **Waived:** {} ({})", escaped(&reported.finding.message), escaped(&until));
    }
    for (reported, expected) in &draft.expected {
        let _ = writeln!(out, "\n- **Meant:** {} ({})", escaped(&reported.finding.message), escaped(&expected.reason));
    }
    if !draft.known.is_empty() {
        let _ = writeln!(out, "\n{} known from the baseline.", draft.known.len());
    }
    out
}

fn finding(reported: &Reported, everybody: Option<u64>, report: &Report) -> String {
    let finding = &reported.finding;
    let (icon, word) = match reported.severity {
        Severity::Block => ("🛑", "Do not send"),
        Severity::Warn => ("⚠️", "Fix"),
        Severity::Note => ("🔎", "Look"),
    };
    let spot = Spot::of(&finding.span, &report.here);
    let mut out = format!("\n- {icon} **{word}:** {} (`{}`)\n", escaped(&finding.message), reported.rule.name);
    let place = spot.lines.as_ref().map_or_else(|| spot.path.clone(), |place| format!("{}:{}:{}", spot.path, place.line, place.column));
    let words: String = masked_words(finding.span.text()).chars().take(LONGEST_QUOTE).collect();
    let words = if words.trim().is_empty() { String::new() } else { format!(": {}", code(&words)) };
    let _ = writeln!(out, "  - at {}{words}", code(&place));
    if let (Some(number), Some(of)) = (finding.reach.map(|reach| reach.people).or(everybody), everybody) {
        let up_to = if finding.reach.is_some_and(|reach| reach.at_most) { "up to " } else { "" };
        let _ = writeln!(out, "  - hits {up_to}{} of {}", grouped(number), people(of));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "  - do: {}", escaped(help));
    }
    out
}

/// Words as code, in which nothing acts: fenced by more backticks than stand in them.
pub(super) fn code(words: &str) -> String {
    let words = harmless(words);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 || words.is_empty() { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}

/// Words as text: every mark of Markdown and HTML is written out, and what would mention people, refer to other requests
/// or become a link is broken by a character of no width.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let words = harmless(words);
    let mut before = ' ';
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' | '+' | '-' | '=' => {
                out.push('\\');
                out.push(c);
            }
            '@' | '#' => {
                out.push(c);
                out.push('\u{200b}');
            }
            '/' if before == ':' => {
                out.push('\u{200b}');
                out.push(c);
            }
            '.' if out.len().checked_sub(3).and_then(|at| out.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case("www")) => {
                out.push('\u{200b}');
                out.push(c);
            }
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_draft_is_markup() {
        assert_eq!(escaped("<b>*x*</b> [a](b)"), "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\]\\(b\\)");
        assert_eq!(
            escaped("@all #12 https://a.example www.a.example"),
            "@\u{200b}all #\u{200b}12 https:\u{200b}//a.example www\u{200b}.a.example"
        );
        assert_eq!(code("a ``b`` <x>"), "``` a ``b`` <x> ```");
    }
}
