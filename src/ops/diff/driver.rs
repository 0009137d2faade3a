//! What `git diff` asks of a diff driver: one file of a model in two states.

use std::path::Path;

use jiff::civil::Date;

use super::files::{Place, alone, content};
use crate::difference::{Compared, State};
use crate::ops::Trouble;

/// One side, as Git hands it over.
#[derive(Debug, Clone, Copy)]
pub struct Blob<'a> {
    /// Where its content is; `/dev/null` = nowhere.
    pub file: &'a Path,
    /// Its object ID; dots or zeros = it is in no object yet.
    pub hex: &'a str,
}

/// Compares the two sides of a file; `path` says which part of a model it is.
pub fn drive(path: &str, old: Blob<'_>, new: Blob<'_>, as_of: Date) -> Result<Compared, Trouble> {
    let place = Place::of(path).unwrap_or_default();
    Ok(alone((content(old.file)?, content(new.file)?), &place, (state(old), state(new)), as_of))
}

fn state(blob: Blob<'_>) -> State {
    let name = match blob.hex {
        "." => "nothing",
        hex if hex.bytes().all(|byte| byte == b'0') => "working tree",
        hex => hex.get(..10).unwrap_or(hex),
    };
    State { name: name.to_owned(), commit: None }
}
