//! A finding as other programs take it: places as numbers, its fix as text to replace.

use crate::finding::{Code, Finding, Safety, Severity};
use crate::text::plain;

/// A finding with everything a machine format needs.
pub struct Mark<'f> {
    pub finding: &'f Finding,
    /// Absent when what it is about is in no file of the candidate.
    pub place: Option<Region>,
    pub related: Vec<(Region, &'f str)>,
    /// What the safe fix replaces; empty when there is none.
    pub edits: Vec<(Region, String)>,
    /// Stable over moves of lines and rewrites of history.
    pub fingerprint: &'f str,
    /// The base has it too.
    pub stock: bool,
}

/// A piece of a file. Lines and columns count from 1, columns in characters; the end is past the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Relative to the repository, with `/`.
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
    /// Both columns again, counted in bytes of UTF-8.
    pub bytes: (u32, u32),
}

/// The file a finding without a place is shown in, when history names none either.
const SETTINGS: &str = "redan.toml";

impl Mark<'_> {
    /// The file it is shown in.
    pub fn file(&self) -> &str {
        let seen = || self.finding.evidence.first().map_or(SETTINGS, |evidence| &evidence.path);
        self.place.as_ref().map_or_else(seen, |place| &place.path)
    }

    /// The sentence, then what to do about it, a line each.
    pub fn told(&self) -> String {
        let Finding { message, help, .. } = self.finding;
        let repair = repair(self.finding);
        let lines = [Some(message.clone()), help.clone(), repair].into_iter().flatten();
        plain(&lines.collect::<Vec<_>>().join("\n")).into_owned()
    }
}

/// The command that repairs a finding, with what it does.
pub fn repair(finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    Some(match fix.safety {
        Safety::Safe => format!("redan fix: {}", fix.title),
        Safety::Unsafe if fix.options.len() == 1 => {
            let asks = fix.needs.as_ref().is_some_and(|keys| keys.contains("reason"));
            let reason = if asks { " --reason \"…\"" } else { "" };
            format!("redan fix --rule {}{reason}: {}", finding.code.name, fix.title)
        }
        Safety::Unsafe => format!("can be fixed: {}", fix.title),
    })
}

/// Where the page of a rule is read on the web.
pub fn page_of(code: &Code) -> String {
    format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), code.name)
}

/// The most severe of the marks, at most `most`, in their order; and how many are left out.
pub fn fitting<'m, 'f>(marks: &'m [Mark<'f>], most: usize) -> (Vec<&'m Mark<'f>>, usize) {
    let levels = [Severity::Error, Severity::Warning, Severity::Info];
    let by_level = levels.map(|level| marks.iter().filter(move |mark| mark.finding.severity == level));
    if marks.len() <= most {
        return (marks.iter().collect(), 0);
    }
    (by_level.into_iter().flatten().take(most).collect(), marks.len() - most)
}
