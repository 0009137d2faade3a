//! The parser of Markdown cases: a page becomes the steps it asks for. The format is described in `tests/README.md`.

use crate::scratch::Stamp;
use std::ops::Range;

/// A page, read.
#[derive(Debug, PartialEq)]
pub struct Case {
    /// The page says `<!-- no-git -->`.
    pub without_git: bool,
    pub steps: Vec<Step>,
}

/// One thing to do, with the line of the page that asks for it (the first is 1).
#[derive(Debug, PartialEq)]
pub struct Step {
    pub line: usize,
    pub act: Act,
}

#[derive(Debug, PartialEq)]
pub enum Act {
    /// Copy a folder of the project into the scratch folder.
    Copy {
        from: String,
    },
    Write {
        path: String,
        append: bool,
        text: String,
    },
    Commit {
        message: String,
        branch: Option<String>,
        stamp: Stamp,
    },
    Run(Console),
}

/// One command of a console block.
#[derive(Clone, Debug, PartialEq)]
pub struct Console {
    pub typed: String,
    /// Expected output, the exit line included.
    pub expected: Vec<String>,
    /// Where the expected lines stand in the page, counted from 0.
    pub place: Range<usize>,
    /// The lines of the fences around the block, counted from 0.
    pub fences: (usize, usize),
}

impl Case {
    pub fn commands(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step.act, Act::Run(_))).count()
    }
}

/// A fenced block: the info string and the lines between the fences.
struct Block<'a> {
    info: &'a str,
    lines: &'a [&'a str],
    open: usize,
}

/// What the words after the language ask for.
#[derive(Default)]
struct Attributes {
    file: Option<String>,
    append: bool,
}

/// Reads a page; the complaint names the line.
pub fn parse(page: &str) -> Result<Case, String> {
    let lines: Vec<&str> = page.lines().collect();
    let mut case = Case { without_git: false, steps: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        let Some(fence) = fence(lines[at]) else {
            directive(lines[at], at, &mut case)?;
            at += 1;
            continue;
        };
        let open = at;
        let close = (open + 1..lines.len()).find(|&line| closes(lines[line], fence));
        let close = close.ok_or_else(|| format!("line {}: this block is never closed", open + 1))?;
        let block = Block { info: lines[open][fence..].trim(), lines: &lines[open + 1..close], open };
        case.steps.extend(steps(&block)?);
        at = close + 1;
    }
    Ok(case)
}

/// How many backticks open a block here; only fences at the start of a line count.
pub fn fence(line: &str) -> Option<usize> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    (ticks >= 3 && !line[ticks..].contains('`')).then_some(ticks)
}

fn closes(line: &str, fence: usize) -> bool {
    let line = line.trim_end();
    line.len() >= fence && line.chars().all(|c| c == '`')
}

/// `<!-- no-git -->` and `<!-- copy FOLDER -->`; other comments are prose.
fn directive(line: &str, at: usize, case: &mut Case) -> Result<(), String> {
    let Some(inside) = line.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) else {
        return Ok(());
    };
    match inside.split_whitespace().collect::<Vec<_>>()[..] {
        ["no-git"] => case.without_git = true,
        ["copy", from] => case.steps.push(Step { line: at + 1, act: Act::Copy { from: from.to_owned() } }),
        ["no-git" | "copy", ..] => {
            return Err(format!("line {}: not `no-git` nor `copy FOLDER`", at + 1));
        }
        _ => {}
    }
    Ok(())
}

fn steps(block: &Block) -> Result<Vec<Step>, String> {
    let line = block.open + 1;
    let mut words = block.info.split_whitespace();
    let language = words.next().unwrap_or_default();
    let attributes = attributes(words).map_err(|complaint| format!("line {line}: {complaint}"))?;
    if let Some(path) = attributes.file {
        let text = block.lines.iter().map(|line| format!("{line}\n")).collect();
        return Ok(vec![Step { line, act: Act::Write { path, append: attributes.append, text } }]);
    }
    match language {
        "commit" => Ok(vec![Step { line, act: commit(block)? }]),
        "console" => console(block),
        _ => Ok(Vec::new()),
    }
}

fn attributes<'a>(words: impl Iterator<Item = &'a str>) -> Result<Attributes, String> {
    let mut found = Attributes::default();
    for word in words {
        match word.split_once('=') {
            Some(("file", path)) if !path.is_empty() => found.file = Some(path.to_owned()),
            Some(_) => {
                return Err(format!("`{word}` is no attribute of a block; there is `file=PATH`"));
            }
            None if word == "append" => found.append = true,
            None => {}
        }
    }
    if found.append && found.file.is_none() {
        return Err("`append` needs `file=PATH`".to_owned());
    }
    Ok(found)
}

