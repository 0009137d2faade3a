//! An entity's revisions, one after the other, with what each of them changed.

use super::{Rating, asset_levels, attacker_levels, impact, likelihood};
use crate::model::{Asset, Attacker, Body, Entity, Factor, Level, Levels, When};

/// One revision with its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised<'a> {
    pub at: Option<When>,
    pub by: &'a str,
    pub reason: &'a str,
    /// Structural digest of the model it was decided on, 12 hex digits, or empty.
    pub model: &'a str,
    pub shifts: Vec<Shift>,
    /// What the factors amount to from here on.
    pub rating: Rating,
}

/// A factor that a revision sets; nothing it was before = nobody had rated it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub factor: Factor,
    pub from: Option<Level>,
    pub to: Level,
}

/// Every revision in the order of the file; nothing for kinds that are not rated.
pub fn revised(entity: &Entity) -> Vec<Revised<'_>> {
    match &entity.body {
        Body::Asset(asset) => asset.revisions.iter().enumerate().map(|(row, _)| of_asset(asset, row)).collect(),
        Body::Attacker(attacker) => {
            attacker.revisions.iter().enumerate().map(|(row, _)| of_attacker(attacker, row)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_asset(asset: &Asset, row: usize) -> Revised<'_> {
    let until = |rows: usize| Asset { revisions: asset.revisions[..rows].to_vec(), ..asset.clone() };
    let revision = &asset.revisions[row];
    Revised {
        at: revision.at,
        by: &revision.by,
        reason: &revision.reason,
        model: &revision.model,
        shifts: shifts(&asset_levels(&until(row), None), &revision.set.0),
        rating: impact(&until(row + 1), None),
    }
}

fn of_attacker(attacker: &Attacker, row: usize) -> Revised<'_> {
    let until = |rows: usize| Attacker { revisions: attacker.revisions[..rows].to_vec(), ..attacker.clone() };
    let revision = &attacker.revisions[row];
    Revised {
        at: revision.at,
        by: &revision.by,
        reason: &revision.reason,
        model: &revision.model,
        shifts: shifts(&attacker_levels(&until(row), None), &revision.set.0),
        rating: likelihood(&until(row + 1), None),
    }
}

fn shifts(before: &Levels, set: &Levels) -> Vec<Shift> {
    set.iter().map(|(&factor, &to)| Shift { factor, from: before.get(&factor).copied(), to }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AttackerRevision, Id, Kind};

    fn level(factor: Factor, name: &str) -> (Factor, Level) {
        (factor, factor.level(name).unwrap())
    }

    #[test]
    fn each_revision_knows_what_it_changed() {
        let mut entity = Entity::new(Id::new(Kind::Attacker, 1));
        let rows = ["low", "high"].map(|name| {
            let mut row = AttackerRevision { by: name.to_owned(), ..AttackerRevision::default() };
            row.set.0.extend([level(Factor::Privileges, name)]);
            row
        });
        let Body::Attacker(attacker) = &mut entity.body else { panic!("an attacker") };
        attacker.revisions = rows.to_vec();
        let found = revised(&entity);
        let shown: Vec<_> =
            found.iter().map(|row| (row.by, row.shifts[0].from.map(|l| l.name), row.shifts[0].to.name)).collect();
        assert_eq!(shown, [("low", None, "low"), ("high", Some("low"), "high")]);
        assert!(matches!(&found[1].rating, Rating::Partial(missing) if missing.len() == 4));
    }
}
