use clap::Args;

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::Desk;
use crate::ops::accept::{self, offer};
use crate::ops::init::{DIFF, Driver, Hooks, MERGE, Wanted, hooks, init, install};
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
    /// Let `git diff` show models entity by entity, in this repository's own configuration
    #[arg(long)]
    diff_driver: bool,
    /// Put Git hooks where this repository has none: they check what is committed, merged and pushed
    #[arg(long)]
    hooks: bool,
    /// Write workflows for GitHub Actions: every change, comments for forks, `/redan …` in comments, an audit every week, models that follow their descriptions
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
        let drivers = [("merge driver", self.merge_driver, MERGE), ("diff driver", self.diff_driver, DIFF)];
        for (_, _, driver) in drivers.iter().filter(|(_, wanted, _)| *wanted && !self.dry_run) {
            install(&desk, driver)?;
        }
        let verb = if self.dry_run { "would write" } else { "wrote" };
        let added = if self.dry_run { "would add to" } else { "added to" };
        let wrote = made.writes.iter().map(|write| {
            let verb = if write.before.is_some() { added } else { verb };
            Line::of(Tone::Added, format!("{verb} ")).and(Tone::Plain, &write.path)
        });
        let kept = made.kept.iter().map(|path| Line::of(Tone::Dim, format!("kept {path}")));
        let mut page = Page::default();
        page.list(wrote.chain(kept).collect());
        let next = if self.model.is_some() { "redan check" } else { "redan init --model \"Payment Gateway API\"" };
        page.text(Line::of(Tone::Dim, "next: ").and(Tone::Plain, next));
        for (name, wanted, driver) in drivers {
            page.text(Line::of(Tone::Dim, format!("{name}: ")).and(Tone::Plain, self.said(name, wanted, driver)));
        }
        page.list(inherited(&desk, door).into_iter().collect());
        if self.hooks {
            page.list(hooked(&hooks(&desk, self.dry_run)?, verb));
        }
        door.page(&page)?;
        Ok(0)
    }

    /// What became of a driver, or the line that sets it up: nobody's configuration is written unasked.
    fn said(&self, name: &str, wanted: bool, driver: Driver) -> String {
        match (wanted, self.dry_run) {
            (true, false) => "set up in this repository".to_owned(),
            (true, true) => "would be set up in this repository".to_owned(),
            (false, _) => {
                let (key, value) = driver.first().copied().unwrap_or_default();
                format!("git config {key} \"{value}\" (or redan init --{})", name.replace(' ', "-"))
            }
        }
    }
}

/// What published history did to the IDs of models that were here before. A history that cannot be read is told by
/// `check`, and is no reason not to start.
fn inherited(desk: &Desk, door: &Door) -> Option<Line> {
    let today = clock::day(door.environment.clock);
    let rows = offer(desk, None, accept::Wanted::All, today).ok()?.ok()?.rows;
    let count = rows.values().map(Vec::len).sum::<usize>();
    let ids = if count == 1 { "1 ID that history broke".to_owned() } else { format!("{count} IDs that history broke") };
    let how = "redan check shows them; to accept them once: redan history accept --all --reason \"…\"";
    Some(Line::of(Tone::Warning, ids).and(Tone::Plain, format!(": {how}")))
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
