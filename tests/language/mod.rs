//! redan with a language model: a server of our own on loopback that speaks the wire formats of OpenAI and of Anthropic, streaming and not,
//! with a model behind it that does as it is told, or not.

mod brain;
mod faults;
mod generate;
mod guards;
mod judge;
mod mapping;
mod records;
pub mod server;
mod stage;
mod words;
