//! Whether a certificate was signed by its own owner, read from its bytes.

/// Whether issuer and subject of a DER certificate are the same; nothing if it cannot be read.
///
/// Only as much of X.509 as that takes (RFC 5280, section 4.1, <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>):
/// version, serial number, signature, issuer, validity, subject stand in this order.
pub(super) fn signs_itself(der: &[u8]) -> Option<bool> {
    let (_, certificate, _) = element(der)?;
    let (_, mut rest, _) = element(certificate)?;
    let (tag, _, after) = element(rest)?;
    // The version is left out in version 1.
    if tag == 0xa0 {
        rest = after;
    }
    let (_, _, rest) = element(rest)?;
    let (_, _, rest) = element(rest)?;
    let (_, issuer, rest) = element(rest)?;
    let (_, _, rest) = element(rest)?;
    let (_, subject, _) = element(rest)?;
    Some(issuer == subject)
}

/// The first element of DER bytes: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let digits = usize::from(first & 0x7f);
        if digits > 4 {
            return None;
        }
        length = rest.get(..digits)?.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        rest = rest.get(digits..)?;
    }
    Some((tag, rest.get(..length)?, rest.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_and_subject_are_found_and_rubbish_is_not_read() {
        let name = |letter: u8| [0x30, 1, letter];
        let build = |issuer: u8, subject: u8| {
            let mut inner: Vec<u8> = vec![0xa0, 3, 2, 1, 2, 2, 1, 9, 0x30, 0];
            inner.extend(name(issuer));
            inner.extend([0x30, 0]);
            inner.extend(name(subject));
            let mut outer = vec![0x30, u8::try_from(inner.len() + 2).expect("short"), 0x30, u8::try_from(inner.len()).expect("short")];
            outer.extend(inner);
            outer
        };
        assert_eq!(signs_itself(&build(b'a', b'a')), Some(true));
        assert_eq!(signs_itself(&build(b'a', b'b')), Some(false));
        let whole = build(b'a', b'a');
        assert!((0..whole.len()).all(|end| signs_itself(&whole[..end]).is_none()));
    }
}
