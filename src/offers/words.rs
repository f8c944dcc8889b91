//! The words around amounts, language by language in lower case, and how such words are looked for around a place.

use super::Language;

/// What stands before or after an amount and says what it means.
#[derive(Debug)]
pub(super) struct AmountWords {
    pub(super) up_to: &'static [&'static str],
    pub(super) over: &'static [&'static str],
    pub(super) over_after: &'static [&'static str],
    pub(super) was: &'static [&'static str],
    pub(super) now: &'static [&'static str],
    pub(super) from: &'static [&'static str],
    pub(super) off: &'static [&'static str],
    pub(super) off_after: &'static [&'static str],
}

/// The words around amounts.
#[expect(clippy::too_many_lines, reason = "a table, one entry a language")]
pub(super) fn around_amounts(language: Language) -> &'static AmountWords {
    match language {
        Language::English => &AmountWords {
            up_to: &["up to", "upto", "as much as", "up to an extra", "a maximum of"],
            over: &[
                "over",
                "above",
                "more than",
                "spend",
                "orders of",
                "at least",
                "minimum spend of",
                "minimum order of",
                "min. spend",
                "when you spend",
            ],
            over_after: &["or more", "and over", "and up", "and above", "minimum spend", "minimum order", "min. spend", "spend"],
            was: &["was", "were", "rrp", "rrp:", "originally", "reg.", "regular price", "previously", "list price"],
            now: &["now", "now only", "now just", "only", "just", "today only"],
            from: &["from", "starting at", "starting from", "starts at", "prices from", "as low as"],
            off: &["save", "save an extra", "extra", "take", "discount of", "savings of", "saving of", "minus"],
            off_after: &["off", "discount", "savings", "saving", "reduction", "markdown"],
        },
        Language::German => &AmountWords {
            up_to: &["bis zu", "maximal", "höchstens"],
            over: &[
                "über",
                "mindestens",
                "mindestbestellwert",
                "mindestbestellwert von",
                "mindestbestellwert:",
                "mehr als",
                "versandkostenfrei ab",
                "gratis versand ab",
                "kostenloser versand ab",
            ],
            over_after: &["bestellwert", "mindestbestellwert", "einkaufswert", "warenwert", "warenkorbwert", "mbw", "umsatz"],
            was: &["statt", "bisher", "uvp", "uvp:", "früher", "vorher", "war"],
            now: &["jetzt", "jetzt nur", "nur", "nur noch", "für nur", "heute nur"],
            from: &["ab", "schon ab", "bereits ab"],
            off: &["spare", "sparen sie", "spar", "rabatt von", "rabatt:"],
            off_after: &["rabatt", "nachlass", "reduziert", "sparen", "günstiger", "ersparnis", "auf alles"],
        },
        Language::French => &AmountWords {
            up_to: &["jusqu'à", "jusqu’à", "jusqu'à -", "jusqu’à -"],
            over: &["plus de", "supérieure à", "supérieures à", "supérieur à", "minimum de", "au moins", "pour tout achat de"],
            over_after: &["d'achat", "d’achat", "d'achats", "d’achats", "de commande", "minimum", "et plus"],
            was: &["au lieu de", "avant", "prix conseillé", "au lieu de :"],
            now: &["maintenant", "seulement", "plus que", "aujourd'hui"],
            from: &["à partir de", "dès"],
            off: &["économisez", "remise de", "réduction de"],
            off_after: &["de réduction", "de remise", "de rabais", "offerts", "de moins", "d'économie", "d’économie"],
        },
        Language::Spanish => &AmountWords {
            up_to: &["hasta", "hasta un", "hasta el", "hasta -"],
            over: &["más de", "superiores a", "superior a", "mínimo de", "a partir de un pedido de", "por encima de"],
            over_after: &["de compra", "de compra mínima", "o más"],
            was: &["antes", "en lugar de", "en vez de"],
            now: &["ahora", "solo", "sólo", "por solo", "por"],
            from: &["desde", "a partir de"],
            off: &["ahorra", "ahorre", "descuento de", "descuento del"],
            off_after: &["de descuento", "dto", "dto.", "de ahorro", "menos"],
        },
        Language::Italian => &AmountWords {
            up_to: &["fino a", "fino al", "fino a -", "massimo"],
            over: &["oltre", "superiori a", "superiore a", "sopra i", "almeno", "minimo di", "più di", "spesa minima", "spesa minima di"],
            over_after: &["di spesa", "di spesa minima", "o più"],
            was: &["invece di", "anziché", "prima", "era"],
            now: &["ora", "ora solo", "adesso", "solo", "a soli"],
            from: &["a partire da", "da"],
            off: &["risparmia", "sconto di", "sconto del", "sconto"],
            off_after: &["di sconto", "di risparmio", "in meno"],
        },
        Language::Dutch => &AmountWords {
            up_to: &["tot", "tot wel", "maximaal"],
            over: &[
                "bij besteding van",
                "bij een besteding van",
                "bestellingen van",
                "boven",
                "boven de",
                "meer dan",
                "minimaal",
                "minstens",
                "gratis verzending vanaf",
            ],
            over_after: &["of meer", "bestelwaarde"],
            was: &["was", "van", "adviesprijs", "in plaats van"],
            now: &["nu", "nu voor", "nu maar", "voor", "slechts", "maar"],
            from: &["vanaf", "al vanaf"],
            off: &["bespaar", "korting van"],
            off_after: &["korting", "voordeel"],
        },
        Language::Portuguese => &AmountWords {
            up_to: &["até", "no máximo"],
            over: &["acima de", "superiores a", "superior a", "mais de", "no mínimo", "mínimo de"],
            over_after: &["ou mais", "em compras"],
            was: &["antes", "em vez de", "era"],
            now: &["agora", "por apenas", "apenas", "só", "por"],
            from: &["a partir de", "desde"],
            off: &["poupe", "economize", "desconto de"],
            off_after: &["de desconto", "off", "desconto"],
        },
        Language::Polish => &AmountWords {
            up_to: &["aż do", "nawet do", "do"],
            over: &["powyżej", "ponad", "co najmniej", "minimum", "zamówieniach od"],
            over_after: &["lub więcej"],
            was: &["było", "zamiast", "przed", "wcześniej"],
            now: &["teraz", "tylko", "teraz tylko", "jedyne"],
            from: &["już od", "od"],
            off: &["rabat", "zniżka", "oszczędź", "rabatu"],
            off_after: &["rabatu", "zniżki", "taniej", "mniej"],
        },
    }
}

