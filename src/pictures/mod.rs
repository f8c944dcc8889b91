//! What a picture's bytes say about it: its kind, size and frames, and the addresses in its QR codes.

mod bytes;
mod qr;

use serde::{Deserialize, Serialize};

/// Longest picture that is read for its size and its codes, in bytes.
pub const LONGEST_PICTURE: usize = 8 * 1024 * 1024;

/// What the bytes of a picture say about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// `png`, `jpeg`, `gif`, `webp`, `svg`, `avif`…, by its bytes and not by its header.
    pub format: String,
    /// Width in pixels; 0 where the format does not say.
    pub width: u32,
    /// Height in pixels; 0 where the format does not say.
    pub height: u32,
    /// Size in bytes, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Whether the file ends too early.
    #[serde(default)]
    pub truncated: bool,
    /// Frames of an animation, if there is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<u32>,
    /// What stands in the QR codes that the picture shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

impl ImageFacts {
    /// Reads a picture's bytes; `whole` says whether they are all there, `size` how many they would be. Nothing if they
    /// are no picture.
    pub fn read(body: &[u8], whole: bool, size: Option<u64>) -> Option<Self> {
        let mut facts = bytes::read(body, whole, size)?;
        facts.codes = qr::codes(body, &facts);
        Some(facts)
    }
}
