//! Descriptions of interfaces: OpenAPI, and services and messages of protocol buffers.

use crate::store::foreign::Node;
use crate::suggest::{Knowledge, Mention, Subject};

use super::fields::{field, table};
use super::file::File;

pub fn read(all: &Knowledge, file: &File<'_>, node: &Node) -> Vec<Mention> {
    let Some(version) = node.at("openapi").or_else(|| node.at("swagger")) else { return Vec::new() };
    let (Some(_), Some(kind)) = (node.at("paths"), all.component("rest-api")) else { return Vec::new() };
    let title = node.down(&["info", "title"]).and_then(Node::word);
    let api = file.says(Subject::Component(kind.key), title.unwrap_or("openapi"), version.line);
    let mut found = vec![Mention { name: title.map(str::to_owned), ..api }];
    let schemes = node.down(&["components", "securitySchemes"]).or_else(|| node.at("securityDefinitions"));
    found.extend(schemes.map(Node::rows).unwrap_or_default().iter().filter_map(|row| scheme(file, row)));
    let schemas = node.down(&["components", "schemas"]).or_else(|| node.at("definitions"));
    for (name, schema) in schemas.map(Node::rows).unwrap_or_default() {
        found.extend(table(all, file, name, schema.line));
        let properties = schema.at("properties").map(Node::rows).unwrap_or_default();
        found.extend(properties.iter().filter_map(|(own, node)| field(all, file, name, own, node.line)));
    }
    found
}

/// What callers prove themselves with.
fn scheme(file: &File<'_>, (name, node): &(String, Node)) -> Option<Mention> {
    let held = match (node.at("type")?.word()?, node.at("scheme").and_then(Node::word)) {
        ("oauth2" | "openIdConnect", _) | ("http", Some("bearer")) => "access-tokens",
        ("apiKey", _) => "api-credentials",
        ("http" | "basic", _) => "user-credentials",
        _ => return None,
    };
    Some(file.says(Subject::Asset(held), name, node.line))
}

/// What a definition of protocol buffers says. It is read line by line: a field that is written over several says nothing.
pub fn proto(all: &Knowledge, file: &File<'_>, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut message = String::new();
    for (at, row) in text.lines().enumerate() {
        let row = row.split("//").next().unwrap_or_default();
        let words: Vec<&str> = row.split([' ', '\t', '{', '=', ';', '[']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["service", name, ..] => {
                let kind = all.component("grpc-service");
                let says = |key| file.says(Subject::Component(key), format!("service {name}"), at + 1);
                found.extend(kind.map(|kind| Mention { name: Some((*name).to_owned()), ..says(kind.key) }));
            }
            ["message", name, ..] => {
                message = (*name).to_owned();
                found.extend(table(all, file, name, at + 1));
            }
            [.., name, number] | [.., name, number, _] if row.contains('=') && number.parse::<u32>().is_ok() => {
                found.extend(field(all, file, &message, name, at + 1));
            }
            _ => {}
        }
    }
    found
}
