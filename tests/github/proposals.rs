//! Branches beside the one of the pull request, commits built for them, and pull requests from them, as GitHub has them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::http::{Reply, Request};
use super::world::{World, page};

/// A pull request beside the one that is there from the first.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub number: u64,
    /// `open`, `closed` or `merged`.
    pub state: &'static str,
    pub branch: String,
    pub base: String,
    pub title: String,
    pub body: String,
    pub head: String,
}

/// A commit that was built, on a branch or not.
#[derive(Debug, Clone, Default)]
pub struct Built {
    pub message: String,
    pub parent: String,
    pub files: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Default)]
pub struct Proposals {
    pub pulls: Vec<Proposal>,
    /// Where branches stand.
    pub branches: BTreeMap<String, String>,
    pub built: BTreeMap<String, Built>,
    trees: BTreeMap<String, BTreeMap<String, String>>,
    /// The settings of the repository let no workflow open a pull request.
    pub forbidden: bool,
}

pub fn answer(world: &mut World, request: &Request, below: &[&str]) -> Reply {
    match (request.method.as_str(), below) {
        ("GET", ["pulls"]) => list(world, request),
        ("POST", ["pulls"]) => open(world, &request.body),
        ("PATCH", ["pulls", number]) => edit(world, request, number),
        ("GET", ["pulls", number, "commits"]) => commits(world, request, number),
        ("GET", ["git", "commits", id]) if [&world.head, &world.base].contains(&&(*id).to_owned()) => {
            Reply::new(200, json!({ "sha": id, "tree": { "sha": format!("tree-of-{id}") } }))
        }
        ("POST", ["git", "trees"]) => tree(world, &request.body),
        ("POST", ["git", "commits"]) => build(world, &request.body),
        _ => Reply::refuse(404, "Not Found"),
    }
}

fn shown(world: &World, pull: &Proposal) -> Value {
    let head = match pull.state {
        "open" => world.proposals.branches.get(&pull.branch).unwrap_or(&pull.head),
        _ => &pull.head,
    };
    let merged = if pull.state == "merged" { json!("2026-01-02T00:00:00Z") } else { Value::Null };
    json!({
        "number": pull.number,
        "state": if pull.state == "open" { "open" } else { "closed" },
        "merged_at": merged,
        "title": pull.title,
        "body": pull.body,
        "html_url": format!("https://github.com/acme/pay/pull/{}", pull.number),
        "head": { "ref": pull.branch, "sha": head, "repo": { "full_name": "acme/pay" } },
        "base": { "ref": pull.base, "sha": world.base, "repo": { "full_name": "acme/pay" } },
    })
}

fn list(world: &World, request: &Request) -> Reply {
    let asked = request.query.iter().find(|(key, _)| key == "head").map(|(_, value)| value.as_str());
    let branch = asked.and_then(|head| head.strip_prefix("acme:"));
    let from = world.proposals.pulls.iter().filter(|pull| Some(pull.branch.as_str()) == branch);
    page(request, from.map(|pull| shown(world, pull)).collect())
}

fn open(world: &mut World, body: &Value) -> Reply {
    let word = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let (branch, base) = (word("head"), word("base"));
    if world.proposals.forbidden {
        return Reply::refuse(403, "GitHub Actions is not permitted to create or approve pull requests.");
    }
    let Some(head) = world.proposals.branches.get(&branch).cloned() else {
        return Reply::refuse(422, "Validation Failed: head is invalid");
    };
    if base != "main" {
        return Reply::refuse(422, "Validation Failed: base is invalid");
    }
    if word("body").chars().count() > 65_536 || word("title").chars().count() > 256 {
        return Reply::refuse(422, "Validation Failed: body is too long (maximum is 65536 characters)");
    }
    let open = |pull: &&Proposal| pull.state == "open" && pull.branch == branch && pull.base == base;
    if world.proposals.pulls.iter().any(|pull| open(&pull)) {
        return Reply::refuse(422, &format!("Validation Failed: A pull request already exists for acme:{branch}."));
    }
    world.next += 1;
    let pull =
        Proposal { number: world.next, state: "open", branch, base, title: word("title"), body: word("body"), head };
    let reply = Reply::new(201, shown(world, &pull));
    world.proposals.pulls.push(pull);
    reply
}

