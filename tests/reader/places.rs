//! Symbolic places become lines and columns.

use super::{CONTROLS, MODEL, TOP, space};
use redan::change::Subject;
use redan::finding::Place;
use redan::model::{Id, ModelId};
use redan::store::{Spot, Workspace};

const TEXT: &str = "\u{feff}# über\r\nformat = 1\r\nid = \"pay\"\r\nname = \"Päy\" # end\r\n\r\n[assets.A1]\r\nname = \"Tökens\"\r\ncomponents = [\"CMP1\", \"CMP2\"]\r\nimpact = { regulatory = \"legal\" }\r\n\r\n[[assets.A1.revisions]]\r\nby = \"ada\"\r\n[[assets.A1.revisions]]\r\nby = \"bob\"\r\n";

fn workspace() -> Workspace {
    space(&[
        (MODEL, TEXT),
        (CONTROLS, "\n[controls.C1]\ndescription = \"x\"\n[controls.C1.covers.1]\nA1 = [\"T1\", \"T2\"]\n"),
        ("threat-models/pay/decisions/d.toml", "# d\nkind = \"confirmed\"\n"),
    ])
}

fn pay() -> ModelId {
    ModelId::parse("pay").expect("legal")
}

fn entity(id: &str) -> Place {
    Place::entity(&pay(), Id::parse(id).expect("legal"))
}

fn shown(space: &Workspace, place: &Place) -> String {
    let Spot { path, line, column, end_line, end_column, span } = space.locate(place).expect("it is there");
    let text = space.sources[&path].clone();
    let redan::store::Content::Bytes(bytes) = text.content else { panic!("text") };
    let file = path.rsplit('/').next().unwrap_or_default().to_owned();
    format!("{file} {line}:{column}-{end_line}:{end_column} {}", String::from_utf8_lossy(&bytes[span]))
}

#[test]
fn steps_lead_inwards() {
    let space = workspace();
    for (place, expected) in [
        (Place::of(&pay(), Subject::Head), "model.toml 3:1-3:11 id = \"pay\""),
        (Place::of(&pay(), Subject::Head).key("name"), "model.toml 4:8-4:13 \"Päy\""),
        (Place::of(&pay(), Subject::Head).name("name"), "model.toml 4:1-4:5 name"),
        (entity("A1"), "model.toml 6:1-6:12 [assets.A1]"),
        (entity("A1").key("name"), "model.toml 7:8-7:16 \"Tökens\""),
        (entity("A1").name("name"), "model.toml 7:1-7:5 name"),
        (entity("A1").key("components"), "model.toml 8:14-8:30 [\"CMP1\", \"CMP2\"]"),
        (entity("A1").key("components").item("CMP2"), "model.toml 8:23-8:29 \"CMP2\""),
        (entity("A1").key("impact").key("regulatory"), "model.toml 9:25-9:32 \"legal\""),
        (entity("A1").key("impact").name("regulatory"), "model.toml 9:12-9:22 regulatory"),
        (entity("A1").key("revisions").row(1), "model.toml 13:1-13:24 [[assets.A1.revisions]]"),
        (entity("A1").key("revisions").row(1).key("by"), "model.toml 14:6-14:11 \"bob\""),
        (entity("C1").key("covers").key("1"), "controls.toml 4:1-4:23 [controls.C1.covers.1]"),
        (entity("C1").key("covers").key("1").key("A1").item("T2"), "controls.toml 5:13-5:17 \"T2\""),
        (Place::of(&pay(), Subject::Decision("d".to_owned())), "d.toml 2:1-2:19 kind = \"confirmed\""),
        (Place::of(&pay(), Subject::Decision("d".to_owned())).key("kind"), "d.toml 2:8-2:19 \"confirmed\""),
    ] {
        assert_eq!(shown(&space, &place), expected, "{place:?}");
    }
}

#[test]
fn steps_that_lead_nowhere_fall_back_outwards() {
    let space = workspace();
    for (place, expected) in [
        (entity("A1").key("rationale"), "model.toml 6:1-6:12 [assets.A1]"),
        (entity("A1").key("components").item("CMP9"), "model.toml 8:14-8:30 [\"CMP1\", \"CMP2\"]"),
        (entity("A1").key("revisions").row(7), "model.toml 11:1-11:24 [[assets.A1.revisions]]"),
        (
            entity("A1").key("impact").key("blast_radius").key("deeper"),
            "model.toml 9:10-9:34 { regulatory = \"legal\" }",
        ),
        (entity("A9"), "model.toml 1:1-1:1 "),
        (Place::of(&pay(), Subject::Head).key("removed"), "model.toml 3:1-3:11 id = \"pay\""),
        (Place::of(&pay(), Subject::Compliance), "model.toml 2:1-2:11 format = 1"),
        (Place::bytes(MODEL, 90_000..90_001), "model.toml 15:1-15:1 "),
    ] {
        assert_eq!(shown(&space, &place), expected, "{place:?}");
    }
    assert_eq!(space.locate(&Place::bytes("nowhere.toml", 0..0)), None);
    let other = ModelId::parse("other").expect("legal");
    assert_eq!(space.locate(&Place::of(&other, Subject::Head)), None);
}

#[test]
fn a_locator_answers_for_many_places() {
    let space = workspace();
    let locator = space.locator();
    assert_eq!(locator.locate(&entity("A1")), space.locate(&entity("A1")));
    assert_eq!(locator.locate(&entity("C1")), space.locate(&entity("C1")));
    let start = Place::bytes(MODEL, 3..4);
    assert_eq!(locator.locate(&start).map(|spot| (spot.line, spot.column)), Some((1, 1)));
    let _ = TOP;
}
