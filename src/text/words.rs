//! Text into words: the one place that decides what a word is.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pause {
    /// A space, a hyphen, a slash: the phrase goes on.
    None,
    /// A comma, colon or long dash: a new part of the sentence.
    Comma,
    /// A bracket, opened or closed.
    Bracket,
    /// A full stop, semicolon, question or exclamation mark: a new sentence.
    Stop,
}

/// One word: NFKC, lower case, without apostrophes; letters, digits, and a dot between digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub before: Pause,
}

/// The words of `text` joined by single spaces: two texts are equal but for case, spaces and punctuation when these are equal.
pub fn normal(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Splits `text`. `don't` gives `do not`, a possessive loses its ending, `&` is `and`, `%` is `percent`, `C++` and `<` keep their signs as
/// words, as do symbols and emoji; characters that nobody sees are dropped.
pub fn words(text: &str) -> Vec<Word> {
    let folded = fold(text);
    let mut out = Split::default();
    for (at, c) in folded.iter().copied().enumerate() {
        let digit = |at: usize| folded.get(at).is_some_and(char::is_ascii_digit);
        let between_digits = at > 0 && digit(at - 1) && digit(at + 1);
        let thousands = digit(at + 2) && digit(at + 3) && !digit(at + 4);
        let arrow = c == '>' && at > 0 && matches!(folded[at - 1], '-' | '=');
        match c {
            c if c.is_alphanumeric() || is_combining_mark(c) || c == '\'' => out.current.push(c),
            ',' if between_digits && thousands => {}
            '.' | ',' if between_digits => out.current.push('.'),
            '&' => out.sign("and"),
            '%' => out.sign("percent"),
            '=' if folded.get(at + 1) == Some(&'>') => out.close(Pause::None),
            '>' if arrow => out.sign("→"),
            '<' | '>' | '=' | '+' | '#' | '$' | '^' | '~' | '|' => out.sign(c.encode_utf8(&mut [0; 4])),
            ',' | ':' | '\u{2014}' => out.close(Pause::Comma),
            '(' | ')' | '[' | ']' | '{' | '}' => out.close(Pause::Bracket),
            '.' | ';' | '!' | '?' | '。' => out.close(Pause::Stop),
            c if is_symbol(c) => out.sign(c.encode_utf8(&mut [0; 4])),
            _ => out.close(Pause::None),
        }
    }
    out.close(Pause::None);
    out.words
}

/// What is neither letter nor punctuation nor space: it may be all that a name has.
fn is_symbol(c: char) -> bool {
    let punctuation = matches!(c, '\u{a0}'..='\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}'..='\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}');
    !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !punctuation
}

fn fold(text: &str) -> Vec<char> {
    let lower: String = text.nfkc().filter(|c| !unseen(*c)).collect::<String>().to_lowercase();
    let mut out = Vec::with_capacity(lower.len());
    for c in lower.nfkc() {
        match c {
            'ß' => out.extend(['s', 's']),
            'ς' => out.push('σ'),
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' => out.push('\''),
            c => out.push(c),
        }
    }
    out
}

/// Soft hyphens, zero-width and direction marks, control characters other than white space.
fn unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

struct Split {
    words: Vec<Word>,
    current: String,
    pause: Pause,
}

impl Default for Split {
    fn default() -> Self {
        Split { words: Vec::new(), current: String::new(), pause: Pause::None }
    }
}

impl Split {
    fn sign(&mut self, word: &str) {
        self.close(Pause::None);
        self.push(word);
    }

    fn close(&mut self, pause: Pause) {
        let raw = std::mem::take(&mut self.current);
        let word = raw.trim_matches('\'');
        let bare = word.strip_suffix("'s").unwrap_or(word);
        match bare.strip_suffix("n't") {
            _ if bare == "cannot" || bare == "can't" => self.pair("can"),
            Some(verb) if !verb.is_empty() => self.pair(verb),
            _ => self.push(&bare.replace('\'', "")),
        }
        self.pause = self.pause.max(pause);
    }

    fn pair(&mut self, verb: &str) {
        self.push(&verb.replace('\'', ""));
        self.push("not");
    }

    fn push(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let before = if self.words.is_empty() { Pause::None } else { self.pause };
        self.words.push(Word { text: word.to_owned(), before });
        self.pause = Pause::None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_punctuation_do_not_count() {
        assert_eq!(normal("  OAuth   Access-Tokens. "), "oauth access tokens");
        assert_eq!(normal("Ｆｕｌｌ width\u{200b}"), "full width");
        assert_eq!(normal("Straße"), normal("STRASSE"));
    }

    #[test]
    fn numbers_keep_their_dots_and_lose_their_commas() {
        assert_eq!(normal("TLS 1.2."), "tls 1.2");
        assert_eq!(normal("1,000 rows"), "1000 rows");
        assert_eq!(normal("1,5 GB"), "1.5 gb");
    }

    #[test]
    fn signs_that_mean_something_stay() {
        assert_ne!(normal("C++ parser"), normal("C parser"));
        assert_ne!(normal("length < 8"), normal("length > 8"));
        assert_ne!(normal("🔑"), normal("🔒"));
        assert_eq!(normal("a -> b"), normal("a → b"));
    }

    #[test]
    fn short_forms_are_written_out() {
        assert_eq!(normal("don’t, can't, cannot"), "do not can not can not");
        assert_eq!(normal("the merchant's and users' keys"), "the merchant and users keys");
        assert_eq!(normal("R&D 5%"), "r and d 5 percent");
    }

    #[test]
    fn pauses_are_remembered() {
        let pauses: Vec<Pause> = words("a, b (c). d-e").iter().map(|w| w.before).collect();
        assert_eq!(pauses, [Pause::None, Pause::Comma, Pause::Bracket, Pause::Stop, Pause::None]);
    }
}
