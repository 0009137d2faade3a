//! `[gate]`: what may pass.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{Held, Reader, Wrong, shown};
use crate::assess::{Gate, Status, Tier};
use crate::finding::codes;

const KEYS: [&str; 2] = ["grace_days", "max"];
/// The words of the tiers, and of none.
pub(in crate::store) const TIERS: [(&str, Option<Tier>); 5] = [
    ("critical", Some(Tier::Critical)),
    ("high", Some(Tier::High)),
    ("medium", Some(Tier::Medium)),
    ("low", Some(Tier::Low)),
    ("not_rated", None),
];

impl Reader<'_> {
    pub(super) fn gate(&mut self, held: &Held<'_>) -> Gate {
        let mut gate = Gate::default();
        for (name, held) in self.known(held, "gate", &KEYS) {
            match name {
                "grace_days" => gate.grace_days = self.count(held, "grace_days"),
                _ => gate.max = self.limits(held),
            }
        }
        gate
    }

    fn limits(&mut self, held: &Held<'_>) -> BTreeMap<(Status, Option<Tier>), u32> {
        let classes = Gate::CLASSES.map(Status::word);
        let mut max = BTreeMap::new();
        for (name, held) in self.known(held, "gate.max", &classes) {
            let Some(class) = Gate::CLASSES.into_iter().find(|class| class.word() == name) else { continue };
            for (tier, held) in self.known(held, &format!("gate.max.{name}"), &TIERS.map(|(word, _)| word)) {
                let Some((_, tier)) = TIERS.into_iter().find(|(word, _)| *word == tier) else { continue };
                max.extend(self.count(held, "a limit").map(|count| ((class, tier), count)));
            }
        }
        max
    }

    /// The keys of a table that are among the candidates, in the order of the file; others are told.
    pub(super) fn known<'t>(
        &mut self,
        held: &'t Held<'_>,
        what: &str,
        candidates: &[&'static str],
    ) -> Vec<(&'static str, &'t Held<'t>)> {
        let DeValue::Table(table) = held.get_ref() else {
            self.tell(
                &codes::VALUE_TYPE,
                held.span(),
                format!("`{what}` must be a table with {}", candidates.join(", ")),
            );
            return Vec::new();
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        let mut known = Vec::new();
        for (key, held) in rows {
            let name = key.get_ref().as_ref();
            match candidates.iter().find(|candidate| **candidate == name) {
                Some(candidate) => known.push((*candidate, held)),
                None => {
                    let found =
                        self.finding(&codes::KEY_UNKNOWN, key.span(), format!("`{}` is no key of {what}", shown(name)));
                    let found = self.meant(found, Wrong { text: name, span: key.span(), quoted: false }, candidates);
                    self.findings.push(found);
                }
            }
        }
        known
    }

    pub(super) fn count(&mut self, held: &Held<'_>, what: &str) -> Option<u32> {
        let number = match held.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.tell(&codes::VALUE_TYPE, held.span(), format!("{what} must be a whole number from 0"));
        }
        number
    }
}
