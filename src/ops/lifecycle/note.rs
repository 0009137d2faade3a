//! What an act reports, as values with a plain sentence each.

use std::fmt;

use jiff::civil::Date;

use super::Standing;
use super::sentence::{count, list, short};

use crate::assess::{Status, Tier};
use crate::model::{self, Group, Id, MappingState, Objective};

/// One thing to tell about a planned act. Lists are never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Everything was so already.
    Nothing,
    Added {
        id: Id,
        title: String,
    },
    /// The removed entity came back instead of a new one; it kept its words and properties.
    Revived {
        id: Id,
        title: String,
        would_change: Vec<Difference>,
    },
    Edited {
        id: Id,
        fields: Vec<&'static str>,
    },
    /// The identity changed and somebody stood up for it; a `renamed` row says so.
    Overruled {
        id: Id,
        from: String,
        to: String,
    },
    /// A reason for an identity change was given where the identity is free or unchanged.
    ReasonNotNeeded {
        id: Id,
    },
    Removed {
        id: Id,
        title: String,
        replaced_by: Option<String>,
    },
    Restored {
        id: Id,
        title: String,
    },
    /// Attestations from before the restoring are kept and no longer count.
    AttestationsVoid {
        id: Id,
        attestations: usize,
    },
    Rated {
        id: Id,
        shifts: Vec<Shift>,
    },
    /// The risk tier of objectives changed; `None` = not rated.
    TierChanged {
        objectives: Vec<Objective>,
        from: Option<Tier>,
        to: Option<Tier>,
    },
    ModelRenamed {
        from: String,
        to: String,
    },
    ModelRemoved,
    ModelRestored,
    /// The structure is that of this state again.
    Reverted {
        to: String,
    },
    Numbered {
        from: Id,
        to: Id,
    },
    /// The published entity whose number another one had.
    CameBack {
        id: Id,
    },
    StatusSet {
        control: Id,
        status: model::Status,
    },
    /// The control covers these objectives now, and did not before.
    Covered {
        control: Id,
        group: Group,
        objectives: Vec<Objective>,
    },
    /// The control covered the objectives in another group before.
    Moved {
        control: Id,
        from: Group,
        to: Group,
        objectives: Vec<Objective>,
    },
    /// The control no longer covers these.
    Uncovered {
        control: Id,
        objectives: Vec<Objective>,
    },
    /// A new control described the mechanism of a live one and became part of it.
    Folded {
        into: Id,
        title: String,
        objectives: Vec<Objective>,
        requirements: Vec<String>,
    },
    /// The reason was written into this decision.
    Recorded {
        decision: String,
    },
    /// What an engine has to say beside what it proposes.
    Remark(String),
    /// The model is held against a framework, or against another level of it.
    Selected {
        framework: String,
        level: Option<String>,
    },
    Deselected {
        framework: String,
    },
    /// These requirements are taken out.
    Excused {
        req: String,
        requirements: Vec<String>,
    },
    /// They are asked for again.
    Included {
        req: String,
        /// Other exclusions that take out some of it.
        still: Vec<String>,
    },
    /// Somebody decided about these requirements, or a machine proposed them.
    Mapped {
        control: Id,
        state: MappingState,
        requirements: Vec<String>,
    },
    Unmapped {
        control: Id,
        requirements: Vec<String>,
    },
    /// Words gave way to their hash.
    Redacted {
        what: String,
    },
    /// Somebody vouched for an assumption.
    Attested {
        id: Id,
        /// Where that is still to come.
        from: Option<Date>,
        until: Option<Date>,
    },
    /// What people decided changed where objectives are counted.
    Became {
        objectives: Vec<Objective>,
        from: Status,
        to: Status,
    },
    /// Pairs that are new with a new asset or attacker.
    Opened {
        objectives: Vec<Objective>,
    },
    Tombstoned {
        objectives: Vec<Objective>,
    },
    ObjectivesRevived {
        objectives: Vec<Objective>,
    },
    Orphaned {
        controls: Vec<Id>,
    },
    Reattached {
        controls: Vec<Id>,
    },
    /// Objectives that were mitigated no longer are.
    Reopened {
        controls: Vec<Id>,
        objectives: Vec<Objective>,
    },
    StandingChanged {
        objectives: Vec<Objective>,
        from: Standing,
        to: Standing,
    },
}

