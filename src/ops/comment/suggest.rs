//! Safe fixes as suggestions on lines of the diff, which the author takes over with one click.

use std::collections::BTreeSet;

use super::{Review, Voice};
use crate::finding::{Patch, Severity};
use crate::history::Commit;
use crate::ops::check::Judged;
use crate::ops::mend::mend;
use crate::ops::{Desk, Trouble};
use crate::remote::{File, RemoteError, Suggestion, Thread};
use crate::render::{Line, Page, Tone, markdown};
use crate::store::Source;

/// What was done about suggestions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Suggested {
    pub posted: usize,
    pub resolved: usize,
}

/// A suggestion and the finding it repairs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    fingerprint: String,
    suggestion: Suggestion,
}

/// Lines that a suggestion replaces, at most.
const LONGEST: u32 = 30;
/// Suggestions of one review, at most: a wall of them helps nobody.
const MOST: usize = 20;
const MARK: &str = "<!-- redan:fix ";

/// Posts what is new as one review, and resolves threads of ours whose finding is gone, unless a person replied.
pub(super) fn suggest(desk: &Desk, voice: &Voice<'_>, review: &Review) -> Result<Suggested, RemoteError> {
    let offers = offers(desk, voice, review)?;
    let threads = voice.github.threads(voice.pull.number)?;
    let standing: BTreeSet<&str> = review.checked.findings.iter().map(|judged| judged.fingerprint.as_str()).collect();
    let (fresh, done) = plan(&offers, &threads, &standing, voice.people);
    done.iter().try_for_each(|thread| voice.github.resolve(thread))?;
    if !fresh.is_empty() {
        voice.github.review(voice.pull.number, &review.head, &fresh)?;
    }
    Ok(Suggested { posted: fresh.len(), resolved: done.len() })
}

/// New suggestions, and threads that are settled.
fn plan(
    offers: &[Offer],
    threads: &[Thread],
    standing: &BTreeSet<&str>,
    people: &[String],
) -> (Vec<Suggestion>, Vec<String>) {
    let ours: Vec<(&Thread, &str)> =
        threads.iter().filter_map(|thread| Some((thread, mark(thread, people)?))).collect();
    let told: BTreeSet<&str> = ours.iter().map(|(_, mark)| *mark).collect();
    let fresh = offers.iter().filter(|offer| !told.contains(offer.fingerprint.as_str()));
    let settled = |(thread, mark): &&(&Thread, &str)| {
        let answered = thread.said.iter().any(|(author, _)| !author.bot && !people.contains(&author.login));
        !thread.resolved && !standing.contains(mark) && !answered && !thread.longer
    };
    let done = ours.iter().filter(settled).map(|(thread, _)| thread.id.clone());
    (fresh.take(MOST).map(|offer| offer.suggestion.clone()).collect(), done.collect())
}

/// The fingerprint in a thread that we began.
fn mark<'t>(thread: &'t Thread, people: &[String]) -> Option<&'t str> {
    let (author, body) = thread.said.first()?;
    let ours = author.bot || people.contains(&author.login);
    body.strip_prefix(MARK).filter(|_| ours)?.split_once(" -->").map(|(mark, _)| mark)
}

/// Fixes that lie within one hunk of the diff, in files that read at the head as they do here.
fn offers(desk: &Desk, voice: &Voice<'_>, review: &Review) -> Result<Vec<Offer>, RemoteError> {
    let workspace = &review.checked.workspace;
    let told =
        review.checked.findings.iter().filter(|judged| !judged.stock && judged.finding.severity > Severity::Info);
    let mended: Vec<(&Judged, Vec<Patch>)> = told
        .map(|judged| (judged, mend(workspace, &judged.finding)))
        .filter(|(_, patches)| !patches.is_empty())
        .collect();
    if mended.is_empty() {
        return Ok(Vec::new());
    }
    let files = voice.github.files(voice.pull.number)?;
    let offer = |(judged, patches): &(&Judged, Vec<Patch>)| {
        let source = workspace.sources.get(&patches.first()?.path)?;
        let (lines, text) = replaced(&source.text(), patches)?;
        let file = files.iter().find(|file| file.path == source.path)?;
        let fits = shown(file).iter().any(|(first, last)| *first <= lines.0 && lines.1 <= *last);
        let same = fits && as_at_head(desk, &review.head, source).unwrap_or(false);
        let suggestion = || Suggestion { path: source.path.clone(), lines, body: words(judged, &text) };
        same.then(|| Offer { fingerprint: judged.fingerprint.clone(), suggestion: suggestion() })
    };
    Ok(mended.iter().filter_map(offer).collect())
}

fn as_at_head(desk: &Desk, head: &str, source: &Source) -> Result<bool, Trouble> {
    let commit = Commit { name: head.to_owned(), id: head.to_owned() };
    let there = desk.repo()?.file_at(&commit, &source.path)?;
    Ok(there.is_some_and(|there| there.content == source.content))
}

