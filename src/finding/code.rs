//! Codes of rules with their severities. The pages are `docs/rules/<code>.md`.

use std::fmt;

/// How much a finding matters. `Off` never reaches a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Off,
    Info,
    Warning,
    Error,
}

impl Severity {
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    pub fn parse(word: &str) -> Option<Severity> {
        [Severity::Off, Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|s| s.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A rule as everybody but the rule itself sees it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `snake_case`, published: never renamed, never reused.
    pub name: &'static str,
    /// What it says, in a few words.
    pub title: &'static str,
    pub severity: Severity,
    /// Rules of the ledger cannot be silenced by configuration (docs/history.md).
    pub ledger: bool,
}
