//! What everything rests on: the texts of the brief as they may leave the machine, and what may be written of replies.

use std::cell::Cell;

use serde_json::Value;

use super::clean::clean;
use super::fence::Fence;
use super::secret::hide;
use crate::model::{Entity, Id};
use crate::suggest::{Brief, Text};
use crate::text::plain;

/// Characters of all texts that are sent, at most.
const LONGEST: usize = 120_000;
/// The shortest quotation that says where something comes from.
const QUOTE: usize = 4;

pub struct Ground {
    texts: Vec<Text>,
    /// What files say beside the texts, a line each.
    beside: Vec<String>,
    pub fence: Fence,
    source: String,
    secrets: usize,
    cut: bool,
    cleaned: Cell<usize>,
}

impl Ground {
    pub fn new(brief: &Brief, source: &str) -> Ground {
        let (mut left, mut secrets, mut cut) = (LONGEST, 0, false);
        let mut texts = Vec::new();
        for text in &brief.texts {
            let (hidden, found) = hide(&text.content);
            secrets += found;
            let whole = plain(&hidden).into_owned();
            let content: String = whole.chars().take(left).collect();
            left -= content.chars().count();
            cut |= content.len() < whole.len();
            if !content.trim().is_empty() {
                texts.push(Text { path: text.path.clone(), content });
            }
        }
        let beside: Vec<String> = brief.mentions.iter().map(mentioned).collect();
        let fence = Fence::new(texts.iter().map(|text| text.content.as_str()).chain(beside.iter().map(String::as_str)));
        Ground { texts, beside, fence, source: source.to_owned(), secrets, cut, cleaned: Cell::new(0) }
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.beside.is_empty()
    }

    /// What was done to the texts before they left.
    pub fn notes(&self) -> Vec<String> {
        let secrets = (self.secrets > 0).then(|| format!("not sent, since they look like secrets: {}", self.secrets));
        let cut = self.cut.then(|| format!("not sent: what comes after the first {LONGEST} characters"));
        secrets.into_iter().chain(cut).collect()
    }

    /// What was done to the words of replies.
    pub fn cleaned(&self) -> Option<String> {
        let count = self.cleaned.get();
        (count > 0).then(|| format!("taken out of {count} text(s) of replies: markup, addresses, steering characters"))
    }

    /// The texts, each in its fence.
    pub fn fenced(&self) -> String {
        let texts = self.texts.iter().map(|text| self.fence.around(&text.path, &text.content));
        let beside = (!self.beside.is_empty()).then(|| self.fence.around("what files say", &self.beside.join("\n")));
        texts.chain(beside).collect::<Vec<_>>().join("\n\n")
    }

    /// Something of ours for the model to read: made of replies, so it stands in a fence as well.
    pub fn shown(&self, what: &str, lines: &[String]) -> String {
        self.fence.around(what, &lines.join("\n"))
    }

    /// The words of a key, as they may stand in a file.
    pub fn words(&self, item: &Value, key: &str) -> String {
        let known = |address: &str| self.texts.iter().any(|text| text.content.contains(address));
        let (text, cleaned) = clean(item[key].as_str().unwrap_or_default(), known);
        self.cleaned.set(self.cleaned.get() + usize::from(cleaned));
        text
    }

    /// An entity of ours, with its source and the reason why it is there.
    pub fn entity(&self, id: Id, item: &Value) -> Entity {
        let mut entity = Entity::new(id);
        entity.life.source.clone_from(&self.source);
        let reason = self.words(item, "rationale");
        entity.life.rationale = match self.place(item["quote"].as_str().unwrap_or_default()) {
            Some(place) => format!("{place}. {reason}"),
            None => reason,
        };
        entity
    }

    /// `docs/payments.md:4 says “card numbers”`, where it does.
    fn place(&self, quote: &str) -> Option<String> {
        let quote = quote.trim().trim_matches(['"', '“', '”', '.']);
        let short = quote.chars().count() <= 120 && quote.chars().count() >= QUOTE && !quote.contains('\n');
        let found = self.texts.iter().filter(|_| short).find_map(|text| {
            let at = text.content.find(quote)?;
            Some((&text.path, text.content[..at].matches('\n').count() + 1))
        });
        let (path, line) = found?;
        let (said, _) = clean(quote, |_| true);
        (!said.is_empty()).then(|| format!("{path}:{line} says “{said}”"))
    }

    /// Whether a path leads to, or above, something that was read.
    pub fn has_path(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let texts = self.texts.iter().map(|text| text.path.as_str());
        let plain = !path.split('/').any(|part| part.is_empty() || part == "." || part == "..");
        plain && texts.into_iter().any(|known| known == path || known.starts_with(&below))
    }
}

/// A line for what the structure of files says.
fn mentioned(mention: &crate::suggest::Mention) -> String {
    let name = mention.name.as_deref().unwrap_or(&mention.words);
    let (line, _) = hide(&crate::text::one_line(&format!("{}:{}: {name}", mention.path, mention.line)));
    line
}
