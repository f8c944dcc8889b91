//! What the bytes of a picture say: format, size, frames, and whether they end too early.

use super::ImageFacts;
use imagesize::ImageType;

/// Reads a picture's bytes; `whole` says whether they are all there. Nothing if they are no picture.
pub(super) fn read(body: &[u8], whole: bool, bytes: Option<u64>) -> Option<ImageFacts> {
    if let Some(facts) = svg(body, bytes) {
        return Some(facts);
    }
    let kind = imagesize::image_type(body).ok()?;
    let size = imagesize::blob_size(body).ok();
    let pixels = |pick: fn(&imagesize::ImageSize) -> usize| size.as_ref().and_then(|size| u32::try_from(pick(size)).ok()).unwrap_or(0);
    let (format, frames, ends) = match kind {
        ImageType::Png => png(body),
        ImageType::Gif => gif(body),
        ImageType::Jpeg => ("jpeg", 1, jpeg_ends(body)),
        ImageType::Webp => webp(body),
        ImageType::Bmp => ("bmp", 1, true),
        ImageType::Tiff => ("tiff", 1, true),
        ImageType::Ico => ("ico", 1, true),
        ImageType::Jxl => ("jxl", 1, true),
        ImageType::Heif(compression) => (heif(compression), 1, true),
        // Formats of games and graphics cards: no mail program shows them, and their marks are short enough to be chance.
        _ => return None,
    };
    let frames = Some(frames).filter(|frames| *frames > 1);
    Some(ImageFacts {
        format: format.into(),
        width: pixels(|size| size.width),
        height: pixels(|size| size.height),
        bytes,
        truncated: whole && !ends,
        frames,
        codes: Vec::new(),
    })
}

fn heif(compression: imagesize::Compression) -> &'static str {
    if matches!(compression, imagesize::Compression::Av1) { "avif" } else { "heic" }
}

fn svg(body: &[u8], bytes: Option<u64>) -> Option<ImageFacts> {
    let head = String::from_utf8_lossy(body.get(..body.len().min(4096))?).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let starts = head.starts_with("<svg") || head.starts_with("<?xml") || head.starts_with("<!doctype svg") || head.starts_with("<!--");
    if !starts || !head.contains("<svg") || head.contains("<html") {
        return None;
    }
    let tag = head.split_once("<svg")?.1.split('>').next().unwrap_or_default();
    let side = |name: &str| {
        let value = tag.split_once(&format!(" {name}=")).map_or("", |(_, rest)| rest.trim_start_matches(['"', '\'']));
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        if value.get(digits.len()..).is_some_and(|rest| rest.starts_with('%')) { 0 } else { digits.parse().unwrap_or(0) }
    };
    Some(ImageFacts {
        format: "svg".into(),
        width: side("width"),
        height: side("height"),
        bytes,
        truncated: false,
        frames: None,
        codes: Vec::new(),
    })
}

/// Chunks until the end mark (PNG, third edition, section 5, <https://www.w3.org/TR/png-3/#5DataRep>).
fn png(body: &[u8]) -> (&'static str, u32, bool) {
    let (mut rest, mut frames) = (body.get(8..).unwrap_or_default(), 1);
    while let (Some(length), Some(kind)) = (number(rest.get(..4)), rest.get(4..8)) {
        match kind {
            b"IEND" => return ("png", frames, true),
            b"acTL" => frames = number(rest.get(8..12)).unwrap_or(1),
            _ => {}
        }
        let Some(next) = usize::try_from(length).ok().and_then(|length| rest.get(length.checked_add(12)?..)) else { break };
        rest = next;
    }
    ("png", frames, false)
}

fn number(bytes: Option<&[u8]>) -> Option<u32> {
    Some(bytes?.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte)))
}

/// An end mark behind the last beginning of picture data; thumbnails inside have marks of their own before it.
fn jpeg_ends(body: &[u8]) -> bool {
    let last = |mark: u8| body.windows(2).rposition(|pair| pair == [0xff, mark]);
    last(0xd9).is_some_and(|end| last(0xda).is_none_or(|begin| end > begin))
}

