//! What the experts' files say about a system in prose.

use std::path::Path;

/// The description, and nothing of the lists that are compared.
pub fn text(path: &Path) -> String {
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let places = [
        "/scope/description",
        "/description",
        "/applicationInfo/description",
        "/architecture/description",
        "/dataflow/description",
    ];
    let title =
        json.pointer("/scope/title").or_else(|| json.pointer("/applicationInfo/name")).and_then(|title| title.as_str());
    let prose = places.iter().filter_map(|place| json.pointer(place)?.as_str());
    let parts: Vec<String> =
        title.map(|title| format!("# {title}")).into_iter().chain(prose.map(str::to_owned)).collect();
    parts.join("\n\n")
}
