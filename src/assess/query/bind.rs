//! Names looked up and values checked, so that a query that was read can only be true or false.

use std::ops::Range;

use super::field::{Field, Sort, fields, find};
use super::lex::Op;
use super::parse::{Node, Raw};
use super::related::related;
use super::{Query, Row, Test, Tree, Wrong};
use crate::model::Property;
use crate::text::nearest;

pub(super) fn bind(node: Node, row: Option<Row>, length: usize) -> Result<Query, Wrong> {
    if let Some(row) = row {
        return Ok(Query { row, tree: tree(&node, row)? });
    }
    let mut raws = Vec::new();
    leaves(&node, &mut raws);
    let knows = |row: &Row| raws.iter().all(|raw| whose(*row, raw).is_ok_and(|of| find(of, &raw.field).is_some()));
    let known: Vec<Row> = Row::ALL.into_iter().filter(knows).collect();
    let Some(&first) = known.first() else { return Err(stranger(&raws, length)) };
    let able: Vec<(Row, Tree)> = known.iter().filter_map(|row| Some((*row, tree(&node, *row).ok()?))).collect();
    if able.is_empty() {
        // What is wrong is a value, then, and the first that knows the field says what it may be.
        return tree(&node, first).map(|tree| Query { row: first, tree });
    }
    let row = infer(&raws, &able.iter().map(|(row, _)| *row).collect::<Vec<_>>(), length)?;
    let tree = able.into_iter().find(|(able, _)| *able == row).map_or(Tree::Yes, |(_, tree)| tree);
    Ok(Query { row, tree })
}

fn leaves<'n>(node: &'n Node, found: &mut Vec<&'n Raw>) {
    match node {
        Node::Yes => {}
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| leaves(node, found)),
        Node::Not(node) => leaves(node, found),
        Node::Test(raw) => found.push(raw),
    }
}

/// What is listed, of the rows that the query makes sense for: the kind that is named first before a dot; where none
/// is named, the one kind that has all the fields; else objectives.
fn infer(raws: &[&Raw], able: &[Row], length: usize) -> Result<Row, Wrong> {
    let prefixes: Vec<Row> = raws.iter().filter_map(|raw| raw.prefix.as_deref().and_then(Row::parse)).collect();
    let entities: Vec<Row> = able.iter().copied().filter(|row| *row != Row::Objective).collect();
    match (prefixes.first(), entities.as_slice(), able) {
        (Some(first), _, _) if able.contains(first) => Ok(*first),
        (None, [only], _) | (_, _, [only]) => Ok(*only),
        _ if able.contains(&Row::Objective) => Ok(Row::Objective),
        _ => {
            let at = raws.first().map_or(0..length, |raw| raw.at.clone());
            let names: Vec<&str> = able.iter().map(|row| row.plural()).collect();
            let hint = format!("say which with --of, or write {}.…", able[0].noun());
            Err(Wrong::new(at, format!("this may be about {}", names.join(", "))).hint(hint))
        }
    }
}

/// No row knows all the names: the first that nobody knows, or all of them together.
fn stranger(raws: &[&Raw], length: usize) -> Wrong {
    for raw in raws {
        if let Some(prefix) = &raw.prefix {
            match Row::parse(prefix) {
                None => return unknown_prefix(raw, prefix),
                Some(row) if find(row, &raw.field).is_none() => return unknown(row, raw),
                Some(_) => continue,
            }
        }
        if !Row::ALL.into_iter().any(|row| find(row, &raw.field).is_some()) {
            let names: Vec<&str> = Row::ALL.into_iter().flat_map(fields).map(|field| field.name).collect();
            let near = nearest(&raw.field, names).map(|near| format!("did you mean `{near}`?"));
            let wrong = Wrong::new(raw.at.clone(), format!("nothing has a field `{}`", raw.field));
            return wrong.hint(near.unwrap_or_else(|| "write asset.name, attacker.vector, tier, status, …".to_owned()));
        }
    }
    Wrong::new(0..length, "no kind of thing has all of these fields")
        .hint("say whose each is: asset.name, attacker.vector; and what to list: --of objectives")
}

fn tree(node: &Node, row: Row) -> Result<Tree, Wrong> {
    let many = |nodes: &[Node]| nodes.iter().map(|node| tree(node, row)).collect::<Result<Vec<_>, _>>();
    Ok(match node {
        Node::Yes => Tree::Yes,
        Node::All(nodes) => Tree::All(many(nodes)?),
        Node::Any(nodes) => Tree::Any(many(nodes)?),
        Node::Not(node) => Tree::Not(Box::new(tree(node, row)?)),
        Node::Test(raw) => {
            let of = whose(row, raw)?;
            let field = find(of, &raw.field).ok_or_else(|| unknown(of, raw))?;
            Tree::Test(of, test(field, raw)?)
        }
    })
}