/// Blocks until the trailer (GIF 89a, <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>).
fn gif(body: &[u8]) -> (&'static str, u32, bool) {
    let table = |flags: u8| if flags & 0x80 != 0 { 3 << ((flags & 7) + 1) } else { 0_usize };
    let mut at = 13 + body.get(10).map_or(0, |&flags| table(flags));
    let mut frames = 0;
    loop {
        at = match body.get(at) {
            Some(0x3b) => return ("gif", frames, true),
            Some(0x21) => at + 2,
            Some(0x2c) => {
                frames += 1;
                let Some(&flags) = body.get(at + 9) else { return ("gif", frames, false) };
                at + 11 + table(flags)
            }
            // Some programs fill up with zeros.
            Some(0) => {
                at += 1;
                continue;
            }
            _ => return ("gif", frames, false),
        };
        loop {
            let Some(&length) = body.get(at) else { return ("gif", frames, false) };
            at += 1 + usize::from(length);
            if length == 0 {
                break;
            }
        }
    }
}

/// The length in the head, and frames (<https://developers.google.com/speed/webp/docs/riff_container>).
fn webp(body: &[u8]) -> (&'static str, u32, bool) {
    let length =
        |at: usize| body.get(at..at.checked_add(4)?).map(|four| four.iter().rev().fold(0_usize, |sum, &byte| sum << 8 | usize::from(byte)));
    let ends = length(4).is_some_and(|length| body.len() >= length.saturating_add(8));
    let (mut at, mut frames) = (12_usize, 0);
    while let (Some(kind), Some(size)) = (body.get(at..at.saturating_add(4)), length(at.saturating_add(4))) {
        frames += u32::from(kind == b"ANMF");
        at = at.saturating_add(8).saturating_add(size).saturating_add(size % 2);
    }
    ("webp", frames.max(1), ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_bytes() -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x58\0\0\x01\x2c\x08\x02\0\0\0....".to_vec();
        png.extend(b"\0\0\0\x04IDATabcd....\0\0\0\0IEND....");
        png
    }

    fn gif_bytes(frames: usize) -> Vec<u8> {
        let mut gif = b"GIF89a\x0a\0\x14\0\0\0\0".to_vec();
        for _ in 0..frames {
            gif.extend(b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x0a\0\x14\0\0\x02\x02ab\0");
        }
        gif.push(0x3b);
        gif
    }

    proptest::proptest! {
        #[test]
        fn no_picture_panics(kind in 0_usize..6, rest in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let heads: [&[u8]; 6] = [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"RIFF\x10\0\0\0WEBPVP8X", b"\0\0\0\x1cftypavif", b"<svg "];
            let _ = read(&[heads[kind], &rest].concat(), true, None);
        }
    }

    #[test]
    fn formats_sizes_frames_and_ends() {
        let png = png_bytes();
        let facts = read(&png, true, Some(9)).expect("a picture");
        assert_eq!((facts.format.as_str(), facts.width, facts.height, facts.truncated, facts.frames), ("png", 600, 300, false, None));
        assert!(read(&png[..png.len() - 12], true, None).expect("a picture").truncated);
        assert!(!read(&png[..png.len() - 12], false, None).expect("a picture").truncated);
        let gif = read(&gif_bytes(3), true, None).expect("a picture");
        assert_eq!((gif.width, gif.height, gif.truncated, gif.frames), (10, 20, false, Some(3)));
        assert!(read(&gif_bytes(3)[..50], true, None).expect("a picture").truncated);
        let svg = read(b"<?xml version='1.0'?>\n<svg xmlns='x' width=\"120px\" height='40'></svg>", true, None).expect("a picture");
        assert_eq!((svg.format.as_str(), svg.width, svg.height), ("svg", 120, 40));
    }

    #[test]
    fn no_bytes_panic_and_pages_are_no_pictures() {
        assert_eq!(read(b"<!doctype html><html><svg></svg></html>", true, None), None);
        assert_eq!(read(b"", true, None), None);
        for bytes in
            [png_bytes(), gif_bytes(2), b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff".to_vec(), b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec()]
        {
            for end in 0..bytes.len() {
                let _ = read(&bytes[..end], true, None);
            }
        }
    }
}
