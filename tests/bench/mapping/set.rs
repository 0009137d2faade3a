//! Truth sets: questions in words, with the requirements that people gave as answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use redan::comply::{Clause, Kind, Name, Pack};
use redan::store;
use serde_json::Value;

/// Questions about one pack.
pub struct Set {
    pub name: &'static str,
    pub pack: Pack,
    pub questions: Vec<Question>,
}

/// A text, and the numbers that people mapped it to.
pub struct Question {
    pub text: String,
    pub truth: BTreeSet<String>,
    /// CWE numbers that somebody gave it.
    pub cwes: BTreeSet<String>,
    /// Questions of one family are alike, so none is judged by what is known of another.
    pub family: String,
}

/// A node of OpenCRE: its title, and what is linked to it by standard.
struct Cre {
    id: String,
    title: String,
    links: BTreeMap<String, BTreeSet<String>>,
}

/// Every set that the corpus has.
pub fn sets(corpus: &Path) -> Vec<Set> {
    let cres = cres(&corpus.join("truth/opencre/cres"));
    let asvs = corpus.join("frameworks/asvs");
    let old =
        official(&asvs.join("4.0.3/OWASP_Application_Security_Verification_Standard_4.0.3-en.flat.json"), "asvs@4.0.3");
    let new =
        official(&asvs.join("5.0/OWASP_Application_Security_Verification_Standard_5.0.0_en.flat.json"), "asvs@5.0.0");
    let moved = moved(&fs::read_to_string(asvs.join("mappings/mapping_v4.0.3_to_v5.0.0.yml")).unwrap());
    let titles = store::built_in();
    let built_in = |name: &str| titles.pack(&Name::parse(name).unwrap()).unwrap().clone();
    let to_old = linked(&cres, "ASVS", |id| BTreeSet::from([id.to_owned()]));
    let to_new = linked(&cres, "ASVS", |id| moved.get(id).cloned().unwrap_or_default());
    let to_ssdf = linked(&cres, "NIST SSDF", |id| BTreeSet::from([id.to_owned()]));
    vec![
        set("CRE title -> ASVS 4.0.3, official text", old.clone(), to_old.clone()),
        set("CRE title with its CWE numbers -> ASVS 4.0.3, official text", old, weak(&cres, to_old)),
        set("CRE title -> ASVS 5.0.0, official text", new, to_new.clone()),
        set("CRE title -> ASVS 5.0.0, titles of redan", built_in("asvs@5.0.0"), to_new),
        set("CRE title -> SSDF 1.1, titles of redan", built_in("ssdf@1.1"), to_ssdf),
        set("OpenCRE golden text -> CRE title", hub(&cres), golden(&corpus.join("truth/opencre/golden_dataset.json"))),
    ]
}

/// Answers that the pack does not have are left out, and so are questions without an answer.
fn set(name: &'static str, pack: Pack, mut questions: Vec<Question>) -> Set {
    let known: BTreeSet<&str> = pack.active().map(|clause| clause.id.as_str()).collect();
    questions.iter_mut().for_each(|question| question.truth.retain(|id| known.contains(id.as_str())));
    questions.retain(|question| !question.truth.is_empty());
    Set { name, pack, questions }
}

impl Clone for Question {
    fn clone(&self) -> Question {
        let Question { text, truth, cwes, family } = self;
        Question { text: text.clone(), truth: truth.clone(), cwes: cwes.clone(), family: family.clone() }
    }
}

fn linked(cres: &[Cre], standard: &str, to: impl Fn(&str) -> BTreeSet<String>) -> Vec<Question> {
    let question = |cre: &Cre| {
        let links = cre.links.get(standard)?;
        let family = links.iter().next()?.split('.').next()?.to_owned();
        let truth = links.iter().flat_map(|id| to(id)).collect();
        Some(Question { text: cre.title.clone(), truth, cwes: BTreeSet::new(), family })
    };
    cres.iter().filter_map(question).collect()
}

