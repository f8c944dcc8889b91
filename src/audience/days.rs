//! Days as lists write them: in cells, and in the names of their files.

use jiff::civil::Date;

/// The day with which a cell begins: `2026-11-27 09:00`, `2026/11/27`, `27.11.2026`, `27-11-2026`.
///
/// With slashes a day that comes first cannot be told from a month, so that only one above twelve is understood.
pub(super) fn day(cell: &[u8]) -> Option<Date> {
    let number = |at: usize, digits: usize| {
        let digits = cell.get(at..at + digits)?;
        digits.iter().try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
    };
    let mark = |at: usize| cell.get(at).copied().filter(|mark| b"-./".contains(mark));
    let date = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    if let (Some(year), Some(one), Some(month), Some(two), Some(day)) = (number(0, 4), mark(4), number(5, 2), mark(7), number(8, 2)) {
        return (one == two).then(|| date(year, month, day))?;
    }
    let (first, one, second, two, year) = (number(0, 2)?, mark(2)?, number(3, 2)?, mark(5)?, number(6, 4)?);
    match one {
        _ if one != two => None,
        b'/' if second > 12 => date(year, first, second),
        b'/' if first <= 12 => None,
        _ => date(year, second, first),
    }
}

/// The last day in the name of a file: `unsubscribed-2026-11-01.csv`, `export_20261101.csv`, `Liste 01.11.2026.csv`.
pub fn day_in_name(name: &str) -> Option<Date> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).as_bytes();
    let plausible = |date: &Date| (1990..2100).contains(&date.year());
    let at = |start: usize| {
        let rest = name.get(start..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let follows = start.checked_sub(1).and_then(|before| name.get(before)).is_some_and(u8::is_ascii_digit);
        if follows {
            return None;
        }
        let date = match (digits, rest.get(..8)) {
            (8, Some(packed)) => {
                let (year, month, day) = (packed.get(..4)?, packed.get(4..6)?, packed.get(6..8)?);
                self::day(&[year, b"-", month, b"-", day].concat())
            }
            (4 | 2, _) => self::day(&rest.iter().take(10).map(|byte| if *byte == b'_' { b'-' } else { *byte }).collect::<Vec<u8>>()),
            _ => None,
        };
        date.filter(plausible)
    };
    (0..name.len()).rev().find_map(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_as_lists_write_them() {
        for cell in ["2026-11-27", "2026-11-27T09:00:00Z", "2026/11/27 09:00", "27.11.2026", "27-11-2026", "27/11/2026", "11/27/2026"] {
            assert_eq!(day(cell.as_bytes()), Some(date(2026, 11, 27)), "{cell}");
        }
        for cell in ["", "2026", "05/06/2026", "2026-13-01", "31-02-2026", "2026-11/27", "yes", "١٢٣٤-٠١-٠١"] {
            assert_eq!(day(cell.as_bytes()), None, "{cell}");
        }
    }

    #[test]
    fn a_file_may_say_its_day() {
        for name in ["a/unsubscribed-2026-11-01.csv", "export_20261101.csv", "Liste 01.11.2026.csv", "2025-01-01 to 2026_11_01.csv"] {
            assert_eq!(day_in_name(name), Some(date(2026, 11, 1)), "{name}");
        }
        for name in ["list.csv", "segment-12345678901.csv", "2026-11-01/list.csv", "top-100.csv", "00000000.csv"] {
            assert_eq!(day_in_name(name), None, "{name}");
        }
    }
}
