//! What became of a text, word by word.

use similar::{ChangeTag, TextDiff};

/// A run of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Kept(String),
    Gone(String),
    New(String),
}

/// Longer texts, in bytes, are compared as a whole: the time to compare words grows with their square.
const LONGEST: usize = 20_000;

/// Less in common than this, and the words that happen to be in both say nothing.
const ALIKE: f32 = 0.4;

/// The runs that turn `old` into `new`, in order. Neighbouring words that changed are one run, and texts that have
/// little in common read as one that went and one that came. Without `Gone` the runs read as `new`, without
/// `New` as `old`.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let mut weave = Weave::default();
    let words = (old.len().max(new.len()) <= LONGEST).then(|| TextDiff::from_unicode_words(old, new));
    match words.filter(|words| words.ratio() >= ALIKE) {
        Some(words) => words.iter_all_changes().for_each(|change| weave.take(change.tag(), change.value())),
        None => {
            weave.take(ChangeTag::Delete, old);
            weave.take(ChangeTag::Insert, new);
        }
    }
    weave.close();
    weave.runs
}

#[derive(Default)]
struct Weave {
    runs: Vec<Edit>,
    gone: String,
    new: String,
    /// Space behind a changed word: if the next word changed as well, it is inside of the change.
    space: String,
}

impl Weave {
    fn take(&mut self, tag: ChangeTag, text: &str) {
        let changing = !self.gone.is_empty() || !self.new.is_empty();
        match tag {
            ChangeTag::Equal if changing && text.trim().is_empty() => self.space.push_str(text),
            ChangeTag::Equal => {
                self.close();
                match self.runs.last_mut() {
                    Some(Edit::Kept(kept)) => kept.push_str(text),
                    _ => self.runs.push(Edit::Kept(text.to_owned())),
                }
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                let space = std::mem::take(&mut self.space);
                self.gone.push_str(&space);
                self.new.push_str(&space);
                if tag == ChangeTag::Delete { self.gone.push_str(text) } else { self.new.push_str(text) }
            }
        }
    }

    fn close(&mut self) {
        let [gone, new, space] = [&mut self.gone, &mut self.new, &mut self.space].map(std::mem::take);
        let runs = [Edit::Gone(gone), Edit::New(new), Edit::Kept(space)];
        self.runs.extend(runs.into_iter().filter(|run| !run.text().is_empty()));
    }
}

impl Edit {
    pub fn text(&self) -> &str {
        match self {
            Edit::Kept(text) | Edit::Gone(text) | Edit::New(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let show = |edit: &Edit| match edit {
            Edit::Kept(text) => text.clone(),
            Edit::Gone(text) => format!("[-{text}-]"),
            Edit::New(text) => format!("{{+{text}+}}"),
        };
        edits(old, new).iter().map(show).collect()
    }

    #[test]
    fn words_are_told_apart() {
        assert_eq!(
            shown("tokens that charge cards", "tokens that charge bank cards"),
            "tokens that charge {+bank +}cards"
        );
        assert_eq!(
            shown("the old key of the gate", "the new lock of the gate"),
            "the [-old key-]{+new lock+} of the gate"
        );
        assert_eq!(shown("", "new"), "{+new+}");
        assert_eq!(shown("same", "same"), "same");
        assert_eq!(shown("refund queue", "signing key"), "[-refund queue-]{+signing key+}");
    }

    proptest! {
        #[test]
        fn no_word_is_lost(old in "[a-c \n]{0,30}", new in "[a-c \n]{0,30}") {
            let runs = edits(&old, &new);
            let side = |leave: fn(&Edit) -> bool| -> String {
                runs.iter().filter(|run| !leave(run)).map(Edit::text).collect()
            };
            prop_assert_eq!(side(|run| matches!(run, Edit::New(_))), old);
            prop_assert_eq!(side(|run| matches!(run, Edit::Gone(_))), new);
        }
    }
}
