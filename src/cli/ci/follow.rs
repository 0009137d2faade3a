//! A run that follows another one: that of a fork's pull request could only read, so this one speaks for it. The report
//! that the first one left comes from whoever wrote the fork: which pull request it was about is believed as far as the event and the
//! host say the same, and nothing else of it is used. What is said is found out anew, from Git's objects.

use serde_json::Value;

use super::event::{sha, text};
use crate::ops::ci::Event;
use crate::remote::{self, Github, RemoteError};

/// Which pull request a report says it is about, in the words of the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub number: u64,
    /// Full commit id.
    pub head: String,
    /// `owner/name`.
    pub repository: String,
}

/// What the report claims, where the event names the same commit of the same repository.
pub fn claimed(report: &Value, event: &Value) -> Result<Claim, String> {
    if event.pointer("/workflow_run/event").and_then(Value::as_str) != Some("pull_request") {
        return Err("the run that this one follows was not about a pull request".to_owned());
    }
    if report.get("schema").and_then(Value::as_str) != Some("ci/1") {
        return Err("the file that --follows names is no report of redan ci".to_owned());
    }
    let number = report.pointer("/pull_request/number").and_then(Value::as_u64);
    let head = sha(event, "/workflow_run/head_sha");
    let repository = text(event, "/workflow_run/head_repository/full_name");
    let same =
        head == sha(report, "/pull_request/head_sha") && repository == text(report, "/pull_request/head_repository");
    match (number, head, repository) {
        (Some(number), Some(head), Some(repository)) if same => Ok(Claim { number, head, repository }),
        _ => Err("the report is about something else than the run that this one follows".to_owned()),
    }
}

/// The pull request as an event of its own, when the host says that it stands where the report says; `None` where it
/// has moved on or is closed, and a newer run speaks of it, or none.
pub fn confirmed(github: &Github, claim: &Claim) -> Result<Option<Event>, RemoteError> {
    let there = github.pull(claim.number)?;
    Ok(stands(&there, claim).then(|| Event::Pull((&there).into())))
}

fn stands(there: &remote::Pull, claim: &Claim) -> bool {
    there.open && there.head.sha == claim.head && there.head.repository.as_deref() == Some(claim.repository.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn event(name: &str, sha: &str, repository: &str) -> Value {
        let from = json!({ "full_name": repository });
        json!({ "workflow_run": { "event": name, "head_sha": sha, "head_repository": from } })
    }

    fn report(number: Value, sha: &str, repository: &str) -> Value {
        json!({
            "schema": "ci/1",
            "pull_request": { "number": number, "head_sha": sha, "head_repository": repository, "fork": true },
        })
    }

    #[test]
    fn event_and_report_have_to_agree() {
        let run = event("pull_request", A, "eve/pay");
        let claim = Claim { number: 7, head: A.to_owned(), repository: "eve/pay".to_owned() };
        assert_eq!(claimed(&report(json!(7), A, "eve/pay"), &run), Ok(claim));
        for (told, run) in [
            (report(json!(7), B, "eve/pay"), &run),
            (report(json!(7), A, "bob/pay"), &run),
            (report(json!("7; x"), A, "eve/pay"), &run),
            (report(json!(-1), A, "eve/pay"), &run),
            (json!({ "schema": "ci/1" }), &run),
            (json!({ "schema": "ci/2", "pull_request": {} }), &run),
            (Value::Null, &run),
            (report(json!(7), A, "eve/pay"), &event("push", A, "eve/pay")),
            (report(json!(7), "main", "eve/pay"), &event("pull_request", "main", "eve/pay")),
        ] {
            assert!(claimed(&told, run).is_err(), "{told} {run}");
        }
    }

    #[test]
    fn a_pull_request_that_moved_on_is_left_to_the_next_run() {
        let end = |sha: &str, repository: Option<&str>| remote::End {
            branch: "x".to_owned(),
            sha: sha.to_owned(),
            repository: repository.map(str::to_owned),
        };
        let claim = Claim { number: 7, head: A.to_owned(), repository: "eve/pay".to_owned() };
        let there =
            |open, sha, from| remote::Pull { number: 7, open, head: end(sha, from), base: end(B, Some("acme/pay")) };
        assert!(stands(&there(true, A, Some("eve/pay")), &claim));
        for other in [there(false, A, Some("eve/pay")), there(true, B, Some("eve/pay")), there(true, A, None)] {
            assert!(!stands(&other, &claim), "{other:?}");
        }
    }
}
