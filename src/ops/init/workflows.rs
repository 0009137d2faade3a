//! Workflows for GitHub: the samples of `examples/workflows`, aimed at this workspace.

use crate::ops::{Candidate, Desk, Trouble};
use crate::store::Hub;

/// Workflows for GitHub, by the path they belong at; the texts are samples in `examples/workflows`.
const WORKFLOWS: [(&str, &str); 5] = [
    (".github/workflows/redan.yml", include_str!("../../../examples/workflows/redan.yml")),
    (".github/workflows/redan-fork.yml", include_str!("../../../examples/workflows/redan-fork.yml")),
    (".github/workflows/redan-commands.yml", include_str!("../../../examples/workflows/redan-commands.yml")),
    (".github/workflows/redan-audit.yml", include_str!("../../../examples/workflows/redan-audit.yml")),
    (".github/workflows/redan-generate.yml", include_str!("../../../examples/workflows/redan-generate.yml")),
];

/// The workflow of tickets, for a workspace that says where they go.
const TICKETS: (&str, &str) =
    (".github/workflows/redan-tickets.yml", include_str!("../../../examples/workflows/redan-tickets.yml"));

/// Every workflow that this workspace has a use for.
pub(super) fn all(desk: &Desk) -> Result<Vec<(&'static str, String)>, Trouble> {
    let main = desk.repo()?.main_branch();
    let here = |(path, text): (&'static str, &str)| (path, branched(&aimed(text, &desk.prefix), main.as_deref()));
    let mut all: Vec<_> = WORKFLOWS.into_iter().map(here).collect();
    if tracked(desk) {
        all.push((TICKETS.0, branched(&working(TICKETS.1, &desk.prefix), main.as_deref())));
    }
    Ok(all)
}

/// A workflow for a workspace that may lie below the top of the repository: the action is told the folder.
fn aimed(workflow: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return workflow.to_owned();
    }
    // A JSON string is a YAML one.
    let folder = serde_json::Value::from(prefix.trim_end_matches('/')).to_string();
    let mut out = String::new();
    let mut lines = workflow.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        if line.contains("redan/action@") {
            let with = lines.next_if(|next| next.trim() == "with:").unwrap_or("        with:\n");
            out.push_str(&format!("{with}          working-directory: {folder}\n"));
        }
    }
    out
}

/// A workflow for a repository whose default branch may not be `main`.
fn branched(workflow: &str, main: Option<&str>) -> String {
    // A JSON string is a YAML one.
    let name = main.map_or_else(|| "main".to_owned(), |name| serde_json::Value::from(name).to_string());
    let plain = name.trim_matches('"');
    let bare = plain.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain.chars().all(|c| c.is_ascii_alphanumeric() || "-_/.".contains(c));
    workflow.replace("branches: [main]", &format!("branches: [{}]", if bare { plain } else { &name }))
}

/// Whether the settings that are here say anything of tickets on GitHub.
fn tracked(desk: &Desk) -> bool {
    desk.settings(&Candidate::WorkingTree).is_ok_and(|settings| settings.track.github != Hub::default())
}

/// The same for a workflow that runs the program itself.
fn working(workflow: &str, prefix: &str) -> String {
    let folder = serde_json::Value::from(prefix.trim_end_matches('/')).to_string();
    match prefix {
        "" => workflow.to_owned(),
        _ => workflow.replace("run: redan ", &format!("working-directory: {folder}\n        run: redan ")),
    }
}
