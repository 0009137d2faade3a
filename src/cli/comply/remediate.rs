use clap::Args;

use super::gaps::Aim;
use crate::cli::clock;
use crate::cli::door::Door;
use crate::cli::edit::{Plain, Writing};
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::comply::{Name, Pack, Reference};
use crate::model::{Control, Cover, MappingState, Model, Requirement, Status};
use crate::ops::Candidate;
use crate::ops::assess::{Day, Question};
use crate::ops::comply::{Looked, Remedies, remedied};
use crate::ops::lifecycle::{self, Proposal};
use crate::report::comply::remedies;

/// Say what would close gaps: build what is mapped, map what is there, exclude what is about something else, add what is missing
///
/// Headings about something that the model has nothing of come with the exclusion that says so: somebody has to answer for it, so --apply
/// leaves that to you. New controls come from the knowledge base, the one that closes the most open requirements first. With --apply, mappings and
/// controls are written as proposed and not implemented; a control that was removed comes back instead of a twin.
#[derive(Debug, Args)]
pub struct Remediate {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL")]
    about: Option<String>,
    #[command(flatten)]
    aim: Aim,
    /// Write the proposals down
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    writing: Writing,
}

/// What is shown, and what would be written.
type Remedy = (remedies::Remedies, Vec<Proposal>, Vec<Control>);

impl Remediate {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        if self.about.is_some() {
            self.writing.model = self.about.take();
        }
        let day = Day::Today(clock::day(door.environment.clock));
        let desk = door.desk()?;
        let question = Question { model: self.writing.model.as_deref(), candidate: Candidate::WorkingTree, day };
        let mut all = remedied(&desk, &question, &self.aim.asked(), |looked, remedies| {
            remedy(looked, remedies, &day.date().to_string())
        })?;
        let (Some((body, proposals, controls)), None) = (all.pop(), all.pop()) else {
            return Err(Failure::usage("the model selects several frameworks").hint("say which with --framework"));
        };
        if self.apply {
            return self
                .writing
                .perform(door, |stage, read| lifecycle::remedy(stage, &read.workspace.library, &proposals, &controls));
        }
        match self.writing.format() {
            Plain::Human => door.page(&remedies::page(&body))?,
            Plain::Json => door.answer("remedies/1", body)?,
        }
        Ok(0)
    }
}

fn remedy(looked: &Looked<'_>, found: &[Remedies], day: &str) -> Vec<Remedy> {
    let one = |(coverage, remedies): (&crate::comply::Coverage<'_>, &Remedies)| {
        let name = &coverage.framework;
        let pack = looked.library.pack(name);
        let mut body = told(looked.model, pack, remedies);
        (body.as_of, body.framework, body.level) = (day.to_owned(), name.to_string(), coverage.level.clone());
        (body, proposals(name, remedies), controls(name, remedies))
    };
    looked.coverages.iter().zip(found).map(one).collect()
}

fn told(model: &Model, pack: Option<&Pack>, found: &Remedies) -> remedies::Remedies {
    let title =
        |id: &str| pack.and_then(|pack| pack.clause(id)).map(|clause| clause.words().to_owned()).unwrap_or_default();
    let words = |id| model.entities.get(&id).map(|entity| entity.title().to_owned()).unwrap_or_default();
    let build = |step: &crate::ops::comply::Build| remedies::Build {
        control: step.control.to_string(),
        description: words(step.control),
        requirements: step.requirements.clone(),
        closes: [step.closes.critical, step.closes.high, step.closes.medium, step.closes.low, step.closes.unrated],
    };
    let near = |step: &crate::ops::comply::Near| remedies::Near {
        control: step.control.to_string(),
        requirement: step.requirement.clone(),
        title: title(&step.requirement),
        method: step.method.word(),
        score: step.score,
    };
    let new = |step: &crate::ops::comply::New| remedies::New {
        mechanism: step.mechanism.key.to_owned(),
        description: step.mechanism.text.to_owned(),
        requirements: step.requirements.iter().map(|(id, _)| id.clone()).collect(),
    };
    let framework = pack.map(|pack| pack.name.to_string()).unwrap_or_default();
    let out = |step: &crate::ops::comply::Out| remedies::Out {
        req: format!("{framework}:{}", step.about),
        title: step.title.clone(),
        requirements: step.requirements.clone(),
        when: step.when.clone(),
    };
    remedies::Remedies {
        model: model.id.to_string(),
        build: found.build.iter().map(build).collect(),
        map: found.map.iter().map(near).collect(),
        exclude: found.exclude.iter().map(out).collect(),
        add: found.add.iter().map(new).collect(),
        later: found.later.iter().map(new).collect(),
        left: found.left.iter().map(|id| remedies::Left { requirement: id.clone(), title: title(id) }).collect(),
        ..remedies::Remedies::default()
    }
}

fn proposals(name: &Name, found: &Remedies) -> Vec<Proposal> {
    let proposal = |near: &crate::ops::comply::Near| Proposal {
        control: near.control,
        reference: Reference { framework: name.clone(), id: near.requirement.clone() },
        method: near.method,
        score: near.score,
        found: None,
    };
    found.map.iter().filter(|near| !near.waiting).map(proposal).collect()
}

fn controls(name: &Name, found: &Remedies) -> Vec<Control> {
    let row = |(id, score): &(String, u32)| Requirement {
        req: format!("{name}:{id}"),
        cover: Some(Cover::Part),
        state: Some(MappingState::Proposed),
        method: Some(crate::model::MappingMethod::Lexical),
        score: Some(*score),
        ..Requirement::default()
    };
    let control = |new: &crate::ops::comply::New| Control {
        description: new.mechanism.text.to_owned(),
        status: Some(Status::NotImplemented),
        requirements: new.requirements.iter().map(row).collect(),
        ..Control::default()
    };
    found.add.iter().map(control).collect()
}
