//! Comments of an issue or a pull request, and reactions to them.

use serde::Deserialize;
use serde_json::json;

use super::{Call, Github, Method, typed};
use crate::remote::RemoteError;

/// A comment as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Grows with time.
    pub id: u64,
    pub body: String,
    pub author: Author,
    /// Where people read it.
    pub url: String,
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub login: String,
    /// Not a person: an App, or the token of a workflow.
    pub bot: bool,
}

#[derive(Deserialize)]
pub(super) struct Wire {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    /// Absent once the account is gone.
    user: Option<WireUser>,
    #[serde(default)]
    html_url: String,
}

#[derive(Deserialize)]
pub(super) struct WireUser {
    login: String,
    #[serde(rename = "type", default)]
    kind: String,
}

impl From<Wire> for Comment {
    fn from(wire: Wire) -> Comment {
        let author = Author::known(wire.user);
        Comment { id: wire.id, body: wire.body.unwrap_or_default(), author, url: wire.html_url }
    }
}

impl Author {
    /// An account that is gone is a ghost, as the host calls it.
    pub(super) fn known(user: Option<WireUser>) -> Author {
        user.map_or(Author { login: "ghost".to_owned(), bot: false }, |user| Author {
            login: user.login,
            bot: user.kind == "Bot",
        })
    }
}

impl Github {
    /// Every comment of a pull request, oldest first.
    pub fn comments(&self, pull: u64) -> Result<Vec<Comment>, RemoteError> {
        let mut all: Vec<Comment> = self
            .list::<Wire>(&format!("issues/{pull}/comments"), "listing comments")?
            .into_iter()
            .map(Comment::from)
            .collect();
        all.sort_by_key(|comment| comment.id);
        Ok(all)
    }

    /// Posts a comment. After a lost answer it is posted again: whoever calls this lists what there is afterwards.
    pub fn post_comment(&self, pull: u64, body: &str) -> Result<Comment, RemoteError> {
        let what = "posting a comment";
        let made = self.write(Method::Post, &format!("issues/{pull}/comments"), &json!({ "body": body }), what)?;
        typed::<Wire>(made, what).map(Comment::from)
    }

    pub fn edit_comment(&self, id: u64, body: &str) -> Result<Comment, RemoteError> {
        let what = "editing our comment";
        let made = self.write(Method::Patch, &format!("issues/comments/{id}"), &json!({ "body": body }), what)?;
        typed::<Wire>(made, what).map(Comment::from)
    }

    /// One that is gone already is fine.
    pub fn delete_comment(&self, id: u64) -> Result<(), RemoteError> {
        let path = self.path(&format!("issues/comments/{id}"));
        let call = Call { method: Method::Delete, path, body: None, what: "deleting our comment", repeatable: true };
        match self.client.rest(&call) {
            Ok(_) | Err(RemoteError::Missing { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reacts to a comment: `+1`, `-1`, `eyes`, `rocket`, `confused`. Twice is once.
    pub fn react(&self, comment: u64, content: &str) -> Result<(), RemoteError> {
        let below = format!("issues/comments/{comment}/reactions");
        self.write(Method::Post, &below, &json!({ "content": content }), "reacting to a comment").map(drop)
    }
}
