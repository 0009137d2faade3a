//! OSCAL: catalogues and profiles as JSON. The XML reader gives the same controls.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, Imported, Raw, fault, group, publisher};
use crate::comply::{Clause, Kind, Levels, Name, State};

/// A control as any spelling of OSCAL has it.
#[derive(Debug, Default)]
pub(super) struct Control {
    pub id: String,
    pub title: String,
    /// Its publisher took it back.
    pub withdrawn: bool,
    /// It is a heading over others and asks for nothing itself.
    pub heading: bool,
    pub replaced_by: Vec<String>,
    pub statement: String,
    pub inner: Vec<Control>,
}

/// Controls below a heading, and theirs.
pub(super) fn lower(clauses: &mut Vec<Clause>, controls: Vec<Control>, parent: Option<&str>) {
    for control in controls {
        let state = match control.withdrawn {
            true => State::Withdrawn { replaced_by: control.replaced_by },
            false => State::Active,
        };
        clauses.push(Clause {
            id: control.id.clone(),
            kind: if control.heading { Kind::Group } else { Kind::Requirement },
            parent: parent.map(str::to_owned),
            title: control.title,
            text: control.statement,
            state,
            ..Clause::default()
        });
        lower(clauses, control.inner, Some(&control.id));
    }
}

pub(super) fn catalog(catalog: &Value) -> Result<Raw, Vec<Fault>> {
    let title = string(&catalog["metadata"], "title");
    let mut clauses = Vec::new();
    let mut open: Vec<(&Value, Option<String>)> = list(catalog, "groups").map(|group| (group, None)).collect();
    let loose: Vec<Control> = list(catalog, "controls").map(control).collect();
    lower(&mut clauses, loose, None);
    while let Some((value, parent)) = open.pop() {
        let id = string(value, "id");
        clauses.push(group(&id, &string(value, "title"), parent.as_deref()));
        lower(&mut clauses, list(value, "controls").map(control).collect(), Some(&id));
        open.extend(list(value, "groups").map(|inner| (inner, Some(id.clone()))));
    }
    if clauses.is_empty() {
        return Err(fault("it is a catalogue without controls"));
    }
    let name = publisher::from_title(&title, &string(&catalog["metadata"], "version"));
    let (name, notices) = match resolved(&catalog["metadata"]) {
        true => (name.map(|name| of_profile(name, &title)), vec![WRITTEN_OUT.to_owned()]),
        false => (name, Vec::new()),
    };
    Ok(Raw { name, title, levels: Levels::None, clauses, notices, ..Raw::default() })
}

const WRITTEN_OUT: &str = "it is a profile with its controls written out, and no more of the catalogue than those; beside the whole \
                           catalogue, import the profile itself into that: --into";

/// A catalogue that a tool made of a profile says so.
fn resolved(metadata: &Value) -> bool {
    list(metadata, "props").any(|prop| prop["name"] == "resolution-tool")
        || list(metadata, "links").any(|link| link["rel"] == "source-profile")
}

/// It is called after the profile, because the name of the catalogue is the whole catalogue's.
fn of_profile(name: Name, title: &str) -> Name {
    let set = set(title);
    let said = name.id == set || name.id.split('-').any(|word| word == set);
    let id = if said { name.id } else { format!("{}-{set}", name.id) };
    Name { id, ..name }
}

/// What a profile is called as a level: `low` of `… LOW IMPACT BASELINE`.
fn set(title: &str) -> String {
    let lower = title.to_lowercase();
    let word = publisher::BASELINES.into_iter().find(|word| lower.split(' ').any(|said| said == *word));
    word.map_or_else(|| crate::text::slug(title), str::to_owned)
}

fn control(value: &Value) -> Control {
    let prop = |name: &str| list(value, "props").find(|prop| prop["name"] == name).map(|prop| string(prop, "value"));
    let params: BTreeMap<String, String> =
        list(value, "params").map(|param| (string(param, "id"), label(param))).collect();
    let statement = list(value, "parts").filter(|part| part["name"] == "statement");
    let mut text = String::new();
    statement.for_each(|part| prose(&mut text, part));
    Control {
        id: string(value, "id"),
        title: string(value, "title"),
        withdrawn: prop("status").is_some_and(|status| status.eq_ignore_ascii_case("withdrawn")),
        heading: false,
        replaced_by: list(value, "links")
            .filter(|link| leads(&string(link, "rel")))
            .map(|link| target(&string(link, "href")))
            .collect(),
        statement: filled(&text, &params),
        inner: list(value, "controls").map(control).collect(),
    }
}

pub(super) fn leads(rel: &str) -> bool {
    matches!(rel, "incorporated-into" | "moved-to" | "incorporated_into" | "addressed_by")
}

/// The control that a link leads to; a link may lead to a part of it: `#ac-2_smt.k`.
pub(super) fn target(href: &str) -> String {
    let id = href.trim_start_matches('#');
    id.split_once("_smt").map_or(id, |(control, _)| control).to_owned()
}

/// Parts with their labels, in the order of the file.
fn prose(text: &mut String, part: &Value) {
    let label = list(part, "props").find(|prop| prop["name"] == "label" && prop.get("class").is_none());
    let words = [label.map(|label| string(label, "value")).unwrap_or_default(), string(part, "prose")];
    for words in words.iter().map(|words| words.trim()).filter(|words| !words.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(words);
    }
    list(part, "parts").for_each(|inner| prose(text, inner));
}

/// What a parameter stands for, in words.
fn label(param: &Value) -> String {
    let choices: Vec<String> = param["select"]["choice"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    match choices.is_empty() {
        true => format!("[{}]", string(param, "label")),
        false => format!("[one of: {}]", choices.join("; ")),
    }
}

/// `{{ insert: param, ac-1_prm_1 }}` becomes what it stands for; choices may hold others.
pub(super) fn filled(text: &str, params: &BTreeMap<String, String>) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        let Some(open) = text.find("{{") else { break };
        let mut out = text[..open].to_owned();
        let mut rest = &text[open..];
        while let Some((inner, after)) = rest.strip_prefix("{{").and_then(|rest| rest.split_once("}}")) {
            let id = inner.rsplit(',').next().unwrap_or_default().trim();
            out.push_str(params.get(id).map_or("[as the organisation sets it]", String::as_str));
            let (plain, next) = after.find("{{").map_or((after, ""), |at| after.split_at(at));
            out.push_str(plain);
            rest = next;
        }
        out.push_str(rest);
        text = out;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The numbers that a profile includes.
pub(super) fn profile(profile: &Value) -> Result<Imported, Vec<Fault>> {
    let title = string(&profile["metadata"], "title");
    let includes = list(profile, "imports").flat_map(|import| list(import, "include-controls"));
    let ids: BTreeSet<String> =
        includes.flat_map(|include| list(include, "with-ids")).filter_map(Value::as_str).map(str::to_owned).collect();
    if ids.is_empty() {
        return Err(fault("it is a profile that names no control"));
    }
    Ok(Imported::Profile { set: set(&title), title, ids })
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value[key].as_array().into_iter().flatten()
}

fn string(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
