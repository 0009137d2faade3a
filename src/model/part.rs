//! Typed parts of a record and their way to and from [`Value`].

use std::collections::{BTreeMap, BTreeSet};

use super::{Factor, Id, Kind, Level, Objective, Pairs, Shape, Value, When};

/// Something a field can hold. `read(show(x)) == Some(x)`; an absent value reads as the default.
pub trait Part: Sized {
    const SHAPE: Shape;

    /// `None` when the part is absent (or empty where empty means absent).
    fn show(&self) -> Option<Value>;

    /// `None` when the value does not fit the shape.
    fn read(value: Option<&Value>) -> Option<Self>;
}

impl Part for String {
    const SHAPE: Shape = Shape::Line;

    fn show(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::text(self.clone()))
    }

    fn read(value: Option<&Value>) -> Option<String> {
        value.map_or(Some(String::new()), |value| value.as_text().map(str::to_owned))
    }
}

impl Part for bool {
    const SHAPE: Shape = Shape::Flag;

    fn show(&self) -> Option<Value> {
        self.then_some(Value::Flag(true))
    }

    fn read(value: Option<&Value>) -> Option<bool> {
        match value {
            None => Some(false),
            Some(Value::Flag(flag)) => Some(*flag),
            Some(_) => None,
        }
    }
}

impl Part for Option<u32> {
    const SHAPE: Shape = Shape::Count;

    fn show(&self) -> Option<Value> {
        self.map(|number| Value::Number(number.into()))
    }

    fn read(value: Option<&Value>) -> Option<Option<u32>> {
        match value {
            None => Some(None),
            Some(Value::Number(number)) => u32::try_from(*number).ok().map(Some),
            Some(_) => None,
        }
    }
}

impl Part for Option<When> {
    const SHAPE: Shape = Shape::When;

    fn show(&self) -> Option<Value> {
        self.map(Value::When)
    }

    fn read(value: Option<&Value>) -> Option<Option<When>> {
        match value {
            None => Some(None),
            Some(Value::When(when)) => Some(Some(*when)),
            Some(_) => None,
        }
    }
}

/// A part written as one string and kept in sets: an ID, a vector, a property.
pub trait Atom: Sized + Ord + Copy {
    const SHAPE: Shape;

    fn spell(&self) -> String;

    fn parse(text: &str) -> Option<Self>;
}

impl<T: Atom> Part for BTreeSet<T> {
    const SHAPE: Shape = Shape::Set(&T::SHAPE);

    fn show(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.iter().map(|item| Value::Text(item.spell())).collect()))
    }

    fn read(value: Option<&Value>) -> Option<BTreeSet<T>> {
        let Some(value) = value else { return Some(BTreeSet::new()) };
        value.as_list()?.iter().map(|item| item.as_text().and_then(T::parse)).collect()
    }
}

/// Present and empty is not the same as absent: `passes = []` lets nothing through.
impl<T: Atom> Part for Option<BTreeSet<T>> {
    const SHAPE: Shape = Shape::Set(&T::SHAPE);

    fn show(&self) -> Option<Value> {
        self.as_ref().map(|set| set.show().unwrap_or(Value::List(Vec::new())))
    }

    fn read(value: Option<&Value>) -> Option<Option<BTreeSet<T>>> {
        value.map_or(Some(None), |value| BTreeSet::read(Some(value)).map(Some))
    }
}

/// References to one kind of entity, so that a set of components cannot hold an asset.
macro_rules! reference {
    ($($name:ident => $kind:ident),*) => {$(
        #[doc = concat!("The ID of a `", stringify!($kind), "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Id);

        impl Atom for $name {
            const SHAPE: Shape = Shape::Reference(&[Kind::$kind]);

            fn spell(&self) -> String {
                self.0.to_string()
            }

            fn parse(text: &str) -> Option<Self> {
                Id::within(Kind::$kind, text).map($name)
            }
        }
    )*};
}

reference!(BoundaryRef => Boundary, ComponentRef => Component, AssetRef => Asset, AttackerRef => Attacker, AssumptionRef => Assumption);

impl Atom for Id {
    const SHAPE: Shape = Shape::Reference(&Kind::ALL);

    fn spell(&self) -> String {
        self.to_string()
    }

    fn parse(text: &str) -> Option<Id> {
        Id::parse(text)
    }
}

/// Outer list = any of, inner list = all of.
impl<T: Atom> Part for Vec<BTreeSet<T>> {
    const SHAPE: Shape = Shape::List(&Shape::Set(&T::SHAPE));

    fn show(&self) -> Option<Value> {
        let rows = self.iter().map(|set| set.show().unwrap_or(Value::List(Vec::new())));
        (!self.is_empty()).then(|| Value::List(rows.collect()))
    }

    fn read(value: Option<&Value>) -> Option<Vec<BTreeSet<T>>> {
        let Some(value) = value else { return Some(Vec::new()) };
        value.as_list()?.iter().map(|set| BTreeSet::read(Some(set))).collect()
    }
}

impl Part for Pairs {
    const SHAPE: Shape = Shape::Pairs;

    fn show(&self) -> Option<Value> {
        let line = |(asset, attackers): (&Id, &BTreeSet<Id>)| {
            let ids = attackers.iter().map(|id| Value::Text(id.to_string()));
            (asset.to_string(), Value::List(ids.collect()))
        };
        (!self.is_empty()).then(|| Value::Table(self.0.iter().map(line).collect()))
    }

    fn read(value: Option<&Value>) -> Option<Pairs> {
        let Some(value) = value else { return Some(Pairs::default()) };
        let mut pairs = BTreeMap::new();
        for (asset, attackers) in value.as_table()? {
            let ids = attackers.as_list()?.iter();
            let ids = ids.map(|id| id.as_text().and_then(|id| Id::within(Kind::Attacker, id)));
            pairs.insert(Id::within(Kind::Asset, asset)?, ids.collect::<Option<_>>()?);
        }
        Some(Pairs(pairs))
    }
}

/// Chosen levels, factor by factor.
pub type Levels = BTreeMap<Factor, Level>;

pub(super) fn show_levels(levels: &Levels) -> Option<Value> {
    let pair = |(factor, level): (&Factor, &Level)| (factor.name().to_owned(), Value::text(level.name));
    (!levels.is_empty()).then(|| Value::Table(levels.iter().map(pair).collect()))
}

pub(super) fn read_levels(factors: &'static [Factor], value: Option<&Value>) -> Option<Levels> {
    let Some(value) = value else { return Some(Levels::new()) };
    let level = |(name, level): (&String, &Value)| {
        let factor = Factor::of(factors, name)?;
        Some((factor, factor.level(level.as_text()?)?))
    };
    value.as_table()?.iter().map(level).collect()
}

impl Atom for Objective {
    const SHAPE: Shape = Shape::Line;

    fn spell(&self) -> String {
        self.to_string()
    }

    fn parse(text: &str) -> Option<Objective> {
        Objective::parse(text)
    }
}
