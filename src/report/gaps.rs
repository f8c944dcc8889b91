//! What was not checked, and why: parts that were missing, links that could not be judged.

use super::NotChecked;
use crate::check::Outcome;
use crate::evidence::{Evidence, Unanswered};
use crate::links::{Alone, Answer, Links, Standing, masked};
use crate::message::Unread;
use crate::proof::Proof;
use crate::rule::{Context, Need};
use crate::settings::{MessageType, Required, Role};
use crate::spelling::Unusable;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The first list that was given under a name that says nothing, while lists are missing: it may be one of those.
fn without_role(context: &Context<'_>, evidence: Evidence<'_>) -> Option<NotChecked> {
    let settings = context.settings;
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let is_used = |name: &str, path: &String| {
        let coupons = || context.facts.codes.iter().filter_map(|code| evidence.coupons?.find(&code.text));
        settings.people.exclude.iter().any(|excluded| plain(excluded) == plain(name))
            || settings.others.iter().any(|other| other.lists.contains(path))
            || coupons().any(|coupon| coupon.customer_group.as_deref().is_some_and(|group| plain(group) == plain(name)))
    };
    let lists = &evidence.audience?.lists;
    let list = lists.iter().find(|list| list.role == Role::Other && !is_used(&list.name, &list.path))?;
    Some(NotChecked {
        what: format!("who is on the list \"{}\"", list.name),
        why: String::from("its name is no role, so it was counted and compared with nothing"),
        remedy: Some(format!("say whose it is, for example --list {}:unsubscribed={}", list.name, list.path)),
        rules: Vec::new(),
    })
}

/// Everything about one draft that was not checked, or not wholly.
pub(super) fn not_checked(context: &Context<'_>, evidence: Evidence<'_>, outcome: &Outcome) -> Vec<NotChecked> {
    let mut needs: BTreeSet<Need> = outcome.skipped.iter().map(|(_, need)| *need).collect();
    if needs.contains(&Need::Audience) {
        // One missing send list is said once.
        needs.remove(&Need::Fields);
    }
    let mut gaps: Vec<NotChecked> = context.message.unread.iter().map(unread).collect();
    // A service mail is filled in from an order or an account, which a list of people never holds.
    let from_list = context.kind() != Some(MessageType::Service);
    gaps.extend(evidence.spelling.unusable.iter().map(unusable));
    gaps.extend(evidence.proof.into_iter().filter(|_| from_list).flat_map(unproofed));
    if !evidence.unanswered.is_empty() {
        needs.remove(&Need::Coupons);
        gaps.extend(unasked_shops(context, evidence, outcome));
    }
    if needs.iter().any(|need| matches!(need, Need::List(_))) {
        gaps.extend(without_role(context, evidence));
    }
    gaps.extend(needs.into_iter().filter_map(|need| missing(context, evidence, outcome, need)));
    if let Some(links) = evidence.links {
        gaps.extend(unjudged(context, links));
    }
    // What makes a draft incomplete stands first.
    gaps.sort_by_cached_key(|gap| !outcome.lacking.iter().any(|required| is_of(gap, *required, outcome)));
    gaps
}

/// Whether it is by this gap that a required check is lacking.
fn is_of(gap: &NotChecked, required: Required, outcome: &Outcome) -> bool {
    let rules = match required {
        Required::Audience => lacking(outcome, Need::Audience),
        Required::Coupons => lacking(outcome, Need::Coupons),
        Required::Links => vec!["dead-link"],
    };
    gap.rules.iter().any(|rule| rules.contains(rule))
}

/// A part of the draft that could not be read: no rule saw it.
fn unread(part: &Unread) -> NotChecked {
    NotChecked { what: part.what.clone(), why: part.why.clone(), remedy: part.remedy.clone(), rules: Vec::new() }
}

/// A dictionary that was named and could not be used.
fn unusable(dictionary: &Unusable) -> NotChecked {
    let what = format!("spelling with {}", dictionary.path);
    let remedy = String::from("name the .dic file of a Hunspell dictionary, with its .aff file beside it");
    NotChecked { what, why: dictionary.why.clone(), remedy: Some(remedy), rules: vec!["unknown-word"] }
}

/// Spelling in a language of which no words are at hand.
fn unspelt(context: &Context<'_>, rules: Vec<&'static str>) -> NotChecked {
    let language = context.language();
    NotChecked {
        what: format!("its spelling in {}", language.name()),
        why: String::from("no dictionary of the language was found"),
        remedy: Some(format!("install one, such as the package hunspell-{}, or add --dictionary FILE.dic", language.tag())),
        rules,
    }
}

/// How many tags are named that are not worked out.
const UNPROOFED: usize = 6;

