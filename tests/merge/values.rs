//! The merge of values.

use std::collections::BTreeSet;

use proptest::prelude::*;
use redan::change::apply;
use redan::merge::{Known, Merged, Side, Three, edits, merge, renumbered_on};
use redan::model::{Entity, Id, Kind, Model, Value};

use super::grow::{covered, grown, holdings};
use crate::arbitrary::{Dice, edited, model};
use crate::tier::cases;

pub fn merged(base: &Model, ours: &Model, theirs: &Model, published: &[&Model]) -> Merged {
    merge(Three { base, ours, theirs }, &Known { published, taken: &BTreeSet::new() })
}

/// A small sound model.
pub fn small() -> Model {
    let folder = "threat-models/link-shortener";
    let text =
        |name: &str| std::fs::read(format!("{}/examples/small/{folder}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let source = |name: &str| redan::store::Source {
        path: format!("{folder}/{name}"),
        content: redan::store::Content::Bytes(text(name).into()),
    };
    let workspace = redan::store::read(vec![source("model.toml"), source("controls.toml")], &Default::default());
    workspace.models.into_values().next().unwrap()
}

fn config(quick: u32, full: u32) -> ProptestConfig {
    ProptestConfig { cases: cases(quick, full), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(600, 20_000))]

    #[test]
    fn nothing_of_either_side_is_lost(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let base = small();
        let (ours, theirs) = (grown(&mut dice, &base, "ours"), grown(&mut dice, &base, "theirs"));
        let result = merged(&base, &ours, &theirs, &[]);
        prop_assume!(result.conflicts.is_empty());
        let (held, covers) = (holdings(&result.model), covered(&result.model));
        for side in [&ours, &theirs] {
            for holding in holdings(side) {
                prop_assert!(held.contains(&holding) , "{holding} of {held:#?}");
            }
            for objective in covered(side) {
                prop_assert!(covers.contains(&objective), "{objective} of {covers:#?}");
            }
        }
        let ids: BTreeSet<Id> = result.renumbered.iter().map(|moved| moved.to).collect();
        prop_assert_eq!(ids.len(), result.renumbered.len(), "one number for two things");
        prop_assert!(ids.iter().all(|id| [&base, &ours, &theirs].iter().all(|side| !side.entities.contains_key(id))));
    }

    #[test]
    fn the_edits_lead_to_the_merge(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let base = small();
        let (ours, theirs) = (grown(&mut dice, &base, "ours"), grown(&mut dice, &base, "theirs"));
        let published: &[&Model] = if dice.chance(50) { &[&theirs] } else { &[] };
        let result = merged(&base, &ours, &theirs, published);
        prop_assume!(result.conflicts.is_empty());
        let mut after = ours.clone();
        apply(&mut after, &edits(&ours, &result)).map_err(|misfit| TestCaseError::fail(misfit.to_string()))?;
        prop_assert_eq!(after, result.model);
    }

    #[test]
    fn what_one_side_left_alone_is_the_other_side(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let base = model(&mut dice);
        let side = grown_wildly(&mut dice, &base);
        for (ours, theirs) in [(&base, &side), (&side, &base), (&side, &side)] {
            let result = merged(&base, ours, theirs, &[]);
            prop_assert_eq!(&result.conflicts, &[]);
            prop_assert_eq!(&result.model, &side);
        }
    }

    #[test]
    fn whatever_the_fields_hold_no_side_is_silently_dropped(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let base = model(&mut dice);
        let (ours, theirs) = (edited(&mut dice, &base), edited(&mut dice, &base));
        let result = merged(&base, &ours, &theirs, &[]);
        let ours = renumbered_on(Side::Ours, &ours, &result.renumbered);
        let theirs = renumbered_on(Side::Theirs, &theirs, &result.renumbered);
        for (id, entity) in ours.entities.iter().chain(&theirs.entities) {
            prop_assert!(result.model.entities.contains_key(id) || id.number().is_none(), "{id} is lost");
            let was = base.entities.get(id);
            for field in id.kind.fields() {
                let value = entity.value(field.name);
                let moved = was.is_none_or(|was| was.value(field.name) != value);
                let conflict = result.conflicts.iter().any(|c| c.subject == redan::change::Subject::Entity(*id));
                let old = was.and_then(|was| was.value(field.name));
                let merged = result.model.entities.get(id).and_then(|merged| merged.value(field.name));
                let kept = holds(old.as_ref(), merged.as_ref(), value.as_ref());
                prop_assert!(!moved || conflict || kept || worded(&base, *id, field.name), "{id}.{}: {value:?}", field.name);
            }
        }
    }
}

