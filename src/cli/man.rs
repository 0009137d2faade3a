use clap::Args;

use super::door::Door;
use super::failure::{Failure, Kind};
use super::verb::Exit;

/// Print the manual page
#[derive(Debug, Args)]
pub struct Man {}

impl Man {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(super::command()).render(&mut page);
        rendered.map_err(|error| Failure::new(Kind::Environment, format!("writing the manual: {error}")))?;
        door.print(&String::from_utf8_lossy(&page))?;
        Ok(0)
    }
}
