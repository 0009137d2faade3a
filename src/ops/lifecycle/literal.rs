//! How each shape of a field is written on the command line.
//!
//! | shape | written |
//! |---|---|
//! | set | `CMP1,CMP2` |
//! | alternatives | `AS1\|AS2+AS3`: AS1, or both others |
//! | properties | `C,I` or `C=high,I=low` |
//! | objectives | `A1-T1,A2-*` |
//! | covers | `1:A1-*;depth:A4-T1` |
//! | predicate | `attacker=T1\|T2,property=C` |

use std::collections::BTreeMap;

use super::near::did_you_mean;
use super::parse::mistyped;
use super::{Refusal, Why, pattern, sentence};
use crate::model::{Factor, Field, Group, Id, Kind, Model, Objective, Pairs, Part, Property, Shape, Value, When};

/// A reader of one field's text.
#[derive(Clone, Copy)]
pub(super) struct Literal<'m> {
    pub(super) model: &'m Model,
    pub(super) field: &'static str,
}

type Read = Result<Value, Refusal>;

impl Literal<'_> {
    pub(super) fn read(self, shape: Shape, text: &str) -> Read {
        match shape {
            Shape::Set(inner) => self.list(*inner, text, ','),
            Shape::List(Shape::Set(inner)) => self.alternatives(**inner, text),
            Shape::List(inner) => self.list(*inner, text, ','),
            Shape::Wild(inner) => self.wild(*inner, text),
            Shape::Properties => self.properties(text),
            Shape::Levels(factors) => self.levels(factors, text),
            Shape::Pairs => self.pairs(text).map(|pairs| pairs.show().unwrap_or(Value::Table(BTreeMap::new()))),
            Shape::Covers => self.covers(text),
            Shape::Table(fields) => self.table(fields, text),
            Shape::Rows(_) | Shape::Keyed(_) => Err(self.wrong("is a table of its own: write it in the file")),
            _ => self.atom(shape, text),
        }
    }

    fn atom(self, shape: Shape, text: &str) -> Read {
        let text = text.trim();
        match shape {
            Shape::Line if text.contains('\n') => Err(self.wrong("is one line")),
            Shape::Flag => match text {
                "true" | "yes" => Ok(Value::Flag(true)),
                "false" | "no" => Ok(Value::Flag(false)),
                _ => Err(self.wrong(&format!("is true or false, not `{text}`"))),
            },
            Shape::Count => {
                text.parse().map(|n: u32| Value::Number(n.into())).map_err(|_| self.wrong("is a whole number"))
            }
            Shape::When => text
                .parse()
                .map(|when: When| Value::When(when))
                .map_err(|()| self.wrong(&format!("is a day such as 2026-11-20, not `{text}`"))),
            Shape::Digest if text.len() != 12 || !text.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Err(self.wrong("is 12 hex digits"))
            }
            Shape::Choice(words) if !words.contains(&text) => Err(self
                .wrong(&format!("cannot be `{text}`{}", did_you_mean(text, words.iter().copied())))
                .hint(format!("{}={}", self.field, words.join("|")))),
            Shape::Reference(kinds) => self.reference(kinds, text),
            _ => Ok(Value::text(text)),
        }
    }

    fn reference(self, kinds: &'static [Kind], text: &str) -> Read {
        if let Some(id) = kinds.iter().find_map(|&kind| Id::within(kind, text)) {
            return Ok(Value::text(id.to_string()));
        }
        let wanted: Vec<String> = kinds.iter().map(|kind| format!("{}1", kind.prefix())).collect();
        match Id::parse(text).or_else(|| mistyped(text)) {
            Some(id) if kinds.contains(&id.kind) => {
                Err(self.wrong(&format!("names `{text}`: did you mean `{id}`?")).hint(format!("{}={id}", self.field)))
            }
            Some(id) => {
                let message =
                    format!("takes IDs such as {}, and {id} is {}", wanted.join(", "), sentence::a(id.kind.noun()));
                Err(self.wrong(&message))
            }
            None => Err(self.wrong(&format!("takes IDs such as {}, not `{text}`", wanted.join(", ")))),
        }
    }

    fn list(self, inner: Shape, text: &str, separator: char) -> Read {
        let items = text.split(separator).map(str::trim).filter(|item| !item.is_empty());
        items.map(|item| self.atom(inner, item)).collect::<Result<_, _>>().map(Value::List)
    }

    fn alternatives(self, inner: Shape, text: &str) -> Read {
        if text.contains(',') {
            let hint = format!("{}={}", self.field, text.replace(',', "+"));
            let message = "separates alternatives by `|` and what is needed together by `+`";
            return Err(self.wrong(message).hint(hint));
        }
        text.split('|').map(|set| self.list(inner, set, '+')).collect::<Result<_, _>>().map(Value::List)
    }

    fn wild(self, inner: Shape, text: &str) -> Read {
        match text.trim() {
            "*" => Ok(Value::text("*")),
            text if text.contains('|') => self.list(inner, text, '|'),
            text if text.contains(',') => self.list(inner, text, ','),
            text => self.atom(inner, text),
        }
    }

    fn properties(self, text: &str) -> Read {
        let pieces: Vec<(&str, &str)> =
            pieces(text).map(|piece| piece.split_once('=').unwrap_or((piece, ""))).collect();
        let rated = pieces.iter().any(|(_, level)| !level.is_empty());
        let mut table = BTreeMap::new();
        for (letter, level) in pieces {
            let letter = self.letter(letter.trim())?;
            if !level.is_empty() {
                super::parse::level(Kind::Asset, letter, level.trim())?;
            }
            table.insert(letter.name().to_owned(), Value::text(level.trim()));
        }
        match rated {
            true => Ok(Value::Table(table)),
            false => Ok(Value::List(table.into_keys().map(Value::text).collect())),
        }
    }

    fn letter(self, text: &str) -> Result<Factor, Refusal> {
        let known = [Property::C, Property::I, Property::A, Property::U];
        if let Some(property) = known.iter().find(|property| property.word() == text) {
            return Ok(property.factor());
        }
        let lower = text.to_lowercase();
        let meant = |property: &&Property| property.meaning() == lower || property.word().to_lowercase() == lower;
        let meant = known.iter().find(meant).map(|property| format!(": did you mean `{property}`?"));
        let message = format!("lists C, I, A and U, not `{text}`{}", meant.unwrap_or_default());
        Err(self.wrong(&message).hint(format!("{}=C,I or {0}=C=high,I=low", self.field)))
    }

    fn levels(self, factors: &'static [Factor], text: &str) -> Read {
        let mut table = BTreeMap::new();
        for piece in pieces(text) {
            let (name, level) = piece.split_once('=').unwrap_or((piece, ""));
            let names = factors.iter().map(|factor| factor.name());
            let factor = Factor::of(factors, name.trim())
                .ok_or_else(|| self.wrong(&format!("has no factor `{name}`{}", did_you_mean(name, names))))?;
            super::parse::level(Kind::Attacker, factor, level.trim())?;
            table.insert(factor.name().to_owned(), Value::text(level.trim()));
        }
        Ok(Value::Table(table))
    }

    fn pairs(self, text: &str) -> Result<Pairs, Refusal> {
        let patterns: Vec<&str> = pieces(text).collect();
        pattern::expand(self.model, &patterns).map(Pairs::from_iter)
    }

    fn covers(self, text: &str) -> Read {
        let mut groups: BTreeMap<Group, Vec<Objective>> = BTreeMap::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let said = part.split_once(':').and_then(|(group, rest)| Some((Group::parse(group.trim())?, rest)));
            let (group, patterns) = said.ok_or_else(|| {
                let rest = part.split_once(':').map_or(part, |(_, rest)| rest);
                let hints = [format!("{}=1:{rest}", self.field), format!("{}=depth:{rest}", self.field)];
                let refusal = self.wrong(&format!("needs the mitigation group in `{part}`: a number, or depth"));
                Refusal { hints: hints.to_vec(), ..refusal }
            })?;
            groups.entry(group).or_default().extend(self.pairs(patterns)?.iter());
        }
        let show = |(group, objectives): (Group, Vec<Objective>)| {
            Some((group.to_string(), Pairs::from_iter(objectives).show()?))
        };
        Ok(Value::Table(groups.into_iter().filter_map(show).collect()))
    }

    /// Terms `key=value`, separated by commas; a piece without `=` goes on with the term before it.
    fn table(self, fields: &'static [Field], text: &str) -> Read {
        let mut terms: Vec<(&str, String)> = Vec::new();
        for piece in pieces(text) {
            match (piece.split_once('='), terms.last_mut()) {
                (Some((name, value)), _) => terms.push((name.trim(), value.to_owned())),
                (None, Some((_, value))) => *value = format!("{value},{piece}"),
                (None, None) => return Err(self.wrong(&format!("is written as `key=value`, and `{piece}` is not"))),
            }
        }
        let mut table = BTreeMap::new();
        for (name, value) in terms {
            let names = fields.iter().map(|field| field.name);
            let field = fields.iter().find(|field| field.name == name);
            let field = field.ok_or_else(|| self.wrong(&format!("has no `{name}`{}", did_you_mean(name, names))))?;
            let value = Literal { field: field.name, ..self }.read(field.shape, &value)?;
            table.insert(name.to_owned(), value);
        }
        Ok(Value::Table(table))
    }

    fn wrong(self, what: &str) -> Refusal {
        Refusal::new(Why::Value, format!("{} {what}", self.field))
    }
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|piece| !piece.is_empty())
}
