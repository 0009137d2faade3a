//! Parsing that goes on: every error of syntax becomes a finding, and what one broken line would
//! swallow is read all the same, by parsing once more with blanks in its place.

use std::cell::OnceCell;
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::conflict::conflicts;
use super::duplicate;
use super::file::{File, Report};
use super::outline::Lines;
use super::scan::{MAX_DEPTH, Open, Scan, Unclosed, scan};
use super::text::{Raw, bounds};
use super::words::{Fault, fault};
use crate::finding::{Finding, Fix, codes};
use crate::model::Kind;

/// How often a file is mended; each round takes out every stray line and one thing left open.
const ROUNDS: usize = 8;

/// The file as far as it parses; nothing when it nests too deep to be looked at. `spare` keeps the text of a
/// file that had to be mended.
pub(super) fn parse<'a>(raw: Raw<'a>, spare: &'a OnceCell<String>, report: &mut Report) -> Option<File<'a>> {
    let scan = scan(raw.text);
    if let Some(deep) = scan.deep {
        report.lost = true;
        let message = format!("{} nests deeper than {MAX_DEPTH} tables and lists here", raw.path);
        let at = deep + raw.start;
        report.add(at, bounds(raw.path, at..at + 1, message));
        return None;
    }
    let (root, errors) = DeTable::parse_recoverable(raw.text);
    let whole = errors.is_empty() && !raw.text.contains("<<<<<<< ");
    if whole {
        let file = File::new(raw.path, raw.text, raw.start, root.into_inner());
        return Some(file);
    }
    let mut mender = Mender { text: raw.text.to_owned(), lines: Lines::new(raw.text), ..Mender::default() };
    let mended = mender.mend(&errors);
    let Mender { text, lines, mut faults, mut damage, .. } = mender;
    let (text, root, errors) = if mended {
        let text = spare.get_or_init(|| text).as_str();
        let (root, errors) = DeTable::parse_recoverable(text);
        (text, root, errors)
    } else {
        (raw.text, root, errors)
    };
    let mut file = File::new(raw.path, text, raw.start, root.into_inner());
    let duplicates = duplicate::find(&file, &errors);
    let errors = errors.iter().filter(|error| !duplicates.explain(error));
    faults.extend(errors.map(|error| fault(error, text, &lines)));
    damage.extend(faults.iter().map(|fault| lines.lines(&fault.span)));
    file.damage = united(damage);
    report.lost |= !faults.is_empty() || !duplicates.is_empty();
    duplicates.tell(&file, report);
    tell(&file, faults, report);
    Some(file)
}

/// In order, and none within another.
fn united(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| span.start);
    spans.dedup_by(|next, last| {
        let within = next.start < last.end;
        last.end = if within { last.end.max(next.end) } else { last.end };
        within
    });
    spans
}

/// One finding a line: what follows on the same line is most often the same slip once more.
fn tell(file: &File<'_>, mut faults: Vec<Fault>, report: &mut Report) {
    let line = |fault: &Fault| file.lines().number(fault.span.start);
    faults.sort_by_key(line);
    faults.dedup_by_key(|fault| line(fault));
    for fault in faults {
        let mut finding = Finding::new(&codes::TOML_SYNTAX, file.place(&fault.span), fault.message);
        finding.help = fault.help;
        finding.fix = fault.patch.map(|(title, span, text)| Fix::patch(title, vec![file.patch(&span, text)]));
        report.add(fault.span.start, finding);
    }
}

#[derive(Default)]
struct Mender {
    text: String,
    /// Of the original; blanks leave lines where they are.
    lines: Lines,
    faults: Vec<Fault>,
    damage: Vec<Range<usize>>,
    /// What this round takes out.
    blanks: Vec<Range<usize>>,
}

