//! Histories of a shape that ends careless programs: a million commits in one line, and a merge of seventeen.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// One commit in so many touches the model.
const TOUCHING: usize = 1_000;

/// Makes the repository unless it is there: a line of commits, and at its end a merge of 17 parents.
pub fn make(path: &Path, commits: usize) {
    if path.join("bench-repository").exists() {
        return;
    }
    let _ = std::fs::remove_dir_all(path);
    std::fs::create_dir_all(path).unwrap();
    assert!(Command::new("git").args(["init", "--quiet", "-b", "main"]).arg(path).status().unwrap().success());
    let mut command = Command::new("git");
    command.arg("-C").arg(path).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufWriter::new(child.stdin.take().unwrap());
    for mark in 1..=commits {
        let parent: Vec<usize> = (mark > 1).then(|| mark - 1).into_iter().collect();
        let touched = (mark % TOUCHING == 1).then(|| model("long", mark));
        commit(&mut out, "main", mark, (&parent, touched.as_slice()));
    }
    for side in 1..17 {
        let brought = model(&format!("side-{side}"), 1);
        commit(&mut out, &format!("side-{side}"), commits + side, (&[commits], std::slice::from_ref(&brought)));
    }
    let parents: Vec<usize> = (commits..commits + 17).collect();
    let all: Vec<File> = (1..17).map(|side| model(&format!("side-{side}"), 1)).collect();
    commit(&mut out, "main", commits + 17, (&parents, &all));
    drop(out);
    assert!(child.wait().unwrap().success());
    std::fs::write(path.join("bench-repository"), "").unwrap();
}

type File = (String, String);

fn commit(out: &mut impl Write, branch: &str, mark: usize, (parents, files): (&[usize], &[File])) {
    write!(out, "commit refs/heads/{branch}\nmark :{mark}\ncommitter A <a@b.c> {mark} +0000\ndata 0\n").unwrap();
    for (nth, parent) in parents.iter().enumerate() {
        writeln!(out, "{} :{parent}", if nth == 0 { "from" } else { "merge" }).unwrap();
    }
    for (path, text) in files {
        write!(out, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()).unwrap();
    }
    out.write_all(b"\n").unwrap();
}

fn model(id: &str, round: usize) -> File {
    let asset = format!("[assets.A1]\nname = \"Record store\"\nrationale = \"round {round}\"\nproperties = [\"C\"]\n");
    let attacker =
        "[attackers.T1]\ncapability = \"reads the backups\"\nposition = \"hoster\"\narchetype = \"external\"\n";
    (
        format!("threat-models/{id}/model.toml"),
        format!("format = 1\nid = \"{id}\"\nname = \"{id}\"\ndescription = \"d\"\n\n{asset}\n{attacker}"),
    )
}
