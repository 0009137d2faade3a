//! What stands at the top of a file before its fields: the format, and a model's ID.

use std::ops::Range;

use toml::de::DeValue;

use super::file::{File, Report};
use super::group::Folder;
use super::salvage;
use super::walk::{Said, Spot, Walk, replace};
use super::words::shown;
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::ModelId;
use crate::store::Content;
use crate::text::slug;

/// The only format there is.
const FORMAT: &str = "1";

/// A model's ID and the bytes that say so.
pub(super) struct Claim {
    pub id: ModelId,
    pub span: Range<usize>,
}

/// The ID in model.toml; without a legal one the folder's name stands in, so that the rest reads.
pub(super) fn model_id(file: &File<'_>, folder: &str, report: &mut Report) -> Claim {
    let Some(held) = file.root.get("id") else {
        let id = fallback(folder);
        if file.damage.is_empty() {
            let place = Place::of(&id, Subject::Head);
            let finding = Finding::new(&codes::KEY_MISSING, place, "the model has no `id`");
            report.add(0, finding.help(format!("add id = \"{id}\" at the top; it is set once and never changes")));
        }
        report.lost = true;
        return Claim { id, span: 0..0 };
    };
    let span = held.span();
    let text = match held.get_ref() {
        DeValue::String(text) => text.as_ref(),
        _ => file.text.get(span.clone()).unwrap_or_default(),
    };
    if let Some(id) = ModelId::parse(text).filter(|_| held.get_ref().is_str()) {
        return Claim { id, span };
    }
    report.lost = true;
    let id = fallback(folder);
    if !file.damaged(span.start) {
        let message = format!("`{}` cannot be a model's ID", shown(text));
        let finding = Finding::new(&codes::ID_MALFORMED, file.place(&span), message);
        let help = "an ID is 1 to 64 of a-z, 0-9 and -, starts with a letter and does not end with -";
        report.add(span.start, finding.help(help));
    }
    Claim { id, span }
}

/// The ID of a model whose file cannot be parsed.
pub(super) fn guess(folder: &Folder<'_>) -> ModelId {
    let said = match &folder.model.content {
        Content::Bytes(bytes) => salvage::model_id(bytes),
        _ => None,
    };
    said.and_then(|said| ModelId::parse(&said)).unwrap_or_else(|| fallback(folder.path))
}

fn fallback(folder: &str) -> ModelId {
    let slug = slug(folder.rsplit('/').next().unwrap_or(folder));
    let start = slug.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let short = start.get(..start.len().min(64)).unwrap_or_default().trim_end_matches('-');
    ModelId::parse(short).or_else(|| ModelId::parse("model")).unwrap_or_default()
}

impl<'f> Walk<'f> {
    /// Whether the file is of a format that can be read.
    pub(super) fn format(&mut self, required: bool) -> bool {
        let Some(held) = self.file.root.get("format") else {
            if required && self.file.damage.is_empty() {
                let start = self.start();
                self.warn(&codes::FORMAT_UNKNOWN, Spot::Value, &start, |walk| {
                    let line = walk.file.lines().line(start.start).start;
                    let end = if walk.file.text.contains("\r\n") { "\r\n" } else { "\n" };
                    let fix = replace(walk, "say which format it is", &(line..line), format!("format = {FORMAT}{end}"));
                    Said::new("the file does not say its format: `format = 1` is missing").fix(Some(fix))
                });
            }
            return true;
        };
        let span = held.span();
        let (known, future) = match held.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => {
                (number.as_str() == FORMAT, number.as_str().parse::<u64>().is_ok_and(|format| format > 1))
            }
            _ => (false, false),
        };
        if !known {
            self.lose(&codes::FORMAT_UNKNOWN, Spot::Value, &span, |walk| {
                let text = walk.file.text.get(span.clone()).unwrap_or_default();
                if future {
                    let said = Said::new(format!("the file has format {}, and this redan reads format 1", shown(text)));
                    return said.help("use the redan that wrote it, or a later one");
                }
                let fix = (text.trim_matches(['"', '\'']) == FORMAT).then(|| replace(walk, "write 1", &span, FORMAT));
                Said::new(format!("`{}` is no format: write format = 1", shown(text))).fix(fix)
            });
        }
        !future
    }

    /// Where the file's first statement stands.
    pub(super) fn start(&self) -> Range<usize> {
        let keys = self.file.root.iter().map(|(key, held)| key.span().start.min(held.span().start));
        let first =
            keys.min().unwrap_or(0).min(self.file.headers().first().map_or(usize::MAX, |header| header.span.start));
        first..first
    }
}
