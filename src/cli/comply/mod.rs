//! `redan comply …`: a file a subcommand or two.

mod export;
mod frameworks;
mod gaps;
mod import;
mod map;
mod migrate;
mod remediate;
mod rerank;
mod review;
mod select;
mod soa;

use clap::{Args, Subcommand};

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;

/// How a model stands to requirements of ASVS, SSDF, CSF and others
#[derive(Debug, Args)]
pub struct Comply {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Frameworks(frameworks::Frameworks),
    Show(frameworks::Show),
    Import(import::Import),
    Lock(frameworks::Lock),
    Select(select::Select),
    Map(map::Map),
    Accept(map::Accept),
    Reject(map::Reject),
    Unmap(map::Unmap),
    Gaps(gaps::Gaps),
    Exclude(select::Exclude),
    Include(select::Include),
    Remediate(remediate::Remediate),
    Migrate(migrate::Migrate),
    Soa(soa::Soa),
    Export(export::Export),
}

impl Comply {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.what {
            What::Frameworks(frameworks) => frameworks.run(door),
            What::Show(show) => show.run(door),
            What::Import(import) => import.run(door),
            What::Lock(lock) => lock.run(door),
            What::Select(select) => select.run(door),
            What::Map(map) => map.run(door),
            What::Accept(accept) => accept.run(door),
            What::Reject(reject) => reject.run(door),
            What::Unmap(unmap) => unmap.run(door),
            What::Gaps(gaps) => gaps.run(door),
            What::Exclude(exclude) => exclude.run(door),
            What::Include(include) => include.run(door),
            What::Remediate(remediate) => remediate.run(door),
            What::Migrate(migrate) => migrate.run(door),
            What::Soa(soa) => soa.run(door),
            What::Export(export) => export.run(door),
        }
    }
}
