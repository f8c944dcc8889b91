//! QR codes in pictures, decoded within bounds of pixels.

use super::ImageFacts;
use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits};
use rqrr::PreparedImage;
use std::io::Cursor;

/// Most pixels of a picture that is looked at: a photograph of a good camera.
const MOST_PIXELS: u64 = 24_000_000;

/// Above so many pixels a picture is halved before it is looked at; a code that telephones read from a screen stays legible.
const PLENTY: u64 = 2_500_000;

/// Shortest side of a picture that can hold a code: 21 modules and some margin, at two pixels a module.
const SHORTEST_SIDE: u32 = 42;

/// Most bytes that decoding may take.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;

/// Most codes of one picture: a sheet of vouchers.
const MOST_CODES: usize = 16;

/// What stands in the QR codes of a picture, each text once, from left to right and down.
pub(super) fn codes(body: &[u8], facts: &ImageFacts) -> Vec<String> {
    let format = match facts.format.as_str() {
        "png" => ImageFormat::Png,
        "jpeg" => ImageFormat::Jpeg,
        "gif" => ImageFormat::Gif,
        _ => return Vec::new(),
    };
    let pixels = u64::from(facts.width) * u64::from(facts.height);
    if facts.width.min(facts.height) < SHORTEST_SIDE || pixels > MOST_PIXELS {
        return Vec::new();
    }
    let Some(picture) = decoded(body, format) else { return Vec::new() };
    let grey = on_white(&picture);
    let grey = if pixels > PLENTY {
        image::imageops::resize(&grey, grey.width() / 2, grey.height() / 2, image::imageops::FilterType::Triangle)
    } else {
        grey
    };
    let found = search(&grey, false);
    if found.is_empty() { search(&grey, true) } else { found }
}

fn decoded(body: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(body), format);
    reader.limits(limits);
    reader.decode().ok()
}

/// Shades of grey, with what is transparent as white as the paper of most mails.
fn on_white(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let shades = picture.to_luma_alpha8();
    GrayImage::from_fn(shades.width(), shades.height(), |x, y| {
        let [shade, alpha] = shades.get_pixel(x, y).0.map(u32::from);
        image::Luma([u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)])
    })
}

/// Dark codes on light ground, or light ones on dark.
fn search(grey: &GrayImage, inverted: bool) -> Vec<String> {
    let mut picture = PreparedImage::prepare_from_greyscale(grey.width() as usize, grey.height() as usize, |x, y| {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return u8::MAX };
        let shade = grey.get_pixel_checked(x, y).map_or(u8::MAX, |pixel| pixel.0[0]);
        if inverted { u8::MAX - shade } else { shade }
    });
    let mut texts: Vec<String> = Vec::new();
    for code in picture.detect_grids().iter().take(MOST_CODES) {
        if let Ok((_, text)) = code.decode()
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &[u8] = include_bytes!("../../fixtures/pictures/qr.png");
    const ADDRESS: &str = "https://brightnook.example/menu?utm_source=flyer";

    fn saved(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("a picture");
        bytes.into_inner()
    }

    fn found(bytes: &[u8]) -> Vec<String> {
        ImageFacts::read(bytes, true, None).expect("a picture").codes
    }

    #[test]
    fn codes_are_read_in_every_format_and_on_dark_ground() {
        assert_eq!(found(CODE), [ADDRESS]);
        let code = image::load_from_memory(CODE).expect("a picture").to_luma8();
        let mut poster = image::RgbImage::from_pixel(600, 900, image::Rgb([246, 236, 214]));
        for (x, y, shade) in code.enumerate_pixels() {
            poster.put_pixel(x + 150, y + 500, if shade.0[0] < 128 { image::Rgb([90, 30, 60]) } else { image::Rgb([246, 236, 214]) });
        }
        let poster = DynamicImage::from(poster);
        assert_eq!(found(&saved(&poster, ImageFormat::Jpeg)), [ADDRESS]);
        assert_eq!(found(&saved(&poster, ImageFormat::Gif)), [ADDRESS]);
        let mut dark = poster.clone();
        dark.invert();
        assert_eq!(found(&saved(&dark, ImageFormat::Png)), [ADDRESS]);
        let large = poster.resize(2400, 3600, image::imageops::FilterType::Nearest);
        assert_eq!(found(&saved(&large, ImageFormat::Jpeg)), [ADDRESS]);
    }

    #[test]
    fn what_stands_on_nothing_is_read_as_on_paper() {
        let code = image::load_from_memory(CODE).expect("a picture").to_luma8();
        let clear = image::RgbaImage::from_fn(code.width(), code.height(), |x, y| {
            image::Rgba([0, 0, 0, if code.get_pixel(x, y).0[0] < 128 { 255 } else { 0 }])
        });
        assert_eq!(found(&saved(&DynamicImage::from(clear), ImageFormat::Png)), [ADDRESS]);
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_not_decoded() {
        let mut huge = CODE.to_vec();
        huge.splice(16..24, [0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert_eq!(found(&huge), Vec::<String>::new());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(at in 8_usize..400, bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..40)) {
            let mut broken = CODE.to_vec();
            let end = (at + bytes.len()).min(broken.len());
            broken.splice(at.min(end)..end, bytes);
            let _ = ImageFacts::read(&broken, true, None);
        }
    }
}
