//! Findings as a page, for a summary, a comment or a file.

use std::collections::BTreeMap;

use super::check::{Check, Found};
use super::diff::LIMIT;
use crate::render::{Line, Page, Tone, markdown_within};

/// An answer of `check` as Markdown that fits a comment.
pub fn document(check: &Check) -> String {
    let mut page = page(check, &[]);
    page.text(footer(check));
    markdown_within(LIMIT, [page])
}

/// Verdict, remarks, what the change brings, and behind a line what the base has too.
pub fn page(check: &Check, remarks: &[String]) -> Page {
    let mut page = Page::default();
    page.heading(headline(check));
    remarks.iter().for_each(|remark| page.text(Line::plain(remark)));
    let (stock, news): (Vec<&Found>, Vec<&Found>) = check.findings.iter().partition(|found| found.stock);
    page.list(news.into_iter().map(line).collect());
    fold(&mut page, stock.into_iter(), "already in the base");
    page
}

fn headline(check: &Check) -> Line {
    let tone = match check.verdict {
        "pass" | "none" => Tone::Good,
        _ => Tone::Bad,
    };
    // What the base has wrong already is no news.
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let news = check.findings.iter().filter(|found| !found.stock);
    news.for_each(|found| *counts.entry(found.severity).or_default() += 1);
    let counts = super::check::tally(&counts);
    Line::plain("Threat model: ").and(tone, check.verdict).and(Tone::Plain, format!(", {counts}"))
}

fn line(found: &Found) -> Line {
    let tone = match found.severity {
        "error" => Tone::Bad,
        "warning" => Tone::Warning,
        _ => Tone::Plain,
    };
    let line = Line::of(tone, found.severity).and(Tone::Plain, " ").and(Tone::Id, found.rule);
    let line = line.and(Tone::Plain, " ").sentence(Tone::Plain, &found.message);
    let place = found.place.as_ref().map(|at| format!(" ({}:{})", at.path, at.line)).unwrap_or_default();
    let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let line = line.and(Tone::Dim, place).sentence(Tone::Plain, &help);
    match found.fix.as_ref().filter(|fix| fix.safety == "safe") {
        Some(fix) => line
            .and(Tone::Plain, "\nrepair: ")
            .and(Tone::Command, "redan fix")
            .sentence(Tone::Plain, &format!(": {}", fix.title)),
        None => line,
    }
}

/// Findings behind a line that counts them; nothing where there are none.
fn fold<'f>(page: &mut Page, found: impl Iterator<Item = &'f Found>, what: &str) {
    let lines: Vec<Line> = found.map(line).collect();
    if !lines.is_empty() {
        let title = Line::plain(format!("{} {what}", lines.len()));
        let mut inner = Page::default();
        inner.list(lines);
        page.fold(title, inner);
    }
}

/// What the answer rests on.
pub fn footer(check: &Check) -> Line {
    let version = env!("CARGO_PKG_VERSION");
    let mut line = Line::of(Tone::Dim, format!("redan {version}, compared with "));
    for (nth, base) in check.bases.iter().enumerate() {
        line = line.and(Tone::Dim, if nth == 0 { "" } else { ", " }).and(Tone::Id, format!("{:.10}", base.commit));
    }
    let none = if check.bases.is_empty() { "no commit" } else { "" };
    line.and(Tone::Dim, format!("{none}; history {}", check.history.coverage))
}
