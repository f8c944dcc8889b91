//! A picture that is on one computer only, or not in the mail that names it.

use super::group::{name_of, one, sources};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::letters::begins;
use crate::message::{Inside, Kind};
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "local-image",
    severity: Severity::Block,
    summary: "A picture is a file on one computer, a path without a site, or a part that the mail does not have",
    repair: Repair::Nothing,
    page: include_str!("local_image.md"),
    check: Check::Draft(check),
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (mut files, mut paths, mut parts, mut lost): (Vec<&Image>, Vec<&Image>, Vec<&Image>, Vec<&Image>) = Default::default();
    for (image, source) in sources(context).filter(|(image, _)| !image.is_spacer()) {
        let begins = |head: &str| begins(source, head);
        if begins("file:") || matches!(source.get(1..3), Some(":\\" | ":/")) || begins("\\\\") {
            files.push(image);
        } else if begins("cid:") {
            if !has_part(source.get(4..).unwrap_or_default(), context) {
                parts.push(image);
            }
        } else if is_path(source, context) {
            // Whoever takes in an archive uploads the pictures in it.
            match context.message.inside(source) {
                Inside::Present => {}
                Inside::Missing => lost.push(image),
                Inside::Elsewhere => paths.push(image),
            }
        }
    }
    let local = one(&files, |count| with_first(&files, count, "is a file on one computer", "are files on one computer"));
    let relative = one(&paths, |count| with_first(&paths, count, "has a path without a site", "have paths without a site"));
    let missing = one(&parts, |count| with_first(&parts, count, "is not in the mail that names it", "are not in the mail that names them"));
    let lost = one(&lost, |count| with_first(&lost, count, "is not in the archive", "are not in the archive"));
    let help = "upload it to a web server or to the sending platform, and put in the address that it gets there";
    [local, relative, missing, lost].into_iter().flatten().map(|finding| finding.help(help)).collect()
}

fn with_first(images: &[&Image], count: usize, one: &str, many: &str) -> String {
    match images.first() {
        Some(image) if count == 1 => format!("{} {one}", name_of(image)),
        _ => format!("{count} pictures {many}"),
    }
}

/// Whether the mail carries the part that a `cid:` names. Only a whole mail can carry any.
fn has_part(id: &str, context: &Context<'_>) -> bool {
    context.message.kind != Kind::Mail
        || context.message.attachments.iter().any(|part| part.content_id.as_deref() == Some(id) || part.name.as_deref() == Some(id))
}

/// `images/logo.png`, `/logo.png`: fine in Markdown, from which a site is made, and where `<base>` says whose path it is.
fn is_path(source: &str, context: &Context<'_>) -> bool {
    let has_scheme = source.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'));
    let is_name =
        source.contains('.') && !source.starts_with("//") && !source.starts_with(['#', '{', '[', '<', '%', '*', '$', '(', '"', '“']);
    let is_page = matches!(context.message.kind, Kind::Markdown | Kind::Text) || context.facts.has_base;
    !has_scheme && is_name && !is_page
}
