//! What a file must be before anything can be read from it.

use super::{MODEL, TOP, holds, model, said, source, space};
use redan::store::{Content, Settings, Source, Workspace, read};

fn held(content: Content) -> Workspace {
    read(vec![Source { path: MODEL.to_owned(), content }], &Settings::default())
}

fn bytes(bytes: &[u8]) -> Workspace {
    held(Content::Bytes(bytes.into()))
}

#[test]
fn what_is_no_text_is_named() {
    for (found, expected) in [
        (
            bytes(b""),
            "file_unreadable 1:1 threat-models/pay/model.toml is empty | delete it, or bring its content back: git log -p shows what it held",
        ),
        (
            bytes(b"\xef\xbb\xbf"),
            "file_unreadable 1:1 threat-models/pay/model.toml is empty | delete it, or bring its content back: git log -p shows what it held",
        ),
        (
            bytes(b"format = 1\nid = \"p\xe4y\"\n"),
            "file_unreadable 2:8 threat-models/pay/model.toml is not UTF-8 text: byte 0xe4 at 2:8 | save it as UTF-8",
        ),
        (
            bytes("format = 1\nname = \"ää\0\"\n".as_bytes()),
            "file_unreadable 2:11 threat-models/pay/model.toml has a NUL byte at 2:11, so it is no text | bring the text back from Git",
        ),
        (
            bytes(b"\xff\xfef\0o\0"),
            "file_unreadable 1:1 threat-models/pay/model.toml is UTF-16 text; redan reads UTF-8 | save it as UTF-8",
        ),
        (
            bytes(b"f\0o\0r\0m\0"),
            "file_unreadable 1:2 threat-models/pay/model.toml is UTF-16 text; redan reads UTF-8 | save it as UTF-8",
        ),
        (
            bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"),
            "file_unreadable 1:1 threat-models/pay/model.toml is a Git LFS pointer, not the file | run `git lfs pull`, and take the file out of LFS: models are small texts",
        ),
        (
            held(Content::Symlink),
            "file_unreadable 1:1 threat-models/pay/model.toml is a symbolic link, and links are never followed | put the file itself here",
        ),
        (held(Content::Folder), "file_unreadable 1:1 threat-models/pay/model.toml is a folder where a file belongs"),
        (
            held(Content::Large(9 << 20)),
            "file_bounds 1:1 threat-models/pay/model.toml has 9437184 bytes; redan reads files of up to 8 MiB (8388608 bytes) | split the model: one model for each system",
        ),
        (
            held(Content::Unreadable("permission denied".to_owned())),
            "file_unreadable 1:1 threat-models/pay/model.toml cannot be read: permission denied",
        ),
        (
            bytes(&vec![b'#'; (8 << 20) + 1]),
            "file_bounds 1:1 threat-models/pay/model.toml has 8388609 bytes; redan reads files of up to 8 MiB (8388608 bytes) | split the model: one model for each system",
        ),
    ] {
        assert_eq!(said(&found), [expected]);
        assert_eq!((found.models.len(), found.lossy.len()), (1, 1), "{expected}");
    }
}

#[test]
fn ids_of_what_is_no_text_are_salvaged() {
    let found = bytes(b"id = \"other\"\n[assets.A1]\nname = \"p\xe4y\"\n");
    let salvaged: Vec<String> = found.salvaged.iter().map(|(model, ids)| format!("{model}: {ids:?}")).collect();
    assert_eq!(salvaged, ["other: {A1}"]);
}

#[test]
fn a_link_in_place_of_a_folder_is_told() {
    let link = Source { path: "threat-models/pay".to_owned(), content: Content::Symlink };
    let found = read(vec![link], &Settings::default());
    holds(
        &found,
        &[
            "file_unreadable 1:1 threat-models/pay is a symbolic link, and links are never followed | put the folder itself here",
        ],
    );
}

#[test]
fn nesting_has_a_bound() {
    let deep = |depth: usize| {
        model(&format!("{TOP}[assets.A1]\nname = \"x\"\nx = {}1{}\n", "[".repeat(depth), "]".repeat(depth)))
    };
    holds(&deep(31), &["file_bounds 8:35 threat-models/pay/model.toml nests deeper than 32 tables and lists here"]);
    assert!(said(&deep(29))[0].starts_with("key_unknown 8:1 "), "{:?}", said(&deep(29)));
    let dotted = vec!["a"; 5_000_000 / 2].join(".");
    holds(
        &model(&format!("{TOP}{dotted} = 1\n")),
        &["file_bounds 6:66 threat-models/pay/model.toml nests deeper than 32 tables and lists here"],
    );
    let braces = "{ a.b.c.d = ".repeat(100_000);
    holds(
        &model(&format!("{TOP}x = {braces}\n")),
        &["file_bounds 6:101 threat-models/pay/model.toml nests deeper than 32 tables and lists here"],
    );
}

#[test]
fn entities_have_a_bound() {
    let assets: String = (1..=20_001).map(|n| format!("[assets.A{n}]\nname = \"x\"\n")).collect();
    let found = model(&format!("{TOP}{assets}"));
    holds(&found, &["file_bounds 20002:9 pay has more than 20000 entities; the rest is not read"]);
    assert_eq!(found.models.values().next().map(|model| model.entities.len()), Some(20_000));
    assert_eq!(found.salvaged.values().map(std::collections::BTreeSet::len).collect::<Vec<_>>(), [1]);
}

#[test]
fn findings_have_a_bound() {
    let lines: String = (0..3000).map(|n| format!("zzzzzzzz{n} = 1\n")).collect();
    let found = model(&format!("{lines}{TOP}"));
    assert_eq!(found.findings.len(), 1001);
    assert_eq!(
        said(&found)[1000],
        "file_bounds 1:1 threat-models/pay/model.toml has 2000 more findings than the 1000 listed"
    );
}

#[test]
fn formats_of_the_future_are_not_guessed_at() {
    let found = model("format = 2\nid = \"pay\"\nwhat = \"ever\"\n[assets.A1]\n");
    holds(
        &found,
        &[
            "format_unknown 2:1 the file has format 2, and this redan reads format 1 | use the redan that wrote it, or a later one",
        ],
    );
    assert_eq!(found.salvaged.len(), 1);
    holds(
        &model("format = \"1\"\nid = \"pay\"\nname = \"Pay\"\n"),
        &["format_unknown 2:1 `\"1\"` is no format: write format = 1"],
    );
    holds(
        &model("format = 0\nid = \"pay\"\nname = \"Pay\"\n"),
        &["format_unknown 2:1 `0` is no format: write format = 1"],
    );
    super::repairs(
        &model("# mine\nid = \"pay\"\nname = \"Pay\"\n"),
        MODEL,
        "format_unknown 2:1 the file does not say its format: `format = 1` is missing",
        ["id", "format = 1\nid"],
    );
}

#[test]
fn other_files_are_nobodys_business() {
    let files =
        [(MODEL, TOP), ("threat-models/pay/notes.toml", "]["), ("threat-models/README.md", "\0"), ("x.toml", "][")];
    holds(&space(&files), &[]);
    let _ = source;
}
