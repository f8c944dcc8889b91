//! Reading the files of a Hunspell dictionary, whatever their encoding.

use crate::offers::Language;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Most words that a dictionary may have; the largest in use has a million.
const MOST_WORDS: usize = 3_000_000;

/// Rules that a dictionary without a file of its own gets: each line is a word.
const PLAIN: &str = "SET UTF-8\n";

/// Reads a dictionary: the bytes of its `.dic`, and of its `.aff` if there is one.
///
/// # Errors
/// Why it cannot be used, in words.
pub(super) fn read(aff: Option<&[u8]>, dic: &[u8]) -> Result<spellbook::Dictionary, String> {
    let encoding = aff.map_or(Ok(encoding_rs::UTF_8), encoding)?;
    let rules = aff.map_or(Cow::Borrowed(PLAIN), |aff| decode(encoding, aff));
    let words = decode(encoding, dic);
    let lines = memchr::memchr_iter(b'\n', words.as_bytes()).count();
    if words.contains('\0') || words.trim().is_empty() {
        return Err(String::from("it is no list of words"));
    }
    if lines > MOST_WORDS {
        return Err(format!("it has {lines} lines, more than any dictionary"));
    }
    let first = words.lines().next().unwrap_or_default().trim();
    let counted = !first.is_empty() && first.split_whitespace().next().is_some_and(|count| count.bytes().all(|b| b.is_ascii_digit()));
    // A list of words that nobody counted is one nevertheless.
    let words = if counted { words } else { Cow::Owned(format!("{}\n{words}", lines + 1)) };
    spellbook::Dictionary::new(&rules, &words).map_err(|error| format!("its rules cannot be read: {error}"))
}

/// The encoding that the rules name; without one it is ISO 8859-1, as the format says.
fn encoding(aff: &[u8]) -> Result<&'static Encoding, String> {
    let named = aff.split(|byte| *byte == b'\n').find_map(|line| line.trim_ascii().strip_prefix(b"SET "));
    let name = named.map_or(Cow::Borrowed("ISO8859-1"), |name| String::from_utf8_lossy(name.trim_ascii()));
    let label = name.to_ascii_lowercase().replace("iso8859", "iso-8859").replace("microsoft-cp125", "windows-125");
    Encoding::for_label(label.as_bytes()).ok_or_else(|| format!("its encoding {} is not known", name.escape_debug()))
}

fn decode<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode(bytes).0
}

/// The language of a dictionary, by the name of its file (`de_DE_frami.dic`, `fr.dic`) or, where that says nothing, of its
/// folder (`dictionary-de/index.dic`, `dict-de/words.dic`).
pub fn language_of(path: &str) -> Option<Language> {
    let mut names = path.rsplit(['/', '\\']);
    let stem = names.next()?.rsplit_once('.').map_or("", |(stem, _)| stem);
    let folder = names.next().unwrap_or_default();
    let folder = folder.strip_prefix("dictionary-").or_else(|| folder.strip_prefix("dict-")).unwrap_or_default();
    let tagged = |name: &str| Language::of_tag(name.split('.').next().unwrap_or_default());
    tagged(stem).or_else(|| tagged(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_tell_the_language() {
        for (path, language) in [
            ("/usr/share/hunspell/de_DE_frami.dic", Some(Language::German)),
            ("node_modules/dictionary-pt/index.dic", Some(Language::Portuguese)),
            ("C:\\dict\\fr.dic", Some(Language::French)),
            ("words/company.dic", None),
            ("hyph_de_DE.dic", None),
        ] {
            assert_eq!(language_of(path), language, "{path}");
        }
    }

    #[test]
    fn encodings_are_those_of_the_rules() {
        let latin = read(Some(b"SET ISO8859-1\n"), b"1\nfr\xfchling\n").expect("a dictionary");
        assert!(latin.check("frühling") && !latin.check("fruhling"));
        let plain = read(None, "Aurea\nLumo\n".as_bytes()).expect("a list of words");
        assert!(plain.check("Aurea") && plain.check("Lumo"));
        for (aff, dic, why) in [
            (&b"SET KLINGON\n"[..], &b"1\na\n"[..], "its encoding KLINGON is not known"),
            (b"SET UTF-8\n", b"", "it is no list of words"),
            (b"SET UTF-8\nSFX A Y many\n", b"1\na\n", "its rules cannot be read"),
        ] {
            let error = read(Some(aff), dic).err().unwrap_or_default();
            assert!(error.starts_with(why), "{error}");
        }
    }
}
