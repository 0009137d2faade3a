//! OSCAL catalogues as XML, as NIST publishes its Cybersecurity Framework and SP 800-171.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::oscal::{Control, filled, leads, lower, target};
use super::{Fault, Raw, fault, group, publisher};
use crate::comply::{Clause, Kind, Library, Name, State};

/// Elements that are read at most; the largest catalogue has a tenth of them.
const MOST: u32 = 2_000_000;

pub(super) fn catalog(text: &str, library: &Library) -> Result<Raw, Vec<Fault>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let line = usize::try_from(error.pos().row).ok();
        vec![Fault { line, message: format!("it is no XML that can be read: {error}") }]
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "catalog" {
        return Err(fault(format!(
            "it is XML of no framework that is known: it begins with <{}>",
            root.tag_name().name()
        )));
    }
    let metadata = child(root, "metadata");
    let title = metadata.map(|node| words(child(node, "title"))).unwrap_or_default();
    let mut clauses = Vec::new();
    for node in children(root, "group") {
        let id = node.attribute("id").unwrap_or_default();
        clauses.push(group(id, &words(child(node, "title")), None));
        lower(&mut clauses, children(node, "control").map(control).collect(), Some(id));
    }
    if clauses.is_empty() {
        return Err(fault("it is a catalogue without groups"));
    }
    let name = metadata.and_then(|node| name(node, &title));
    if let Some(family) = metadata.and_then(|node| prop(node, "framework-identifier")) {
        clauses.iter_mut().for_each(|clause| bare(clause, &format!("{family}_")));
    }
    let notices = name.as_ref().map(|name| unmarked(&mut clauses, name, library)).unwrap_or_default();
    Ok(Raw { name, title, clauses, notices, ..Raw::default() })
}

/// The framework's own version, where the document has one beside its own: `CSF_2_0_0`.
fn name(metadata: Node<'_, '_>, title: &str) -> Option<Name> {
    let prop = |name: &str| prop(metadata, name);
    let version = prop("framework-version-identifier").and_then(|said| {
        let family = prop("framework-identifier")?;
        let rest = said.strip_prefix(family)?.trim_start_matches('_').to_owned();
        let mut parts: Vec<&str> = rest.split('_').collect();
        while parts.len() > 2 && parts.last() == Some(&"0") {
            parts.pop();
        }
        Some(parts.join("."))
    });
    let family =
        prop("framework-identifier").map(|said| said.to_lowercase().replace("sp_800_", "sp800-").replace('_', "-"));
    match (family, version) {
        (Some(family), Some(version)) => Name::parse(&format!("{family}@{version}")),
        _ => publisher::from_title(title, &words(child(metadata, "version"))),
    }
}

/// Numbers as people write them: the file of SP 800-171 puts the framework before each.
fn bare(clause: &mut Clause, family: &str) {
    let strip = |id: &mut String| {
        if let Some(rest) = id.strip_prefix(family) {
            *id = rest.to_owned();
        }
    };
    strip(&mut clause.id);
    clause.parent.iter_mut().for_each(strip);
    if let State::Withdrawn { replaced_by } = &mut clause.state {
        replaced_by.iter_mut().for_each(strip);
    }
}

fn prop<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    children(node, "prop").find(|prop| prop.attribute("name") == Some(name))?.attribute("value")
}

fn control(node: Node<'_, '_>) -> Control {
    let prop = |name: &str| prop(node, name);
    let links = children(node, "link").filter(|link| leads(link.attribute("rel").unwrap_or_default()));
    // SP 800-171 has the words of a requirement in a control of their own below it.
    let says = |inner: &Node<'_, '_>| inner.attribute("class") == Some("security_requirement");
    let inner: Vec<Control> = children(node, "control").filter(|inner| !says(inner)).map(control).collect();
    let speaks = children(node, "control").find(says).unwrap_or(node);
    let statement = children(speaks, "part").find(|part| part.attribute("name") == Some("statement"));
    let params: BTreeMap<String, String> = children(node, "param")
        .map(|param| {
            (param.attribute("id").unwrap_or_default().to_owned(), format!("[{}]", words(child(param, "label"))))
        })
        .collect();
    let class = node.attribute("class").unwrap_or_default();
    Control {
        id: node.attribute("id").unwrap_or_default().to_owned(),
        title: words(child(node, "title")),
        withdrawn: prop("status").is_some_and(|status| status.eq_ignore_ascii_case("withdrawn")),
        heading: matches!(class, "category" | "function") && !inner.is_empty(),
        replaced_by: links.filter_map(|link| link.attribute("href")).map(target).collect(),
        statement: filled(&words(statement), &params),
        inner,
    }
}

/// Numbers of the file that the framework no longer has, and that nothing marks: the file of CSF 2.0 lists those of the version before.
fn unmarked(clauses: &mut [Clause], name: &Name, library: &Library) -> Vec<String> {
    let Some(known) = library.pack(name) else { return Vec::new() };
    let mut count = 0;
    for clause in clauses.iter_mut().filter(|clause| clause.counts() && known.clause(&clause.id).is_none()) {
        (clause.state, clause.kind) = (State::Deleted, Kind::Requirement);
        count += 1;
    }
    match count {
        0 => Vec::new(),
        _ => vec![format!(
            "{count} requirements of the publisher's file are not live in {name} and carry no mark; they are taken as deleted"
        )],
    }
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// Every text below an element, on one line. An `insert` stands for a parameter.
fn words(node: Option<Node<'_, '_>>) -> String {
    let mut text = String::new();
    for inner in node.into_iter().flat_map(|node| node.descendants()) {
        match inner.tag_name().name() {
            "insert" => {
                text.push_str(&format!("{{{{ insert: param, {} }}}}", inner.attribute("id-ref").unwrap_or_default()))
            }
            _ if inner.is_text() => text.push_str(inner.text().unwrap_or_default()),
            _ => {}
        }
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
