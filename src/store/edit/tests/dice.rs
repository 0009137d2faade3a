//! Random values of every shape, and random models made of them.

use std::collections::BTreeMap;

use crate::model::{Covers, Entity, Field, Group, Id, Kind, Model, Part, Record, Role, Shape, Tag, Value, Word};

/// A small generator of random numbers (xorshift64*): one seed, one story.
pub(super) struct Dice(u64);

const LINES: [&str; 9] =
    ["plain", "", "a \"quoted\" word", "it's", "# no comment", "back\\slash", "[assets.A1]", "ü = 1", "tab\there"];
const PROSE: [&str; 5] = [
    "two\nlines",
    "ends in a quote\"\n",
    "\n\nblank \"\"\" lines\n",
    "long words long words long words long words long words long words long words long words long words long words",
    "[assets.A1]\nname = \"a trap\" # trap",
];

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % limit
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn id(&mut self, kinds: &[Kind]) -> Id {
        let kind = *self.one(kinds);
        let number = u32::try_from(self.below(12) + 1).expect("small");
        match kinds.len() == 1 && self.chance(5) {
            true => Id { kind, tag: Tag::New(Word::new("word").expect("legal")) },
            false => Id::new(kind, number),
        }
    }

    fn many(&mut self, least: usize, value: impl Fn(&mut Dice) -> Value) -> Value {
        let count = if self.chance(5) { 25 } else { least + self.below(4) };
        Value::List((0..count).map(|_| value(self)).collect())
    }

    fn keyed(&mut self, key: impl Fn(&mut Dice) -> String, value: impl Fn(&mut Dice) -> Value) -> Value {
        let count = 1 + self.below(4);
        Value::Table((0..count).map(|_| (key(self), value(self))).collect())
    }

    pub(super) fn value(&mut self, shape: &Shape) -> Value {
        match *shape {
            Shape::Prose if self.chance(40) => Value::text(*self.one(&PROSE)),
            Shape::Line | Shape::Prose => Value::text(*self.one(&LINES)),
            Shape::Flag => Value::Flag(self.chance(80)),
            Shape::Count => Value::Number(i64::try_from(self.below(2000)).expect("small")),
            Shape::When => Value::When(self.one(&["2026-11-20", "2026-11-20T09:12:00Z"]).parse().expect("a date")),
            Shape::Digest => Value::text(*self.one(&["4f0c9a1b2d3e", "77ab01c9d2e4"])),
            Shape::Choice(words) => Value::text(*self.one(words)),
            Shape::Reference(kinds) => Value::text(self.id(kinds).to_string()),
            Shape::Wild(inner) => match self.below(3) {
                0 => Value::text("*"),
                1 => self.value(inner),
                _ => self.many(0, |dice| dice.value(inner)),
            },
            Shape::Set(inner) | Shape::List(inner) => self.many(0, |dice| dice.value(inner)),
            Shape::Properties => self.properties(),
            Shape::Levels(factors) => {
                let chosen: Vec<_> = factors.iter().filter(|_| self.chance(60)).collect();
                let level = |factor: &crate::model::Factor| factor.levels()[self.below(factor.levels().len())].name;
                let mut level = level;
                Value::Table(chosen.into_iter().map(|f| (f.name().to_owned(), Value::text(level(f)))).collect())
            }
            Shape::Pairs => self.pairs(),
            Shape::Covers => self.covers(),
            Shape::Keyed(fields) => {
                self.keyed(|dice| (*dice.one(&["asvs@5.0.0", "nist", "a.b"])).to_owned(), |dice| dice.table(fields))
            }
            Shape::Table(fields) => self.table(fields),
            Shape::Rows(fields) => self.many(0, |dice| dice.table(fields)),
        }
    }

    fn properties(&mut self) -> Value {
        let letters: Vec<_> = ["C", "I", "A", "U"].into_iter().filter(|_| self.chance(50)).collect();
        match self.chance(50) {
            true => Value::List(letters.into_iter().map(Value::text).collect()),
            false => Value::Table(
                letters.into_iter().map(|l| (l.to_owned(), Value::text(*self.one(&["low", "high"])))).collect(),
            ),
        }
    }

    /// A control covers an objective once.
    fn covers(&mut self) -> Value {
        let group = |dice: &mut Dice| match dice.below(4) {
            0 => Group::Depth.to_string(),
            number => number.to_string(),
        };
        let groups = Covers::read(Some(&self.keyed(group, Dice::pairs))).expect("they fit");
        let mut once = Covers::default();
        groups.iter().for_each(|(group, objective)| once.put(objective, group));
        once.show().unwrap_or(Value::Table(BTreeMap::new()))
    }

    fn pairs(&mut self) -> Value {
        self.keyed(
            |dice| dice.id(&[Kind::Asset]).to_string(),
            |dice| dice.many(1, |dice| Value::text(dice.id(&[Kind::Attacker]).to_string())),
        )
    }

    fn table(&mut self, fields: &'static [Field]) -> Value {
        let chosen: Vec<_> = fields.iter().filter(|_| self.chance(50)).collect();
        Value::Table(chosen.into_iter().map(|field| (field.name.to_owned(), self.value(&field.shape))).collect())
    }

    pub(super) fn record<R: Record>(&mut self, record: &mut R, percent: usize) {
        for field in R::FIELDS.iter().filter(|_| self.chance(percent)).collect::<Vec<_>>() {
            let value = self.chance(80).then(|| self.value(&field.shape));
            assert!(record.set(field.name, value.as_ref()), "{}: {value:?}", field.name);
        }
    }

    fn fill(&mut self, entity: &mut Entity, percent: usize) {
        for field in entity.id.kind.fields() {
            if !self.chance(percent) {
                continue;
            }
            let mut value = self.chance(80).then(|| self.value(&field.shape));
            if field.role == Role::Rows
                && let (Some(Value::List(mut old)), new) = (entity.value(field.name), value.take())
            {
                old.extend(new.and_then(|new| new.as_list().map(<[Value]>::to_vec)).unwrap_or_default());
                value = Some(Value::List(old));
            }
            assert!(entity.set(field.name, value.as_ref()), "{}: {value:?}", field.name);
        }
    }

    fn new_entities(&mut self, model: &mut Model, percent: usize) {
        for kind in Kind::ALL {
            for number in 1..=4 {
                let id = Id::new(kind, number);
                if self.chance(percent) && !model.entities.contains_key(&id) {
                    let mut entity = Entity::new(id);
                    self.fill(&mut entity, 50);
                    model.entities.insert(id, entity);
                }
            }
        }
    }

    /// The model `shop` with something of everything.
    pub(super) fn model(&mut self) -> Model {
        let mut model = Model { id: super::shop(), ..Model::default() };
        self.record(&mut model.head, 60);
        self.new_entities(&mut model, 40);
        self.record(&mut model.compliance, 60);
        self.record(&mut model.tickets, 60);
        for name in ["one", "two"] {
            if self.chance(50) {
                self.record(model.decisions.entry(name.to_owned()).or_default(), 70);
                self.record(model.sessions.entry(name.to_owned()).or_default(), 70);
            }
        }
        model
    }

    /// What may become of it: nothing vanishes, rows are appended.
    pub(super) fn later(&mut self, model: &Model) -> Model {
        let mut later = model.clone();
        if self.chance(30) {
            self.record(&mut later.head, 40);
            self.record(&mut later.compliance, 40);
            self.record(&mut later.tickets, 40);
        }
        for entity in later.entities.values_mut() {
            if self.chance(30) {
                self.fill(entity, 25);
            }
        }
        for decision in later.decisions.values_mut() {
            self.record(decision, 20);
        }
        for session in later.sessions.values_mut() {
            self.record(session, 20);
        }
        self.new_entities(&mut later, 10);
        if self.chance(20) {
            self.record(later.decisions.entry("three".to_owned()).or_default(), 50);
        }
        later
    }
}
