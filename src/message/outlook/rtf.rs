//! HTML that Outlook keeps inside of RTF, unpacked (MS-OXRTFCP) and taken out (MS-OXRTFEX).

use super::code_page;
use encoding_rs::{Encoding, WINDOWS_1252};

/// The text with which the packer's window begins.
/// <https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxrtfcp>
const WINDOW: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Longest RTF that is unpacked, in bytes.
const LONGEST: usize = 50 * 1024 * 1024;

/// Undoes the packing.
pub(super) fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_le_bytes(packed.get(at..at + 4)?.try_into().ok()?) as usize);
    let size = number(4)?.min(LONGEST);
    let body = packed.get(16..)?;
    match packed.get(8..12)? {
        b"MELA" => Some(body.get(..size).unwrap_or(body).to_vec()),
        b"LZFu" => Some(unfolded(body, size)),
        _ => None,
    }
}

fn unfolded(body: &[u8], size: usize) -> Vec<u8> {
    let mut window = [b' '; 4096];
    window[..WINDOW.len()].copy_from_slice(WINDOW);
    let mut write = WINDOW.len();
    let mut out = Vec::new();
    let mut bytes = body.iter().copied();
    'all: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else { break 'all };
            let (from, length) = if flags >> bit & 1 == 1 {
                let Some(second) = bytes.next() else { break 'all };
                (usize::from(first) << 4 | usize::from(second >> 4), usize::from(second & 15) + 2)
            } else {
                window[write % 4096] = first;
                (write % 4096, 1)
            };
            // A reference to where the next byte goes marks the end.
            if length > 1 && from == write % 4096 || out.len() >= size {
                break 'all;
            }
            for step in 0..length {
                let byte = window[(from + step) % 4096];
                window[write % 4096] = byte;
                write += 1;
                out.push(byte);
            }
        }
    }
    out
}

/// What holds inside of a group.
#[derive(Clone, Copy)]
struct Group {
    /// Nothing in it is text.
    is_hidden: bool,
    /// What follows is RTF's own rendering, not the HTML.
    is_rendering: bool,
    /// How many characters stand in for a Unicode one.
    stand_ins: usize,
}

/// The HTML inside of RTF; nothing if there is none.
pub(super) fn html(rtf: &[u8]) -> Option<String> {
    memchr::memmem::find(rtf, b"\\fromhtml1")?;
    let group = Group { is_hidden: false, is_rendering: false, stand_ins: 1 };
    let mut reader = Reader {
        rtf,
        at: 0,
        groups: vec![group],
        html: String::new(),
        bytes: Vec::new(),
        units: Vec::new(),
        skip: 0,
        encoding: WINDOWS_1252,
    };
    while let Some(&byte) = rtf.get(reader.at) {
        reader.step(byte);
    }
    reader.flush();
    Some(reader.html)
}

struct Reader<'a> {
    rtf: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    html: String,
    /// Bytes of the code page that wait to be decoded together.
    bytes: Vec<u8>,
    /// Units of UTF-16, likewise.
    units: Vec<u16>,
    /// How many stand-ins are still to be passed over.
    skip: usize,
    encoding: &'static Encoding,
}

