//! What a model is called: three to five words of its description.

use super::hear::Heard;
use crate::suggest::Brief;

/// Words that carry no meaning by themselves.
const EMPTY: &[&str] = &[
    "a", "an", "the", "of", "for", "with", "and", "or", "to", "in", "on", "at", "by", "from", "our", "your", "its",
    "is", "are", "be", "how", "what", "which", "that", "this", "it", "we", "they", "their", "us", "one", "as", "into",
];

/// The name: the heading, shortened or lengthened to three to five words; without a heading, what the first sentence is about.
pub fn name(brief: &Brief, heard: &Heard) -> String {
    let text = brief.texts.first().map(|text| text.content.as_str()).unwrap_or_default();
    let heading = text.lines().map(str::trim).find(|line| !line.is_empty()).filter(|line| line.starts_with('#'));
    let named = heading.map(|line| line.trim_matches(['#', ' ']));
    let mut words = named.map(shortened).unwrap_or_default();
    let sentence = text.split(['.', '!', '?']).next().unwrap_or_default();
    let sentence = Some(sentence).filter(|_| words.is_empty() && heading.is_none());
    let spoken = heard.mentions.iter().map(|mention| mention.words.as_str());
    for more in spoken.chain(sentence.into_iter().flat_map(str::split_whitespace)).chain(["Threat Model"]) {
        let more: Vec<String> = more.split_whitespace().map(bare).filter(|word| !is_empty(word)).collect();
        let known = |word: &String| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        if words.len() < 3 && !more.iter().any(known) {
            words.extend(more);
        }
    }
    words.truncate(5);
    words.iter().map(|word| titled(word)).collect::<Vec<_>>().join(" ")
}

/// At most five words of a heading: what stands before its comma, without the words in front that say little; of more, the first four
/// that say something.
fn shortened(heading: &str) -> Vec<String> {
    let start = heading.split([',', ':', ';', '(', '–', '—']).next().unwrap_or(heading);
    let words = start.split_whitespace().map(bare).filter(|word| !word.is_empty());
    let kept: Vec<String> =
        words.skip_while(|word| is_empty(word)).filter(|word| !["is", "are"].contains(&word.as_str())).collect();
    match kept.len() {
        0..=5 => kept,
        _ => kept.into_iter().filter(|word| !is_empty(word)).take(4).collect(),
    }
}

fn is_empty(word: &str) -> bool {
    word.is_empty() || EMPTY.contains(&word.to_lowercase().as_str())
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A capital first, where the word has none of its own and says something.
fn titled(word: &str) -> String {
    if is_empty(word) || word.chars().any(char::is_uppercase) {
        return word.to_owned();
    }
    let mut rest = word.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
