//! Random models that use every shape a field can have: legal values, whatever sense they make.

use redan::model::{
    Entity, Factor, Field, Head, Id, Kind, Model, ModelId, Objective, Pairs, Part, Property, Record, Shape, Value,
};
use std::collections::BTreeMap;

/// A small deterministic generator (splitmix64, Steele et al. 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `below - 1`.
    pub fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % below as u64).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let at = self.below(from.len());
        &from[at]
    }
}

const WORDS: &[&str] = &[
    "token",
    "ledger",
    "queue",
    "vault",
    "the acquirer",
    "merchant's",
    "Ünïcode",
    "\"quoted\"",
    "back\\slash",
    "資産",
    "tab\there",
    "#hash",
    "= equals",
    "[brackets]",
    "'single'",
    "{curly}",
    "",
];
const PEOPLE: &[&str] = &["ada@example.org", "@grace", "linus@example.com"];

fn line(dice: &mut Dice) -> String {
    let words = dice.below(5) + 1;
    (0..words).map(|_| *dice.pick(WORDS)).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn prose(dice: &mut Dice) -> String {
    let lines = if dice.chance(20) { dice.below(3) + 2 } else { 1 };
    (0..lines).map(|_| line(dice)).collect::<Vec<_>>().join("\n")
}

fn id(dice: &mut Dice, kind: Kind) -> String {
    if dice.chance(5) { format!("NEW-w{}", dice.below(3)) } else { Id::new(kind, dice.below(6) as u32 + 1).to_string() }
}

fn pairs(dice: &mut Dice) -> Value {
    let count = dice.below(6) + 1;
    let objectives = (0..count).map(|_| Objective {
        asset: Id::new(Kind::Asset, dice.below(6) as u32 + 1),
        attacker: Id::new(Kind::Attacker, dice.below(6) as u32 + 1),
    });
    objectives.collect::<Pairs>().show().unwrap()
}

/// A value of the shape, or nothing where the shape has only empty ones.
pub fn value(dice: &mut Dice, shape: Shape) -> Option<Value> {
    Some(match shape {
        Shape::Line => Value::text(line(dice)),
        Shape::Prose => Value::text(prose(dice)),
        Shape::Flag => Value::Flag(true),
        Shape::Count => Value::Number(dice.below(1000) as i64),
        Shape::When => when(dice),
        Shape::Digest => Value::text(format!("{:012x}", dice.next() >> 16)),
        Shape::Choice(words) => Value::text(*dice.pick(words)),
        Shape::Reference(kinds) => {
            let kind = *dice.pick(kinds);
            // Where any kind is legal, an unnumbered ID would not say which.
            let text = if kinds.len() > 1 { Id::new(kind, 3).to_string() } else { id(dice, kind) };
            Value::text(text)
        }
        Shape::Wild(inner) => match dice.below(3) {
            0 => Value::text("*"),
            1 => value(dice, *inner)?,
            _ => value(dice, Shape::Set(inner))?,
        },
        Shape::Set(inner) | Shape::List(inner) => list(dice, *inner)?,
        Shape::Properties => properties(dice),
        Shape::Levels(factors) => levels(dice, factors),
        Shape::Pairs => pairs(dice),
        Shape::Covers => covers(dice),
        Shape::Keyed(fields) => {
            Value::Table(BTreeMap::from([("asvs@5.0.0".to_owned(), Value::Table(table(dice, fields)))]))
        }
        Shape::Table(fields) => Value::Table(table(dice, fields)),
        Shape::Rows(fields) => {
            let count = dice.below(3) + 1;
            Value::List((0..count).map(|_| Value::Table(table(dice, fields))).collect())
        }
    })
}

fn when(dice: &mut Dice) -> Value {
    let (month, day) = (dice.below(12) + 1, dice.below(28) + 1);
    let text = match dice.chance(50) {
        true => format!("2026-{month:02}-{day:02}"),
        false => format!("2026-{month:02}-{day:02}T{:02}:{:02}:07Z", dice.below(24), dice.below(60)),
    };
    Value::When(text.parse().unwrap())
}

fn list(dice: &mut Dice, inner: Shape) -> Option<Value> {
    let count = dice.below(4) + 1;
    let mut items: Vec<Value> = (0..count).filter_map(|_| value(dice, inner)).collect();
    items.dedup();
    Some(Value::List(items))
}

fn properties(dice: &mut Dice) -> Value {
    let chosen: Vec<Property> = Property::ALL.iter().copied().filter(|_| dice.chance(50)).collect();
    match dice.chance(50) {
        true => Value::List(chosen.iter().map(|property| Value::text(property.word())).collect()),
        false => {
            let level = |dice: &mut Dice, property: &Property| {
                let level = dice.pick(property.factor().levels()).name;
                (property.word().to_owned(), Value::text(level))
            };
            Value::Table(chosen.iter().map(|property| level(dice, property)).collect())
        }
    }
}

fn levels(dice: &mut Dice, factors: &'static [Factor]) -> Value {
    let chosen: Vec<&Factor> = factors.iter().filter(|_| dice.chance(70)).collect();
    let pair = |factor: &&Factor| (factor.name().to_owned(), Value::text(dice.pick(factor.levels()).name));
    Value::Table(chosen.iter().map(pair).collect())
}

fn covers(dice: &mut Dice) -> Value {
    let groups = ["1", "2", "7", "depth"].into_iter().filter(|_| dice.chance(50)).collect::<Vec<_>>();
    Value::Table(groups.into_iter().map(|group| (group.to_owned(), pairs(dice))).collect())
}

fn table(dice: &mut Dice, fields: &[Field]) -> BTreeMap<String, Value> {
    let mut table = BTreeMap::new();
    for field in fields {
        if dice.chance(75)
            && let Some(value) = value(dice, field.shape)
        {
            table.insert(field.name.to_owned(), value);
        }
    }
    if table.contains_key("by") {
        table.insert("by".to_owned(), Value::text(*dice.pick(PEOPLE)));
    }
    table
}

/// Fills a record field by field.
pub fn fill<R: Record>(dice: &mut Dice, record: &mut R) {
    for field in R::FIELDS {
        if dice.chance(70)
            && let Some(value) = value(dice, field.shape)
        {
            assert!(record.set(field.name, Some(&value)), "{} refuses {value:?}", field.name);
        }
    }
}

/// An entity with random fields.
pub fn entity(dice: &mut Dice, id: Id) -> Entity {
    let mut entity = Entity::new(id);
    for field in id.kind.fields() {
        let rare = ["removed", "renamed", "attest_after"].contains(&field.name);
        if dice.chance(if rare { 15 } else { 70 })
            && let Some(value) = value(dice, field.shape)
        {
            assert!(entity.set(field.name, Some(&value)), "{id}.{} refuses {value:?}", field.name);
        }
    }
    entity
}

/// A model of up to five entities of each kind.
pub fn model(dice: &mut Dice) -> Model {
    let mut model = Model { id: ModelId::parse("demo").unwrap(), ..Model::default() };
    let mut head = Head::default();
    fill(dice, &mut head);
    model.head = head;
    for kind in Kind::ALL {
        for number in 1..=5 {
            if dice.chance(50) {
                let id = Id::new(kind, number);
                model.entities.insert(id, entity(dice, id));
            }
        }
    }
    fill(dice, &mut model.compliance);
    fill(dice, &mut model.tickets);
    for name in ["2026-01-01-accept-0a0a", "2026-01-02-accept-0b0b"] {
        if dice.chance(50) {
            let mut decision = Default::default();
            fill(dice, &mut decision);
            model.decisions.insert(name.to_owned(), decision);
        }
    }
    if dice.chance(50) {
        let mut session = Default::default();
        fill(dice, &mut session);
        model.sessions.insert("2026-01-01-first".to_owned(), session);
    }
    model
}

/// The same model with some things changed, added, removed or lost.
pub fn edited(dice: &mut Dice, model: &Model) -> Model {
    let other = self::model(dice);
    let mut edited = model.clone();
    for (id, entity) in &other.entities {
        match dice.below(5) {
            0 => {
                edited.entities.insert(*id, entity.clone());
            }
            1 => {
                edited.entities.remove(id);
            }
            2 => one_field(dice, &mut edited, *id),
            _ => {}
        }
    }
    if dice.chance(30) {
        edited.head = other.head;
    }
    if dice.chance(30) {
        edited.compliance = other.compliance;
        edited.tickets = other.tickets;
    }
    if dice.chance(30) {
        edited.decisions = other.decisions;
    }
    if dice.chance(30) {
        edited.sessions = other.sessions;
    }
    edited
}

fn one_field(dice: &mut Dice, model: &mut Model, id: Id) {
    let Some(entity) = model.entities.get_mut(&id) else { return };
    let fields: Vec<&Field> = id.kind.fields().collect();
    let field = dice.pick(&fields);
    let value = if dice.chance(30) { None } else { value(dice, field.shape) };
    entity.set(field.name, value.as_ref());
}
