//! `[gate]`: what may pass.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{Held, Reader, Wrong, shown};
use crate::assess::{Gate, Minimum, Named, Status, Tier};
use crate::comply::Name;
use crate::finding::codes;

const KEYS: [&str; 3] = ["coverage", "grace_days", "max"];
const COVERAGE: [&str; 3] = ["max_uncovered", "max_unmapped", "min_covered"];
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
                "coverage" => (gate.coverage, gate.named) = self.minima(held),
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

    /// By framework; whether there is such a pack is another file's affair.
    fn minima(&mut self, held: &Held<'_>) -> (BTreeMap<String, Minimum>, Named) {
        let (mut minima, mut named) = (BTreeMap::new(), Named::new());
        let DeValue::Table(table) = held.get_ref() else {
            let message = "`gate.coverage` must be a table by framework: [gate.coverage.\"asvs@5.0.0\"]";
            self.tell(&codes::VALUE_TYPE, held.span(), message.to_owned());
            return (minima, named);
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        for (key, held) in rows {
            let name = key.get_ref().as_ref();
            if Name::parse(name).is_none() {
                let message = format!("`{}` is no framework; write name and version, as in asvs@5.0.0", shown(name));
                self.tell(&codes::VALUE_UNKNOWN, key.span(), message);
            }
            let span = key.span().start + self.start..key.span().end + self.start;
            named.insert(name.to_owned(), (self.path.to_owned(), span));
            minima.insert(name.to_owned(), self.minimum(held, name));
        }
        (minima, named)
    }

    fn minimum(&mut self, held: &Held<'_>, framework: &str) -> Minimum {
        let mut minimum = Minimum::default();
        for (name, held) in self.known(held, &format!("gate.coverage.\"{framework}\""), &COVERAGE) {
            match name {
                "max_uncovered" => minimum.max_uncovered = self.count(held, name),
                "max_unmapped" => minimum.max_unmapped = self.count(held, name),
                _ => minimum.min_covered = self.percent(held),
            }
        }
        minimum
    }

    fn percent(&mut self, held: &Held<'_>) -> Option<u32> {
        let percent = self.count(held, "min_covered")?;
        if percent > 100 {
            let message = format!("`min_covered` is a percentage, and {percent} is more than everything");
            self.tell(&codes::VALUE_UNKNOWN, held.span(), message);
            return None;
        }
        Some(percent)
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