/// A field that a revived entity keeps although the newcomer said something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: &'static str,
    pub kept: Option<String>,
    pub offered: String,
}

/// A factor that a revision sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub factor: &'static str,
    pub from: Option<&'static str>,
    pub to: &'static str,
}

impl Note {
    /// Whether it is a list of nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Note::Opened { objectives } | Note::Tombstoned { objectives } | Note::ObjectivesRevived { objectives } => {
                objectives.is_empty()
            }
            Note::Orphaned { controls } | Note::Reattached { controls } => controls.is_empty(),
            _ => false,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Nothing => f.write_str("nothing to change"),
            Note::Remark(words) => f.write_str(words),
            Note::Added { id, title } => write!(f, "added {id} ({})", short(title)),
            Note::Revived { id, title, would_change } => revived(f, *id, title, would_change),
            Note::Edited { id, fields } => write!(f, "changed {} of {id}", list(fields)),
            Note::Overruled { id, from, to } => {
                write!(f, "{id} keeps its ID although it read `{}` and now reads `{}`", short(from), short(to))
            }
            Note::ReasonNotNeeded { id } => {
                write!(f, "{id} may be reworded freely here: the reason for renaming was not recorded")
            }
            Note::Removed { id, title, replaced_by } => {
                write!(f, "removed {id} ({})", short(title))?;
                replaced_by.iter().try_for_each(|by| write!(f, ", replaced by {by}"))
            }
            Note::Restored { id, title } => write!(f, "restored {id} ({})", short(title)),
            Note::Rated { id, shifts } => write!(f, "rated {id}: {}", list(shifts)),
            Note::TierChanged { objectives, from, to } => {
                write!(f, "tier {} -> {}: {}", tier(*from), tier(*to), many(objectives))
            }
            Note::Reverted { to } => write!(f, "reads as {to} again"),
            Note::Numbered { from, to } => write!(f, "{from} is {to} now"),
            Note::CameBack { id } => write!(f, "{id} is the published one again, with what is published about it"),
            Note::Recorded { decision } => write!(f, "the reason is in decisions/{decision}.toml"),
            Note::Redacted { what } => write!(f, "{what}: a hash stands for the words; older commits still have them"),
            Note::ModelRenamed { from, to } => write!(f, "the model is called `{to}` now, was `{from}`"),
            Note::ModelRemoved => f.write_str("the model is retired: it counts nowhere until it is restored"),
            Note::ModelRestored => f.write_str("the model counts again"),
            _ => consequence(f, self),
        }
    }
}

