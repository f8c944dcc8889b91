//! Names of files by which a draft is looked for, in a folder and in an archive.

/// Endings of files that can be drafts or hold some.
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

/// Whether a file can be a draft, by its name alone. Of JSON and archives only some are: [`super::is_worth_opening`].
pub fn is_draft_name(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    !stem.is_empty() && !name.starts_with('.') && ENDINGS.contains(&ending) && !NO_DRAFTS.contains(&stem)
}
