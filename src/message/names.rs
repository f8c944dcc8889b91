//! Names of files: by which a draft is looked for, in a folder and in an archive, and of which day an issue is.

use super::{kind, views};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

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

/// The ways in which paths say a day or a month: `2026-11-27-sale.md` as Jekyll has it
/// (<https://jekyllrb.com/docs/posts/#creating-posts>), `2026/11/27`, `2026_11`, `2016-Feb-1.md`, `2024/December`, `02Aug2018.html`,
/// where the figures before the month may count issues.
const DAYS: [&str; 2] = [
    r"(?:^|/)(20[0-9]{2})[-_/](0[1-9]|1[0-2])(?:[-_/]([0-3][0-9]))?(?:[^0-9]|$)|(?:^|[^0-9])(20[0-9]{2})[-_](0[1-9]|1[0-2])[-_]([0-3][0-9])(?:[^0-9]|$)",
    r"(?:^|[^0-9])(20[0-9]{2})[-_/ ]?(jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|maerz|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)(?:[-_/ ]([0-3]?[0-9]))?(?:[^0-9a-z]|$)",
];

/// The same with the month first.
const MONTH_FIRST: &str = r"(?:^|[^a-z])(jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|maerz|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)[-_/ ]?(20[0-9]{2})(?:[^0-9]|$)";

static PATTERNS: LazyLock<Option<[Regex; 3]>> = LazyLock::new(|| {
    let [figures, names] = DAYS.map(|day| Regex::new(day).ok());
    Some([figures?, names?, Regex::new(MONTH_FIRST).ok()?])
});

/// The beginnings of months in English and German, and which month it is.
const MONTHS: [(&str, i8); 16] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("mär", 3),
    ("mae", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("de", 12),
];

/// How many parts of a path are looked at, from its end.
const NEAREST: usize = 4;

/// The day that the end of a path tells, or the first of the month that it tells, and whether it is that.
pub(super) fn day(path: &str) -> Option<(Date, bool)> {
    let path = path.replace('\\', "/").to_ascii_lowercase();
    let start = path.rmatch_indices('/').nth(NEAREST - 1).map_or(0, |(at, _)| at + 1);
    let near = path.get(start..)?;
    // Nearly no path has a year.
    if !near.contains("20") {
        return None;
    }
    let [figures, names, month_first] = PATTERNS.as_ref()?;
    let number = |text: &str| text.parse::<i8>().ok();
    let month = |name: &str| MONTHS.iter().find(|(head, _)| name.starts_with(head)).map(|(_, month)| *month);
    let (year, month, day) = if let Some(found) = figures.captures(near) {
        let part = |at: usize| found.get(at).or_else(|| found.get(at + 3));
        (part(1)?, number(part(2)?.as_str())?, part(3))
    } else if let Some(found) = names.captures(near) {
        (found.get(1)?, month(found.get(2)?.as_str())?, found.get(3))
    } else {
        let found = month_first.captures(near)?;
        (found.get(2)?, month(found.get(1)?.as_str())?, None)
    };
    let first = Date::new(year.as_str().parse().ok()?, month, day.map_or(Some(1), |day| number(day.as_str()))?).ok()?;
    Some((first, day.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_tell_the_day_of_an_issue() {
        for (path, told) in [
            ("_posts/2018-12-18-newsletter.md", Some("2018-12-18")),
            ("letters/2018/12/18/letter.html", Some("2018-12-18")),
            ("2019_03.eml", Some("2019-03-01")),
            ("published/005-2016-Feb-1.md", Some("2016-02-01")),
            ("archive/2024/December/de.md", Some("2024-12-01")),
            ("02Aug2018.html", Some("2018-08-01")),
            ("may-2023/sale.mjml", Some("2023-05-01")),
            ("2025/Juli/de.md", Some("2025-07-01")),
            ("2025/März/de.md", Some("2025-03-01")),
            ("2025-dez-24.md", Some("2025-12-24")),
            ("issue-2024.md", None),
            ("logo-2010-11.html", None),
            ("v2000-01.html", None),
            ("letter-2019-03-14.md", Some("2019-03-14")),
            ("2018/a/b/c/sale.html", None),
            ("20181218.html", None),
            ("decor2020.html", None),
            ("2018-13-18.md", None),
            ("2018-02-31.md", None),
        ] {
            assert_eq!(day(path).map(|(day, _)| day.to_string()).as_deref(), told, "{path}");
        }
    }
}
