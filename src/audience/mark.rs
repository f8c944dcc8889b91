//! Kinds of addresses that are worth a word on a send list: tests, shared and throw-away mailboxes, slips of the finger.

use serde::Serialize;
use strsim::osa_distance;

/// What an address is beside somebody's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Somebody's trial: `test@…`, `ann+test@…`, anything at `example.com`.
    Test,
    /// A mailbox of a function and not of a person: `info@…`, `noreply@…`.
    Shared,
    /// A throw-away mailbox.
    Disposable,
    /// The domain is a great provider's with one slip, or ends as no domain does: `gmial.com`, `shop.con`.
    Mistyped,
    /// The domain is a competitor's, as the brief names them.
    Competitor,
}

impl Mark {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 5] = [Self::Test, Self::Shared, Self::Disposable, Self::Mistyped, Self::Competitor];

    pub(super) fn from_number(number: u64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|at| Self::ALL.get(at)).copied()
    }

    /// Whether an address is at one of these domains, or below one.
    pub(super) fn is_at(address: &[u8], domains: &[String]) -> bool {
        let domain = memchr::memchr(b'@', address).and_then(|at| address.get(at + 1..)).unwrap_or_default();
        let below = |wanted: &String| domain.strip_suffix(wanted.as_bytes()).is_some_and(|rest| rest.is_empty() || rest.ends_with(b"."));
        domains.iter().any(below)
    }

    /// The mark of an address that is trimmed and in lower case.
    pub(super) fn of(address: &[u8]) -> Option<Self> {
        let at = memchr::memchr(b'@', address)?;
        let (local, domain) = (address.get(..at)?, address.get(at + 1..)?);
        if is_test(local) || TEST_DOMAINS.contains(&domain) {
            return Some(Self::Test);
        }
        if is_mistyped(domain) {
            return Some(Self::Mistyped);
        }
        if DISPOSABLE.binary_search(&domain).is_ok() {
            return Some(Self::Disposable);
        }
        is_shared(local).then_some(Self::Shared)
    }
}

/// Domains at which nobody reads mail, or on which everybody tries things out (RFC 2606, section 3).
const TEST_DOMAINS: [&[u8]; 5] = [b"example.com", b"example.net", b"example.org", b"test.com", b"test.test"];

/// `test`, `test1`, `test.user`, `testing`, `ann+test`, `asdf`.
fn is_test(local: &[u8]) -> bool {
    if matches!(local, b"asdf" | b"asdfasdf" | b"qwerty" | b"example" | b"testing" | b"tester" | b"testuser" | b"testaccount") {
        return true;
    }
    let after = |rest: &[u8]| rest.first().is_none_or(|next| !next.is_ascii_alphabetic() && *next < 0x80);
    let tag = local.iter().rposition(|byte| *byte == b'+').and_then(|plus| local.get(plus + 1..));
    [Some(local), tag].into_iter().flatten().filter_map(|word| word.strip_prefix(b"test")).any(after)
}

/// Mailboxes that have a fixed meaning (RFC 2142), or that nobody in particular reads.
fn is_shared(local: &[u8]) -> bool {
    matches!(
        local,
        b"abuse"
            | b"postmaster"
            | b"hostmaster"
            | b"webmaster"
            | b"noc"
            | b"security"
            | b"info"
            | b"marketing"
            | b"sales"
            | b"support"
            | b"admin"
            | b"administrator"
            | b"office"
            | b"contact"
            | b"kontakt"
            | b"hello"
            | b"mail"
            | b"noreply"
            | b"no-reply"
            | b"no_reply"
            | b"no.reply"
            | b"donotreply"
            | b"do-not-reply"
            | b"mailer-daemon"
            | b"bounce"
            | b"bounces"
            | b"spam"
            | b"root"
            | b"billing"
            | b"accounts"
            | b"accounting"
            | b"help"
            | b"helpdesk"
            | b"service"
            | b"team"
            | b"jobs"
            | b"newsletter"
            | b"list"
            | b"devnull"
    )
}

/// Services that are known for nothing but throw-away mailboxes, in their order; few, so that none is there wrongly.
const DISPOSABLE: [&[u8]; 24] = [
    b"10minutemail.com",
    b"dispostable.com",
    b"fakeinbox.com",
    b"getairmail.com",
    b"getnada.com",
    b"grr.la",
    b"guerrillamail.com",
    b"guerrillamail.info",
    b"guerrillamail.net",
    b"guerrillamail.org",
    b"maildrop.cc",
    b"mailinator.com",
    b"mailnesia.com",
    b"mintemail.com",
    b"moakt.com",
    b"mytemp.email",
    b"sharklasers.com",
    b"spamgourmet.com",
    b"temp-mail.org",
    b"tempinbox.com",
    b"throwawaymail.com",
    b"trashmail.com",
    b"wegwerfmail.de",
    b"yopmail.com",
];

/// Great providers whose names are long enough that one slip makes no other name.
const PROVIDERS: [(&str, &str); 12] = [
    ("gmail", "com"),
    ("hotmail", "com"),
    ("yahoo", "com"),
    ("outlook", "com"),
    ("icloud", "com"),
    ("googlemail", "com"),
    ("protonmail", "com"),
    ("comcast", "net"),
    ("verizon", "net"),
    ("btinternet", "com"),
    ("hotmail", "co.uk"),
    ("yahoo", "co.uk"),
];

