use super::*;

fn told(text: &str) -> Vec<(String, u32, Option<String>)> {
    let trace = Tracer::default().trace(text.as_bytes());
    let name = |told: &Told| told.entity().map(|entity| entity.title().to_owned());
    trace.entities.iter().map(|traced| (traced.id.to_string(), traced.line, name(&traced.told))).collect()
}

fn row(id: &str, line: u32, name: Option<&str>) -> (String, u32, Option<String>) {
    (id.to_owned(), line, name.map(str::to_owned))
}

const PLAIN: &str = r#"
format = 1
id = "pay"
description = """
[assets.A9]
"""

[assets.A1]
name = "Tokens"      # [assets.A8]
properties = { C = "high" }

[[assets.A1.revisions]]
at = 2026-11-20T09:12:00Z
set = { blast_radius = "cascading" }

[attackers.T1]
capability = '''
[assets.A7]'''
boundaries = [
  "TB1",
]
[assets.A2]
name = "Report"
removed = { at = 2026-11-02, reason = "gone" }
[assets.A1.impact]
regulatory = "legal"
[assets.NEW-x]
[assets.a3]
"#;

#[test]
fn headers_give_the_entities_with_their_lines() {
    let wanted = [row("A1", 8, Some("Tokens")), row("A2", 22, Some("Report")), row("T1", 16, Some("[assets.A7]"))];
    assert_eq!(told(PLAIN), wanted);
    let trace = Tracer::default().trace(PLAIN.as_bytes());
    assert_eq!(trace.model.as_ref().map(ModelId::as_str), Some("pay"));
    assert_eq!(trace.flaw, None);
    let entity = trace.entities[0].told.entity().cloned().unwrap();
    assert_eq!(entity.value("revisions").unwrap().as_list().unwrap().len(), 1);
    assert_eq!(entity.value("impact").unwrap().to_string(), "regulatory = legal");
    assert!(!trace.entities[1].told.entity().unwrap().live());
}

#[test]
fn every_spelling_reads_the_same() {
    let header = "[assets.A1]\nname = \"Tokens\"\nproperties = [\"C\"]\nremoved = { at = 2026-11-02 }\n";
    let spellings = [
        "assets.A1 = { name = \"Tokens\", properties = [\"C\"], removed = { at = 2026-11-02 } }\n",
        "[assets]\nA1.name = \"Tokens\"\nA1.properties = [\"C\"]\nA1.removed.at = 2026-11-02\n",
        "[\"assets\".A1]\nname = \"Tokens\"\nproperties = [\"C\"]\n[assets.A1.removed]\nat = 2026-11-02\n",
        "[ assets . A1 ]\r\nname = \"Tokens\"\r\nproperties = [\"C\"]\r\nremoved = { at = 2026-11-02 }\r\n",
    ];
    let read = |text: &str| Tracer::default().trace(text.as_bytes()).entities[0].told.entity().cloned().unwrap();
    for text in spellings {
        assert_eq!(read(text), read(header), "{text}");
        let again = Tracer::default().trace(text.as_bytes()).entities[0].told.text.clone();
        assert_eq!(read(&again), read(header), "{again}");
    }
}

#[test]
fn broken_versions_keep_their_ids() {
    let broken = "id = \"pay\"\n[assets.A1]\nname = \"Tokens\n[assets.A2]\nname = \"Report\"\n";
    assert_eq!(told(broken), [row("A1", 2, None), row("A2", 4, Some("Report"))]);
    let unclosed = "[assets.A1]\nproperties = [\"C\"\n[assets.A2]\nname = \"Report\"\n";
    assert_eq!(told(unclosed), [row("A1", 1, None), row("A2", 3, Some("Report"))]);
    let twice = "[assets.A1]\nname = \"Tokens\"\n<<<<<<< ours\n[assets.A2]\nname = \"x\"\n=======\n[assets.A2]\nname = \"y\"\n>>>>>>> theirs\n";
    assert_eq!(told(twice), [row("A1", 1, None), row("A2", 4, None)]);
    for text in [broken, unclosed, twice] {
        assert!(Tracer::default().trace(text.as_bytes()).flaw.is_some(), "{text}");
    }
    let latin = Tracer::default().trace(b"[assets.A1]\nname = \"caf\xe9\"\n");
    assert_eq!((latin.entities.len(), latin.flaw.as_deref()), (1, Some("byte 23 is not UTF-8")));
    assert_eq!(told("\u{feff}[assets.A1]\nname = \"Tokens\"\n"), [row("A1", 1, Some("Tokens"))]);
    for lost in [&b"version https://git-lfs.github.com/spec/v1\n"[..], b"\xff\xfea\0", &[b'a'; LARGEST + 1]] {
        let trace = Tracer::default().trace(lost);
        assert!(trace.flaw.is_some() && trace.entities.is_empty());
    }
}

#[test]
fn a_repeated_table_is_read_once() {
    let mut tracer = Tracer::default();
    let first = tracer.trace(PLAIN.as_bytes());
    let second = tracer.trace(PLAIN.replace("Report", "Rapport").as_bytes());
    assert!(Arc::ptr_eq(&first.entities[0].told, &second.entities[0].told));
    assert!(!Arc::ptr_eq(&first.entities[1].told, &second.entities[1].told));
}
