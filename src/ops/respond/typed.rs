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
/// Bytes of one command, at most.
const LONGEST: usize = 4_000;

/// Every command of a comment, in order. Quoted lines, code blocks, HTML comments and prose hold none.
pub fn typed(body: &str) -> Vec<Typed> {
    let mut hidden = Hidden::No;
    let mut found = Vec::new();
    for line in body.lines() {
        hidden = match hidden {
            Hidden::Fence(mark, length) if closes(line, mark, length) => Hidden::No,
            Hidden::Comment if line.contains("-->") => Hidden::No,
            Hidden::No => match opens(line) {
                Hidden::No => {
                    found.extend(call(line));
                    Hidden::No
                }
                other => other,
            },
            other => other,
        };
    }
    found
}

/// What keeps the reader of a comment from seeing a line as prose.
#[derive(Clone, Copy)]
enum Hidden {
    No,
    /// A fenced code block, and the marks that opened it.
    Fence(char, usize),
    Comment,
}

/// What begins on a line. Source: CommonMark 0.31, 4.5 (fenced code blocks) and 4.6 (HTML blocks).
fn opens(line: &str) -> Hidden {
    match fence(line) {
        Some((mark, length, info)) if mark == '~' || !info.contains('`') => Hidden::Fence(mark, length),
        _ if line.rfind("<!--").is_some_and(|at| !line[at..].contains("-->")) => Hidden::Comment,
        _ => Hidden::No,
    }
}

/// A closing fence is at least as long as the one that opened, of the same mark, and alone on its line.
fn closes(line: &str, mark: char, length: usize) -> bool {
    fence(line).is_some_and(|(own, marks, info)| own == mark && marks >= length && info.trim().is_empty())
}

/// The mark of a fence, how many of it, and what follows them; four blanks make it something else.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let text = line.trim_start_matches(' ');
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~') && line.len() - text.len() < 4)?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    (length >= 3).then_some((mark, length, info))
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
    }

    #[test]
    fn nothing_in_a_block_is_a_command_however_it_is_fenced() {
        for hidden in [
            "````\n```\n/redan fix\n```\n````",
            "```\n```toml\n/redan fix\n```",
            "~~~\n~~~ x\n/redan fix\n~~~~",
            "```\n    ```\n/redan fix\n```",
            "<!-- see\n/redan fix\n-->",
            "a <!-- b --> <!--\n/redan fix",
            "```toml\n/redan fix",
        ] {
            assert_eq!(words(hidden), [], "{hidden}");
        }
        for seen in [
            "```\nx\n``` \n/redan fix",
            "    ```\n/redan fix",
            "``` a`b\n/redan fix",
            "``\n/redan fix",
            "<!-- a -->\n/redan fix",
            "   ~~~\n~~~~~\n/redan fix",
        ] {
            assert_eq!(words(seen), [some(&["fix"])], "{seen}");
        }
    }
}
