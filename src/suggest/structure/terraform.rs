//! Terraform: resources and modules of the registry become components, subnets boundaries.

use crate::store::foreign::Node;
use crate::suggest::{Knowledge, Mention, Subject};

use super::file::File;
use super::signs::Signs;

/// Labels that say no more than that there is one.
const PLAIN: [&str; 8] = ["main", "this", "default", "primary", "example", "self", "instance", "resource"];
const SUBNETS: [&str; 4] = ["aws_subnet.", "google_compute_subnetwork.", "azurerm_subnet.", "digitalocean_vpc."];

pub fn read(all: &Knowledge, file: &File<'_>, node: &Node) -> Vec<Mention> {
    let mut found = Vec::new();
    for (kind, label, body) in node.all("resource").flat_map(labelled) {
        found.extend(component(all, file, kind, label, body));
        found.extend(asset(all, file, kind, label, body));
    }
    for (name, body) in node.all("module").flat_map(|node| node.rows()) {
        let source = body.at("source").and_then(Node::word).unwrap_or_default();
        let registered = source.split('/').nth(1).filter(|_| !source.starts_with('.'));
        let told = registered.and_then(|module| component(all, file, module, name, body));
        found.extend(told.map(|mention| Mention { words: format!("module.{name}"), ..mention }));
    }
    if let (Some(provider), Some(kind)) = (node.at("provider"), all.component("cloud-account")) {
        let name = provider.rows().first().map(|(name, _)| name.as_str()).unwrap_or_default();
        found.push(file.says(Subject::Component(kind.key), format!("provider {name}"), provider.line));
    }
    found
}

/// Blocks with two labels.
fn labelled(node: &Node) -> impl Iterator<Item = (&str, &str, &Node)> {
    node.rows()
        .iter()
        .flat_map(|(kind, inner)| inner.rows().iter().map(move |(label, body)| (kind.as_str(), label.as_str(), body)))
}

fn component(all: &Knowledge, file: &File<'_>, kind: &str, label: &str, body: &Node) -> Option<Mention> {
    let key = Signs::built_in().resources.kind(kind)?;
    let key = all.component(key)?.key;
    let own = (!PLAIN.contains(&label)).then(|| label.to_owned());
    let says = |key: &str, value: &str| body.at(key).and_then(Node::word) == Some(value);
    let facing = key == "load-balancer" && !says("internal", "true");
    let open = says("publicly_accessible", "true") || says("associate_public_ip_address", "true");
    Some(Mention {
        name: own.clone().or_else(|| Some(format!("{kind}.{label}"))),
        places: places(body),
        exposed: (facing || open).then_some(true),
        ..file.says(Subject::Component(key), format!("{kind}.{label}"), body.line)
    })
}

/// The subnets that a resource names.
fn places(body: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for (word, _) in body.words() {
        for start in SUBNETS {
            for (at, _) in word.match_indices(start) {
                let rest = &word[at + start.len()..];
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
                found.push(format!("Subnet {}", &rest[..end]));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn asset(all: &Knowledge, file: &File<'_>, kind: &str, label: &str, body: &Node) -> Option<Mention> {
    let key = match kind {
        "aws_iam_role"
        | "aws_iam_policy"
        | "aws_iam_user"
        | "google_project_iam_member"
        | "azurerm_role_assignment" => "cloud-permissions",
        "aws_iam_access_key" | "google_service_account_key" | "random_password" => "service-secrets",
        "aws_acm_certificate" | "tls_private_key" | "google_compute_managed_ssl_certificate" => "tls-keys",
        "aws_db_snapshot" | "aws_backup_plan" => "backups",
        _ => return None,
    };
    let key = all.asset(key)?.key;
    Some(file.says(Subject::Asset(key), format!("{kind}.{label}"), body.line))
}
