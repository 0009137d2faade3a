//! Packs, importers, mapping and migration: on fixtures of our own, and on the publishers' files where they are.

mod titles;
