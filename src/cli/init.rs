use clap::Args;

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::init::{DRIVER, Hooks, Wanted, hooks, init, install};
use crate::render::{Line, Page, Tone};

/// Make a workspace here: redan.toml, schemas for editors, and a first model on request
///
/// What is there already is kept. Run it at the top of a repository.
#[derive(Debug, Args)]
pub struct Init {
    /// Start a model of this name: three to five words
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// Set up the merge driver in this repository's own configuration
    #[arg(long)]
    merge_driver: bool,
    /// Put Git hooks where this repository has none: they check what is committed, merged and pushed
    #[arg(long)]
    hooks: bool,
    /// Write workflows for GitHub Actions: every change, and the whole history once a week
    #[arg(long)]
    github: bool,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Init {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let wanted = Wanted { model: self.model.as_deref(), github: self.github, dry_run: self.dry_run };
        let made = init(&desk, wanted)?;
        if self.merge_driver && !self.dry_run {
            install(&desk)?;
        }
        let verb = if self.dry_run { "would write" } else { "wrote" };
        let wrote =
            made.writes.iter().map(|write| Line::of(Tone::Added, format!("{verb} ")).and(Tone::Plain, &write.path));
        let kept = made.kept.iter().map(|path| Line::of(Tone::Dim, format!("kept {path}")));
        let mut page = Page::default();
        page.list(wrote.chain(kept).collect());
        let next = if self.model.is_some() { "redan check" } else { "redan init --model \"Payment Gateway API\"" };
        page.text(Line::of(Tone::Dim, "next: ").and(Tone::Plain, next));
        let (_, driver) = DRIVER[1];
        page.text(Line::of(Tone::Dim, "merge driver: ").and(
            Tone::Plain,
            match (self.merge_driver, self.dry_run) {
                (true, false) => "set up in this repository".to_owned(),
                (true, true) => "would be set up in this repository".to_owned(),
                (false, _) => format!("git config merge.redan.driver \"{driver}\" (or redan init --merge-driver)"),
            },
        ));
        if self.hooks {
            page.list(hooked(&hooks(&desk, self.dry_run)?, verb));
        }
        door.page(&page)?;
        Ok(0)
    }
}

fn hooked(hooks: &Hooks, verb: &str) -> Vec<Line> {
    let wrote = hooks.written.iter().map(|name| {
        Line::of(Tone::Added, format!("{verb} ")).and(Tone::Plain, format!("the {name} hook of this repository"))
    });
    let kept = hooks.kept.iter().map(|name| {
        let call =
            if *name == "pre-push" { "redan check --rev \"$new\" --base \"$old\"" } else { "redan check --staged" };
        Line::of(Tone::Dim, format!("kept the {name} hook that is there; call from it: {call}"))
    });
    let elsewhere = hooks.elsewhere.iter().map(|folder| {
        Line::of(Tone::Warning, format!("no hook: core.hooksPath is {folder}; call from there: redan check --staged"))
    });
    wrote.chain(kept).chain(elsewhere).collect()
}
