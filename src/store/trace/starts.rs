//! Where headers start, found by a pass that understands strings, comments and brackets, and nothing else. Versions of
//! one file have most of their bytes in common: what was found in the last one is not looked for again.

use std::collections::HashMap;

use memchr::{memchr, memchr_iter, memchr3};

/// Versions that were looked at last, by what stands before their first header: one file's share it but for once.
#[derive(Debug, Default)]
pub(super) struct Starts {
    known: HashMap<Box<[u8]>, Known>,
    bytes: usize,
}

/// A version at whose end nothing is open.
#[derive(Debug, Default)]
struct Known {
    text: Vec<u8>,
    starts: Vec<usize>,
}

/// More bytes than the models of a large workspace have.
const ROOM: usize = 16 << 20;

/// Where `[` starts a header, and the line of what is open at the end.
pub(super) type Found = (Vec<usize>, Option<usize>);

impl Starts {
    pub fn find(&mut self, bytes: &[u8]) -> Found {
        let (found, open) = scan(bytes, (Vec::new(), 0), |first| Some(vec![first]));
        let &[first] = &found[..] else { return (found, open) };
        let (starts, open) = match self.known.get(&bytes[..first]) {
            Some(known) => known.carried(bytes, first),
            None => scan(bytes, (Vec::new(), first), |_| None),
        };
        if open.is_none() {
            self.keep(&bytes[..first], bytes, &starts);
        }
        (starts, open)
    }

    fn keep(&mut self, head: &[u8], bytes: &[u8], starts: &[usize]) {
        if self.bytes + bytes.len() > ROOM {
            *self = Starts::default();
        }
        if !self.known.contains_key(head) {
            self.known.insert(head.into(), Known::default());
        }
        let Some(known) = self.known.get_mut(head) else { return };
        self.bytes = self.bytes - known.text.len() + bytes.len();
        known.text.clear();
        known.text.extend_from_slice(bytes);
        known.starts.clear();
        known.starts.extend_from_slice(starts);
    }
}

impl Known {
    /// The same of the next version: a header depends on what stands before it alone, and where one starts in both,
    /// what follows alike has the same headers.
    fn carried(&self, bytes: &[u8], first: usize) -> Found {
        let before = alike(self.text.chunks_exact(PIECE), bytes.chunks_exact(PIECE));
        let mut found: Vec<usize> = self.starts.iter().copied().take_while(|&start| start < before).collect();
        let from = found.pop().unwrap_or(first);
        let after = alike(self.text[before..].rchunks_exact(PIECE), bytes[before..].rchunks_exact(PIECE));
        let (old, new) = (self.text.len() - after, bytes.len() - after);
        scan(bytes, (found, from), |start| {
            let twin = start.checked_sub(new)? + old;
            let nth = self.starts.binary_search(&twin).ok()?;
            Some(self.starts[nth..].iter().map(|start| start - old + new).collect())
        })
    }
}

const PIECE: usize = 64;

/// Bytes in pieces that are alike, up to the first that is not.
fn alike<'b>(one: impl Iterator<Item = &'b [u8]>, other: impl Iterator<Item = &'b [u8]>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count() * PIECE
}

/// Looks on from a byte that begins a line and before which nothing is open. `rest` may know the headers from one on.
fn scan(bytes: &[u8], (mut found, mut at): (Vec<usize>, usize), rest: impl Fn(usize) -> Option<Vec<usize>>) -> Found {
    let mut open: Vec<usize> = Vec::new();
    let mut fresh = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => fresh = true,
            b' ' | b'\t' | b'\r' => {}
            b'[' if fresh && open.is_empty() => {
                if let Some(rest) = rest(at) {
                    found.extend(rest);
                    return (found, None);
                }
                found.push(at);
                at = line_end(bytes, at);
                continue;
            }
            b'[' | b'{' => open.push(at),
            b']' | b'}' => drop(open.pop()),
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'"' | b'\'' => {
                let Some(end) = quoted(bytes, at) else { return (found, Some(line_of(bytes, at))) };
                (at, fresh) = (end, false);
                continue;
            }
            _ => {
                // The rest of a word: whatever follows, no header starts here.
                at += bytes[at..].iter().position(|&byte| COUNTS[usize::from(byte)]).unwrap_or(bytes.len() - at);
                fresh = false;
                continue;
            }
        }
        fresh &= matches!(byte, b'\n' | b' ' | b'\t' | b'\r');
        at += 1;
    }
    let first = open.first().map(|&at| line_of(bytes, at));
    (found, first)
}

/// Bytes that decide where a header may start.
const COUNTS: [bool; 256] = {
    let (mut counts, mut nth) = ([false; 256], 0);
    let marks = b"\n[]{}#\"'";
    while nth < marks.len() {
        counts[marks[nth] as usize] = true;
        nth += 1;
    }
    counts
};

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + memchr_iter(b'\n', &bytes[..at]).count()
}

/// The byte behind the string that starts at `at`; a plain string ends with its line at the latest.
fn quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut end = at + if long { 3 } else { 1 };
    loop {
        end += memchr3(quote, b'\\', b'\n', bytes.get(end..)?)?;
        match *bytes.get(end)? {
            b'\\' if quote == b'"' => end += 1,
            b'\n' if !long => return Some(end),
            byte if byte == quote && !long => return Some(end + 1),
            byte if byte == quote && bytes[end..].starts_with(&[quote; 3]) => {
                let run = bytes[end..].iter().take(5).take_while(|&&b| b == quote).count();
                return Some(end + run);
            }
            _ => {}
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WORDS: [&str; 16] = [
        "[assets.A1]\n",
        "[[assets.A1.revisions]]\n",
        "name = \"Tokens of everybody who ever called\"\n",
        "properties = { C = \"high\", I = \"low\" }\n",
        "rationale = \"seen in the workshop, and nowhere else so far\"\n",
        "\"\"\"",
        "'''",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        "# [assets.A2]\n",
        "\n",
        "\\",
    ];

    fn text(words: &[usize]) -> String {
        words.iter().map(|&word| WORDS[word]).collect()
    }

    /// Mostly whole lines, so that a part of the texts closes what it opens.
    fn words() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(prop_oneof![12 => 0..5usize, 1 => 5..WORDS.len()], 0..60)
    }

    proptest! {
        #[test]
        fn a_version_after_another_reads_as_alone(versions in prop::collection::vec((words(), words()), 1..5), same in words()) {
            let mut starts = Starts::default();
            for (before, after) in versions {
                let text = format!("format = 1\n{}{}{}", text(&before), text(&same), text(&after));
                let alone = scan(text.as_bytes(), (Vec::new(), 0), |_| None);
                prop_assert_eq!(starts.find(text.as_bytes()), alone.clone());
                let edited = text.replacen("ever called", "calls", 1);
                let alone = scan(edited.as_bytes(), (Vec::new(), 0), |_| None);
                prop_assert_eq!(starts.find(edited.as_bytes()), alone);
            }
        }
    }
}
