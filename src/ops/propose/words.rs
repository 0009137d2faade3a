//! What a proposal says, and what it is known by.

use sha2::{Digest as _, Sha256};

use super::Proposal;
use crate::render::{Line, Tone, markdown_within};
use crate::report::act::{self, Act};
use crate::store::Write;

/// Characters of a body, at most; hosts refuse more than 65,536.
const LIMIT: usize = 60_000;
/// How a proposal goes on.
const KEPT: &str = "It follows what it was made from while nobody else commits here. Closed, it stays closed until it would say something else.";
const MARK: &str = "<!-- redan:proposal:1 ";

/// What a proposal is about, for its words.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub act: &'a Act,
    /// The texts it was made from, or what else it rests on.
    pub from: &'a str,
}

/// What a change proposes, and on top of which files: not when, and not by whom.
pub fn digest(act: &Act, writes: &[Write]) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &[u8]| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    for write in writes {
        add(write.path.as_bytes());
        add(write.before.as_deref().unwrap_or_default());
    }
    for changed in &act.changes {
        add(changed.kind.as_bytes());
        add(changed.entity.as_bytes());
        for field in &changed.fields {
            add(field.name.as_bytes());
            add(field.from.as_deref().unwrap_or_default().as_bytes());
            add(field.to.as_deref().unwrap_or_default().as_bytes());
        }
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

impl Told<'_> {
    /// The change as Markdown, as much of it as a host takes. Every word of it may be anybody's.
    pub fn body(&self) -> String {
        let mut page = act::page(self.act);
        page.text(Line::of(Tone::Dim, format!("Proposed from {}. {KEPT}", self.from)));
        markdown_within(LIMIT - 200, [page])
    }
}

impl Proposal {
    /// The body of a pull request: what it proposes can be read from its first line.
    pub(super) fn words(&self) -> String {
        format!("{MARK}{} -->\n{}", self.digest, self.body)
    }
}

/// The digest that the body of a pull request of ours starts with.
pub(super) fn claimed(body: &str) -> Option<&str> {
    body.lines().next()?.trim_end().strip_prefix(MARK)?.strip_suffix(" -->")
}
