//! Why a sentence is not acted on.

/// What is wrong, and what to say instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub halt: Halt,
    pub message: String,
    /// Sentences or commands that would do, one each.
    pub hints: Vec<String>,
}

/// The kind of stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Something is missing, unknown or may mean two things: the person is asked.
    Unclear,
    /// No words would make it right.
    Refused,
    /// It is about more than one entity, or asks for judgement: an engine could do it.
    Broad,
    /// It is a question.
    Question,
    /// It asks for a whole model.
    Generate,
    /// It is neither an instruction nor a question.
    General,
}

impl Stop {
    /// Whether a language model could go beyond it.
    pub fn beyond(&self) -> bool {
        matches!(self.halt, Halt::Broad | Halt::Unclear)
    }

    fn new(halt: Halt, message: impl Into<String>) -> Stop {
        Stop { halt, message: message.into(), hints: Vec::new() }
    }

    pub(super) fn unclear(message: impl Into<String>) -> Stop {
        Stop::new(Halt::Unclear, message)
    }

    pub(super) fn refused(message: impl Into<String>) -> Stop {
        Stop::new(Halt::Refused, message)
    }

    pub(super) fn of(halt: Halt, message: impl Into<String>) -> Stop {
        Stop::new(halt, message)
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Stop {
        self.hints.push(hint.into());
        self
    }

    /// A sentence that would do.
    #[must_use]
    pub(super) fn example(self, sentence: impl AsRef<str>) -> Stop {
        self.hint(format!("for example: {}", sentence.as_ref()))
    }
}
