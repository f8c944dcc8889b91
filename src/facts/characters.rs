//! Which kinds of characters a text has.

/// The kinds of characters in a text, noted in one look at it: whoever looks for a sign that is not there need not look.
///
/// Each sign of ASCII is a kind of its own; small letters, capitals, figures and control characters are one each, and so is
/// all that lies beyond ASCII.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Characters(u64);

/// Signs of which every merge tag has one.
pub(crate) const TAG_SIGNS: Characters = Characters::any(b"{[%*$<#");

/// The bit of a byte's kind.
const fn kind(byte: u8) -> u64 {
    match byte {
        b'0'..=b'9' => 1 << 33,
        b'a'..=b'z' => 1 << 34,
        b'A'..=b'Z' => 1 << 35,
        b' '..=b'@' => 1 << (byte - b' '),
        b'['..=b'`' => 1 << (byte - b'[' + 36),
        b'{'..=b'~' => 1 << (byte - b'{' + 42),
        0..b' ' | 0x7f => 1 << 46,
        0x80.. => BEYOND,
    }
}

const BEYOND: u64 = 1 << 47;

static KINDS: [u64; 256] = {
    let (mut kinds, mut byte) = ([0; 256], 0_u8);
    loop {
        kinds[byte as usize] = kind(byte);
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => break kinds,
        }
    }
};

impl Characters {
    /// Those of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |kinds, byte| kinds | KINDS.get(usize::from(byte)).copied().unwrap_or_default()))
    }

    /// Those of a few signs to look for, each as one byte.
    pub(crate) const fn any(signs: &[u8]) -> Self {
        match signs {
            [] => Self(0),
            [first, rest @ ..] => Self(kind(*first) | Self::any(rest).0),
        }
    }

    /// Whether any of these is among them.
    pub(crate) const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether there is nothing beyond ASCII.
    pub(crate) const fn is_ascii(self) -> bool {
        self.0 & BEYOND == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sign_is_there_if_it_is_in_the_text(text in "[ -~]{0,6}|\\PC{0,6}") {
            let characters = Characters::of(&text);
            prop_assert_eq!(characters.is_ascii(), text.is_ascii());
            for sign in (b' '..=b'~').filter(u8::is_ascii_punctuation) {
                prop_assert_eq!(characters.has(Characters::any(&[sign])), text.contains(char::from(sign)), "{}", char::from(sign));
            }
            prop_assert_eq!(characters.has(Characters::any(b"7")), text.contains(|c: char| c.is_ascii_digit()));
        }
    }
}
