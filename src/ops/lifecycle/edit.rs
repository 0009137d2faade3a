//! Editing: what an entity says may change, what it *is* may not.

use super::draft::Draft;
use super::sentence::short;
use super::{Note, Plan, Refusal, Sets, Stage, Why, command, fields, overlay, parse, properties, same};
use crate::identity::{Verdict, compare};
use crate::model::Id;
use crate::model::{Entity, Factor, Kind, Model, Renamed, Value};
use crate::suggest::Doubt;

/// Somebody who stands up for new words: why they still mean the same, and the language model that says so; no name = a person.
#[derive(Debug, Clone, Copy)]
pub struct Voucher<'a> {
    pub reason: &'a str,
    pub judge: &'a str,
}

/// Sets and clears fields. Words are judged against the published ones; `renamed_because` overrules the
/// judge and is written down as a `renamed` row. Factors are refused: they change by `rate`.
pub fn edit(stage: &Stage<'_>, id: Id, sets: &Sets, renamed_because: Option<&str>) -> Plan {
    vouched(stage, id, sets, renamed_because.map(|reason| Voucher { reason, judge: "" }))
}

/// What the judge cannot tell of new words; nothing where it can, or where the edit is refused for another reason.
pub fn doubt(stage: &Stage<'_>, id: Id, sets: &Sets) -> Option<Doubt> {
    let old = stage.model.entities.get(&id).filter(|entity| entity.live())?;
    let mut new = old.clone();
    sets.iter().try_for_each(|(name, value)| set(stage, &mut new, name, value.as_ref())).ok()?;
    let base = base(stage, old)?;
    let judgement = compare(base, &new);
    let said = |entity: &Entity| {
        let lines: Vec<String> =
            entity.identity().into_iter().map(|(name, text)| format!("{name}: {}", text.trim())).collect();
        lines.join("\n")
    };
    (judgement.verdict == Verdict::Unsure).then(|| Doubt {
        noun: id.kind.noun(),
        from: said(base),
        to: said(&new),
        why: judgement.why,
    })
}

/// The same with somebody who vouches for the words, who may be a language model where the judge is not sure.
pub fn vouched(stage: &Stage<'_>, id: Id, sets: &Sets, voucher: Option<Voucher<'_>>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let old = draft.live(id)?.clone();
    let mut new = old.clone();
    for (name, value) in sets {
        set(stage, &mut new, name, value.as_ref())?;
    }
    if new.title().is_empty() {
        let field = fields::required(id.kind);
        let hint = command::edit(&draft.model, id, field, old.title());
        return Err(Refusal::new(Why::Missing, format!("{id} needs a {field}: it cannot be cleared")).hint(hint));
    }
    fields::check_references(&draft.model, Some(&old), &new)?;
    if let Some(note) = identity(stage, &old, &mut new, voucher)? {
        draft.note(note);
    }
    if new != old {
        let fields = changed(&old, &new);
        if !fields.is_empty() {
            draft.note(Note::Edited { id, fields });
        }
        draft.insert(new);
    }
    Ok(draft.finish())
}

fn set(stage: &Stage<'_>, entity: &mut Entity, name: &str, value: Option<&Value>) -> Result<(), Refusal> {
    let kind = entity.id.kind;
    match name {
        "covers" if kind == Kind::Control => Err(covers(stage.model, entity.id)),
        "properties" if kind == Kind::Asset => properties::relist(stage.model, entity, value, stage.now),
        "impact" | "likelihood" if kind.field(name).is_some() => Err(factors(stage.model, entity, name, value)),
        _ => match parse::factor(kind, name) {
            Some(factor) => {
                let level = value.and_then(Value::as_text);
                Err(rating(stage.model, entity.id, name, &[(factor, level)]))
            }
            None => fields::set(entity, name, value).map(drop),
        },
    }
}

fn factors(model: &Model, entity: &Entity, name: &str, value: Option<&Value>) -> Refusal {
    let given = value.and_then(Value::as_table);
    let text = |factor: &Factor| given.and_then(|table| table.get(factor.name())).and_then(Value::as_text);
    let named = overlay::wanted(entity).into_iter().filter(|factor| overlay::property(*factor).is_none());
    let all: Vec<(Factor, Option<&str>)> = named.map(|factor| (factor, text(&factor))).collect();
    let said: Vec<_> = all.iter().copied().filter(|(_, level)| level.is_some()).collect();
    rating(model, entity.id, name, if said.is_empty() { &all } else { &said })
}

fn rating(model: &Model, id: Id, name: &str, sets: &[(Factor, Option<&str>)]) -> Refusal {
    let message = format!("{name} is a rating: it changes by a revision with a reason, never in place");
    Refusal::new(Why::Rating, message).hint(command::rate(model, id, sets))
}

