//! Values that are one word, one text, one number or one date.

use std::ops::Range;

use toml::de::DeInteger;
use toml::value::Datetime;

use super::active::active;
use super::lower::Held;
use super::near::near;
use super::walk::{Said, Spot, Walk, replace};
use super::when::{NoMoment, when};
use super::words::shown;
use super::{hidden, ident};
use crate::finding::codes;
use crate::model::{Shape, Value};

impl<'f> Walk<'f> {
    pub(super) fn atom(&mut self, shape: Shape, text: &str, spot: Spot<'_>, held: &Held<'_>) -> Option<Value> {
        if self.file.foreign {
            self.see(text, spot, held);
        }
        match shape {
            Shape::Choice(words) => self.choice(words, text, spot, held.span()),
            Shape::Reference(kinds) => {
                if ident::read(kinds, text).is_some() {
                    return Some(Value::text(text));
                }
                let span = held.span();
                self.lose(&codes::ID_MALFORMED, spot, &span, |walk| {
                    ident::said(kinds, text, |id| {
                        Some(replace(walk, format!("write {id}"), &span, format!("\"{id}\"")))
                    })
                });
                None
            }
            Shape::Digest => {
                self.digest(text, spot, held);
                Some(Value::text(text))
            }
            Shape::Line => {
                self.line(text, spot, held);
                Some(self.text(text))
            }
            _ => Some(self.text(text)),
        }
    }

    /// Line ends are the checkout's business and not part of a text.
    fn text(&self, text: &str) -> Value {
        if self.file.foreign && text.contains("\r\n") {
            Value::Text(text.replace("\r\n", "\n"))
        } else {
            Value::text(text)
        }
    }

    fn choice(
        &mut self,
        words: &'static [&'static str],
        text: &str,
        spot: Spot<'_>,
        span: Range<usize>,
    ) -> Option<Value> {
        if words.contains(&text) {
            return Some(Value::text(text));
        }
        self.lose(&codes::VALUE_UNKNOWN, spot, &span, |walk| {
            let said = Said::new(format!("{} cannot be `{}`", walk.what(), shown(text)));
            let list = format!("it is one of: {}", words.join(", "));
            match near(text, words.iter().copied()) {
                Some(near) => {
                    let title = format!("write `{}`", near.word);
                    let fix = near.sure.then(|| replace(walk, title, &span, format!("\"{}\"", near.word)));
                    said.help(format!("did you mean `{}`? {list}", near.word)).fix(fix)
                }
                None => said.help(list),
            }
        });
        None
    }

    /// A text that hides characters, or that others could act on, is told; it is read as it is.
    fn see(&mut self, text: &str, spot: Spot<'_>, held: &Held<'_>) {
        let plain = if text.contains('\r') { text.replace("\r\n", "\n") } else { String::new() };
        let text = if plain.is_empty() { text } else { &plain };
        if let Some(c) = hidden::first(text) {
            let name = hidden::name(c);
            self.warn(&codes::TEXT_HIDDEN, spot, &held.span(), |walk| {
                Said::new(format!("{} hides U+{:04X}, {name}", walk.what(), u32::from(c))).help(
                    "write the text again by hand; what is copied from elsewhere often brings such characters along",
                )
            });
        }
        // What evidence looks for is code.
        if let Some(what) = active(text).filter(|_| !self.under("pattern")) {
            self.warn(&codes::TEXT_ACTIVE, spot, &held.span(), |walk| {
                Said::new(format!("{} holds {what}", walk.what()))
                    .help("redan shows it as text and nothing else; whoever copies it elsewhere may not")
            });
        }
    }

    /// It is read all the same: a stale mark must not turn into a missing one.
    fn digest(&mut self, text: &str, spot: Spot<'_>, held: &Held<'_>) {
        if text.len() != 12 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            self.warn(&codes::VALUE_TYPE, spot, &held.span(), |walk| {
                let message = format!("{} must be 12 hex digits in lower case, not `{}`", walk.what(), shown(text));
                Said::new(message).help("delete the line: `redan fix` writes the right digest")
            });
        }
    }

    fn line(&mut self, text: &str, spot: Spot<'_>, held: &Held<'_>) {
        if text.contains('\n') {
            self.warn(&codes::VALUE_TYPE, spot, &held.span(), |walk| {
                Said::new(format!("{} must stand on one line", walk.what()))
            });
        }
    }

    pub(super) fn count(&mut self, number: &DeInteger<'_>, held: &'f Held<'f>) -> Option<Value> {
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        match number.filter(|&number| u32::try_from(number).is_ok()) {
            Some(number) => Some(Value::Number(number)),
            None => {
                self.lose(&codes::VALUE_TYPE, Spot::Value, &held.span(), |walk| {
                    Said::new(format!("{} must be a whole number from 0 to {}", walk.what(), u32::MAX))
                });
                None
            }
        }
    }

    pub(super) fn moment(&mut self, datetime: &Datetime, held: &Held<'_>) -> Option<Value> {
        let no = match when(datetime) {
            Ok(when) => return Some(Value::When(when)),
            Err(no) => no,
        };
        let span = held.span();
        self.lose(&codes::VALUE_TYPE, Spot::Value, &span, |walk| {
            let must = format!("{} must be a date, or a date and time in UTC that ends in Z", walk.what());
            match no {
                NoMoment::NoDay => Said::new(must),
                NoMoment::NoZone => {
                    Said::new(must).help("without an offset nobody knows when that was; add Z if it is UTC")
                }
                NoMoment::Elsewhere(utc) => {
                    Said::new(must).fix(Some(replace(walk, format!("write {utc}"), &span, utc.to_string())))
                }
            }
        });
        None
    }
}
