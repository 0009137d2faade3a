//! Libraries of CISO Assistant: YAML with a framework, its nodes from the top to the bottom, and groups of
//! implementation, each of which lists what it asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, Raw, fault, flat};
use crate::comply::{Clause, Kind, Levels, Name};
use crate::text::slug;

/// Whether a value is such a library.
pub(super) fn is(value: &Value) -> bool {
    value["objects"].is_object()
}

pub(super) fn library(value: &Value) -> Result<Raw, Vec<Fault>> {
    let objects = &value["objects"];
    let several = objects["frameworks"].as_array().map(Vec::as_slice);
    let framework = match (objects.get("framework"), several) {
        (Some(one), _) | (None, Some([one])) => one,
        (None, Some(many)) => return Err(fault(format!("it holds {} frameworks, and one is a pack", many.len()))),
        (None, None) => return Err(fault("it is a library without a framework")),
    };
    let nodes = framework["requirement_nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ids: BTreeMap<&str, String> = nodes.iter().map(|node| (said(node, "urn"), id(node))).collect();
    let mut sets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut clauses = Vec::new();
    for node in nodes {
        let clause = clause(node, &ids)?;
        let groups = node["implementation_groups"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for group in groups.filter(|_| clause.kind == Kind::Requirement) {
            sets.entry(group.to_owned()).or_default().insert(clause.id.clone());
        }
        clauses.push(clause);
    }
    let version = said(value, "version");
    Ok(Raw {
        name: Name::parse(&format!("{}@{version}", slug(said(framework, "ref_id")))),
        title: flat(said(framework, "name")),
        publisher: flat(said(value, "provider")),
        licence: flat(said(value, "copyright")),
        levels: if sets.is_empty() { Levels::None } else { Levels::Sets(sets) },
        clauses,
        notices: Vec::new(),
    })
}

fn clause(node: &Value, ids: &BTreeMap<&str, String>) -> Result<Clause, Vec<Fault>> {
    let id = id(node);
    let parent = match said(node, "parent_urn") {
        "" => None,
        urn => Some(ids.get(urn).cloned().ok_or_else(|| fault(format!("{id} lies below {urn}, which is not there")))?),
    };
    let (name, text) = (flat(said(node, "name")), flat(said(node, "description")));
    let requirement = said(node, "assessable") == "true";
    let (title, text) = match (requirement, name.is_empty()) {
        // A heading has a line, and no text that anybody could meet.
        (false, true) => (text, String::new()),
        (false, false) => (name, String::new()),
        (true, _) => (name, text),
    };
    let kind = if requirement { Kind::Requirement } else { Kind::Group };
    Ok(Clause { id, kind, parent, title, text, ..Clause::default() })
}

/// The number of a node, without spaces; what has none is called by the end of its name.
fn id(node: &Value) -> String {
    let own = said(node, "ref_id").split_whitespace().collect::<Vec<_>>().join("-");
    if own.is_empty() { said(node, "urn").rsplit(':').next().unwrap_or_default().to_owned() } else { own }
}

fn said<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}
