//! The issue about what is past its day: decisions, attestations and exclusions that somebody has to look at again.

use super::check::Found;
use super::comment::{LIMIT, violation};
use crate::render::{Line, Page, Tone, markdown_within, units};

/// What it says.
pub struct Due<'a> {
    /// The workspace, as in [`marker`].
    pub key: &'a str,
    /// Past their last day.
    pub over: &'a [Found],
    /// Within a month of it.
    pub ending: &'a [Found],
    /// Where files of the commit are read, ending with `/`.
    pub files: Option<&'a str>,
}

/// The first line of our issue for a key.
pub fn marker(key: &str) -> String {
    format!("<!-- redan:due:1 key={key} -->")
}

/// Title and body; `None` when nothing is due.
pub fn words(due: &Due<'_>) -> Option<(String, String)> {
    let parts = [(due.over.len(), "past their day"), (due.ending.len(), "within 30 days")];
    let parts: Vec<String> =
        parts.iter().filter(|(many, _)| *many > 0).map(|(many, what)| format!("{many} {what}")).collect();
    if parts.is_empty() {
        return None;
    }
    let first = marker(due.key);
    let room = LIMIT.saturating_sub(units(&first) + 2);
    let pages = [usize::MAX, 100, 10].map(|shown| page(due, shown));
    let body = format!("{first}\n{}", markdown_within(room, pages));
    Some((format!("Threat model: {}", parts.join(", ")), body))
}

fn page(due: &Due<'_>, shown: usize) -> Page {
    let mut page = Page::default();
    for (found, what) in [(due.over, "Past their day"), (due.ending, "Within 30 days")] {
        if found.is_empty() {
            continue;
        }
        page.heading(Line::plain(what));
        page.list(found.iter().take(shown).map(|found| violation(due.files, found)).collect());
        if found.len() > shown {
            page.text(Line::of(Tone::Dim, format!("and {} more: redan check", found.len() - shown)));
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    page.text(Line::of(
        Tone::Dim,
        format!(
            "redan {version} keeps this issue up to date with the scheduled audit, and closes it when nothing is left"
        ),
    ));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(message: &str) -> Found {
        Found {
            rule: "decision_overdue",
            severity: "warning",
            model: None,
            entity: None,
            message: message.to_owned(),
            help: Some("decide anew: redan accept CO-A1-T1".to_owned()),
            place: None,
            related: Vec::new(),
            evidence: Vec::new(),
            fix: None,
            stock: false,
            fingerprint: String::new(),
        }
    }

    #[test]
    fn nothing_due_is_no_issue() {
        assert_eq!(words(&Due { key: "all", over: &[], ending: &[], files: None }), None);
    }

    #[test]
    fn it_says_what_is_over_and_what_ends() {
        let (over, ending) = ([found("over @ada")], (0..2_000).map(|_| found("ends")).collect::<Vec<_>>());
        let (title, body) = words(&Due { key: "all", over: &over, ending: &ending, files: None }).unwrap();
        assert_eq!(title, "Threat model: 1 past their day, 2000 within 30 days");
        assert!(body.starts_with("<!-- redan:due:1 key=all -->\n"), "{body}");
        assert!(body.contains("redan accept CO-A1-T1") && !body.contains(" @ada"), "{body}");
        assert!(units(&body) <= LIMIT && body.contains("and 1900 more: redan check"), "{}", units(&body));
    }
}
