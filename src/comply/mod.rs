//! Frameworks as values: packs of requirements, spellings of references, and how a model stands to them.
//! Never here: files and their formats, findings, the wording of pages, a language model.

mod alias;
mod canon;
mod clause;
mod condition;
mod coverage;
mod excuse;
mod flaw;
mod library;
pub mod mapping;
mod migration;
mod minimum;
mod name;
mod order;
mod pack;
mod reference;
mod succession;

pub use alias::Alias;
pub use canon::{Memory, Stamp, hex};
pub use clause::{Clause, Kind, Scope, State};
pub use condition::{Broken, Condition, refuted};
pub use coverage::{Coverage, Eyes, Mapped, Stands, Status, Target, coverage};
pub use excuse::{Excuse, about, recalled};
pub use flaw::{About, Flaw, flaws};
pub use library::{Library, Lost, Origin, Shelved, Unknown};
pub use migration::{Freed, Migration, Moved, migration};
pub use minimum::short;
pub use name::Name;
pub use order::natural;
pub use pack::{Levels, Pack, Source, TextPolicy};
pub use reference::{Reference, matches};
pub use succession::{Fate, How, Step, Tally, fates, tally};