/// The questions with the CWE numbers that the entry of the same title is linked with. Who linked them knew those of ASVS, so this set shows
/// what a list of numbers is worth beside words, and not how good people's numbers are.
fn weak(cres: &[Cre], mut questions: Vec<Question>) -> Vec<Question> {
    let numbers: BTreeMap<&str, &BTreeSet<String>> =
        cres.iter().filter_map(|cre| Some((cre.title.as_str(), cre.links.get("CWE")?))).collect();
    for question in &mut questions {
        question.cwes = numbers.get(question.text.as_str()).map(|all| (*all).clone()).unwrap_or_default();
    }
    questions
}

/// The files have one shape, so lines say enough.
fn cres(folder: &Path) -> Vec<Cre> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| cre(&fs::read_to_string(path).unwrap())).collect()
}

fn cre(text: &str) -> Cre {
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim().trim_matches(['\'', '"']).to_owned());
    let mut cre = Cre { id: String::new(), title: String::new(), links: BTreeMap::new() };
    let mut standard = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(id) = value(line, "id: ") {
            cre.id = id;
        } else if let Some(title) = value(line, "name: ") {
            // A long title goes on in an indented line.
            let more = lines.next_if(|next| next.starts_with("  ")).map(str::trim).unwrap_or_default();
            cre.title = format!("{title} {more}").trim().to_owned();
        } else if let Some(name) = value(line, "    name: ") {
            standard = name;
        } else if let Some(id) = value(line, "    sectionID: ") {
            cre.links.entry(standard.clone()).or_default().insert(id);
        }
    }
    cre
}

fn hub(cres: &[Cre]) -> Pack {
    let clause = |cre: &Cre| Clause { id: cre.id.clone(), title: cre.title.clone(), ..Clause::default() };
    Pack::named(Name::parse("cre@1").unwrap()).with(cres.iter().map(clause).collect())
}

fn official(path: &Path, name: &str) -> Pack {
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let mut clauses: BTreeMap<String, Clause> = BTreeMap::new();
    for row in json["requirements"].as_array().unwrap() {
        let group = |id: &str, title: &str, parent: Option<String>| Clause {
            id: text(row, id),
            title: text(row, title),
            kind: Kind::Group,
            parent,
            ..Clause::default()
        };
        let (chapter, section) = (
            group("chapter_id", "chapter_name", None),
            group("section_id", "section_name", Some(text(row, "chapter_id"))),
        );
        for group in [chapter, section] {
            clauses.entry(group.id.clone()).or_insert(group);
        }
        let words = text(row, "req_description");
        if !words.starts_with("[DELETED") {
            let (id, parent) = (text(row, "req_id"), Some(text(row, "section_id")));
            let cwes = row["cwe"].as_str().filter(|cwe| !cwe.is_empty());
            let refs = cwes.map(|cwe| ("cwe".to_owned(), BTreeSet::from([cwe.to_owned()]))).into_iter().collect();
            clauses.insert(id.clone(), Clause { id, parent, text: words, refs, ..Clause::default() });
        }
    }
    Pack::named(Name::parse(name).unwrap()).with(clauses.into_values().collect())
}

/// Where each requirement of 4.0.3 went, by the publisher's own table.
fn moved(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut moved: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut from = String::new();
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("v4.0.3-") {
            from = format!("V{}", id.trim_end_matches(':'));
        }
        for to in line.split("v5.0.0-").skip(1).filter(|_| !from.is_empty()) {
            let id: String = to.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            moved.entry(from.clone()).or_default().insert(format!("V{}", id.trim_end_matches('.')));
        }
    }
    moved
}

fn golden(path: &Path) -> Vec<Question> {
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let question = |row: &Value| {
        let path = row["provenance"]["section_path"].as_str().unwrap_or_default();
        let ids = row["expected"]["cre_ids"].as_array().unwrap().iter();
        Question {
            text: row["input"]["text"].as_str().unwrap().to_owned(),
            truth: ids.map(|id| id.as_str().unwrap().to_owned()).collect(),
            cwes: BTreeSet::new(),
            family: path.split('.').next().unwrap_or_default().to_owned(),
        }
    };
    json.as_array().unwrap().iter().filter(|row| row["slice"] == "positive").map(question).collect()
}
