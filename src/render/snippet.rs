//! A finding as a snippet of the file with its place marked, drawn by miette.

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as Level, SourceCode};

use super::excerpt::Excerpt;
use super::mark::repair;
use crate::finding::{Finding, Severity};
use crate::text::{one_line, plain};

/// How snippets look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// The finding with `text`, the file it is in, and the byte spans of what it marks there. `related` are
/// other marks in the same file.
pub fn snippet(
    finding: &Finding,
    (path, text): (&str, &str),
    span: Range<usize>,
    related: &[(Range<usize>, String)],
    look: Look,
) -> String {
    let source = Excerpt::new(path, text, span, related);
    let theme = if look.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(look.width).with_links(false).with_context_lines(1);
    let mut out = String::new();
    match handler.render_report(&mut out, &Report { finding, source }) {
        Ok(()) => out,
        Err(fmt::Error) => format!("{}: {}\n", one_line(path), plain(&finding.message)),
    }
}

struct Report<'a> {
    finding: &'a Finding,
    source: Excerpt,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.finding.message))
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.finding.severity, self.finding.code.name)))
    }

    fn severity(&self) -> Option<Level> {
        match self.finding.severity {
            Severity::Error => Some(Level::Error),
            Severity::Warning => Some(Level::Warning),
            Severity::Info | Severity::Off => Some(Level::Advice),
        }
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.finding.help.as_deref().map(|help| plain(help).into_owned());
        let lines: Vec<String> = [help, repair(self.finding)].into_iter().flatten().collect();
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.source.labels.iter().cloned()))
    }
}