/// Tags and blocks of which it is not known what they become for the people on the list.
fn unproofed(proof: &Proof) -> Vec<NotChecked> {
    let mut gaps: Vec<NotChecked> = Vec::new();
    let mut more = 0;
    for part in proof.lists.iter().flat_map(|list| &list.template.unproofed) {
        let tag: String = part.span.text().chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let what = format!("what {tag} becomes ({})", part.span.place());
        if gaps.iter().any(|gap| gap.what == what) {
            continue;
        }
        if gaps.len() == UNPROOFED {
            more += 1;
            continue;
        }
        let remedy = part.why.contains("no column").then(|| String::from("export the list with this column"));
        gaps.push(NotChecked { what, why: part.why.clone(), remedy, rules: Vec::new() });
    }
    if more > 0 {
        let remedy = Some(String::from("`presend proof` lists them all"));
        gaps.push(NotChecked {
            what: format!("what {more} more merge tags become"),
            why: String::from("they are not worked out"),
            remedy,
            rules: Vec::new(),
        });
    }
    gaps
}

/// The shops that could not be asked, with the rules that lack their coupons.
fn unasked_shops(context: &Context<'_>, evidence: Evidence<'_>, outcome: &Outcome) -> Vec<NotChecked> {
    let what = takes(context);
    let rules: Vec<&'static str> = lacking(outcome, Need::Coupons);
    let gap = |shop: &Unanswered| NotChecked {
        what: what.clone(),
        why: shop.why.clone(),
        remedy: Some(shop.remedy.clone()),
        rules: rules.clone(),
    };
    evidence.unanswered.iter().map(gap).collect()
}

/// The codes of the mail, each once.
fn codes(context: &Context<'_>) -> String {
    let codes: BTreeSet<&str> = context.facts.codes.iter().map(|code| code.text.as_str()).collect();
    codes.into_iter().collect::<Vec<_>>().join(", ")
}

/// What of the shop is not known: whether it takes the codes of the mail, or has one for everybody.
fn takes(context: &Context<'_>) -> String {
    match (codes(context), context.code_tags().next()) {
        (codes, _) if !codes.is_empty() => format!("whether the shop takes {codes}"),
        (_, Some(tag)) => format!("the codes that {} becomes", tag.shown()),
        _ => String::from("the coupons of the shop"),
    }
}

/// The rules that did not run for want of a part.
fn lacking(outcome: &Outcome, need: Need) -> Vec<&'static str> {
    outcome.skipped.iter().filter(|(_, missing)| *missing == need).map(|(rule, _)| rule.name).collect()
}

/// A part that was not at hand although the draft has something to check against it.
fn missing(context: &Context<'_>, evidence: Evidence<'_>, outcome: &Outcome, need: Need) -> Option<NotChecked> {
    let rules = lacking(outcome, need);
    if rules.is_empty() {
        return None;
    }
    let (what, why, remedy) = match need {
        Need::Audience => (String::from("who gets it"), "no send list was given", "add --to FILE, and --list customers=FILE or the like"),
        Need::Rows => (
            String::from(
                "single rows of the send list: what each message says, people spelt in two ways, misspelt and shared addresses, odd values",
            ),
            "the list stands in a warehouse, which is asked for counts alone",
            "check a part of it as a file, too: --to FILE",
        ),
        Need::List(role) => {
            let (who, name) = (people_of(role), role.name());
            return Some(NotChecked {
                what: format!("whether {who} get it"),
                why: String::from("no list of them was given"),
                remedy: Some(format!("add --list {name}=FILE")),
                rules,
            });
        }
        Need::Fields => (
            String::from("whether the fields of its merge tags exist"),
            "no send list was given",
            "add --to FILE, or fields to presend.toml",
        ),
        Need::Dictionary => return Some(unspelt(context, rules)),
        Need::Size => (String::from("whether it is the right number of people"), "no expected number was given", "add --audience NUMBER"),
        Need::Coupons => (takes(context), "no coupon list was given", "add --coupons FILE"),
        Need::Group => (
            String::from("whether all who get it may use its code"),
            "the code is for a customer group, and there is no list of that name",
            "add --list GROUP=FILE",
        ),
        Need::OwnSites => (
            String::from("whether an old campaign in its links is its own"),
            "nothing tells which site is the sender's",
            "name it under domains in presend.toml",
        ),
        Need::Language => (
            whether_its_footer_tells(&rules),
            "presend does not read the language of this mail",
            "look at its footer, or say the language in presend.toml if it is another",
        ),
        Need::Footer => (
            whether_its_footer_tells(&rules),
            "the draft is no whole mail, and the platform may add a footer",
            "send it to yourself and check that mail, saved as .eml",
        ),
        Need::Rehearsal => (String::from("what a change would set off"), "no plan was given", "run presend rehearse"),
        Need::Links if evidence.links.is_some() => {
            (String::from("where its links lead"), "no answer could be had", "run again, or open them by hand")
        }
        Need::Links => (whether_links_open(context), "the network was not asked", "run without --offline"),
    };
    Some(NotChecked { what, why: why.to_owned(), remedy: Some(remedy.to_owned()), rules })
}

/// What was judged by a date of its own was not judged by the clock.
pub(super) fn old() -> NotChecked {
    NotChecked {
        what: String::from("whether its dates are still to come"),
        why: String::from("by its own date it went out long ago, and was judged by that"),
        remedy: Some(String::from("say --send-at if it goes out again")),
        rules: Vec::new(),
    }
}

