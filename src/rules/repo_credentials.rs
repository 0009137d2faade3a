//! Addresses of repositories with a password in them. It is shown nowhere: not in the message, and no line of the file.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::Body;

pub(super) static RULE: Rule = Rule { codes: &[&codes::REPO_CREDENTIALS], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let place = || Place::entity(&model.id, entity.id);
        match &entity.body {
            Body::Component(component) => {
                let Some(bare) = without(&component.repo) else { continue };
                let message =
                    format!("the repository of {} is an address with a password or token in it", named(entity));
                findings.push(Finding::new(&codes::REPO_CREDENTIALS, place(), message).help(format!(
                    "take it out: redan edit {} --set repo={bare}{}; and change it where it is used, for a commit is kept",
                    entity.id,
                    context.flag(model)
                )));
            }
            Body::Control(control) => {
                let held =
                    control.evidence.iter().enumerate().filter_map(|(row, one)| Some((row, without(&one.repo)?)));
                findings.extend(held.map(|(row, bare)| {
                    let message = format!(
                        "evidence {} of {} is in a repository whose address has a password or token in it",
                        row + 1,
                        named(entity)
                    );
                    Finding::new(&codes::REPO_CREDENTIALS, place(), message).help(format!(
                        "write `repo = \"{bare}\"`, and change the password where it is used, for a commit is kept"
                    ))
                }));
            }
            _ => {}
        }
    }
}

/// `owner/name` of an address that says who asks and how they prove it; none where it says neither.
fn without(repo: &str) -> Option<String> {
    let (scheme, rest) = repo.trim().split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (who, _) = authority.rsplit_once('@')?;
    // A name alone is how SSH says which account; over HTTP it is mostly a token.
    let secret = who.contains(':') || scheme.to_ascii_lowercase().starts_with("http");
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/').trim_end_matches(".git");
    secret.then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_proves_who_asks_is_found() {
        for (repo, bare) in [
            ("https://ada:hunter2@github.com/acme/pay.git", Some("acme/pay")),
            ("https://ghp_0123@github.com/acme/pay", Some("acme/pay")),
            ("HTTP://a:b@host/acme/pay/", Some("acme/pay")),
            ("ssh://ada:hunter2@host:22/acme/pay", Some("acme/pay")),
            ("https://host", None),
            ("https://x:y@host", Some("")),
            ("ssh://git@github.com/acme/pay", None),
            ("git@github.com:acme/pay.git", None),
            ("https://github.com/acme/pay?by=a:b@c", None),
            ("acme/pay", None),
            ("", None),
        ] {
            assert_eq!(without(repo).as_deref(), bare, "{repo}");
        }
    }
}
