//! Completing a shallow checkout, as far as the event needs it.

use super::{Event, Push, needs};
use crate::history::{GitError, Reach, Repo};
use crate::ops::audit::roots;
use crate::ops::{Candidate, Desk, Trouble};

/// How far back head and base are followed until they meet, before all of history is brought.
const STEPS: [u32; 3] = [50, 500, 5_000];

/// What became of it.
#[derive(Debug, Default)]
pub struct Brought {
    /// Something came: the repository has to be opened anew to see it.
    pub any: bool,
    /// Why something did not come. Whoever cannot do without it says so.
    pub trouble: Option<GitError>,
}

/// Brings what the event rests on and the checkout lacks.
pub fn bring(desk: &Desk, event: &Event) -> Result<Brought, Trouble> {
    let whole = match event {
        Event::Push(Push { after: Some(_), .. }) | Event::Audit { .. } => told(audit(desk)),
        Event::Push(_) | Event::Pull(_) | Event::Group { .. } | Event::Other(_) => Brought::default(),
    };
    let now = if whole.any { Some(desk.repo()?.again()?) } else { None };
    let repo = now.as_ref().map_or_else(|| desk.repo(), Ok)?;
    let (commits, reaches) = wanted(repo, event);
    let (mut brought, lacking) = (Brought { any: whole.any, trouble: None }, whole.trouble);
    for reach in reaches {
        let came = repo.reach(&commits, reach).and_then(|()| repo.again());
        let now = told(came.as_ref().map(|_| true).map_err(Clone::clone));
        brought = Brought { any: brought.any || now.any, trouble: now.trouble };
        if came.map_or(true, |repo| enough(&repo, event)) {
            break;
        }
    }
    Ok(Brought { trouble: brought.trouble.or(lacking), ..brought })
}

/// Everything that is published, and every version of a model's files.
fn audit(desk: &Desk) -> Result<bool, GitError> {
    let Some(repo) = &desk.repo else { return Ok(false) };
    let settings = desk.settings(&Candidate::Revision("HEAD".to_owned())).unwrap_or_default();
    Ok(!repo.complete(&roots(&settings), desk.named(&settings))?.is_empty())
}

fn told(came: Result<bool, GitError>) -> Brought {
    match came {
        Ok(any) => Brought { any, trouble: None },
        Err(trouble) => Brought { any: false, trouble: Some(trouble) },
    }
}

/// Commits to fetch, and how far back to try.
fn wanted<'e>(repo: &Repo, event: &'e Event) -> (Vec<&'e str>, Vec<Reach>) {
    if enough(repo, event) {
        return (Vec::new(), Vec::new());
    }
    match event {
        Event::Pull(_) => (needs(event), STEPS.map(Reach::Depth).into_iter().chain([Reach::Whole]).collect()),
        Event::Push(Push { before: Some(before), after: Some(after), forced: false }) => {
            (missing(repo, [before, after].map(String::as_str)), vec![Reach::Depth(1)])
        }
        Event::Push(_) => (needs(event), vec![Reach::Depth(2)]),
        Event::Group { .. } => (missing(repo, needs(event)), vec![Reach::Depth(1)]),
        Event::Audit { .. } | Event::Other(_) => (Vec::new(), Vec::new()),
    }
}

fn missing<'c>(repo: &Repo, commits: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    commits.into_iter().filter(|id| !repo.holds(id)).collect()
}

/// Whether the event can be answered with what is here.
fn enough(repo: &Repo, event: &Event) -> bool {
    let here = needs(event).iter().all(|id| repo.holds(id));
    here && match event {
        Event::Pull(pull) => repo.bases(&pull.base, &pull.head).is_ok_and(|bases| !bases.is_empty()),
        Event::Push(Push { before: Some(before), forced: false, .. }) => repo.holds(before),
        Event::Push(Push { after: Some(after), .. }) => !repo.is_shallow() || parents(repo, after),
        Event::Push(_) | Event::Group { .. } | Event::Audit { .. } | Event::Other(_) => true,
    }
}

/// Whether a commit has a parent that is here.
fn parents(repo: &Repo, id: &str) -> bool {
    repo.parents_of(id).is_ok_and(|parents| parents.iter().any(|parent| repo.holds(&parent.id)))
}
