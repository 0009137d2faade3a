//! Whether an attacker gets to an asset at all (docs/methodology.md, "Reachability").

use super::mask::Mask;
use super::overlay::attacker_levels;
use super::rating::{Rating, impact, likelihood};
use super::structure::{Reached, Structure, passes};
use crate::model::{Asset, Attacker, Entity, Factor, Id, Vector, When};

/// Whether an attacker gets to an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Reachable,
    /// The model says explicitly why not.
    Unreachable,
    /// Structure is missing; takes nothing out of the count.
    Indeterminate,
}

/// Why an objective is not simply reachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The asset or the attacker is not there.
    MissingEntity,
    AssumptionExcludes,
    AttackerUnpositioned,
    AssetUnbounded,
    BoundaryBlocksVector,
    NoSharedBoundary,
}

/// A verdict with its one cause; `cause` is `None` exactly when reachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reach {
    pub verdict: Verdict,
    pub cause: Option<Cause>,
}

/// An asset as far as reachability and tiers need it.
pub(super) struct AssetFacts {
    pub id: Id,
    pub rating: Rating,
    pub properties: Mask,
    /// Live ones.
    pub components: Vec<Id>,
    /// Live boundaries of live components.
    pub footprint: Vec<u32>,
}

/// An attacker as far as reachability and tiers need it.
pub(super) struct AttackerFacts {
    pub id: Id,
    pub rating: Rating,
    pub vector: Option<Vector>,
    /// Live boundaries it stands in.
    pub positions: Vec<u32>,
    /// Where it gets.
    pub reached: Reached,
    /// Where it would get if every boundary passed its vector.
    pub unblocked: Reached,
}

impl AssetFacts {
    pub(super) fn new(structure: &Structure<'_>, entity: &Entity, asset: &Asset, factors: Option<When>) -> AssetFacts {
        let components = structure.live(&asset.components);
        AssetFacts {
            id: entity.id,
            rating: impact(asset, factors),
            properties: Mask::of(asset.properties.0.keys()),
            footprint: structure.footprint(&components),
            components,
        }
    }
}

impl AttackerFacts {
    pub(super) fn new(
        structure: &Structure<'_>,
        entity: &Entity,
        attacker: &Attacker,
        factors: Option<When>,
    ) -> AttackerFacts {
        let positions = structure.positions(&attacker.boundaries);
        let levels = attacker_levels(attacker, factors);
        let vector = levels
            .get(&Factor::Vector)
            .and_then(|level| Vector::ALL.iter().find(|way| way.word() == level.name).copied());
        // Nobody knows how an unrated attacker comes, so it comes in every way.
        let ways = vector.map_or_else(|| Vector::ALL.to_vec(), |vector| vec![vector]);
        let each = ways.iter().map(|&way| structure.reach(&positions, |boundary| passes(boundary, way)));
        let reached = each.reduce(|mut all, one| {
            all.join(&one);
            all
        });
        let unblocked = structure.reach(&positions, |_| true);
        AttackerFacts {
            id: entity.id,
            rating: likelihood(attacker, factors),
            vector,
            reached: reached.unwrap_or_else(|| structure.reach(&[], |_| false)),
            positions,
            unblocked,
        }
    }
}

/// The verdict on a live pair, from the strongest statement to the weakest.
pub(super) fn reach(asset: &AssetFacts, attacker: &AttackerFacts, excluded: bool) -> Reach {
    let meets = |reached: &Reached| asset.footprint.iter().any(|&at| reached.entered[at as usize]);
    match () {
        () if excluded => Reach::because(Cause::AssumptionExcludes),
        () if attacker.positions.is_empty() => Reach::because(Cause::AttackerUnpositioned),
        () if asset.footprint.is_empty() => Reach::because(Cause::AssetUnbounded),
        () if meets(&attacker.reached) => Reach { verdict: Verdict::Reachable, cause: None },
        () if meets(&attacker.unblocked) => Reach::because(Cause::BoundaryBlocksVector),
        () => Reach::because(Cause::NoSharedBoundary),
    }
}

impl Reach {
    pub const MISSING: Reach = Reach::because(Cause::MissingEntity);

    const fn because(cause: Cause) -> Reach {
        let verdict = match cause {
            Cause::MissingEntity | Cause::AttackerUnpositioned | Cause::AssetUnbounded => Verdict::Indeterminate,
            Cause::AssumptionExcludes | Cause::BoundaryBlocksVector | Cause::NoSharedBoundary => Verdict::Unreachable,
        };
        Reach { verdict, cause: Some(cause) }
    }
}

impl Verdict {
    pub const ALL: [Verdict; 3] = [Verdict::Reachable, Verdict::Unreachable, Verdict::Indeterminate];

    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Reachable => "reachable",
            Verdict::Unreachable => "unreachable",
            Verdict::Indeterminate => "indeterminate",
        }
    }
}

impl Cause {
    /// In the order in which they are looked for; the first that holds is the cause.
    pub const ALL: [Cause; 6] = [
        Cause::MissingEntity,
        Cause::AssumptionExcludes,
        Cause::AttackerUnpositioned,
        Cause::AssetUnbounded,
        Cause::BoundaryBlocksVector,
        Cause::NoSharedBoundary,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Cause::MissingEntity => "missing_entity",
            Cause::AssumptionExcludes => "assumption_excludes",
            Cause::AttackerUnpositioned => "attacker_unpositioned",
            Cause::AssetUnbounded => "asset_unbounded",
            Cause::BoundaryBlocksVector => "boundary_blocks_vector",
            Cause::NoSharedBoundary => "no_shared_boundary",
        }
    }
}
