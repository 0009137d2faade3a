//! Issues, as far as redan asks for them; the pull request is one of them, as GitHub lists it.

use serde_json::{Value, json};

use super::http::{Reply, Request};
use super::world::{Issue, PULL, Said, World, page, written};

pub fn list(world: &World, request: &Request) -> Reply {
    let asked = |name: &str| request.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let fits = |issue: &&Issue| {
        let labelled = asked("labels").is_none_or(|label| issue.labels.iter().any(|known| known == label));
        labelled && (asked("state") == Some("all") || issue.state == "open")
    };
    let pull = json!({
        "number": PULL, "state": "open", "title": "The pull request", "body": null, "user": null, "pull_request": {},
    });
    let found = world.issues.iter().filter(fits).map(shown);
    page(request, found.chain([pull]).collect())
}

pub fn open(world: &mut World, request: &Request, (login, bot): (&str, bool)) -> Reply {
    let body = match written(request) {
        Ok(body) => body,
        Err(reply) => return reply,
    };
    world.next += 1;
    let labels = request.body["labels"].as_array().into_iter().flatten();
    let issue = Issue {
        number: world.next,
        said: Said { id: world.next, body, login: login.to_owned(), bot },
        title: request.body["title"].as_str().unwrap_or_default().to_owned(),
        labels: labels.filter_map(|label| label.as_str().map(str::to_owned)).collect(),
        state: "open",
    };
    world.issues.push(issue);
    Reply::new(201, shown(&world.issues[world.issues.len() - 1]))
}

pub fn patch(world: &mut World, request: &Request, number: &str) -> Reply {
    let Some(issue) = world.issues.iter_mut().find(|issue| issue.number.to_string() == number) else {
        return Reply::refuse(404, "Not Found");
    };
    let text = |name: &str| request.body[name].as_str();
    issue.title = text("title").unwrap_or(&issue.title).to_owned();
    issue.said.body = text("body").unwrap_or(&issue.said.body).to_owned();
    issue.state = match (text("state"), text("state_reason")) {
        (Some("open"), _) => "open",
        (Some("closed"), Some("not_planned")) => "not_planned",
        (Some("closed"), _) => "completed",
        _ => issue.state,
    };
    Reply::new(200, shown(issue))
}

fn shown(issue: &Issue) -> Value {
    let Issue { number, said, title, state, .. } = issue;
    json!({
        "number": number,
        "title": title,
        "body": said.body,
        "state": if *state == "open" { "open" } else { "closed" },
        "html_url": format!("https://github.com/acme/pay/issues/{number}"),
        "user": { "login": said.login, "type": if said.bot { "Bot" } else { "User" } },
    })
}
