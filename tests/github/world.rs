//! What the server keeps: one repository with one pull request, and what GitHub's rules make of each request.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::http::{Reply, Request};
use super::proposals::Proposals;
use super::server::{PERSONAL, WORKFLOW};
use super::tickets::Ticket;

/// Number of the pull request.
pub const PULL: u64 = 7;

#[derive(Debug, Clone)]
pub struct Said {
    pub id: u64,
    pub body: String,
    pub login: String,
    pub bot: bool,
}

/// A thread of review comments on lines of a file.
#[derive(Debug, Clone)]
pub struct Thread {
    pub path: String,
    pub lines: (u64, u64),
    pub said: Vec<Said>,
    pub resolved: bool,
}

/// An issue beside the pull request.
#[derive(Debug, Clone)]
pub struct Issue {
    pub number: u64,
    pub said: Said,
    pub title: String,
    pub labels: Vec<String>,
    /// `open`, or why it is closed.
    pub state: &'static str,
}

#[derive(Debug, Clone)]
pub struct World {
    pub comments: Vec<Said>,
    pub issues: Vec<Issue>,
    pub threads: Vec<Thread>,
    pub tickets: Vec<Ticket>,
    pub reviews: usize,
    pub reactions: Vec<(u64, String)>,
    pub statuses: Vec<(String, Value)>,
    /// Permission by login.
    pub rights: BTreeMap<String, &'static str>,
    /// Path and patch of each file of the pull request.
    pub files: Vec<(String, String)>,
    /// Commits of the pull request: id, message, files.
    pub commits: Vec<(String, String, BTreeMap<String, Vec<u8>>)>,
    pub head: String,
    pub base: String,
    pub head_repository: Option<&'static str>,
    pub branch: String,
    pub state: &'static str,
    /// The workflow's token may only read, as in the pull request of a fork.
    pub read_only: bool,
    /// Refused each time: the method, how the path ends, and the answer.
    pub refuses: Vec<(&'static str, String, Reply)>,
    /// The token may make issues and not label them, which is not told.
    pub drops_labels: bool,
    pub proposals: Proposals,
    pub next: u64,
}

impl World {
    /// A pull request nobody has said anything about.
    pub fn new(head: &str, base: &str) -> World {
        World {
            comments: Vec::new(),
            issues: Vec::new(),
            threads: Vec::new(),
            tickets: Vec::new(),
            reviews: 0,
            reactions: Vec::new(),
            statuses: Vec::new(),
            rights: BTreeMap::from([("ada".to_owned(), "write"), ("eve".to_owned(), "read")]),
            files: Vec::new(),
            commits: vec![(head.to_owned(), "Change".to_owned(), BTreeMap::new())],
            head: head.to_owned(),
            base: base.to_owned(),
            head_repository: Some("acme/pay"),
            branch: "feature".to_owned(),
            state: "open",
            read_only: false,
            refuses: Vec::new(),
            drops_labels: false,
            proposals: Proposals::default(),
            next: 1000,
        }
    }

    /// Somebody says something.
    pub fn say(&mut self, login: &str, bot: bool, body: &str) -> u64 {
        self.next += 1;
        self.comments.push(Said { id: self.next, body: body.to_owned(), login: login.to_owned(), bot });
        self.next
    }

    /// Comments of the workflow.
    pub fn ours(&self) -> Vec<&Said> {
        self.comments.iter().filter(|said| said.login == "github-actions[bot]").collect()
    }