fn whose(row: Row, raw: &Raw) -> Result<Row, Wrong> {
    let Some(prefix) = &raw.prefix else { return Ok(row) };
    let of = Row::parse(prefix).ok_or_else(|| unknown_prefix(raw, prefix))?;
    if of != row && !related(row).contains(&of) {
        let near: Vec<&str> = related(row).iter().map(|row| row.noun()).collect();
        let message = format!("an entry of {} has no {}", row.plural(), of.noun());
        return Err(Wrong::new(raw.at.clone(), message).hint(format!("it has: {}", near.join(", "))));
    }
    Ok(of)
}

fn unknown_prefix(raw: &Raw, prefix: &str) -> Wrong {
    let names = Row::ALL.map(Row::noun);
    let near = nearest(prefix, names).map(|near| format!("did you mean `{near}.{}`?", raw.field));
    let hint = near.unwrap_or_else(|| format!("it is one of {}", names.join(", ")));
    Wrong::new(raw.at.clone(), format!("`{prefix}` is no kind of thing")).hint(hint)
}

fn unknown(row: Row, raw: &Raw) -> Wrong {
    let names: Vec<&str> = fields(row).iter().map(|field| field.name).collect();
    let message = format!("{} has no field `{}`", row.noun(), raw.field);
    let hint = match nearest(&raw.field, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => names.join(", "),
    };
    Wrong::new(raw.at.clone(), message).hint(hint)
}

fn test(field: Field, raw: &Raw) -> Result<Test, Wrong> {
    let name = field.name;
    let Some(op) = raw.op else {
        return match field.sort {
            Sort::Flag => Ok(Test { field, op: Op::Is, values: vec!["true".to_owned()] }),
            _ => {
                Err(Wrong::new(raw.at.clone(), format!("`{name}` has to be held against something"))
                    .hint(example(field)))
            }
        };
    };
    let ordered = matches!(field.sort, Sort::Scale(_) | Sort::Day | Sort::Many | Sort::Set(_));
    if op.ordered() && !ordered {
        let message = format!("`{name}` has no order, so `{}` says nothing about it", op.sign());
        return Err(Wrong::new(raw.at.clone(), message).hint(example(field)));
    }
    if op.ordered() && raw.values.len() > 1 {
        return Err(Wrong::new(raw.at.clone(), format!("`{}` takes one value", op.sign())));
    }
    let values = raw.values.iter().map(|(text, at)| value(field, op, text, at.clone())).collect::<Result<_, _>>()?;
    Ok(Test { field, op, values })
}

/// The value in its one spelling. `none`, or nothing in quotes, stands for a field that says nothing.
fn value(field: Field, op: Op, text: &str, at: Range<usize>) -> Result<String, Wrong> {
    let plain = text.trim().to_lowercase().replace(['-', ' '], "_");
    let known = match field.sort {
        Sort::Words(words) | Sort::Scale(words) => words,
        Sort::Set(_) | Sort::Many if is_count(text) && op != Op::Has => return Ok(text.to_owned()),
        Sort::Set(words) => words,
        Sort::Flag => &["true", "false"],
        Sort::Many if op.ordered() => {
            return Err(Wrong::new(at, format!("`{}` compares how many there are: write a number", op.sign())));
        }
        Sort::Text | Sort::Day | Sort::Many => {
            return Ok(if plain == "none" { String::new() } else { text.trim().to_owned() });
        }
    };
    let exact = known.iter().find(|word| word.eq_ignore_ascii_case(&plain));
    let letter = || Property::ALL.iter().find(|property| property.meaning() == plain).map(|property| property.word());
    match exact.copied().or_else(|| letter().filter(|letter| known.contains(letter))) {
        Some(word) => Ok(word.to_owned()),
        None if matches!(plain.as_str(), "none" | "" | "unrated" | "not_rated") => Ok(String::new()),
        None => {
            let near = nearest(&plain, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let wrong = Wrong::new(at, format!("`{}` cannot be `{}`", field.name, text.trim()));
            Err(wrong.hint(near.unwrap_or_else(|| known.join(", "))))
        }
    }
}

pub(super) fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn example(field: Field) -> String {
    let name = field.name;
    match field.sort {
        Sort::Text => format!("{name} = \"…\", or {name} has \"…\" for a part of it"),
        Sort::Flag => format!("{name}, or not {name}"),
        Sort::Day => format!("{name} >= 2026-01-31"),
        Sort::Words(words) => format!("{name} = {}, or {name} in ({})", words[0], words.join(", ")),
        Sort::Scale(words) => format!("{name} >= {}", words[words.len() - 1]),
        Sort::Set(words) => format!("{name} has {}", words[0]),
        Sort::Many => format!("{name} has …, or {name} > 1"),
    }
}