fn covers(model: &Model, id: Id) -> Refusal {
    let (id, pattern, group) = (id.to_string(), "A1-*", ["--group", "next"]);
    let more = [&["cover", &id, pattern], group.as_slice()].concat();
    let instead = [&["remap", &id, pattern], group.as_slice()].concat();
    Refusal::new(Why::Field, "covers has commands of its own: `cover` adds objectives, `remap` replaces them all")
        .hint(command::on(&model.id, &more))
        .hint(command::on(&model.id, &instead))
}

/// Judges the new words. A row is written when somebody stands up for a change of identity.
fn identity(
    stage: &Stage<'_>,
    old: &Entity,
    new: &mut Entity,
    voucher: Option<Voucher<'_>>,
) -> Result<Option<Note>, Refusal> {
    let id = old.id;
    let because = voucher.map(|voucher| voucher.reason.trim());
    if because == Some("") {
        let words = set_words(old, new, &["--renamed-because", command::BLANK]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let refusal = Refusal::new(Why::Reason, format!("the reason why {id} is still the same thing is missing"));
        return Err(refusal.hint(command::on(&stage.model.id, &words)));
    }
    let not_needed = because.map(|_| Note::ReasonNotNeeded { id });
    // Without new words there may still be a reason to write down: the words were changed by hand.
    let asked = because.is_some() || old.identity() != new.identity();
    let Some(base) = base(stage, old).filter(|_| asked) else { return Ok(not_needed) };
    let judgement = compare(base, new);
    let judge = voucher.map(|voucher| voucher.judge).unwrap_or_default();
    match (judgement.verdict, because) {
        (Verdict::Same, _) => Ok(not_needed),
        // What is another thing to the judge stays one, whatever a language model thinks.
        (verdict @ Verdict::Different, Some(_)) if !judge.is_empty() => {
            Err(refused(stage.model, base, new, (verdict, &judgement.why)))
        }
        (verdict, None) => Err(refused(stage.model, base, new, (verdict, &judgement.why))),
        (_, Some(reason)) => {
            let (from, to) = (same::reads(base), same::reads(new));
            let (at, by, reason) = (Some(stage.now.at), stage.now.by.clone(), reason.to_owned());
            new.life.renamed.push(Renamed {
                from: from.clone(),
                at,
                by,
                reason,
                judge: judge.to_owned(),
                redacted: None,
            });
            Ok(Some(Note::Overruled { id, from, to }))
        }
    }
}

/// The words that new ones are held against: the published ones, or what was overruled since and is not published yet.
fn base<'a>(stage: &Stage<'a>, old: &'a Entity) -> Option<&'a Entity> {
    let owed = stage.published.iter().find_map(|model| model.entities.get(&old.id))?;
    Some(if old.life.renamed.len() > owed.life.renamed.len() { old } else { owed })
}

fn refused(model: &Model, base: &Entity, new: &Entity, (verdict, why): (Verdict, &str)) -> Refusal {
    let id = base.id;
    let noun = id.kind.noun();
    let opening = match verdict {
        Verdict::Unsure => format!("it is not clear that {id} would stay the same {noun}"),
        _ => format!("{id} would become another {noun}"),
    };
    let message = format!(
        "{opening}: `{}` -> `{}` ({why}); remove {id} and add the new {noun} under an ID of its own",
        short(&same::reads(base)),
        short(&same::reads(new)),
    );
    let add: Vec<String> = new.identity().into_iter().filter(|(_, text)| !text.is_empty()).flat_map(flag).collect();
    let add: Vec<&str> = ["add", noun].into_iter().chain(add.iter().map(String::as_str)).collect();
    let overrule = set_words(base, new, &["--renamed-because", command::BLANK]);
    let overrule: Vec<&str> = overrule.iter().map(String::as_str).collect();
    Refusal::new(Why::Identity, message)
        .hint(command::on(&model.id, &["remove", &id.to_string(), "--reason", command::BLANK]))
        .hint(command::on(&model.id, &add))
        .hint(command::on(&model.id, &overrule))
}

fn flag((name, text): (&'static str, String)) -> [String; 2] {
    [format!("--{name}"), text]
}

/// `edit A3 --set "name=…"` for every identity field that differs, and `last`.
fn set_words(old: &Entity, new: &Entity, last: &[&str]) -> Vec<String> {
    let before = old.identity();
    let differs = new.identity().into_iter().filter(|field| !before.contains(field));
    let sets = differs.flat_map(|(name, text)| ["--set".to_owned(), format!("{name}={text}")]);
    let head = ["edit".to_owned(), old.id.to_string()];
    head.into_iter().chain(sets).chain(last.iter().map(|word| (*word).to_owned())).collect()
}

fn changed(old: &Entity, new: &Entity) -> Vec<&'static str> {
    let differs = |name: &&'static str| old.value(name) != new.value(name);
    old.id.kind.fields().map(|field| field.name).filter(|name| *name != "renamed").filter(differs).collect()
}
