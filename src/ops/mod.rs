//! Use cases, one file each: what a command means, without arguments, words or colours. Values and typed
//! trouble out. Never here: printing, the environment, the clock.

pub mod accept;
pub mod activity;
pub mod ask;
pub mod assess;
pub mod audit;
pub mod came;
pub mod check;
pub mod ci;
pub mod comment;
pub mod comply;
pub mod desk;
pub mod diff;
pub mod exchange;
pub mod fix;
pub mod generate;
mod grace;
pub mod history;
pub mod init;
pub mod lifecycle;
pub mod log;
pub mod mend;
pub mod merge;
pub mod moment;
pub mod perform;
pub mod ratings;
pub mod reading;
pub mod redact;
pub mod refine;
pub mod reminder;
pub mod renumber;
pub mod resolve;
pub mod respond;
pub mod revert;
mod sides;
mod signed;
pub mod sticky;
mod taken;
pub mod track;
pub mod trend;
mod trouble;
mod twins;
pub mod undo;
mod words;

pub use desk::{Candidate, Desk};
pub use trouble::Trouble;
