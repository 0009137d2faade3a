//! Many folders are read at once where that pays; nobody can tell.

use redan::store::{Settings, Source, read};

use super::{TOP, source};

/// Comments at the end: more bytes, and nothing else said.
const PADDING: usize = 64 << 10;

/// Sound models, models that do not parse, and every fifth with the ID of another folder.
fn folders(padding: &str) -> Vec<Source> {
    let model = |nth: usize| {
        let id = if nth % 5 == 4 { nth - 3 } else { nth };
        let asset = if nth % 7 == 6 { "[assets.A1\n" } else { "[assets.A1]\n" };
        format!("format = 1\nid = \"m{id}\"\nname = \"M{nth}\"\n{asset}nmae = \"Tokens\"\n{padding}")
    };
    let file = |nth: usize, name: &str, text: &str| source(&format!("threat-models/m{nth:02}/{name}"), text);
    (0..24).flat_map(|nth| [file(nth, "model.toml", &model(nth)), file(nth, "controls.toml", TOP)]).collect()
}

#[test]
fn it_reads_as_one_after_the_other() {
    let said = |padding: &str| {
        let space = read(folders(padding), &Settings::default());
        format!("{:?} {:?} {:?}", space.models, space.findings, (space.folders, space.salvaged, space.lossy))
    };
    let alone = said("");
    assert!(alone.contains("model_id_clash") && alone.contains("toml_syntax"), "{alone}");
    assert_eq!(said(&format!("# {}\n", "x".repeat(PADDING))), alone);
}
