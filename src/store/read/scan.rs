//! One pass over a file before it is parsed: how deep it nests, where its headers stand and what is
//! still open at its end. It understands strings, comments and brackets, and nothing else, so no text
//! can confuse it for longer than a line.

/// Levels of tables and arrays a file may nest, dotted keys included.
pub(super) const MAX_DEPTH: usize = 32;

/// What the pass saw.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// The first byte that is nested too deep.
    pub deep: Option<usize>,
    /// Where `[` starts a header.
    pub headers: Vec<usize>,
    /// The outermost bracket, or the multi-line text, that is open at the end.
    pub open: Option<Open>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub at: usize,
    pub what: Unclosed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unclosed {
    Array,
    Table,
    Text,
}

struct Level {
    at: usize,
    bracket: u8,
    /// Levels around the bracket, to return to when it closes.
    depth: usize,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    stack: Vec<Level>,
    header: usize,
    depth: usize,
    dots: usize,
    value: bool,
    fresh: bool,
    scan: Scan,
}

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        stack: Vec::new(),
        header: 0,
        depth: 0,
        dots: 0,
        value: false,
        fresh: true,
        scan: Scan::default(),
    };
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    let outermost = scanner.stack.first().map(|level| Open {
        at: level.at,
        what: if level.bracket == b'[' { Unclosed::Array } else { Unclosed::Table },
    });
    scanner.scan.open = outermost.or(scanner.scan.open);
    scanner.scan
}

impl Scanner<'_> {
    fn step(&mut self) {
        let at = self.at;
        self.at += 1;
        match self.bytes[at] {
            b' ' | b'\t' | b'\r' => return,
            b'\n' => self.newline(),
            b'#' => self.skip_line(),
            quote @ (b'"' | b'\'') => self.text(quote),
            b'[' if self.fresh && self.stack.is_empty() => self.head(at),
            bracket @ (b'[' | b'{') => self.open(at, bracket),
            b']' => self.close(b'['),
            b'}' => self.close(b'{'),
            b',' => (self.dots, self.value) = (0, self.stack.last().is_some_and(|level| level.bracket == b'[')),
            b'=' => self.value = true,
            b'.' if !self.value => self.dot(at),
            _ => self.word(),
        }
        self.fresh = self.bytes[at] == b'\n';
    }

    fn newline(&mut self) {
        if self.stack.is_empty() {
            (self.depth, self.dots, self.value) = (self.header, 0, false);
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
    }

    /// Letters and digits of a bare word, most of what a file consists of outside strings.
    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'_').unwrap_or(rest.len());
    }

    fn head(&mut self, at: usize) {
        self.scan.headers.push(at);
        let rest = &self.bytes[at..];
        let line = &rest[..rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len())];
        self.header = 1 + dots(line);
        self.deeper(at, self.header);
        self.at = at + line.len();
    }

    fn open(&mut self, at: usize, bracket: u8) {
        self.stack.push(Level { at, bracket, depth: self.depth });
        self.depth += self.dots + 1;
        (self.dots, self.value) = (0, bracket == b'[');
        self.deeper(at, self.depth);
    }

    /// A bracket that closes nothing is passed over, as the parser does.
    fn close(&mut self, bracket: u8) {
        if let Some(level) = self.stack.pop_if(|level| level.bracket == bracket) {
            (self.depth, self.dots, self.value) = (level.depth, 0, true);
        }
    }

    fn dot(&mut self, at: usize) {
        self.dots += 1;
        self.deeper(at, self.depth + self.dots);
    }

    fn deeper(&mut self, at: usize, depth: usize) {
        if depth > MAX_DEPTH {
            self.scan.deep.get_or_insert(at);
        }
    }

    fn text(&mut self, quote: u8) {
        let start = self.at - 1;
        let rest = &self.bytes[self.at..];
        if !rest.starts_with(&[quote, quote]) {
            self.at += line_text(rest, quote);
            return;
        }
        self.at += 2;
        match multi_text(&self.bytes[self.at..], quote) {
            Some(length) => self.at += length,
            None => {
                self.scan.open = Some(Open { at: start, what: Unclosed::Text });
                self.at = self.bytes.len();
            }
        }
    }
}

/// Bytes up to and with the closing quote, or up to the end of the line.
fn line_text(rest: &[u8], quote: u8) -> usize {
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\n' => return at,
            b'\\' if quote == b'"' => at += 1 + usize::from(rest.get(at + 1).is_some_and(|&next| next != b'\n')),
            _ if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Bytes up to and with the three closing quotes (up to five stand in a row there).
fn multi_text(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            _ if byte == quote && rest[at..].starts_with(&[quote; 3]) => {
                let run = rest[at..].iter().take(5).take_while(|&&b| b == quote).count();
                return Some(at + run);
            }
            _ => at += 1,
        }
    }
    None
}

/// Dots of a header outside its quoted keys.
fn dots(line: &[u8]) -> usize {
    let (mut at, mut dots) = (0, 0);
    while let Some(&byte) = line.get(at) {
        match byte {
            b'#' => break,
            b'"' | b'\'' => at += line_text(&line[at + 1..], byte),
            b'.' => dots += 1,
            _ => {}
        }
        at += 1;
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Option<(usize, Unclosed)> {
        scan(text).open.map(|open| (open.at, open.what))
    }

    #[test]
    fn depth_counts_headers_dots_and_brackets() {
        let dotted = |n: usize| format!("{} = 1\n", vec!["a"; n].join("."));
        assert_eq!(scan(&dotted(MAX_DEPTH + 1)).deep, None);
        assert_eq!(scan(&dotted(MAX_DEPTH + 2)).deep, Some(2 * MAX_DEPTH + 1));
        assert_eq!(scan(&format!("a = {}", "[".repeat(MAX_DEPTH))).deep, None);
        assert_eq!(scan(&format!("a = {}", "[".repeat(MAX_DEPTH + 1))).deep, Some(4 + MAX_DEPTH));
        assert!(scan(&format!("[a.b]\nc.d = {}", "{ x = ".repeat(MAX_DEPTH))).deep.is_some());
    }

    #[test]
    fn dots_in_values_and_texts_are_no_levels() {
        let floats = vec!["1.5"; 100].join(", ");
        let text = format!("a = [{floats}]\nb = \"{}\"\nc = '''\n{}\n'''\n", ".".repeat(99), ".".repeat(99));
        assert_eq!(scan(&text), Scan::default());
    }

    #[test]
    fn what_is_open_at_the_end_is_named() {
        assert_eq!(open("a = [1,\n[b]\n"), Some((4, Unclosed::Array)));
        assert_eq!(open("a = { x = [1]\n"), Some((4, Unclosed::Table)));
        assert_eq!(open("a = [}\n"), Some((4, Unclosed::Array)));
        assert_eq!(open("a = 1\nb = \"\"\"x\n[c]\n"), Some((10, Unclosed::Text)));
        assert_eq!(open("a = \"x\nb = [1]\n"), None);
        assert_eq!(open("a = \"\"\"x\"\"\"\"\"\nb = 'it''s' # ] [\n"), None);
    }

    #[test]
    fn headers_are_not_arrays() {
        let scan = scan("[a]\nx = [\n  [1],\n]\n  [[b.c]] # [d]\n");
        assert_eq!(scan.headers, [0, 21]);
    }
}
