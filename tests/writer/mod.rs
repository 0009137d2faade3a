//! Edits of the examples, as people would make them: one line comes, everything else stays.

use std::path::{Path, PathBuf};

use redan::change::{Act, Change, Subject, apply};
use redan::model::{Entity, Id, Kind, ModelId, Value};
use redan::store::{Settings, Source, Workspace, Write, disk, plan, read, settings};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let folders = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let examples: Vec<PathBuf> = folders.filter(|path| path.join("redan.toml").is_file()).collect();
    assert!(!examples.is_empty());
    examples
}

fn open(example: &Path) -> (Settings, Vec<Source>) {
    let settings = settings(disk::source(example, "redan.toml").unwrap().as_ref()).unwrap();
    let sources = disk::gather(example, &settings).unwrap();
    (settings, sources)
}

/// The workspace once the writes are made.
fn after(example: &Path, writes: &[Write]) -> Workspace {
    let (settings, mut sources) = open(example);
    for write in writes {
        sources.retain(|source| source.path != write.path);
        let content = redan::store::Content::Bytes(write.after.clone().into());
        sources.push(Source { path: write.path.clone(), content });
    }
    read(sources, &settings)
}

fn lines(bytes: &[u8]) -> Vec<&str> {
    std::str::from_utf8(bytes).unwrap().lines().collect()
}

/// Performs one change and hands out what it wrote, once that was seen to read as the change says.
fn performed(example: &Path, workspace: &Workspace, id: &ModelId, change: Change) -> Vec<Write> {
    let mut want = workspace.models[id].clone();
    apply(&mut want, std::slice::from_ref(&change)).unwrap();
    let writes = plan(workspace, "threat-models", &[change]).unwrap();
    assert_eq!(after(example, &writes).models[id], want);
    writes
}

#[test]
fn a_field_is_one_line_and_an_entity_is_one_table() {
    let mut seen = 0;
    for example in examples() {
        let (settings, sources) = open(&example);
        let workspace = read(sources, &settings);
        for (id, model) in &workspace.models {
            for entity in model.entities.values().filter(|entity| entity.value("source").is_none()) {
                let set = Act::Set { field: "source", from: None, to: Some(Value::text("smoke")) };
                let writes = performed(&example, &workspace, id, Change::new(id, Subject::Entity(entity.id), set));
                let [write] = &writes[..] else { panic!("{} files", writes.len()) };
                let mut now = lines(&write.after);
                let fresh = now.iter().position(|line| *line == "source = \"smoke\"").unwrap();
                now.remove(fresh);
                assert_eq!(now, lines(write.before.as_ref().unwrap()), "{}", entity.id);
                seen += 1;
            }
            for kind in Kind::ALL {
                let fresh = Entity::new(Id::new(kind, 9999));
                let writes = performed(&example, &workspace, id, Change::put(id, fresh));
                let header = format!("[{}.{}9999]", kind.table(), kind.prefix());
                let (old, mut now) = (lines(writes[0].before.as_ref().unwrap()), lines(&writes[0].after));
                let at = now.iter().position(|line| *line == header).unwrap();
                now.drain(at - 1..=at);
                let blank = now.len() > old.len();
                if blank {
                    now.remove(at - 1);
                }
                assert_eq!(now, old, "{header}");
            }
        }
    }
    assert!(seen > 50, "{seen} entities");
}
