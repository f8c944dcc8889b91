//! The SHA-256 of bytes: a draft that was changed has another, on every machine and in every program.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes, in 64 hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or_default();
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_others_compute() {
        // FIPS 180-4, examples: https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
