//! Issues: what GitHub's rules make of each request for one.

use serde_json::{Value, json};

use super::http::{Reply, Request};
use super::world::{Said, World, page};

#[derive(Debug, Clone)]
pub struct Ticket {
    pub repository: &'static str,
    pub number: u64,
    pub title: String,
    pub body: String,
    pub open: bool,
    pub reason: Option<String>,
    pub labels: Vec<String>,
    pub kind: Option<String>,
    pub parent: Option<u64>,
    pub said: Vec<Said>,
    pub fate: Fate,
    /// A pull request, which the host counts among issues.
    pub pull: bool,
}

/// What became of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    There,
    Deleted,
    /// Transferred to `acme/elsewhere`, where it has this number.
    Moved(u64),
    /// Transferred to where the token does not see it.
    Hidden,
}

impl Ticket {
    /// An issue of the board that is nobody's ticket.
    pub fn plain(number: u64) -> Ticket {
        Ticket {
            repository: "acme/board",
            number,
            title: "Hardening".to_owned(),
            body: String::new(),
            open: true,
            reason: None,
            labels: Vec::new(),
            kind: None,
            parent: None,
            said: Vec::new(),
            fate: Fate::There,
            pull: false,
        }
    }

    pub fn at(&self) -> String {
        format!("{}#{}", self.repository, self.number)
    }

    fn wire(&self) -> Value {
        let labels: Vec<Value> = self.labels.iter().map(|name| json!({ "name": name })).collect();
        let parent = self.parent.map(|number| format!("https://api.github.com/repos/acme/board/issues/{number}"));
        let mut wire = json!({
            "id": self.number + 9_000_000,
            "number": self.number,
            "title": self.title,
            "body": self.body,
            "state": if self.open { "open" } else { "closed" },
            "state_reason": self.reason,
            "labels": labels,
            "comments": self.said.len(),
            "parent_issue_url": parent,
            "repository_url": format!("https://api.github.com/repos/{}", self.repository),
            "html_url": format!("https://github.com/{}/issues/{}", self.repository, self.number),
            "user": { "login": "github-actions[bot]", "type": "Bot" },
        });
        if self.pull {
            wire["pull_request"] = json!({ "url": "https://api.github.com/" });
        }
        wire
    }
}

