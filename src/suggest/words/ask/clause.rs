//! The conditions of a question, as clauses of a query.

use crate::assess::query::Row;
use crate::model::{Archetype, Atom, Factor, Id, Kind, Vector};
use crate::suggest::words::frame::Frame;
use crate::suggest::words::heard::{Page, doubtful};
use crate::suggest::words::name::{self, Among, Named, named};
use crate::suggest::words::nouns::{ARTICLES, factor, level, lone_level, property, starts};
use crate::suggest::words::phrases::phrases;
use crate::suggest::words::token::Token;

const ASSET: Row = Row::Entity(Kind::Asset);
const ATTACKER: Row = Row::Entity(Kind::Attacker);
const BOUNDARY: Row = Row::Entity(Kind::Boundary);
const COMPONENT: Row = Row::Entity(Kind::Component);
const ASSUMPTION: Row = Row::Entity(Kind::Assumption);
const CONTROL: Row = Row::Entity(Kind::Control);
const PAIR: Row = Row::Objective;

/// What people say of a row, and the query it is; longer phrases before shorter ones.
const SAYINGS: &[(Row, &str, &str)] = &[
    (CONTROL, "not yet implemented", "not implemented"),
    (CONTROL, "unimplemented", "not implemented"),
    (CONTROL, "implemented", "implemented"),
    (CONTROL, "in place", "implemented"),
    (CONTROL, "planned", "not implemented"),
    (CONTROL, "orphaned", "orphaned"),
    (ASSUMPTION, "attested", "state = active"),
    (ASSUMPTION, "unattested", "state in (pending, violated)"),
    (ASSUMPTION, "active", "state = active"),
    (ASSUMPTION, "expired", "state = expired"),
    (ASSUMPTION, "run out", "state = expired"),
    (ASSUMPTION, "pending", "state = pending"),
    (ASSUMPTION, "void", "state = void"),
    (ASSUMPTION, "withdrawn", "state = violated"),
    (ASSUMPTION, "violated", "state = violated"),
    (ASSUMPTION, "external", "kind = external"),
    (BOUNDARY, "sealed", "sealed"),
    (ASSET, "unrated", "not rated"),
    (ASSET, "rated", "rated"),
    (ASSET, "high impact", "impact = high"),
    (ASSET, "medium impact", "impact = medium"),
    (ASSET, "low impact", "impact = low"),
    (ASSET, "impact high", "impact = high"),
    (ASSET, "uncovered", "not control.id != none"),
    (ATTACKER, "unrated", "not rated"),
    (ATTACKER, "rated", "rated"),
    (ATTACKER, "likely", "likelihood = high"),
    (ATTACKER, "high likelihood", "likelihood = high"),
    (ATTACKER, "medium likelihood", "likelihood = medium"),
    (ATTACKER, "low likelihood", "likelihood = low"),
    (ATTACKER, "unpositioned", "boundaries = 0"),
    (ASSET, "controls", "control.id != none"),
    (ASSET, "control", "control.id != none"),
    (COMPONENT, "repo", "repo != none"),
    (COMPONENT, "repository", "repo != none"),
    (ASSUMPTION, "expire this year", "(expires >= $year-01-01 and expires <= $year-12-31)"),
    (ASSUMPTION, "expires this year", "(expires >= $year-01-01 and expires <= $year-12-31)"),
    (ASSUMPTION, "run out this year", "(expires >= $year-01-01 and expires <= $year-12-31)"),
    (ASSUMPTION, "expire", "expires != none"),
    (PAIR, "biggest", "tier >= high and status in (at_risk, unassessed)"),
    (PAIR, "worst", "tier >= high and status in (at_risk, unassessed)"),
    (PAIR, "top", "tier >= high and status in (at_risk, unassessed)"),
    (PAIR, "greatest", "tier >= high and status in (at_risk, unassessed)"),
    (PAIR, "left", "status in (at_risk, unassessed)"),
    (PAIR, "remaining", "status in (at_risk, unassessed)"),
    (PAIR, "not rated", "tier = none"),
    (PAIR, "unrated", "tier = none"),
    (PAIR, "rated", "tier != none"),
    (PAIR, "at risk", "status = at_risk"),
    (PAIR, "at_risk", "status = at_risk"),
    (PAIR, "not applicable", "status = not_applicable"),
    (PAIR, "mitigated", "status = mitigated"),
    (PAIR, "accepted", "status = accepted"),
    (PAIR, "unassessed", "status = unassessed"),
    (PAIR, "unreachable", "status = unreachable"),
    (PAIR, "reachable", "reach = reachable"),
    (PAIR, "open", "status in (at_risk, unassessed)"),
    (PAIR, "uncovered", "not covered"),
    (PAIR, "covered", "covered"),
    (PAIR, "controls", "covered"),
    (PAIR, "critical", "tier = critical"),
    (PAIR, "high or critical", "tier >= high"),
    (PAIR, "high", "tier = high"),
    (PAIR, "medium", "tier = medium"),
    (PAIR, "low", "tier = low"),
];

