//! The methodology page once more, as slowly and as literally as it reads. Shares nothing with
//! `src/assess` but the values of the model.

use std::collections::BTreeSet;

use jiff::civil::Date;
use redan::model::{
    AssetRef, Assumption, AttackerRef, Body, ComponentRef, Control, DecisionKind, Entity, Group, Id, Kind, Model,
    Objective, Predicate, Property, Vector, Wild,
};

pub(super) struct Naive<'m> {
    pub model: &'m Model,
    pub today: Date,
}

fn body<'m, T>(model: &'m Model, id: Id, pick: impl Fn(&'m Body) -> Option<&'m T>) -> Option<&'m T> {
    model.entities.get(&id).filter(|entity| entity.life.removed.is_none()).and_then(|entity| pick(&entity.body))
}

macro_rules! live {
    ($name:ident, $kind:ident) => {
        pub(super) fn $name(&self, id: Id) -> Option<&'m redan::model::$kind> {
            body(self.model, id, |body| match body {
                Body::$kind(one) => Some(one),
                _ => None,
            })
        }
    };
}

impl<'m> Naive<'m> {
    live!(boundary, Boundary);
    live!(component, Component);
    live!(asset, Asset);
    live!(attacker, Attacker);
    live!(assumption, Assumption);

    fn vector(&self, attacker: Id) -> Option<Vector> {
        let levels = &self.attacker(attacker)?.likelihood.0;
        let word = levels.iter().find(|(factor, _)| factor.name() == "vector")?.1.name;
        Vector::ALL.iter().find(|vector| vector.word() == word).copied()
    }

    fn components(&self, asset: Id) -> Vec<Id> {
        let all = self.asset(asset).map(|asset| asset.components.iter().map(|one| one.0).collect::<Vec<_>>());
        all.unwrap_or_default().into_iter().filter(|&id| self.component(id).is_some()).collect()
    }

    fn stands(&self, component: Id) -> BTreeSet<Id> {
        let set = self.component(component).map(|one| one.boundaries.iter().map(|at| at.0).collect::<Vec<_>>());
        set.unwrap_or_default().into_iter().filter(|&at| self.boundary(at).is_some()).collect()
    }

    fn footprint(&self, asset: Id) -> BTreeSet<Id> {
        self.components(asset).into_iter().flat_map(|one| self.stands(one)).collect()
    }

    fn positions(&self, attacker: Id) -> BTreeSet<Id> {
        let set = self.attacker(attacker).map(|one| one.boundaries.iter().map(|at| at.0).collect::<Vec<_>>());
        set.unwrap_or_default().into_iter().filter(|&at| self.boundary(at).is_some()).collect()
    }

    /// Adds boundaries until nothing more can be added.
    fn inside(&self, attacker: Id, passes: impl Fn(Id) -> bool) -> BTreeSet<Id> {
        let mut inside: BTreeSet<Id> = self.positions(attacker).into_iter().filter(|&at| passes(at)).collect();
        loop {
            let mut more = inside.clone();
            for component in self.model.of_kind(Kind::Component) {
                let stands = self.stands(component.id);
                let from =
                    stands.iter().any(|&at| inside.contains(&at) && !self.boundary(at).is_some_and(|b| b.sealed));
                if from {
                    more.extend(stands.into_iter().filter(|&at| passes(at)));
                }
            }
            if more == inside {
                return inside;
            }
            inside = more;
        }
    }

    fn lets(&self, at: Id, vector: Vector) -> bool {
        match self.boundary(at).map(|one| &one.passes) {
            None => false,
            Some(None) => true,
            Some(Some(set)) => set.contains(&vector),
        }
    }

    /// The verdict and the cause, as the reports spell them.
    pub(super) fn reach(&self, pair: Objective) -> (&'static str, Option<&'static str>) {
        if self.asset(pair.asset).is_none() || self.attacker(pair.attacker).is_none() {
            return ("indeterminate", Some("missing_entity"));
        }
        if self.excluded(pair) {
            return ("unreachable", Some("assumption_excludes"));
        }
        if self.positions(pair.attacker).is_empty() {
            return ("indeterminate", Some("attacker_unpositioned"));
        }
        let footprint = self.footprint(pair.asset);
        if footprint.is_empty() {
            return ("indeterminate", Some("asset_unbounded"));
        }
        let ways: Vec<Vector> = self.vector(pair.attacker).map_or(Vector::ALL.to_vec(), |vector| vec![vector]);
        if ways.iter().any(|&way| !self.inside(pair.attacker, |at| self.lets(at, way)).is_disjoint(&footprint)) {
            return ("reachable", None);
        }
        if !self.inside(pair.attacker, |_| true).is_disjoint(&footprint) {
            return ("unreachable", Some("boundary_blocks_vector"));
        }
        ("unreachable", Some("no_shared_boundary"))
    }

