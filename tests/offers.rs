//! The reading of offers holds its promises for any text: no panic, and ranges that can be sliced, in order.

use presend::offers::{Language, amounts, dates};
use proptest::prelude::*;

proptest! {
    #[test]
    fn ranges_can_be_sliced_and_stand_in_order(text in "(until|bis|ends|[0-9]{1,4}|%|€|[$]|[.,:/ –\u{a0}-]|Nov|30|Sunday|midnight|zł|jusqu’au|at|pm|\\PC){0,40}") {
        for language in Language::ALL {
            let amounts: Vec<_> = amounts(&text, language).into_iter().map(|amount| amount.range).collect();
            let dates: Vec<_> = dates(&text, language).into_iter().map(|date| date.range).collect();
            for range in amounts.iter().chain(&dates) {
                prop_assert!(text.get(range.clone()).is_some_and(|own| !own.is_empty()), "{:?}", range);
            }
            prop_assert!(amounts.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(dates.windows(2).all(|pair| pair[0].end <= pair[1].end));
        }
    }
}
