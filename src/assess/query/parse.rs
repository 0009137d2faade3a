//! Words and signs as a tree: `or` binds weakest, then `and`, then `not`.

use std::ops::Range;

use super::Wrong;
use super::lex::{Op, Spanned, Token, lex};

/// A query before anybody looked at its names.
#[derive(Debug)]
pub(super) enum Node {
    Yes,
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(Raw),
}

/// `asset.properties has U`, as written.
#[derive(Debug)]
pub(super) struct Raw {
    /// `asset`, where something stands before the dot.
    pub(super) prefix: Option<String>,
    pub(super) field: String,
    pub(super) at: Range<usize>,
    /// Absent for a flag by itself.
    pub(super) op: Option<Op>,
    pub(super) values: Vec<(String, Range<usize>)>,
}

/// Deeper brackets than anybody writes.
const DEEPEST: usize = 32;

pub(super) fn parse(text: &str) -> Result<Node, Wrong> {
    let mut parser = Parser { tokens: lex(text)?, next: 0, end: text.len(), depth: 0 };
    if parser.tokens.is_empty() {
        return Ok(Node::Yes);
    }
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        Some((_, at)) => {
            Err(Wrong::new(at.clone(), "`and` or `or` is missing before this").hint("a and b, a or b, not (a or b)"))
        }
    }
}

struct Parser {
    tokens: Vec<Spanned>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Spanned> {
        self.tokens.get(self.next)
    }

    fn here(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |(_, at)| at.clone())
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let is = matches!(self.peek(), Some((Token::Word(word), _)) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(is);
        is
    }

    fn takes(&mut self, token: &Token) -> bool {
        let is = self.peek().is_some_and(|(next, _)| next == token);
        self.next += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Node, Wrong> {
        let mut all = vec![self.all()?];
        while self.keyword("or") {
            all.push(self.all()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Any(all) })
    }

    fn all(&mut self) -> Result<Node, Wrong> {
        let mut all = vec![self.one()?];
        while self.keyword("and") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::All(all) })
    }

    fn one(&mut self) -> Result<Node, Wrong> {
        let here = self.here();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::new(here, "this is nested too deeply"));
        }
        let node = if self.keyword("not") {
            Node::Not(Box::new(self.one()?))
        } else if self.takes(&Token::Open) {
            let node = self.any()?;
            if !self.takes(&Token::Close) {
                return Err(Wrong::new(self.here(), "`)` is missing here"));
            }
            node
        } else {
            Node::Test(self.test()?)
        };
        self.depth -= 1;
        Ok(node)
    }

    fn test(&mut self) -> Result<Raw, Wrong> {
        let Some((Token::Word(name), at)) = self.peek().cloned() else {
            return Err(Wrong::new(self.here(), "a field is missing here").hint("asset.properties has U"));
        };
        self.next += 1;
        let (prefix, field) = match name.split_once('.') {
            Some((prefix, field)) => (Some(prefix.to_owned()), field.to_owned()),
            None => (None, name),
        };
        let (op, values) = match self.peek() {
            Some((Token::Op(op), _)) => {
                let op = *op;
                self.next += 1;
                // `is not` reads as one sign.
                let op = if op == Op::Is && self.keyword("not") { Op::IsNot } else { op };
                (Some(op), self.values(op)?)
            }
            _ => (None, Vec::new()),
        };
        Ok(Raw { prefix, field, at, op, values })
    }

    fn values(&mut self, op: Op) -> Result<Vec<(String, Range<usize>)>, Wrong> {
        if !self.takes(&Token::Open) {
            return Ok(vec![self.value(op)?]);
        }
        let mut values = vec![self.value(op)?];
        while self.takes(&Token::Comma) {
            values.push(self.value(op)?);
        }
        match self.takes(&Token::Close) {
            true => Ok(values),
            false => Err(Wrong::new(self.here(), "`)` is missing here")),
        }
    }

    fn value(&mut self, op: Op) -> Result<(String, Range<usize>), Wrong> {
        match self.peek().cloned() {
            Some((Token::Word(text) | Token::Quoted(text), at)) => {
                self.next += 1;
                Ok((text, at))
            }
            _ => Err(Wrong::new(self.here(), format!("`{}` needs a value here", op.sign()))),
        }
    }
}
