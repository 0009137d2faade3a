//! The house rules, held by reading the source text of the library: floors, reachability, sizes, names, homes of crates.
//! Every rule is a pure checker over [`source::File`]s with its own tests on bad input, and one test that runs it on this tree.
//! Nothing here links the library, so a broken library still gets its findings.

mod effects;
mod floors;
mod machine_paths;
mod mentions;
mod names;
mod reach;
mod sizes;
mod source;
mod syntax;
