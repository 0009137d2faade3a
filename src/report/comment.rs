//! The comment on a pull request: verdict, violations with what repairs them, what the change means, and a machine
//! block that lets the next run say what is new since.

use serde::{Deserialize, Serialize};

use super::check::Found;
use super::diff::{Depth, Telling};
use crate::difference::Compared;
use crate::render::{Line, Page, Tone, markdown_within, units};

/// Everything a comment tells.
pub struct Story<'a> {
    /// `all`, or the model it is about.
    pub key: &'a str,
    pub findings: &'a [Found],
    /// How many of them fail the check.
    pub failing: usize,
    pub compared: &'a Compared,
    /// Full id of the head commit.
    pub head: &'a str,
    /// What it was compared with, for the last line.
    pub base: &'a str,
    /// How much of the history the verdict rests on.
    pub coverage: &'a str,
    /// Where files of the head are read: `https://github.com/o/r/blob/<sha>/`.
    pub files: Option<&'a str>,
}

/// Characters of a body, at most; hosts refuse more than 65,536.
pub const LIMIT: usize = 60_000;
/// Fingerprints that the machine block carries; with more there is no telling what is new.
const CARRIED: usize = 500;
const BLOCK: &str = "<!-- redan:state ";

/// The first line of our comment for a key.
pub fn marker(key: &str) -> String {
    format!("<!-- redan:1 key={key} -->")
}

/// The last line: what was told at which commit, and what had changed then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Block {
    head: String,
    /// The head told before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(default)]
    new: usize,
    #[serde(default)]
    fixed: usize,
    /// Fingerprints of the findings of the change; absent when they were too many.
    findings: Option<Vec<String>>,
}

impl Block {
    fn read(body: &str) -> Option<Block> {
        let last = body.trim_end().lines().next_back()?;
        serde_json::from_str(last.strip_prefix(BLOCK)?.strip_suffix(" -->")?).ok()
    }

    /// The block of this run. The same head with the same findings repeats what was said, so that telling it twice
    /// changes nothing.
    fn next(story: &Story<'_>, before: Option<Block>) -> Block {
        let mut found: Vec<String> = fresh(story).map(|found| found.fingerprint.clone()).collect();
        found.sort();
        let findings = (found.len() <= CARRIED).then_some(found);
        let head = story.head.to_owned();
        match before {
            Some(before) if before.head == head && before.findings == findings => before,
            Some(Block { head: since, findings: Some(old), .. }) if findings.is_some() => {
                let now = findings.as_deref().unwrap_or_default();
                let new = now.iter().filter(|mark| !old.contains(mark)).count();
                let fixed = old.iter().filter(|mark| !now.contains(mark)).count();
                Block { head, since: Some(since), new, fixed, findings }
            }
            _ => Block { head, since: None, new: 0, fixed: 0, findings },
        }
    }

    fn line(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        // Two hyphens would end the comment that hides it; the text is JSON, where they can be written otherwise.
        format!("{BLOCK}{} -->", text.replace("--", "-\\u002d"))
    }
}

/// Findings of the change itself.
fn fresh<'s>(story: &'s Story<'_>) -> impl Iterator<Item = &'s Found> {
    story.findings.iter().filter(|found| !found.stock && found.severity != "info")
}

/// The new body, given the one that is there; `None` when nobody was told anything and there is nothing to tell.
pub fn body(story: &Story<'_>, there: Option<&str>) -> Option<String> {
    let block = Block::next(story, there.and_then(Block::read));
    let quiet = fresh(story).next().is_none() && story.compared.models.is_empty();
    match (quiet, there) {
        (true, None) => None,
        (true, Some(_)) => Some(framed(story, &block, |_| resolved(story))),
        (false, _) => Some(framed(story, &block, |room| {
            let pages = Depth::ALL.into_iter().map(|depth| page(story, &block, depth));
            markdown_within(room, pages)
        })),
    }
}

fn framed(story: &Story<'_>, block: &Block, inside: impl FnOnce(usize) -> String) -> String {
    let (first, last) = (marker(story.key), block.line());
    let room = LIMIT.saturating_sub(units(&first) + units(&last) + 4);
    format!("{first}\n{}\n\n{last}\n", inside(room).trim_end())
}

/// The one line that stays when nothing is left to say.
fn resolved(story: &Story<'_>) -> String {
    let mut page = Page::default();
    let line = Line::of(Tone::Good, "redan: all resolved");
    page.text(line.and(Tone::Plain, " at ").and(Tone::Id, short(story.head)));
    markdown_within(LIMIT, [page])
}

