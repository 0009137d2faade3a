//! What the server keeps: projects, issues, and a workflow.

use serde_json::{Value, json};

use super::rules;
use crate::github::http::{Reply, Request};

#[derive(Debug, Clone)]
pub struct Issue {
    pub id: u64,
    pub key: String,
    /// Keys it had before it was moved.
    pub former: Vec<String>,
    pub project: String,
    pub summary: String,
    pub description: Value,
    pub status: &'static str,
    pub labels: Vec<String>,
    pub components: Vec<String>,
    pub parent: Option<String>,
    pub said: Vec<Value>,
}

#[derive(Debug, Clone)]
pub struct World {
    pub cloud: bool,
    pub projects: Vec<&'static str>,
    pub issues: Vec<Issue>,
    /// Nobody may open a closed issue again.
    pub closed_for_good: bool,
    /// The token may look and not write.
    pub read_only: bool,
    /// Refused each time: the method, how the path ends, and the answer.
    pub refuses: Vec<(&'static str, String, Reply)>,
    /// New issues are in no search that does not name them, as on Cloud for a while.
    pub lags: bool,
    pub fresh: Vec<u64>,
    pub next: u64,
    /// What somebody does once the next search is answered.
    pub meanwhile: Option<fn(&mut World)>,
}

/// A transition: id, name, where it leads.
type Way = (&'static str, &'static str, &'static str);

impl Issue {
    /// An issue that is nobody's ticket.
    pub fn plain(key: &str, id: u64) -> Issue {
        Issue {
            id,
            key: key.to_owned(),
            former: Vec::new(),
            project: key.split('-').next().unwrap_or_default().to_owned(),
            summary: "Hardening".to_owned(),
            description: Value::Null,
            status: "To Do",
            labels: Vec::new(),
            components: Vec::new(),
            parent: None,
            said: Vec::new(),
        }
    }
}

impl World {
    pub fn new(cloud: bool) -> World {
        World {
            cloud,
            projects: vec!["PAY", "SEC"],
            issues: Vec::new(),
            closed_for_good: false,
            read_only: false,
            refuses: Vec::new(),
            lags: false,
            fresh: Vec::new(),
            next: 10_000,
            meanwhile: None,
        }
    }

    fn ways(&self, status: &str) -> Vec<Way> {
        match status {
            "To Do" | "In Progress" => {
                vec![("11", "Start", "In Progress"), ("21", "Finish", "Done"), ("31", "Give up", "Won't Do")]
            }
            _ if self.closed_for_good => Vec::new(),
            _ => vec![("41", "Reopen", "To Do")],
        }
    }

    pub fn answer(&mut self, request: &Request) -> Reply {
        let header = |name: &str| request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        // ada@acme.example:jira_of_ada_0123456789, and a personal access token.
        let right = match self.cloud {
            true => "Basic YWRhQGFjbWUuZXhhbXBsZTpqaXJhX29mX2FkYV8wMTIzNDU2Nzg5",
            false => "Bearer jira_of_ada_0123456789",
        };
        if header("authorization") != Some(right) {
            return refuse(401, "Client must be authenticated to access this resource.");
        }
        let api = if self.cloud { "/rest/api/3/" } else { "/rest/api/2/" };
        let Some(below) = request.path.strip_prefix(api) else { return refuse(404, "dead link") };
        let search = below.starts_with("search");
        if self.read_only && request.method != "GET" && !search {
            return refuse(403, "You do not have permission to create issues in this project.");
        }
        let refused =
            |(method, end, _): &&(&str, String, Reply)| *method == request.method && below.ends_with(end.as_str());
        if let Some((.., reply)) = self.refuses.iter().find(refused) {
            return reply.clone();
        }
        let parts: Vec<&str> = below.split('/').collect();
        match (request.method.as_str(), parts.as_slice()) {
            ("POST", ["search", "jql"]) if self.cloud => self.searched(&request.body),
            ("POST", ["search"]) if !self.cloud => self.searched(&request.body),
            ("GET", ["project", key]) if self.projects.contains(key) => Reply::new(200, json!({ "key": key })),
            ("POST", ["issue"]) => self.create(&request.body["fields"]),
            (method, ["issue", key, rest @ ..]) => {
                let named = |issue: &Issue| issue.key == *key || issue.former.iter().any(|former| former == key);
                match self.issues.iter().position(named) {
                    None => refuse(404, "Issue does not exist or you do not have permission to see it."),
                    Some(at) => self.one((method, rest), request, at),
                }
            }
            _ => refuse(404, "dead link"),
        }
    }

    fn searched(&mut self, body: &Value) -> Reply {
        let reply = self.search(body);
        if let Some(happens) = self.meanwhile.take() {
            happens(self);
        }
        reply
    }

    fn search(&self, body: &Value) -> Reply {
        let jql = body["jql"].as_str().unwrap_or_default();
        let label = jql.strip_prefix("labels = \"").and_then(|rest| rest.strip_suffix("\" ORDER BY created ASC"));
        let Some(label) = label else { return refuse(400, "Error in the JQL Query") };
        let named: Vec<u64> =
            body["reconcileIssues"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        let indexed = |issue: &&Issue| !self.lags || !self.fresh.contains(&issue.id) || named.contains(&issue.id);
        let all: Vec<&Issue> =
            self.issues.iter().filter(|issue| issue.labels.iter().any(|name| name == label)).filter(indexed).collect();
        let size = body["maxResults"].as_u64().unwrap_or(50).min(100) as usize;
        let from = match self.cloud {
            true => body["nextPageToken"].as_str().map_or(0, |token| token.trim_start_matches("at-").parse().unwrap()),
            false => body["startAt"].as_u64().unwrap_or(0) as usize,
        };
        let page: Vec<Value> = all.iter().skip(from).take(size).map(|issue| self.wire(issue)).collect();
        let over = from + page.len() >= all.len();
        match self.cloud {
            true if over => Reply::new(200, json!({ "issues": page, "isLast": true })),
            true => Reply::new(200, json!({ "issues": page, "nextPageToken": format!("at-{}", from + size) })),
            false => {
                Reply::new(200, json!({ "startAt": from, "maxResults": size, "total": all.len(), "issues": page }))
            }
        }
    }

    fn wire(&self, issue: &Issue) -> Value {
        let parent = issue.parent.as_ref().map(|key| json!({ "key": key }));
        json!({
            "id": issue.id.to_string(),
            "key": issue.key,
            "fields": {
                "summary": issue.summary,
                "description": issue.description,
                "status": status(issue.status),
                "resolution": (category(issue.status) == "done").then(|| json!({ "name": issue.status })),
                "labels": issue.labels,
                "project": { "key": issue.project },
                "parent": parent,
            },
        })
    }

    fn create(&mut self, fields: &Value) -> Reply {
        let project = fields["project"]["key"].as_str().unwrap_or_default();
        if let Some(wrong) = rules::wrong(self, fields, true) {
            return wrong;
        }
        self.next += 1;
        let number = self.next - 10_000;
        let texts = |name: &str, inner: Option<&str>| -> Vec<String> {
            let items = fields[name].as_array().into_iter().flatten();
            let text = |item: &Value| inner.map_or(item, |inner| &item[inner]).as_str().unwrap_or_default().to_owned();
            items.map(text).collect()
        };
        let issue = Issue {
            id: self.next,
            key: format!("{project}-{number}"),
            former: Vec::new(),
            project: project.to_owned(),
            summary: fields["summary"].as_str().unwrap_or_default().to_owned(),
            description: fields["description"].clone(),
            status: "To Do",
            labels: texts("labels", None),
            components: texts("components", Some("name")),
            parent: fields["parent"]["key"].as_str().map(str::to_owned),
            said: Vec::new(),
        };
        let reply = Reply::new(201, json!({ "id": issue.id.to_string(), "key": issue.key, "self": "x" }));
        self.fresh.push(issue.id);
        self.issues.push(issue);
        reply
    }

    fn one(&mut self, (method, rest): (&str, &[&str]), request: &Request, at: usize) -> Reply {
        match (method, rest) {
            ("GET", []) => Reply::new(200, self.wire(&self.issues[at])),
            ("PUT", []) => self.edit(&request.body, at),
            ("GET", ["transitions"]) => {
                let ways = self.ways(self.issues[at].status);
                let ways = ways.iter().map(|(id, name, to)| json!({ "id": id, "name": name, "to": status(to) }));
                Reply::new(200, json!({ "transitions": ways.collect::<Vec<Value>>() }))
            }
            ("POST", ["transitions"]) => {
                let ways = self.ways(self.issues[at].status);
                match ways.iter().find(|(id, ..)| request.body["transition"]["id"] == json!(id)) {
                    None => {
                        refuse(400, "It seems that you have tried to perform a workflow operation that is not valid.")
                    }
                    Some((_, _, to)) => {
                        self.issues[at].status = to;
                        Reply::new(204, Value::Null)
                    }
                }
            }
            ("GET", ["comment"]) => {
                let all: Vec<Value> = self.issues[at].said.iter().map(|body| json!({ "body": body })).collect();
                let from = request.number("startAt").unwrap_or_default();
                let page: Vec<Value> = all.iter().skip(from).take(100).cloned().collect();
                Reply::new(200, json!({ "startAt": from, "maxResults": 100, "total": all.len(), "comments": page }))
            }
            ("POST", ["comment"]) => match rules::text(self.cloud, &request.body["body"]) {
                Err(why) => refuse(400, &why),
                Ok(()) => {
                    self.issues[at].said.push(request.body["body"].clone());
                    Reply::new(201, json!({ "id": "1" }))
                }
            },
            _ => refuse(404, "dead link"),
        }
    }

    fn edit(&mut self, body: &Value, at: usize) -> Reply {
        let fields = &body["fields"];
        if let Some(wrong) = rules::wrong(self, fields, false) {
            return wrong;
        }
        let issue = &mut self.issues[at];
        if let Some(summary) = fields["summary"].as_str() {
            issue.summary = summary.to_owned();
        }
        if !fields["description"].is_null() {
            issue.description = fields["description"].clone();
        }
        if let Some(parent) = fields["parent"]["key"].as_str() {
            issue.parent = Some(parent.to_owned());
        }
        let added = body["update"]["labels"].as_array().into_iter().flatten();
        issue.labels.extend(added.filter_map(|label| label["add"].as_str()).map(str::to_owned));
        Reply::new(204, Value::Null)
    }
}

fn category(status: &str) -> &'static str {
    match status {
        "To Do" => "new",
        "In Progress" => "indeterminate",
        _ => "done",
    }
}

fn status(name: &str) -> Value {
    json!({ "name": name, "statusCategory": { "key": category(name) } })
}

pub fn refuse(status: u16, message: &str) -> Reply {
    Reply::new(status, json!({ "errorMessages": [message], "errors": {} }))
}
