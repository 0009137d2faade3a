//! Subjects become pages or JSON values. Each JSON type here is a published schema (`schema/output/`):
//! breaking one means a new number, never an edit. Never here: printing, deciding.

pub mod act;
pub mod activity;
pub mod ask;
pub mod assess;
pub mod check;
pub mod ci;
pub mod comment;
pub mod comply;
pub mod decisions;
pub mod diagram;
pub mod diff;
pub mod due;
pub mod findings;
pub mod fix;
pub mod found;
mod json;
pub mod ledger;
pub mod leverage;
pub mod list;
pub mod log;
pub mod matrix;
mod objectives;
pub mod ratings;
pub mod sessions;
pub mod show;
pub mod ticket;
pub mod track;
pub mod trend;
pub mod vantage;

pub use json::{Answer, answer, schemas, stream};