fn consequence(f: &mut fmt::Formatter<'_>, note: &Note) -> fmt::Result {
    match note {
        Note::AttestationsVoid { id, attestations } => {
            write!(f, "{} of {id} no longer counts: attest it again", count(*attestations, "earlier attestation"))
        }
        Note::StatusSet { control, status } => write!(f, "{control} is {status} now"),
        Note::Covered { control, group, objectives } => {
            write!(f, "{control} covers {} in {}", many(objectives), in_group(*group))
        }
        Note::Moved { control, from, to, objectives } => {
            write!(f, "{control} moves from {} to {} for {}", in_group(*from), in_group(*to), many(objectives))
        }
        Note::Uncovered { control, objectives } => write!(f, "{control} no longer covers {}", many(objectives)),
        Note::Folded { into, title, objectives, requirements } => {
            write!(f, "`{}` is {into} already", short(title))?;
            let gained = [many(objectives), list(requirements)];
            let gained: Vec<&String> = gained.iter().filter(|text| !text.is_empty()).collect();
            if gained.is_empty() { Ok(()) } else { write!(f, ", which gains {}", list(&gained)) }
        }
        Note::Attested { id, from, until } => {
            write!(f, "{id} is attested")?;
            from.map_or(Ok(()), |from| write!(f, " from {from} on (still to come)"))?;
            until.map_or(Ok(()), |until| write!(f, " until {until}"))
        }
        Note::Became { objectives, from, to } => {
            write!(f, "{} -> {}: {}", from.word(), to.word(), many(objectives))
        }
        Note::Opened { objectives } => write!(f, "new: {}", many(objectives)),
        Note::Tombstoned { objectives } => write!(f, "tombstoned: {}", many(objectives)),
        Note::ObjectivesRevived { objectives } => write!(f, "live again: {}", many(objectives)),
        Note::Orphaned { controls } => {
            write!(f, "orphaned: {}: remap or remove what has nothing left to do", list(controls))
        }
        Note::Reattached { controls } => write!(f, "re-attached: {}", list(controls)),
        Note::Reopened { controls, objectives } => {
            let who = if controls.is_empty() { "this".to_owned() } else { list(controls) };
            let verb = if controls.len() > 1 { "reopen" } else { "reopens" };
            write!(f, "{who} {verb} {}", mitigated(objectives))
        }
        Note::StandingChanged { objectives, from, to } => {
            write!(f, "{} -> {}: {}", from, to, many(objectives))
        }
        _ => compliance(f, note),
    }
}

fn compliance(f: &mut fmt::Formatter<'_>, note: &Note) -> fmt::Result {
    match note {
        Note::Selected { framework, level: Some(level) } => write!(f, "held against {framework}, level {level}"),
        Note::Selected { framework, level: None } => write!(f, "held against {framework}, everything it asks for"),
        Note::Deselected { framework } => write!(f, "no longer held against {framework}; mappings and exclusions stay"),
        Note::Excused { req, requirements } if requirements.len() > 1 || req.ends_with('*') => {
            write!(f, "{req} takes out {}: {}", count(requirements.len(), "requirement"), list(requirements))
        }
        Note::Excused { req, .. } => write!(f, "{req} is taken out"),
        Note::Included { req, still } if still.is_empty() => write!(f, "{req} is asked for again"),
        Note::Included { req, still } => {
            write!(f, "{req} is taken out no longer by itself, and {} takes out some of it still", list(still))
        }
        Note::Mapped { control, state, requirements } => write!(f, "{state} for {control}: {}", list(requirements)),
        Note::Unmapped { control, requirements } => {
            write!(f, "{control} is no longer mapped to {}", list(requirements))
        }
        _ => Ok(()),
    }
}

fn revived(f: &mut fmt::Formatter<'_>, id: Id, title: &str, would_change: &[Difference]) -> fmt::Result {
    write!(f, "revived {id} ({}) instead of adding it again", short(title))?;
    match would_change {
        [] => Ok(()),
        kept => write!(f, "; not taken over: {}", list(kept)),
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept.as_deref().map_or("nothing".to_owned(), |kept| format!("`{}`", short(kept)));
        write!(f, "{} `{}` (stays {kept})", self.field, short(&self.offered))
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from {
            Some(from) => write!(f, "{} {from} -> {}", self.factor, self.to),
            None => write!(f, "{} {}", self.factor, self.to),
        }
    }
}

fn tier(tier: Option<Tier>) -> &'static str {
    tier.map_or("not rated", Tier::word)
}

fn in_group(group: Group) -> String {
    match group {
        Group::Number(number) => format!("group {number}"),
        Group::Depth => "defense in depth".to_owned(),
    }
}

/// `CO-A1-T1`, or `12 objectives (CO-A1-T1, …)`; nothing for none.
fn many(objectives: &[Objective]) -> String {
    match objectives {
        [] => String::new(),
        [one] => one.to_string(),
        _ => format!("{} ({})", count(objectives.len(), "objective"), list(objectives)),
    }
}

fn mitigated(objectives: &[Objective]) -> String {
    format!("{} ({})", count(objectives.len(), "mitigated objective"), list(objectives))
}
