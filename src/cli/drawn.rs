//! A finding for a person: a snippet where it has a place and is new, else a line or two.

use crate::finding::{Evidence, Finding, Severity, Target};
use crate::ops::check::{Checked, Judged};
use crate::render::{Look, snippet};
use crate::text::{one_line, plain};

pub fn drawn(checked: &Checked, judged: &Judged, look: Look) -> String {
    let stock = if judged.stock { "already in the base: " } else { "" };
    let news = !judged.stock && judged.finding.severity > Severity::Info;
    let Some(spot) = judged.spot.as_ref().filter(|_| news) else {
        return format!("{stock}{}", brief(judged));
    };
    let text = checked.workspace.sources.get(&spot.path).map(crate::store::Source::text).unwrap_or_default();
    let here = judged.related.iter().filter(|(other, _)| other.path == spot.path);
    let related: Vec<_> = here.map(|(other, label)| (other.span.clone(), label.clone())).collect();
    let elsewhere = judged.related.iter().filter(|(other, _)| other.path != spot.path);
    let elsewhere: String = elsewhere
        .map(|(other, label)| {
            format!("  {}:{}:{}: {}\n", one_line(&other.path), other.line, other.column, plain(label))
        })
        .collect();
    let seen = seen(&judged.finding);
    format!(
        "{stock}{}{elsewhere}{seen}\n",
        snippet(&judged.finding, (&spot.path, &text), spot.span.clone(), &related, look)
    )
}

/// A line or two: for what is only good to know, and for what has no place in a file.
fn brief(judged: &Judged) -> String {
    let Finding { severity, code, message, help, .. } = &judged.finding;
    match (&judged.spot, help) {
        (Some(spot), _) => {
            let place = format!("{}:{}:{}", one_line(&spot.path), spot.line, spot.column);
            format!("{severity}[{}]: {} ({place})\n", code.name, plain(message))
        }
        (None, Some(help)) => {
            let seen = seen(&judged.finding);
            format!("{severity}[{}]: {}\n  help: {}\n{seen}\n", code.name, plain(message), plain(help))
        }
        (None, None) => format!("{severity}[{}]: {}\n{}\n", code.name, plain(message), seen(&judged.finding)),
    }
}

/// How many places in history are named before the rest is counted.
const SIGHTINGS: usize = 4;

/// Where in history it was seen, as `git show` takes it; whole files only where nothing else is known.
fn seen(finding: &Finding) -> String {
    let exact: Vec<&Evidence> = finding.evidence.iter().filter(|seen| seen.line > 0).collect();
    let all = if finding.model().is_none() { finding.evidence.iter().collect() } else { exact };
    let place = |seen: &&Evidence| {
        let line = if seen.line > 0 { format!(", line {}", seen.line) } else { String::new() };
        format!("  in history: {:.10}:{}{line}\n", seen.commit, one_line(&seen.path))
    };
    let rest = if all.len() > SIGHTINGS { format!("  and {} more\n", all.len() - SIGHTINGS) } else { String::new() };
    all.iter().take(SIGHTINGS).map(place).collect::<String>() + &rest
}

/// A finding of redan.toml, drawn on its own. Its fix is not named: without settings `redan fix` does not run.
pub fn draw(finding: &Finding, path: &str, text: &str) -> String {
    let finding = &Finding { fix: None, ..finding.clone() };
    let span = match &finding.place.target {
        Target::Bytes { span, .. } => span.clone(),
        Target::Model { .. } => 0..0,
    };
    let look = Look { colour: false, width: 100 };
    snippet(finding, (path, text), span, &[], look)
}
