//! A repository with a pull request in it, and the server that knows of it.

use std::path::Path;

use super::server::{Server, WORKFLOW};
use super::world::World;
use crate::scratch::{Output, Scratch};

pub const MODEL: &str = "threat-models/link-shortener/model.toml";

pub struct Stage {
    pub scratch: Scratch,
    pub server: Server,
}

impl Stage {
    /// The small example on `main`, and a branch that changes its model by appending this text.
    pub fn new(appended: &str) -> Stage {
        Stage::on("", |scratch| scratch.write(MODEL, &(scratch.read(MODEL) + appended)))
    }

    /// The same with any change, and a server below a path.
    pub fn on(prefix: &'static str, change: impl FnOnce(&Scratch)) -> Stage {
        let scratch = Scratch::new();
        for name in ["redan.toml", MODEL, "threat-models/link-shortener/controls.toml"] {
            let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/small").join(name);
            scratch.write(name, &std::fs::read_to_string(place).unwrap());
        }
        let base = scratch.commit("Add the threat model");
        scratch.ok(&["switch", "--quiet", "-c", "feature"]).unwrap();
        change(&scratch);
        let head = scratch.commit("Change the threat model");
        let server = Server::below(prefix, World::new(&head, &base));
        let stage = Stage { scratch, server };
        stage.show_diff();
        stage
    }

    /// Another commit on the branch, which the server hears of.
    pub fn push(&self, change: impl FnOnce(&Scratch)) {
        change(&self.scratch);
        let head = self.scratch.commit("Change it again");
        self.server.world(|world| {
            world.commits.push((head.clone(), "Change it again".to_owned(), Default::default()));
            world.head = head;
        });
        self.show_diff();
    }

    /// Gives the server the diff of the pull request, as GitHub lists it.
    fn show_diff(&self) {
        let names = self.scratch.ok(&["diff", "--name-only", "main...HEAD"]).unwrap();
        let patch = |name: &str| {
            let diff = self.scratch.ok(&["diff", "main...HEAD", "--", name]).unwrap();
            let from = diff.find("\n@@ ").map_or(diff.len(), |at| at + 1);
            (name.to_owned(), diff[from..].trim_end().to_owned())
        };
        let files: Vec<(String, String)> = names.lines().map(patch).collect();
        self.server.world(|world| world.files = files);
    }

    pub fn variables(&self, token: &str) -> Vec<(&'static str, String)> {
        vec![
            ("GITHUB_API_URL", self.server.api()),
            ("GITHUB_REPOSITORY", "acme/pay".to_owned()),
            ("GITHUB_TOKEN", token.to_owned()),
        ]
    }

    /// `redan comment --pr 7` as a workflow runs it.
    pub fn comment(&self, more: &[&str]) -> Output {
        self.comment_as(WORKFLOW, more)
    }

    pub fn comment_as(&self, token: &str, more: &[&str]) -> Output {
        self.scratch.redan_with(&self.variables(token), &[&["comment", "--pr", "7"], more].concat())
    }

    /// The one comment of ours.
    pub fn body(&self) -> String {
        self.server.world(|world| {
            let ours = world.ours();
            assert_eq!(ours.len(), 1, "{ours:?}");
            ours[0].body.clone()
        })
    }
}
