//! Assets and attackers: proposed once, and looked at once more with everything in view.

use serde_json::Value as Json;

use super::ground::Ground;
use super::item::{called, entity, id, line, schema};
use super::prompts;
use super::schema::{list, object, text};
use super::talk::{Step, Taken};
use crate::identity::{Verdict, compare};
use crate::model::{Entity, Id, Kind};

/// Items of one kind, at most.
const MOST: usize = 20;

/// A first list, with a name for the model.
pub fn first(ground: &Ground, kind: Kind) -> Step<'_, (String, Vec<Entity>)> {
    let items = kind.table();
    Step {
        name: items.to_owned(),
        task: prompts::first(kind).to_owned(),
        schema: object(vec![
            ("name", text("A name for the system, three to five words of the texts")),
            (items, list("The most important first", schema(kind, false))),
        ]),
        take: Box::new(move |reply| {
            let mut all = Gathered::default();
            for item in reply[items].as_array().into_iter().flatten() {
                all.add(entity(ground, id(kind, all.kept.len()), item), item);
            }
            let name: Vec<String> = ground.words(reply, "name").split(' ').take(5).map(str::to_owned).collect();
            if name.concat().is_empty() {
                all.faults.push("the system has no name".to_owned());
            }
            let Gathered { kept, faults } = all;
            let enough = !kept.is_empty() && !name.concat().is_empty();
            Taken {
                value: enough.then(|| (name.join(" "), kept)),
                faults: told(faults, enough, items),
                notes: Vec::new(),
            }
        }),
    }
}

/// The list once more: each item kept, said better or dropped with a reason, and what is missing. Nobody gets lost on the way: an item that
/// is not spoken of stays as it is.
pub fn second<'a>(ground: &'a Ground, before: &'a [Entity]) -> Step<'a, Vec<Entity>> {
    let kind = before.first().map_or(Kind::Asset, |entity| entity.id.kind);
    let items = kind.table();
    let lines: Vec<String> = before.iter().map(line).collect();
    Step {
        name: format!("{items}, again"),
        task: format!("{}\n\n{}", prompts::second(kind).trim_end(), ground.shown(items, &lines)),
        schema: object(vec![(items, list("Every item that is there, then new ones", schema(kind, true)))]),
        take: Box::new(move |reply| again(ground, before, reply[items].as_array().map_or(&[], Vec::as_slice))),
    }
}

fn again(ground: &Ground, before: &[Entity], items: &[Json]) -> Taken<Vec<Entity>> {
    let mut notes = Vec::new();
    let mut all = Gathered::default();
    let said = |item: &Json| item["id"].as_str().map(str::trim).unwrap_or_default().to_owned();
    for old in before {
        let mut about = items.iter().filter(|item| Id::parse(&said(item)) == Some(old.id));
        let (item, twice) = (about.next(), about.next());
        match item {
            None => all.keep(old, format!("{} is missing: give it again, or say in `drop` why it goes", old.id)),
            Some(_) if twice.is_some() => all.keep(old, format!("{} is there twice", old.id)),
            Some(item) => match ground.words(item, "drop") {
                reason if reason.is_empty() => all.replace(old, entity(ground, old.id, item)),
                reason => notes.push(format!("left out again: {} ({reason})", old.title())),
            },
        }
    }
    let kind = before.first().map_or(Kind::Asset, |entity| entity.id.kind);
    for item in items {
        let id_said = said(item);
        if id_said == "new" {
            all.add(entity(ground, id(kind, before.len() + all.kept.len()), item), item);
        } else if !before.iter().any(|old| Id::parse(&id_said) == Some(old.id)) {
            all.faults.push(format!(
                "`{}` is no ID that is there: write `new` for what is new",
                super::schema::short(&id_said)
            ));
        }
    }
    let Gathered { kept, faults } = all;
    let enough = !kept.is_empty();
    Taken { value: enough.then_some(kept), faults: told(faults, enough, kind.table()), notes }
}

fn told(mut faults: Vec<String>, enough: bool, items: &str) -> Vec<String> {
    if !enough && faults.is_empty() {
        faults.push(format!("there are no {items}"));
    }
    faults
}

#[derive(Default)]
struct Gathered {
    kept: Vec<Entity>,
    faults: Vec<String>,
}

impl Gathered {
    /// Takes a new one, where it is none of those that are there.
    fn add(&mut self, made: Result<Entity, String>, item: &Json) {
        let entity = match made {
            Ok(entity) => entity,
            Err(fault) => return self.faults.push(fault),
        };
        let twin = self.kept.iter().find(|kept| compare(kept, &entity).verdict == Verdict::Same);
        match twin {
            Some(twin) => {
                let fault = format!("`{}` says the same as `{}`", called(item), super::schema::short(twin.title()));
                self.faults.push(fault);
            }
            None if self.kept.len() >= MOST => {
                self.faults.push(format!("`{}` is one too many: {MOST} is the most", called(item)))
            }
            None => self.kept.push(entity),
        }
    }

    /// Leaves one as it was, and says why.
    fn keep(&mut self, old: &Entity, fault: String) {
        self.kept.push(old.clone());
        self.faults.push(fault);
    }

    /// Takes other words for one, where they still speak of it.
    fn replace(&mut self, old: &Entity, made: Result<Entity, String>) {
        match made {
            Err(fault) => self.keep(old, fault),
            Ok(new) => match compare(old, &new).verdict {
                Verdict::Different => {
                    let fault = format!(
                        "{} was `{}` and became `{}`, which is something else: drop the one and write the other as `new`",
                        old.id,
                        super::schema::short(old.title()),
                        super::schema::short(new.title())
                    );
                    self.keep(old, fault);
                }
                Verdict::Same | Verdict::Unsure => self.kept.push(new),
            },
        }
    }
}
