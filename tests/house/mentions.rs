//! Every path a file mentions, read from its tokens so that macro arguments and grouped imports count too.

use super::source::File;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// One path such as `crate::store::read`; `use a::{b, c::d}` gives `a::b` and `a::c::d`.
#[derive(Debug, PartialEq)]
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
    /// Under `#[cfg(test)]`.
    pub in_test: bool,
    /// How many inline `mod x { … }` stand around it.
    pub inline_modules: usize,
    /// The path is what a `use` brings in.
    pub imported: bool,
    /// The path is called as a macro.
    pub is_macro: bool,
}

impl Mention {
    pub fn starts_with(&self, names: &[&str]) -> bool {
        self.path.len() >= names.len() && self.path.iter().zip(names).all(|(a, b)| a == b)
    }

    pub fn ends_with(&self, names: &[&str]) -> bool {
        self.path.len() >= names.len() && self.path.iter().rev().zip(names.iter().rev()).all(|(a, b)| a == b)
    }

    pub fn has(&self, name: &str) -> bool {
        self.path.iter().any(|part| part == name)
    }
}

/// All mentions of a file, or the reader's complaint when its tokens do not balance.
pub fn mentions(file: &File) -> Result<Vec<Mention>, String> {
    let tokens: TokenStream = file.text.parse().map_err(|e| format!("not Rust: {e}"))?;
    let mut reader = Reader { found: Vec::new() };
    reader.walk(tokens, Around { in_test: file.module().contains(&"tests"), inline_modules: 0 });
    Ok(reader.found)
}

#[derive(Clone, Copy)]
struct Around {
    in_test: bool,
    inline_modules: usize,
}

struct Reader {
    found: Vec<Mention>,
}

impl Reader {
    fn walk(&mut self, tokens: TokenStream, outer: Around) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut here = outer;
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            match tree {
                TokenTree::Group(group) => {
                    here.in_test |= follows_hash(&trees, at) && is_test_condition(group);
                    self.enter(group, named_module(&trees, at), here);
                    if group.delimiter() == Delimiter::Brace {
                        here = outer;
                    }
                    at += 1;
                }
                TokenTree::Ident(ident) => at = self.path(ident, &trees, at, here),
                TokenTree::Punct(punct) => {
                    if punct.as_char() == ';' {
                        here = outer;
                    }
                    at += 1;
                }
                TokenTree::Literal(_) => at += 1,
            }
        }
    }

    fn enter(&mut self, group: &Group, is_module: bool, around: Around) {
        let inline_modules = around.inline_modules + usize::from(is_module);
        self.walk(group.stream(), Around { inline_modules, ..around });
    }

    /// Records the path that starts at `start` and gives the position after it.
    fn path(&mut self, first: &Ident, trees: &[TokenTree], start: usize, around: Around) -> usize {
        let imported = start > 0 && is_ident(&trees[start - 1], "use");
        let (names, end) = simple_path(first, trees, start);
        let is_macro = is_bang(trees, end);
        let mut paths = vec![(names, first.span().start().line)];
        let mut next = end;
        if let Some(group) = brace_after_colons(trees, end) {
            let prefix = paths.remove(0).0;
            paths = use_group(group).into_iter().map(|(rest, line)| ([prefix.clone(), rest].concat(), line)).collect();
            next = end + 3;
        }
        let Around { in_test, inline_modules } = around;
        self.found.extend(paths.into_iter().map(|(path, line)| Mention {
            path,
            line,
            in_test,
            inline_modules,
            imported,
            is_macro,
        }));
        next
    }
}

/// `a::b::c` from `start`, and the position after it; a `*` at the end counts as a name.
fn simple_path(first: &Ident, trees: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut names = vec![first.to_string()];
    let mut at = start + 1;
    while colons(trees, at) {
        match trees.get(at + 2) {
            Some(TokenTree::Ident(ident)) => names.push(ident.to_string()),
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => names.push("*".to_owned()),
            _ => break,
        }
        at += 3;
    }
    (names, at)
}

/// The paths inside the braces of an import.
fn use_group(group: &Group) -> Vec<(Vec<String>, usize)> {
    let trees: Vec<TokenTree> = group.stream().into_iter().collect();
    let parts = trees.split(|tree| is_punct(tree, ','));
    parts.flat_map(use_part).collect()
}

