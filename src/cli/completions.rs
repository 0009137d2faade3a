use clap::Args;
use clap_complete::Shell;

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;

/// Print completions for a shell
#[derive(Debug, Args)]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "redan", &mut script);
        door.print(&String::from_utf8_lossy(&script))?;
        Ok(0)
    }
}
