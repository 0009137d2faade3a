//! Git as time: the only room that knows it. Finds the repository, resolves revisions, reads the files
//! of a commit or of the index, proves what became of every ID. Never here: what a file means, anything about rules.

mod audit;
mod error;
mod files;
mod program;
mod merged;
mod owed;
mod repo;
mod sides;
mod standing;
mod walk;

pub use audit::{Named, Question};
pub use error::GitError;
pub use program::{Author, Ran, git};
pub use repo::{Commit, Repo};
pub use sides::{Sides, Trio};
pub use walk::Reader;
