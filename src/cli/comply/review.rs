//! Deciding about proposals one after the other, in the terminal.

use std::io::{self, BufRead};

use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::comply::mapping::Candidate;
use crate::comply::{Name, Reference};
use crate::model::{Cover, Id, MappingState, Model};
use crate::ops::comply::Suggested;
use crate::ops::lifecycle::Ruled;

/// What somebody decided about one proposal.
type Decided = (Id, Reference, Ruled);

/// Shows each proposal and reads a letter. `q`, or the end of the input, ends the review and keeps what was decided.
#[expect(clippy::disallowed_methods, reason = "answers come from standard input")]
pub fn ask(door: &mut Door, model: &Model, name: &Name, suggested: &[Suggested<'_>]) -> Result<Vec<Decided>, Failure> {
    let mut answers = io::stdin().lock().lines();
    let mut decided = Vec::new();
    for one in suggested {
        let title = model.entities.get(&one.control).map_or("", |entity| entity.title());
        for candidate in one.all() {
            door.print(&shown((one.control, title), name, candidate))?;
            match answer(door, &mut answers)? {
                None => return Ok(decided),
                Some(None) => {}
                Some(Some(ruled)) => {
                    let reference = Reference { framework: name.clone(), id: candidate.clause.id.clone() };
                    decided.push((one.control, reference, ruled));
                }
            }
        }
    }
    Ok(decided)
}

fn shown((control, title): (Id, &str), name: &Name, candidate: &Candidate<'_>) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let (id, words, grounds) = (&candidate.clause.id, candidate.clause.words(), candidate.grounds.join("; "));
    format!("{control} {title}\n  {name}:{id} {words}\n  {} {} ({grounds})\n", candidate.score, candidate.method)
}

/// Nothing = quit; nothing inside = skip.
fn answer(
    door: &mut Door,
    answers: &mut impl Iterator<Item = io::Result<String>>,
) -> Result<Option<Option<Ruled>>, Failure> {
    let ruled = |state, cover| Ok(Some(Some(Ruled { state, cover })));
    loop {
        door.print("  [a]ccept, accept as a [p]art, [r]eject, [s]kip, [q]uit? ")?;
        door.flush()?;
        let Some(line) = answers.next() else {
            door.print("\n")?;
            return Ok(None);
        };
        let line = line.map_err(|error| Failure::usage(format!("standard input: {error}")))?;
        match line.trim().to_lowercase().as_str() {
            "a" | "accept" => return ruled(MappingState::Accepted, Some(Cover::Full)),
            "p" | "part" => return ruled(MappingState::Accepted, Some(Cover::Part)),
            "r" | "reject" => return ruled(MappingState::Rejected, None),
            "s" | "skip" | "" => return Ok(Some(None)),
            "q" | "quit" => return Ok(None),
            _ => {}
        }
    }
}
