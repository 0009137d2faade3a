//! The payload of an event, as GitHub writes it for a workflow.
//! Source: docs.github.com, "Events that trigger workflows" and "Webhook events and payloads".

use serde_json::Value;

use crate::history::Stand;
use crate::ops::ci::{Event, Pull, Push};

/// What the payload says. A field that is not what it should be counts as absent; what cannot be done without
/// is named in the error.
pub fn read(name: &str, payload: &Value) -> Result<Event, String> {
    let needed = |path: &str| sha(payload, path).ok_or_else(|| format!("the {name} event has no commit at {path}"));
    Ok(match name {
        "pull_request" | "pull_request_target" => {
            let repository = text(payload, "/pull_request/head/repo/full_name");
            let home = text(payload, "/pull_request/base/repo/full_name");
            let number = payload.pointer("/pull_request/number").or(payload.pointer("/number"));
            Event::Pull(Pull {
                number: number.and_then(Value::as_u64).ok_or("the event names no pull request")?,
                head: needed("/pull_request/head/sha")?,
                base: needed("/pull_request/base/sha")?,
                fork: repository.is_none() || repository != home,
                repository,
            })
        }
        "push" if sha(payload, "/before").or(sha(payload, "/after")).is_none() => {
            return Err("the push event names no commit, neither before nor after".to_owned());
        }
        "push" => Event::Push(Push {
            before: sha(payload, "/before").filter(|_| !flag(payload, "/created")),
            after: sha(payload, "/after").filter(|_| !flag(payload, "/deleted")),
            forced: flag(payload, "/forced"),
        }),
        "merge_group" => {
            Event::Group { base: needed("/merge_group/base_sha")?, head: needed("/merge_group/head_sha")? }
        }
        "schedule" => Event::Audit { scheduled: true },
        "workflow_dispatch" => Event::Audit { scheduled: false },
        other => Event::Other(other.to_owned()),
    })
}

/// The pull request that an event is about, also one of a comment on it.
pub fn number(payload: &Value) -> Option<u64> {
    let commented = payload.pointer("/issue/number").filter(|_| payload.pointer("/issue/pull_request").is_some());
    payload.pointer("/pull_request/number").or(commented)?.as_u64()
}

/// The base of the pull request that an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// It is about none.
    None,
    /// It is about one, or about what one started, and names no base.
    Unknown,
    At(String),
}

pub fn base(payload: &Value) -> Base {
    let about = ["/pull_request", "/issue/pull_request", "/workflow_run"];
    match sha(payload, "/pull_request/base/sha") {
        Some(base) => Base::At(base),
        None if about.iter().any(|path| payload.pointer(path).is_some_and(|value| !value.is_null())) => Base::Unknown,
        None => Base::None,
    }
}

/// The default branch, as the event names it.
pub fn default_branch(payload: &Value) -> Option<String> {
    text(payload, "/repository/default_branch").filter(|name| !name.is_empty())
}

/// Where the branch that the event is about stood before it, where it says so: a merge alone does not tell.
pub fn stood(payload: &Value) -> Option<Stand> {
    let known = [
        ("/ref", "/before"),
        ("/pull_request/base/ref", "/pull_request/base/sha"),
        ("/merge_group/base_ref", "/merge_group/base_sha"),
    ];
    known.into_iter().find_map(|(name, commit)| {
        let (name, commit) = (text(payload, name)?, sha(payload, commit)?);
        let name = name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned();
        Some(Stand { name, commit })
    })
}

pub fn text(payload: &Value, path: &str) -> Option<String> {
    payload.pointer(path)?.as_str().map(str::to_owned)
}

/// A full commit id; forty zeros stand for none. Nothing else ever reaches Git.
pub(super) fn sha(payload: &Value, path: &str) -> Option<String> {
    let id = text(payload, path)?;
    let hex = id.len() == 40 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (hex && id.bytes().any(|byte| byte != b'0')).then_some(id)
}

fn flag(payload: &Value, path: &str) -> bool {
    payload.pointer(path).and_then(Value::as_bool).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    const ZEROS: &str = "0000000000000000000000000000000000000000";

    fn push(before: &str, after: &str, extra: (&str, bool)) -> Event {
        read("push", &json!({ "before": before, "after": after, extra.0: extra.1 })).unwrap()
    }

    #[test]
    fn zeros_are_no_commit() {
        let some = |id: &str| Some(id.to_owned());
        let event = |before, after, forced| Event::Push(Push { before, after, forced });
        assert_eq!(push(A, B, ("forced", false)), event(some(A), some(B), false));
        assert_eq!(push(A, B, ("forced", true)), event(some(A), some(B), true));
        assert_eq!(push(ZEROS, B, ("created", true)), event(None, some(B), false));
        assert_eq!(push(A, ZEROS, ("deleted", true)), event(some(A), None, false));
    }

    #[test]
    fn only_a_commit_id_passes_for_one() {
        for odd in ["", "main", "--upload-pack=touch /tmp/x", &A[1..], &format!("{A}a"), &A.to_uppercase()] {
            assert_eq!(push(odd, B, ("forced", false)), push(ZEROS, B, ("forced", false)), "{odd}");
        }
    }

    fn pull(head: &Value) -> Event {
        let base = json!({ "sha": A, "repo": { "full_name": "acme/payments" } });
        read("pull_request", &json!({ "number": 7, "pull_request": { "number": 7, "head": head, "base": base } }))
            .unwrap()
    }

    #[test]
    fn a_fork_is_another_repository_or_one_that_is_gone() {
        let forks = [json!({ "full_name": "acme/payments" }), json!({ "full_name": "eve/payments" }), Value::Null];
        let told = forks.map(|repo| match pull(&json!({ "sha": B, "repo": repo })) {
            Event::Pull(pull) => pull.fork,
            other => panic!("{other:?}"),
        });
        assert_eq!(told, [false, true, true]);
    }

    #[test]
    fn an_event_says_where_its_branch_stood() {
        let main = Some(Stand { name: "main".to_owned(), commit: A.to_owned() });
        for (payload, told) in [
            (json!({ "ref": "refs/heads/main", "before": A, "after": B }), &main),
            (json!({ "pull_request": { "base": { "ref": "main", "sha": A } } }), &main),
            (json!({ "merge_group": { "base_ref": "refs/heads/main", "base_sha": A } }), &main),
            (json!({ "ref": "refs/heads/main", "before": ZEROS, "after": B }), &None),
            (json!({ "ref": "main" }), &None),
        ] {
            assert_eq!(stood(&payload), *told, "{payload}");
        }
    }

    #[test]
    fn a_base_is_a_commit_that_the_event_names() {
        assert_eq!(base(&json!({ "pull_request": { "base": { "sha": A } } })), Base::At(A.to_owned()));
        for unknown in [
            json!({ "pull_request": { "base": { "sha": "main" } } }),
            json!({ "issue": { "number": 7, "pull_request": {} } }),
            json!({ "workflow_run": { "event": "pull_request" } }),
        ] {
            assert_eq!(base(&unknown), Base::Unknown, "{unknown}");
        }
        for none in [json!(null), json!({ "ref": "refs/heads/main" }), json!({ "issue": { "number": 7 } })] {
            assert_eq!(base(&none), Base::None, "{none}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let told = read("merge_group", &json!({ "merge_group": { "base_sha": A } })).unwrap_err();
        assert_eq!(told, "the merge_group event has no commit at /merge_group/head_sha");
        assert_eq!(read("release", &json!({})), Ok(Event::Other("release".to_owned())));
    }
}
