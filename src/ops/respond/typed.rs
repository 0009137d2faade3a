//! The commands in a comment.

/// One line that starts with `/redan`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The line as it was typed.
    pub line: String,
    /// Its words without `/redan`, parted as a shell would; nothing is ever expanded or run. `None` when a quote is
    /// not closed or the line is too long.
    pub words: Option<Vec<String>>,
}

const CALL: &str = "/redan";
/// Commands of one comment, at most.
const MOST: usize = 20;
/// Bytes of one command, at most.
const LONGEST: usize = 4_000;

/// Every command of a comment, in order. Quoted lines, code blocks and prose hold none.
pub fn typed(body: &str) -> Vec<Typed> {
    let mut fence: Option<&str> = None;
    let mut found = Vec::new();
    for line in body.lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => found.extend(call(line)),
            _ => {}
        }
    }
    found.truncate(MOST);
    found
}

/// The commands in a few words, for the first line of a commit: verbs, and what they are about where that is an ID.
pub fn about(commands: &[Typed]) -> String {
    let few = |typed: &Typed| {
        let words = typed.words.as_deref()?;
        let plain =
            |word: &&String| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && word.len() <= 20;
        let said: Vec<&str> = words.iter().take(2).filter(plain).map(String::as_str).collect();
        Some(said.join(" "))
    };
    let all: Vec<String> = commands.iter().filter_map(few).collect();
    match all.as_slice() {
        [one, two, rest @ ..] if !rest.is_empty() => format!("{one}, {two} and {} more", rest.len()),
        few => few.join(", "),
    }
}

fn call(line: &str) -> Option<Typed> {
    let line = line.trim_end();
    let rest = line.strip_prefix(CALL).filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))?;
    // What telephones make of quotes.
    let plain = rest.replace(['\u{201c}', '\u{201d}', '\u{201e}'], "\"");
    let words = (line.len() <= LONGEST).then(|| shlex::split(&plain)).flatten();
    Some(Typed { line: line.to_owned(), words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(body: &str) -> Vec<Option<Vec<String>>> {
        typed(body).into_iter().map(|typed| typed.words).collect()
    }

    fn some(words: &[&str]) -> Option<Vec<String>> {
        Some(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn words_are_parted_and_nothing_is_expanded() {
        let body = "/redan remove A1 --reason \"no longer $HOME, see `id` and $(id)\"; rm -rf / && echo *";
        let expected =
            ["remove", "A1", "--reason", "no longer $HOME, see `id` and $(id);", "rm", "-rf", "/", "&&", "echo", "*"];
        assert_eq!(words(body), [some(&expected)]);
        assert_eq!(
            words("/redan accept CO-A1-T1 --owner 'a b' --reason a\\ b"),
            [some(&["accept", "CO-A1-T1", "--owner", "a b", "--reason", "a b"])]
        );
        assert_eq!(
            words("/redan remove A1 --reason \u{201c}not ours\u{201d}"),
            [some(&["remove", "A1", "--reason", "not ours"])]
        );
        assert_eq!(words("/redan remove A1 --reason \"open"), [None]);
        assert_eq!(words(&format!("/redan {}", "x".repeat(5000))), [None]);
    }

    #[test]
    fn only_lines_that_call_are_commands() {
        let body = "Hello\n/redan help\n> /redan fix\n /redan fix\nsee /redan fix\n/redanx fix\n```\n/redan fix\n```\n/redan\r\n~~~\n```\n/redan fix\n~~~\n";
        assert_eq!(words(body), [some(&["help"]), some(&[])]);
        assert_eq!(typed(&"/redan fix\n".repeat(100)).len(), 20);
    }
}
