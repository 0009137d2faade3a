//! Adding an entity: which kind, what it is called, and what else was said about it.

use super::Act;
use super::act::Sets;
use super::frame::{Frame, Verb};
use super::name::{Among, Named, a, named, objective, one};
use super::newcomer;
use super::nouns::{ARTICLES, after, kind, last_kind, parted, parted_last};
use super::rate::{only_properties, properties};
use super::stop::Stop;
use super::token::{Gap, Token};
use crate::model::{Kind, Property};

pub(super) fn read(frame: &Frame<'_>) -> Option<Result<Act, Stop>> {
    match frame.verb {
        Verb::Assume => Some(assumption(frame, frame.words)),
        Verb::Add => Some(add(frame)),
        // `Control: refunds are rate limited per merchant`.
        Verb::None => {
            let (kind, length) = kind(frame.words)?;
            let rest = &frame.words[length..];
            rest.first().filter(|first| first.before == Gap::Colon).map(|_| of_kind(frame, kind, rest))
        }
        _ => None,
    }
}

fn add(frame: &Frame<'_>) -> Result<Act, Stop> {
    let words = frame.words;
    let bare = trimmed(words);
    if bare.is_empty() {
        return Err(Stop::unclear("add what?").example("Add a DDoS attacker"));
    }
    // `asset X`, `an attacker who …`, `trust boundary called X`.
    if let Some((kind, length)) = kind(bare) {
        return of_kind(frame, kind, called(&bare[length..]));
    }
    if let Some((name, kind, rest)) = noun_after(bare) {
        return with_noun(frame, kind, name, rest);
    }
    match newcomer::guess(frame, bare) {
        Some(kind) => of_kind(frame, kind, bare),
        None => Err(Stop::unclear(format!("what is `{}`: an asset, an attacker, a component, …?", frame.text(bare)))
            .example(format!("Add {} as an asset", frame.text(bare)))
            .example(format!("Add a component called {}", frame.text(bare)))),
    }
}

/// Without articles.
pub(super) fn trimmed(words: &[Token]) -> &[Token] {
    let from = words.iter().position(|token| !token.any(ARTICLES)).unwrap_or(words.len());
    &words[from..]
}

/// After `called`, `:` and the like.
fn called(words: &[Token]) -> &[Token] {
    after(words, &["called", "named", "for", "which is", "that is", "that", "titled"]).unwrap_or(words)
}

/// `NAME as an asset …`, `a NAME component …`: the noun after the name, the kind, and what follows.
fn noun_after(words: &[Token]) -> Option<(&[Token], Kind, &[Token])> {
    for at in 1..words.len() {
        let quoted = words[..at].iter().any(|token| token.quoted);
        let Some((kind, length)) = kind(&words[at..]) else { continue };
        let rest = &words[at + length..];
        // `… to the attackers`.
        let several = words[at + length - 1].low.ends_with('s');
        let name = match words[..at].iter().rposition(|token| token.is("as") || (several && token.is("to"))) {
            Some(as_) if words[as_ + 1..at].iter().all(|token| token.any(ARTICLES)) => &words[..as_],
            _ => &words[..at],
        };
        // A noun that goes on is part of the name: `the access control list`.
        let ends = rest.is_empty() || rest[0].before > Gap::None || rest[0].any(OPENS) || quoted;
        if ends && !name.is_empty() {
            return Some((name, kind, rest));
        }
    }
    None
}

/// Words that open what else is said about a newcomer.
const OPENS: &[&str] = &[
    "with",
    "having",
    "in",
    "to",
    "into",
    "at",
    "inside",
    "within",
    "behind",
    "who",
    "that",
    "which",
    "called",
    "named",
    "described",
    "from",
    "on",
    "for",
    "and",
    "of",
    "having",
    "whose",
    "against",
];

fn with_noun(frame: &Frame<'_>, kind: Kind, name: &[Token], rest: &[Token]) -> Result<Act, Stop> {
    // `a trust boundary called X` came before; `a third-party asset called X` comes here.
    if let Some(real) = after(rest, &["called", "named"]) {
        return of_kind(frame, kind, real);
    }
    // These are sentences, and nothing stands before the noun: `a purple control: …`.
    if matches!(kind, Kind::Assumption | Kind::Control) {
        return match rest {
            [] if kind == Kind::Control => control(frame, name),
            [] => assumption(frame, name),
            _ => Err(Stop::unclear(format!("what is `{}` to the {}?", frame.text(name), kind.noun()))
                .example(super::heard::newcomer(kind))),
        };
    }
    if kind == Kind::Attacker {
        // What follows belongs to what they can do: `an insider threat attacker with database access`.
        let whole: Vec<Token> = name.iter().chain(rest).cloned().collect();
        return newcomer::attacker(frame, &whole, &frame_text(frame, name, rest));
    }
    build(frame, kind, name, rest)
}

