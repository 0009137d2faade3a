//! The operations of GraphQL that redan uses, by the name of their field.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::http::{Reply, Request};
use super::world::{Thread, World};

pub fn answer(world: &mut World, request: &Request) -> Reply {
    let query = request.body["query"].as_str().unwrap_or_default();
    let variables = &request.body["variables"];
    if query.contains("reviewThreads(") {
        Reply::new(200, threads(world))
    } else if query.contains("resolveReviewThread(") {
        Reply::new(200, resolve(world, variables))
    } else if query.contains("createCommitOnBranch(") {
        Reply::new(200, commit(world, &variables["input"]))
    } else if query.contains("ref(qualifiedName:") {
        Reply::new(200, super::proposals::standing(world, variables))
    } else if query.contains("updateRefs(") {
        Reply::new(200, super::proposals::moved(world, &variables["input"]))
    } else {
        Reply::new(200, refuse("INVALID", "no such field"))
    }
}

fn refuse(kind: &str, message: &str) -> Value {
    json!({ "data": null, "errors": [{ "type": kind, "message": message }] })
}

fn threads(world: &World) -> Value {
    let nodes: Vec<Value> = world.threads.iter().enumerate().map(|(at, thread)| node(at, thread)).collect();
    let threads = json!({ "pageInfo": { "hasNextPage": false, "endCursor": null }, "nodes": nodes });
    json!({ "data": { "repository": { "pullRequest": { "reviewThreads": threads } } } })
}

fn node(at: usize, thread: &Thread) -> Value {
    let said = thread.said.iter().map(|said| {
        let kind = if said.bot { "Bot" } else { "User" };
        // GraphQL names a bot without the suffix that REST gives it.
        let login = said.login.trim_end_matches("[bot]");
        json!({ "body": said.body, "author": { "login": login, "__typename": kind } })
    });
    let said: Vec<Value> = said.collect();
    json!({
        "id": format!("T{at}"),
        "isResolved": thread.resolved,
        "comments": { "totalCount": said.len(), "nodes": said },
    })
}

fn resolve(world: &mut World, variables: &Value) -> Value {
    let at: Option<usize> = variables["thread"].as_str().and_then(|id| id.strip_prefix('T')?.parse().ok());
    match at.and_then(|at| world.threads.get_mut(at)) {
        None => refuse("NOT_FOUND", "Could not resolve to a node"),
        Some(thread) => {
            thread.resolved = true;
            json!({ "data": { "resolveReviewThread": { "thread": { "id": variables["thread"], "isResolved": true } } } })
        }
    }
}

fn commit(world: &mut World, input: &Value) -> Value {
    if input["branch"]["branchName"] != json!(world.branch) {
        return refuse("NOT_FOUND", "A branch of that name was not found");
    }
    if input["expectedHeadOid"] != json!(world.head) {
        return refuse("STALE_DATA", &format!("Expected branch to point to {:?}", world.head));
    }
    let mut files = BTreeMap::new();
    for addition in input["fileChanges"]["additions"].as_array().into_iter().flatten() {
        let path = addition["path"].as_str().unwrap_or_default().to_owned();
        let bytes = addition["contents"].as_str().and_then(|text| BASE64_STANDARD.decode(text).ok());
        files.insert(path, bytes.unwrap_or_default());
    }
    world.next += 1;
    world.head = format!("{:040x}", world.next);
    let message = ["headline", "body"].map(|part| input["message"][part].as_str().unwrap_or_default()).join("\n\n");
    world.commits.push((world.head.clone(), message, files));
    json!({ "data": { "createCommitOnBranch": { "commit": { "oid": world.head, "url": "https://github.com/x" } } } })
}
