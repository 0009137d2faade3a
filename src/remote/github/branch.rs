//! A branch that is ours alone: where it stands, a commit built for it, and the move to that commit. The branch never stands at a state in between, and
//! moves only from where we saw it.

use serde_json::{Value, json};

use super::{Added, Github, Method, unreadable};
use crate::remote::RemoteError;

/// Where a branch stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    pub sha: String,
    pub message: String,
}

/// A branch of the repository, there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What GraphQL calls the repository.
    pub repository: String,
    pub tip: Option<Tip>,
}

const STANDING: &str = "query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    id
    ref(qualifiedName: $branch) { target { oid ... on Commit { message } } }
  }
}";

const MOVE: &str = "mutation($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}";

/// What stands for no commit.
const ZEROS: &str = "0000000000000000000000000000000000000000";

impl Github {
    pub fn standing(&self, branch: &str) -> Result<Standing, RemoteError> {
        let what = "looking at the branch";
        let variables = json!({
            "owner": self.repository.owner, "name": self.repository.name, "branch": full(branch),
        });
        let data = self.client.graphql(what, STANDING, variables)?;
        let repository = &data["repository"];
        let id = repository["id"].as_str().ok_or_else(|| unreadable(what, "it names no repository"))?;
        let target = &repository["ref"]["target"];
        let tip = target["oid"]
            .as_str()
            .map(|sha| Tip { sha: sha.to_owned(), message: target["message"].as_str().unwrap_or_default().to_owned() });
        Ok(Standing { repository: id.to_owned(), tip })
    }

    /// A commit on top of `onto` with these files changed, which no branch has yet; its id. The files are text.
    pub fn build(&self, onto: &str, message: &str, files: &[Added]) -> Result<String, RemoteError> {
        let what = "making a commit";
        let below: Value = self.read(&format!("git/commits/{onto}"), "looking for the commit it rests on")?;
        let tree = below["tree"]["sha"].as_str().ok_or_else(|| unreadable(what, "the commit has no tree"))?;
        let entries = files.iter().map(|file| {
            json!({ "path": file.path, "mode": "100644", "type": "blob", "content": String::from_utf8_lossy(&file.bytes) })
        });
        let tree = json!({ "base_tree": tree, "tree": entries.collect::<Vec<Value>>() });
        let tree = self.write(Method::Post, "git/trees", &tree, what)?;
        let commit = json!({ "message": message, "tree": tree["sha"], "parents": [onto] });
        let commit = self.write(Method::Post, "git/commits", &commit, what)?;
        commit["sha"].as_str().map(str::to_owned).ok_or_else(|| unreadable(what, "it has no id"))
    }

    /// Moves the branch to a commit, from the one it was seen at, or makes it. One that stands elsewhere by now stays, and is
    /// [`RemoteError::Conflict`] or [`RemoteError::Invalid`].
    pub fn move_branch(&self, seen: &Standing, branch: &str, to: &str) -> Result<(), RemoteError> {
        let from = seen.tip.as_ref().map_or(ZEROS, |tip| &tip.sha);
        let update = json!({ "name": full(branch), "beforeOid": from, "afterOid": to, "force": true });
        let input = json!({ "repositoryId": seen.repository, "refUpdates": [update] });
        self.client.graphql("moving the branch", MOVE, json!({ "input": input })).map(drop)
    }
}

fn full(branch: &str) -> String {
    format!("refs/heads/{branch}")
}