fn page(story: &Story<'_>, block: &Block, depth: Depth) -> Page {
    let mut page = Page::default();
    page.text(verdict(story));
    if let Some(since) = &block.since {
        let words = format!("{} new, {} fixed since ", block.new, block.fixed);
        page.text(Line::plain(words).and(Tone::Id, short(since)));
    }
    findings(&mut page, story, depth);
    if !story.compared.models.is_empty() {
        page.blocks.extend(super::diff::page(story.compared, Telling::comment(depth)).blocks);
    }
    page.text(footer(story));
    page
}

fn verdict(story: &Story<'_>) -> Line {
    let told: Vec<&Found> = fresh(story).collect();
    let count = |word: &str| told.iter().filter(|found| found.severity == word).count();
    let parts = [("error", count("error")), ("warning", count("warning"))];
    let parts = parts.into_iter().filter(|(_, many)| *many > 0);
    let parts: Vec<String> =
        parts.map(|(word, many)| if many == 1 { format!("1 {word}") } else { format!("{many} {word}s") }).collect();
    let tally = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let (word, tone) = if story.failing > 0 { ("fails", Tone::Bad) } else { ("passes", Tone::Good) };
    Line::plain("Threat model: ").and(tone, word).and(Tone::Plain, format!(", {tally} in this change"))
}

/// Findings of the change, worst first; what was there before it is counted.
fn findings(page: &mut Page, story: &Story<'_>, depth: Depth) {
    let mut told: Vec<&Found> = fresh(story).collect();
    told.sort_by_key(|found| found.severity != "error");
    let shown = match depth {
        Depth::Full | Depth::Changes => usize::MAX,
        Depth::Lines => 50,
        Depth::Counts => 20,
    };
    page.list(told.iter().take(shown).map(|found| violation(story.files, found)).collect());
    if told.len() > shown {
        page.text(Line::of(Tone::Dim, format!("and {} more: redan check", told.len() - shown)));
    }
    let stock = story.findings.iter().filter(|found| found.stock && found.severity != "info").count();
    if stock > 0 {
        page.text(Line::of(Tone::Dim, format!("{stock} already on the base, which this change did not bring")));
    }
}

/// What is wrong, where, and last what repairs it.
pub(super) fn violation(files: Option<&str>, found: &Found) -> Line {
    let tone = if found.severity == "error" { Tone::Bad } else { Tone::Warning };
    let mut line = Line::of(tone, found.severity).and(Tone::Plain, " ").and(Tone::Id, found.rule).and(Tone::Plain, " ");
    if let Some(at) = &found.place {
        let words = format!("{}:{}", at.path, at.line);
        let address = files.map(|files| format!("{files}{}#L{}", encoded(&at.path), at.line));
        line = line.link(words, address).and(Tone::Plain, ": ");
    }
    line.sentence(Tone::Plain, &found.message).and(Tone::Plain, " → ").and(Tone::Command, repair(found))
}

/// The command that repairs a finding, as it is typed where it can be: in a comment, or at home.
fn repair(found: &Found) -> String {
    let needs = found.fix.as_ref().map(|fix| (fix.options.len(), fix.needs.as_deref()));
    match needs {
        Some((1, None)) => return format!("/redan fix --rule {}", found.rule),
        Some((1, Some(needs))) if needs.contains("reason") => {
            return format!("/redan fix --rule {} --reason \"…\"", found.rule);
        }
        _ => {}
    }
    let named = found.help.as_deref().and_then(command);
    let command = named.unwrap_or_else(|| format!("redan explain {}", found.rule));
    if spoken(&command) { format!("/{command}") } else { command }
}

/// The command that advice comes to: what follows `: redan`, to the end of the clause.
fn command(help: &str) -> Option<String> {
    let from = help.find(": redan ")? + 2;
    let clause = help[from..].split([';', '\n']).next()?;
    Some(clause.trim().trim_end_matches('.').to_owned())
}

/// Verbs that may be typed in a comment.
pub const SPOKEN: [&str; 22] = [
    "add",
    "edit",
    "remove",
    "restore",
    "rate",
    "rename",
    "group",
    "cover",
    "remap",
    "status",
    "refine",
    "ask",
    "fix",
    "renumber",
    "confirm",
    "withdraw",
    "revoke",
    "attest",
    "accept",
    "not-applicable",
    "resolve",
    "convert-to-control",
];