pub fn answer(
    world: &mut World,
    request: &Request,
    (repository, below): (&'static str, &[&str]),
    login: &str,
) -> Reply {
    let refused =
        |(method, end, _): &&(&str, String, Reply)| *method == request.method && request.path.ends_with(end.as_str());
    if let Some((.., reply)) = world.refuses.iter().find(refused) {
        return reply.clone();
    }
    match (request.method.as_str(), below) {
        ("GET", ["issues"]) => list(world, request, repository),
        ("POST", ["issues"]) => create(world, request, repository),
        (method, ["issues", number, rest @ ..]) => {
            let number: u64 = number.parse().unwrap_or_default();
            let there = |issue: &Ticket| issue.repository == repository && issue.number == number;
            match world.tickets.iter().position(there) {
                None => Reply::refuse(404, "Not Found"),
                Some(at) => one(world, (method, rest), request, (at, login)),
            }
        }
        _ => Reply::refuse(404, "Not Found"),
    }
}

fn list(world: &World, request: &Request, repository: &str) -> Reply {
    let query = |name: &str| request.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let label = query("labels").unwrap_or_default();
    let fits = |issue: &&Ticket| {
        let state = query("state") == Some("all") || issue.open;
        issue.repository == repository
            && issue.fate == Fate::There
            && state
            && issue.labels.iter().any(|name| name == label)
    };
    // A pull request with the label is listed among issues.
    let pull = json!({ "id": 1, "number": 7, "title": "x", "body": "", "state": "open", "labels": [label], "pull_request": {} });
    page(request, std::iter::once(pull).chain(world.tickets.iter().filter(fits).map(Ticket::wire)).collect())
}

fn create(world: &mut World, request: &Request, repository: &'static str) -> Reply {
    let text = |name: &str| request.body[name].as_str().unwrap_or_default().to_owned();
    let labels = request.body["labels"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let title = text("title");
    if title.is_empty() || title.chars().count() > 256 || text("body").chars().count() > 65_536 {
        return Reply::refuse(422, "Validation Failed");
    }
    world.next += 1;
    let issue = Ticket {
        repository,
        number: world.next,
        title,
        body: text("body"),
        open: true,
        reason: None,
        labels: if world.drops_labels { Vec::new() } else { labels.collect() },
        kind: request.body["type"].as_str().map(str::to_owned),
        parent: None,
        said: Vec::new(),
        fate: Fate::There,
        pull: false,
    };
    let reply = Reply::new(201, issue.wire());
    world.tickets.push(issue);
    reply
}

fn one(world: &mut World, (method, rest): (&str, &[&str]), request: &Request, (at, login): (usize, &str)) -> Reply {
    match world.tickets[at].fate {
        Fate::There => {}
        Fate::Deleted => return Reply::refuse(410, "This issue was deleted"),
        Fate::Hidden => return Reply::refuse(404, "Not Found"),
        Fate::Moved(number) => {
            return Reply::refuse(301, "Moved Permanently")
                .header("Location", format!("/repos/acme/elsewhere/issues/{number}"));
        }
    }
    match (method, rest) {
        ("GET", []) => {
            let mut wire = world.tickets[at].wire();
            wire["sub_issues_summary"] = json!({ "total": below(world, at), "completed": 0, "percent_completed": 0 });
            Reply::new(200, wire)
        }
        ("PATCH", []) => patch(&mut world.tickets[at], &request.body),
        ("POST", ["labels"]) => {
            let labels = request.body["labels"].as_array().into_iter().flatten().filter_map(Value::as_str);
            world.tickets[at].labels.extend(labels.map(str::to_owned));
            Reply::new(200, json!([]))
        }
        ("GET", ["comments"]) => page(request, world.tickets[at].said.iter().map(comment).collect()),
        ("POST", ["comments"]) => {
            world.next += 1;
            let body = request.body["body"].as_str().unwrap_or_default().to_owned();
            let said = Said { id: world.next, body, login: login.to_owned(), bot: true };
            let reply = Reply::new(201, comment(&said));
            world.tickets[at].said.push(said);
            reply
        }
        ("POST", ["sub_issues"]) => nest(world, request, at),
        _ => Reply::refuse(404, "Not Found"),
    }
}

fn patch(issue: &mut Ticket, body: &Value) -> Reply {
    if let Some(title) = body["title"].as_str() {
        issue.title = title.to_owned();
    }
    if let Some(text) = body["body"].as_str() {
        issue.body = text.to_owned();
    }
    match body["state"].as_str() {
        Some("open") => (issue.open, issue.reason) = (true, Some("reopened".to_owned())),
        Some("closed") => {
            (issue.open, issue.reason) = (false, Some(body["state_reason"].as_str().unwrap_or("completed").to_owned()));
        }
        _ => {}
    }
    Reply::new(200, issue.wire())
}

/// A parent has a hundred sub-issues at most, and an issue one parent.
fn nest(world: &mut World, request: &Request, at: usize) -> Reply {
    let (parent, below) = (world.tickets[at].number, below(world, at));
    let id = request.body["sub_issue_id"].as_u64().unwrap_or_default();
    match world.tickets.iter_mut().find(|issue| issue.number + 9_000_000 == id) {
        None => Reply::refuse(404, "Not Found"),
        Some(issue) if issue.parent.is_some() || below >= 100 => Reply::refuse(422, "Validation Failed: sub-issue"),
        Some(issue) => {
            issue.parent = Some(parent);
            Reply::new(201, issue.wire())
        }
    }
}

fn below(world: &World, at: usize) -> usize {
    let parent = world.tickets[at].number;
    world.tickets.iter().filter(|issue| issue.parent == Some(parent)).count()
}

fn comment(said: &Said) -> Value {
    let kind = if said.bot { "Bot" } else { "User" };
    json!({ "id": said.id, "body": said.body, "html_url": "", "user": { "login": said.login, "type": kind } })
}