    pub fn answer(&mut self, request: &Request) -> Reply {
        let (login, bot) = match request.token.as_str() {
            WORKFLOW => ("github-actions[bot]", true),
            PERSONAL => ("ada", false),
            _ => return Reply::refuse(401, "Bad credentials"),
        };
        let query = request.body["query"].as_str().is_some_and(|query| query.starts_with("query"));
        if self.read_only && request.method != "GET" && !query {
            return Reply::refuse(403, "Resource not accessible by integration");
        }
        let parts: Vec<&str> = request.path.trim_start_matches('/').split('/').collect();
        match parts.as_slice() {
            ["graphql"] => super::graphql::answer(self, request),
            ["repos", "acme", "pay", below @ ..] => self.repository(request, below, (login, bot)),
            ["repos", "acme" | "Acme", "board" | "Board", below @ ..] => {
                super::tickets::answer(self, request, ("acme/board", below), login)
            }
            ["repos", "acme", "elsewhere", below @ ..] => {
                super::tickets::answer(self, request, ("acme/elsewhere", below), login)
            }
            _ => Reply::refuse(404, "Not Found"),
        }
    }

    fn repository(&mut self, request: &Request, below: &[&str], who: (&str, bool)) -> Reply {
        let pull = PULL.to_string();
        match (request.method.as_str(), below) {
            ("GET", ["issues", n, "comments"]) if *n == pull => {
                page(request, self.comments.iter().map(comment).collect())
            }
            ("GET", ["issues"]) => super::issues::list(self, request),
            ("POST", ["issues"]) => super::issues::open(self, request, who),
            ("PATCH", ["issues", n]) if *n != pull => super::issues::patch(self, request, n),
            ("POST", ["issues", n, "comments"]) if *n == pull => self.post(request, who),
            ("PATCH", ["issues", "comments", id]) => self.patch(request, id, who.0),
            ("DELETE", ["issues", "comments", id]) => self.delete(id, who.0),
            ("POST", ["issues", "comments", id, "reactions"]) => self.react(request, id),
            ("GET", ["pulls", n]) if *n == pull => Reply::new(200, self.pull()),
            ("GET", ["pulls", n, "files"]) if *n == pull => page(request, self.files()),
            ("GET", ["pulls", n, "commits"]) if *n == pull => page(request, self.commits()),
            ("POST", ["pulls", n, "reviews"]) if *n == pull => self.review(request, who),
            ("GET", ["collaborators", login, "permission"]) => self.permission(login),
            ("POST", ["statuses", sha]) => {
                self.statuses.push(((*sha).to_owned(), request.body.clone()));
                Reply::new(201, json!({ "state": request.body["state"], "context": request.body["context"] }))
            }
            _ => super::proposals::answer(self, request, below),
        }
    }

    fn post(&mut self, request: &Request, (login, bot): (&str, bool)) -> Reply {
        match written(request) {
            Ok(body) => {
                self.say(login, bot, &body);
                Reply::new(201, comment(&self.comments[self.comments.len() - 1]))
            }
            Err(refusal) => refusal,
        }
    }

