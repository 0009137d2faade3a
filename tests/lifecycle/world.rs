//! The model that the tests act on, and short ways to act.

use std::collections::BTreeSet;

use redan::change::apply;
use redan::identity::{Subject, Verdict, Words, judge};
use redan::model::{Body, Covers, Entity, Group, Id, Kind, Model, ModelId, Objective, Removed, Status, Value, When};
use redan::ops::lifecycle::{Note, Now, Outcome, Refusal, Sets, Stage, next_id, parse_sets};

/// Everything a stage borrows from.
pub struct World {
    pub model: Model,
    pub published: Vec<Model>,
    pub taken: BTreeSet<Id>,
    pub now: Now,
}

impl World {
    /// The payment model, nothing published.
    pub fn new() -> World {
        let at = when("2026-11-20T09:12:00Z");
        let now = Now { at, today: at.day(), by: "ada@example.org".to_owned() };
        World { model: payments(), published: Vec::new(), taken: BTreeSet::new(), now }
    }

    /// The payment model, published as it is.
    pub fn published() -> World {
        World { published: vec![payments()], ..World::new() }
    }

    /// Plans an act and checks what holds for every plan.
    pub fn plan(&self, act: impl FnOnce(&Stage<'_>) -> Result<Outcome, Refusal>) -> Result<Outcome, Refusal> {
        let published: Vec<&Model> = self.published.iter().collect();
        let stage = Stage {
            model: &self.model,
            published: &published,
            taken: &self.taken,
            words: &Words::default(),
            now: &self.now,
            unfinished: false,
        };
        let outcome = act(&stage)?;
        let mut model = self.model.clone();
        apply(&mut model, &outcome.changes).unwrap();
        assert_eq!(model, outcome.model, "the changes give the model");
        assert!(!outcome.notes.is_empty(), "every act says something");
        Ok(outcome)
    }

    /// Plans an act that has to be refused.
    pub fn refused(&self, act: impl FnOnce(&Stage<'_>) -> Result<Outcome, Refusal>) -> Refusal {
        self.plan(act).unwrap_err()
    }

    /// Performs an act.
    pub fn act(&mut self, act: impl FnOnce(&Stage<'_>) -> Result<Outcome, Refusal>) -> Vec<Note> {
        let outcome = self.plan(act).unwrap();
        self.model = outcome.model;
        outcome.notes
    }

    pub fn next(&self, kind: Kind) -> Id {
        let published: Vec<&Model> = self.published.iter().collect();
        next_id(
            &Stage {
                model: &self.model,
                published: &published,
                taken: &self.taken,
                words: &Words::default(),
                now: &self.now,
                unfinished: false,
            },
            kind,
        )
        .unwrap()
    }

    /// Writes an entity by hand as `NEW-<word>`.
    pub fn insert_new(&mut self, kind: Kind, word: &str, words: &[&str]) {
        let id = Id::within(kind, &format!("NEW-{word}")).unwrap();
        let mut entity = Entity::new(id);
        self.sets(kind, words).iter().for_each(|(field, value)| assert!(entity.set(field, value.as_ref())));
        self.model.entities.insert(id, entity);
    }

    pub fn sets(&self, kind: Kind, words: &[&str]) -> Sets {
        parse_sets(&self.model, kind, words).unwrap()
    }

    pub fn entity(&self, id: &str) -> &Entity {
        &self.model.entities[&self::id(id)]
    }

    pub fn value(&self, id: &str, field: &str) -> String {
        self.entity(id).value(field).map(|value| value.to_string()).unwrap_or_default()
    }
}

pub fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub fn co(text: &str) -> Objective {
    Objective::parse(text).unwrap()
}

pub fn when(text: &str) -> When {
    text.parse().unwrap()
}

/// The sentences of the notes.
pub fn told(notes: &[Note]) -> Vec<String> {
    notes.iter().map(Note::to_string).collect()
}

pub fn payments() -> Model {
    let mut model = Model { id: ModelId::parse("pay").unwrap(), ..Model::default() };
    model.head.name = "Payment API".to_owned();
    put(&mut model, "TB1", &["name=Internet edge", "passes=network"]);
    put(&mut model, "TB2", &["name=Office network"]);
    put(&mut model, "CMP1", &["name=API gateway", "boundaries=TB1"]);
    put(&mut model, "CMP2", &["name=Ledger database"]);
    put(
        &mut model,
        "A1",
        &[
            "name=OAuth access tokens",
            "description=Bearer tokens that authorise charges",
            "properties=C=high,I=high",
            "impact=blast_radius=multiplicative,recoverability=manageable,regulatory=notification",
            "components=CMP1",
        ],
    );
    put(&mut model, "A2", &["name=Settlement report", "description=Nightly file", "properties=I"]);
    put(&mut model, "A3", &["name=Customer emails", "description=Addresses for receipts", "properties=C"]);
    put(
        &mut model,
        "T1",
        &[
            "capability=holding no credentials, can call every public endpoint",
            "position=internet",
            "archetype=external",
            "likelihood=vector=network,privileges=none,complexity=low,interaction=none,prevalence=commodity",
        ],
    );
    put(&mut model, "T2", &["capability=Steals an unlocked phone", "position=street", "archetype=physical"]);
    put(&mut model, "AS1", &["description=The acquirer encrypts card data at rest", "kind=external"]);
    attest(&mut model);
    control(&mut model, "C1", "Access tokens are bound to the client certificate", Status::Implemented);
    control(&mut model, "C2", "Passwords are hashed with Argon2id", Status::NotImplemented);
    control(&mut model, "C3", "Backups are stored in another region", Status::Implemented);
    cover(&mut model, "C1", &[("1", "A1-T1")]);
    cover(&mut model, "C2", &[("1", "A2-T1"), ("depth", "A1-T2")]);
    cover(&mut model, "C3", &[("1", "A3-T1")]);
    for gone in ["A3", "CMP2", "C3"] {
        bury(&mut model, gone);
    }
    model
}

fn put(model: &mut Model, name: &str, words: &[&str]) {
    let id = id(name);
    let mut entity = Entity::new(id);
    for (field, value) in parse_sets(model, id.kind, words).unwrap() {
        assert!(entity.set(&field, value.as_ref()), "{name} {field}");
    }
    model.entities.insert(id, entity);
}

fn attest(model: &mut Model) {
    let row = [("by", Value::text("ada@example.org")), ("statement", Value::text("AOC reviewed"))];
    let row = Value::Table(row.map(|(key, value)| (key.to_owned(), value)).into());
    let assumption = model.entities.get_mut(&id("AS1")).unwrap();
    assert!(assumption.set("attestations", Some(&Value::List(vec![row]))));
}

pub fn control(model: &mut Model, name: &str, description: &str, status: Status) {
    put(model, name, &[&format!("description={description}"), &format!("status={status}")]);
}

pub fn cover(model: &mut Model, name: &str, places: &[(&str, &str)]) {
    let Body::Control(control) = &mut model.entities.get_mut(&id(name)).unwrap().body else { panic!("{name}") };
    control.covers = Covers::default();
    places.iter().for_each(|(group, objective)| control.covers.put(co(objective), Group::parse(group).unwrap()));
}

pub fn bury(model: &mut Model, name: &str) {
    let removed = Removed {
        at: Some(when("2026-11-02")),
        by: "ada@example.org".to_owned(),
        reason: "out of scope".to_owned(),
        replaced_by: String::new(),
    };
    model.entities.get_mut(&id(name)).unwrap().life.removed = Some(removed);
}

/// A name that leaves the judge unsure whether it is still this entity of the payment model.
pub fn unsure(name: &str) -> String {
    let old = payments().entities[&id(name)].clone();
    let heads = ["ledger", "data", "proxy", "list", "store", "service", "nightly", "backup", "copy", "archive", "new"];
    let first: String = old.title().split(' ').take(1).collect();
    let longer = heads.iter().map(|head| format!("{} {head}", old.title()));
    let other = heads.iter().map(|head| format!("{first} {head}"));
    let mut names = other.chain(longer);
    let is_unsure = |new: &String| {
        let mut entity = old.clone();
        assert!(entity.set("name", Some(&Value::text(new.clone()))));
        judged(&old, &entity) == Verdict::Unsure
    };
    names.find(is_unsure).unwrap()
}

/// What the judge says about two entities of one kind.
pub fn judged(old: &Entity, new: &Entity) -> Verdict {
    let subject = match old.id.kind {
        Kind::Asset => Subject::Asset,
        Kind::Attacker => Subject::Attacker,
        Kind::Boundary => Subject::Boundary,
        Kind::Component => Subject::Component,
        Kind::Assumption => Subject::Assumption,
        Kind::Control => Subject::Control,
    };
    judge(subject, &texts(&old.identity()), &texts(&new.identity())).verdict
}

fn texts<'f>(fields: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    fields.iter().map(|(name, text)| (*name, text.as_str())).collect()
}
