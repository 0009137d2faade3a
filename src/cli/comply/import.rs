use std::path::PathBuf;

use clap::Args;

use crate::cli::door::Door;
use crate::cli::failure::{Failure, Kind};
use crate::cli::verb::Exit;
use crate::comply::Name;
use crate::ops::comply::{Bringing, Brought, Replaced, bring};

/// Bring a framework in from its publisher's own file, with its licence, whole or not at all
///
/// Reads ASVS in each of its JSON, CSV and CycloneDX forms, OSCAL catalogues (JSON, and the XML of CSF 2.0 and SP 800-171), CycloneDX
/// standards, libraries of CISO Assistant (YAML), OpenCRE as a bridge between frameworks (YAML, JSON, CSV, or the folder of its files), and tables or lists of requirements (CSV, TSV, JSON, YAML) by the heads of their columns. An OSCAL profile becomes a level of the
/// catalogue: `redan comply import LOW-baseline_profile.json --into sp800-53`.
#[derive(Debug, Args)]
pub struct Import {
    /// The publisher's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What the framework is called, where the file does not say: `asvs@5.0.0`
    #[arg(long = "as", value_name = "NAME@VERSION", value_parser = name)]
    name: Option<Name>,
    /// Its licence (SPDX), where the file does not say
    #[arg(long, value_name = "LICENCE")]
    licence: Option<String>,
    /// The imported framework that a profile belongs to
    #[arg(long, value_name = "FRAMEWORK")]
    into: Option<String>,
    /// With FILE being the publisher's mapping_v4.0.3_to_v5.0.0.yml, the one that looks back: what became of an earlier version
    #[arg(long, value_name = "FILE", conflicts_with_all = ["into", "name", "licence"])]
    back: Option<PathBuf>,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

fn name(text: &str) -> Result<Name, String> {
    Name::parse(text).ok_or_else(|| "write name and version: asvs@5.0.0".to_owned())
}

/// Flaws of a file that are told at most.
const MOST: usize = 20;

impl Import {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let bringing = Bringing {
            file: &self.file,
            name: self.name.clone(),
            licence: self.licence.as_deref(),
            into: self.into.as_deref(),
            back: self.back.as_deref(),
            dry_run: self.dry_run,
        };
        let brought = bring(&door.desk()?, &bringing)?.map_err(|faults| {
            let place = |line: Option<usize>| line.map(|line| format!(":{line}")).unwrap_or_default();
            let file = self.file.display().to_string();
            let told = faults.iter().take(MOST).map(|fault| format!("{file}{}: {}", place(fault.line), fault.message));
            let mut failure = Failure::new(Kind::Refused, format!("{file} cannot be imported; nothing was written"));
            failure.hints = told.collect();
            let more = faults.len().saturating_sub(MOST);
            if more > 0 { failure.hint(format!("and {more} more")) } else { failure }
        })?;
        door.print(&told(&brought, self.dry_run))?;
        Ok(0)
    }
}

fn told(brought: &Brought, dry_run: bool) -> String {
    let Brought { pack, added, replaced, folder, writes } = brought;
    let mut text = match added {
        Some(added) => format!("{}: {added}\n", pack.name),
        None => format!("{}: {}, {} requirements\n", pack.name, pack.title, pack.active().count()),
    };
    if let Some(Replaced { before, new, gone, reworded }) = replaced.as_ref().filter(|_| !writes.is_empty()) {
        text.push_str(&format!("  replaces {before}: {new} new, {gone} gone, {reworded} with other words\n"));
    }
    for level in pack.levels.names() {
        let asked = pack.active().filter(|clause| pack.asks(Some(level), clause) == Some(true)).count();
        text.push_str(&format!("  level {level}: {asked}\n"));
    }
    text.push_str(&format!("  licence {}\n", pack.licence));
    pack.notices.iter().for_each(|notice| text.push_str(&format!("  {notice}\n")));
    text.push_str(&match (writes.is_empty(), dry_run) {
        (true, _) => format!("{folder} says so already\n"),
        (false, true) => format!("dry run, would write {} files in {folder}\n", writes.len()),
        (false, false) => format!("wrote {folder}\n"),
    });
    text
}
