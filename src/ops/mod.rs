//! Use cases: what a command, a comment or a tool asks for, put together from the rooms below.
//! Never here: arguments, printing, the environment.

pub mod lifecycle;
