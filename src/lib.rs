//! redan: threat models as TOML in a Git repository. Rooms on floors, highest first; a room names rooms on
//! lower floors only (docs/architecture.md).
#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests own the disk"
    )
)]

// floor 8
pub mod cli;

// floor 6
#[doc(hidden)]
pub mod ops;

// floor 5
#[doc(hidden)]
pub mod report;

// floor 4
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod track;

// floor 3
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod store;

// floor 2
#[doc(hidden)]
pub mod comply;
#[doc(hidden)]
pub mod difference;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod merge;

// floor 1
#[doc(hidden)]
pub mod assess;
#[doc(hidden)]
pub mod change;
#[doc(hidden)]
pub mod identity;

// floor 0
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod remote;
#[doc(hidden)]
pub mod text;
