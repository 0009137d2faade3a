//! What a language model is told. The words are in files of their own, so that a change of them is read as one.

use crate::model::Kind;

/// `{mark}` stands for the mark of the fences.
pub const SYSTEM: &str = include_str!("prompts/system.md");
pub const STRUCTURE: &str = include_str!("prompts/structure.md");
pub const PLAN: &str = include_str!("prompts/plan.md");
pub const ANSWER: &str = include_str!("prompts/answer.md");
pub const JUDGE: &str = include_str!("prompts/judge.md");
pub const MAPPING: &str = include_str!("prompts/mapping.md");
pub const CONTROLS: &str = include_str!("prompts/controls.md");

pub fn first(kind: Kind) -> &'static str {
    match kind {
        Kind::Asset => include_str!("prompts/assets.md"),
        _ => include_str!("prompts/attackers.md"),
    }
}

pub fn second(kind: Kind) -> &'static str {
    match kind {
        Kind::Asset => include_str!("prompts/assets-again.md"),
        _ => include_str!("prompts/attackers-again.md"),
    }
}
