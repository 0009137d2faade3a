//! What a ticket remembers of its last update, in a line of its own text.

use std::fmt;

use sha2::{Digest, Sha256};

use super::Key;

/// What a ticket said of its control when it was last brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    Open,
    /// Implemented.
    Done,
    /// Removed, orphaned, or of a retired model.
    Gone,
}

impl Shown {
    pub const ALL: [Shown; 3] = [Shown::Open, Shown::Done, Shown::Gone];

    pub fn word(self) -> &'static str {
        match self {
            Shown::Open => "open",
            Shown::Done => "done",
            Shown::Gone => "gone",
        }
    }
}

/// The memory of a ticket. It is all that tells a person's act from ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub key: Key,
    /// Digest of the control's words, 12 hex digits.
    pub of: String,
    /// [`print`] of our text.
    pub text: String,
    /// [`print`] of the title that we gave.
    pub title: String,
    pub shown: Shown,
    /// How often it was closed because the control was gone.
    pub round: u32,
    /// Our lines were written anew while its state was not the model's. Who set that is not known, so it is left.
    pub left: bool,
    /// The workspace whose model it is, a word: `acme/mono/services/pay`; absent where that was not known.
    pub repo: Option<String>,
}

/// The first 12 hex digits of a text's SHA-256.
pub fn print(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The name of a workspace as one word of a ticket's last line.
pub fn word(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_./".contains(c) { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(plain).collect()
}

impl Mark {
    /// Reads what [`Mark`] displays and nothing else: whoever types behind it wrote a line of theirs.
    pub fn parse(line: &str) -> Option<Mark> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let key = Key::parse(words.first()?)?;
        let pairs: Vec<(&str, &str)> = words.iter().filter_map(|word| word.split_once('=')).collect();
        let find = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let shown = find("shown").and_then(|word| Shown::ALL.into_iter().find(|shown| shown.word() == word))?;
        let hex =
            |name: &str| find(name).filter(|text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_hexdigit()));
        let round = find("round")?.parse().ok()?;
        let (of, text, title) = (hex("of")?, hex("text")?, hex("title")?);
        let (left, repo) = (find("state").is_some(), find("repo").filter(|repo| *repo == word(repo)));
        let mark = Mark { key, of, text, title, shown, round, left, repo };
        (mark.to_string() == words.join(" ")).then_some(mark)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Mark { key, of, text, title, shown, round, left, repo } = self;
        write!(f, "{key} of={of} text={text} title={title} shown={} round={round}", shown.word())?;
        f.write_str(if *left { " state=left" } else { "" })?;
        repo.iter().try_for_each(|repo| write!(f, " repo={repo}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back() {
        let key = Key::parse("payments/C12").unwrap();
        let [of, text, title] = ["a", "b", "c"].map(print);
        for (shown, repo) in Shown::ALL.into_iter().zip([None, Some("acme/pay".to_owned()), None]) {
            let [of, text, title] = [&of, &text, &title].map(String::clone);
            let mark = Mark { key: key.clone(), of, text, title, shown, round: 3, left: repo.is_none(), repo };
            assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
        }
    }

    #[test]
    fn half_a_mark_is_none_and_more_than_one_neither() {
        let whole = "payments/C1 of=0123456789ab text=0123456789ab title=0123456789ab shown=open round=0";
        assert!(Mark::parse(whole).is_some());
        for typed in [" agreed with Bob", " repo=acme/pay, agreed", " repo=acme/paySee also", " later=1", " state=mine"]
        {
            assert_eq!(Mark::parse(&format!("{whole}{typed}")), None, "{typed}");
        }
        for broken in [
            "payments/A1 of=0123456789ab text=0123456789ab title=0123456789ab shown=open round=0".to_owned(),
            whole.replace("of=0123456789ab", "of=0123"),
            whole.replace("shown=open", "shown=maybe"),
            whole.replace("round=0", "round=-1"),
            "payments/C1".to_owned(),
            String::new(),
        ] {
            assert_eq!(Mark::parse(&broken), None, "{broken}");
        }
    }
}