/// The words before and after the noun, as written.
fn frame_text(frame: &Frame<'_>, name: &[Token], rest: &[Token]) -> String {
    let tail = frame.text(rest);
    if tail.is_empty() { frame.text(name) } else { format!("{} {tail}", frame.text(name)) }
}

fn of_kind(frame: &Frame<'_>, kind: Kind, words: &[Token]) -> Result<Act, Stop> {
    let nameless = matches!(kind, Kind::Asset | Kind::Boundary | Kind::Component)
        && words.first().is_some_and(|word| word.any(OPENS));
    if words.is_empty() || nameless {
        return Err(Stop::unclear(format!("which {}? Say what it is called", kind.noun()))
            .example(super::heard::newcomer(kind)));
    }
    match kind {
        Kind::Attacker => newcomer::attacker(frame, words, &frame.text(words)),
        Kind::Assumption => assumption(frame, words),
        Kind::Control => control(frame, words),
        _ => {
            let (name, rest) = cut(words);
            build(frame, kind, name, rest)
        }
    }
}

/// The name, and what opens after it.
fn cut(words: &[Token]) -> (&[Token], &[Token]) {
    if words[0].quoted {
        return words.split_at(1);
    }
    let opens = |at: &usize| {
        let token = &words[*at];
        match token.low.as_str() {
            "with" | "having" => {
                only_properties(&words[*at + 1..])
                    || words[*at + 1..].iter().any(|token| super::nouns::property(token).is_some())
            }
            "in" | "to" | "into" | "at" | "inside" | "within" | "behind" => true,
            "described" | "called" => true,
            "from" => repository(&words[*at..]).is_some(),
            _ => token.before >= Gap::Bracket,
        }
    };
    let at = (1..words.len()).find(opens).unwrap_or(words.len());
    words.split_at(at)
}

fn build(frame: &Frame<'_>, kind: Kind, name: &[Token], rest: &[Token]) -> Result<Act, Stop> {
    let name = capital(&frame.text(trimmed(name)));
    let mut sets: Sets = vec![("name".to_owned(), name.clone())];
    if let Some((_, text)) = parted(rest, &["described as", "description", "meaning", "that is", "which is"]) {
        sets.push(("description".to_owned(), capital(frame.text(text).trim_matches('"'))));
    } else if let Some(at) = rest.iter().position(|token| token.before == Gap::Colon) {
        let text = capital(frame.text(&rest[at..]).trim_matches('"'));
        if !only_properties(&rest[at..]) {
            sets.push(("description".to_owned(), text));
        }
    }
    match kind {
        Kind::Asset => asset(frame, rest, &mut sets)?,
        Kind::Component => {
            let (repo, rest) = apart(rest);
            if let Some(boundary) = place(frame, &rest, Kind::Boundary)? {
                sets.push(("boundaries".to_owned(), boundary));
            }
            sets.extend(repo.map(|repo| ("repo".to_owned(), repo)));
        }
        _ => {}
    }
    if let Some(reason) = &frame.reason {
        sets.push(("rationale".to_owned(), capital(reason)));
    }
    Ok(Act::Add { kind, sets: newcomer::known(kind, &name, sets) })
}

/// The repository that the words begin with, as in `in the GitHub repo acme/refunds`, and how many words that takes.
fn repository(words: &[Token]) -> Option<(&Token, usize)> {
    let rest = trimmed(after(words, &["in", "from", "at", "of", "on"])?);
    let rest = after(rest, &["github", "gitlab", "bitbucket", "git"]).unwrap_or(rest);
    let rest = after(rest, &["repository", "repo"])?;
    let rest = after(rest, &["called", "named"]).unwrap_or(rest);
    rest.first().map(|repo| (repo, words.len() - rest.len() + 1))
}

/// The repository that is named somewhere, and the words without it.
fn apart(words: &[Token]) -> (Option<String>, Vec<Token>) {
    let found = (0..words.len()).find_map(|at| repository(&words[at..]).map(|(repo, length)| (at, repo, length)));
    match found {
        Some((at, repo, length)) => (Some(repo.text.clone()), [&words[..at], &words[at + length..]].concat()),
        None => (None, words.to_vec()),
    }
}

