//! Issues of Jira: found by a label, made, edited, led through their workflow.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Flavour, Jira, part};
use crate::remote::RemoteError;
use crate::remote::http::Call;
use crate::remote::line::unreadable;

/// An issue as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Grows with time, and stays when the issue moves.
    pub id: u64,
    pub key: String,
    pub project: String,
    pub summary: String,
    /// A document on Cloud, a string on Data Center, or null.
    pub description: Value,
    pub status: String,
    /// Whether its status is one of those that mean done.
    pub done: bool,
    pub resolution: Option<String>,
    pub labels: Vec<String>,
    pub nested: bool,
}

/// A way out of an issue's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub id: String,
    pub name: String,
    /// The status it leads to.
    pub to: String,
    /// Whether that means done.
    pub done: bool,
}

const FIELDS: [&str; 7] = ["summary", "description", "status", "resolution", "labels", "project", "parent"];
/// Issues of one page.
const SIZE: usize = 100;
/// Pages of one search at most.
const PAGES: usize = 100;

#[derive(Deserialize)]
struct Wire {
    id: String,
    key: String,
    fields: Fields,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    description: Value,
    status: Named,
    #[serde(default)]
    resolution: Option<Named>,
    #[serde(default)]
    labels: Vec<String>,
    project: Project,
    #[serde(default)]
    parent: Option<Value>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    #[serde(rename = "statusCategory", default)]
    category: Option<Category>,
}

#[derive(Deserialize)]
struct Category {
    key: String,
}

#[derive(Deserialize)]
struct Project {
    key: String,
}

#[derive(Deserialize)]
struct Page {
    issues: Vec<Wire>,
    #[serde(rename = "nextPageToken", default)]
    next: Option<String>,
    #[serde(default)]
    total: usize,
}

#[derive(Deserialize)]
struct Ways {
    transitions: Vec<Way>,
}

#[derive(Deserialize)]
struct Way {
    id: String,
    name: String,
    to: Named,
}

impl Named {
    fn done(&self) -> bool {
        self.category.as_ref().is_some_and(|category| category.key == "done")
    }
}

impl Wire {
    fn card(self) -> Card {
        let fields = self.fields;
        Card {
            id: self.id.parse().unwrap_or(u64::MAX),
            key: self.key,
            project: fields.project.key,
            summary: fields.summary.unwrap_or_default(),
            description: fields.description,
            done: fields.status.done(),
            status: fields.status.name,
            resolution: fields.resolution.map(|resolution| resolution.name),
            labels: fields.labels,
            nested: fields.parent.is_some(),
        }
    }
}

impl Jira {
    /// Every issue with a label, in whichever project, oldest first; a request for each hundred of them. The index of
    /// Cloud lags behind: `fresh` names issues that it must know of.
    pub fn cards(&self, label: &str, fresh: &[u64]) -> Result<Vec<Card>, RemoteError> {
        let what = "listing tickets";
        let jql = format!("labels = \"{label}\" ORDER BY created ASC");
        let (mut all, mut next) = (Vec::new(), None);
        for _ in 0..PAGES {
            let page: Page = self.page(&jql, fresh, (all.len(), next.take()), what)?;
            let count = page.issues.len();
            all.extend(page.issues.into_iter().map(Wire::card));
            let over = match self.flavour {
                Flavour::Cloud => page.next.is_none(),
                Flavour::DataCenter => count == 0 || all.len() >= page.total,
            };
            if over {
                return Ok(all);
            }
            next = page.next;
        }
        Err(unreadable(what, "there is no end to it"))
    }

    fn page(&self, jql: &str, fresh: &[u64], at: (usize, Option<String>), what: &str) -> Result<Page, RemoteError> {
        let mut body = json!({ "jql": jql, "maxResults": SIZE, "fields": FIELDS });
        let below = match self.flavour {
            Flavour::Cloud => {
                if let Some(token) = at.1 {
                    body["nextPageToken"] = token.into();
                }
                if !fresh.is_empty() {
                    body["reconcileIssues"] = json!(fresh);
                }
                "search/jql"
            }
            Flavour::DataCenter => {
                body["startAt"] = at.0.into();
                "search"
            }
        };
        typed(self.call(Method::POST, below, Some(&body), what)?, what)
    }

