//! HTTP: wire types, and calls that take and return plain values. The async runtime stays inside; tokens and proxies
//! come in as arguments. Never here: what to say or when, the environment, anything of a threat model.

mod access;
mod client;
mod error;
mod github;
mod http;
mod jira;
mod language;
mod line;
mod origin;
mod retry;
mod token;

pub use access::{Access, Patience, Proxies};
pub use error::RemoteError;
pub use github::{
    Added, Author, Comment, Draft, End, File, Github, Heard, Issue, Level, NewTicket, Opened, Parent, Pull, Repository,
    Standing, State, Status, Suggestion, Thread, Ticket, TicketEdit, Tip,
};
pub use jira::{Card, Door, Flavour, Jira, Transition};
pub use language::{Answer, Dialect, Host, LanguageModel, Prompt, Turn};
pub use origin::Origin;
pub use token::Token;
