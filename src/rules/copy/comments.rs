//! Comments in the HTML that are no instructions to Outlook.

use crate::message::Body;
use crate::rule::Context;
use crate::source::Span;

/// The comments of all HTML parts, with their marks.
pub(super) fn comments<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Span> + use<'a> {
    let bodies = context.message.bodies.iter().filter_map(|body| match body {
        Body::Html(html) => Some(html),
        _ => None,
    });
    bodies.flat_map(|html| {
        let nodes = html.root().descendants().filter(|node| node.value().is_comment());
        nodes.filter_map(|node| html.comment(node.id())).filter(|comment| !is_condition(comment.text()))
    })
}

/// Whether Outlook reads it as HTML.
fn is_condition(comment: &str) -> bool {
    let inside = comment.trim_start_matches("<!--").trim_start();
    inside.starts_with("[if") || inside.starts_with("<![")
}
