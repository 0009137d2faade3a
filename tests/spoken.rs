//! Every `redan <verb>` that a message, a help text or a page of the book tells people to type is a command that exists.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use crate::schema::generated::project;

/// Commands whose issue is not done. An issue that is done takes its line out.
const COMING: [(&str, &[&str]); 2] =
    [("history", &["history", "log", "ratings", "renumber", "revert"]), ("generation and plain words", &["generate"])];

/// What the program does in a sentence about it; none of these may ever be a command.
const PROSE: [&str; 9] = ["compares", "does", "knows", "reads", "shows", "that", "work", "writes", "refuses"];

/// Text in which every `redan` is one of these: a sentence, or a command.
struct Said {
    place: String,
    text: String,
}

#[test]
fn every_command_that_is_spoken_of_exists() {
    let root = redan::cli::command();
    let said: Vec<Said> = sources().into_iter().chain(pages()).collect();
    let commands: Vec<(&str, Vec<String>)> =
        said.iter().flat_map(|said| mentioned(&said.text).into_iter().map(|words| (&*said.place, words))).collect();
    assert!(commands.len() > 200, "{} commands were found: the search is broken", commands.len());
    let wrong = commands.iter().filter_map(|(place, words)| Some(format!("{place}: {}", unknown(&root, words)?)));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "commands that do not exist\n{}", wrong.join("\n"));
}

#[test]
fn no_command_is_called_like_prose() {
    let root = redan::cli::command();
    assert_eq!(PROSE.iter().find(|word| root.find_subcommand(word).is_some()), None);
}

/// The command as it was written, when the program has none of that name.
fn unknown(root: &clap::Command, words: &[String]) -> Option<String> {
    let first = words.first()?;
    let coming = COMING.iter().any(|(_, verbs)| verbs.contains(&first.as_str()));
    if PROSE.contains(&first.as_str()) || coming && root.find_subcommand(first).is_none() {
        return None;
    }
    let mut command = root;
    for (at, word) in words.iter().enumerate() {
        let inner = command.get_subcommands().next().is_some();
        match command.find_subcommand(word) {
            Some(next) => command = next,
            None if at == 0 || inner => return Some(format!("redan {}", words[..=at].join(" "))),
            None => break,
        }
    }
    None
}

/// The plain words behind each `redan`, up to the first that is none: `redan add asset --name X` is `add`, `asset`.
fn mentioned(text: &str) -> Vec<Vec<String>> {
    let outside = |c: char| !(c.is_alphanumeric() || "-_./\\".contains(c));
    let alone = |at: usize| text[..at].chars().next_back().is_none_or(outside);
    let mentions = text.match_indices("redan ").filter(|(at, _)| alone(*at));
    mentions.map(|(at, found)| plain(&text[at + found.len()..])).filter(|words| !words.is_empty()).collect()
}

fn plain(rest: &str) -> Vec<String> {
    let rest = match rest.trim_start().strip_prefix("-C ") {
        Some(folder) => folder.trim_start().split_once(' ').map_or("", |(_, rest)| rest),
        None => rest,
    };
    let letters = |c: char| c.is_ascii_lowercase() || c == '-';
    let mut words = Vec::new();
    for token in rest.split([' ', '\n']) {
        let word = token.trim_end_matches(|c: char| !letters(c));
        if !word.starts_with(|c: char| c.is_ascii_lowercase()) || !word.chars().all(letters) || word == "redan" {
            break;
        }
        words.push(word.to_owned());
        if word != token {
            break;
        }
    }
    words
}

/// String literals of the library are said to people as they are; its comments are Markdown, and so are help texts.
fn sources() -> Vec<Said> {
    let mut said = Vec::new();
    for (place, text) in files("src", "rs") {
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{place}: {error}"));
        literals(tokens, false, &place, &mut said);
    }
    said
}

fn literals(tokens: TokenStream, comment: bool, place: &str, said: &mut Vec<Said>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for tree in &trees {
        match tree {
            TokenTree::Group(group) => {
                let first = group.stream().into_iter().next();
                let doc = matches!(first, Some(TokenTree::Ident(name)) if name == "doc");
                literals(group.stream(), doc, place, said);
            }
            TokenTree::Literal(literal) => {
                let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) else { continue };
                let place = format!("{place}:{}", literal.span().start().line);
                match comment {
                    true => said.push(Said { place, text: code(&text.value()) }),
                    false => said.push(Said { place, text: text.value() }),
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

fn pages() -> Vec<Said> {
    let read = |path: &str| (path.to_owned(), std::fs::read_to_string(project(path)).unwrap());
    let pages = files("docs", "md").into_iter().chain(files("examples", "md")).chain([read("README.md")]);
    pages.map(|(place, text)| Said { place, text: code(&text) }).collect()
}

/// What a page sets in code, fenced or not; a line each.
fn code(page: &str) -> String {
    let (mut fenced, mut found) = (false, Vec::new());
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            found.push(line);
        } else {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found.join("\n")
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let walk = walkdir::WalkDir::new(project(folder)).sort_by_file_name().into_iter();
    let paths = walk.map(|entry| entry.unwrap().into_path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == extension));
    let name = |path: &Path| path.strip_prefix(project("")).unwrap().display().to_string();
    paths.map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn commands_are_told_from_sentences() {
    let of = |text: &str| mentioned(text).iter().map(|words| words.join(" ")).collect::<Vec<_>>();
    assert_eq!(of("next time: redan add asset --name x; or redan fix --rule y"), ["add asset", "fix"]);
    assert_eq!(of("$ redan -C . check\nredan {} and redan --version, .redan lock"), ["check"]);
    assert_eq!(of("run redan edit, then redan check."), ["edit", "check"]);
    let root = redan::cli::command();
    let unknown = |words: &[&str]| unknown(&root, &words.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(unknown(&["check", "payments"]), None);
    assert_eq!(unknown(&["reads", "files"]), None);
    assert_eq!(unknown(&["add", "asset"]), None);
    assert_eq!(unknown(&["add", "thing"]).as_deref(), Some("redan add thing"));
    assert_eq!(unknown(&["chekc"]).as_deref(), Some("redan chekc"));
    assert_eq!(
        code("redan says `redan check` and `redan fix`\n```\nredan list\n```\n"),
        "redan check\nredan fix\nredan list"
    );
}