/// Which entry of a list a lower-case text ends with, at a word's beginning.
pub(super) fn ending(text: &str, entries: &'static [&'static str]) -> Option<&'static str> {
    let last = text.as_bytes().last()?;
    let mut alike = entries.iter().copied().filter(|entry| entry.as_bytes().last() == Some(last));
    alike.find(|entry| text.strip_suffix(entry).is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
}

/// Whether a lower-case text ends with an entry of a list.
pub(super) fn ends_with_one(text: &str, entries: &'static [&'static str]) -> bool {
    ending(text, entries).is_some()
}

/// Whether a lower-case text begins with an entry of a list, at a word's end.
pub(super) fn begins_with_one(text: &str, entries: &[&str]) -> bool {
    let Some(first) = text.as_bytes().first() else { return false };
    let mut alike = entries.iter().filter(|entry| entry.as_bytes().first() == Some(first));
    alike.any(|entry| text.strip_prefix(*entry).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))
}

/// The last characters before a place, in lower case, without the white space and quotation marks at their end.
pub(super) fn before(text: &str, at: usize) -> String {
    let head = text.get(..at).unwrap_or_default();
    let start = match head.len().checked_sub(BEFORE) {
        Some(start) if head.as_bytes().iter().skip(start).all(u8::is_ascii) => start,
        _ => head.char_indices().rev().nth(BEFORE - 1).map_or(0, |(start, _)| start),
    };
    let mut words = head.get(start..).unwrap_or_default().to_lowercase();
    words.truncate(words.trim_end_matches(|c: char| c.is_whitespace() || "*_\"“„(".contains(c)).len());
    words
}

/// The first characters after a place, in lower case, without the white space at their beginning.
pub(super) fn after(text: &str, at: usize) -> String {
    let tail = text.get(at..).unwrap_or_default();
    let end = match tail.as_bytes().get(..AFTER.min(tail.len())) {
        Some(head) if head.is_ascii() => head.len(),
        _ => tail.char_indices().nth(AFTER).map_or(tail.len(), |(end, _)| end),
    };
    let mut words = tail.get(..end).unwrap_or_default().to_lowercase();
    let blank = words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || "*_".contains(c)).len();
    words.drain(..blank);
    words
}

/// How many characters before an amount or a date are looked at.
const BEFORE: usize = 48;

/// How many behind it.
const AFTER: usize = 32;
