//! Exclusion predicates: which objectives an assumption takes out, and which of their properties.

use super::mask::Mask;
use crate::model::{AssetRef, AttackerRef, ComponentRef, Id, Objective, Predicate, Vector, Wild};

/// An objective as predicates see it.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub objective: Objective,
    /// The attacker's vector; `None` = not rated, which only `*` matches.
    pub vector: Option<Vector>,
    /// The asset's live components.
    pub components: &'a [Id],
    /// The asset's properties.
    pub properties: Mask,
}

/// What active predicates leave of an objective: an attack runs through one component against one
/// property, and what no predicate takes out is left.
#[derive(Debug, Clone)]
pub(super) struct Relief {
    /// A component each; one for an asset without components.
    out: Vec<Mask>,
}

impl Relief {
    pub(super) fn new(scene: &Scene<'_>) -> Relief {
        Relief { out: vec![Mask::NONE; scene.components.len().max(1)] }
    }

    /// Takes out what a predicate matches; whether it matched anything.
    pub(super) fn add(&mut self, predicate: &Predicate, scene: &Scene<'_>) -> bool {
        if !predicate.objectives.is_empty() {
            let hit = predicate.objectives.contains(scene.objective);
            return hit && self.take(|_| true, Mask::ALL);
        }
        let hit = !says_nothing(predicate)
            && term(predicate.attacker.as_ref(), AttackerRef(scene.objective.attacker))
            && term(predicate.asset.as_ref(), AssetRef(scene.objective.asset))
            && vector(predicate.vector.as_ref(), scene.vector);
        let component = |at: usize| match &predicate.component {
            None | Some(Wild::Any) => true,
            Some(Wild::These(ids)) => scene.components.get(at).is_some_and(|&id| ids.contains(&ComponentRef(id))),
        };
        hit && self.take(component, properties(predicate))
    }

    fn take(&mut self, component: impl Fn(usize) -> bool, properties: Mask) -> bool {
        let mut any = false;
        for (at, out) in self.out.iter_mut().enumerate() {
            if component(at) {
                *out = out.with(properties);
                any = true;
            }
        }
        any
    }

    /// Properties taken out at every component.
    pub(super) fn properties(&self) -> Mask {
        self.out.iter().fold(Mask::ALL, |all, out| all.and(*out))
    }

    /// Whether nothing is left. An asset that lists no property is out only as a whole.
    pub(super) fn complete(&self, scene: &Scene<'_>) -> bool {
        let needed = if scene.properties.is_empty() { Mask::ALL } else { scene.properties };
        needed.without(self.properties()).is_empty()
    }
}

/// A predicate without any term is a mistake, not a statement about everything.
pub fn says_nothing(predicate: &Predicate) -> bool {
    let Predicate { attacker, vector, asset, component, property, objectives } = predicate;
    attacker.is_none()
        && vector.is_none()
        && asset.is_none()
        && component.is_none()
        && property.is_none()
        && objectives.is_empty()
}

fn term<T: Ord>(term: Option<&Wild<T>>, is: T) -> bool {
    match term {
        None | Some(Wild::Any) => true,
        Some(Wild::These(set)) => set.contains(&is),
    }
}

/// A vector nobody rated is matched by no list of vectors.
fn vector(term: Option<&Wild<Vector>>, is: Option<Vector>) -> bool {
    match (term, is) {
        (None | Some(Wild::Any), _) => true,
        (Some(Wild::These(set)), Some(is)) => set.contains(&is),
        (Some(Wild::These(_)), None) => false,
    }
}

fn properties(predicate: &Predicate) -> Mask {
    match &predicate.property {
        None | Some(Wild::Any) => Mask::ALL,
        Some(Wild::These(set)) => Mask::of(set),
    }
}
