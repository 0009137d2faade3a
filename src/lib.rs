//! redan keeps threat models as text in a Git repository.
//!
//! Rooms stand on floors, the highest first; a room names only rooms on lower floors.
#![allow(dead_code)]

// Floor 1: what is the same thing as before.
#[doc(hidden)]
pub mod identity;

// Floor 0: plain values and text.
#[doc(hidden)]
pub mod text;
