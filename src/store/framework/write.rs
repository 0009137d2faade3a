//! How a pack is written: a head for people and one line a requirement, so that differences stay small.

use crate::comply::{Levels, Pack};

/// A file of a pack: its name in the folder, and its text.
pub type Written = (String, String);

/// The files of a pack.
pub fn pack_files(pack: &Pack) -> Vec<Written> {
    let mut lines: Vec<String> = pack.clauses().iter().map(|clause| clause.line()).collect();
    lines.push(String::new());
    let mut files = vec![("pack.toml".to_owned(), head(pack)), ("requirements.jsonl".to_owned(), lines.join("\n"))];
    if !pack.attribution.is_empty() {
        files.push(("NOTICE".to_owned(), notice(pack)));
    }
    for (name, steps) in pack.maps.iter().filter(|(_, steps)| !steps.is_empty()) {
        let lines: String = steps.iter().map(|step| step.line() + "\n").collect();
        files.push((format!("maps/{name}.jsonl"), lines));
    }
    files
}

fn notice(pack: &Pack) -> String {
    format!(
        "{} {}\n{}\nLicence: {}\n{}\n",
        pack.title, pack.name.version, pack.publisher, pack.licence, pack.attribution
    )
}

fn head(pack: &Pack) -> String {
    let mut text = String::from("format = 1\n");
    let mut put = |key: &str, value: &str| text.push_str(&format!("{key} = {}\n", quoted(value)));
    put("id", &pack.name.id);
    put("version", &pack.name.version);
    put("title", &pack.title);
    put("publisher", &pack.publisher);
    put("licence", &pack.licence);
    put("attribution", &pack.attribution);
    put("text_policy", pack.text_policy.word());
    text.push_str(&list("aliases", pack.aliases.iter()));
    text.push_str(&list("notices", pack.notices.iter()));
    match &pack.levels {
        Levels::None => {}
        Levels::Minimum(names) => {
            text.push_str("\n[levels]\nmode = \"minimum\"\n");
            text.push_str(&list("names", names.iter()));
        }
        Levels::Sets(sets) => {
            text.push_str("\n[levels]\nmode = \"sets\"\n\n[levels.sets]\n");
            sets.iter().for_each(|(set, ids)| text.push_str(&list(&quoted(set), ids.iter())));
        }
    }
    let source = &pack.source;
    let source = [
        ("repository", &source.repository),
        ("commit", &source.commit),
        ("path", &source.path),
        ("sha256", &source.sha256),
    ];
    if source.iter().any(|(_, value)| !value.is_empty()) {
        text.push_str("\n[source]\n");
        let said = source.into_iter().filter(|(_, value)| !value.is_empty());
        said.for_each(|(key, value)| text.push_str(&format!("{key} = {}\n", quoted(value))));
    }
    text
}

/// A list on one line, or an item a line where it grows long; nothing when it is empty.
fn list<'i>(key: &str, items: impl Iterator<Item = &'i String>) -> String {
    let items: Vec<String> = items.map(|item| quoted(item)).collect();
    let line = format!("{key} = [{}]\n", items.join(", "));
    match items.len() {
        0 => String::new(),
        _ if line.len() <= 100 => line,
        _ => format!("{key} = [\n{}]\n", items.iter().map(|item| format!("  {item},\n")).collect::<String>()),
    }
}

/// A text as TOML writes it: literal where it holds backslashes, basic otherwise.
fn quoted(text: &str) -> String {
    toml_edit::value(text).to_string().trim().to_owned()
}
