//! From bytes to text: everything a file must be before anything can be read from it.

use std::ops::Range;

use crate::finding::{Code, Finding, Place, codes};
use crate::store::{Content, Source};

/// Bytes a file may have.
pub const MAX_BYTES: usize = 8 << 20;

const BOM: &str = "\u{feff}";

/// A file's text without its byte order mark; `start` is what was skipped.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Raw<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub start: usize,
}

/// The text of a source, or the one thing that stands in its way.
pub(in crate::store) fn text(source: &Source) -> Result<Raw<'_>, Box<Finding>> {
    let path = &source.path;
    let unreadable = |message: String| Finding::new(&codes::FILE_UNREADABLE, Place::bytes(path, 0..0), message);
    let bytes = match &source.content {
        Content::Bytes(bytes) => bytes,
        Content::Symlink => {
            let finding = unreadable(format!("{path} is a symbolic link, and links are never followed"));
            return Err(Box::new(finding.help("put the file itself here")));
        }
        Content::Folder => return Err(Box::new(unreadable(format!("{path} is a folder where a file belongs")))),
        Content::Large(size) => return Err(Box::new(large(path, *size))),
        Content::Unreadable(words) => return Err(Box::new(unreadable(format!("{path} cannot be read: {words}")))),
    };
    if bytes.len() > MAX_BYTES {
        return Err(Box::new(large(path, bytes.len() as u64)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => plain(path, text),
        Err(error) => Err(Box::new(no_text(path, bytes, error.valid_up_to()))),
    }
}

fn plain<'a>(path: &'a str, whole: &'a str) -> Result<Raw<'a>, Box<Finding>> {
    let text = whole.strip_prefix(BOM).unwrap_or(whole);
    if text.is_empty() {
        let message = format!("{path} is empty");
        let finding = Finding::new(&codes::FILE_UNREADABLE, Place::bytes(path, 0..whole.len()), message);
        return Err(Box::new(finding.help("delete it, or bring its content back: git log -p shows what it held")));
    }
    if let Some(at) = whole.find('\0') {
        return Err(Box::new(no_text(path, whole.as_bytes(), at)));
    }
    if text.starts_with("version https://git-lfs.github.com/spec/") {
        let place = Place::bytes(path, 0..text.find('\n').unwrap_or(text.len()));
        let finding =
            Finding::new(&codes::FILE_UNREADABLE, place, format!("{path} is a Git LFS pointer, not the file"));
        return Err(Box::new(finding.help("run `git lfs pull`, and take the file out of LFS: models are small texts")));
    }
    Ok(Raw { path, text, start: whole.len() - text.len() })
}

fn large(path: &str, size: u64) -> Finding {
    let message = format!("{path} has {size} bytes; redan reads files of up to 8 MiB ({MAX_BYTES} bytes)");
    bounds(path, 0..0, message).help("split the model: one model for each system")
}

pub(super) fn bounds(path: &str, span: Range<usize>, message: String) -> Finding {
    let code: &'static Code = &codes::FILE_BOUNDS;
    Finding::new(code, Place::bytes(path, span), message)
}

/// Bytes that are no UTF-8 text, named after what they most likely are.
fn no_text(path: &str, bytes: &[u8], at: usize) -> Finding {
    let (line, column) = position(bytes, at);
    let (what, help) = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (utf_16(path), "save it as UTF-8"),
        [_, 0, _, 0, ..] | [0, _, 0, _, ..] => (utf_16(path), "save it as UTF-8"),
        _ if bytes[at] == 0 => {
            (format!("{path} has a NUL byte at {line}:{column}, so it is no text"), "bring the text back from Git")
        }
        _ => (format!("{path} is not UTF-8 text: byte 0x{:02x} at {line}:{column}", bytes[at]), "save it as UTF-8"),
    };
    Finding::new(&codes::FILE_UNREADABLE, Place::bytes(path, at..at + 1), what).help(help)
}

fn utf_16(path: &str) -> String {
    format!("{path} is UTF-16 text; redan reads UTF-8")
}

/// Line and column from 1, the column in characters; a byte that is no text counts as one.
pub(in crate::store) fn position(bytes: &[u8], at: usize) -> (u32, u32) {
    let before = &bytes[..at.min(bytes.len())];
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&b| b == b'\n').count();
    (whole(line), whole(columns(&before[line_start..], line_start)))
}

/// Characters of a piece of a line that starts at byte `line_start`; the byte order mark is none.
pub(in crate::store) fn columns(piece: &[u8], line_start: usize) -> usize {
    let piece = match line_start {
        0 => piece.strip_prefix(BOM.as_bytes()).unwrap_or(piece),
        _ => piece,
    };
    if piece.is_ascii() { piece.len() } else { String::from_utf8_lossy(piece).chars().count() }
}

/// Counted from 1.
pub(in crate::store) fn whole(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
