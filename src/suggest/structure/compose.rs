//! Compose files: services become components, networks boundaries, published ports the way in.

use crate::store::foreign::Node;
use crate::suggest::{Knowledge, Mention, Subject};

use super::file::{File, beneath};
use super::packages::client;
use super::signs::{Signs, words};

/// What a service is taken for whose image and name say nothing.
const SERVICE: &str = "rest-api";

pub fn read(all: &Knowledge, file: &File<'_>, node: &Node) -> Vec<Mention> {
    let Some(services) = node.at("services") else { return Vec::new() };
    let netted = services.rows().iter().any(|(_, service)| service.at("networks").is_some());
    let mut found = Vec::new();
    for (name, service) in services.rows() {
        let lies = |mention| Mention { places: networks(service, netted), apart: netted, ..mention };
        found.extend(component(all, file, name, service).map(lies));
        found.extend(environment(all, file, name, service));
    }
    if let (Some(secrets), Some(kind)) = (node.at("secrets"), all.asset("service-secrets")) {
        let says = |(name, line): (&str, usize)| file.says(Subject::Asset(kind.key), format!("secrets.{name}"), line);
        found.extend(secrets.names().into_iter().map(says));
    }
    found
}

fn component(all: &Knowledge, file: &File<'_>, name: &str, service: &Node) -> Option<Mention> {
    let image = service.at("image").and_then(Node::word).map(base);
    let kind = kind(image.as_deref(), name);
    let kind = all.component(kind.unwrap_or(SERVICE))?;
    let build = service.at("build");
    let context = build.and_then(|build| build.word().or_else(|| build.at("context")?.word()));
    Some(Mention {
        name: Some(name.to_owned()),
        repo: context.map(|_| file.repo.to_owned()).unwrap_or_default(),
        folder: context.and_then(|path| beneath(file.folder(), path)).unwrap_or_default(),
        exposed: Some(service.at("ports").is_some_and(|ports| !ports.items().is_empty())),
        vague: kind.key == SERVICE,
        ..file.says(Subject::Component(kind.key), image.unwrap_or_else(|| name.to_owned()), service.line)
    })
}

/// The networks of a service; one that names none lies in the default one, apart from those that others name.
fn networks(service: &Node, netted: bool) -> Vec<String> {
    match service.at("networks").map(Node::names).filter(|names| !names.is_empty()) {
        Some(names) => names.iter().map(|(name, _)| format!("Network {name}")).collect(),
        None if netted => vec!["Network default".to_owned()],
        None => Vec::new(),
    }
}

/// What runs under this image, else what is called like that.
pub fn kind(image: Option<&str>, name: &str) -> Option<&'static str> {
    let images = &Signs::built_in().images;
    let spoken = |name: &str| {
        let words = words(name).join("-");
        images.kind(name).or_else(|| images.kind(&words))
    };
    let by_image = image.and_then(spoken);
    by_image.or_else(|| spoken(&name.to_lowercase())).or_else(|| {
        // `orders-api`, `web-frontend`: the last word says what it is.
        name.to_lowercase().rsplit(['-', '_', '.']).find_map(spoken)
    })
}

/// The last part of an image's name, without tag and digest.
pub fn base(image: &str) -> String {
    let name = image.rsplit('/').next().unwrap_or(image);
    name.split(['@', ':']).next().unwrap_or(name).to_lowercase()
}

/// What the names of variables say that a service talks to.
fn environment(all: &Knowledge, file: &File<'_>, name: &str, service: &Node) -> Vec<Mention> {
    let variables = service.at("environment").map(Node::names).unwrap_or_default();
    let told = variables.into_iter().filter_map(|(text, line)| {
        let variable = text.split('=').next().unwrap_or_default().trim();
        client(all, file, variable, line).map(|mention| Mention { words: format!("{name}: {variable}"), ..mention })
    });
    told.collect()
}
