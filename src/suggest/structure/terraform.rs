//! Terraform: resources and modules of the registry become components, subnets boundaries. What the provider runs stands in no subnet
//! unless it says so.

use std::collections::BTreeMap;

use crate::store::foreign::Node;
use crate::suggest::{Knowledge, Mention, Subject};

use super::file::File;
use super::signs::Signs;

/// Labels that say no more than that there is one.
const PLAIN: [&str; 8] = ["main", "this", "default", "primary", "example", "self", "instance", "resource"];
const SUBNETS: [&str; 4] = ["aws_subnet.", "google_compute_subnetwork.", "azurerm_subnet.", "digitalocean_vpc."];
/// Where the services stand that the provider runs and that are reached through its own interface.
const MANAGED: &str = "Managed cloud services";
/// What runs there wherever it reaches.
const FUNCTION: &str = "serverless-function";
/// Zones whose services may be such.
const ZONES: [&str; 4] = ["application", "data", "ai", "internal"];
/// What runs in a network of the account, also where the file does not say in which: parts of the names of resources and modules.
const NETWORKED: [&str; 26] = [
    "aws_db_",
    "aws_rds_",
    "aws_docdb",
    "aws_elasticache",
    "aws_mq_",
    "aws_msk_",
    "aws_redshift",
    "aws_instance",
    "aws_launch",
    "aws_autoscaling",
    "aws_ecs",
    "aws_efs",
    "aws_fsx",
    "compute_instance",
    "sql_database_instance",
    "redis_instance",
    "filestore",
    "virtual_machine",
    "droplet",
    "hcloud_server",
    "database_cluster",
    "ec2-instance",
    "autoscaling",
    "elasticache",
    "rds",
    "ecs",
];

/// Names of what is only a list of subnets, with the subnets.
type Groups = BTreeMap<String, Vec<String>>;

pub fn read(all: &Knowledge, file: &File<'_>, node: &Node) -> Vec<Mention> {
    let mut found = Vec::new();
    let listed = node.all("resource").flat_map(labelled).filter(|(kind, ..)| kind.ends_with("subnet_group"));
    let groups = listed.map(|(kind, label, body)| (format!("{kind}.{label}"), subnets(body))).collect();
    for (kind, label, body) in node.all("resource").flat_map(labelled) {
        found.extend(component(all, file, kind, label, body).map(|mention| lie(all, mention, kind, body, &groups)));
        found.extend(asset(all, file, kind, label, body));
    }
    for (name, body) in node.all("module").flat_map(|node| node.rows()) {
        let source = body.at("source").and_then(Node::word).unwrap_or_default();
        let registered = source.split('/').nth(1).filter(|_| !source.starts_with('.'));
        let told = registered.and_then(|module| Some((module, component(all, file, module, name, body)?)));
        let said = |(module, mention)| {
            let mention = Mention { words: format!("module.{name}"), ..mention };
            lie(all, mention, module, body, &groups)
        };
        found.extend(told.map(said));
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
        exposed: (facing || open).then_some(true).or(says("internal", "true").then_some(false)),
        ..file.says(Subject::Component(key), format!("{kind}.{label}"), body.line)
    })
}

/// A resource with the places it lies in. A function that reaches into a subnet still runs with the provider.
fn lie(all: &Knowledge, mention: Mention, kind: &str, body: &Node, groups: &Groups) -> Mention {
    let mut places = subnets(body);
    for (word, _) in body.words() {
        let named = |name: &&String| word == name.as_str() || word.contains(&format!("{name}."));
        places.extend(groups.iter().filter(|(name, _)| named(name)).flat_map(|(_, subnets)| subnets.clone()));
    }
    let Subject::Component(key) = mention.subject else { return mention };
    let zone = all.component(key).map_or("", |kind| kind.zone);
    let networked = NETWORKED.iter().any(|part| kind.contains(part));
    if key == FUNCTION || (places.is_empty() && ZONES.contains(&zone) && !networked) {
        places.push(MANAGED.to_owned());
    }
    places.sort();
    places.dedup();
    Mention { places, ..mention }
}

/// The subnets that a resource names, also as what a module gives: `module.vpc.private_subnets`.
fn subnets(body: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for (word, _) in body.words() {
        for start in SUBNETS {
            found.extend(word.match_indices(start).map(|(at, _)| name(&word[at + start.len()..])));
        }
        for (at, _) in word.match_indices("module.") {
            let output = word[at..].split('.').nth(2).map(name).unwrap_or_default();
            found.extend(output.split_once("_subnet").map(|(tier, _)| tier.to_owned()));
        }
    }
    found.into_iter().filter(|name| !name.is_empty()).map(|name| format!("Subnet {name}")).collect()
}

/// The name at the start of the rest of an expression.
fn name(rest: &str) -> String {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
    rest[..end].to_owned()
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
