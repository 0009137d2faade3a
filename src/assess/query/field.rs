//! Which fields a row has, and what they can hold: those of the files, and what follows from them.

use crate::assess::{Cause, MitigatedBy, Reason, State, Status, Verdict};
use crate::model::{self, Factor, Kind, Property, Shape};

use super::Row;

/// A field of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
}

/// What a field can be held against.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sort {
    Text,
    Flag,
    /// A day; ISO spelling, so that the order of texts is the order of days.
    Day,
    /// One of these words, in no order.
    Words(&'static [&'static str]),
    /// One of these words, from the least to the most.
    Scale(&'static [&'static str]),
    /// Any number of these words.
    Set(&'static [&'static str]),
    /// Any number of IDs or other words.
    Many,
}

pub(super) const BANDS: &[&str] = &["low", "medium", "high"];
pub(super) const TIERS: &[&str] = &["low", "medium", "high", "critical"];

/// The words of a closed list, in its order.
macro_rules! words {
    ($of:ident) => {{
        const WORDS: [&str; $of::ALL.len()] = {
            let mut words = [""; $of::ALL.len()];
            let mut at = 0;
            while at < words.len() {
                words[at] = $of::ALL[at].word();
                at += 1;
            }
            words
        };
        Sort::Words(&WORDS)
    }};
}

/// Every field of a row, those of the files first.
pub(super) fn fields(row: Row) -> Vec<Field> {
    let of = |name, sort| Field { name, sort };
    let mut all = vec![of("id", Sort::Text)];
    match row {
        Row::Objective => all.extend(objective()),
        Row::Entity(kind) => {
            all.extend(kind.fields().map(own));
            all.extend(factors(kind).iter().map(|&factor| of(factor.name(), level(factor))));
            all.extend(derived(kind));
        }
    }
    all
}

pub(super) fn find(row: Row, name: &str) -> Option<Field> {
    let plain = name.replace('-', "_");
    fields(row).into_iter().find(|field| field.name.eq_ignore_ascii_case(&plain))
}

fn objective() -> Vec<Field> {
    let of = |name, sort| Field { name, sort };
    vec![
        of("tier", Sort::Scale(TIERS)),
        of("impact", Sort::Scale(BANDS)),
        of("likelihood", Sort::Scale(BANDS)),
        of("status", words!(Status)),
        of("reason", words!(Reason)),
        of("reach", words!(Verdict)),
        of("cause", words!(Cause)),
        of("mitigated_by", words!(MitigatedBy)),
        of("properties", Sort::Set(Property::WORDS)),
        of("gap", Sort::Set(Property::WORDS)),
        of("controls", Sort::Many),
        of("covered", Sort::Flag),
    ]
}

/// A field of the files.
fn own(field: &'static model::Field) -> Field {
    let sort = match (field.name, field.shape) {
        ("impact" | "likelihood", _) => Sort::Scale(BANDS),
        ("removed", _) => Sort::Flag,
        (_, Shape::Flag) => Sort::Flag,
        (_, Shape::When) => Sort::Day,
        (_, Shape::Choice(words)) => Sort::Words(words),
        (_, Shape::Set(Shape::Choice(words))) => Sort::Set(words),
        (_, Shape::Properties) => Sort::Set(Property::WORDS),
        (_, Shape::Set(_) | Shape::List(_) | Shape::Pairs | Shape::Covers | Shape::Rows(_)) => Sort::Many,
        _ => Sort::Text,
    };
    Field { name: field.name, sort }
}

/// What an entity of the kind has beside its file.
fn derived(kind: Kind) -> Vec<Field> {
    let flag = |name| Field { name, sort: Sort::Flag };
    match kind {
        Kind::Asset | Kind::Attacker => vec![flag("rated")],
        Kind::Assumption => {
            vec![Field { name: "state", sort: words!(State) }, Field { name: "expires", sort: Sort::Day }]
        }
        Kind::Control => vec![flag("implemented"), flag("orphaned")],
        Kind::Boundary | Kind::Component => Vec::new(),
    }
}

pub(super) const fn factors(kind: Kind) -> &'static [Factor] {
    match kind {
        Kind::Asset => &Factor::OF_ASSET,
        Kind::Attacker => &Factor::LIKELIHOOD,
        _ => &[],
    }
}

/// In the order people have in mind: high privileges are more than none, whatever that does to the likelihood.
const fn level(factor: Factor) -> Sort {
    match factor {
        Factor::C | Factor::I | Factor::A | Factor::U | Factor::Complexity => Sort::Scale(&["low", "high"]),
        Factor::BlastRadius => Sort::Scale(&["isolated", "multiplicative", "cascading"]),
        Factor::Recoverability => Sort::Scale(&["trivial", "manageable", "permanent"]),
        Factor::Regulatory => Sort::Scale(&["none", "notification", "legal"]),
        Factor::Privileges => Sort::Scale(&["none", "low", "high"]),
        Factor::Vector => Sort::Words(model::Vector::WORDS),
        Factor::Interaction => Sort::Words(&["none", "required"]),
        Factor::Prevalence => Sort::Words(&["commodity", "targeted", "rare"]),
    }
}
