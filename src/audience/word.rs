//! Many bytes looked at in one step: where those of a kind stand among them, as the bits of one number.
#![allow(clippy::inline_always, reason = "code is made for a processor only where it stands inside of what is")]

use super::eyes::Eyes;

/// How many bytes a word has.
pub(crate) const WORD: usize = 64;

/// Sixty-four bytes, of which the first `LENGTH` are looked at.
#[derive(Clone, Copy)]
pub(super) struct Word<'a, E, const LENGTH: usize> {
    eyes: E,
    bytes: &'a [u8; WORD],
}

impl<'a, E: Eyes, const LENGTH: usize> Word<'a, E, LENGTH> {
    #[inline(always)]
    pub(super) fn of(eyes: E, bytes: &'a [u8; WORD]) -> Self {
        Self { eyes, bytes }
    }

    /// A bit for every byte that is this one.
    #[inline(always)]
    pub(super) fn equal(&self, byte: u8) -> u64 {
        let wanted = self.eyes.all(byte);
        self.bits(|lane| self.eyes.equal(lane, wanted))
    }

    /// A bit for every byte that is an ASCII letter, a digit, or one of three others.
    #[inline(always)]
    pub(super) fn letters_digits_and(&self, others: [u8; 3]) -> u64 {
        let (eyes, lower_case) = (self.eyes, self.eyes.all(b' '));
        self.bits(|lane| {
            let mut found = eyes.or(within(eyes, eyes.or(lane, lower_case), b'a', b'z'), within(eyes, lane, b'0', b'9'));
            for other in others {
                found = eyes.or(found, eyes.equal(lane, eyes.all(other)));
            }
            found
        })
    }

    #[inline(always)]
    fn bits(&self, is: impl Fn(E::Lane) -> E::Lane) -> u64 {
        let (mut bits, mut at) = (0, 0);
        while at < LENGTH {
            bits |= self.eyes.bits(is(self.eyes.lane(self.bytes.get(at..).unwrap_or_default()))) << at;
            at += size_of::<E::Lane>();
        }
        bits
    }
}

#[inline(always)]
fn within<E: Eyes>(eyes: E, lane: E::Lane, first: u8, last: u8) -> E::Lane {
    eyes.equal(eyes.smaller(eyes.larger(lane, eyes.all(first)), eyes.all(last)), lane)
}

#[cfg(test)]
mod tests {
    use super::super::eyes::{Plain, Task, with_best};
    use super::*;
    use proptest::prelude::*;

    /// What stands where in a word, and in its first half.
    struct Seen<'a>(&'a [u8; WORD], u8);

    impl Task for Seen<'_> {
        type Output = [u64; 3];

        fn run<E: Eyes>(self, eyes: E) -> [u64; 3] {
            let (whole, half) = (Word::<E, WORD>::of(eyes, self.0), Word::<E, 32>::of(eyes, self.0));
            [whole.equal(self.1), whole.letters_digits_and(*b"-_."), half.letters_digits_and(*b"-_.")]
        }
    }

    proptest! {
        #[test]
        fn bits_stand_where_bytes_do(bytes in proptest::collection::vec(any::<u8>(), WORD), wanted in any::<u8>()) {
            let window = bytes.first_chunk::<WORD>().expect("a word");
            let naive = |is: &dyn Fn(u8) -> bool| bytes.iter().enumerate().fold(0, |bits, (at, byte)| bits | (u64::from(is(*byte)) << at));
            let plain = naive(&|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            let seen = [naive(&|byte| byte == wanted), plain, plain & u64::from(u32::MAX)];
            prop_assert_eq!(Seen(window, wanted).run(Plain), seen);
            prop_assert_eq!(with_best(Seen(window, wanted)), seen);
        }
    }
}
