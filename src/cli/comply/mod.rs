//! `redan comply …`: a file a subcommand or two.

mod frameworks;

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
    Lock(frameworks::Lock),
}

impl Comply {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.what {
            What::Frameworks(frameworks) => frameworks.run(door),
            What::Show(show) => show.run(door),
            What::Lock(lock) => lock.run(door),
        }
    }
}
