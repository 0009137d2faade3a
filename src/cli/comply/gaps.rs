use clap::{Args, ValueEnum};

use crate::assess::Minimum;
use crate::cli::assess::Asking;
use crate::cli::door::Door;
use crate::cli::edit::Plain;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::comply::short;
use crate::ops::comply::{Asked, Looked, covered};
use crate::report::comply::gaps;

/// Which framework, and how much of it.
#[derive(Debug, Args)]
pub struct Aim {
    /// The framework [default: every one that the model selects]
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// Another level or profile than the selected one
    #[arg(long)]
    pub level: Option<String>,
    /// Whether what only the organisation can meet counts too
    #[arg(long, value_enum, default_value_t = Reach::System)]
    pub scope: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reach {
    /// What a system or a part of it can meet
    System,
    /// Everything
    All,
}

impl Aim {
    pub fn asked(&self) -> Asked<'_> {
        Asked { framework: self.framework.as_deref(), level: self.level.as_deref(), whole: self.scope == Reach::All }
    }
}

/// Say which requirements are covered, partly covered, uncovered, unmapped and excluded
///
/// Counts accepted mappings to controls that are implemented, and nothing else. Exit 1: a limit given here, or in
/// `[gate.coverage]` of redan.toml, is exceeded.
#[derive(Debug, Args)]
pub struct Gaps {
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    aim: Aim,
    /// List every requirement, not only what is open
    #[arg(long)]
    all: bool,
    /// Fail when more requirements than this are mapped and not there
    #[arg(long, value_name = "N")]
    max_uncovered: Option<u32>,
    /// Fail when more requirements than this are mapped to nothing
    #[arg(long, value_name = "N")]
    max_unmapped: Option<u32>,
    /// Fail when fewer percent of what is not excluded are covered
    #[arg(long, value_name = "PERCENT")]
    min_covered: Option<u32>,
}

impl Gaps {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let question = self.asking.question(door, &desk)?;
        let day = question.day.date().to_string();
        let answers = covered(&desk, &question, &self.aim.asked(), |looked| self.answers(looked, &day))?;
        let failed = answers.iter().any(|(body, _)| !body.exceeded.is_empty());
        match (self.asking.format, answers.len()) {
            (Plain::Human, _) => answers.iter().try_for_each(|(_, page)| door.page(page))?,
            (Plain::Json, 1) => answers.into_iter().try_for_each(|(body, _)| door.answer("gaps/1", body))?,
            (Plain::Json, _) => {
                let names: Vec<String> = answers.iter().map(|(body, _)| body.framework.clone()).collect();
                return Err(Failure::usage("one JSON answer is about one framework")
                    .hint(format!("say which with --framework: {}", names.join(", "))));
            }
        }
        Ok(Exit::from(failed))
    }

    fn answers(&self, looked: &Looked<'_>, day: &str) -> Vec<(gaps::Gaps, crate::render::Page)> {
        let answer = |coverage| {
            let coverage: &crate::comply::Coverage<'_> = coverage;
            let minimum = looked.settings.gate.coverage.get(&coverage.framework.to_string()).copied();
            let exceeded = short(coverage, &self.minimum(minimum.unwrap_or_default()));
            let body = gaps::gaps(looked.model, looked.library, coverage, (day, exceeded));
            let pack = looked.library.pack(&coverage.framework);
            let page = pack.map(|pack| gaps::page(&body, pack, self.all)).unwrap_or_default();
            (body, page)
        };
        looked.coverages.iter().map(answer).collect()
    }

    /// What is said here goes before the settings.
    fn minimum(&self, settings: Minimum) -> Minimum {
        Minimum {
            max_uncovered: self.max_uncovered.or(settings.max_uncovered),
            max_unmapped: self.max_unmapped.or(settings.max_unmapped),
            min_covered: self.min_covered.or(settings.min_covered),
        }
    }
}
