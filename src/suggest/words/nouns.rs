//! Words for kinds, fields, properties, factors and levels.

use super::token::Token;
use crate::model::{Factor, Kind, Property};

/// Words that point at something and add nothing to what it is.
pub(super) const ARTICLES: &[&str] = &[
    "the", "a", "an", "our", "this", "that", "these", "those", "my", "your", "their", "its", "some", "another", "new",
    "any", "existing",
];

const NOUNS: &[(&str, Kind)] = &[
    ("trust boundary", Kind::Boundary),
    ("trust boundaries", Kind::Boundary),
    ("trust zone", Kind::Boundary),
    ("security zone", Kind::Boundary),
    ("security boundary", Kind::Boundary),
    ("boundary", Kind::Boundary),
    ("boundaries", Kind::Boundary),
    ("zone", Kind::Boundary),
    ("perimeter", Kind::Boundary),
    ("component", Kind::Component),
    ("components", Kind::Component),
    ("asset", Kind::Asset),
    ("assets", Kind::Asset),
    ("threat actor", Kind::Attacker),
    ("threat actors", Kind::Attacker),
    ("attacker", Kind::Attacker),
    ("attackers", Kind::Attacker),
    ("adversary", Kind::Attacker),
    ("adversaries", Kind::Attacker),
    ("actor", Kind::Attacker),
    ("assumption", Kind::Assumption),
    ("assumptions", Kind::Assumption),
    ("control", Kind::Control),
    ("controls", Kind::Control),
    ("mitigation", Kind::Control),
    ("mitigations", Kind::Control),
    ("countermeasure", Kind::Control),
    ("countermeasures", Kind::Control),
    ("safeguard", Kind::Control),
    ("safeguards", Kind::Control),
];

/// The kind that the words begin with, and how many words that takes.
pub(super) fn kind(tokens: &[Token]) -> Option<(Kind, usize)> {
    NOUNS.iter().find_map(|(noun, kind)| starts(tokens, noun).then(|| (*kind, noun.split(' ').count())))
}

/// The kind that the words end with.
pub(super) fn last_kind(tokens: &[Token]) -> Option<(Kind, usize)> {
    let ends = |noun: &str| {
        let length = noun.split(' ').count();
        tokens.len().checked_sub(length).is_some_and(|from| starts(&tokens[from..], noun)).then_some(length)
    };
    NOUNS.iter().find_map(|(noun, kind)| ends(noun).map(|length| (*kind, length)))
}

/// Whether the words begin with this phrase.
pub(super) fn starts(tokens: &[Token], phrase: &str) -> bool {
    let mut count = 0;
    let same = phrase.split(' ').enumerate().all(|(at, word)| {
        count += 1;
        tokens.get(at).is_some_and(|token| token.is(word))
    });
    same && count <= tokens.len()
}

/// The words after the phrase, where they begin with one of these.
pub(super) fn after<'t>(tokens: &'t [Token], phrases: &[&str]) -> Option<&'t [Token]> {
    let longest = phrases.iter().filter(|phrase| starts(tokens, phrase)).max_by_key(|phrase| phrase.len())?;
    Some(&tokens[longest.split(' ').count()..])
}

/// Where one of these phrases stands first, and the words on both sides.
pub(super) fn parted<'t>(tokens: &'t [Token], phrases: &[&str]) -> Option<(&'t [Token], &'t [Token])> {
    (0..tokens.len()).find_map(|at| after(&tokens[at..], phrases).map(|rest| (&tokens[..at], rest)))
}

/// The same for where it stands last.
pub(super) fn parted_last<'t>(tokens: &'t [Token], phrases: &[&str]) -> Option<(&'t [Token], &'t [Token])> {
    (0..tokens.len()).rev().find_map(|at| after(&tokens[at..], phrases).map(|rest| (&tokens[..at], rest)))
}

pub(super) fn property(token: &Token) -> Option<Property> {
    if token.quoted {
        return None;
    }
    match token.low.as_str() {
        "confidentiality" | "confidential" | "secrecy" => Some(Property::C),
        "integrity" => Some(Property::I),
        "availability" | "available" => Some(Property::A),
        "usage" => Some(Property::U),
        _ => Property::ALL.iter().copied().find(|property| property.word() == token.text),
    }
}

