//! The words around coupon codes, in English, German, French, Spanish, Italian, Dutch, Portuguese and Polish.

/// What a code is called right before it is told. Longer names that end in one of these words ("promo code") are found by
/// their end.
const CODE: [&str; 25] = [
    "code",
    "promocode",
    "promotioncode",
    "couponcode",
    "discountcode",
    "vouchercode",
    "giftcode",
    "offercode",
    "welcomecode",
    "savingscode",
    "gutscheincode",
    "rabattcode",
    "aktionscode",
    "code promo",
    "code de réduction",
    "código",
    "codigo",
    "código promocional",
    "código de descuento",
    "codice",
    "codice sconto",
    "kortingscode",
    "actiecode",
    "kod",
    "kod rabatowy",
];

/// Things that are told by their code: "your coupon: SPRING20".
const CARRIER: [&str; 5] = ["coupon", "voucher", "gutschein", "cupón", "cupom"];

/// "The code is", "der Code lautet".
const IS: [&str; 8] = ["is", "ist", "lautet", "est", "es", "è", "é", "jest"];

/// What one does with a code. "With" and its like say less: they need a figure in the code.
const COMMAND: [&str; 7] = ["use", "enter", "apply", "type", "redeem", "quote", "nutze"];
const WITH: [&str; 7] = ["with", "mit", "avec", "con", "met", "com", "z"];

/// What follows a code where it is told without its name: "use SPRING20 at checkout".
const AT_THE_TILL: [&str; 16] = [
    "at checkout",
    "at the checkout",
    "at the till",
    "at the basket",
    "to get",
    "to save",
    "to claim",
    "and get",
    "and save",
    "an der kasse",
    "beim bezahlen",
    "im warenkorb",
    "lors de",
    "al momento",
    "bij het afrekenen",
    "na finalização",
];

/// Whether the words before a place name what follows as a code for the till.
pub(super) fn name_a_code(head: &str) -> bool {
    let head = lower_end(head);
    let head = head.trim_end_matches(['"', '\'', '“', '”', '„', '«', '‘', '’', '*', '_']).trim_end();
    let head = head.strip_suffix([':', '=']).unwrap_or(head).trim_end();
    let direct = without_one(head, &CODE).or_else(|| without_one(head, &CARRIER));
    let told =
        || without_one(head, &IS).map(str::trim_end).and_then(|head| without_one(head, &CODE).or_else(|| without_one(head, &CARRIER)));
    direct.or_else(told).is_some_and(|before| !is_another_code(before))
}

/// Whether a passage ends by announcing a code: "Use code", "Dein Gutscheincode:".
pub(super) fn announce(text: &str) -> bool {
    let head = lower_end(text);
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || ":-–…➜→*".contains(c));
    without_one(head, &CODE).is_some_and(|before| !is_another_code(before))
}

/// How the words before a place ask to use what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// "Use", "enter".
    Outright,
    /// "With".
    Along,
}

/// Whether and how the words before a place ask to use what follows.
pub(super) fn ask_to_use(head: &str) -> Option<Asked> {
    let head = lower_end(head);
    let head = head.trim_end_matches(['"', '\'', '“', '”', '„', '«', '‘', '’', '*', '_']);
    let words = head.trim_end();
    if words.len() == head.len() {
        return None;
    }
    let asked = without_one(words, &COMMAND).map(|_| Asked::Outright);
    asked.or_else(|| without_one(words, &WITH).map(|_| Asked::Along))
}

/// Whether what follows a place is where codes are used, or what they are good for.
pub(super) fn go_on_at_the_till(tail: &str) -> bool {
    let tail: String = tail.trim_start_matches(['"', '\'', '“', '”', '„', '«', '‘', '’', '*', '_']).chars().take(32).collect();
    let tail = tail.to_lowercase();
    let words = tail.trim_start();
    words.len() < tail.len() && AT_THE_TILL.iter().any(|place| words.starts_with(place))
}

/// The last characters of a text, in lower case.
fn lower_end(text: &str) -> String {
    let from = text.char_indices().rev().nth(63).map_or(0, |(at, _)| at);
    text.get(from..).unwrap_or_default().to_lowercase()
}

/// A text without the one of these words that it ends with.
fn without_one<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_suffix(word).filter(|before| !before.ends_with(char::is_alphanumeric)))
}

/// Whether the words before "code" make it one that no till takes: a verification code, a booking code, a dress code.
fn is_another_code(before: &str) -> bool {
    const WORDS: [&str; 42] = [
        "verification",
        "security",
        "zip",
        "postal",
        "post",
        "area",
        "country",
        "source",
        "order",
        "booking",
        "confirmation",
        "reference",
        "tracking",
        "access",
        "dress",
        "error",
        "exit",
        "status",
        "product",
        "item",
        "bar",
        "qr",
        "pin",
        "login",
        "activation",
        "licence",
        "license",
        "invite",
        "invitation",
        "referral",
        "http",
        "morse",
        "swift",
        "sort",
        "tax",
        "building",
        "unlock",
        "meeting",
        "course",
        "class",
        "response",
        "color",
    ];
    let word = before.trim_end_matches([' ', '-', '\n', '\u{a0}']).rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether a text speaks of money or savings at all.
pub(super) fn are_about_money(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "%",
        "€",
        "£",
        "$",
        "zł",
        "discount",
        "free shipping",
        "checkout",
        "coupon",
        "voucher",
        "rabatt",
        "gutschein",
        "korting",
        "sconto",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}
