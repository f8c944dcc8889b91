//! Pictures by fault: one finding, however many pictures have it.

use crate::facts::{Image, ImageKind, Link};
use crate::finding::Finding;
use crate::links::{ImageFacts, Links, merge_tag};
use crate::rule::Context;
use crate::source::Span;
use rustc_hash::FxHashSet;

/// Services that draw grey boxes and show arbitrary pictures.
const SERVICES: [&str; 22] = [
    "placehold.it",
    "placehold.co",
    "placehold.jp",
    "placeholder.com",
    "via.placeholder.com",
    "placeholder.pics",
    "dummyimage.com",
    "fakeimg.pl",
    "lorempixel.com",
    "picsum.photos",
    "placekitten.com",
    "placebear.com",
    "placeimg.com",
    "placecage.com",
    "loremflickr.com",
    "fpoimg.com",
    "fillmurray.com",
    "dummyimg.in",
    "ipsumimage.appspot.com",
    "holder.js",
    "unsplash.it",
    "source.unsplash.com",
];

/// Most further places that one finding lists.
const MOST_PLACES: usize = 20;

/// How much of an address a finding points at: a picture inside its own address may be megabytes long.
const LONGEST_PLACE: usize = 120;

/// The place of a picture's address.
pub(super) fn place(image: &Image) -> Span {
    let end = (0..=LONGEST_PLACE.min(image.span.text().len())).rev().find(|end| image.span.text().is_char_boundary(*end));
    image.span.slice(0..end.unwrap_or_default())
}

/// One finding for several pictures with one fault. `says` gets what stands before it: "a picture" or "3 pictures".
pub(super) fn one(images: &[&Image], says: impl Fn(usize) -> String) -> Option<Finding> {
    let (first, others) = images.split_first()?;
    let finding = Finding::new(place(first), says(images.len()));
    Some(others.iter().take(MOST_PLACES).fold(finding, |finding, image| finding.related(place(image), name_of(image))))
}

/// What a reader calls a picture: its alt text or its file.
pub(super) fn name_of(image: &Image) -> String {
    match image.alt.as_deref().map(str::trim) {
        Some(alt) if !alt.is_empty() => format!("the picture \"{}\"", alt.chars().take(60).collect::<String>()),
        _ => image.source.as_deref().and_then(file_name).map_or_else(|| String::from("a picture"), |name| format!("the picture {name}")),
    }
}

/// The file at the end of an address, cut short where its name is long.
pub(super) fn file_name(source: &str) -> Option<&str> {
    let address = Some(source.as_bytes()).filter(|source| !source.starts_with(b"data:"))?;
    let end = memchr::memchr2(b'?', b'#', address).unwrap_or(address.len());
    let start = memchr::memrchr2(b'/', b'\\', address.get(..end)?).map_or(0, |slash| slash + 1);
    let name = source.get(start..end).filter(|name| !name.is_empty())?;
    if name.len() <= LONGEST_NAME {
        Some(name)
    } else {
        name.char_indices().nth(LONGEST_NAME).map_or(Some(name), |(cut, _)| name.get(..cut))
    }
}

/// How much of the name of a file is told, in characters.
const LONGEST_NAME: usize = 60;

/// The pictures of the draft, each address once, those that stand in the draft as readers will get them.
pub(super) fn sources<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Image, &'a str)> {
    let images = context.facts.images.as_slice();
    let numbers = context.facts.literal_images(|| {
        let mut seen = FxHashSet::default();
        let literal = images.iter().enumerate().filter(|(_, image)| !image.tagged);
        let sources = literal.filter_map(|(number, image)| Some((number, image.source.as_deref()?)));
        let is_literal = |source: &str| source.starts_with("data:") || merge_tag(source).is_none();
        sources.filter(|(_, source)| is_literal(source) && seen.insert(*source)).map(|(number, ..)| number).collect()
    });
    numbers.iter().filter_map(|number| images.get(*number)).filter_map(|image| Some((image, image.source.as_deref()?)))
}

/// What the bytes of a picture say: those in the mail, or those that the web gave.
pub(super) fn file_of<'a>(image: &'a Image, source: &str, links: Option<&'a Links>) -> Option<&'a ImageFacts> {
    image.file.as_deref().or_else(|| links?.get(source)?.image.as_ref())
}

/// Where a picture is to be put once it is mended.
pub(super) fn where_to(image: &Image) -> &'static str {
    if image.web_source().is_some() { "under the same address" } else { "in its place" }
}

/// Pictures that are content: shown by themselves, to all, and no counting pixel.
pub(super) fn pictures<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Image> {
    let images = context.facts.images.iter();
    images
        .filter(|image| image.kind == ImageKind::Picture && !image.outlook && !image.hidden && !image.is_spacer())
        .filter(|image| !is_dummy(image))
}

/// The link around a picture.
pub(super) fn link_of<'a>(image: &Image, context: &Context<'a>) -> Option<&'a Link> {
    context.facts.links.get(image.link?)
}

/// Whether a picture only holds the place of another: that is a fault of its own, and none of its other faults matters.
pub(super) fn is_dummy(image: &Image) -> bool {
    let Some(host) = image.domain() else { return false };
    let host = host.trim_start_matches("www.");
    SERVICES.contains(&host) || matches!(host, "example.com" | "example.org" | "example.net")
}
