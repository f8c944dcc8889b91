//! Drafts that are one mail: A/B variants and languages of a campaign.

use crate::desk::Desk;

fn mail(words: &str, links: &[(&str, &str)]) -> String {
    let links: Vec<String> =
        links.iter().map(|(words, path)| format!("<a href=\"https://brightnook.example{path}\">{words}</a>")).collect();
    format!(
        "<html><body><h1>{words}</h1><p>{}</p><p><a href=\"https://brightnook.example/unsubscribe\">Unsubscribe</a></p></body></html>",
        links.join(" ")
    )
}

#[test]
fn variants_have_one_verdict_and_are_compared() {
    let desk = Desk::new()
        .with("a.html", mail("Boots for wet weather", &[("Shop boots", "/boots?utm_content=a")]))
        .with("b.html", mail("Dry feet all winter", &[("Shop boots", "/coats?utm_content=b")]))
        .with(
            "presend.toml",
            "[[campaign]]\nname = \"Boots\"\nvariants = [\"a.html\", \"b.html\"]\n[rules]\nvariant-link-differs = \"block\"\n",
        );
    let ended = desk.presend("check --offline");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    for words in ["Campaign Boots (variant A, variant B): HOLD", "in variant A to brightnook.example/boots", "a.html:1:"] {
        assert!(ended.out.contains(words), "{words}: {}", ended.out);
    }
    let json = desk.presend("check --offline --format json").out;
    assert!(json.contains("\"campaigns\": [") && json.contains("\"version\": \"variant B\""), "{json}");
    // A variant that is named alone is still checked, and compared with nothing.
    let alone = desk.presend("check --offline b.html");
    assert_eq!(alone.code, 0, "{}", alone.out);
    assert!(!alone.out.contains("Campaign Boots ("), "{}", alone.out);
}

#[test]
fn a_language_that_lost_a_link_is_told() {
    let pages = |language: &str, words: [&str; 3]| -> Vec<(String, String)> {
        words.iter().zip(["boots", "coats", "hats"]).map(|(words, page)| ((*words).to_owned(), format!("/{language}/{page}"))).collect()
    };
    let written = |words: &str, links: &[(String, String)]| {
        mail(words, &links.iter().map(|(words, path)| (words.as_str(), path.as_str())).collect::<Vec<_>>())
    };
    let (english, german) = (pages("en", ["Boots", "Coats", "Hats"]), pages("de", ["Stiefel", "Mäntel", "Hüte"]));
    let desk = |german: &[(String, String)]| {
        Desk::new()
            .with("mail.en.html", written("The autumn range is here", &english))
            .with("mail.de.html", written("Die Herbstmode ist da", german))
            .with("presend.toml", "[[campaign]]\n[campaign.languages]\nen = \"mail.en.html\"\nde = [\"mail.de.html\"]\n")
    };
    let told = desk(&german[..2]).presend("check --offline");
    assert!(told.out.contains("the version \"en\" links to \"Hats\", and this one does not"), "{}", told.out);
    let whole = desk(&german).presend("check --offline");
    assert!(!whole.out.contains("this one does not") && whole.out.contains("One mail (en, de): CLEAR"), "{}", whole.out);
}
