//! The languages whose notations are known, and a cheap guess which one a text is in.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A language whose notations are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Dutch.
    Dutch,
    /// Portuguese.
    Portuguese,
    /// Polish.
    Polish,
}

impl Language {
    /// Every language, in the order of the tables.
    pub const ALL: [Self; 8] =
        [Self::English, Self::German, Self::French, Self::Spanish, Self::Italian, Self::Dutch, Self::Portuguese, Self::Polish];

    /// The language of a tag such as `de`, `de-AT` or `pt_BR`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "fr" => Some(Self::French),
            "es" => Some(Self::Spanish),
            "it" => Some(Self::Italian),
            "nl" => Some(Self::Dutch),
            "pt" => Some(Self::Portuguese),
            "pl" => Some(Self::Polish),
            _ => None,
        }
    }

    /// How settings and files name it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Italian => "it",
            Self::Dutch => "nl",
            Self::Portuguese => "pt",
            Self::Polish => "pl",
        }
    }

    /// How people name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::French => "French",
            Self::Spanish => "Spanish",
            Self::Italian => "Italian",
            Self::Dutch => "Dutch",
            Self::Portuguese => "Portuguese",
            Self::Polish => "Polish",
        }
    }

    /// The language of a text, by its function words; nothing where too few of them tell.
    pub fn guess(text: &str) -> Option<Self> {
        let mut told = Told { shouted: !text.chars().any(char::is_lowercase), ..Told::default() };
        for piece in text.split(|c: char| c.is_ascii() && c.is_whitespace()) {
            if told.all == MOST_WORDS {
                break;
            }
            if piece.bytes().all(|b| b.is_ascii_alphabetic()) {
                told.hear(piece);
                continue;
            }
            // The words of an address are no words of the sentence: "shop.com" is not Portuguese.
            let pieces = piece.split_whitespace().map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()));
            let plain = pieces.filter(|piece| !piece.bytes().any(|b| matches!(b, b'.' | b'/' | b'@' | b':' | b'=' | b'_')));
            plain.flat_map(|piece| piece.split(|c: char| !c.is_alphabetic())).for_each(|word| told.hear(word));
        }
        let Told { mut seen, strange, all, .. } = told;
        // Where every eighth word has a letter that the language does not know, it is another, which nobody here knows.
        for (count, strange) in seen.iter_mut().zip(strange) {
            if strange * 8 >= all {
                *count = 0;
            }
        }
        let (best, most) = seen.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let second = seen.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max().unwrap_or_default();
        (*most >= 3 && *most >= second * 2).then(|| Self::ALL.get(best).copied()).flatten()
    }

    /// The language of a short text about an offer, by the words of trade; nothing where none tells, or several do.
    pub fn guess_by_trade(text: &str) -> Option<Self> {
        let mut seen = [0_usize; Self::ALL.len()];
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).take(MOST_WORDS) {
            let word = word.to_lowercase();
            for (count, words) in seen.iter_mut().zip(TRADE) {
                *count += usize::from(words.split(' ').any(|known| known == word));
            }
        }
        let most = *seen.iter().max()?;
        let mut best = seen.iter().zip(Self::ALL).filter(|(count, _)| **count == most && most > 0);
        best.next().filter(|_| best.next().is_none()).map(|(_, language)| language)
    }
}

/// What the words of a text tell of its language.
#[derive(Default)]
struct Told {
    /// Function words of each language.
    seen: [usize; Language::ALL.len()],
    /// Words with a letter that each language does not know.
    strange: [usize; Language::ALL.len()],
    all: usize,
    /// Whether all of the text is in capitals.
    shouted: bool,
}

impl Told {
    fn hear(&mut self, word: &str) {
        if word.is_empty() || self.all == MOST_WORDS {
            return;
        }
        self.all += 1;
        if !word.is_ascii() {
            let of_another = |letters: &str| word.chars().flat_map(char::to_lowercase).any(|c| !c.is_ascii() && !letters.contains(c));
            self.strange.iter_mut().zip(LETTERS).for_each(|(count, letters)| *count += usize::from(of_another(letters)));
        }
        if word.len() > LONGEST {
            return;
        }
        let lower = if word.is_ascii() {
            packed(word) | LOWER_BITS.get(word.len()).copied().unwrap_or_default()
        } else {
            packed(&word.to_lowercase())
        };
        let Some(mut mask) = FUNCTION_WORDS.get(&lower).copied() else { return };
        // An abbreviation is no word of the sentence: "Palm OS" is not Portuguese.
        if !self.shouted && word.len() > 1 && !word.chars().any(char::is_lowercase) {
            return;
        }
        while mask != 0 {
            if let Some(count) = self.seen.get_mut(mask.trailing_zeros() as usize) {
                *count += 1;
            }
            mask &= mask - 1;
        }
    }
}

