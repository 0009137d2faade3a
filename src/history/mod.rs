//! Git as time: the only room that knows it. Finds the repository, resolves revisions, reads the files
//! of a commit or of the index. Never here: what a file means, anything about rules.

mod error;
mod files;
mod program;
mod repo;

pub use error::GitError;
pub use program::{Author, Ran, git};
pub use repo::{Commit, Repo};
