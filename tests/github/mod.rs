//! redan against a GitHub of our own on loopback: it keeps state, it fails on command, and it writes down what it was
//! asked.

#![allow(dead_code, reason = "comments and answers use the rest")]

mod graphql;
mod http;
mod server;
mod wire;
mod world;
