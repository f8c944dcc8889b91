//! Words that stand there twice.

use super::words::language;
use crate::facts::{Word, is_first_name};
use crate::finding::{Finding, Severity};
use crate::offers::Language;
use crate::rule::{Check, Context, Repair, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "doubled-word",
    severity: Severity::Warn,
    summary: "A word stands there twice in a row: \"the the\", \"und und\"",
    repair: Repair::Nothing,
    page: include_str!("doubled_word.md"),
    check: Check::Draft(check),
};

/// Words that nobody doubles on purpose, by language.
const SINGLE: [(Language, &str); 8] = [
    (
        Language::English,
        "the a an and of to for with your our we at by from this as be or if its their into about when is are was will not has can on in",
    ),
    (
        Language::German,
        "und mit für von ist ein eine einen einem wir nicht im bei auf aus dass werden wird sind unsere ihre deine um am zum zur",
    ),
    (Language::French, "et le les des un une pour avec dans sur votre vos notre nos ou mais par au aux sont cette ces du"),
    (Language::Spanish, "y el la los las con para por un una en su tu del al se pero esta"),
    (Language::Italian, "e il la di per con un una del della in al alla gli nel nella sono ma anche"),
    (Language::Dutch, "de het een en van voor met op je uw naar bij niet aan wordt onze"),
    (Language::Portuguese, "e o os para com um uma do da em seu sua no na ao é são mais mas por"),
    (Language::Polish, "i na do z dla jest w od po oraz nie o lub"),
];

/// Longer words that are doubled on purpose, whatever the language.
#[rustfmt::skip]
const DOUBLED: [&str; 46] = [
    "very", "really", "many", "much", "long", "more", "bling", "cuckoo", "knock", "chop", "tick", "tock", "night", "there", "that", "well", "never", "ever", "same", "blah", "yeah", "okay",
    "choo", "chow", "ding", "dong", "boom", "bang", "what", "please", "wait", "again", "sehr", "viel", "lange", "nein", "danke", "très", "beaucoup", "muy", "mucho", "piano", "poco",
    "heel", "muito", "half",
];

/// Shortest word that is no small word and stands twice by mistake, in letters.
const LONG: usize = 4;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for passage in context.facts.copy() {
        let mut pairs = passage.words().zip(passage.words().skip(1));
        if !pairs.any(|(first, second)| is_lower_of(second.text, first.text)) {
            continue;
        }
        let all: Vec<Word<'_>> = passage.words().collect();
        let mut speaks = None;
        for (at, pair) in all.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            // "Service A a service B" in Czech: a letter that names something.
            let is_letter = second.text.chars().count() == 1 && first.text != second.text;
            let is_pair = is_lower_of(second.text, first.text) && !is_letter && second.text.chars().all(char::is_alphabetic);
            let between = passage.text.get(first.range.end..second.range.start).unwrap_or_default();
            let is_third = |word: Option<&Word<'_>>| word.is_some_and(|word| is_lower_of(second.text, word.text));
            if !is_pair
                || !between.trim().is_empty()
                || passage.is_sample(&first.range)
                || passage.span(first.range.start..second.range.end).text().contains("<!--")
                || is_name(first.text, second.text) && !at.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|word| greets(word.text))
                || passage.is_sample(&second.range)
                || is_third(at.checked_sub(1).and_then(|at| all.get(at)))
                || is_third(all.get(at + 2))
                || ends_a_clause(all.get(at.wrapping_sub(1)), second.text)
            {
                continue;
            }
            let language = *speaks.get_or_insert_with(|| language(context, passage));
            // A line may end with a word and the next begin with it, but not with one that never ends a line.
            if is_mistake(&second.text.to_lowercase(), language, !between.contains('\n')) {
                let message = format!("\"{} {}\" stands there twice", first.text, second.text);
                findings.push(Finding::new(passage.span(first.range.start..second.range.end), message).help("remove one of the two"));
            }
        }
    }
    findings
}

/// Words before a name in a greeting, where it stands twice by mistake.
fn greets(word: &str) -> bool {
    ["dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "bonjour", "hola", "ciao", "beste"].contains(&word.to_lowercase().as_str())
}

/// "Michael Michael": there are people whose first name is their last.
fn is_name(first: &str, second: &str) -> bool {
    first == second && first.starts_with(char::is_uppercase) && is_first_name(&first.to_lowercase())
}

/// Whether a word is another one, or that in lower case.
fn is_lower_of(lower: &str, word: &str) -> bool {
    if lower.is_ascii() && word.is_ascii() {
        let in_lower = || lower.bytes().eq(word.bytes().map(|b| b.to_ascii_lowercase()));
        return lower.len() == word.len() && (lower == word || in_lower());
    }
    lower == word || lower.chars().eq(word.chars().flat_map(char::to_lowercase))
}

/// "What it is is a sale", "wherever you are are shops": the first ends a clause and the second begins the next.
fn ends_a_clause(before: Option<&Word<'_>>, word: &str) -> bool {
    const SUBJECTS: [&str; 9] = ["it", "they", "he", "she", "there", "this", "that", "you", "we"];
    matches!(word, "is" | "are" | "was") && before.is_some_and(|before| SUBJECTS.contains(&before.text.to_lowercase().as_str()))
}

/// Whether nobody would double a word on purpose.
fn is_mistake(word: &str, language: Language, in_line: bool) -> bool {
    let small = SINGLE.iter().find(|(one, _)| *one == language).map_or("", |(_, words)| words);
    small.split(' ').any(|single| single == word)
        || (in_line && word.chars().count() >= LONG && !DOUBLED.contains(&word) && !KEPT.split(' ').any(|kept| kept == word))
}

/// Words that grammar puts twice in a row: pronouns, names of dishes and dances.
const KEPT: &str = "vous nous diese dieser jene sich euch wenn denn could said cous tuk tata dada papa mama sing yum-yum pili beri wala agar aye mahi bora baden pago walla hubba moin";

#[cfg(test)]
mod tests {
    use super::is_lower_of;

    #[test]
    fn a_second_word_may_be_written_smaller_but_not_larger() {
        for (first, second) in [("FREE", "FREE"), ("Visit", "Visit"), ("The", "the"), ("Über", "über"), ("Über", "Über")] {
            assert!(is_lower_of(second, first), "{first} {second}");
        }
        for (first, second) in [("the", "The"), ("the", "they"), ("über", "Über")] {
            assert!(!is_lower_of(second, first), "{first} {second}");
        }
    }
}
