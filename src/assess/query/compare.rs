//! Words held against words.

use std::cmp::Ordering;

use super::Test;
use super::bind::is_count;
use super::field::Sort;
use super::lex::Op;
use crate::text::normal;

impl Test {
    /// Whether the test is true of what a field says.
    pub(super) fn holds(&self, held: &[String]) -> bool {
        match self.op {
            Op::IsNot => !self.same(held),
            Op::Is => self.same(held),
            Op::Has if matches!(self.field.sort, Sort::Text) => {
                self.values.iter().all(|value| held.iter().any(|text| contains(text, value)))
            }
            Op::Has => self.values.iter().all(|value| holds(held, value)),
            Op::In => self.values.iter().any(|value| holds(held, value)),
            Op::Less | Op::AtMost | Op::More | Op::AtLeast => self.order(held).is_some_and(|order| self.is(order)),
        }
    }

    fn is(&self, order: Ordering) -> bool {
        match self.op {
            Op::Less => order.is_lt(),
            Op::AtMost => order.is_le(),
            Op::More => order.is_gt(),
            _ => order.is_ge(),
        }
    }

    /// Equal: the same word, the same set, or so many.
    fn same(&self, held: &[String]) -> bool {
        let set = matches!(self.field.sort, Sort::Many | Sort::Set(_));
        match self.values.as_slice() {
            [count] if set && is_count(count) => held.len().to_string() == *count,
            [nothing] if nothing.is_empty() => held.iter().all(String::is_empty),
            values if set => held.len() == values.len() && values.iter().all(|value| holds(held, value)),
            values => values.iter().any(|value| holds(held, value)),
        }
    }

    /// How what is held stands to the value; nothing where there is nothing to hold.
    fn order(&self, held: &[String]) -> Option<Ordering> {
        let value = self.values.first()?;
        match self.field.sort {
            Sort::Set(_) | Sort::Many => value.parse().ok().map(|count: usize| held.len().cmp(&count)),
            Sort::Scale(words) => {
                let rank = |word: &String| words.iter().position(|known| known == word);
                Some(rank(held.first()?)?.cmp(&rank(value)?))
            }
            _ => Some(held.first()?.as_str().cmp(value.as_str())),
        }
    }
}

fn holds(held: &[String], value: &str) -> bool {
    held.iter().any(|word| word.eq_ignore_ascii_case(value) || normal(word) == normal(value))
}

/// Whole words, whatever the case and the signs between.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (normal(text), normal(part));
    !part.is_empty() && format!(" {text} ").contains(&format!(" {part} "))
}
