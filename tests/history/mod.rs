//! History: the audit against a plain reading of every object.

mod audit;
mod dag;
mod oracle;
