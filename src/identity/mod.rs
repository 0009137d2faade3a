//! What an entity *is*: digests of its content, and the judge that says whether two descriptions mean
//! the same thing. Also the past as pure values, for rules to compare with.
//! Never here: Git, files, the clock, a network.

mod digest;
mod entity;
mod judge;
mod kin;
mod ledger;
mod past;
mod redaction;
mod signers;
mod stamp;
mod told;
mod words;

pub use digest::{Digest, of_entity, of_table, structural};
pub use entity::compare;
pub use judge::{Fields, Judgement, Subject, VERSION, Verdict, judge};
pub use kin::akin;
pub use ledger::{Account, Breach, Break, Gap, Known, Ledger, Meaning, Owed, Published, Sighting};
pub use past::{Base, Past};
pub use redaction::{REDACTED, hashed, owed, redacted, took_out};
pub use signers::{Person, Signers};
pub use stamp::of_objectives;
pub use told::{Reader, Told};
pub use words::Words;
