//! What makes a pack unusable. A pack is taken whole or not at all.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alias, Clause, How, Kind, Levels, Name, Pack, natural};

/// Something wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub about: About,
    /// One sentence without a full stop.
    pub message: String,
}

/// What a flaw is about, so that a reader of files can say where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A key of the head.
    Head(&'static str),
    /// An alias, from 0.
    Alias(usize),
    /// A clause by its ID; of two with one ID the later one.
    Clause(String),
    /// A step of a map by its number in the version before.
    Map(Name, String),
}

/// Every flaw, in the order of the pack.
pub fn flaws(pack: &Pack) -> Vec<Flaw> {
    let mut flaws = head(pack);
    flaws.extend(twins(pack));
    flaws.extend(pack.clauses().iter().flat_map(|clause| of_clause(pack, clause)));
    flaws.extend(cycles(pack));
    flaws.extend(sets(pack));
    flaws.extend(maps(pack));
    flaws
}

fn head(pack: &Pack) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut tell = |about: About, message: String| flaws.push(Flaw { about, message });
    let missing = [("title", &pack.title), ("licence", &pack.licence)];
    for (key, text) in missing {
        if text.trim().is_empty() {
            tell(About::Head(key), format!("`{key}` is missing"));
        }
    }
    for (at, alias) in pack.aliases.iter().enumerate() {
        if let Err(why) = Alias::compile(alias) {
            tell(About::Alias(at), format!("the alias `{alias}` cannot be used: {why}"));
        }
    }
    if pack.active().next().is_none() {
        tell(About::Head("id"), "it has no requirement".to_owned());
    }
    let names = pack.levels.names();
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        tell(About::Head("levels"), "it names one level twice".to_owned());
    }
    flaws
}

fn twins(pack: &Pack) -> Vec<Flaw> {
    let same = |pair: &&[Clause]| pair[0].id == pair[1].id;
    let twin = |pair: &[Clause]| Flaw {
        about: About::Clause(pair[1].id.clone()),
        message: format!("{} is there twice", pair[1].id),
    };
    pack.clauses().windows(2).filter(same).map(twin).collect()
}

fn of_clause(pack: &Pack, clause: &Clause) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut tell = |message: String| flaws.push(Flaw { about: About::Clause(clause.id.clone()), message });
    if clause.id.is_empty() || !clause.id.chars().all(|c| c.is_ascii_graphic() && c != '*') {
        tell(format!(
            "`{}` is no number of a requirement: it may hold letters, digits and signs, no space and no `*`",
            clause.id
        ));
    }
    if let Some(parent) = &clause.parent {
        match pack.clause(parent) {
            None => tell(format!("{} lies below {parent}, which is not there", clause.id)),
            Some(_) if parent == &clause.id => {}
            Some(above) if clause.kind == Kind::Group && above.kind == Kind::Requirement => {
                tell(format!("the heading {} lies below the requirement {parent}", clause.id));
            }
            Some(_) => {}
        }
    }
    if let (Levels::Minimum(names), true) = (&pack.levels, clause.counts()) {
        match &clause.level {
            None => tell(format!("{} has no level, and the pack has levels", clause.id)),
            Some(level) if !names.contains(level) => {
                tell(format!("{} has the level {level}, which the pack does not name", clause.id));
            }
            Some(_) => {}
        }
    }
    flaws
}

/// Steps that lead nowhere, or say one thing and another.
fn maps(pack: &Pack) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (name, steps) in &pack.maps {
        let mut seen: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
        for step in steps {
            let to = step.to.as_deref();
            let wrong = match to {
                Some(to) if pack.clause(to).is_none() => format!("leads to {to}, which is not there"),
                Some(to) if step.how == How::Dropped => format!("is dropped and leads to {to}"),
                None if step.how != How::Dropped => format!("is {} and leads nowhere", step.how.word()),
                _ if !seen.insert((&step.from, to)) => "is there twice".to_owned(),
                _ => continue,
            };
            let about = About::Map(name.clone(), step.from.clone());
            flaws.push(Flaw { about, message: format!("the step from {} of {name} {wrong}", step.from) });
        }
    }
    flaws
}

/// One flaw a cycle, at its first clause.
fn cycles(pack: &Pack) -> Vec<Flaw> {
    let up: BTreeMap<&str, &str> =
        pack.clauses().iter().filter_map(|clause| Some((clause.id.as_str(), clause.parent.as_deref()?))).collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut flaws = Vec::new();
    for start in pack.clauses() {
        let mut path: Vec<&str> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut at = start.id.as_str();
        while !done.contains(at) && seen.insert(at) {
            path.push(at);
            let Some(&next) = up.get(at) else { break };
            at = next;
        }
        let closes = path.iter().position(|id| *id == at).filter(|_| !done.contains(at) && up.contains_key(at));
        if let Some(from) = closes {
            let mut ring: Vec<&str> = path[from..].to_vec();
            let first = ring.iter().copied().min_by(|a, b| natural(a, b)).unwrap_or(at);
            ring.push(at);
            let message = format!("headings go round in a circle: {}", ring.join(" below "));
            flaws.push(Flaw { about: About::Clause(first.to_owned()), message });
        }
        done.extend(path);
    }
    flaws
}

fn sets(pack: &Pack) -> Vec<Flaw> {
    let Levels::Sets(sets) = &pack.levels else { return Vec::new() };
    let missing = sets.iter().flat_map(|(set, ids)| ids.iter().map(move |id| (set, id)));
    let flaw = |(set, id): (&String, &String)| Flaw {
        about: About::Head("levels"),
        message: format!("the profile {set} lists {id}, which is not there"),
    };
    missing.filter(|(_, id)| pack.clause(id).is_none()).map(flaw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(clauses: &[(&str, &str)]) -> Pack {
        let clause = |(id, parent): &(&str, &str)| Clause {
            id: (*id).to_owned(),
            parent: (!parent.is_empty()).then(|| (*parent).to_owned()),
            ..Clause::default()
        };
        let mut named = Pack::named(Default::default());
        (named.title, named.publisher, named.licence) = ("t".into(), "p".into(), "MIT".into());
        named.with(clauses.iter().map(clause).collect())
    }

    fn told(pack: &Pack) -> Vec<String> {
        flaws(pack).into_iter().map(|flaw| flaw.message).collect()
    }

    #[test]
    fn a_sound_pack_has_none() {
        assert_eq!(told(&pack(&[("1", ""), ("1.1", "1"), ("1.2", "1")])), Vec::<String>::new());
    }

    #[test]
    fn circles_are_found_whatever_their_length() {
        assert_eq!(told(&pack(&[("1", "1")])), ["headings go round in a circle: 1 below 1"]);
        let ring = pack(&[("1", "3"), ("2", "1"), ("3", "2"), ("4", "1")]);
        assert_eq!(told(&ring), ["headings go round in a circle: 1 below 3 below 2 below 1"]);
    }

    #[test]
    fn twins_orphans_and_levels_are_told() {
        assert_eq!(told(&pack(&[("1", ""), ("1", "")])), ["1 is there twice"]);
        assert_eq!(told(&pack(&[("1", "9")])), ["1 lies below 9, which is not there"]);
        let mut levels = pack(&[("1", ""), ("2", "")]);
        levels.levels = Levels::Minimum(vec!["1".into()]);
        assert_eq!(told(&levels).len(), 2);
        let bare = Pack::default();
        assert_eq!(told(&bare).len(), 3);
    }
}
