//! When an issue of a newsletter went out, as its front matter or its path says.

use super::{Kind, Message};
use crate::settings::parse_time;
use crate::source::Span;
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use regex::Regex;
use std::sync::LazyLock;

/// After how many months nothing in a month's folder is still to go out.
const STALE: i32 = 4;

/// How a date is written.
const DATE: &str = "2026-11-27";

impl Message {
    /// The time of an issue that went out before some time. One without a zone is meant in the zone of that. None for a draft by
    /// its own words; and a folder of a month of late may hold what is still to go out.
    pub fn issued_before(&self, before: &Zoned) -> Option<Zoned> {
        let zone = before.time_zone();
        if matches!(self.kind, Kind::Mail | Kind::Outlook) || self.header("Draft").is_some_and(|draft| says_draft(draft.text())) {
            return None;
        }
        let said = |date: &Span| parse_time(date.text(), zone).or_else(|| parse_time(date.text().get(..DATE.len())?, zone));
        if let Some(said) = self.header("Date").and_then(said) {
            return Some(said).filter(|said| said < before);
        }
        let (first, is_month) = day(&self.name)?;
        let last = if is_month { first.checked_add(STALE.months()).ok()? } else { first };
        (last < before.date()).then(|| first.to_zoned(zone.clone()).ok()).flatten()
    }
}

/// Whether `draft` or `status` in front matter says that it is one.
fn says_draft(said: &str) -> bool {
    ["true", "yes", "on", "1", "draft"].iter().any(|yes| said.trim().eq_ignore_ascii_case(yes))
}

/// Months in English and German, in full and cut short.
const MONTH: &str = "(jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz|maerz|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?|sept?(?:ember)?|\
                     o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)";

/// With what each of them begins, and which month it is.
#[rustfmt::skip]
const MONTHS: [(&str, i8); 16] = [
    ("jan", 1), ("feb", 2), ("mar", 3), ("mär", 3), ("mae", 3), ("apr", 4), ("may", 5), ("mai", 5), ("jun", 6), ("jul", 7), ("aug", 8),
    ("sep", 9), ("oct", 10), ("okt", 10), ("nov", 11), ("de", 12),
];

/// The ways in which paths say a day or a month: in figures, `2026-11-27-sale.md` as Jekyll has it
/// (<https://jekyllrb.com/docs/posts/#creating-posts>), `2026/11/27`, `2026_11`; by name, `2016-Feb-1.md`, `2024/December`; and
/// with the month first, `02Aug2018.html`, where the figures before it may count issues.
static PATTERNS: LazyLock<Option<[Regex; 3]>> = LazyLock::new(|| {
    let figures = "(?:^|/)(20[0-9]{2})[-_/](0[1-9]|1[0-2])(?:[-_/]([0-3][0-9]))?(?:[^0-9]|$)|\
                   (?:^|[^0-9])(20[0-9]{2})[-_](0[1-9]|1[0-2])[-_]([0-3][0-9])(?:[^0-9]|$)";
    let by_name = format!("(?:^|[^0-9])(20[0-9]{{2}})[-_/ ]?{MONTH}(?:[-_/ ]([0-3]?[0-9]))?(?:[^0-9a-z]|$)");
    let month_first = format!("(?:^|[^a-z]){MONTH}[-_/ ]?(20[0-9]{{2}})(?:[^0-9]|$)");
    Some([Regex::new(figures).ok()?, Regex::new(&by_name).ok()?, Regex::new(&month_first).ok()?])
});

/// How many parts of a path are looked at, from its end.
const NEAREST: usize = 4;

/// The day that the end of a path tells, or the first of the month that it tells, and whether it is that.
fn day(path: &str) -> Option<(Date, bool)> {
    let path = path.replace('\\', "/").to_ascii_lowercase();
    let start = path.rmatch_indices('/').nth(NEAREST - 1).map_or(0, |(at, _)| at + 1);
    let near = path.get(start..)?;
    // Nearly no path has a year.
    if !near.contains("20") {
        return None;
    }
    let [figures, by_name, month_first] = PATTERNS.as_ref()?;
    let number = |text: &str| text.parse::<i8>().ok();
    let month = |name: &str| MONTHS.iter().find(|(head, _)| name.starts_with(head)).map(|(_, month)| *month);
    let (year, month, day) = if let Some(found) = figures.captures(near) {
        let part = |at: usize| found.get(at).or_else(|| found.get(at + 3));
        (part(1)?, number(part(2)?.as_str())?, part(3))
    } else if let Some(found) = by_name.captures(near) {
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
