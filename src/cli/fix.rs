use clap::Args;

use super::clock;
use super::door::Door;
use super::edit::Plain;
use super::explain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::fix::{Fixed, Question, fix};
use crate::render::{Line, Page, Tone};
use crate::report;

/// Apply the safe fixes of findings: numbers for NEW- entities, stamps, spellings, misplaced keys
#[derive(Debug, Args)]
pub struct Fix {
    /// Only fixes of this rule; unsafe ones too, where there is one way to do it
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Why, for fixes that write a tombstone or a revision
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
    /// Show what would be fixed, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Who fixes, for rows that say so [default: Git's author]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// When it happens [default: GIT_AUTHOR_DATE, else now]
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Fix {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.rule.as_deref().map(explain::page).transpose()?;
        let desk = door.desk()?;
        let now = door.now(&desk, self.by.as_deref(), self.at.as_deref())?;
        let today = clock::day(door.environment.clock);
        let fixed = fix(&desk, &Question { rule: self.rule, reason: self.reason, dry_run: self.dry_run, today, now })?;
        match self.format {
            Plain::Human => door.page(&page(&fixed, self.dry_run))?,
            Plain::Json => {
                let body = report::fix::fix(&fixed.applied, &fixed.left, &fixed.writes, self.dry_run);
                door.print(&report::answer("fix/1", body).map_err(super::check::report_failure)?)?;
            }
        }
        Ok(0)
    }
}

fn page(fixed: &Fixed, dry_run: bool) -> Page {
    let mut page = Page::default();
    let (done, wrote) = if dry_run { ("would fix", "would write") } else { ("fixed", "wrote") };
    let line = |(rule, title): &(&str, String)| {
        Line::of(Tone::Good, format!("{done} ")).and(Tone::Id, *rule).and(Tone::Plain, format!(": {title}"))
    };
    page.list(fixed.applied.iter().map(line).collect());
    page.list(
        fixed
            .left
            .iter()
            .map(|(rule, title)| Line::of(Tone::Warning, format!("left to you: {rule}: {title}")))
            .collect(),
    );
    let files: Vec<&str> = fixed.writes.iter().map(|write| write.path.as_str()).collect();
    let files = if files.is_empty() { "nothing to write".to_owned() } else { format!("{wrote} {}", files.join(", ")) };
    page.text(Line::of(Tone::Dim, files));
    page
}