impl Reader<'_> {
    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(Group { is_hidden: true, is_rendering: false, stand_ins: 1 })
    }

    fn step(&mut self, byte: u8) {
        self.at += 1;
        match byte {
            b'{' => {
                self.skip = 0;
                self.groups.push(self.group());
            }
            b'}' => {
                self.skip = 0;
                if self.groups.len() > 1 {
                    self.groups.pop();
                }
            }
            b'\\' => self.control(),
            b'\r' | b'\n' => {}
            byte => self.byte(byte),
        }
    }

    /// A byte of text in the code page.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_text() {
            if !self.units.is_empty() {
                self.flush();
            }
            self.bytes.push(byte);
        }
    }

    fn is_text(&self) -> bool {
        let group = self.group();
        !group.is_hidden && !group.is_rendering
    }

    fn text(&mut self, text: &str) {
        if self.is_text() {
            self.flush();
            self.html.push_str(text);
        }
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.html.push_str(&self.encoding.decode_without_bom_handling(&self.bytes).0);
            self.bytes.clear();
        }
        if !self.units.is_empty() {
            self.html.push_str(&String::from_utf16_lossy(&self.units));
            self.units.clear();
        }
    }

    /// What stands behind a backslash: a sign, a byte in hexadecimal, or a word with a number.
    fn control(&mut self) {
        let rest = self.rtf.get(self.at..).unwrap_or_default();
        let letters = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            self.sign(rest.first().copied());
            return;
        }
        let word = rest.get(..letters).unwrap_or_default();
        let tail = rest.get(letters..).unwrap_or_default();
        let digits = tail.iter().take(11).enumerate().take_while(|(at, b)| b.is_ascii_digit() || *at == 0 && **b == b'-').count();
        let number = tail.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| digits.parse::<i64>().ok());
        let blank = usize::from(tail.get(digits) == Some(&b' '));
        self.at += letters + digits + blank;
        self.word(word, number);
    }

    fn sign(&mut self, sign: Option<u8>) {
        self.at += 1;
        match sign {
            Some(b'\'') => {
                let digits = self.rtf.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.at += 2;
                self.byte(byte.unwrap_or(b'?'));
            }
            Some(b'*') => self.destination(),
            Some(b'~') => self.text("&nbsp;"),
            Some(b'_') => self.text("&shy;"),
            Some(byte @ (b'\\' | b'{' | b'}')) => self.byte(byte),
            _ => {}
        }
    }

    /// A group that only programs who know its word may show: tags of the HTML are, all others are not.
    fn destination(&mut self) {
        let is_tag = self.rtf.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\htmltag"));
        if let Some(group) = self.groups.last_mut() {
            group.is_hidden |= !is_tag;
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i64>) {
        match word {
            b"htmlrtf" => {
                if let Some(group) = self.groups.last_mut() {
                    group.is_rendering = number != Some(0);
                }
            }
            b"fonttbl" | b"colortbl" | b"stylesheet" | b"info" | b"pntext" => {
                if let Some(group) = self.groups.last_mut() {
                    group.is_hidden = true;
                }
            }
            b"ansicpg" => {
                let page = number.and_then(|number| u32::try_from(number).ok());
                self.encoding = page.and_then(code_page::encoding).unwrap_or(self.encoding);
            }
            b"uc" => {
                if let (Some(group), Some(count)) = (self.groups.last_mut(), number) {
                    group.stand_ins = usize::try_from(count).unwrap_or(1).min(16);
                }
            }
            b"u" => self.unit(number.unwrap_or_default()),
            b"par" | b"line" => self.text("\r\n"),
            b"tab" => self.text("\t"),
            b"lquote" => self.text("‘"),
            b"rquote" => self.text("’"),
            b"ldblquote" => self.text("“"),
            b"rdblquote" => self.text("”"),
            b"bullet" => self.text("•"),
            b"endash" => self.text("–"),
            b"emdash" => self.text("—"),
            _ => {}
        }
    }

    /// A unit of UTF-16, written as a signed number, with stand-ins behind it.
    fn unit(&mut self, number: i64) {
        if self.is_text() {
            if !self.bytes.is_empty() {
                self.flush();
            }
            self.units.push(u16::try_from(number.rem_euclid(65536)).unwrap_or(0xfffd));
        }
        self.skip = self.group().stand_ins;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_come_out_and_rendering_does_not() {
        let rtf = br"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\generator x;}{\*\htmltag64 <p class=\{a\}>}\htmlrtf {\b \htmlrtf0 Gr\'fc\'dfe \u8211? \u55357?\u56832? {\*\mhtmltag84 <a>}\'93x\'94\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}\par }";
        assert_eq!(html(rtf).expect("HTML"), "<p class={a}>Grüße – 😀 “x”</p>\r\n");
        assert_eq!(html(br"{\rtf1 plain}"), None);
    }

    #[test]
    fn packed_rtf_is_unpacked() {
        // The example of the specification: section 3.1.
        let packed = b"\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\x0a\xf3\x20hel\x09\x00\x20bw\x05\xb0ld}\x0a\x80\x0f\xa0";
        assert_eq!(String::from_utf8_lossy(&unpacked(packed).expect("RTF")), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    proptest::proptest! {
        #[test]
        fn any_rtf_is_survived(rtf in "\\\\fromhtml1(\\{|\\}|\\\\[a-z'*~]{0,7}-?[0-9]{0,3} ?|[a-zé]{0,3}){0,30}") {
            let _ = html(rtf.as_bytes());
        }

        #[test]
        fn any_packed_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let mut packed = b"\x00\x00\x00\x00\xff\xff\xff\xffLZFu\x00\x00\x00\x00".to_vec();
            packed.extend(bytes);
            let _ = unpacked(&packed);
        }
    }
}
