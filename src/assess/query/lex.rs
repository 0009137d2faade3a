//! A query as words and signs.

use std::ops::Range;

use super::Wrong;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, a value without quotes, `and`, `or`, `not`.
    Word(String),
    /// A value in quotes.
    Quoted(String),
    Op(Op),
    Open,
    Close,
    Comma,
}

/// How a field is held against a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    /// A set holds all of these, or a text holds the words.
    Has,
    /// It is one of these, or a set holds one of them.
    In,
}

impl Op {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Op::Is => "=",
            Op::IsNot => "!=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::Has => "has",
            Op::In => "in",
        }
    }

    /// Whether it needs an order.
    pub(super) const fn ordered(self) -> bool {
        matches!(self, Op::Less | Op::AtMost | Op::More | Op::AtLeast)
    }
}

pub(super) type Spanned = (Token, Range<usize>);

/// Longest signs first.
const SIGNS: [(&str, Token); 11] = [
    ("==", Token::Op(Op::Is)),
    ("!=", Token::Op(Op::IsNot)),
    ("<=", Token::Op(Op::AtMost)),
    (">=", Token::Op(Op::AtLeast)),
    ("=", Token::Op(Op::Is)),
    ("<", Token::Op(Op::Less)),
    (">", Token::Op(Op::More)),
    ("~", Token::Op(Op::Has)),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
];

pub(super) fn lex(text: &str) -> Result<Vec<Spanned>, Wrong> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '"' | '\'' => quoted(rest, at)?,
            _ if is_word(c) => word(rest),
            _ => match SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
                Some((sign, token)) => (token.clone(), sign.len()),
                None => return Err(Wrong::new(at..at + c.len_utf8(), format!("`{c}` means nothing here"))),
            },
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_-./@:*".contains(c)
}

fn quoted(rest: &str, at: usize) -> Result<(Token, usize), Wrong> {
    let mark = &rest[..1];
    let end = rest[1..].find(mark).ok_or_else(|| Wrong::new(at..at + rest.len(), "a quote is not closed"))?;
    Ok((Token::Quoted(rest[1..=end].to_owned()), end + 2))
}

fn word(rest: &str) -> (Token, usize) {
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let word = &rest[..end];
    let token = match word.to_lowercase().as_str() {
        "is" => Token::Op(Op::Is),
        "has" | "contains" => Token::Op(Op::Has),
        "in" => Token::Op(Op::In),
        _ => Token::Word(word.to_owned()),
    };
    (token, end)
}