const FACTORS: &[(&str, Factor)] = &[
    ("blast radius", Factor::BlastRadius),
    ("blast_radius", Factor::BlastRadius),
    ("blast-radius", Factor::BlastRadius),
    ("recoverability", Factor::Recoverability),
    ("recovery", Factor::Recoverability),
    ("regulatory impact", Factor::Regulatory),
    ("regulatory", Factor::Regulatory),
    ("regulation", Factor::Regulatory),
    ("attack vector", Factor::Vector),
    ("vector", Factor::Vector),
    ("required privileges", Factor::Privileges),
    ("privileges required", Factor::Privileges),
    ("privileges", Factor::Privileges),
    ("privilege", Factor::Privileges),
    ("attack complexity", Factor::Complexity),
    ("complexity", Factor::Complexity),
    ("user interaction", Factor::Interaction),
    ("interaction", Factor::Interaction),
    ("prevalence", Factor::Prevalence),
];

/// The factor at the start of the words, and how many words it takes. A property is one as the subscore it has.
pub(super) fn factor(tokens: &[Token]) -> Option<(Factor, usize)> {
    let named =
        FACTORS.iter().find(|(name, _)| starts(tokens, name)).map(|(name, factor)| (*factor, name.split(' ').count()));
    named.or_else(|| property(tokens.first()?).map(|property| (property.factor(), 1)))
}

/// The level that a word is of this factor, also in other forms of the word.
pub(super) fn level(factor: Factor, token: &Token) -> Option<&'static str> {
    let word = match token.low.as_str() {
        "medium" | "moderate" => "manageable",
        "hard" | "difficult" => "high",
        "easy" => "low",
        "widespread" | "common" => "commodity",
        "targetted" => "targeted",
        "unrecoverable" | "irrecoverable" | "irreversible" => "permanent",
        "remote" => "network",
        "needed" => "required",
        other => other,
    };
    factor.levels().iter().map(|level| level.name).find(|name| *name == word)
}

/// Levels that only one factor has.
pub(super) fn lone_level(token: &Token, of: &'static [Factor]) -> Option<(Factor, &'static str)> {
    if token.quoted {
        return None;
    }
    let mut having = of.iter().filter_map(|factor| {
        let name = factor.levels().iter().find(|level| level.name == token.low)?.name;
        Some((*factor, name))
    });
    let first = having.next()?;
    having.next().is_none().then_some(first)
}

/// What people call fields, beside their names.
const FIELDS: &[(&str, &str)] = &[
    ("git repository", "repo"),
    ("git repo", "repo"),
    ("source repository", "repo"),
    ("repository", "repo"),
    ("repo", "repo"),
    ("folder", "path"),
    ("directory", "path"),
    ("source path", "path"),
    ("path", "path"),
    ("position", "position"),
    ("location", "position"),
    ("archetype", "archetype"),
    ("category", "archetype"),
    ("capability", "capability"),
    ("capabilities", "capability"),
    ("description", "description"),
    ("wording", "description"),
    ("text", "description"),
    ("name", "name"),
    ("title", "name"),
    ("rationale", "rationale"),
    ("justification", "rationale"),
    ("kind", "kind"),
    ("status", "status"),
    ("passes", "passes"),
    ("sealed", "sealed"),
    ("components", "components"),
    ("boundaries", "boundaries"),
    ("trust boundaries", "boundaries"),
    ("properties", "properties"),
    ("security properties", "properties"),
    ("protects", "protects"),
    ("upheld by", "upheld_by"),
    ("upheld_by", "upheld_by"),
    ("excludes", "excludes"),
    ("objectives", "objectives"),
];

/// The field at the start of the words, by its name or what people call it, and how many words it takes.
pub(super) fn field(tokens: &[Token]) -> Option<(&'static str, usize)> {
    let known = FIELDS.iter().filter(|(said, _)| starts(tokens, said));
    known.max_by_key(|(said, _)| said.len()).map(|(said, name)| (*name, said.split(' ').count()))
}

/// Everything that a factor is called.
pub(super) fn factor_names(factor: Factor) -> Vec<&'static str> {
    FACTORS.iter().filter(|(_, of)| *of == factor).map(|(name, _)| *name).collect()
}

/// Everything that a field is called.
pub(super) fn field_names(name: &str) -> Vec<&'static str> {
    FIELDS.iter().filter(|(_, field)| *field == name).map(|(said, _)| *said).collect()
}
