//! Where a thing of a model lives: which file, and which path in it.

use super::Refused;
use super::form::File;
use super::tree::Seg;
use crate::change::Subject;
use crate::model::Kind;

/// The home of a subject, below the folder of its model.
pub(super) struct Home {
    pub(super) file: File,
    /// From the folder of the model.
    pub(super) name: String,
    /// From the root of the file.
    pub(super) path: Vec<Seg>,
}

pub(super) fn home(subject: &Subject) -> Result<Home, Refused> {
    let (file, name, path) = match subject {
        Subject::Head => (File::Model, "model.toml".to_owned(), Vec::new()),
        Subject::Entity(id) => {
            let path = vec![Seg::key(id.kind.table()), Seg::key(id.to_string())];
            let (file, name) = match id.kind {
                Kind::Control => (File::Controls, "controls.toml"),
                _ => (File::Model, "model.toml"),
            };
            (file, name.to_owned(), path)
        }
        Subject::Compliance => (File::Compliance, "compliance.toml".to_owned(), Vec::new()),
        Subject::Tickets => (File::Tickets, "tickets.toml".to_owned(), Vec::new()),
        Subject::Decision(name) => (File::Decision, format!("decisions/{}.toml", named(name)?), Vec::new()),
        Subject::Session(name) => (File::Session, format!("sessions/{}.toml", named(name)?), Vec::new()),
    };
    Ok(Home { file, name, path })
}

impl Home {
    /// Where people put entities as well, though they do not belong there.
    pub(super) fn other(self) -> Option<Home> {
        let (file, name) = match self.file {
            File::Model if !self.path.is_empty() => (File::Controls, "controls.toml"),
            File::Controls => (File::Model, "model.toml"),
            _ => return None,
        };
        Some(Home { file, name: name.to_owned(), path: self.path })
    }
}

/// A name of letters, digits, `-`, `_` and `.` that begins with a letter or digit.
fn named(name: &str) -> Result<&str, Refused> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let good = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(legal) && name.len() <= 200;
    if good { Ok(name) } else { Err(Refused::Name { name: name.to_owned() }) }
}

impl File {
    /// How a file of this kind begins.
    pub(super) fn opening(self) -> String {
        let up = match self {
            File::Decision | File::Session => "../..",
            _ => "..",
        };
        let format = match self {
            File::Controls => "",
            _ => "format = 1\n",
        };
        format!("#:schema {up}/.schema/{}.schema.json\n{format}", self.schema())
    }
}
