//! What `git log --raw -z` prints in the format of [`FORMAT`]: a header of five parts, then pairs of a
//! change and its path, all ended by NUL.

use std::io::BufRead;

use git2::Oid;
use jiff::Timestamp;

use super::Signed;

/// A byte that starts no change, the commit, the committer's date, the author, the subject.
pub(super) const FORMAT: &str = "--format=%x01%H%x00%ct%x00%aN%x00%aE%x00%s";

/// A file as one commit left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub mode: u32,
    pub blob: Oid,
}

/// A commit and the files it changed against its first parent; `None` = the file is gone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub signed: Signed,
    pub files: Vec<(String, Option<Held>)>,
}

/// Hands over one commit after the other.
pub(super) fn read(input: &mut impl BufRead, mut take: impl FnMut(Entry)) -> std::io::Result<()> {
    let mut entry: Option<Entry> = None;
    while let Some(token) = next(input)? {
        let token = token.trim_start_matches('\n');
        if let Some(commit) = token.strip_prefix('\u{1}') {
            let signed = header(commit, input)?;
            entry.replace(Entry { signed, files: Vec::new() }).into_iter().for_each(&mut take);
        } else if let Some(change) = token.strip_prefix(':') {
            let Some(path) = next(input)? else { break };
            if let (Some(entry), Some(held)) = (&mut entry, held(change)) {
                entry.files.push((path, held));
            }
        }
    }
    entry.into_iter().for_each(take);
    Ok(())
}

/// The next token; bytes that are no UTF-8 are replaced, since they only ever name people or strange files.
fn next(input: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut token = Vec::new();
    if input.read_until(0, &mut token)? == 0 {
        return Ok(None);
    }
    token.pop_if(|last| *last == 0);
    Ok(Some(String::from_utf8_lossy(&token).into_owned()))
}

fn header(commit: &str, input: &mut impl BufRead) -> std::io::Result<Signed> {
    let mut part = || next(input).map(Option::unwrap_or_default);
    let (seconds, name, email, subject) = (part()?, part()?, part()?, part()?);
    // A date that no calendar has says nothing; the order is the line's.
    let at = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(Signed { commit: commit.to_owned(), name, email, at: at.unwrap_or(Timestamp::UNIX_EPOCH), subject })
}

/// `100644 100644 <old> <new> M`: the new side.
fn held(change: &str) -> Option<Option<Held>> {
    let mut words = change.split(' ').skip(1);
    let (mode, _, blob) = (words.next()?, words.next()?, words.next()?);
    match u32::from_str_radix(mode, 8).ok()? {
        0 => Some(None),
        mode => Oid::from_str(blob).ok().map(|blob| Some(Held { mode, blob })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn commits_come_with_their_files() {
        let text = format!(
            "\u{1}{A}\x001767225600\0Ada\0ada@example.org\0One\0\n:000000 100644 {ZERO} {A} A\0tm/a.toml\0:100644 000000 {A} {ZERO} D\0tm/:b\0\u{1}{A}\0no date\0\u{fffd}\0\0\0"
        );
        let mut found = Vec::new();
        read(&mut text.as_bytes(), |entry| found.push(entry)).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].signed.author(), "Ada <ada@example.org>");
        assert_eq!(found[0].signed.at.to_string(), "2026-01-01T00:00:00Z");
        let held = Held { mode: 0o100_644, blob: Oid::from_str(A).unwrap() };
        assert_eq!(found[0].files, [("tm/a.toml".to_owned(), Some(held)), ("tm/:b".to_owned(), None)]);
        assert_eq!((found[1].signed.at, found[1].files.len()), (Timestamp::UNIX_EPOCH, 0));
    }
}
