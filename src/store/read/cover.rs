//! Objectives written out: assets with their attackers, and mitigation groups of those.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::ident;
use super::lower::{Held, Name};
use super::walk::{Hop, Said, Spot, Walk};
use super::words::shown;
use crate::finding::{Fix, codes};
use crate::model::{Group, Id, Kind, Shape, Value};

const ASSET: &[Kind] = &[Kind::Asset];
const ATTACKER: Shape = Shape::Reference(&[Kind::Attacker]);

impl<'f> Walk<'f> {
    pub(super) fn pairs(&mut self, table: &'f DeTable<'f>) -> Value {
        let mut pairs = BTreeMap::new();
        for (key, held) in table {
            let asset = key.get_ref().as_ref();
            if Id::within(Kind::Asset, asset).is_none() {
                self.no_asset(key, held);
                continue;
            }
            self.trail.push(Hop::Key(asset));
            match held.get_ref() {
                DeValue::Array(attackers) => {
                    let attackers = self.items(ATTACKER, attackers);
                    pairs.insert(asset.to_owned(), attackers);
                }
                _ => {
                    self.misfit(Shape::Set(&ATTACKER), held, Spot::Value);
                }
            }
            self.trail.pop();
        }
        Value::Table(pairs)
    }

    fn no_asset(&mut self, key: &'f Name<'f>, held: &'f Held<'f>) {
        if self.misplaced(key, held) {
            return;
        }
        let name = key.get_ref().as_ref();
        self.lose(&codes::ID_MALFORMED, Spot::Name(name), &key.span(), |walk| {
            ident::said(ASSET, name, |id| walk.respell(key, held, &id.to_string()))
        });
    }

    pub(super) fn covers(&mut self, table: &'f DeTable<'f>) -> Value {
        let mut groups = BTreeMap::new();
        for (key, held) in table {
            let group = key.get_ref().as_ref();
            if Group::parse(group).is_none() {
                self.no_group(key, held);
                continue;
            }
            self.trail.push(Hop::Key(group));
            if let Some(pairs) = self.value(Shape::Pairs, held) {
                groups.insert(group.to_owned(), pairs);
            }
            self.trail.pop();
        }
        Value::Table(groups)
    }

    fn no_group(&mut self, key: &'f Name<'f>, held: &'f Held<'f>) {
        if self.misplaced(key, held) {
            return;
        }
        let name = key.get_ref().as_ref();
        self.lose(&codes::GROUP_SHAPE, Spot::Name(name), &key.span(), |walk| {
            let message = format!("`{}` is no mitigation group of {}", shown(name), walk.who());
            let said = Said::new(message).help("a group is a number from 1, or `depth` for defence in depth");
            said.fix(group(name).and_then(|group| walk.respell(key, held, &group)) as Option<Fix>)
        });
    }
}

/// The group that a misspelled one stands for.
fn group(name: &str) -> Option<String> {
    let plain = name.trim().to_ascii_lowercase();
    if super::near::near(&plain, ["depth"]).is_some_and(|near| near.sure) {
        return Some("depth".to_owned());
    }
    let number = plain.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_start_matches('0');
    let word = &plain[..plain.len() - plain.trim_start_matches(|c: char| !c.is_ascii_digit()).len()];
    let known = matches!(word.trim_end_matches([' ', '_', '-']), "" | "group" | "g");
    Group::parse(number).filter(|_| known && !number.is_empty()).map(|group| group.to_string())
}
