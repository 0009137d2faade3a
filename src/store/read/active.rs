//! Text that programs which show it could take for more than text.

/// Elements that load, run or send something, or change what stands around them.
const ELEMENTS: [&str; 18] = [
    "script", "img", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "link", "meta", "style",
    "base", "video", "audio", "details", "template",
];

/// Whether a file may hold any of it without escapes: one pass, and for nearly every file the last.
pub(super) fn possible(file: &str) -> bool {
    let pair = |a: u8, b: u8| {
        (a == b'<')
            | ((a == b':') & (b == b':'))
            | ((a == b'#') & (b == b'#'))
            | ((a == b'$') & (b == b'{'))
            | ((a == b'!') & (b == b'['))
            | ((a == b']') & (b == b'('))
    };
    // Without an early end it is a few bytes a step.
    let (ahead, behind) = (file.as_bytes().iter().skip(1), file.as_bytes());
    behind.iter().zip(ahead).fold(false, |found, (a, b)| found | pair(*a, *b))
}

/// What a runner, a host or a browser could act on, in words; the first of it.
pub fn active(text: &str) -> Option<&'static str> {
    // Nearly every text ends here.
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'[' | b':' | b'{')) {
        return None;
    }
    let link = |scheme: &str| text.contains(&format!("]({scheme}:"));
    if text.contains("##[") || text.lines().any(command) {
        Some("a command to the runner of a workflow")
    } else if text.contains("${{") {
        Some("an expression of a workflow")
    } else if text.contains("<!--") || text.split('<').skip(1).any(element) {
        Some("markup")
    } else if link("javascript") || link("data") {
        Some("a link that runs something")
    } else if text.split("![").skip(1).any(|rest| rest.contains("](")) {
        Some("an image from elsewhere")
    } else {
        None
    }
}

fn command(line: &str) -> bool {
    line.trim_start().strip_prefix("::").is_some_and(|rest| rest.contains("::"))
}

/// Whether what follows a `<` is such an element; placeholders such as `<owner>` are none.
fn element(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let ended = rest.as_bytes().get(end).is_some_and(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n'));
    ended && ELEMENTS.iter().any(|name| name.eq_ignore_ascii_case(&rest[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_act_is_found() {
        for (text, what) in [
            ("a\n  ::add-mask::x", "a command to the runner of a workflow"),
            ("see ##[error]x", "a command to the runner of a workflow"),
            ("${{ secrets.TOKEN }}", "an expression of a workflow"),
            ("x <IMG src=x onerror=y>", "markup"),
            ("x </script>", "markup"),
            ("<!-- redan:1 -->", "markup"),
            ("[x](javascript:alert(1))", "a link that runs something"),
            ("![x](https://evil.example/p.png)", "an image from elsewhere"),
        ] {
            assert_eq!(active(text), Some(what), "{text}");
        }
    }

    #[test]
    fn honest_text_passes() {
        for text in [
            "",
            "https://<host>/<path>",
            "a < b and c > d",
            "Vec<String>",
            "std::vec::Vec",
            "[see](https://a.example)",
            "5 [min]",
            "a: b :: c",
            "{ \"a\": [1] }",
            "wow![1]",
        ] {
            assert_eq!(active(text), None, "{text}");
        }
    }
}
