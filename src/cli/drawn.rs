//! A finding for a person: a snippet where it has a place and is new, else a line or two.

use std::sync::LazyLock;

use regex::Regex;

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
    snippet(finding, (path, &masked(text)), span, &[], look)
}

/// What stands where a key or token is to be named; the end of the text may be missing.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    let value = r#""""(?<a>(?s:.*?))(?:"""|\z)|'''(?<b>(?s:.*?))(?:'''|\z)|"(?<c>[^"\n]*)|'(?<d>[^'\n]*)"#;
    let pattern = format!(r#"(?i)[\w-]*(?:key|token|secret|password)["']?[ \t]*=[ \t]*(?:{value})"#);
    Regex::new(&pattern).expect("a pattern of our own")
});

/// The text with stars for keys and tokens that somebody wrote down; names of variables stay. As long as it was, so that places hold.
fn masked(text: &str) -> String {
    let mut out = text.to_owned();
    for found in SECRET.captures_iter(text) {
        let Some(value) = ["a", "b", "c", "d"].iter().find_map(|name| found.name(name)) else { continue };
        let names = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if !value.as_str().chars().all(names) {
            let star = |c: char| if c == '\n' { "\n".to_owned() } else { "*".repeat(c.len_utf8()) };
            out.replace_range(value.range(), &value.as_str().chars().map(star).collect::<String>());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_shown_and_names_of_variables_are() {
        for (text, shown) in [
            ("key = \"sk-1é\"\n", "key = \"******\"\n"),
            ("token='abc' # x", "token='***' # x"),
            ("engine = { \"key\" = \"sk-1", "engine = { \"key\" = \"****"),
            ("key = \"\"\"\nsk\n\"\"\"\nuse = \"openai/x\"", "key = \"\"\"\n**\n\"\"\"\nuse = \"openai/x\""),
            ("key = \"OPENAI_API_KEY\"", "key = \"OPENAI_API_KEY\""),
            ("monkey_business = 3", "monkey_business = 3"),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
    }
}
