//! Many bytes looked at in one step: where those of a kind stand among them, as the bits of one number.

use wide::u8x16;

/// How many bytes a word has.
pub(crate) const WORD: usize = 64;
/// How many bytes the processor takes at once.
const LANE: usize = 16;

/// Sixty-four bytes, or the first thirty-two of them.
#[derive(Clone, Copy)]
pub(super) struct Word<const LANES: usize>([u8x16; LANES]);

impl<const LANES: usize> Word<LANES> {
    #[inline]
    pub(super) fn of(bytes: &[u8; WORD]) -> Self {
        let mut lanes = bytes.as_chunks::<LANE>().0.iter();
        Self(std::array::from_fn(|_| lanes.next().map_or(u8x16::ZERO, |lane| u8x16::new(*lane))))
    }

    /// A bit for every byte that is this one.
    #[inline]
    pub(super) fn equal(&self, byte: u8) -> u64 {
        let wanted = u8x16::splat(byte);
        self.bits(|lane| lane.simd_eq(wanted))
    }

    /// A bit for every byte that is an ASCII letter, a digit, or one of three others.
    #[inline]
    pub(super) fn letters_digits_and(&self, others: [u8; 3]) -> u64 {
        let lower_case = u8x16::splat(b' ');
        self.bits(|lane| {
            let mut found = within(lane | lower_case, b'a', b'z') | within(lane, b'0', b'9');
            for other in others {
                found |= lane.simd_eq(u8x16::splat(other));
            }
            found
        })
    }

    #[inline]
    fn bits(&self, is: impl Fn(u8x16) -> u8x16) -> u64 {
        let lanes = self.0.iter().enumerate();
        lanes.fold(0, |bits, (at, lane)| bits | (u64::from(is(*lane).to_bitmask()) << (at * LANE)))
    }
}

#[inline]
fn within(lane: u8x16, first: u8, last: u8) -> u8x16 {
    lane.max(u8x16::splat(first)).min(u8x16::splat(last)).simd_eq(lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_stand_where_bytes_do(bytes in proptest::collection::vec(any::<u8>(), WORD), wanted in any::<u8>()) {
            let window = bytes.first_chunk::<WORD>().expect("a word");
            let (whole, half) = (Word::<4>::of(window), Word::<2>::of(window));
            let naive = |is: &dyn Fn(u8) -> bool| bytes.iter().enumerate().fold(0, |bits, (at, byte)| bits | (u64::from(is(*byte)) << at));
            prop_assert_eq!(whole.equal(wanted), naive(&|byte| byte == wanted));
            let plain = naive(&|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            prop_assert_eq!(whole.letters_digits_and(*b"-_."), plain);
            prop_assert_eq!(half.letters_digits_and(*b"-_."), plain & u64::from(u32::MAX));
        }
    }
}
