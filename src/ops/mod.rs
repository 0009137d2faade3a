//! Use cases, one file each: what a command means, without arguments, words or colours. Values and typed
//! trouble out. Never here: printing, the environment, the clock.

pub mod check;
pub mod desk;
pub mod fix;
pub mod init;
pub mod lifecycle;
pub mod merge;
pub mod perform;
pub mod reading;
pub mod renumber;
mod taken;
mod trouble;
mod twins;

pub use desk::{Candidate, Desk};
pub use trouble::Trouble;
