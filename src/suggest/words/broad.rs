//! Sentences that no grammar may act on: broader than one entity, about what is computed, or no instruction at all.

use super::Act;
use super::frame::{Frame, Verb, intent};
use super::name::{self, Among, Named};
use super::nouns::{after, kind, starts};
use super::phrases::phrases;
use super::stop::{Halt, Stop};
use super::token::Token;
use crate::model::{Id, Intent};

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    let tokens = super::frame::sifted(frame.sentence);
    match intent(frame.sentence) {
        Intent::Query => return Some(Err(question(frame))),
        Intent::General => return Some(Err(general())),
        Intent::Generate => return Some(Err(generate())),
        Intent::Refine => {}
    }
    let rest = if frame.verb == Verb::None { frame.words } else { &tokens };
    let whole = frame.verb == Verb::None && after(rest, phrases("whole")).is_some();
    let whole = whole || (frame.verb == Verb::Set && whole_model(&tokens));
    if whole || many(frame) {
        return Some(Err(broad(frame.sentence)));
    }
    computed(frame).map(Err)
}

/// `make the model better`, `rewrite all descriptions`.
fn whole_model(tokens: &[Token]) -> bool {
    (0..tokens.len().min(8))
        .any(|at| after(&tokens[at..], phrases("whole")).is_some_and(|_| !tokens[at].any(&["some", "group", "extend"])))
        && !tokens.iter().any(|token| name::id(token).is_some() || token.quoted)
}

/// Whether the sentence is about several entities: a plural noun of a kind, or a word for many before one.
fn many(frame: &Frame<'_>) -> bool {
    let acts = matches!(
        frame.verb,
        Verb::Add | Verb::Remove | Verb::Restore | Verb::Rename | Verb::Rate | Verb::Set | Verb::Move | Verb::Mark
    );
    let head = &frame.words[..frame.words.len().min(3)];
    let opens = head.iter().take(2).any(|token| token.any(phrases("many")));
    let plural = (0..frame.words.len().min(2)).any(|at| {
        let named = frame.words.iter().any(|token| name::id(token).is_some() || name::objective(token).is_some());
        kind(&frame.words[at..]).is_some() && frame.words[at].low.ends_with('s') && !named && starts_bare(frame, at)
    });
    acts && (opens && !frame.words.iter().any(|token| token.quoted) || plural)
}

/// A plural noun stands first, but for an article: `add mitigations for …`; not `add components CMP1 to A5`.
fn starts_bare(frame: &Frame<'_>, at: usize) -> bool {
    frame.words[..at].iter().all(|token| token.any(super::nouns::ARTICLES)) && frame.words[at].low != "access"
}

/// What nobody may set: IDs, and what follows from factors.
fn computed(frame: &Frame<'_>) -> Option<Stop> {
    let words = frame.words;
    let renumber = frame.verb == Verb::None && after(words, &["renumber"]).is_some();
    let names_id = (0..words.len().min(4)).any(|at| starts(&words[at..], "id of") || starts(&words[at..], "number of"));
    let names_id = names_id || words.get(1).is_some_and(|word| word.is("id") && name::id(&words[0]).is_some());
    if renumber || frame.verb == Verb::Set && names_id {
        let message = "an ID is given once and never changes: decisions, tickets and history lean on it";
        return Some(Stop::refused(message).hint("an ID that is not published yet: redan renumber ID"));
    }
    let derived = ["impact", "likelihood", "tier", "risk", "severity", "risk tier", "risk level", "rating", "score"];
    let sets = matches!(frame.verb, Verb::Set | Verb::Rate | Verb::Mark);
    let at = (0..words.len().min(5))
        .find(|at| after(&words[*at..], &derived).is_some() && !starts(&words[*at..], "regulatory impact"))?;
    let plain = at == 0 || !words[at - 1].is("regulatory");
    // `Rate the impact of …` is a factor where one is named beside it.
    let factors = (0..words.len()).any(|at| super::nouns::factor(&words[at..]).is_some());
    (sets && plain && !factors).then(|| {
        Stop::refused(format!("{} follows from factors and is never set by itself", words[at].low))
            .hint("change a factor with its reason: Set the blast radius of A5 to cascading because …")
            .hint("what follows from what: docs/methodology.md")
    })
}

/// What needs an engine.
pub(super) fn broad(sentence: &str) -> Stop {
    let short: String = sentence.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
    Stop::of(
        Halt::Broad,
        format!("`{short}` is about more than one entity, or asks for judgement: that needs a language model"),
    )
}

fn question(frame: &Frame<'_>) -> Stop {
    Stop::of(Halt::Question, "this is a question, and refine changes the model").hint(format!(
        "ask it: redan ask {} \"{}\"",
        frame.model.id,
        frame.sentence.trim().replace('"', "'")
    ))
}

fn generate() -> Stop {
    Stop::of(Halt::Generate, "a whole model is made from a description or from the repository itself")
        .hint("redan generate --from FILE")
}

fn general() -> Stop {
    Stop::of(Halt::General, "I change one entity of the model at a time, and answer questions about it")
        .example("Add an insider threat attacker with database access")
        .example("Remove the availability property from A6")
        .example("Which assets have the Usage property?")
}

/// Nothing here reads the sentence: a verb that is known misses something, else the sentence is too broad.
pub(super) fn unknown(frame: &Frame<'_>) -> Stop {
    let ids: Vec<Id> = frame.words.iter().filter_map(name::id).collect();
    let about = ids.first().map(|id| name::titled(frame.model, *id));
    let named = match name::named(frame.model, frame.words, &[], Among::Live) {
        Named::One(id) => Some(name::titled(frame.model, id)),
        _ => None,
    };
    match (frame.verb, about.or(named)) {
        (_, Some(entity)) => Stop::unclear(format!("what is to be done with {entity}?"))
            .example("Set the description of it to \"…\"")
            .hint("the commands: redan add, edit, remove, restore, rate, cover, status"),
        (Verb::None, None) => broad(frame.sentence),
        (_, None) => Stop::unclear("this does not say which entity it is about")
            .hint("name it by its ID or by words of its name"),
    }
}