fn spoken(command: &str) -> bool {
    command.split(' ').nth(1).is_some_and(|verb| SPOKEN.contains(&verb))
}

fn footer(story: &Story<'_>) -> Line {
    let version = env!("CARGO_PKG_VERSION");
    let line = Line::of(Tone::Dim, format!("redan {version}: ")).and(Tone::Id, short(story.head));
    let line = line.and(Tone::Dim, " against ").and(Tone::Id, short(story.base));
    let line = line.and(Tone::Dim, format!(", history {}; type ", story.coverage)).and(Tone::Command, "/redan help");
    line.and(Tone::Dim, " for what can be done here")
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// A path within an address.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let parts =
        path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::difference::State;
    use crate::report::check::{Pick, Repair};

    fn found(rule: &'static str, fingerprint: &str) -> Found {
        Found {
            rule,
            severity: "error",
            model: None,
            entity: None,
            message: "wrong".to_owned(),
            help: None,
            place: None,
            related: Vec::new(),
            evidence: Vec::new(),
            fix: None,
            stock: false,
            fingerprint: fingerprint.to_owned(),
        }
    }

    fn compared() -> Compared {
        let state = |name: &str| State { name: name.to_owned(), commit: None };
        let as_of = "2026-11-27".parse().unwrap();
        Compared { from: state("a"), to: state("b"), as_of, alone: true, models: Vec::new() }
    }

    fn told(head: &str, findings: &[Found], there: Option<&str>) -> Option<String> {
        let (compared, failing) = (compared(), findings.len());
        let (base, coverage) = ("bbbb", "complete");
        body(&Story { key: "all", findings, failing, compared: &compared, head, base, coverage, files: None }, there)
    }

    #[test]
    fn every_violation_ends_with_what_repairs_it() {
        let fix = |options: usize, needs: Option<&str>| {
            let pick = || Pick { label: String::new(), changes: Vec::new() };
            let options = (0..options).map(|_| pick()).collect();
            Some(Repair { title: String::new(), safety: "safe", options, needs: needs.map(str::to_owned) })
        };
        let help = |text: &str| Some(text.to_owned());
        let unrated = help("rate it: redan rate -m m A1 --set x=…; see the methodology");
        for (found, command) in [
            (Found { fix: fix(1, None), ..found("id_unnumbered", "") }, "/redan fix --rule id_unnumbered"),
            (Found { fix: fix(1, Some("reason")), ..found("id_gone", "") }, "/redan fix --rule id_gone --reason \"…\""),
            (Found { fix: fix(2, None), help: unrated, ..found("unrated", "") }, "/redan rate -m m A1 --set x=…"),
            (Found { help: help("see: redan show A1"), ..found("x", "") }, "redan show A1"),
            (Found { help: help("cover them (redan cover), or not"), ..found("y", "") }, "redan explain y"),
            (found("z", ""), "redan explain z"),
        ] {
            assert_eq!(repair(&found), command);
        }
    }

    #[test]
    fn what_is_new_is_counted_from_the_head_told_before() {
        assert_eq!(told("aaaa", &[], None), None);
        let one = told("aaaa", &[found("x", "f1"), found("y", "f2")], None).unwrap();
        assert!(!one.contains("since"), "{one}");
        let two = told("cccc", &[found("y", "f2"), found("z", "f3")], Some(&one)).unwrap();
        assert!(two.contains("1 new, 1 fixed since `aaaa`"), "{two}");
        assert_eq!(told("cccc", &[found("y", "f2"), found("z", "f3")], Some(&two)).as_deref(), Some(two.as_str()));
        let none = told("dddd", &[], Some(&two)).unwrap();
        assert!(none.contains("all resolved") && !none.contains("against"), "{none}");
        assert_eq!(told("dddd", &[], Some(&none)).as_deref(), Some(none.as_str()));
    }

    #[test]
    fn a_block_that_is_none_of_ours_is_no_block() {
        for last in ["", "<!-- redan:state -->", "<!-- redan:state {} -->", "<!-- redan:state {\"head\":1} -->", "x"] {
            assert_eq!(Block::read(&format!("{}\nhello\n{last}", marker("all"))), None, "{last}");
        }
        let many: Vec<Found> = (0..=CARRIED).map(|nth| found("x", &format!("{nth:016x}"))).collect();
        let body = told("aaaa", &many, None).unwrap();
        assert_eq!(Block::read(&body).unwrap().findings, None);
        assert!(units(&body) <= LIMIT);
    }
}
