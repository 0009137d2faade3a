//! The domain: threat models as pure values, with every rule about what a value *is*.
//! Never here: serde, TOML, Git, the clock, colour, anything that can fail for a reason outside the value.

mod asset;
mod assumption;
mod attacker;
mod boundary;
mod choice;
mod compliance;
mod component;
mod control;
mod decision;
mod entity;
mod factor;
mod head;
mod id;
mod kind;
mod life;
mod models;
mod objective;
mod part;
mod rating;
mod record;
mod redaction;
mod session;
mod shape;
mod threat_model;
mod ticket;
mod value;
mod voice;
mod when;
mod word;

pub use asset::Asset;
pub use assumption::{Assumption, AssumptionKind, Attestation, Predicate, Wild};
pub use attacker::{Archetype, Attacker, Vector};
pub use boundary::Boundary;
pub use compliance::{Compliance, Exclusion, Excuse, Selection};
pub use component::Component;
pub use control::{
    Control, Cover, Covers, Evidence, EvidenceKind, Group, MappingMethod, MappingState, Requirement, Status,
};
pub use decision::{Accepted, Decision, DecisionKind};
pub use entity::{Body, Entity};
pub use factor::{Factor, Level};
pub use head::{Head, Origin, Provenance};
pub use id::{Id, Tag};
pub use kind::Kind;
pub use life::{Life, Removed, Renamed};
pub use models::Models;
pub use objective::{Objective, Pairs};
pub use part::{AssetRef, AssumptionRef, Atom, AttackerRef, BoundaryRef, ComponentRef, Levels, Part};
pub use rating::{AssetLevels, AssetRevision, AttackerRevision, Impact, Likelihood, Properties, Property};
pub use record::{Record, table};
pub use redaction::Redaction;
pub use session::{Intent, Session, Turn};
pub use shape::{Field, Role, Shape};
pub use threat_model::{Model, ModelId};
pub use ticket::{Link, Tickets};
pub use value::Value;
pub use voice::{Spoken, Voice};
pub use when::When;
pub use word::Word;
