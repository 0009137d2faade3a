//! Tables as another version of the files words them: comments and layout come along.

use super::Stuck;
use super::editor::{Editor, Found};
use super::form::File;
use super::tree::{Seg, Tree};

/// The text of the table at `at` in another version of the file, with what hangs below it and the comments
/// above it; `None` when it is not written as headers that follow one another.
pub(super) fn cut(text: &str, file: File, at: &[Seg]) -> Option<String> {
    let tree = Tree::parse(text).ok()?;
    let editor = Editor::new(&tree, file, "\n");
    let places: Vec<usize> = (0..tree.sections.len()).filter(|&nth| tree.sections[nth].path.starts_with(at)).collect();
    let (&first, &last) = (places.first()?, places.last()?);
    if last - first + 1 != places.len() || editor.dotted(at).next().is_some() {
        return None;
    }
    let (first, last) = (&tree.sections[first], &tree.sections[last]);
    let slice = text.get(editor.above(first)..editor.end(last))?.replace("\r\n", "\n");
    Some(format!("{}\n", slice.trim_end()))
}

impl Editor<'_> {
    /// Puts the table in as it was cut from elsewhere.
    pub(super) fn plant(&mut self, at: &[Seg], text: &str) -> Result<(), Stuck> {
        match self.find(at) {
            Found::Absent => {
                self.insert_sections(at, text);
                Ok(())
            }
            _ => Err(Stuck::THERE),
        }
    }
}
