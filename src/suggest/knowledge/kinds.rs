//! The rows of the knowledge base. Keys of one table name rows of another; that they exist is held by a test.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::levels;
use crate::model::{Archetype, AssumptionKind, Atom, Factor, Impact, Likelihood, Properties, Property, Vector};

/// A kind of component: what people call it, where it stands, what lies in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentKind {
    #[serde(skip)]
    pub key: &'static str,
    pub name: &'static str,
    /// A [`Zone`].
    pub zone: &'static str,
    /// What a text calls it: kinds and products, in lower case.
    pub terms: Vec<&'static str>,
    /// [`AssetKind`]s that come with it, the most typical first.
    pub assets: Vec<&'static str>,
    /// Names of products among them that somebody else runs.
    #[serde(default)]
    pub outside: Vec<&'static str>,
}

/// A kind of asset with the factors it usually has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetKind {
    #[serde(skip)]
    pub key: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    /// What mechanisms say they guard: `credential`, `health`.
    pub class: &'static str,
    #[serde(deserialize_with = "levels::properties")]
    pub properties: Properties,
    #[serde(deserialize_with = "levels::impact")]
    pub impact: Impact,
    pub terms: Vec<&'static str>,
    /// It stands for data of any kind, and gives way where the text names what the data are.
    #[serde(default)]
    pub general: bool,
}

/// A kind of attacker with the factors it usually has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttackerKind {
    #[serde(skip)]
    pub key: &'static str,
    pub capability: &'static str,
    pub position: &'static str,
    #[serde(deserialize_with = "levels::word")]
    pub archetype: Archetype,
    #[serde(deserialize_with = "levels::likelihood")]
    pub likelihood: Likelihood,
    /// The [`Zone`]s it stands in.
    pub zones: Vec<&'static str>,
    /// The [`ComponentKind`]s that bring it; none = it is everywhere.
    pub with: Vec<&'static str>,
    pub terms: Vec<&'static str>,
    /// The [`Way`]s it goes.
    pub ways: Vec<&'static str>,
}

/// A way in which attackers get at assets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    #[serde(skip)]
    pub key: &'static str,
    /// What is done, as a sentence goes on after its subject.
    pub text: &'static str,
    #[serde(deserialize_with = "levels::words")]
    pub threatens: Vec<Property>,
}

/// A trust boundary that components of some kinds stand in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    #[serde(skip)]
    pub key: &'static str,
    pub name: &'static str,
    #[serde(deserialize_with = "levels::words")]
    pub passes: Vec<Vector>,
    /// Where its components lead: they also stand in the first of these zones that a model has.
    #[serde(default)]
    pub leads: Vec<&'static str>,
    /// Where others meet its components, which lead nowhere else.
    #[serde(default)]
    pub meets: Option<&'static str>,
}

/// Whether a mechanism closes a way by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Main,
    /// It helps and never counts.
    Depth,
}

/// What can be done about ways.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mechanism {
    #[serde(skip)]
    pub key: &'static str,
    pub text: &'static str,
    /// The [`Way`]s it is against.
    pub stops: Vec<&'static str>,
    /// Classes of assets it fits; none = any.
    #[serde(default)]
    pub guards: Vec<&'static str>,
    /// [`ComponentKind`]s of which one has to be there; none = any model.
    #[serde(default)]
    pub with: Vec<&'static str>,
    pub role: Role,
    /// Properties it helps; none = all.
    #[serde(default, deserialize_with = "levels::words")]
    pub protects: Vec<Property>,
    /// Weaknesses of the CWE list that it prevents.
    #[serde(default)]
    pub cwe: Vec<u32>,
}

/// What models of a kind take for granted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Premise {
    #[serde(skip)]
    pub key: &'static str,
    pub text: &'static str,
    #[serde(deserialize_with = "levels::word")]
    pub kind: AssumptionKind,
    /// [`ComponentKind`]s of which one has to be there.
    pub with: Vec<&'static str>,
}

/// What a denial takes with it.
#[derive(Debug, Clone, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"), deny_unknown_fields)]
pub struct Lack {
    #[serde(skip)]
    pub key: &'static str,
    /// What texts deny so.
    pub terms: Vec<&'static str>,
    /// Kinds of any table that are not there then, unless one of them is said to be there.
    pub kinds: Vec<&'static str>,
}

/// Something that a text may be about, by which words that mean many things are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"), deny_unknown_fields)]
pub struct Theme {
    #[serde(skip)]
    pub key: &'static str,
    /// One of these shows it; singular and small.
    pub words: Vec<&'static str>,
    /// By kind, the terms that mean it only in such a text.
    pub terms: BTreeMap<&'static str, Vec<&'static str>>,
}

impl AttackerKind {
    /// How the attack comes.
    pub fn vector(&self) -> Option<Vector> {
        self.likelihood.0.get(&Factor::Vector).and_then(|level| Vector::parse(level.name))
    }
}