/// A short word as a number; all words of up to eight bytes have numbers of their own.
fn packed(word: &str) -> u64 {
    word.bytes().take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// The bits that make capitals small, for a packed word of so many letters.
const LOWER_BITS: [u64; LONGEST + 1] = [0, 0x20, 0x2020, 0x20_2020, 0x2020_2020, 0x20_2020_2020, 0x2020_2020_2020];

/// Words of trade that one of the languages alone has, in the order of the languages.
const TRADE: [&str; Language::ALL.len()] = [
    "discount discounts shipping sale offer offers save order orders",
    "rabatt gutschein gutscheincode versand versandkostenfrei jetzt angebot angebote lieferung sparen bestellung",
    "remise réduction livraison soldes offre offres profitez économisez commande",
    "descuento descuentos envío rebajas oferta ofertas ahorra cupón pedido",
    "sconto sconti spedizione offerta offerte saldi risparmia ordine",
    "korting verzending aanbieding aanbiedingen bestel bestelling kortingscode",
    "desconto descontos frete promoção aproveite compre cupom",
    "rabat rabatu zniżka zniżki dostawa promocja zamówienia",
];

/// How many words of a text are looked at.
const MOST_WORDS: usize = 400;

/// The length of the longest function word below, in bytes.
const LONGEST: usize = 6;

/// The letters beyond ASCII that each language writes, those of its loanwords too, in the order of the languages.
const LETTERS: [&str; Language::ALL.len()] =
    ["éèêïñöüç", "äöüßéèà", "àâæçéèêëîïôœùûüÿ", "áéíñóúüç", "àáèéìíîòóùú", "éèëêïóöüáàç", "ãáàâçéêíõóôúü", "ąćęłńóśźżé"];

/// Each function word with a bit for every language that has it.
static FUNCTION_WORDS: LazyLock<FxHashMap<u64, u8>> = LazyLock::new(|| {
    let lists = [
        "the and you your for with our this are is of to from we it have be do no as in on by not or if at can all was",
        "der die das und ist mit für sie ihr wir nicht auf den dem ein eine von im zu bei in auch einen wie aus zum zur oder",
        "le la les et vous votre pour avec nous des est une du sur dans pas",
        "el la los las y para con tu su por una del en que más es",
        "il la lo e per con di che una del della i sono nel più tuo",
        "de het een en voor met van je uw op is dat niet onze bij",
        "o os e para com você seu uma não do da em no na as",
        "i na do z w się dla jest nie od po za twój oraz",
    ];
    let mut words = FxHashMap::default();
    for (at, list) in lists.iter().enumerate() {
        for word in list.split(' ') {
            *words.entry(packed(word)).or_default() |= 1 << at;
        }
    }
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_tells_its_language() {
        for (text, expected) in [
            ("Shop the sale with your code, and save on all of our shoes", Some(Language::English)),
            ("Nur für kurze Zeit: 20 % auf alles mit dem Code und die Lieferung ist frei", Some(Language::German)),
            ("Profitez de nos offres pour vous et les enfants dans votre magasin", Some(Language::French)),
            ("20% OFF", None),
            ("In Zukunft soll es auch eine direkte Integration in Browser sowie in IDEs wie VS Code geben.", Some(Language::German)),
            ("Quick links: Palm OS software, Palm OS games, and all the best Palm OS tools for you", Some(Language::English)),
            ("Kelli Fox, Your Astrologer, www.astrology.com astrology.com help.astrology.com", None),
            ("Příprava aplikace, která bude uživatelům připomínat prohlídky, je na dobré cestě a na je to", None),
            ("Shop\u{b}the sale with your code,\u{b}and save.\u{b}all of our shoes", Some(Language::English)),
            ("", None),
        ] {
            assert_eq!(Language::guess(text), expected, "{text}");
        }
        for (text, expected) in [
            ("20 % Rabatt auf alle Lampen", Some(Language::German)),
            ("20% korting op lampen", Some(Language::Dutch)),
            ("20% off all lamps", None),
            ("Sale: 20 % Rabatt", None),
        ] {
            assert_eq!(Language::guess_by_trade(text), expected, "{text}");
        }
    }
}
