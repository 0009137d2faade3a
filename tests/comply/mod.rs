//! Packs, importers and mapping: on fixtures of our own, and on the publishers' files where they are.

mod import;
mod mapping;
mod succession;
mod titles;
