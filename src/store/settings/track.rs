//! `[track]`: tickets for controls.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::{Held, Reader, Wrong, shown};
use crate::finding::codes;

/// Keys of `[track]` that hold one value, with what they mean.
pub(in crate::store) const TRACK: [(&str, &str); 6] = [
    ("label", "The label that our tickets are found by. `redan` when absent."),
    ("labels", "Further labels of a new ticket."),
    ("title", "What a ticket is called, with {control}, {description}, {model} and {name} in it."),
    ("leave_out", "Parts that the text of a ticket does without."),
    ("max_new", "The most tickets that one run makes. 50 when absent."),
    (
        "workspace",
        "The name by which tickets know this workspace. Repository and folder, `owner/name/folder`, when absent.",
    ),
];
/// Keys of `[track.github]`.
pub(in crate::store) const GITHUB: [(&str, &str); 3] = [
    ("repository", "Where issues are made, `owner/name`. The repository of the workflow when absent."),
    ("parent", "The number of an issue of that repository: new tickets become its sub-issues."),
    ("type", "The type of new issues, as the organisation calls it."),
];
/// Keys of `[track.jira]` that hold one value.
pub(in crate::store) const JIRA: [(&str, &str); 6] = [
    ("site", "The address of Jira: https://acme.atlassian.net, https://jira.acme.example/jira."),
    ("project", "The key of the project that new issues go to: PAY."),
    ("deployment", "`cloud` or `data-center`. When absent, a host of atlassian.net is Cloud and any other is not."),
    ("type", "The type of new issues. `Task` when absent."),
    ("components", "The components of new issues, as the project names them."),
    ("parent", "The key of an epic or another issue that new issues go below."),
];
/// Keys of `[track.jira.transitions]`.
pub(in crate::store) const TRANSITIONS: [(&str, &str); 3] = [
    ("open", "The transition, or the status it leads to, of a control that is live again."),
    ("done", "The transition, or the status it leads to, of a control that is implemented."),
    ("gone", "The transition, or the status it leads to, of a control that is removed or orphaned."),
];

/// A part of a ticket's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Objectives,
    Requirements,
    Acceptance,
    Place,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Objectives, Part::Requirements, Part::Acceptance, Part::Place];

    pub fn word(self) -> &'static str {
        match self {
            Part::Objectives => "objectives",
            Part::Requirements => "requirements",
            Part::Acceptance => "acceptance",
            Part::Place => "place",
        }
    }
}

/// `[track]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracking {
    pub label: String,
    pub labels: Vec<String>,
    pub title: String,
    pub leave_out: BTreeSet<Part>,
    pub max_new: u32,
    pub workspace: Option<String>,
    pub github: Hub,
    pub jira: Sites,
}

/// `[track.github]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hub {
    pub repository: Option<String>,
    pub parent: Option<u32>,
    pub kind: Option<String>,
}

/// `[track.jira]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sites {
    pub site: Option<String>,
    pub project: Option<String>,
    pub deployment: Option<Deployment>,
    pub kind: Option<String>,
    pub components: Vec<String>,
    pub parent: Option<String>,
    /// By `open`, `done` and `gone`.
    pub transitions: BTreeMap<&'static str, String>,
}

/// Which of the two kinds of Jira it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deployment {
    Cloud,
    DataCenter,
}

impl Default for Tracking {
    fn default() -> Tracking {
        Tracking {
            label: "redan".to_owned(),
            labels: Vec::new(),
            title: "{description} ({model} {control})".to_owned(),
            leave_out: BTreeSet::new(),
            max_new: 50,
            workspace: None,
            github: Hub::default(),
            jira: Sites::default(),
        }
    }
}

/// The longest label that GitHub takes.
const LABEL: usize = 50;

