//! Review comments with suggestions, and the threads they become.

use serde::Deserialize;
use serde_json::{Value, json};

use super::comments::Author;
use super::{Call, Github, Method, typed};
use crate::remote::RemoteError;

/// A remark on lines of the new side of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub path: String,
    /// First and last line, from 1; both within one hunk of the diff.
    pub lines: (u32, u32),
    pub body: String,
}

/// A conversation on lines of the diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    pub id: String,
    pub resolved: bool,
    /// Its comments as far as they were read, oldest first: who, and what.
    pub said: Vec<(Author, String)>,
    /// There are more comments than were read.
    pub longer: bool,
}

const THREADS: &str = "query($owner: String!, $name: String!, $pull: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $pull) { reviewThreads(first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id isResolved comments(first: 20) { totalCount nodes { body author { login __typename } } } }
  } } }
}";

const RESOLVE: &str = "mutation($thread: ID!) {
  resolveReviewThread(input: { threadId: $thread }) { thread { id isResolved } }
}";

/// Pages of threads at most.
const PAGES: usize = 40;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    page_info: Info,
    nodes: Vec<Wire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    id: String,
    is_resolved: bool,
    comments: WireComments,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireComments {
    total_count: usize,
    nodes: Vec<WireComment>,
}

#[derive(Deserialize)]
struct WireComment {
    body: String,
    author: Option<WireAuthor>,
}

#[derive(Deserialize)]
struct WireAuthor {
    login: String,
    #[serde(rename = "__typename")]
    kind: String,
}

impl From<Wire> for Thread {
    fn from(wire: Wire) -> Thread {
        let longer = wire.comments.total_count > wire.comments.nodes.len();
        let author = |author: Option<WireAuthor>| {
            let ghost = Author { login: "ghost".to_owned(), bot: false };
            author.map_or(ghost, |author| Author { login: author.login, bot: author.kind == "Bot" })
        };
        let said = wire.comments.nodes.into_iter().map(|comment| (author(comment.author), comment.body)).collect();
        Thread { id: wire.id, resolved: wire.is_resolved, said, longer }
    }
}

impl Github {
    /// Posts all suggestions as one review that neither approves nor blocks. Not repeated after a lost answer.
    pub fn review(&self, pull: u64, commit: &str, suggestions: &[Suggestion]) -> Result<(), RemoteError> {
        let body = json!({
            "commit_id": commit,
            "event": "COMMENT",
            "comments": suggestions.iter().map(remark).collect::<Vec<Value>>(),
        });
        let path = self.path(&format!("pulls/{pull}/reviews"));
        let what = "suggesting fixes";
        self.client.rest(&Call { method: Method::Post, path, body: Some(&body), what, repeatable: false }).map(drop)
    }

    /// Every conversation on lines of the diff.
    pub fn threads(&self, pull: u64) -> Result<Vec<Thread>, RemoteError> {
        let what = "listing review threads";
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let variables = json!({
                "owner": self.repository.owner, "name": self.repository.name, "pull": pull, "after": after,
            });
            let mut data = self.client.graphql(what, THREADS, variables)?;
            let page: Page = typed(data["repository"]["pullRequest"]["reviewThreads"].take(), what)?;
            all.extend(page.nodes.into_iter().map(Thread::from));
            match page.page_info {
                Info { has_next_page: true, end_cursor: Some(cursor) } => after = Some(cursor),
                _ => return Ok(all),
            }
        }
        Ok(all)
    }

    pub fn resolve(&self, thread: &str) -> Result<(), RemoteError> {
        self.client.graphql("resolving a review thread", RESOLVE, json!({ "thread": thread })).map(drop)
    }
}

/// GitHub wants a start only where it lies before the end.
fn remark(suggestion: &Suggestion) -> Value {
    let (first, last) = suggestion.lines;
    let mut remark = json!({ "path": suggestion.path, "line": last, "side": "RIGHT", "body": suggestion.body });
    if first < last {
        remark["start_line"] = first.into();
        remark["start_side"] = "RIGHT".into();
    }
    remark
}
