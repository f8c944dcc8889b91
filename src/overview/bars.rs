//! Bars of block characters, exact to an eighth of a character.

const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar for `part` of `most` in a field of `width` characters, filled up with blanks. Whatever is more than nothing shows.
pub(super) fn bar(part: u64, most: u64, width: usize) -> String {
    let full = width as u64 * 8;
    let share = u128::from(part) * u128::from(full) / u128::from(most.max(1));
    let eighths = u64::try_from(share).unwrap_or(full).min(full).max(u64::from(part > 0));
    let mut bar = "█".repeat(usize::try_from(eighths / 8).unwrap_or(width));
    bar.extend(usize::try_from(eighths % 8).ok().and_then(|rest| rest.checked_sub(1)).and_then(|rest| EIGHTHS.get(rest)));
    let blank = width.saturating_sub(bar.chars().count());
    bar + &" ".repeat(blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_never_wider_than_its_field_and_never_hides_somebody() {
        assert_eq!([bar(0, 10, 4), bar(10, 10, 4), bar(5, 10, 4), bar(1, 1_000_000, 4)], ["    ", "████", "██  ", "▏   "]);
        assert_eq!(bar(u64::MAX, u64::MAX, 3), "███");
        assert_eq!(bar(0, 0, 2), "  ");
    }
}