fn edit(world: &mut World, request: &Request, number: &str) -> Reply {
    let Some(at) = world.proposals.pulls.iter().position(|pull| pull.number.to_string() == number) else {
        return Reply::refuse(404, "Not Found");
    };
    let pull = &mut world.proposals.pulls[at];
    for (name, text) in [("title", &mut pull.title), ("body", &mut pull.body)] {
        if let Some(word) = request.body[name].as_str() {
            word.clone_into(text);
        }
    }
    Reply::new(200, shown(world, &world.proposals.pulls[at]))
}

/// What the branch has and the base has not: what was built here.
fn commits(world: &World, request: &Request, number: &str) -> Reply {
    let proposals = &world.proposals;
    let Some(pull) = proposals.pulls.iter().find(|pull| pull.number.to_string() == number) else {
        return Reply::refuse(404, "Not Found");
    };
    let mut at = proposals.branches.get(&pull.branch).cloned();
    let mut all = Vec::new();
    while let Some((id, built)) = at.take().and_then(|id| Some((id.clone(), proposals.built.get(&id)?))) {
        all.insert(0, json!({ "sha": id, "commit": { "message": built.message } }));
        at = Some(built.parent.clone());
    }
    page(request, all)
}

fn tree(world: &mut World, body: &Value) -> Reply {
    let mut files = BTreeMap::new();
    for entry in body["tree"].as_array().into_iter().flatten() {
        let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        if word("mode") != "100644" || word("type") != "blob" {
            return Reply::refuse(422, "tree.mode is not included in the list");
        }
        files.insert(word("path"), word("content"));
    }
    world.next += 1;
    let id = format!("{:040x}", world.next);
    world.proposals.trees.insert(id.clone(), files);
    Reply::new(201, json!({ "sha": id }))
}

fn build(world: &mut World, body: &Value) -> Reply {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let Some(files) = world.proposals.trees.get(&word(&body["tree"])).cloned() else {
        return Reply::refuse(422, "Tree SHA does not exist");
    };
    world.next += 1;
    let id = format!("{:040x}", world.next);
    let built = Built { message: word(&body["message"]), parent: word(&body["parents"][0]), files };
    world.proposals.built.insert(id.clone(), built);
    Reply::new(201, json!({ "sha": id }))
}

/// Where a branch stands, for GraphQL.
pub fn standing(world: &World, variables: &Value) -> Value {
    let name = variables["branch"].as_str().and_then(|name| name.strip_prefix("refs/heads/")).unwrap_or_default();
    let tip = world.proposals.branches.get(name).map(|id| {
        let message = world.proposals.built.get(id).map(|built| built.message.clone()).unwrap_or_default();
        json!({ "target": { "oid": id, "message": message } })
    });
    json!({ "data": { "repository": { "id": "R_1", "ref": tip } } })
}

/// Moves a branch that stands where it was seen.
pub fn moved(world: &mut World, input: &Value) -> Value {
    let refused = |message: &str| json!({ "data": null, "errors": [{ "type": "UNPROCESSABLE", "message": message }] });
    let update = &input["refUpdates"][0];
    let word = |name: &str| update[name].as_str().unwrap_or_default().to_owned();
    let name = word("name").trim_start_matches("refs/heads/").to_owned();
    let zeros = "0".repeat(40);
    let stands = world.proposals.branches.get(&name).unwrap_or(&zeros);
    if *stands != word("beforeOid") || input["repositoryId"] != json!("R_1") {
        return refused("the ref is not at the expected value");
    }
    if !world.proposals.built.contains_key(&word("afterOid")) {
        return refused("no such commit");
    }
    world.proposals.branches.insert(name, word("afterOid"));
    json!({ "data": { "updateRefs": { "clientMutationId": null } } })
}