fn use_part(part: &[TokenTree]) -> Vec<(Vec<String>, usize)> {
    match part.first() {
        Some(TokenTree::Ident(first)) => {
            let (names, end) = simple_path(first, part, 0);
            let Some(group) = brace_after_colons(part, end) else {
                return vec![(names, first.span().start().line)];
            };
            use_group(group).into_iter().map(|(rest, line)| ([names.clone(), rest].concat(), line)).collect()
        }
        Some(TokenTree::Punct(star)) => vec![(vec!["*".to_owned()], star.span().start().line)],
        _ => Vec::new(),
    }
}

fn brace_after_colons(trees: &[TokenTree], at: usize) -> Option<&Group> {
    match trees.get(at + 2) {
        Some(TokenTree::Group(group)) if colons(trees, at) && group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

fn colons(trees: &[TokenTree], at: usize) -> bool {
    trees.len() > at + 1 && is_punct(&trees[at], ':') && is_punct(&trees[at + 1], ':')
}

fn is_bang(trees: &[TokenTree], at: usize) -> bool {
    trees.get(at).is_some_and(|tree| is_punct(tree, '!')) && matches!(trees.get(at + 1), Some(TokenTree::Group(_)))
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_ident(tree: &TokenTree, wanted: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == wanted)
}

fn named_module(trees: &[TokenTree], at: usize) -> bool {
    at >= 2 && is_ident(&trees[at - 2], "mod") && matches!(trees[at - 1], TokenTree::Ident(_))
}

fn follows_hash(trees: &[TokenTree], at: usize) -> bool {
    let back = |n: usize, c: char| at >= n && is_punct(&trees[at - n], c);
    back(1, '#') || (back(1, '!') && back(2, '#'))
}

/// `[cfg(test)]` and its kin such as `[cfg(all(test, unix))]`, never `[cfg(not(test))]`.
fn is_test_condition(group: &Group) -> bool {
    let text = group.stream().to_string();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let found = mentions(&File::new("src/a.rs", text)).unwrap();
        found
            .iter()
            .map(|m| format!("{}:{}{}", m.line, m.path.join("::"), if m.in_test { " test" } else { "" }))
            .collect()
    }

    #[test]
    fn groups_are_spelt_out() {
        let text = "use crate::{a, b::{self, c}, d::*};\n";
        assert_eq!(paths(text)[1..], ["1:crate::a", "1:crate::b::self", "1:crate::b::c", "1:crate::d::*"]);
    }

    #[test]
    fn macro_arguments_count_and_strings_do_not() {
        let text = "fn f() {\n  g!(\"crate::no\", crate::yes::x());\n}\n";
        assert!(paths(text).contains(&"2:crate::yes::x".to_owned()));
        assert!(!paths(text).iter().any(|p| p.contains("no")));
    }

    #[test]
    fn test_code_is_marked_until_its_item_ends() {
        let text = "#[cfg(test)]\nuse a::b;\nuse c::d;\n#[cfg(all(test, unix))]\nmod t { use e::f; }\nfn g() { h::i() }\n#[cfg(not(test))]\nuse j::k;\n";
        let found = paths(text);
        for marked in ["2:a::b test", "5:e::f test"] {
            assert!(found.contains(&marked.to_owned()), "{marked} in {found:?}");
        }
        for plain in ["3:c::d", "6:h::i", "8:j::k"] {
            assert!(found.contains(&plain.to_owned()), "{plain} in {found:?}");
        }
    }

    #[test]
    fn an_inline_module_is_counted() {
        let found = mentions(&File::new("src/a.rs", "mod t { use super::x; }")).unwrap();
        let inner = found.iter().find(|m| m.starts_with(&["super"])).unwrap();
        assert_eq!((inner.inline_modules, inner.imported), (1, true));
    }

    #[test]
    fn a_macro_call_is_told_from_a_negation() {
        let found = mentions(&File::new("src/a.rs", "fn f() { if a != (b) { std::println!(); } }")).unwrap();
        let macros: Vec<_> = found.iter().filter(|m| m.is_macro).map(|m| m.path.join("::")).collect();
        assert_eq!(macros, ["std::println"]);
    }
}
