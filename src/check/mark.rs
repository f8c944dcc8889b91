//! Marks by which a finding is known again when the lines around it have moved.

use super::Reported;
use std::collections::HashMap;
use std::hash::Hasher;

/// Marks by which findings of one draft are known again when lines have moved: of the rule, the part, and the words, and
/// where they repeat, of how often they stood before.
pub fn mark(findings: &mut [Reported]) {
    let mut seen: HashMap<u128, u128> = HashMap::new();
    for reported in findings {
        let span = &reported.finding.span;
        let mut words = span.text().split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            // Numbers of people differ from day to day.
            words = reported.finding.message.chars().filter(|c| !c.is_ascii_digit()).collect();
        }
        let plain = hash(&[reported.rule.name, span.source.part().unwrap_or_default(), &words]);
        let before = seen.entry(plain).and_modify(|times| *times += 1).or_insert(0);
        reported.mark = if *before == 0 { plain } else { hash(&[&format!("{plain:032x}"), &before.to_string()]) };
    }
}

/// The mark of a finding among those of all drafts: `key` names the draft wherever the run is started.
pub fn fingerprint(key: &str, mark: u128) -> String {
    format!("{:032x}", hash(&[key, &format!("{mark:032x}")]))
}

/// A number for some words that is the same on every machine and in every version.
fn hash(words: &[&str]) -> u128 {
    let mut hasher = siphasher::sip128::SipHasher13::new_with_keys(0x7072_6573_656e_6431, 1);
    for word in words {
        hasher.write(word.as_bytes());
        hasher.write_u8(0xff);
    }
    siphasher::sip128::Hasher128::finish128(&hasher).as_u128()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_for_ever() {
        // A baseline that was written with another version must still fit.
        assert_eq!(fingerprint("mails/june.html", 7), "d9ceeb8a404664118e7869a73d104ffc");
    }
}