fn commit(block: &Block) -> Result<Act, String> {
    let mut lines = block.lines.iter().zip(block.open + 2..);
    let message = lines.next().map(|(text, _)| text.trim().to_owned()).unwrap_or_default();
    if message.is_empty() {
        return Err(format!("line {}: a commit opens with its message", block.open + 1));
    }
    let (mut branch, mut stamp) = (None, Stamp::default());
    for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
        let wrong =
            || format!("line {line}: not `author: Name <mail>`, `date: 2026-01-02T03:04:05Z` or `branch: name`");
        let (key, value) = text.split_once(": ").ok_or_else(wrong)?;
        match key {
            "author" => stamp.author = Some(person(value).ok_or_else(wrong)?),
            "date" => stamp.date = Some(value.trim().parse().map_err(|_| wrong())?),
            "branch" => branch = Some(value.trim().to_owned()),
            _ => return Err(wrong()),
        }
    }
    Ok(Act::Commit { message, branch, stamp })
}

fn person(text: &str) -> Option<(String, String)> {
    let (name, mail) = text.trim().strip_suffix('>')?.split_once('<')?;
    Some((name.trim().to_owned(), mail.to_owned()))
}

/// Commands start at `$ `; a command that ends in `\` goes on in the next line; the rest is output.
fn console(block: &Block) -> Result<Vec<Step>, String> {
    let first = block.open + 1;
    let lines = block.lines;
    if lines.first().is_some_and(|line| !line.starts_with("$ ")) || lines.is_empty() {
        return Err(format!("line {}: a console block opens with a command, `$ …`", first + 1));
    }
    let fences = (block.open, first + lines.len());
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("$ ")).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let commands = starts.iter().zip(ends).map(|(&start, end)| {
        let last = (start..end).find(|&at| !lines[at].ends_with('\\')).unwrap_or(end - 1);
        let typed = lines[start..=last].join("\n")[2..].to_owned();
        let filled = (last + 1..end).rev().find(|&at| !lines[at].is_empty()).map_or(last + 1, |at| at + 1);
        let expected = lines[last + 1..filled].iter().map(|&line| line.to_owned()).collect();
        let console = Console { typed, expected, place: first + last + 1..first + filled, fences };
        Step { line: first + start + 1, act: Act::Run(console) }
    });
    Ok(commands.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts(page: &str) -> Vec<(usize, Act)> {
        parse(page).unwrap().steps.into_iter().map(|step| (step.line, step.act)).collect()
    }

    fn consoles(page: &str) -> Vec<Console> {
        let run = |(_, act)| {
            if let Act::Run(console) = act { Some(console) } else { None }
        };
        acts(page).into_iter().filter_map(run).collect()
    }

    #[test]
    fn a_page_becomes_steps_in_order() {
        let page = "# Title\n<!-- copy examples/small -->\n```toml file=a/b.toml\nx = 1\n```\n\n```text file=a/b.toml append\n```\n```rust\nignored\n```\n";
        let write = |append, text: &str| Act::Write { path: "a/b.toml".to_owned(), append, text: text.to_owned() };
        let wanted = vec![
            (2, Act::Copy { from: "examples/small".to_owned() }),
            (3, write(false, "x = 1\n")),
            (7, write(true, "")),
        ];
        assert_eq!(acts(page), wanted);
        assert!(parse("<!-- no-git -->").unwrap().without_git);
        assert!(!parse("<!-- case -->\n```md\n<!-- no-git -->\n```").unwrap().without_git);
    }

    #[test]
    fn a_commit_is_read() {
        let page = "```commit\nAdd it\nauthor: Bo B <bo@example.org>\ndate: 2026-01-02T03:04:05Z\nbranch: side\n```\n";
        let stamp = Stamp {
            author: Some(("Bo B".to_owned(), "bo@example.org".to_owned())),
            date: Some("2026-01-02T03:04:05Z".parse().unwrap()),
        };
        let wanted = Act::Commit { message: "Add it".to_owned(), branch: Some("side".to_owned()), stamp };
        assert_eq!(acts(page), [(1, wanted)]);
    }

    #[test]
    fn a_console_is_read() {
        let found = consoles("x\n```console\n$ one \\\n> two\nout\n\n? 3\n\n$ three\n```\n");
        assert_eq!(found[0].typed, "one \\\n> two");
        assert_eq!(found[0].expected, ["out", "", "? 3"]);
        assert_eq!((found[0].place.clone(), found[0].fences), (4..7, (1, 9)));
        assert_eq!((found[1].typed.as_str(), found[1].place.clone()), ("three", 9..9));
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let found = consoles("````console\n$ x\n```\n````\n");
        assert_eq!(found[0].expected, ["```"]);
    }

    #[test]
    fn wrong_pages_are_refused_with_their_line() {
        for (page, complaint) in [
            ("\n```console\n$ x\n", "line 2: this block is never closed"),
            ("```console\nout\n```", "line 2: a console block opens with a command"),
            ("```console\n```", "line 2: a console block opens with a command"),
            ("```toml flie=a\n```", "line 1: `flie=a` is no attribute"),
            ("```toml append\n```", "line 1: `append` needs `file=PATH`"),
            ("```commit\n```", "line 1: a commit opens with its message"),
            ("```commit\nm\ndate: soon\n```", "line 3: not `author"),
            ("```commit\nm\nwho\n```", "line 3: not `author"),
            ("<!-- copy -->", "line 1: not `no-git` nor `copy FOLDER`"),
        ] {
            let said = parse(page).unwrap_err();
            assert!(said.starts_with(complaint), "{page:?}: {said}");
        }
    }
}
