//! Every code is held by its page in docs/rules and by a row of the mutation table.

mod bench;
mod book;
mod examples;
mod fingerprints;
mod fixes;
mod index;
mod mutations;
mod pages;
mod past;
mod references;
mod valid;
