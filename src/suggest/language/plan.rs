//! A request that is about more than one entity, as acts of the lifecycle. What a language model may ask for is listed here; what it is
//! worth, the rules say, before anything is shown and again before anything is written.

use serde_json::Value as Json;

use super::clean::clean;
use super::ground::Ground;
use super::item::line;
use super::schema::{list, object, short, text, word};
use super::secret::hide;
use super::structure::listed;
use super::talk::{Step, Taken, Talk};
use super::{Language, prompts};
use crate::model::{Id, Kind, Model, Objective};
use crate::suggest::words::Act;
use crate::suggest::{Brief, EngineError};

/// Acts of one plan, at most.
const MOST: usize = 40;
const ACTS: [&str; 6] = ["add", "edit", "remove", "restore", "rate", "cover"];

/// What somebody asks for.
pub struct Wish<'a> {
    pub model: &'a Model,
    pub words: &'a str,
    /// The next ID of each kind, which newcomers get in the order of the acts.
    pub next: &'a [Id],
}

/// What a language model would do about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    pub acts: Vec<Act>,
    /// What it says, in a sentence.
    pub reply: String,
}

impl Language<'_> {
    /// A plan that the rules have nothing against: `judge` gives what they have. Fails where there is none in a few tries.
    pub fn plan(&self, wish: &Wish<'_>, judge: &dyn Fn(&[Act]) -> Vec<String>) -> Result<Planned, EngineError> {
        let ground = Ground::new(&Brief::default(), &self.name);
        let talk = Talk::new(self.speaker, &ground);
        let lines: Vec<String> = wish.model.entities.values().map(line).collect();
        let next: Vec<String> = wish.next.iter().map(Id::to_string).collect();
        let step = Step {
            name: "a plan".to_owned(),
            task: format!(
                "{}\n\nThe next new ones get: {}, then the numbers after these.\n\n{}\n\nThe person asks:\n{}",
                prompts::PLAN.trim_end(),
                next.join(", "),
                ground.shown("the model", &lines),
                crate::text::plain(&hide(wish.words.trim()).0)
            ),
            schema: shape(),
            take: Box::new(|reply| taken(&ground, self, reply, judge)),
        };
        talk.settle(&mut Vec::new(), &step)
    }
}

fn shape() -> Json {
    let field = object(vec![("name", text("A field of the kind")), ("value", text("Its whole new value"))]);
    let act = object(vec![
        ("act", word("What is done", ACTS)),
        (
            "target",
            text(
                "The kind for `add`: boundary, component, asset, attacker, assumption, control; else an ID that is there",
            ),
        ),
        ("fields", list("For add, edit and rate", field)),
        ("objectives", list("For cover: what the control covers", text("Such as CO-A1-T1"))),
        ("group", text("For cover: 1, 2, next or depth; else empty")),
        ("reason", text("Why, in a sentence")),
    ]);
    object(vec![
        ("reply", text("What the plan does, or why there is none, in a sentence or two")),
        ("acts", list("In order; empty where it is not clear what is wanted", act)),
    ])
}

/// A plan is taken whole or not at all.
fn taken(
    ground: &Ground,
    language: &Language<'_>,
    reply: &Json,
    judge: &dyn Fn(&[Act]) -> Vec<String>,
) -> Taken<Planned> {
    let items = reply["acts"].as_array().map_or(&[][..], Vec::as_slice);
    let (mut acts, mut faults) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match act(ground, language, item) {
            Ok(act) => acts.push(act),
            Err(fault) => faults.push(format!("act {}: {fault}", at + 1)),
        }
    }
    if items.len() > MOST {
        faults.push(format!("{} acts are too many: {MOST} is the most", items.len()));
    }
    let said = ground.words(reply, "reply");
    if said.is_empty() {
        faults.push("the reply says nothing".to_owned());
    }
    if faults.is_empty() && !acts.is_empty() {
        faults = judge(&acts);
    }
    let value = faults.is_empty().then_some(Planned { acts, reply: said });
    Taken { value, faults, notes: Vec::new() }
}

fn act(ground: &Ground, language: &Language<'_>, item: &Json) -> Result<Act, String> {
    let (name, target) = (item["act"].as_str().unwrap_or_default(), item["target"].as_str().unwrap_or_default().trim());
    let reason = ground.words(item, "reason");
    if name == "add" {
        let kind = Kind::ALL.into_iter().find(|kind| kind.noun() == target);
        let kind = kind.ok_or_else(|| format!("`{}` is no kind of entity", short(target)))?;
        let mut sets = fields(kind, item)?;
        sets.push(("source".to_owned(), language.name.clone()));
        sets.push(("rationale".to_owned(), reason));
        return Ok(Act::Add { kind, sets });
    }
    let id = Id::parse(target).ok_or_else(|| format!("`{}` is no ID", short(target)))?;
    match name {
        "edit" => Ok(Act::Edit { id, sets: fields(id.kind, item)? }),
        "remove" => Ok(Act::Remove { id, reason, replaced_by: None }),
        "restore" => Ok(Act::Restore { id }),
        "rate" => Ok(Act::Rate { id, sets: fields(id.kind, item)?, reason }),
        _ => {
            let objectives: Option<Vec<Objective>> = listed(item, "objectives").map(Objective::parse).collect();
            let objectives =
                objectives.filter(|all| !all.is_empty()).ok_or("cover needs objectives such as CO-A1-T1")?;
            let group = item["group"].as_str().unwrap_or_default();
            let known = ["1", "2", "3", "next", "depth"].contains(&group);
            let group = if known { group } else { "next" }.to_owned();
            Ok(Act::Cover { control: id, objectives, group })
        }
    }
}

/// The fields that may be asked for: no status, no evidence, nobody's word, no place in a repository.
fn legal(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Boundary => &["name", "description", "passes"],
        Kind::Component => &["name", "description", "boundaries"],
        Kind::Asset => &[
            "name",
            "description",
            "properties",
            "components",
            "C",
            "I",
            "A",
            "U",
            "blast_radius",
            "recoverability",
            "regulatory",
        ],
        Kind::Attacker => &[
            "capability",
            "position",
            "archetype",
            "boundaries",
            "vector",
            "privileges",
            "complexity",
            "interaction",
            "prevalence",
        ],
        Kind::Assumption => &["description", "kind", "objectives"],
        Kind::Control => &["description", "protects", "components", "covers"],
    }
}

fn fields(kind: Kind, item: &Json) -> Result<Vec<(String, String)>, String> {
    let mut sets: Vec<(String, String)> = Vec::new();
    for field in item["fields"].as_array().into_iter().flatten() {
        let name = field["name"].as_str().unwrap_or_default();
        if !legal(kind).contains(&name) {
            return Err(format!("`{}` is no field that may be set here: {}", short(name), legal(kind).join(", ")));
        }
        if sets.iter().any(|(set, _)| set == name) {
            return Err(format!("{name} is set twice"));
        }
        let (value, _) = clean(field["value"].as_str().unwrap_or_default(), |_| false);
        sets.push((name.to_owned(), value));
    }
    Ok(sets)
}