impl Reader<'_> {
    pub(super) fn track(&mut self, held: &Held<'_>) -> Tracking {
        let mut track = Tracking::default();
        let keys: Vec<&'static str> = TRACK.iter().map(|(key, _)| *key).chain(["github", "jira"]).collect();
        for (name, held) in self.known(held, "track", &keys) {
            match name {
                "label" => track.label = self.label(held, "label").unwrap_or(track.label),
                "labels" => track.labels = self.lines(held, "labels"),
                "title" => track.title = self.line(held, "title").unwrap_or(track.title),
                "leave_out" => track.leave_out = self.parts(held),
                "max_new" => track.max_new = self.count(held, "max_new").unwrap_or(track.max_new),
                "workspace" => track.workspace = self.line(held, name),
                "github" => track.github = self.hub(held),
                _ => track.jira = self.sites(held),
            }
        }
        track
    }

    fn hub(&mut self, held: &Held<'_>) -> Hub {
        let mut hub = Hub::default();
        for (name, held) in self.known(held, "track.github", &GITHUB.map(|(key, _)| key)) {
            match name {
                "repository" => hub.repository = self.line(held, name),
                "parent" => hub.parent = self.count(held, "the number of the parent"),
                _ => hub.kind = self.line(held, name),
            }
        }
        hub
    }

    fn sites(&mut self, held: &Held<'_>) -> Sites {
        let mut sites = Sites::default();
        let keys: Vec<&'static str> = JIRA.iter().map(|(key, _)| *key).chain(["transitions"]).collect();
        for (name, held) in self.known(held, "track.jira", &keys) {
            match name {
                "site" => sites.site = self.line(held, name),
                "project" => sites.project = self.line(held, name),
                "deployment" => sites.deployment = self.deployment(held),
                "type" => sites.kind = self.line(held, name),
                "components" => sites.components = self.lines(held, name),
                "parent" => sites.parent = self.line(held, name),
                _ => {
                    for (name, held) in self.known(held, "track.jira.transitions", &TRANSITIONS.map(|(key, _)| key)) {
                        sites.transitions.extend(self.line(held, name).map(|line| (name, line)));
                    }
                }
            }
        }
        sites
    }

    fn deployment(&mut self, held: &Held<'_>) -> Option<Deployment> {
        match self.word(held, "deployment", &["cloud", "data-center"])? {
            "cloud" => Some(Deployment::Cloud),
            _ => Some(Deployment::DataCenter),
        }
    }

    fn parts(&mut self, held: &Held<'_>) -> BTreeSet<Part> {
        let words = Part::ALL.map(Part::word);
        let DeValue::Array(items) = held.get_ref() else {
            self.tell(&codes::VALUE_TYPE, held.span(), "`leave_out` must be a list of parts".to_owned());
            return BTreeSet::new();
        };
        let found: Vec<&str> = items.iter().filter_map(|item| self.word(item, "part", &words)).collect();
        Part::ALL.into_iter().filter(|part| found.contains(&part.word())).collect()
    }

    /// One of these words.
    fn word(&mut self, held: &Held<'_>, what: &str, words: &[&'static str]) -> Option<&'static str> {
        let DeValue::String(text) = held.get_ref() else {
            self.tell(
                &codes::VALUE_TYPE,
                held.span(),
                format!("`{what}` must be one of {} in quotes", words.join(", ")),
            );
            return None;
        };
        let known = words.iter().find(|word| **word == text.as_ref()).copied();
        if known.is_none() {
            let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), format!("`{}` is no {what}", shown(text)));
            let found = self.meant(found, Wrong { text, span: held.span(), quoted: true }, words);
            self.findings.push(found);
        }
        known
    }

    /// A text on one line that is not empty.
    pub(super) fn line(&mut self, held: &Held<'_>, key: &str) -> Option<String> {
        match held.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() && !text.contains(char::is_control) => {
                Some(text.trim().to_owned())
            }
            _ => {
                let message = format!("`{key}` must be a text on one line, in quotes and not empty");
                self.tell(&codes::VALUE_TYPE, held.span(), message);
                None
            }
        }
    }

    /// Both hosts look for it, so it is a word of both.
    fn label(&mut self, held: &Held<'_>, key: &str) -> Option<String> {
        let line = self.line(held, key)?;
        if line.len() <= LABEL && line.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:/".contains(c)) {
            return Some(line);
        }
        let message = format!("`{}` cannot be the label that tickets are found by", shown(&line));
        let help = "letters, digits, `-`, `_`, `.`, `:` and `/`, at most 50 of them";
        let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message).help(help);
        self.findings.push(found);
        None
    }

    fn lines(&mut self, held: &Held<'_>, key: &str) -> Vec<String> {
        match held.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.line(item, key)).collect(),
            _ => {
                self.tell(&codes::VALUE_TYPE, held.span(), format!("`{key}` must be a list of texts in quotes"));
                Vec::new()
            }
        }
    }
}
