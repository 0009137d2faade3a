//! A large repository made in one go: many commits and files, short branches merged back, and models that a few of the commits touch.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};

const FILES: usize = 40_000;
const MODELS: usize = 50;
const ENTITIES: usize = 70;
/// One commit in so many touches a model.
const TOUCHING: usize = 55;
/// One commit on `main` in so many is a merge.
const MERGES: usize = 6;

/// Makes the repository unless it is there.
pub fn make(path: &Path, commits: usize) {
    of(path, (commits, FILES, MODELS, ENTITIES), TOUCHING);
}

/// One model that every commit touches.
pub fn small(path: &Path) {
    of(path, (500, 20, 1, 50), 1);
}

fn of(path: &Path, (commits, files, models, entities): (usize, usize, usize, usize), touching: usize) {
    if path.join("bench-repository").exists() {
        return;
    }
    let _ = std::fs::remove_dir_all(path);
    std::fs::create_dir_all(path).unwrap();
    git(path, &["init", "--quiet", "-b", "main"]);
    let mut command = Command::new("git");
    command.arg("-C").arg(path).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stream = Stream {
        out: BufWriter::new(child.stdin.take().unwrap()),
        mark: 0,
        seed: 7,
        files,
        touching,
        models: vec![(0..entities).map(|nth| entity(nth, 0)).collect(); models],
    };
    stream.write(commits);
    drop(stream);
    assert!(child.wait().unwrap().success());
    std::fs::write(path.join("bench-repository"), "").unwrap();
}

fn git(path: &Path, arguments: &[&str]) {
    assert!(Command::new("git").arg("-C").arg(path).args(arguments).status().unwrap().success());
}

struct Stream {
    out: BufWriter<ChildStdin>,
    mark: usize,
    seed: u64,
    files: usize,
    touching: usize,
    models: Vec<Vec<String>>,
}

impl Stream {
    fn below(&mut self, end: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 11) as usize % end
    }

    fn write(&mut self, commits: usize) {
        self.first();
        let mut main = self.mark;
        while self.mark < commits {
            if self.below(MERGES) > 0 {
                let change = self.change();
                main = self.commit("main", main, None, &change);
                continue;
            }
            let mut branch = main;
            let mut brought = Vec::new();
            for _ in 0..1 + self.below(3) {
                let change = self.change();
                branch = self.commit("side", branch, None, &change);
                brought.push(change);
            }
            for _ in 0..self.below(3) {
                let change = self.plain();
                main = self.commit("main", main, None, &change);
            }
            main = self.commit("main", main, Some(branch), &brought.concat());
        }
        let _ = writeln!(self.out, "reset refs/heads/main\nfrom :{main}\n");
    }

    fn first(&mut self) {
        let mut change = String::new();
        for file in 0..self.files {
            change.push_str(&inline(&source(file), "fn main() {}\n"));
        }
        for model in 0..self.models.len() {
            change.push_str(&self.model(model));
        }
        self.commit("main", 0, None, &change);
    }

    fn change(&mut self) -> String {
        if self.below(self.touching) > 0 {
            return self.plain();
        }
        let model = self.below(self.models.len());
        let entities = self.models[model].len();
        let round = self.mark;
        match self.below(10) {
            0 => self.models[model].push(entity(entities, round)),
            _ => {
                let nth = self.below(entities);
                self.models[model][nth] = entity(nth, round);
            }
        }
        self.model(model)
    }

    fn plain(&mut self) -> String {
        let file = self.below(self.files);
        inline(&source(file), &format!("fn main() {{ println!(\"{}\") }}\n", self.mark))
    }

    fn model(&self, model: usize) -> String {
        let head = format!(
            "format = 1\nid = \"model-{model}\"\nname = \"Model {model}\"\ndescription = \"A system of many parts\"\n\n"
        );
        inline(&format!("threat-models/model-{model}/model.toml"), &(head + &self.models[model].concat()))
    }

    fn commit(&mut self, branch: &str, from: usize, merge: Option<usize>, change: &str) -> usize {
        self.mark += 1;
        let mut text = format!("commit refs/heads/{branch}\nmark :{}\n", self.mark);
        let _ = write!(
            text,
            "author A <a@example.org> {0} +0000\ncommitter A <a@example.org> {0} +0000\ndata 5\nwork\n",
            1_500_000_000 + self.mark * 300
        );
        if from > 0 {
            let _ = writeln!(text, "from :{from}");
        }
        if let Some(merge) = merge {
            let _ = writeln!(text, "merge :{merge}");
        }
        self.out.write_all(text.as_bytes()).unwrap();
        self.out.write_all(change.as_bytes()).unwrap();
        self.out.write_all(b"\n").unwrap();
        self.mark
    }
}

fn source(file: usize) -> String {
    format!("src/part{:03}/file{:03}.rs", file / 200, file % 200)
}

fn inline(path: &str, text: &str) -> String {
    format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len())
}

fn entity(nth: usize, round: usize) -> String {
    let (kind, id, fields) = match nth % 2 {
        0 => (
            "assets",
            format!("A{}", nth / 2 + 1),
            format!(
                "name = \"Record store {nth}\"\ndescription = \"What part {nth} keeps about its customers, and what it needs to serve them again\"\nproperties = {{ C = \"high\", I = \"low\" }}\nimpact = {{ blast_radius = \"multiplicative\", recoverability = \"manageable\", regulatory = \"notification\" }}"
            ),
        ),
        _ => (
            "attackers",
            format!("T{}", nth / 2 + 1),
            format!(
                "capability = \"holding the credentials of part {nth}, can call what it may call\"\nposition = \"network of part {nth}\"\narchetype = \"external\"\nlikelihood = {{ vector = \"network\", privileges = \"low\", complexity = \"low\", interaction = \"none\", prevalence = \"targeted\" }}"
            ),
        ),
    };
    format!(
        "[{kind}.{id}]\n{fields}\nrationale = \"Considered in round {round}; see the notes of the workshop for why this is so and not otherwise\"\n\n"
    )
}
