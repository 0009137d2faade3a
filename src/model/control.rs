//! Controls: what is done about objectives, in mitigation groups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::choice::choice;
use super::record::record;
use super::{AssumptionRef, ComponentRef, Objective, Pairs, Part, Property, Shape, Value, When};

choice! {
    /// How far a control is.
    pub enum Status {
        NotImplemented = "not_implemented",
        Implemented = "implemented",
    }
}

/// Within a numbered group all controls are needed; any complete group mitigates. Defence in depth
/// never counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// 1 or more.
    Number(u32),
    Depth,
}

impl Group {
    pub fn parse(text: &str) -> Option<Group> {
        match text {
            "depth" => Some(Group::Depth),
            _ if text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) => None,
            _ => text.parse().ok().map(Group::Number),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Group::Number(number) => write!(f, "{number}"),
            Group::Depth => f.write_str("depth"),
        }
    }
}

/// What a control covers, group by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Covers(pub BTreeMap<Group, Pairs>);

impl Covers {
    /// Every covered objective with its group.
    pub fn iter(&self) -> impl Iterator<Item = (Group, Objective)> + '_ {
        self.0.iter().flat_map(|(&group, pairs)| pairs.iter().map(move |objective| (group, objective)))
    }

    /// The group an objective is covered in; a control covers an objective once.
    pub fn group(&self, objective: Objective) -> Option<Group> {
        self.0.iter().find(|(_, pairs)| pairs.contains(objective)).map(|(&group, _)| group)
    }

    /// Covers an objective in `group`, and in no other.
    pub fn put(&mut self, objective: Objective, group: Group) {
        self.remove(objective);
        self.0.entry(group).or_default().insert(objective);
    }

    pub fn remove(&mut self, objective: Objective) {
        self.0.values_mut().for_each(|pairs| pairs.remove(objective));
        self.0.retain(|_, pairs| !pairs.is_empty());
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(Pairs::is_empty)
    }
}

impl Part for Covers {
    const SHAPE: Shape = Shape::Covers;

    fn show(&self) -> Option<Value> {
        let group = |(group, pairs): (&Group, &Pairs)| Some((group.to_string(), pairs.show()?));
        (!self.is_empty()).then(|| Value::Table(self.0.iter().filter_map(group).collect()))
    }

    fn read(value: Option<&Value>) -> Option<Covers> {
        let Some(value) = value else { return Some(Covers::default()) };
        let group = |(name, pairs): (&String, &Value)| Some((Group::parse(name)?, Pairs::read(Some(pairs))?));
        value.as_table()?.iter().map(group).collect::<Option<_>>().map(Covers)
    }
}

choice! {
    /// How much of a requirement a control meets.
    pub enum Cover {
        Full = "full",
        Part = "part",
    }
}

choice! {
    /// What people decided about a mapping.
    pub enum MappingState {
        Proposed = "proposed",
        Accepted = "accepted",
        Rejected = "rejected",
    }
}

choice! {
    /// How a mapping was found.
    pub enum MappingMethod {
        Manual = "manual",
        Lexical = "lexical",
        Bridge = "bridge",
        Neighbour = "neighbour",
        Llm = "llm",
        Import = "import",
    }
}

record! {
    /// A control's link to a requirement of a framework.
    pub struct Requirement {
        /// Framework, version and requirement: `asvs@5.0.0:V6.2.1`.
        req: String, Note;
        /// `full` or `part` of the requirement.
        cover: Option<Cover>, Note;
        /// proposed, accepted or rejected (kept: never proposed again until a text changes).
        state: Option<MappingState>, Note;
        /// How it was found.
        method: Option<MappingMethod>, Note;
        /// Score of the match in thousandths.
        score: Option<u32>, Note;
        /// The bridge or language model that brought it up: `opencre@2026-11-27`, `openai/gpt-5`.
        source: String, Note;
        /// Why, in the words of the source.
        rationale: String, Note;
        /// Who accepted or rejected it.
        by: String, Note;
        /// When it was accepted or rejected.
        on: Option<When>, Note;
        /// Hash of the requirement's text when it was decided: `txt:` or `idx:` and hex digits.
        text: String, Note;
    }
}

choice! {
    /// What a piece of evidence asserts about a repository.
    pub enum EvidenceKind {
        FileExists = "file_exists",
        PatternPresent = "pattern_present",
        PatternAbsent = "pattern_absent",
        ConfigValue = "config_value",
        Dependency = "dependency",
        TestResult = "test_result",
    }
}

record! {
    /// An assertion about the repository a control lives in.
    pub struct Evidence {
        /// What is asserted.
        kind: Option<EvidenceKind>, Note;
        /// The repository, `owner/name`.
        repo: String, Note;
        /// The file it is about.
        path: String, Note;
        /// The regular expression for pattern kinds.
        pattern: String, Note;
        /// The key of a configuration value, or the name of a dependency or test.
        key: String, Note;
        /// The value expected.
        value: String, Note;
    }
}

record! {
    /// Something done about objectives.
    pub struct Control {
        /// The mechanism, in a sentence.
        description: String, Identity, Shape::Prose;
        /// `implemented` or `not_implemented`; absent = not implemented.
        status: Option<Status>, Note;
        /// The properties it helps; absent = all of the asset's.
        protects: BTreeSet<Property>, Structural;
        /// The components it lives in.
        components: BTreeSet<ComponentRef>, Structural;
        /// Assumptions that stand in for it: any list whose members are all attested.
        upheld_by: Vec<BTreeSet<AssumptionRef>>, Structural;
        /// Requirements of frameworks it meets.
        requirements: Vec<Requirement>, Note;
        /// Objectives it covers by mitigation group: `[controls.C1.covers.1]`, asset = its attackers.
        covers: Covers, Structural;
        /// Assertions that show it is really there.
        evidence: Vec<Evidence>, Note;
    }
}

impl Control {
    pub fn implemented(&self) -> bool {
        self.status == Some(Status::Implemented)
    }
}