    /// One issue; a key that it had before it was moved leads to it as well.
    pub fn card(&self, key: &str) -> Result<Card, RemoteError> {
        let what = "looking at a ticket";
        let below = format!("issue/{}?fields={}", part(key)?, FIELDS.join(","));
        typed::<Wire>(self.call(Method::GET, &below, None, what)?, what).map(Wire::card)
    }

    /// Whether there is such a project, for this token.
    pub fn project(&self, key: &str) -> Result<(), RemoteError> {
        let below = format!("project/{}", part(key)?);
        self.call(Method::GET, &below, None, &format!("looking for the project {key}")).map(drop)
    }

    /// Makes an issue and gives its id and key. It is asked for once: after a lost answer nobody knows whether it is there,
    /// and the next list tells.
    pub fn create_card(&self, fields: &Value) -> Result<(u64, String), RemoteError> {
        #[derive(Deserialize)]
        struct Made {
            id: String,
            key: String,
        }
        let what = "making a ticket";
        let body = json!({ "fields": fields });
        let call = Call { method: Method::POST, url: self.api("issue"), body: Some(&body), what, repeatable: false };
        let made: Made = typed(self.http.ask(&call)?, what)?;
        Ok((made.id.parse().unwrap_or(u64::MAX), made.key))
    }

    /// Sets fields, and adds labels to those that are there.
    pub fn edit_card(&self, key: &str, fields: &Value, labels: &[String]) -> Result<(), RemoteError> {
        let mut body = json!({ "fields": fields });
        if !labels.is_empty() {
            let add: Vec<Value> = labels.iter().map(|label| json!({ "add": label })).collect();
            body["update"] = json!({ "labels": add });
        }
        let below = format!("issue/{}", part(key)?);
        self.call(Method::PUT, &below, Some(&body), "bringing a ticket up to date").map(drop)
    }

    /// The ways out of its status, as far as this token may take them.
    pub fn transitions(&self, key: &str) -> Result<Vec<Transition>, RemoteError> {
        let what = "asking for the transitions of a ticket";
        let ways: Ways =
            typed(self.call(Method::GET, &format!("issue/{}/transitions", part(key)?), None, what)?, what)?;
        let transition = |way: Way| Transition { done: way.to.done(), id: way.id, name: way.name, to: way.to.name };
        Ok(ways.transitions.into_iter().map(transition).collect())
    }

    pub fn take_transition(&self, key: &str, id: &str) -> Result<(), RemoteError> {
        let body = json!({ "transition": { "id": id } });
        let url = self.api(&format!("issue/{}/transitions", part(key)?));
        let what = "leading a ticket through its workflow";
        // Asked for again it may be no way out of the new status any more.
        self.http.ask(&Call { method: Method::POST, url, body: Some(&body), what, repeatable: false }).map(drop)
    }

    /// The texts of every comment, oldest first.
    pub fn remarks(&self, key: &str) -> Result<Vec<Value>, RemoteError> {
        #[derive(Deserialize)]
        struct Remarks {
            comments: Vec<Remark>,
            #[serde(default)]
            total: usize,
        }
        #[derive(Deserialize)]
        struct Remark {
            body: Value,
        }
        let what = "listing the comments of a ticket";
        let mut all = Vec::new();
        for _ in 0..PAGES {
            let below = format!("issue/{}/comment?startAt={}&maxResults={SIZE}", part(key)?, all.len());
            let page: Remarks = typed(self.call(Method::GET, &below, None, what)?, what)?;
            let count = page.comments.len();
            all.extend(page.comments.into_iter().map(|remark| remark.body));
            if count == 0 || all.len() >= page.total {
                return Ok(all);
            }
        }
        Ok(all)
    }

    pub fn remark(&self, key: &str, text: &Value) -> Result<(), RemoteError> {
        let body = json!({ "body": text });
        let url = self.api(&format!("issue/{}/comment", part(key)?));
        let what = "commenting on a ticket";
        self.http.ask(&Call { method: Method::POST, url, body: Some(&body), what, repeatable: false }).map(drop)
    }

    fn call(&self, method: Method, below: &str, body: Option<&Value>, what: &str) -> Result<Value, RemoteError> {
        self.http.ask(&Call { method, url: self.api(below), body, what, repeatable: true })
    }
}

fn typed<T: serde::de::DeserializeOwned>(value: Value, what: &str) -> Result<T, RemoteError> {
    serde_json::from_value(value).map_err(|error| unreadable(what, &error.to_string()))
}
