//! The folder of a pack: `pack.toml`, and `requirements.jsonl` or `requirements.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::maps;
use super::wire::{Head, Line, Tables};
use crate::comply::{About, Clause, Levels, Name, Pack, flaws};
use crate::finding::{Finding, Place, codes};
use crate::store::Source;
use crate::store::read::text;

/// Flaws of one pack that are told at most; a pack that is wrong everywhere is wrong in one way.
const MOST: usize = 20;

/// The pack in a folder, or nothing and what is wrong with it.
pub(super) fn read(sources: &BTreeMap<String, Source>, folder: &str, findings: &mut Vec<Finding>) -> Option<Pack> {
    let mut found = Vec::new();
    let pack = Reader { folder, findings: &mut found }.pack(sources);
    let all = found.len();
    findings.extend(found.into_iter().take(MOST));
    if all > MOST {
        let place = Place::bytes(format!("{folder}/pack.toml"), 0..0);
        findings.push(Finding::new(&codes::PACK_INVALID, place, format!("and {} more flaws of this pack", all - MOST)));
    }
    pack.filter(|_| all == 0)
}

struct Reader<'r> {
    folder: &'r str,
    findings: &'r mut Vec<Finding>,
}

/// A clause with the bytes it stands at.
type Placed = (Clause, Range<usize>);

