//! Git as time: the only room that knows it. Finds the repository, resolves revisions, reads the files
//! of a commit or of the index, proves what became of every ID, follows models along a line of commits.
//! Never here: a rule of its own; steps of the past are judged by `rules`, as a candidate is.

mod audit;
mod cloned;
mod complete;
mod dirty;
mod error;
mod files;
mod introduced;
mod landed;
mod loose;
mod merged;
mod owed;
mod people;
mod program;
mod reach;
mod recent;
mod repo;
mod shallow;
mod sides;
mod speed;
mod staged;
mod standing;
mod stored;
mod versions;
mod walk;

pub use audit::{Named, Question, Stand};
pub use dirty::Dirt;
pub use error::GitError;
pub use introduced::Range;
pub use landed::Landed;
pub use merged::merged_lines;
pub use program::{Author, Ran, git};
pub use reach::{Bearer, Reach};
pub use repo::{Commit, Repo};
pub use sides::{Sides, Trio};
pub use speed::Speed;
pub use versions::{
    Boundary, Draft, Event, Label, Line, Log, Revision, Runs, Sight, Signed, Step, Subject, Summary, Track, Unread,
    Version, events,
};
pub use walk::Reader;