fn asset(frame: &Frame<'_>, rest: &[Token], sets: &mut Sets) -> Result<(), Stop> {
    let said = properties(rest);
    let unknown = parted(rest, &["with", "having"]).filter(|_| said.is_empty()).map(|(_, what)| what);
    if let Some(what) = unknown.filter(|what| {
        last_kind(what).is_none() && what.last().is_some_and(|token| token.any(&["property", "properties"]))
    }) {
        return Err(Stop::unclear(format!("`{}` is no property", frame.text(&what[..what.len() - 1])))
            .hint("confidentiality (C), integrity (I), availability (A), usage (U)"));
    }
    if !said.is_empty() {
        let letters: Vec<&str> = Property::ALL
            .iter()
            .filter(|one| said.iter().any(|(property, _)| property == *one))
            .map(|p| p.word())
            .collect();
        sets.push(("properties".to_owned(), letters.join(",")));
    }
    if let Some(component) = place(frame, rest, Kind::Component)? {
        sets.push(("components".to_owned(), component));
    }
    Ok(())
}

/// Where the newcomer is said to stand.
fn place(frame: &Frame<'_>, rest: &[Token], kind: Kind) -> Result<Option<String>, Stop> {
    let Some((_, at)) =
        parted(rest, &["in", "into", "to", "inside", "within", "behind", "at", "on", "held by", "stored in"])
    else {
        return Ok(None);
    };
    let at = parted_last(at, &["with", "described as"]).map_or(at, |(at, _)| at);
    if at.is_empty() {
        return Ok(None);
    }
    match named(frame.model, at, &[kind], Among::Live) {
        Named::One(id) if id.kind == kind => Ok(Some(id.to_string())),
        _ => one(frame.model, at, &[kind], Among::Live).map(|id| Some(id.to_string())),
    }
}

fn assumption(frame: &Frame<'_>, words: &[Token]) -> Result<Act, Stop> {
    let words = after(words, &["that", "which says", "saying that", "saying"]).unwrap_or(words);
    let text = capital(frame.text(words).trim_matches('"'));
    if words.len() < 2 {
        return Err(
            Stop::unclear("what is assumed?").example("Assume that the acquirer settles only what was authorised")
        );
    }
    // Somebody else upholds it, until somebody says that it does not apply.
    let mut sets = vec![("description".to_owned(), text), ("kind".to_owned(), super::field::EXTERNAL.to_owned())];
    sets.extend(frame.reason.iter().map(|reason| ("rationale".to_owned(), capital(reason))));
    Ok(Act::Add { kind: Kind::Assumption, sets })
}

fn control(frame: &Frame<'_>, words: &[Token]) -> Result<Act, Stop> {
    let words = after(words, &["that", "saying that", "which says", "to"]).unwrap_or(words);
    let (words, covers) = covering(words);
    let text = capital(frame.text(words).trim_matches('"'));
    if words.len() == 1 && !words[0].quoted && text.len() < 12 {
        return Err(Stop::unclear(format!("`{text}` does not say {} in a sentence", a("mechanism")))
            .example("Add a control: refunds above 500 euros need a second person"));
    }
    let mut sets = vec![("description".to_owned(), text)];
    sets.extend(covers.map(|covers| ("covers".to_owned(), covers)));
    sets.extend(frame.reason.iter().map(|reason| ("rationale".to_owned(), capital(reason))));
    Ok(Act::Add { kind: Kind::Control, sets })
}

/// `…, covering CO-A1-T1 and CO-A1-T2`: what the newcomer covers, in a group of its own.
fn covering(words: &[Token]) -> (&[Token], Option<String>) {
    let Some((text, goal)) = parted_last(words, COVERING) else { return (words, None) };
    let found: Vec<String> = goal.iter().filter_map(objective).map(|one| one.to_string()).collect();
    let whole = goal.iter().all(|token| objective(token).is_some() || token.any(&["and", "objectives", "objective"]));
    match whole && !found.is_empty() && !text.is_empty() {
        true => (text, Some(format!("1:{}", found.join(",")))),
        false => (words, None),
    }
}

pub(super) const COVERING: &[&str] =
    &["covering", "which covers", "that covers", "and covers", "it covers", "to cover"];

pub(super) fn capital(text: &str) -> String {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
