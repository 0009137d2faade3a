//! Comments, which no field of a model holds.

use std::collections::BTreeSet;

use crate::history::Trio;

/// A merged text with the comments that the other side brought: above the line or behind the words that they stand with
/// there. Those whose line is not there, or there twice, come back as an error.
pub(super) fn brought(trio: &Trio<'_>, merged: &[u8]) -> Result<Vec<u8>, Vec<String>> {
    let [base, theirs, text] = [trio.base, trio.theirs, merged].map(String::from_utf8_lossy);
    let known: BTreeSet<&str> = base.lines().chain(text.lines()).filter_map(|line| parted(line).1).collect();
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut lost = Vec::new();
    for (nth, line) in theirs.lines().enumerate() {
        let (words, Some(remark)) = parted(line) else { continue };
        if !known.contains(remark) && !placed(&mut lines, (words, remark), theirs.lines().skip(nth)) {
            lost.push(remark.to_owned());
        }
    }
    if lost.is_empty() { Ok(lines.concat().into_bytes()) } else { Err(lost) }
}

/// What is said of a comment that found no place.
pub(super) fn why(remark: &str) -> String {
    format!("a comment of the other side stands with lines that both changed, and would be lost: {remark}")
}

/// Puts one comment where it belongs; `false` = nowhere. The lines of the other side begin with its own.
fn placed<'a>(lines: &mut Vec<String>, (words, remark): (&str, &str), from: impl Iterator<Item = &'a str>) -> bool {
    let anchor = from.map(|line| parted(line).0).find(|words| !words.is_empty());
    let Some(anchor) = anchor else { return false };
    let mut places = (0..lines.len()).filter(|&nth| parted(&lines[nth]).0 == anchor);
    let (Some(place), None) = (places.next(), places.next()) else { return false };
    let (body, end) = split(&lines[place]);
    match words.is_empty() {
        true => lines.insert(place, format!("{remark}{end}")),
        false if parted(body).1.is_some() => return false,
        false => lines[place] = format!("{body} {remark}{end}"),
    }
    true
}

/// A line and how it ends.
fn split(line: &str) -> (&str, &str) {
    let body = line.trim_end_matches(['\r', '\n']);
    (body, &line[body.len()..])
}

/// The words of a line, and its comment: from the first `#` outside of quotes on. A line within a text over several
/// lines may be taken for one with a comment; the value has it then.
fn parted(line: &str) -> (&str, Option<&str>) {
    let mut quote = None;
    let mut escaped = false;
    for (at, sign) in line.char_indices() {
        match (quote, sign) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), _) if open == sign => quote = None,
            (None, '"' | '\'') => quote = Some(sign),
            (None, '#') => return (line[..at].trim(), Some(line[at..].trim_end())),
            _ => {}
        }
    }
    (line.trim(), None)
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn comments_stand_outside_of_quotes() {
        assert_eq!(parted("# all of it "), ("", Some("# all of it")));
        assert_eq!(parted(r##"name = "C# \" # no" # why"##), (r##"name = "C# \" # no""##, Some("# why")));
        assert_eq!(parted("name = 'a # b'\r\n"), ("name = 'a # b'", None));
    }
}
