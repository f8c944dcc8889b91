//! Pictures that are at hand: what their bytes say, and the addresses in their QR codes.

use super::{Facts, Image, Link, LinkKind};
use crate::message::Message;
use crate::origin::OffsetMap;
use crate::pictures::{ImageFacts, LONGEST_PICTURE};
use crate::source::Source;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Most pictures of one draft that are looked at.
const MOST_PICTURES: usize = 200;

/// How much of a picture's address its codes lead back to.
const LONGEST_PLACE: usize = 120;

/// Looks at every picture that the draft brings with it or that lies beside it.
pub(super) fn notice(message: &Message, beside: &dyn Fn(&str) -> Option<Vec<u8>>, facts: &mut Facts) {
    let mut known: HashMap<String, Option<Arc<ImageFacts>>> = HashMap::new();
    for image in facts.images.iter_mut().filter(|image| image.web_source().is_none()) {
        let Some(source) = image.source.as_deref() else { continue };
        if known.len() >= MOST_PICTURES && !known.contains_key(source) {
            continue;
        }
        if let Some(known) = known.get(source) {
            image.file.clone_from(known);
            continue;
        }
        let bytes = message.picture(source).or_else(|| beside(source).filter(|bytes| bytes.len() <= LONGEST_PICTURE).map(Arc::from));
        image.file = bytes.and_then(|bytes| ImageFacts::read(&bytes, true, u64::try_from(bytes.len()).ok()).map(Arc::new));
        known.insert(source.to_owned(), image.file.clone());
    }
    let found: Vec<Link> = distinct(&facts.images).flat_map(|image| image.file.iter().flat_map(|file| links(image, &file.codes))).collect();
    facts.links.extend(found);
}

/// The images of a draft, each source once.
pub(super) fn distinct(images: &[Image]) -> impl Iterator<Item = &Image> {
    let mut seen = HashSet::new();
    images.iter().filter(move |image| image.source.as_deref().is_some_and(|source| seen.insert(source)))
}

/// The addresses among the texts of a picture's QR codes.
pub(super) fn links(image: &Image, codes: &[String]) -> Vec<Link> {
    let addresses = codes.iter().map(|code| code.trim()).filter(|code| is_address(code));
    addresses.map(|address| link(image, address)).collect()
}

/// Whether a telephone opens what stands in a code: contact cards, wireless networks and bare words are no addresses.
fn is_address(code: &str) -> bool {
    let head: String = code.chars().take(8).collect::<String>().to_ascii_lowercase();
    !code.contains('\n') && ["http:", "https:", "www.", "mailto:", "tel:", "sms:", "htt"].iter().any(|start| head.starts_with(start))
}

fn link(image: &Image, address: &str) -> Link {
    let end = (0..=LONGEST_PLACE.min(image.span.text().len())).rev().find(|end| image.span.text().is_char_boundary(*end));
    let place = image.span.slice(0..end.unwrap_or_default());
    let source =
        Source::decoded(&place.source, format!("QR code in {}", name(image)), address, OffsetMap::coarse(address.len(), place.range()));
    let link = Link::bare(LinkKind::Qr, &source.whole());
    Link { part: image.part, hidden: image.hidden, outlook: image.outlook, ..link }
}

/// What a picture is called: its file, or its alt text where its address does not tell.
fn name(image: &Image) -> String {
    let source = image.source.as_deref().filter(|source| !source.starts_with("data:") && !source.starts_with("cid:")).unwrap_or_default();
    let file = source.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let alt = image.alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty());
    match (file, alt) {
        ("", Some(alt)) => format!("\"{}\"", alt.chars().take(40).collect::<String>()),
        ("", None) => String::from("a picture"),
        (file, _) => file.chars().take(60).collect(),
    }
}
