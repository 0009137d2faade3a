//! What a run will come to, before anything is sent. Rough on purpose: how long replies are, nobody knows.

use super::ground::Ground;
use super::item::line;
use super::prompts::SYSTEM;
use crate::model::Model;
use crate::suggest::Brief;

/// Requests, and tokens in and out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    pub requests: u64,
    pub input: u64,
    pub output: u64,
}

/// The steps before controls: tokens of the task, its schema and what is known so far, and of the reply.
const STEPS: [(u64, u64); 5] = [(900, 1800), (2700, 2000), (900, 1400), (2300, 1500), (3600, 2600)];
/// The same of one request for controls, and how many there are in a model of common size.
const CONTROLS: ((u64, u64), u64) = ((6500, 3200), 3);

/// Of a whole model.
pub fn estimate(brief: &Brief) -> Estimate {
    let texts = tokens(&Ground::new(brief, "").fenced()) + tokens(SYSTEM);
    let (each, times) = CONTROLS;
    let steps = STEPS.into_iter().chain(std::iter::repeat_n(each, usize::try_from(times).unwrap_or_default()));
    steps.fold(Estimate { requests: 0, input: 0, output: 0 }, |sum, (input, output)| Estimate {
        requests: sum.requests + 1,
        input: sum.input + input + texts,
        output: sum.output + output,
    })
}

/// Of one question about a model, or one request.
pub fn of_model(model: &Model) -> Estimate {
    let lines: u64 = model.entities.values().map(|entity| tokens(&line(entity))).sum();
    Estimate { requests: 1, input: lines + tokens(SYSTEM) + 1500, output: 800 }
}

/// Four letters of English are a token, and of other scripts nearly every letter is one.
pub fn tokens(text: &str) -> u64 {
    let (ascii, other) = text.chars().fold((0_u64, 0_u64), |(ascii, other), c| match c.is_ascii() {
        true => (ascii + 1, other),
        false => (ascii, other + 1),
    });
    ascii.div_ceil(4) + other
}
