//! Workflows of GitHub: what is built, with which secrets, by whose code, and what leaves the house.

use std::collections::BTreeSet;

use crate::store::foreign::Node;
use crate::suggest::{Mention, Subject};

use super::file::File;

/// What a step says, by a part of its words.
const STEPS: [(&str, Subject); 17] = [
    ("docker/build-push-action", Subject::Component("container-registry")),
    ("docker push", Subject::Component("container-registry")),
    ("docker/login-action", Subject::Component("container-registry")),
    ("pypa/gh-action-pypi-publish", Subject::Component("package-registry")),
    ("npm publish", Subject::Component("package-registry")),
    ("cargo publish", Subject::Component("package-registry")),
    ("twine upload", Subject::Component("package-registry")),
    ("action-gh-release", Subject::Asset("released-packages")),
    ("gh release", Subject::Asset("released-packages")),
    ("sigstore/", Subject::Component("release-signing")),
    ("cosign sign", Subject::Component("release-signing")),
    ("aws-actions/configure-aws-credentials", Subject::Component("cloud-account")),
    ("google-github-actions/auth", Subject::Component("cloud-account")),
    ("azure/login", Subject::Component("cloud-account")),
    ("kubectl apply", Subject::Component("infrastructure-deployer")),
    ("helm upgrade", Subject::Component("infrastructure-deployer")),
    ("terraform apply", Subject::Component("infrastructure-deployer")),
];

const RUNNER: Subject = Subject::Component("self-hosted-runner");
const PIPELINE: Subject = Subject::Component("build-pipeline");
const SECRETS: Subject = Subject::Asset("build-credentials");
/// Who may start what runs with our secrets.
const STRANGER: Subject = Subject::Attacker("pull-request-attacker");

/// Everything that a workflow may say.
#[cfg(test)]
pub(super) fn subjects() -> impl Iterator<Item = Subject> {
    STEPS.iter().map(|(_, subject)| *subject).chain([RUNNER, PIPELINE, SECRETS, STRANGER])
}

pub fn read(file: &File<'_>, node: &Node) -> Vec<Mention> {
    let Some(jobs) = node.at("jobs") else { return Vec::new() };
    let called = node.at("name").and_then(Node::word).unwrap_or("jobs");
    let mut found = vec![file.says(PIPELINE, called, jobs.line)];
    let mut seen: BTreeSet<Subject> = BTreeSet::new();
    for (word, line) in jobs.words() {
        let lower = word.to_lowercase();
        let step = STEPS.iter().find(|(part, _)| lower.contains(part));
        found.extend(
            step.filter(|(_, subject)| seen.insert(*subject)).map(|(part, what)| file.says(*what, *part, line)),
        );
        found.extend(secrets(word).map(|name| file.says(SECRETS, format!("secrets.{name}"), line)));
        if lower == "self-hosted" && seen.insert(RUNNER) {
            found.push(file.says(RUNNER, "self-hosted", line));
        }
    }
    let on = node.at("on").map(Node::names).unwrap_or_default();
    let strangers = on.into_iter().find(|(name, _)| *name == "pull_request_target" || *name == "issue_comment");
    found.extend(strangers.map(|(name, line)| file.says(STRANGER, name, line)));
    found
}

/// Names of the secrets in an expression; the token of the job itself is none that somebody gave.
fn secrets(word: &str) -> impl Iterator<Item = &str> {
    word.split("secrets.").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        Some(&rest[..end]).filter(|name| !name.is_empty() && *name != "GITHUB_TOKEN")
    })
}
