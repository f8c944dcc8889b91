//! How a processor looks at many bytes at once: as all of its kind can, or as this one can that is running.
#![allow(clippy::inline_always, reason = "code is made for a processor only where it stands inside of what is")]

#[cfg(target_arch = "x86_64")]
use pulp::{Simd, WithSimd, x86::V3};
use wide::u8x16;

/// A way of looking at a lane of bytes in one step. What is true of a byte is all ones there, else nought.
pub(super) trait Eyes: Copy {
    type Lane: Copy;

    /// The bytes from the first on; as many as a lane has.
    fn lane(self, bytes: &[u8]) -> Self::Lane;
    /// A lane of this byte.
    fn all(self, byte: u8) -> Self::Lane;
    fn equal(self, one: Self::Lane, other: Self::Lane) -> Self::Lane;
    fn or(self, one: Self::Lane, other: Self::Lane) -> Self::Lane;
    fn larger(self, one: Self::Lane, other: Self::Lane) -> Self::Lane;
    fn smaller(self, one: Self::Lane, other: Self::Lane) -> Self::Lane;
    /// A bit for every byte that is all ones.
    fn bits(self, lane: Self::Lane) -> u64;
}

/// Work that is the same with any eyes.
pub(super) trait Task {
    type Output;

    fn run<E: Eyes>(self, eyes: E) -> Self::Output;
}

/// Does it with the best eyes that are at hand.
pub(super) fn with_best<T: Task>(task: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(eyes) = V3::try_new() {
        return Simd::vectorize(eyes, Sharp(eyes, task));
    }
    task.run(Plain)
}

/// What every processor can: sixteen bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

impl Eyes for Plain {
    type Lane = u8x16;

    #[inline(always)]
    fn lane(self, bytes: &[u8]) -> u8x16 {
        bytes.first_chunk().map_or(u8x16::ZERO, |lane| u8x16::new(*lane))
    }

    #[inline(always)]
    fn all(self, byte: u8) -> u8x16 {
        u8x16::splat(byte)
    }

    #[inline(always)]
    fn equal(self, one: u8x16, other: u8x16) -> u8x16 {
        one.simd_eq(other)
    }

    #[inline(always)]
    fn or(self, one: u8x16, other: u8x16) -> u8x16 {
        one | other
    }

    #[inline(always)]
    fn larger(self, one: u8x16, other: u8x16) -> u8x16 {
        one.max(other)
    }

    #[inline(always)]
    fn smaller(self, one: u8x16, other: u8x16) -> u8x16 {
        one.min(other)
    }

    #[inline(always)]
    fn bits(self, lane: u8x16) -> u64 {
        u64::from(lane.to_bitmask())
    }
}

/// A task for a processor of Intel's or AMD's since 2013 or so: thirty-two bytes, and bits that are counted in one step.
#[cfg(target_arch = "x86_64")]
struct Sharp<T>(V3, T);

#[cfg(target_arch = "x86_64")]
impl<T: Task> WithSimd for Sharp<T> {
    type Output = T::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> T::Output {
        self.1.run(self.0)
    }
}

#[cfg(target_arch = "x86_64")]
impl Eyes for V3 {
    type Lane = std::arch::x86_64::__m256i;

    #[inline(always)]
    fn lane(self, bytes: &[u8]) -> Self::Lane {
        pulp::cast(bytes.first_chunk::<32>().copied().unwrap_or_default())
    }

    #[inline(always)]
    fn all(self, byte: u8) -> Self::Lane {
        self.avx._mm256_set1_epi8(byte.cast_signed())
    }

    #[inline(always)]
    fn equal(self, one: Self::Lane, other: Self::Lane) -> Self::Lane {
        self.avx2._mm256_cmpeq_epi8(one, other)
    }

    #[inline(always)]
    fn or(self, one: Self::Lane, other: Self::Lane) -> Self::Lane {
        self.avx2._mm256_or_si256(one, other)
    }

    #[inline(always)]
    fn larger(self, one: Self::Lane, other: Self::Lane) -> Self::Lane {
        self.avx2._mm256_max_epu8(one, other)
    }

    #[inline(always)]
    fn smaller(self, one: Self::Lane, other: Self::Lane) -> Self::Lane {
        self.avx2._mm256_min_epu8(one, other)
    }

    #[inline(always)]
    fn bits(self, lane: Self::Lane) -> u64 {
        u64::from(self.avx2._mm256_movemask_epi8(lane).cast_unsigned())
    }
}
