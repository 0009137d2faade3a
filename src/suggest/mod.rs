//! Proposals: what a description says, held against a knowledge base, becomes a model; and the interface behind which other engines do the
//! same. Values in, values out. Never here: files, Git, the clock, writing anything; what is proposed passes the rules like a person's edit.

mod engine;
mod knowledge;
mod language;
mod offline;
pub mod structure;
pub mod words;

pub use engine::{Brief, Controls, Engine, EngineError, Proposal, Proposed, Text};
pub use knowledge::{
    AssetKind, AttackerKind, ComponentKind, Found, Hit, Knowledge, Mechanism, Mention, Premise, Role, Said, Subject,
    Way, Zone, knowledge,
};
pub use language::{
    Doubt, Estimate, Language, Opinion, Pick, Picks, Planned, Shortlist, Speaker, Wish, estimate, hide, of_lists,
    of_model,
};
pub use offline::{Offline, described};