    /// Whether every way of harm (a component, a property) is excluded by somebody.
    fn excluded(&self, pair: Objective) -> bool {
        let properties: Vec<Option<Property>> = match self.asset(pair.asset) {
            Some(asset) if !asset.properties.0.is_empty() => asset.properties.0.keys().copied().map(Some).collect(),
            _ => Property::ALL.iter().copied().map(Some).collect(),
        };
        properties.into_iter().all(|property| property.is_some_and(|property| self.relieved(pair, property)))
    }

    /// Whether a property is excluded at every component.
    pub(super) fn relieved(&self, pair: Objective, property: Property) -> bool {
        let mut components: Vec<Option<Id>> = self.components(pair.asset).into_iter().map(Some).collect();
        if components.is_empty() {
            components.push(None);
        }
        let active: Vec<&Predicate> = self
            .model
            .of_kind(Kind::Assumption)
            .filter(|entity| self.state(entity.id) == "active")
            .filter_map(|entity| self.assumption(entity.id)?.excludes.as_ref())
            .collect();
        components.iter().all(|&at| active.iter().any(|predicate| self.matches(predicate, pair, at, property)))
    }

    fn matches(&self, predicate: &Predicate, pair: Objective, at: Option<Id>, property: Property) -> bool {
        if !predicate.objectives.is_empty() {
            return predicate.objectives.contains(pair);
        }
        if *predicate == Predicate::default() {
            return false;
        }
        fn is<T: Ord>(term: Option<&Wild<T>>, value: Option<T>) -> bool {
            match term {
                None | Some(Wild::Any) => true,
                Some(Wild::These(set)) => value.is_some_and(|value| set.contains(&value)),
            }
        }
        is(predicate.attacker.as_ref(), Some(AttackerRef(pair.attacker)))
            && is(predicate.asset.as_ref(), Some(AssetRef(pair.asset)))
            && is(predicate.vector.as_ref(), self.vector(pair.attacker))
            && is(predicate.component.as_ref(), at.map(ComponentRef))
            && is(predicate.property.as_ref(), Some(property))
    }

