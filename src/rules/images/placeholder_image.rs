//! A picture that only holds the place of another.

use super::group::{one, sources};
use crate::facts::Image;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Context, Repair, Rule};
use url::Url;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "placeholder-image",
    severity: Severity::Block,
    summary: "A picture comes from a service for dummy pictures, or from an example domain",
    repair: Repair::Nothing,
    page: include_str!("placeholder_image.md"),
    check: Check::Draft(check),
};

/// Services that draw grey boxes and show arbitrary pictures.
const SERVICES: [&str; 22] = [
    "placehold.it", "placehold.co", "placehold.jp", "placeholder.com", "via.placeholder.com", "placeholder.pics", "dummyimage.com", "fakeimg.pl",
    "lorempixel.com", "picsum.photos", "placekitten.com", "placebear.com", "placeimg.com", "placecage.com", "loremflickr.com", "fpoimg.com",
    "fillmurray.com", "dummyimg.in", "ipsumimage.appspot.com", "holder.js", "unsplash.it", "source.unsplash.com",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let dummies: Vec<&Image> = sources(context).filter(|(_, source)| is_dummy(source)).map(|(image, _)| image).collect();
    let says = |count| if count == 1 { String::from("a picture is a dummy") } else { format!("{count} pictures are dummies") };
    one(&dummies, says).map(|finding| finding.help("put in the picture that belongs there, or remove it")).into_iter().collect()
}

fn is_dummy(source: &str) -> bool {
    let url = Url::parse(source).ok();
    let Some(host) = url.as_ref().and_then(Url::domain) else { return false };
    let host = host.trim_start_matches("www.");
    SERVICES.contains(&host) || matches!(host, "example.com" | "example.org" | "example.net")
}
