//! History: the audit against a plain reading of every object.

mod audit;
mod complete;
mod dag;
mod kinds;
mod oracle;
mod rows;
mod shape;
