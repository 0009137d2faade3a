//! Generated text of the repository: the schemas, the tables of the format page, the list of rule pages.
//! Each test says when the text is stale; `REDAN_BLESS=1` writes it anew.

mod draft;
mod fields;
mod files;
pub mod generated;
mod page;
mod summary;
