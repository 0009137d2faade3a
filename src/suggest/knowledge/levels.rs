//! Words of the tables as values of the domain.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::model::{Atom, Factor, Impact, Likelihood, Part, Properties, Value};

/// One word: an archetype, a kind of assumption.
pub fn word<'de, D: Deserializer<'de>, T: Atom>(from: D) -> Result<T, D::Error> {
    let text = <&str>::deserialize(from)?;
    T::parse(text).ok_or_else(|| D::Error::custom(format!("`{text}` is not one of the words")))
}

/// A list of words.
pub fn words<'de, D: Deserializer<'de>, T: Atom>(from: D) -> Result<Vec<T>, D::Error> {
    let wrong = |text: &str| D::Error::custom(format!("`{text}` is not one of the words"));
    Vec::<&str>::deserialize(from)?.into_iter().map(|text| T::parse(text).ok_or_else(|| wrong(text))).collect()
}

/// `{ C = "high", I = "low" }`.
pub fn properties<'de, D: Deserializer<'de>>(from: D) -> Result<Properties, D::Error> {
    let table = BTreeMap::<String, String>::deserialize(from)?;
    let value = Value::Table(table.into_iter().map(|(property, level)| (property, Value::Text(level))).collect());
    Properties::read(Some(&value)).ok_or_else(|| D::Error::custom("no properties with their subscores"))
}

/// Levels of blast radius, recoverability and regulatory consequences, in this order.
pub fn impact<'de, D: Deserializer<'de>>(from: D) -> Result<Impact, D::Error> {
    levels(&Factor::IMPACT, from)
        .and_then(|value| Impact::read(Some(&value)).ok_or_else(|| D::Error::custom("no level")))
}

/// Levels of vector, privileges, complexity, interaction and prevalence, in this order.
pub fn likelihood<'de, D: Deserializer<'de>>(from: D) -> Result<Likelihood, D::Error> {
    levels(&Factor::LIKELIHOOD, from)
        .and_then(|value| Likelihood::read(Some(&value)).ok_or_else(|| D::Error::custom("no level")))
}

fn levels<'de, D: Deserializer<'de>>(factors: &[Factor], from: D) -> Result<Value, D::Error> {
    let levels = Vec::<String>::deserialize(from)?;
    if levels.len() != factors.len() {
        return Err(D::Error::custom(format!("{} levels instead of {}", levels.len(), factors.len())));
    }
    let pairs = factors.iter().zip(levels).map(|(factor, level)| (factor.name().to_owned(), Value::Text(level)));
    Ok(Value::Table(pairs.collect()))
}
