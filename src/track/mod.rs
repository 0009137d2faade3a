//! Tickets for controls: what there should be, what there is, and the steps from one to the other. Values in, values
//! out. Never here: HTTP, the words of a ticket, files.

mod block;
mod key;
mod mark;
pub mod nodes;
mod plan;
mod pull;
mod seen;
mod wish;

pub use block::{Dress, lines};
pub use key::Key;
pub use mark::{Mark, Shown, print, word};
pub use plan::{Bounds, Plan, Step, Told, Turn, plan};
pub use pull::{Proposal, pull};
pub use seen::{Lost, Remote, Seen, State, foreign};
pub use wish::{Fate, Wish, wishes};