/// Names within one slip of a provider's that are somebody's own.
const REAL: [&str; 8] = ["gmail", "mail", "email", "ymail", "gail", "cloud", "hotmail", "proton"];

/// Endings that no domain has (<https://data.iana.org/TLD/tlds-alpha-by-domain.txt>) and that are `com`, `net` or `org` with a slip.
const NO_ENDINGS: [&[u8]; 14] =
    [b"con", b"cmo", b"ocm", b"vom", b"xom", b"cim", b"cpm", b"coom", b"comm", b"cok", b"nte", b"ner", b"ogr", b"orgg"];

/// Endings that countries have, and that behind the name of a provider are a slip all the same.
const SLIPS_OF_COM: [&str; 3] = ["cm", "om", "co"];

fn is_mistyped(domain: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', domain) else { return false };
    if domain.get(dot + 1..).is_some_and(|ending| NO_ENDINGS.contains(&ending)) {
        return true;
    }
    // Only what begins like a provider, and is about as long, can be one.
    matches!(domain.first(), Some(b'g' | b'h' | b'y' | b'o' | b'i' | b'p' | b'c' | b'v' | b'b' | b'm' | b'a' | b'u'))
        && (6..=17).contains(&domain.len())
        && domain != b"gmail.com"
        && std::str::from_utf8(domain).ok().and_then(provider).is_some()
}

/// The provider that a domain is one slip away from.
fn provider(domain: &str) -> Option<(&'static str, &'static str)> {
    let (name, ending) = domain.split_once('.')?;
    if PROVIDERS.contains(&(name, ending)) || (REAL.contains(&name) && ending == "com") {
        return None;
    }
    PROVIDERS.into_iter().find(|(right, right_ending)| {
        if *right_ending == "com" && name == *right {
            return SLIPS_OF_COM.contains(&ending);
        }
        // A wrong first letter makes another name, unless the first two have changed places.
        let same_start = name.chars().next() == right.chars().next()
            || name.chars().take(2).eq(right.chars().take(2).collect::<Vec<_>>().into_iter().rev());
        ending == *right_ending && same_start && osa_distance(name, right) == 1
    })
}

/// The domain that was meant, where a domain has a slip.
pub fn meant(domain: &str) -> Option<String> {
    if let Some((name, ending)) = provider(domain) {
        return Some(format!("{name}.{ending}"));
    }
    let (name, ending) = domain.rsplit_once('.')?;
    let right = match ending.as_bytes() {
        b"nte" | b"ner" => "net",
        b"ogr" | b"orgg" => "org",
        other if NO_ENDINGS.contains(&other) => "com",
        _ => return None,
    };
    let right = format!("{name}.{right}");
    Some(meant_name(&right).unwrap_or(right))
}

/// A second slip, in the name.
fn meant_name(domain: &str) -> Option<String> {
    provider(domain).map(|(name, ending)| format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_real_domains() {
        for slip in [
            "gmial.com",
            "gmai.com",
            "gmil.com",
            "gnail.com",
            "gmaill.com",
            "mgail.com",
            "gmail.co",
            "gmail.cm",
            "hotmial.com",
            "hotmai.com",
            "yaho.com",
            "yahooo.com",
            "outlok.com",
            "iclould.com",
            "hotmal.co.uk",
            "shop.con",
            "gmail.con",
            "gmial.cmo",
        ] {
            assert_eq!(Mark::of(format!("a@{slip}").as_bytes()), Some(Mark::Mistyped), "{slip}");
        }
        for real in [
            "gmail.com",
            "mail.com",
            "email.com",
            "ymail.com",
            "gmx.com",
            "gmx.de",
            "yahoo.de",
            "yahoo.co.jp",
            "yahoo.com.br",
            "hotmail.fr",
            "live.com",
            "aol.com",
            "me.com",
            "web.de",
            "cloud.com",
            "outlook.de",
            "hotmail.co.uk",
            "shop.example",
            "google.com",
            "proton.me",
            "fmail.com",
            "comcast.net",
            "gmail.example",
            "gail.com",
            "mail.ru",
            "yandex.com",
        ] {
            assert_eq!(Mark::of(format!("a@{real}").as_bytes()), None, "{real}");
        }
        assert_eq!((meant("gmial.con").as_deref(), meant("hotmail.cm").as_deref()), (Some("gmail.com"), Some("hotmail.com")));
    }

    #[test]
    fn trials_are_told_from_people() {
        let mark = |address: &str| Mark::of(address.as_bytes());
        for test in
            ["test@a.example", "test1@a.example", "ann+test@a.example", "ann+test2@a.example", "ann@example.com", "test.user@a.example"]
        {
            assert_eq!(mark(test), Some(Mark::Test), "{test}");
        }
        for person in
            ["testa@a.example", "testino@a.example", "contest@a.example", "ann+tests@a.example", "ann@test.example", "testérieur@a.example"]
        {
            assert_eq!(mark(person), None, "{person}");
        }
        assert_eq!((mark("noreply@a.example"), mark("info@a.example")), (Some(Mark::Shared), Some(Mark::Shared)));
        assert_eq!(mark("x@mailinator.com"), Some(Mark::Disposable));
        assert!(DISPOSABLE.is_sorted());
    }
}
