//! The words that lists of slips and of leftovers look for, found in each passage once for all of the lists.

use super::{chatbot_leftover, editor_remark, lorem_ipsum, mixed_up_words, quoted_thread, rude_slip, template_text, unfinished_text};
use crate::facts::{Passage, Sieve};
use std::sync::LazyLock;

static ALL: LazyLock<Sieve> = LazyLock::new(|| {
    let lists = [
        chatbot_leftover::signs(),
        editor_remark::signs(),
        lorem_ipsum::signs(),
        mixed_up_words::signs(),
        quoted_thread::signs(),
        rude_slip::signs(),
        template_text::signs(),
        unfinished_text::signs(),
    ];
    Sieve::new(lists.into_iter().flatten())
});

/// The signs of all lists that stand in a passage, in lower case and each once; nearly always none.
pub(super) fn seen(passage: &Passage) -> &[&'static str] {
    passage.signs(|lower| {
        let mut met: Vec<_> = ALL.met(lower).collect();
        met.sort_unstable();
        met.dedup();
        met
    })
}

/// Whether a sign is one of those that are looked for.
#[cfg(test)]
pub(super) fn is_looked_for(sign: &str) -> bool {
    ALL.met(sign).any(|known| known == sign)
}
