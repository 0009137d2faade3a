//! A short lower-case word held inline, so that an ID stays `Copy`.

use std::fmt;

/// The part after `NEW-`: 1 to 22 of `a-z`, `0-9`, `-`, starting with a letter or digit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    bytes: [u8; Word::MAX],
    len: u8,
}

impl Word {
    pub const MAX: usize = 22;

    pub fn new(text: &str) -> Option<Word> {
        let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if text.is_empty() || text.len() > Word::MAX || text.starts_with('-') || !text.bytes().all(legal) {
            return None;
        }
        let mut bytes = [0; Word::MAX];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Word { bytes, len: u8::try_from(text.len()).ok()? })
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