    /// The state of an assumption; rows whose digest reads `changed` are about other words.
    pub(super) fn state(&self, id: Id) -> &'static str {
        let Some(assumption) = self.assumption(id) else { return "retired" };
        let withdrawn = |at: redan::model::When| {
            let mut decisions = self.model.decisions.values();
            decisions.any(|one| {
                one.kind == Some(DecisionKind::Withdrawn)
                    && one.entities.contains(&id)
                    && one.at.is_some_and(|day| day.day() <= self.today && at.day() <= day.day())
            })
        };
        let counting = |row: &&redan::model::Attestation| {
            row.at.is_some_and(|at| at.day() <= self.today && !withdrawn(at))
                && (assumption.kind != Some(redan::model::AssumptionKind::NonApplicability) || !row.evidence.is_empty())
        };
        let rows: Vec<_> = assumption.attestations.iter().filter(counting).collect();
        let over = |row: &redan::model::Attestation| row.expires.is_some_and(|end| end.day() < self.today);
        if rows.iter().any(|row| row.of != "changed" && !over(row)) {
            "active"
        } else if rows.iter().any(|row| row.of != "changed") {
            "expired"
        } else if !rows.is_empty() {
            "void"
        } else if withdrawn(redan::model::When::Day(Date::MIN)) {
            "violated"
        } else {
            "pending"
        }
    }

    fn controls(&self) -> impl Iterator<Item = (&'m Entity, &'m Control)> + use<'m> {
        self.model.controls().filter(|(entity, _)| entity.life.removed.is_none())
    }

    /// The controls of one numbered group.
    fn members(&self, pair: Objective, number: u32) -> Vec<&'m Control> {
        let group = Group::Number(number);
        let member = |control: &&Control| control.covers.0.get(&group).is_some_and(|pairs| pairs.contains(pair));
        self.controls().map(|(_, control)| control).filter(member).collect()
    }

    /// Whether a control holds if the assumptions in `granted` states are taken as holding.
    fn holds(&self, control: &Control, granted: &[&str]) -> bool {
        let list = |list: &BTreeSet<redan::model::AssumptionRef>| {
            !list.is_empty() && list.iter().all(|one| granted.contains(&self.state(one.0)))
        };
        control.implemented() || control.upheld_by.iter().any(list)
    }

    /// Whether some group, or an assumption that lists the pair, closes it under what is granted.
    fn closes(&self, pair: Objective, granted: &[&str], bare: bool) -> bool {
        let group = |number: u32| {
            let members = self.members(pair, number);
            let holds = |one: &&Control| if bare { one.implemented() } else { self.holds(one, granted) };
            !members.is_empty() && members.iter().all(holds)
        };
        let listed = |one: &&Assumption| one.excludes.is_none() && one.objectives.contains(pair);
        let mut assumed = self.model.of_kind(Kind::Assumption).filter_map(|entity| {
            let one = self.assumption(entity.id).filter(|one| listed(one))?;
            Some((entity.id, one))
        });
        (1..=3).any(group) || !bare && assumed.any(|(id, _)| granted.contains(&self.state(id)))
    }

    fn decided(&self, pair: Objective, kind: DecisionKind) -> bool {
        let all = self.model.decisions.values();
        let revoked = |at: redan::model::When| {
            self.model.decisions.values().any(|one| {
                one.kind == Some(DecisionKind::Withdrawn)
                    && one.objectives.contains(pair)
                    && one.at.is_some_and(|day| day.day() <= self.today && at.day() <= day.day())
            })
        };
        all.filter(|one| one.kind == Some(kind) && one.objectives.contains(pair)).any(|one| {
            let complete = !one.owner.is_empty() && !one.by.is_empty() && !one.reason.is_empty();
            let (Some(at), Some(end)) = (one.at, one.review_by) else { return false };
            complete && at.day() <= self.today && end.day() >= self.today && one.of != "changed" && !revoked(at)
        })
    }

    /// Status, what it is mitigated by, and the reason, as the reports spell them.
    pub(super) fn status(&self, pair: Objective) -> (&'static str, Option<&'static str>, Option<&'static str>) {
        if self.decided(pair, DecisionKind::NotApplicable) {
            return ("not_applicable", None, None);
        }
        if self.reach(pair).0 == "unreachable" {
            return ("unreachable", None, None);
        }
        if self.closes(pair, &[], true) {
            return ("mitigated", Some("controls"), None);
        }
        if self.closes(pair, &["active"], false) {
            return ("mitigated", Some("assumption"), None);
        }
        if self.decided(pair, DecisionKind::RiskAccepted) {
            return ("accepted", None, None);
        }
        let expired = ["active", "expired"];
        let pending = ["active", "expired", "pending", "void"];
        let any = ["active", "expired", "pending", "void", "violated"];
        let grouped = (1..=3).any(|number| !self.members(pair, number).is_empty());
        let covered = self.controls().any(|(_, control)| control.covers.iter().any(|(_, one)| one == pair));
        match () {
            () if self.closes(pair, &expired, false) => ("at_risk", None, Some("expired_attestation")),
            () if self.closes(pair, &pending, false) => ("at_risk", None, Some("pending_attestation")),
            () if grouped || self.closes(pair, &any, false) => ("at_risk", None, Some("missing_controls")),
            () if covered => ("at_risk", None, Some("no_mitigation_group")),
            () => ("unassessed", None, Some("unassessed")),
        }
    }

    /// Properties of a mitigated pair that no complete group and no exclusion addresses.
    pub(super) fn gap(&self, pair: Objective) -> Vec<Property> {
        if self.status(pair).0 != "mitigated" {
            return Vec::new();
        }
        let protects =
            |control: &Control, property: Property| control.protects.is_empty() || control.protects.contains(&property);
        let addressed = |property: Property| {
            (1..=3).any(|number| {
                let members = self.members(pair, number);
                let complete = !members.is_empty() && members.iter().all(|one| self.holds(one, &["active"]));
                complete && members.iter().any(|one| protects(one, property))
            })
        };
        let listed = self.model.of_kind(Kind::Assumption).any(|entity| {
            let lists = |one: &Assumption| one.excludes.is_none() && one.objectives.contains(pair);
            self.assumption(entity.id).is_some_and(lists) && self.state(entity.id) == "active"
        });
        let all = self.asset(pair.asset).map(|asset| asset.properties.0.keys().copied().collect::<Vec<_>>());
        let open = all.unwrap_or_default().into_iter();
        open.filter(|&property| !listed && !addressed(property) && !self.relieved(pair, property)).collect()
    }
}
