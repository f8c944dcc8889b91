//! Names of files by which a draft is looked for, in a folder and in an archive.

use super::{kind, views};

/// Endings of files that can be drafts or hold some; more are in [`views`].
const ENDINGS: [&str; 18] = [
    "eml", "emltpl", "emlx", "mbox", "msg", "oft", "mht", "mhtml", "html", "htm", "xhtml", "mjml", "md", "markdown", "mdown", "txt", "zip",
    "json",
];

/// Stems of files that stand in a repository and are no drafts.
const NO_DRAFTS: [&str; 14] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "authors",
    "notice",
    "manifest",
    "robots",
    "requirements",
    "pull_request_template",
    "issue_template",
];

/// Whether a file can be a draft, by its name alone. Of those that [`is_doubtful_name`] names only some are.
pub fn is_draft_name(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let is_view = views::is_view_name(&name);
    let plain = views::without_ending(&name);
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let is_known = is_view || ENDINGS.contains(&ending);
    is_known && !stem.is_empty() && !name.starts_with('.') && !NO_DRAFTS.contains(&stem)
}

/// Whether a file of this name is a draft only if what stands in it says so: [`super::is_worth_opening`].
pub fn is_doubtful_name(path: &str) -> bool {
    views::is_view_name(path) || matches!(kind::extension(path).as_str(), "json" | "zip")
}
