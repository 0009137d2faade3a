//! Manifests of Kubernetes: workloads become components, namespaces boundaries, and services and ingresses say what can be reached.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::foreign::Node;
use crate::suggest::{Knowledge, Mention, Subject};

use super::compose::{base, kind};
use super::file::{File, Tree};

const WORKLOADS: [&str; 7] = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];
const ROUTES: [&str; 3] = ["Ingress", "HTTPRoute", "IngressRoute"];

/// An object with the file it stands in.
struct Thing<'f> {
    file: &'f File<'f>,
    node: &'f Node,
    kind: &'f str,
    name: &'f str,
    space: &'f str,
    line: usize,
}

pub fn read<'f>(all: &Knowledge, files: &'f [File<'f>]) -> Vec<Mention> {
    let things: Vec<Thing<'f>> = files.iter().flat_map(things).collect();
    let open = open(&things);
    // Beside others that say theirs, what says no namespace is in the default one.
    let spaced = things.iter().any(|thing| !thing.space.is_empty());
    let mut found = Vec::new();
    for thing in &things {
        found.extend(match thing.kind {
            kind if WORKLOADS.contains(&kind) => workload(all, thing, &open),
            kind if ROUTES.contains(&kind) => named(all, thing, "load-balancer", true),
            "Secret" | "ExternalSecret" | "SealedSecret" => said(all, thing, "service-secrets"),
            "ConfigMap" => said(all, thing, "system-configuration"),
            "PersistentVolumeClaim" => said(all, thing, "stored-files"),
            "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding" => said(all, thing, "cluster-configuration"),
            _ => None,
        });
    }
    for mention in found.iter_mut().filter(|mention: &&mut Mention| spaced && mention.name.is_some()) {
        if mention.places.is_empty() {
            mention.places.push("Namespace default".to_owned());
        }
    }
    if let (Some(first), Some(kind)) = (things.first(), all.component("kubernetes-cluster")) {
        found.push(first.file.says(Subject::Component(kind.key), format!("kind: {}", first.kind), first.line));
    }
    found
}

fn things<'f>(file: &'f File<'f>) -> Vec<Thing<'f>> {
    let Tree::Documents(documents) = &file.tree else { return Vec::new() };
    let listed = |node: &'f Node| match node.at("kind").and_then(Node::word) {
        Some("List") => node.at("items").map(Node::items).unwrap_or_default(),
        _ => std::slice::from_ref(node),
    };
    let thing = |node: &'f Node| {
        node.at("apiVersion")?;
        Some(Thing {
            file,
            node,
            kind: node.at("kind")?.word()?,
            name: node.down(&["metadata", "name"])?.word()?,
            space: node.down(&["metadata", "namespace"]).and_then(Node::word).unwrap_or_default(),
            line: node.at("kind")?.line,
        })
    };
    documents.iter().flat_map(listed).filter_map(thing).collect()
}

/// Names and labels.
type Labels<'f> = BTreeMap<&'f str, &'f str>;

fn labels(node: Option<&Node>) -> Labels<'_> {
    let rows = node.map(Node::rows).unwrap_or_default();
    rows.iter().filter_map(|(key, node)| Some((key.as_str(), node.word()?))).collect()
}

/// The selectors of services that answer to the outside, each with its namespace.
fn open<'f>(things: &[Thing<'f>]) -> Vec<(&'f str, Labels<'f>)> {
    let routed: BTreeSet<(&str, &str)> = things
        .iter()
        .filter(|thing| ROUTES.contains(&thing.kind))
        .flat_map(|thing| backends(thing.node).into_iter().map(|name| (thing.space, name)))
        .collect();
    let outside = |thing: &&Thing<'f>| {
        let kind = thing.node.down(&["spec", "type"]).and_then(Node::word);
        matches!(kind, Some("LoadBalancer" | "NodePort")) || routed.contains(&(thing.space, thing.name))
    };
    let services = things.iter().filter(|thing| thing.kind == "Service").filter(outside);
    services.map(|thing| (thing.space, labels(thing.node.down(&["spec", "selector"])))).collect()
}

/// The services that a route leads to.
fn backends(node: &Node) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        for (key, below) in node.rows() {
            match key.as_str() {
                "service" => found.extend(below.at("name").and_then(Node::word)),
                "serviceName" => found.extend(below.word()),
                "backendRefs" | "services" => {
                    found.extend(below.items().iter().filter_map(|item| item.at("name")?.word()));
                }
                _ => {}
            }
            left.push(below);
        }
        left.extend(node.items());
    }
    found
}

fn workload(all: &Knowledge, thing: &Thing<'_>, open: &[(&str, Labels<'_>)]) -> Option<Mention> {
    let spec = thing.node.at("spec")?;
    let pod = match thing.kind {
        "Pod" => thing.node,
        "CronJob" => spec.down(&["jobTemplate", "spec", "template"])?,
        _ => spec.at("template")?,
    };
    let images = pod.down(&["spec", "containers"]).map(Node::items).unwrap_or_default();
    let image = images.first().and_then(|one| one.at("image")?.word()).map(base);
    let own = labels(pod.down(&["metadata", "labels"]));
    let selects = |(space, wanted): &(&str, Labels<'_>)| {
        *space == thing.space && !wanted.is_empty() && wanted.iter().all(|(key, value)| own.get(key) == Some(value))
    };
    let job = matches!(thing.kind, "Job" | "CronJob").then_some("scheduler");
    let found = job.or_else(|| kind(image.as_deref(), thing.name));
    let mut mention = named(all, thing, found.unwrap_or("rest-api"), open.iter().any(selects))?;
    mention.vague = found.is_none();
    mention.words = image.unwrap_or_else(|| thing.name.to_owned());
    Some(mention)
}

fn named(all: &Knowledge, thing: &Thing<'_>, key: &str, exposed: bool) -> Option<Mention> {
    let kind = all.component(key)?;
    let space = Some(thing.space).filter(|space| !space.is_empty());
    Some(Mention {
        name: Some(thing.name.to_owned()),
        places: space.map(|space| format!("Namespace {space}")).into_iter().collect(),
        exposed: Some(exposed),
        ..thing.file.says(Subject::Component(kind.key), format!("kind: {}", thing.kind), thing.line)
    })
}

fn said(all: &Knowledge, thing: &Thing<'_>, key: &str) -> Option<Mention> {
    let kind = all.asset(key)?;
    Some(thing.file.says(Subject::Asset(kind.key), format!("{} {}", thing.kind, thing.name), thing.line))
}