impl Reader<'_> {
    fn pack(&mut self, sources: &BTreeMap<String, Source>) -> Option<Pack> {
        let path = |name: &str| format!("{}/{name}", self.folder);
        let (head_path, lines, tables) = (path("pack.toml"), path("requirements.jsonl"), path("requirements.toml"));
        let (head, start) = self.head(sources.get(&head_path)?)?;
        let (path, clauses) = match (sources.get(&lines), sources.get(&tables)) {
            (Some(source), None) => (lines, self.lines(source)),
            (None, Some(source)) => (tables, self.tables(source)),
            (None, None) => {
                self.tell(&head_path, 0..0, "the pack has neither requirements.toml nor requirements.jsonl".to_owned());
                return None;
            }
            (Some(_), Some(_)) => {
                let message = "the pack has both requirements.toml and requirements.jsonl: which one counts?";
                self.tell(&tables, 0..0, message.to_owned());
                return None;
            }
        };
        let pack = pack(&head, self.name(&head, &head_path, start)?);
        let spans: Vec<(String, Range<usize>)> =
            clauses.iter().map(|(clause, at)| (clause.id.clone(), at.clone())).collect();
        let mut pack = pack.with(clauses.into_iter().map(|(clause, _)| clause).collect());
        let (maps, wrong) = maps::read(sources, self.folder);
        wrong.into_iter().for_each(|(path, span, message)| self.tell(&path, span, message));
        let steps = |placed: &Vec<maps::Placed>| placed.iter().map(|(step, ..)| step.clone()).collect();
        pack.maps = maps.iter().map(|(name, placed)| (name.clone(), steps(placed))).collect();
        // What could not be read is no reason to say that it is empty.
        let unread = pack.clauses().is_empty() && !self.findings.is_empty();
        for flaw in flaws(&pack).into_iter().filter(|flaw| !unread || flaw.about != About::Head("id")) {
            let (path, span) = match flaw.about {
                About::Head("levels") => (&head_path, head.levels.as_ref().map_or(0..0, |levels| levels.span())),
                About::Head(_) => (&head_path, 0..0),
                About::Alias(at) => (&head_path, head.aliases.get(at).map_or(0..0, |alias| alias.span())),
                // Of two with one ID the later one is too many.
                About::Clause(id) => {
                    let span = spans.iter().rev().find(|(other, _)| *other == id).map(|(_, span)| span.clone());
                    (&path, span.unwrap_or(0..0))
                }
                About::Map(name, from) => {
                    let mut placed = maps.get(&name).into_iter().flatten().rev();
                    match placed.find(|(step, ..)| step.from == from) {
                        Some((_, path, span)) => (path, span.clone()),
                        None => (&path, 0..0),
                    }
                }
            };
            let span = if path == &head_path { span.start + start..span.end + start } else { span };
            self.tell(path, span, format!("the pack {}: {}", pack.name, flaw.message));
        }
        Some(pack)
    }

    fn head(&mut self, source: &Source) -> Option<(Head, usize)> {
        let (text, start) = self.text(source)?;
        match toml::from_str::<Head>(text) {
            Ok(head) if *head.format.get_ref() == 1 => Some((head, start)),
            Ok(head) => {
                let span = head.format.span();
                let message = format!("this redan knows packs of format 1 only, not {}", head.format.get_ref());
                self.tell(&source.path, span.start + start..span.end + start, message);
                None
            }
            Err(error) => {
                self.toml(&source.path, start, &error);
                None
            }
        }
    }

    fn name(&mut self, head: &Head, path: &str, start: usize) -> Option<Name> {
        let text = format!("{}@{}", head.id.get_ref(), head.version);
        let name = Name::parse(&text);
        if name.is_none() {
            let span = head.id.span();
            let message = format!("`{text}` is no name of a framework: write id = \"asvs\" and version = \"5.0.0\"");
            self.tell(path, span.start + start..span.end + start, message);
        }
        name
    }

    /// One JSON object a line; empty lines do not count.
    fn lines(&mut self, source: &Source) -> Vec<Placed> {
        let Some((text, start)) = self.text(source) else { return Vec::new() };
        let mut clauses = Vec::new();
        let mut at = start;
        for line in text.split_inclusive('\n') {
            let span = at..at + line.trim_end().len();
            at += line.len();
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Line>(line) {
                Ok(line) => clauses.push((Clause::from(line), span)),
                Err(error) => {
                    let said = error.to_string();
                    let said = said.split(" at line").next().unwrap_or_default();
                    self.tell(&source.path, span, format!("this line is no requirement: {said}"));
                }
            }
        }
        clauses
    }

    fn tables(&mut self, source: &Source) -> Vec<Placed> {
        let Some((text, start)) = self.text(source) else { return Vec::new() };
        match toml::from_str::<Tables>(text) {
            Ok(tables) => {
                let clause = |(key, line): (toml::Spanned<String>, Line)| {
                    let span = key.span().start + start..key.span().end + start;
                    (Clause { id: key.into_inner(), ..Clause::from(line) }, span)
                };
                tables.requirements.into_iter().map(clause).collect()
            }
            Err(error) => {
                self.toml(&source.path, start, &error);
                Vec::new()
            }
        }
    }

    /// The text of a file and the bytes before it.
    fn text<'s>(&mut self, source: &'s Source) -> Option<(&'s str, usize)> {
        match text(source) {
            Ok(raw) => Some((raw.text, raw.start)),
            Err(finding) => {
                let (code, help) = (&codes::PACK_INVALID, "import the pack again, or bring the file back from Git");
                let severity = code.severity;
                self.findings.push(Finding { code, severity, help: Some(help.to_owned()), ..*finding });
                None
            }
        }
    }

    fn toml(&mut self, path: &str, start: usize, error: &toml::de::Error) {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        self.tell(path, span.start + start..span.end + start, format!("this is no file of a pack: {message}"));
    }

    fn tell(&mut self, path: &str, span: Range<usize>, message: String) {
        self.findings.push(Finding::new(&codes::PACK_INVALID, Place::bytes(path, span), message));
    }
}

fn pack(head: &Head, name: Name) -> Pack {
    let mut pack = Pack::named(name);
    pack.title.clone_from(&head.title);
    pack.publisher.clone_from(&head.publisher);
    pack.licence.clone_from(&head.licence);
    pack.attribution.clone_from(&head.attribution);
    pack.text_policy = head.text_policy();
    pack.aliases = head.aliases.iter().map(|alias| alias.get_ref().clone()).collect();
    pack.levels = head.levels.as_ref().map_or(Levels::None, |levels| Levels::from(levels.get_ref()));
    pack.source = head.source.as_ref().map(Into::into).unwrap_or_default();
    pack.notices.clone_from(&head.notices);
    pack
}