impl Mender {
    /// Whether anything had to be taken out; the errors are those of the text as it is.
    fn mend(&mut self, errors: &[Error]) -> bool {
        self.conflicts();
        let mut mended = !self.blanks.is_empty();
        self.blank();
        let mut again = if mended { DeTable::parse_recoverable(&self.text).1 } else { Vec::new() };
        for _ in 0..ROUNDS {
            let errors = if mended { &again[..] } else { errors };
            let scan = scan(&self.text);
            self.strays(errors, &scan);
            self.headers(errors, &scan);
            if let Some(open) = scan.open {
                self.unclosed(open);
            }
            if self.blanks.is_empty() {
                break;
            }
            mended = true;
            self.blank();
            again = DeTable::parse_recoverable(&self.text).1;
        }
        mended
    }

    fn conflicts(&mut self) {
        for conflict in conflicts(&self.text) {
            let (from, to) = (self.lines.number(conflict.whole.start), self.lines.number(conflict.whole.end - 1));
            let message = format!("a merge conflict was committed: lines {from} to {to} hold both sides");
            let help = "keep what both sides added, give one of two equal IDs a fresh number, delete the marker lines";
            self.faults.push(Fault::new(conflict.blank[0].clone(), message).help(help));
            self.blanks.extend(conflict.blank);
            self.damage.push(conflict.whole);
        }
    }

    /// Lines that are neither key and value nor header: the parser stops at those.
    fn strays(&mut self, errors: &[Error], scan: &Scan) {
        for error in errors.iter().filter(|error| error.message().starts_with("key with no value")) {
            let Some(span) = error.span().filter(|span| reliable(span, scan)) else { continue };
            let line = self.lines.line(span.start);
            if self.blanks.last() != Some(&line) {
                self.faults.push(fault(error, &self.text, &self.lines));
                self.blanks.push(line);
            }
        }
    }

    /// `[assets.A1` without its bracket takes the next header's place; it goes, with what stands under it.
    fn headers(&mut self, errors: &[Error], scan: &Scan) {
        for error in errors {
            let said = error.message();
            if !said.starts_with("unclosed table") && !said.starts_with("unclosed array table") {
                continue;
            }
            let Some(span) = error.span().filter(|span| reliable(span, scan)) else { continue };
            let line = self.lines.line(span.start);
            let next = scan.headers.partition_point(|&header| header < line.end);
            let end = scan.headers.get(next).copied().unwrap_or(self.text.len());
            self.faults.push(fault(error, &self.text, &self.lines));
            self.blanks.push(line.start..end);
        }
    }

    fn unclosed(&mut self, open: Open) {
        let (what, missing) = match open.what {
            Unclosed::Array => ("list", "]"),
            Unclosed::Table => ("table", "}"),
            Unclosed::Text => ("text", &self.text[open.at..open.at + 3]),
        };
        let message = format!("the {what} that opens here is never closed: `{missing}` is missing");
        self.faults.push(Fault::new(open.at..open.at + missing.len(), message));
        let line = self.lines.line(open.at);
        let end = resume(&self.text, line.end, open.what);
        self.blanks.push(line.start..end);
    }

    fn blank(&mut self) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        for span in self.blanks.drain(..) {
            bytes[span.clone()].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
            self.damage.push(span);
        }
        self.text = String::from_utf8(bytes).expect("whole lines of a text were blanked");
    }
}

/// Behind something that is open to the end, the parser's errors mean nothing.
fn reliable(span: &Range<usize>, scan: &Scan) -> bool {
    scan.open.is_none_or(|open| span.start < open.at)
}

/// Where something that can only be a new statement starts, at or after a line's start.
fn resume(text: &str, from: usize, what: Unclosed) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let statement = line.trim_start();
        if header(statement) || (what == Unclosed::Array && assignment(statement)) {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// Tables that files of models have beside those of the kinds.
const TABLES: [&str; 6] = ["provenance", "removed", "frameworks", "exclusions", "turns", "rules"];

fn header(line: &str) -> bool {
    let Some(inner) = line.strip_prefix('[') else { return false };
    let inner = inner.trim_start_matches(['[', ' ']);
    let word = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    Kind::of_table(word).is_some() || TABLES.contains(&word)
}

/// `key = `, which no list can hold outside braces.
fn assignment(line: &str) -> bool {
    let word = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    word.len() < line.len() && word.trim_start().starts_with('=')
}
