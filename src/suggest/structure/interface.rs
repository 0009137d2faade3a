//! Descriptions of interfaces: OpenAPI, services and messages of protocol buffers, types of GraphQL.

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

/// What a definition of protocol buffers says.
pub fn proto(all: &Knowledge, file: &File<'_>, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut message = String::new();
    for (line, statement) in statements(text, "//") {
        let words: Vec<&str> =
            statement.split([' ', '\t', '\n', '\r', '=', '[']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["service", name, ..] => {
                let kind = all.component("grpc-service");
                let says = |key| file.says(Subject::Component(key), format!("service {name}"), line);
                found.extend(kind.map(|kind| Mention { name: Some((*name).to_owned()), ..says(kind.key) }));
            }
            ["message", name, ..] => {
                message = (*name).to_owned();
                found.extend(table(all, file, name, line));
            }
            [.., name, number] | [.., name, number, _] if statement.contains('=') && number.parse::<u32>().is_ok() => {
                found.extend(field(all, file, &message, name, line));
            }
            _ => {}
        }
    }
    found
}

/// What a schema of GraphQL says: its types are kept or handed out, and there is an interface.
pub fn graphql(all: &Knowledge, file: &File<'_>, text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut owner = String::new();
    for (line, statement) in statements(text, "#") {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words.as_slice() {
            ["type", "Query" | "Mutation" | "Subscription", ..] => {
                if let (true, Some(kind)) = (owner.is_empty() && found.is_empty(), all.component("graphql-api")) {
                    found.push(file.says(Subject::Component(kind.key), words[..2].join(" "), line));
                }
                owner.clear();
            }
            ["type" | "input" | "interface", name, ..] => {
                owner = (*name).to_owned();
                found.extend(table(all, file, name, line));
            }
            _ if owner.is_empty() => {}
            _ => {
                let rows = statement.split('\n').enumerate();
                let rows = rows.flat_map(|(at, row)| row.split(',').map(move |row| (line + at, row)));
                let named = rows.filter_map(|(line, row)| Some((line, row.split_once(':')?.0.trim())));
                found.extend(named.filter_map(|(line, own)| field(all, file, &owner, own, line)));
                owner.clear();
            }
        }
    }
    found
}

/// The pieces of a text between brackets and semicolons, each with the line of its first word; remarks are left out.
fn statements(text: &str, remark: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = true;
    for (at, row) in text.lines().enumerate() {
        let row = row.split(remark).next().unwrap_or_default();
        for c in row.chars().chain(['\n']) {
            match (c, found.last_mut()) {
                ('{' | '}' | ';', _) => open = true,
                (c, _) if open && c.is_whitespace() => {}
                (c, Some((_, last))) if !open => last.push(c),
                (c, _) => {
                    found.push((at + 1, c.to_string()));
                    open = false;
                }
            }
        }
    }
    found
}
