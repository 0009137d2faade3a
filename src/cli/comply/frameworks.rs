use clap::Args;

use crate::cli::door::Door;
use crate::cli::edit::Plain;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::comply::{Library, Name, Origin};
use crate::finding::codes;
use crate::ops::comply::Locked;
use crate::ops::{Candidate, Desk, comply};
use crate::report::comply::frameworks;

/// List the frameworks there are: built in, and imported into this workspace
#[derive(Debug, Args)]
#[command(visible_alias = "packs")]
pub struct Frameworks {
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Frameworks {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let library = library(door)?;
        let body = frameworks::frameworks(&library);
        library.all_lost().for_each(|lost| door.remark(&format!("warning: {lost}; see redan check")));
        match self.format {
            Plain::Human => door.page(&frameworks::page(&body))?,
            Plain::Json => door.answer("frameworks/1", body)?,
        }
        Ok(0)
    }
}

/// Show what a framework asks for, all of it or below one number
///
/// `redan comply show asvs@5.0.0`, `redan comply show asvs@5.0.0 V6.2`, `redan comply show "ASVS 5.0 V6.2.1"`
#[derive(Debug, Args)]
pub struct Show {
    /// The framework (`asvs@5.0.0`), or one requirement in any known spelling (`asvs@5.0.0:V6.2.1`)
    #[arg(value_name = "FRAMEWORK|REQUIREMENT")]
    what: String,
    /// Only what lies at or below this number
    #[arg(value_name = "NUMBER")]
    below: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Show {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let library = library(door)?;
        let (name, below) = self.subject(&library)?;
        let below = below.as_deref();
        match self.format {
            Plain::Human => {
                frameworks::framework_page(&library, &name, below).map_or(Ok(()), |page| door.page(&page))?
            }
            Plain::Json => {
                frameworks::framework(&library, &name, below)
                    .map_or(Ok(()), |body| door.answer("framework/1", body))?;
            }
        }
        if let Some(Origin::Imported(folder)) = library.shelved(&name).map(|shelved| &shelved.origin) {
            door.remark(&format!("imported: {folder}"));
        }
        Ok(0)
    }

    fn subject(&self, library: &Library) -> Result<(Name, Option<String>), Failure> {
        let meant = match library.meant(&self.what) {
            Ok(name) => (name.clone(), self.below.clone()),
            Err(near) => match library.resolve(&self.what) {
                Ok(reference) => (reference.framework, Some(reference.id)),
                Err(_) => return Err(unknown(library, &self.what, near)),
            },
        };
        let (name, Some(below)) = meant else { return Ok(meant) };
        let found = library.pack(&name).and_then(|pack| pack.meant(&below)).map(|clause| clause.id.clone());
        match found {
            Some(id) => Ok((name, Some(id))),
            None => Err(Failure::usage(format!("{name} has no number `{below}`"))
                .hint(format!("see what it has: redan comply show {name}"))),
        }
    }
}

/// Write down what the imported packs say now, so that a change of them is found
#[derive(Debug, Args)]
pub struct Lock {
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Lock {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let Locked { writes, forgotten } = comply::lock(&door.desk()?, self.dry_run)?;
        let verb = if self.dry_run { "would write" } else { "wrote" };
        let mut lines: Vec<String> = writes.iter().map(|write| format!("{verb} {}\n", write.path)).collect();
        lines.extend(forgotten.iter().map(|name| format!("{name} is not there, and not locked any more\n")));
        match lines.is_empty() {
            true => door.print("every imported pack is locked as it is\n")?,
            false => door.print(&lines.concat())?,
        }
        Ok(0)
    }
}

/// The packs of the working tree, also outside a Git repository. One that cannot be used is told on stderr.
pub fn library(door: &mut Door) -> Result<Library, Failure> {
    let desk = door.desk().or_else(|_| Desk::without_git(&door.environment.directory))?;
    let read = desk.glance(&Candidate::WorkingTree)?;
    let flaws = read.workspace.findings.iter().filter(|finding| finding.code == &codes::PACK_INVALID).count();
    if flaws > 0 {
        door.remark(&format!("warning: {flaws} flaw(s) in imported packs, which are left out; see redan check"));
    }
    Ok(read.workspace.library)
}

/// There is no such framework.
pub fn unknown(library: &Library, said: &str, near: Option<Name>) -> Failure {
    let names = |of: fn(&Name, &str) -> bool| {
        let names: Vec<String> = library.names().filter(|name| of(name, said)).map(Name::to_string).collect();
        names.join(", ")
    };
    let versions = names(|name, said| name.id.eq_ignore_ascii_case(said));
    if !versions.is_empty() {
        return Failure::usage(format!("there are several versions of `{said}` here"))
            .hint(format!("say which: {versions}"));
    }
    if let Some(lost) = library.lost(said) {
        return crate::cli::failure::lost(Failure::usage(lost.to_string()), lost, None);
    }
    let failure = Failure::usage(format!("there is no framework `{said}` here"));
    match near {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure.hint(format!("there are: {}", names(|_, _| true))),
    }
}
