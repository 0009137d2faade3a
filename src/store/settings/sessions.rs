//! `[sessions]`: what is kept of conversations.

use toml::de::DeValue;

use super::{Held, Reader, Wrong};
use crate::finding::codes;
use crate::store::Recording;
use crate::store::read::shown;

/// The words of `record`, with what they mean.
pub(in crate::store) const KEPT: [(&str, Recording); 3] =
    [("full", Recording::Full), ("redacted", Recording::Redacted), ("off", Recording::Off)];

impl Reader<'_> {
    pub(super) fn sessions(&mut self, held: &Held<'_>) -> Recording {
        let DeValue::Table(table) = held.get_ref() else {
            self.tell(&codes::VALUE_TYPE, held.span(), "`sessions` must be a table".to_owned());
            return Recording::default();
        };
        let mut kept = Recording::default();
        for (key, held) in table.iter() {
            match key.get_ref().as_ref() {
                "record" => kept = self.recording(held),
                name => {
                    let message = format!("`{}` is no key of [sessions]", shown(name));
                    self.stranger(name, key.span(), message, &["record"]);
                }
            }
        }
        kept
    }

    fn recording(&mut self, held: &Held<'_>) -> Recording {
        let DeValue::String(word) = held.get_ref() else {
            self.tell(&codes::VALUE_TYPE, held.span(), "`record` must be full, redacted or off in quotes".to_owned());
            return Recording::default();
        };
        if let Some((_, recording)) = KEPT.iter().find(|(known, _)| known == word) {
            return *recording;
        }
        let message = format!("`{}` is no way to record sessions", shown(word));
        let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message);
        let found =
            self.meant(found, Wrong { text: word, span: held.span(), quoted: true }, &KEPT.map(|(word, _)| word));
        self.findings.push(found);
        Recording::default()
    }
}
