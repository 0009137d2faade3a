//! A commit made by the host. `createCommitOnBranch` rather than blobs, trees and refs one by one: a single request that
//! either happens or does not, refused when the branch is no longer where we saw it, and signed by GitHub whatever kind
//! of token asks.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::Github;
use super::unreadable;
use crate::remote::RemoteError;

/// A file with its whole new content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A commit to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub branch: String,
    /// The commit the branch stands at, full hex.
    pub onto: String,
    pub headline: String,
    pub body: String,
    pub files: Vec<Added>,
}

const COMMIT: &str = "mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}";

impl Github {
    /// Commits and gives the new id; [`RemoteError::Conflict`] when the branch has moved.
    pub fn commit(&self, draft: &Draft) -> Result<String, RemoteError> {
        let what = "committing to the branch";
        let additions = draft
            .files
            .iter()
            .map(|file| json!({ "path": file.path, "contents": BASE64_STANDARD.encode(&file.bytes) }));
        let input = json!({
            "branch": {
                "repositoryNameWithOwner": format!("{}/{}", self.repository.owner, self.repository.name),
                "branchName": draft.branch,
            },
            "message": { "headline": draft.headline, "body": draft.body },
            "expectedHeadOid": draft.onto,
            "fileChanges": { "additions": additions.collect::<Vec<Value>>() },
        });
        let data = self.client.graphql(what, COMMIT, json!({ "input": input }))?;
        let id = data["createCommitOnBranch"]["commit"]["oid"].as_str();
        id.map(str::to_owned).ok_or_else(|| unreadable(what, "it names no commit"))
    }
}
