//! Plain words: a sentence about one entity becomes the act of the lifecycle that it asks for, a question becomes a
//! filter; whatever is not certain is asked back, and what is broader needs an engine. Never here: acting, rules about
//! what may be done, a language model.

mod act;
mod add;
mod ask;
mod attest;
mod between;
mod broad;
mod control;
mod field;
mod frame;
mod heard;
mod name;
mod newcomer;
mod nouns;
mod phrases;
mod place;
mod property;
mod rate;
mod remove;
mod rename;
mod restore;
mod stop;
mod token;
mod wall;

use crate::model::{Intent, Model};

pub use act::Act;
pub use ask::{Asking, ask};
pub use stop::{Halt, Stop};

use frame::Frame;

/// What a sentence comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// One act on the model.
    Act(Box<Act>),
    /// Nothing that may be done as it was said.
    Stop(Stop),
}

/// A way to read a sentence: nothing where it is about something else.
type Reading = fn(&Frame<'_>) -> Option<Result<Act, Stop>>;

/// The first that knows the sentence has it; the more particular ones stand first.
const READINGS: [Reading; 14] = [
    broad::read,
    between::read,
    attest::read,
    restore::read,
    rename::read,
    control::status,
    control::cover,
    wall::boundary,
    rate::read,
    property::read,
    field::read,
    place::read,
    remove::read,
    add::read,
];

/// Reads an instruction about a model.
pub fn understand(model: &Model, sentence: &str) -> Understood {
    let tokens = frame::sifted(sentence);
    let frame = Frame::new(model, sentence, &tokens);
    if frame.words.is_empty() {
        return Understood::Stop(Stop::unclear("there are no words to go by").example("Add a DDoS attacker"));
    }
    let read = READINGS.iter().find_map(|read| read(&frame));
    match read.unwrap_or_else(|| Err(broad::unknown(&frame))) {
        Ok(act) => match heard::unread(&frame, &act) {
            Some(stop) => Understood::Stop(stop),
            None => Understood::Act(Box::new(act)),
        },
        Err(stop) => Understood::Stop(stop),
    }
}

/// What a turn is about, as sessions record it.
pub fn intent(sentence: &str) -> Intent {
    frame::intent(sentence)
}