/// What is not known of a footer, by the rules that ask.
fn whether_its_footer_tells(rules: &[&str]) -> String {
    let asked = ["unsubscribe-missing", "postal-address-missing"].map(|rule| rules.contains(&rule));
    String::from(match asked {
        [true, false] => "whether it says how to get off the list",
        [false, true] => "whether it says where its sender is",
        _ => "whether it says how to get off the list and where its sender is",
    })
}

/// What nobody asked the web about.
fn whether_links_open(context: &Context<'_>) -> String {
    let links: BTreeSet<&str> = context.facts.links.iter().filter(|link| link.is_web()).map(|link| link.href.as_str()).collect();
    match links.len() {
        0 => String::from("whether its pictures load"),
        1 => String::from("whether its link opens"),
        many => format!("whether its {many} links open"),
    }
}

/// What people of a role are called.
fn people_of(role: Role) -> &'static str {
    match role {
        Role::RecentBuyers => "people who have just bought it",
        Role::LastSend => "the people of the last send",
        Role::Everyone => "everybody",
        Role::Send => "the people on the send list",
        Role::Customers => "existing customers",
        Role::AlreadyWelcomed => "people who have been welcomed",
        Role::AlreadyAsked => "people who have been asked",
        Role::Unsubscribed => "people who unsubscribed",
        Role::Bounced => "addresses that bounced",
        Role::DoNotMail => "people who must not be mailed",
        Role::Intended => "only the people who are meant to",
        Role::Staff => "colleagues",
        Role::Other => "others",
    }
}

/// Addresses whose answer says neither that they work nor that they do not, and addresses that were left alone.
fn unjudged(context: &Context<'_>, links: &Links) -> Vec<NotChecked> {
    let mut gaps: Vec<NotChecked> = links.notes().iter().map(|note| gap(String::from("links"), note.clone(), None)).collect();
    let mut alone: BTreeMap<Alone, usize> = BTreeMap::new();
    let mut untold: Vec<(&Answer, usize)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut unasked = 0_usize;
    // A merge tag may be a whole address, which was not asked either.
    let whole = context.facts.links.iter().map(|link| link.href.as_str()).filter(|address| links.left_alone(address).is_some());
    for address in context.facts.addresses().into_iter().chain(whole).collect::<BTreeSet<&str>>() {
        match (links.get(address), links.left_alone(address)) {
            (Some(answer), _) if matches!(answer.standing, Standing::Refused | Standing::Unknown) => {
                let at = *known.entry(&answer.reason).or_insert(untold.len());
                match untold.get_mut(at) {
                    Some((_, more)) => *more += 1,
                    None => untold.push((answer, 0)),
                }
            }
            (Some(_), _) => {}
            (None, Some(left)) => *alone.entry(left.kind).or_default() += 1,
            (None, None) => unasked += 1,
        }
    }
    gaps.extend(untold.into_iter().map(|(answer, more)| untold_gap(answer, more)));
    gaps.extend(alone.into_iter().map(|(kind, number)| left_alone(kind, number)));
    if unasked > 0 {
        gaps.push(gap(
            if unasked == 1 { String::from("1 link") } else { format!("{unasked} links") },
            String::from("the recorded answers do not hold it"),
            Some("record the answers anew"),
        ));
    }
    gaps
}

/// An answer that says nothing, and how many more addresses have the same.
fn untold_gap(answer: &Answer, more: usize) -> NotChecked {
    let what = match more {
        0 => masked(&answer.url),
        more => format!("{} and {more} more", masked(&answer.url)),
    };
    let refused = answer.standing == Standing::Refused;
    gap(what, answer.shown_reason(), Some(if refused { "open it by hand" } else { "open it by hand, or run again" }))
}

fn left_alone(kind: Alone, number: usize) -> NotChecked {
    let (one, many, why) = match kind {
        Alone::Unsubscribe => ("unsubscribe or preference link", "unsubscribe or preference links", "opening it would act for a reader"),
        Alone::Action => ("action link", "action links", "opening it would do something"),
        Alone::Tracking => ("tracking link", "tracking links", "opening it would count a reader"),
        Alone::MergeTag => ("link with a merge tag", "links with a merge tag", "it is complete only when the mail goes out"),
        Alone::Walled => ("link to a site that turns programs away", "links to sites that turn programs away", "a person has to look"),
        Alone::Skipped => ("address that the settings say to skip", "addresses that the settings say to skip", "nobody asked it"),
        Alone::Scheme | Alone::Malformed => ("link that is no web address", "links that are no web addresses", "there is no page to ask"),
    };
    // Whoever opens the unsubscribe link of a real reader has unsubscribed them.
    let remedy = if matches!(kind, Alone::Unsubscribe | Alone::Action) { "try it in a mail to yourself" } else { "open it by hand" };
    gap(format!("{number} {}", if number == 1 { one } else { many }), why.to_owned(), Some(remedy))
}

fn gap(what: String, why: String, remedy: Option<&str>) -> NotChecked {
    NotChecked { what, why, remedy: remedy.map(str::to_owned), rules: vec!["dead-link"] }
}
