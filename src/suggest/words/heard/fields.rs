//! What a change of a field reads.

use super::free::Freedom;
use super::page::Page;
use super::roles::{Text, one, properties, turned};
use crate::model::{Id, Vector};
use crate::suggest::words::frame::{Frame, Verb};
use crate::suggest::words::nouns::field_names;
use crate::suggest::words::phrases::phrases;
use crate::suggest::words::{field, place, property as listing, rename, wall};

pub(super) fn read(frame: &Frame<'_>, page: &mut Page<'_>, id: Id, sets: &[(String, String)]) -> Vec<Text> {
    let [(name, value)] = sets else { return Vec::new() };
    one(frame.model, page, id);
    match name.as_str() {
        "properties" | "protects" => letters(frame, page, id, (name, value)),
        "boundaries" | "components" => places(frame, page, id, (name, value)),
        "sealed" => sealed(page, value == "true"),
        "passes" => passes(page, value),
        _ => return text(page, name, value),
    }
    Vec::new()
}

fn text(page: &mut Page<'_>, name: &str, value: &str) -> Vec<Text> {
    let at = page.text(value);
    page.once(&field_names(name));
    // People say description of what has a capability.
    if matches!(name, "capability" | "description") {
        page.once(&["description", "name", "title"]);
    }
    if name == "name" {
        page.once(rename::SAID);
    }
    if name == "repo" {
        page.once(field::KEPT);
        page.once(&field_names("repo"));
    }
    page.once(field::TO);
    page.small(&["of", "for", "on", "from"]);
    // An address or a word of a list is one token; prose without quotes is held to less than a name.
    let freedom = if matches!(name, "name" | "position") { Freedom::Name } else { Freedom::Clause };
    let long = at.filter(|at| at.len() > 1);
    long.map(|at| Text { at, freedom }).into_iter().collect()
}

fn letters(frame: &Frame<'_>, page: &mut Page<'_>, id: Id, (name, value): (&str, &str)) {
    let (gone, come) = turned(frame, id, name, value);
    if frame.verb == Verb::Set && page.holds(&field_names(name)) {
        page.once(&field_names(name));
        page.once(field::TO);
        page.small(&["of"]);
        return properties(page, |letter| value.contains(letter));
    }
    let off = come.is_empty() && !gone.is_empty();
    properties(page, |letter| if off { !value.contains(letter) } else { value.contains(letter) });
    // The property that was said before a colon is said again as `it`.
    page.once(&[if off { "remove it from" } else { "add it to" }, if off { "drop it from" } else { "" }]);
    if off {
        page.once(listing::OFF);
        page.once(&["any more", "anymore", "any longer"]);
        page.small(&["from", "of", "on", "off", "out", "for", "away"]);
    } else {
        page.once(listing::ON);
        page.once(listing::MATTERS);
        page.small(&["to", "on", "onto", "for", "have", "with"]);
    }
}

fn places(frame: &Frame<'_>, page: &mut Page<'_>, id: Id, (name, value): (&str, &str)) {
    let (gone, come) = turned(frame, id, name, value);
    let ids = |names: &[String]| names.iter().filter_map(|name| Id::parse(name)).collect::<Vec<_>>();
    for place in ids(&come) {
        one(frame.model, page, place);
    }
    let lists = frame.verb == Verb::Set && page.holds(&field_names(name));
    if lists || !come.is_empty() {
        page.once(phrases("stands"));
        page.once(phrases("holds"));
        page.once(place::INTO);
    }
    match (frame.verb, lists) {
        (_, true) => {
            ids(&value.split(',').map(str::to_owned).collect::<Vec<_>>())
                .into_iter()
                .for_each(|id| one(frame.model, page, id));
            page.once(field::TO);
        }
        // Where it came from may be said, and has to be among what it leaves.
        (Verb::Move, _) => {
            ids(&gone).into_iter().for_each(|id| one(frame.model, page, id));
            page.once(place::OUT);
        }
        _ if come.is_empty() => {
            ids(&gone).into_iter().for_each(|id| one(frame.model, page, id));
            page.once(phrases("stands not"));
            page.once(place::OUT);
            page.once(&["any more", "anymore", "any longer"]);
        }
        _ => {}
    }
    page.once(&field_names(name));
    page.small(&["and", "&", "of", "too", "as", "well"]);
}

fn sealed(page: &mut Page<'_>, shut: bool) {
    if shut {
        page.once(&[
            "seal off",
            "seal",
            "is sealed",
            "as sealed",
            "is now sealed",
            "should be sealed",
            "must be sealed",
            "sealed",
        ]);
        page.once(&["true", "yes", "on"]);
    } else {
        page.once(wall::OPEN);
        page.once(&["unseal", "unsealed", "sealed"]);
        page.once(&["false", "no"]);
    }
    page.once(field::TO);
    page.small(&["of"]);
}

fn passes(page: &mut Page<'_>, value: &str) {
    let vector = |word: &str| value.split(',').any(|one| one == word);
    page.each(|token| Vector::WORDS.iter().any(|word| token.is(word) && vector(word)));
    match value {
        "" => page.once(&["nothing", "none"]),
        "*" => page.once(&["everything", "anything", "all"]),
        _ => page.once(&["only", "just"]),
    }
    page.once(wall::LETS);
    page.once(&["through"]);
    page.once(&["the passes", "passes"]);
    page.once(field::TO);
    page.small(&["and", "attacks", "traffic", "vectors", "vector", "of"]);
}
