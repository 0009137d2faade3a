//! Everything that a query is true of.

use std::collections::HashMap;

use super::field::Field;
use super::{Hit, Query, Row, Tree};
use crate::assess::{Assessment, Ledger, State, View};
use crate::model::{Entity, Id, Kind, Model, Objective};

/// What a query looks at.
pub struct Scope<'a, 'm> {
    pub assessment: &'a Assessment<'m>,
    pub(super) ledger: Ledger<'a>,
    /// Live controls by what they cover.
    pub(super) covered: HashMap<Objective, Vec<Id>>,
}

impl<'a, 'm> Scope<'a, 'm> {
    /// `view` is the one that the assessment was made from.
    pub fn new(assessment: &'a Assessment<'m>, view: View<'a>) -> Scope<'a, 'm> {
        let model = assessment.model();
        let mut covered: HashMap<Objective, Vec<Id>> = HashMap::new();
        for (entity, control) in model.controls().filter(|(entity, _)| entity.live()) {
            control.covers.iter().for_each(|(_, objective)| covered.entry(objective).or_default().push(entity.id));
        }
        Scope { assessment, ledger: Ledger::new(model, view), covered }
    }

    pub fn model(&self) -> &'m Model {
        self.assessment.model()
    }

    /// Where an assumption stands on the day of the view.
    pub fn state(&self, entity: &Entity) -> State {
        self.ledger.state(entity)
    }

    fn is(&self, hit: Hit, tree: &Tree) -> bool {
        match tree {
            Tree::Yes => true,
            Tree::All(trees) => trees.iter().all(|tree| self.is(hit, tree)),
            Tree::Any(trees) => trees.iter().any(|tree| self.is(hit, tree)),
            Tree::Not(tree) => !self.is(hit, tree),
            Tree::Test(of, test) if *of == row(hit) => test.holds(&self.held(hit, test.field)),
            Tree::Test(of, test) => {
                self.related(hit, *of).into_iter().any(|other| test.holds(&self.held(other, test.field)))
            }
        }
    }

    /// What a field of a row says; nothing when it says nothing.
    pub(super) fn held(&self, hit: Hit, field: Field) -> Vec<String> {
        match hit {
            Hit::Entity(id) => self.of_the_entity(id, field.name),
            Hit::Objective(objective) => self.of_the_pair(objective, field.name),
        }
    }
}

const fn row(hit: Hit) -> Row {
    match hit {
        Hit::Entity(id) => Row::Entity(id.kind),
        Hit::Objective(_) => Row::Objective,
    }
}

/// Every row of the query's kind of which it is true, in the order of listings. Removed entities are left out unless
/// the query speaks of being removed.
pub fn select(scope: &Scope<'_, '_>, query: &Query) -> Vec<Hit> {
    let all: Vec<Hit> = match query.row {
        Row::Objective => scope.assessment.outcomes().map(|(objective, _)| Hit::Objective(objective)).collect(),
        Row::Entity(kind) => entities(scope.model(), kind, asks_removed(&query.tree)),
    };
    all.into_iter().filter(|hit| scope.is(*hit, &query.tree)).collect()
}

fn entities(model: &Model, kind: Kind, removed: bool) -> Vec<Hit> {
    model.of_kind(kind).filter(|entity| removed || entity.live()).map(|entity| Hit::Entity(entity.id)).collect()
}

fn asks_removed(tree: &Tree) -> bool {
    match tree {
        Tree::Yes => false,
        Tree::All(trees) | Tree::Any(trees) => trees.iter().any(asks_removed),
        Tree::Not(tree) => asks_removed(tree),
        Tree::Test(_, test) => test.field.name == "removed",
    }
}
