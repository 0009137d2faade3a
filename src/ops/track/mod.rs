//! Tickets for controls: what HEAD says of each, what the tracker shows, and the way from one to the other.

mod github;
mod held;
mod jira;
mod links;
mod perform;
mod ready;
mod refusals;
mod run;
mod standing;
mod tracker;

pub use github::Hub;
pub use held::Held;
pub use jira::Site;
pub use ready::{Ready, Scope, Words, ready};
pub use run::{Answer, plan, sync};
pub use tracker::{Draft, Edit, Found, Made, Tracker};
