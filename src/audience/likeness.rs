//! Addresses that are spelt differently and still one person: told apart by how sure that is.

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Serialize;
use url::Host;

/// Why two addresses are likely to be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The same letters beyond ASCII in another case or another encoding, or a domain once in its own letters and
    /// once as `xn--`.
    Letters,
    /// The same but for a tag: `ann+news@…` and `ann@…`.
    PlusTag,
    /// The same at Gmail, which ignores dots and has two domains: `a.nn@gmail.com`, `ann@googlemail.com`
    /// (<https://support.google.com/mail/answer/7436150>).
    GmailDots,
}

impl Likeness {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::Letters, Self::PlusTag, Self::GmailDots];

    /// The same in words, to go behind a colon.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Letters => "the same letters in another encoding",
            Self::PlusTag => "the same but for a tag (ann+news@…)",
            Self::GmailDots => "the same at Gmail, which ignores dots",
        }
    }
}

/// An address as it is under each likeness, every one on top of those before it; nothing where it stays as it is.
/// The address is trimmed and in lower case.
pub(super) fn forms(address: &[u8]) -> Option<[String; 3]> {
    let (plus, wide) = (address.contains(&b'+'), !address.is_ascii());
    if !plus && !wide && !address.ends_with(b"@gmail.com") && !address.ends_with(b"@googlemail.com") {
        return None;
    }
    let address = std::str::from_utf8(address).ok()?;
    let (local, domain) = address.split_once('@')?;
    let local = if wide { ComposingNormalizerBorrowed::new_nfc().normalize(&local.to_lowercase()).into_owned() } else { local.to_owned() };
    let domain =
        if domain.is_ascii() { domain.to_owned() } else { Host::parse(domain).map_or(domain.to_lowercase(), |host| host.to_string()) };
    let letters = format!("{local}@{domain}");
    let local = local.split_once('+').map_or(local.as_str(), |(name, _)| name);
    let local = if local.is_empty() { letters.split_once('@').map_or("", |(local, _)| local) } else { local };
    let untagged = format!("{local}@{domain}");
    let undotted = match domain.as_str() {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        _ => untagged.clone(),
    };
    (undotted != address).then_some([letters, untagged, undotted])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_likeness_stands_on_those_before_it() {
        assert_eq!(forms(b"ann@shop.example"), None);
        assert_eq!(forms(b"ann@gmail.com"), None);
        assert_eq!(forms(b"+1@shop.example"), None);
        assert_eq!(forms(b"a.nn@shop.example"), None);
        let of = |address: &str| forms(address.as_bytes()).expect("forms");
        assert_eq!(of("ann+x@shop.example"), ["ann+x@shop.example", "ann@shop.example", "ann@shop.example"]);
        assert_eq!(of("a.nn+x@googlemail.com"), ["a.nn+x@googlemail.com", "a.nn@googlemail.com", "ann@gmail.com"]);
        assert_eq!(of("JU\u{308}rgen@Ma\u{308}RZ.example"), of("jÜrgen@mÄrz.example"));
        assert_eq!(of("jürgen@märz.example")[0], "jürgen@xn--mrz-qla.example");
    }
}