/// Edits without hard deletions, which have no merge.
fn grown_wildly(dice: &mut Dice, base: &Model) -> Model {
    let mut grown = edited(dice, base);
    for (id, entity) in &base.entities {
        grown.entities.entry(*id).or_insert_with(|| entity.clone());
    }
    grown.decisions.extend(base.decisions.clone());
    grown.sessions.extend(base.sessions.clone());
    grown
}

/// Words of something that both sides added are one side's, and so is the tombstone of what both removed.
fn worded(base: &Model, id: Id, field: &str) -> bool {
    let entity = Entity::new(id);
    let identity = entity.identity().iter().any(|(name, _)| *name == field);
    match base.entities.get(&id) {
        Some(was) => field == "removed" && was.live(),
        None => identity || ["rationale", "source", "removed"].contains(&field),
    }
}

/// Whether everything that is new on the side is in the merged value, leaf by leaf.
fn holds(base: Option<&Value>, merged: Option<&Value>, side: Option<&Value>) -> bool {
    match (base, merged, side) {
        (_, _, None) => true,
        (base, _, side) if base == side => true,
        (base, Some(Value::List(merged)), Some(Value::List(side))) => {
            let old = base.and_then(Value::as_list).unwrap_or_default();
            let there = |item: &Value| merged.iter().any(|merged| holds(None, Some(merged), Some(item)));
            side.iter().all(|item| old.contains(item) || there(item))
        }
        (base, Some(Value::Table(merged)), Some(Value::Table(side))) => {
            let old = |key: &String| base.and_then(Value::as_table).and_then(|base| base.get(key));
            side.iter().all(|(key, value)| holds(old(key), merged.get(key), Some(value)))
        }
        (base, Some(Value::Table(merged)), Some(Value::List(side))) => {
            let old = |item: &Value| match base {
                Some(Value::List(base)) => base.contains(item),
                Some(Value::Table(base)) => base.contains_key(&item.to_string()),
                _ => false,
            };
            side.iter().all(|item| old(item) || merged.contains_key(&item.to_string()))
        }
        // Levels of which none is left read as an empty list: the other side may have taken what this one left alone.
        (base, Some(Value::List(_)), Some(Value::Table(side))) => {
            let old = |key: &String| base.and_then(Value::as_table).and_then(|base| base.get(key));
            side.iter().all(|(key, value)| old(key) == Some(value))
        }
        (base, None, Some(Value::List(_) | Value::Table(_))) => base.is_some(),
        (_, merged, side) => merged == side,
    }
}

#[test]
fn the_published_side_keeps_its_number() {
    let base = small();
    let with = |name: &str, description: &str| {
        let mut model = base.clone();
        let mut entity = Entity::new(Id::new(Kind::Asset, 3));
        entity.set("name", Some(&Value::text(name)));
        entity.set("description", Some(&Value::text(description)));
        model.entities.insert(entity.id, entity);
        model
    };
    let (queue, trail) =
        (with("Refund queue", "Payments to send back"), with("Audit trail", "Who changed which record"));
    let title = |merged: &Merged, number| merged.model.entities[&Id::new(Kind::Asset, number)].title().to_owned();
    for (published, third) in [(vec![], "Refund queue"), (vec![&queue], "Refund queue"), (vec![&trail], "Audit trail")]
    {
        let result = merged(&base, &queue, &trail, &published);
        assert_eq!(result.conflicts, []);
        assert_eq!(title(&result, 3), third);
        assert_ne!(title(&result, 4), third);
    }
    let both = merged(&base, &queue, &trail, &[&queue, &trail]);
    assert_eq!(both.conflicts.len(), 1, "no published ID moves");
    let like = with("Refund queues", "Payments to send back");
    let one = merged(&base, &queue, &like, &[]);
    assert_eq!((one.conflicts.len(), one.renumbered.len(), one.model.entities.len()), (0, 0, queue.entities.len()));
}

#[test]
fn a_number_that_another_branch_took_is_not_given() {
    let base = small();
    let mut dice = Dice::new(7);
    let taken = BTreeSet::from([Id::new(Kind::Asset, 40)]);
    loop {
        let (ours, theirs) = (grown(&mut dice, &base, "o"), grown(&mut dice, &base, "t"));
        let result =
            merge(Three { base: &base, ours: &ours, theirs: &theirs }, &Known { published: &[], taken: &taken });
        if let Some(moved) = result.renumbered.iter().find(|moved| moved.from.kind == Kind::Asset) {
            assert_eq!(moved.to, Id::new(Kind::Asset, 41));
            break;
        }
    }
}