    fn patch(&mut self, request: &Request, id: &str, login: &str) -> Reply {
        let body = match written(request) {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        match self.comments.iter_mut().find(|said| said.id.to_string() == id) {
            None => Reply::refuse(404, "Not Found"),
            Some(said) if said.login != login => Reply::refuse(403, "Must have admin rights to Repository."),
            Some(said) => {
                said.body = body;
                Reply::new(200, comment(said))
            }
        }
    }

    fn delete(&mut self, id: &str, login: &str) -> Reply {
        match self.comments.iter().position(|said| said.id.to_string() == id) {
            None => Reply::refuse(404, "Not Found"),
            Some(at) if self.comments[at].login != login => Reply::refuse(403, "Must have admin rights to Repository."),
            Some(at) => {
                self.comments.remove(at);
                Reply::new(204, Value::Null)
            }
        }
    }

    fn react(&mut self, request: &Request, id: &str) -> Reply {
        let content = request.body["content"].as_str().unwrap_or_default().to_owned();
        self.reactions.push((id.parse().unwrap_or_default(), content.clone()));
        Reply::new(201, json!({ "id": 1, "content": content }))
    }

    fn permission(&self, login: &str) -> Reply {
        match self.rights.get(login) {
            Some(rights) => {
                Reply::new(200, json!({ "permission": rights, "role_name": rights, "user": { "login": login } }))
            }
            None => Reply::refuse(404, "Not Found"),
        }
    }

    fn pull(&self) -> Value {
        let repository = |name: Option<&str>| name.map_or(Value::Null, |name| json!({ "full_name": name }));
        json!({
            "number": PULL,
            "state": self.state,
            "head": { "ref": self.branch, "sha": self.head, "repo": repository(self.head_repository) },
            "base": { "ref": "main", "sha": self.base, "repo": repository(Some("acme/pay")) },
        })
    }

    fn files(&self) -> Vec<Value> {
        self.files
            .iter()
            .map(|(path, patch)| json!({ "filename": path, "status": "modified", "patch": patch }))
            .collect()
    }

    fn commits(&self) -> Vec<Value> {
        self.commits.iter().map(|(sha, message, _)| json!({ "sha": sha, "commit": { "message": message } })).collect()
    }

    /// A review comment must lie within a hunk of the diff, or the whole review is refused.
    fn review(&mut self, request: &Request, (login, bot): (&str, bool)) -> Reply {
        let remarks = request.body["comments"].as_array().cloned().unwrap_or_default();
        let mut threads = Vec::new();
        for remark in &remarks {
            let path = remark["path"].as_str().unwrap_or_default().to_owned();
            let last = remark["line"].as_u64().unwrap_or_default();
            let first = remark["start_line"].as_u64().unwrap_or(last);
            let patch = self.files.iter().find(|(known, _)| *known == path).map(|(_, patch)| patch.as_str());
            if !shown(patch.unwrap_or_default()).iter().any(|(from, to)| *from <= first && last <= *to) {
                return Reply::refuse(422, "Unprocessable Entity: Line could not be resolved");
            }
            self.next += 1;
            let body = remark["body"].as_str().unwrap_or_default().to_owned();
            let said = vec![Said { id: self.next, body, login: login.to_owned(), bot }];
            threads.push(Thread { path, lines: (first, last), said, resolved: false });
        }
        self.threads.extend(threads);
        self.reviews += 1;
        Reply::new(200, json!({ "id": self.reviews }))
    }
}

/// The text of a comment, if it is one GitHub takes.
pub fn written(request: &Request) -> Result<String, Reply> {
    let body = request.body["body"].as_str().unwrap_or_default();
    match body.chars().count() {
        0 => Err(Reply::refuse(422, "Validation Failed: body cannot be blank")),
        1..=65_536 => Ok(body.to_owned()),
        _ => Err(Reply::refuse(422, "Validation Failed: body is too long (maximum is 65536 characters)")),
    }
}

fn comment(said: &Said) -> Value {
    let kind = if said.bot { "Bot" } else { "User" };
    json!({
        "id": said.id,
        "body": said.body,
        "html_url": format!("https://github.com/acme/pay/pull/{PULL}#issuecomment-{}", said.id),
        "user": { "login": said.login, "type": kind },
    })
}

pub fn page(request: &Request, all: Vec<Value>) -> Reply {
    let size = request.number("per_page").unwrap_or(30).min(100);
    let at = request.number("page").unwrap_or(1).max(1) - 1;
    let shown: Vec<Value> = all.into_iter().skip(at * size).take(size).collect();
    Reply::new(200, Value::Array(shown))
}

/// Lines of the new side that the hunks of a patch show.
fn shown(patch: &str) -> Vec<(u64, u64)> {
    let heads = patch.lines().filter_map(|line| line.strip_prefix("@@ ")?.split_once('+')?.1.split_once(' '));
    let ranges = heads.filter_map(|(range, _)| {
        let (start, count) = range.split_once(',').unwrap_or((range, "1"));
        let (start, count): (u64, u64) = (start.parse().ok()?, count.parse().ok()?);
        Some((start, start + count - 1))
    });
    ranges.collect()
}