/// Clauses that all have to hold, and the words that nothing here knows.
pub(super) fn clauses(frame: &Frame<'_>, row: Row, words: &[Token]) -> (Vec<String>, Vec<Token>) {
    let mut reader =
        Reader { frame, row, words, at: 0, not: false, clauses: Vec::new(), strange: Vec::new(), odd: Vec::new() };
    while reader.at < words.len() {
        let taken = reader.step();
        reader.at += taken.max(1);
    }
    // A denial that nothing follows denies something that was not read.
    if reader.not {
        reader.odd.extend(words.iter().rev().find(|token| token.any(phrases("not"))).cloned());
    }
    let topic = words.iter().any(|token| token.any(&["about", "regarding", "concerning", "mention", "mentions", "on"]));
    let texts = matches!(row, ASSUMPTION | CONTROL) || topic;
    if texts && row != PAIR && !reader.strange.is_empty() {
        let words: Vec<String> = reader.strange.drain(..).map(|token| token.low).collect();
        reader.clauses.push(format!("{} has \"{}\"", title(row), words.join(" ").replace('"', "'")));
    }
    reader.odd.append(&mut reader.strange);
    (reader.clauses, reader.odd)
}

/// The field that a row is called by.
const fn title(row: Row) -> &'static str {
    match row {
        Row::Entity(Kind::Assumption | Kind::Control) => "description",
        Row::Entity(Kind::Attacker) => "capability",
        _ => "name",
    }
}

struct Reader<'r> {
    frame: &'r Frame<'r>,
    row: Row,
    words: &'r [Token],
    at: usize,
    not: bool,
    clauses: Vec<String>,
    strange: Vec<Token>,
    /// Words that no text is searched for.
    odd: Vec<Token>,
}