/// The lines, from 1, that patches of one file touch, and what shall stand there.
fn replaced(text: &str, patches: &[Patch]) -> Option<((u32, u32), String)> {
    let one = patches.iter().all(|patch| patch.path == patches[0].path);
    let mut patches: Vec<&Patch> = patches.iter().filter(|_| one).collect();
    patches.sort_by_key(|patch| (patch.span.start, patch.span.end));
    let (start, end) = (patches.first()?.span.start, patches.last()?.span.end);
    // A suggestion replaces at least one line, so what is only inserted takes the line before along.
    let start = if start == end && start > 0 { start - 1 } else { start };
    let end = if end > start && text.get(..end)?.ends_with('\n') { end - 1 } else { end };
    let from = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let to = text.get(end..)?.find('\n').map_or(text.len(), |at| end + at);
    let (mut shall, mut done) = (String::new(), from);
    for patch in patches {
        shall.push_str(text.get(done..patch.span.start)?);
        shall.push_str(&patch.text);
        done = patch.span.end;
    }
    shall.push_str(text.get(done.min(to)..to)?);
    let line = |at: usize| u32::try_from(text[..at].matches('\n').count()).ok().map(|before| before + 1);
    let lines = (line(from)?, line(to)?);
    (lines.1 - lines.0 < LONGEST).then(|| (lines, shall.trim_end_matches('\n').to_owned()))
}

/// Lines of the new side that the diff shows, a range a hunk.
fn shown(file: &File) -> Vec<(u32, u32)> {
    let heads = file.patch.iter().flat_map(|patch| patch.lines()).filter(|line| line.starts_with("@@ "));
    let range = |line: &str| {
        let new = line.split('+').nth(1)?.split(' ').next()?;
        let (start, count) = new.split_once(',').unwrap_or((new, "1"));
        let (start, count): (u32, u32) = (start.parse().ok()?, count.parse().ok()?);
        (count > 0).then(|| (start, start + count - 1))
    };
    heads.filter_map(range).collect()
}

fn words(judged: &Judged, text: &str) -> String {
    let mut page = Page::default();
    let line = Line::of(Tone::Id, judged.finding.code.name).and(Tone::Plain, format!(": {}", judged.finding.message));
    page.text(line);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{MARK}{} -->\n{}\n{fence}suggestion\n{text}\n{fence}\n", judged.fingerprint, markdown(&page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::Author;

    fn patch(span: std::ops::Range<usize>, text: &str) -> Patch {
        Patch { path: "a.toml".to_owned(), span, text: text.to_owned() }
    }

    #[test]
    fn a_suggestion_replaces_whole_lines() {
        let text = "one\ntwo\nthree\n";
        assert_eq!(replaced(text, &[patch(4..7, "2")]), Some(((2, 2), "2".to_owned())));
        assert_eq!(replaced(text, &[patch(5..6, "W")]), Some(((2, 2), "tWo".to_owned())));
        assert_eq!(replaced(text, &[patch(4..8, "2\n")]), Some(((2, 2), "2".to_owned())));
        assert_eq!(replaced(text, &[patch(8..13, "3"), patch(0..3, "1")]), Some(((1, 3), "1\ntwo\n3".to_owned())));
        // Inserted lines take the one before along, at the end of a file too.
        assert_eq!(replaced(text, &[patch(8..8, "half\n")]), Some(((2, 2), "two\nhalf".to_owned())));
        assert_eq!(replaced(text, &[patch(14..14, "four\n")]), Some(((3, 3), "three\nfour".to_owned())));
        assert_eq!(replaced(text, &[patch(0..0, "zero\n")]), Some(((1, 1), "zero\none".to_owned())));
        let other = Patch { path: "b.toml".to_owned(), ..patch(0..1, "x") };
        assert_eq!(replaced(text, &[patch(0..1, "x"), other]), None);
    }

    #[test]
    fn hunks_say_what_is_shown() {
        let file = |patch: &str| File { path: "a.toml".to_owned(), patch: Some(patch.to_owned()) };
        assert_eq!(shown(&file("@@ -1,2 +1,3 @@ [a]\n x\n+y\n z\n@@ -9 +10 @@\n-a\n+b")), [(1, 3), (10, 10)]);
        assert_eq!(shown(&file("@@ -1,3 +0,0 @@\n-a")), []);
    }

    #[test]
    fn what_was_offered_once_is_not_offered_again() {
        let thread = |mark: &str, resolved: bool, reply: Option<bool>| {
            let author = |bot: bool| Author { login: if bot { "b" } else { "ada" }.to_owned(), bot };
            let mut said = vec![(author(true), format!("{MARK}{mark} -->\nfix"))];
            said.extend(reply.map(|bot| (author(bot), "no".to_owned())));
            Thread { id: format!("T-{mark}"), resolved, said, longer: false }
        };
        let offer = |mark: &str| Offer {
            fingerprint: mark.to_owned(),
            suggestion: Suggestion { path: "a".to_owned(), lines: (1, 1), body: mark.to_owned() },
        };
        let threads = [
            thread("stays", false, None),
            thread("fixed", false, None),
            thread("answered", false, Some(false)),
            thread("by-a-bot", false, Some(true)),
            thread("closed", true, None),
        ];
        let standing = BTreeSet::from(["stays", "new", "closed"]);
        let (fresh, done) = plan(&[offer("stays"), offer("new"), offer("closed")], &threads, &standing, &[]);
        assert_eq!(fresh.iter().map(|offer| offer.body.as_str()).collect::<Vec<_>>(), ["new"]);
        assert_eq!(done, ["T-fixed", "T-by-a-bot"]);
    }
}
