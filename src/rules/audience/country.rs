//! Countries as lists name them: by code, in English, or in their own language.

/// Names of countries by their codes (ISO 3166), as `plain` leaves them.
const NAMES: [(&str, &[&str]); 40] = [
    ("at", &["aut", "austria", "österreich", "oesterreich"]),
    ("au", &["aus", "australia"]),
    ("be", &["bel", "belgium", "belgië", "belgique", "belgien"]),
    ("br", &["bra", "brazil", "brasil"]),
    ("ca", &["can", "canada"]),
    ("ch", &["che", "switzerland", "schweiz", "suisse", "svizzera"]),
    ("cn", &["chn", "china"]),
    ("cz", &["cze", "czechia", "czechrepublic", "česko"]),
    ("de", &["deu", "germany", "deutschland", "allemagne"]),
    ("dk", &["dnk", "denmark", "danmark"]),
    ("es", &["esp", "spain", "españa", "espana", "spanien", "espagne"]),
    ("fi", &["fin", "finland", "suomi"]),
    ("fr", &["fra", "france", "frankreich"]),
    ("gb", &["uk", "gbr", "unitedkingdom", "greatbritain", "england", "scotland", "wales", "northernireland", "großbritannien"]),
    ("gr", &["grc", "greece", "ελλάδα"]),
    ("hk", &["hkg", "hongkong"]),
    ("hu", &["hun", "hungary", "magyarország"]),
    ("ie", &["irl", "ireland", "éire"]),
    ("il", &["isr", "israel"]),
    ("in", &["ind", "india"]),
    ("it", &["ita", "italy", "italia", "italien", "italie"]),
    ("jp", &["jpn", "japan", "日本"]),
    ("kr", &["kor", "southkorea", "korearepublicof", "한국"]),
    ("li", &["lie", "liechtenstein"]),
    ("lu", &["lux", "luxembourg", "luxemburg"]),
    ("mx", &["mex", "mexico", "méxico"]),
    ("nl", &["nld", "netherlands", "thenetherlands", "nederland", "holland", "niederlande", "paysbas"]),
    ("no", &["nor", "norway", "norge"]),
    ("nz", &["nzl", "newzealand"]),
    ("pl", &["pol", "poland", "polska", "polen"]),
    ("pt", &["prt", "portugal"]),
    ("ro", &["rou", "romania", "românia"]),
    ("ru", &["rus", "russia", "russianfederation"]),
    ("se", &["swe", "sweden", "sverige", "schweden"]),
    ("sg", &["sgp", "singapore"]),
    ("sk", &["svk", "slovakia", "slovensko"]),
    ("tr", &["tur", "turkey", "türkiye"]),
    ("ua", &["ukr", "ukraine", "україна"]),
    ("us", &["usa", "unitedstates", "unitedstatesofamerica", "america"]),
    ("za", &["zaf", "southafrica"]),
];

/// Whether two words name the same country.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (super::plain(one), super::plain(other));
    code(&one) == code(&other)
}

fn code(name: &str) -> &str {
    NAMES.iter().find(|(_, names)| names.contains(&name)).map_or(name, |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_the_same_country() {
        assert!(same("DE", "Germany") && same("Deutschland", "de") && same("United Kingdom", "UK") && same("Atlantis", "ATLANTIS"));
        assert!(!same("DE", "AT") && !same("Austria", "Australia"));
    }
}