impl Reader<'_> {
    /// Reads what stands here, and says how many words it took.
    fn step(&mut self) -> usize {
        let rest = &self.words[self.at..];
        let said = SAYINGS.iter().filter(|(row, phrase, _)| *row == self.row && starts(rest, phrase));
        if let Some((_, phrase, query)) = said.max_by_key(|(_, phrase, _)| phrase.len()) {
            self.say((*query).to_owned());
            return phrase.split(' ').count();
        }
        if rest[0].any(phrases("not")) && !self.not {
            self.not = true;
            return 1;
        }
        if rest[0].any(&["removed", "deleted", "retired", "gone"]) && self.row != PAIR {
            self.say("removed".to_owned());
            return 1;
        }
        let filler = rest[0].any(phrases("filler"));
        // `in case`: a small word may open what is none.
        let opens =
            phrases("doubt").iter().any(|phrase| phrase.contains(' ') && *phrase != "so far" && starts(rest, phrase));
        if opens || !filler && (doubtful(rest) || rest[0].any(phrases("no topic"))) {
            self.odd.push(rest[0].clone());
            return 1;
        }
        if let Some(taken) = self.word(rest) {
            return taken;
        }
        if let Some(taken) = self.mention(rest) {
            return taken;
        }
        // `need` asks for a property; what is needed beside is not in the data.
        let wants = rest[0].any(&["need", "needs"]) && !rest[1..].iter().take(2).any(|next| property(next).is_some());
        if wants {
            self.odd.push(rest[0].clone());
            return 1;
        }
        if !rest[0].any(phrases("filler")) && !rest[0].any(ARTICLES) {
            self.strange.push(rest[0].clone());
        }
        1
    }

    fn say(&mut self, query: String) {
        let query = if std::mem::take(&mut self.not) { format!("not ({query})") } else { query };
        if !self.clauses.contains(&query) {
            self.clauses.push(query);
        }
    }

    /// A property, a factor with its level, an archetype, a vector.
    fn word(&mut self, rest: &[Token]) -> Option<usize> {
        if matches!(self.row, ASSET | ATTACKER)
            && let Some((factor, length)) = factor(rest)
        {
            let fits = if self.row == ASSET { &Factor::OF_ASSET[..] } else { &Factor::LIKELIHOOD[..] };
            let beside = rest[length..].iter().take(3).position(|token| level(factor, token).is_some());
            if let Some(at) = beside.filter(|_| fits.contains(&factor)) {
                let level = level(factor, &rest[length + at])?;
                self.say(format!("{} = {level}", factor.name()));
                return Some(length + at + 1);
            }
        }
        if let Some(property) = property(&rest[0]) {
            match self.row {
                ASSET | PAIR => self.say(format!("properties has {}", property.word())),
                CONTROL => self.say(format!("(protects has {} or protects = 0)", property.word())),
                _ => return None,
            }
            return Some(1);
        }
        if self.row == ATTACKER
            && let Some(archetype) = Archetype::parse(rest[0].low.trim_end_matches('s'))
        {
            self.say(format!("archetype = {}", archetype.word()));
            return Some(1);
        }
        if let Some(vector) = Vector::parse(&rest[0].low) {
            match self.row {
                BOUNDARY => self.say(format!("passes has {}", vector.word())),
                ATTACKER => self.say(format!("vector = {}", vector.word())),
                _ => return None,
            }
            return Some(1);
        }
        let factors: &'static [Factor] = match self.row {
            ASSET => &Factor::IMPACT,
            ATTACKER => &Factor::LIKELIHOOD,
            _ => return None,
        };
        let (factor, level) = lone_level(&rest[0], factors)?;
        self.say(format!("{} = {level}", factor.name()));
        Some(1)
    }

    /// The longest run of words that names something the row hangs together with.
    fn mention(&mut self, rest: &[Token]) -> Option<usize> {
        let kinds = near(self.row);
        if let Some(objective) = name::objective(&rest[0]).filter(|_| self.row == CONTROL) {
            self.say(format!("covers has {objective}"));
            return Some(1);
        }
        // What an assumption is about stands in its words.
        let lone = self.row == ASSUMPTION && name::id(&rest[0]).is_none();
        if rest[0].any(phrases("filler")) || rest[0].any(ARTICLES) || lone {
            return None;
        }
        for length in (1..=rest.len().min(8)).rev() {
            let run = &rest[..length];
            if run.last().is_some_and(|last| last.any(phrases("filler")) || last.any(ARTICLES)) {
                continue;
            }
            // What is nearest to the row is meant before what is further away.
            let found = kinds.iter().find_map(|kind| match named(self.frame.model, run, &[*kind], Among::Live) {
                Named::One(id) if kinds.contains(&id.kind) => Some(id),
                _ => None,
            });
            if let Some(id) = found.filter(|id| whole(self.frame, run, *id)) {
                let said = relation(self.row, id);
                // Two of a kind may be joined or chosen from: which, no filter here says.
                let head = said.split(" = ").next().filter(|head| head.ends_with(".id"));
                if head.is_some_and(|head| self.clauses.iter().any(|clause| clause.starts_with(head))) {
                    self.odd.extend(run.iter().cloned());
                } else {
                    self.say(said);
                }
                return Some(length);
            }
        }
        None
    }
}

/// Whether all of the words name the entity: an ID with something behind it is more than the ID.
fn whole(frame: &Frame<'_>, run: &[Token], id: Id) -> bool {
    let mut page = Page::new(run);
    page.small(ARTICLES);
    super::heard::named(frame, &mut page, id);
    page.rest().is_empty()
}

/// The kinds that a question about a row may name.
const fn near(row: Row) -> &'static [Kind] {
    match row {
        Row::Objective => &[Kind::Asset, Kind::Attacker, Kind::Control, Kind::Component, Kind::Boundary],
        Row::Entity(Kind::Asset) => &[Kind::Component, Kind::Boundary, Kind::Control],
        Row::Entity(Kind::Attacker) => &[Kind::Boundary, Kind::Control],
        Row::Entity(Kind::Component) => &[Kind::Boundary, Kind::Asset, Kind::Control],
        Row::Entity(Kind::Boundary) => &[Kind::Component, Kind::Attacker, Kind::Asset],
        Row::Entity(Kind::Assumption) => &[Kind::Control],
        Row::Entity(Kind::Control) => &[Kind::Component, Kind::Asset, Kind::Attacker, Kind::Assumption],
    }
}

fn relation(row: Row, id: Id) -> String {
    match (row, id.kind) {
        (Row::Entity(Kind::Asset), Kind::Component) | (CONTROL, Kind::Component) => format!("components has {id}"),
        (Row::Entity(Kind::Attacker | Kind::Component), Kind::Boundary) => format!("boundaries has {id}"),
        (_, kind) => format!("{}.id = {id}", kind.noun()),
    }
}
