//! redan against a Jira of our own on loopback, written after Atlassian's public description of its REST API: Cloud by
//! version 3 with documents, Data Center by version 2 with wiki text. It keeps state and leads issues through a workflow.

mod rules;
mod server;
mod track;
mod track_ends;
mod track_refused;
mod world;
