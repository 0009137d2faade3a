//! redan against a GitHub of our own on loopback: it keeps state, it fails on command, and it writes down what it was
//! asked.

mod ci;
mod comment;
mod graphql;
pub mod http;
mod issues;
mod plain_words;
mod proposals;
mod propose;
mod respond;
mod server;
mod stage;
mod tickets;
mod track;
mod track_ends;
mod track_history;
mod track_links;
mod track_lost;
mod track_parent;
mod track_refused;
mod track_told;
mod track_wrong;
mod wire;
mod world;
