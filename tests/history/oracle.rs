//! The audit done plainly: every object listed, every tree of every commit read whole, every published line folded state by state.
//! Slow, and nothing in it is shared with the audit but how one file is read and how two wordings are judged.

use redan::history::Stand;
use redan::identity::{Breach, Published, Verdict, compare};
use redan::model::{Body, Entity, Factor, Id, Level, ModelId};
use redan::rules::{breaches, mends};
use redan::store::{Trace, Tracer};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

type Key = (ModelId, Id);

/// One meaning of one ID.
#[derive(Clone, Debug)]
pub struct Said {
    text: String,
    identity: String,
    entity: Option<Arc<Entity>>,
}

/// What both sides are compared by.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub spoken: BTreeSet<(String, String)>,
    pub owed: BTreeMap<String, (Option<String>, bool)>,
    pub models: BTreeSet<String>,
    pub breaks: BTreeSet<(Breach, String, String, String, String)>,
}

#[derive(Default)]
struct Repo {
    parents: BTreeMap<String, Vec<String>>,
    trees: BTreeMap<String, BTreeMap<String, Arc<Trace>>>,
    /// Mode and blob of the same files.
    blobs: BTreeMap<String, BTreeMap<String, (String, String)>>,
    subjects: BTreeMap<String, String>,
}

fn git(repo: &Path, arguments: &[&str], input: &str) -> Vec<u8> {
    let mut command = Command::new("git");
    command.arg("-C").arg(repo).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("git is there");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("git ends");
    writer.join().expect("written");
    output.stdout
}

type Objects = BTreeMap<String, (String, Vec<u8>)>;

fn objects(repo: &Path, tips: &[String]) -> Objects {
    let mut list = vec!["rev-list", "--objects"];
    list.extend(tips.iter().map(String::as_str));
    let listed = String::from_utf8_lossy(&git(repo, &list, "")).into_owned();
    let ids: String = listed.lines().map(|line| format!("{}\n", &line[..40])).collect();
    let mut bytes = &git(repo, &["cat-file", "--batch"], &ids)[..];
    let mut objects = Objects::new();
    while !bytes.is_empty() {
        let end = bytes.iter().position(|&b| b == b'\n').expect("a header");
        let header = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let words: Vec<&str> = header.split(' ').collect();
        let size: usize = words[2].parse().expect("a size");
        objects.insert(words[0].to_owned(), (words[1].to_owned(), bytes[end + 1..end + 1 + size].to_vec()));
        bytes = &bytes[end + 2 + size..];
    }
    objects
}

fn files(objects: &Objects, tree: &str, above: &str, found: &mut BTreeMap<String, (String, String)>) {
    let mut bytes = &objects[tree].1[..];
    while !bytes.is_empty() {
        let nul = bytes.iter().position(|&b| b == 0).expect("an entry");
        let entry = String::from_utf8_lossy(&bytes[..nul]).into_owned();
        let (mode, name) = entry.split_once(' ').expect("mode and name");
        let id: String = bytes[nul + 1..nul + 21].iter().map(|byte| format!("{byte:02x}")).collect();
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        match mode {
            "40000" => files(objects, &id, &path, found),
            _ => drop(found.insert(path, (mode.to_owned(), id))),
        }
        bytes = &bytes[nul + 21..];
    }
}

fn relevant(path: &str) -> bool {
    let inside = (path.starts_with("tm/") && !path.starts_with("tm/frameworks/")) || path.starts_with("old/");
    inside && (path.ends_with("/model.toml") || path.ends_with("/controls.toml"))
}

fn read(repo: &Path, tips: &[String]) -> Repo {
    let objects = objects(repo, tips);
    let mut tracer = Tracer::default();
    let mut found = Repo::default();
    for (id, (_, bytes)) in objects.iter().filter(|(_, (kind, _))| kind == "commit") {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let head = |key: &str| -> Vec<String> {
            text.lines()
                .take_while(|line| !line.is_empty())
                .filter_map(|line| line.strip_prefix(key))
                .map(str::to_owned)
                .collect()
        };
        found.parents.insert(id.clone(), head("parent "));
        let mut all = BTreeMap::new();
        files(&objects, &head("tree ")[0], "", &mut all);
        all.retain(|path, _| relevant(path));
        found.blobs.insert(id.clone(), all.clone());
        found.subjects.insert(id.clone(), text.split_once("\n\n").map_or("", |(_, message)| message).to_owned());
        let traces = all.into_iter().filter(|(path, _)| relevant(path)).map(|(path, (mode, id))| {
            let trace = match mode.as_str() {
                "120000" => Trace { flaw: Some("link".to_owned()), ..Trace::default() },
                _ => tracer.trace(&objects[&id].1),
            };
            (path, Arc::new(trace))
        });
        found.trees.insert(id.clone(), traces.collect());
    }
    found
}

impl Repo {
    fn ancestors(&self, from: &[String]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = from.to_vec();
        while let Some(id) = open.pop() {
            if found.insert(id.clone()) {
                open.extend(self.parents[&id].iter().cloned());
            }
        }
        found
    }

    /// The first parent that has the newest of those commits that any parent has; else the first. Where several have it,
    /// one that the merge says it pulled goes before.
    fn before(&self, id: &str, published: &Published, stood: &[&String]) -> Option<String> {
        let parents = &self.parents[id];
        let sides: Vec<BTreeSet<String>> =
            parents.iter().map(|parent| self.ancestors(std::slice::from_ref(parent))).collect();
        let newest = stood.iter().find(|commit| sides.iter().any(|side| side.contains(**commit)));
        let has = |nth: usize| newest.is_none_or(|commit| sides[nth].contains(*commit));
        if let [one, other] = &parents[..]
            && self.subjects[id] == format!("Merge branch '{}' of elsewhere", published.name)
            && [one, other].iter().all(|side| !self.same(id, side))
            && !published.tag
            && has(1)
        {
            return Some(other.clone());
        }
        let nth = (0..parents.len()).find(|nth| has(*nth));
        parents.get(nth.unwrap_or(0)).cloned()
    }

    /// Whether two commits have the same versions of model files.
    fn same(&self, one: &str, other: &str) -> bool {
        self.blobs[one] == self.blobs[other]
    }

    fn models(&self, folder: &str, within: &BTreeSet<String>) -> BTreeSet<ModelId> {
        let head = format!("{folder}/model.toml");
        within.iter().filter_map(|id| self.trees[id].get(&head)?.model.clone()).collect()
    }

    /// The model of a folder in a commit.
    fn model(&self, folder: &str, commit: &str, within: &BTreeSet<String>) -> Option<ModelId> {
        let models = self.models(folder, within);
        match models.len() {
            1 => models.first().cloned(),
            _ => self.trees[commit].get(&format!("{folder}/model.toml"))?.model.clone(),
        }
    }

    /// Every ID of a commit, by its files.
    fn said(&self, commit: &str, within: &BTreeSet<String>) -> BTreeMap<Key, BTreeMap<String, Said>> {
        let mut all: BTreeMap<Key, BTreeMap<String, Said>> = BTreeMap::new();
        for (path, trace) in &self.trees[commit] {
            let folder = path.rsplit_once('/').expect("a folder").0;
            let Some(model) = self.model(folder, commit, within) else { continue };
            for traced in &trace.entities {
                all.entry((model.clone(), traced.id)).or_default().insert(path.clone(), said(&traced.told));
            }
        }
        all
    }
}

fn said(told: &redan::identity::Told) -> Said {
    Said {
        text: told.text.to_string(),
        identity: told.identity.to_string(),
        entity: told.entity().cloned().map(Arc::new),
    }
}

/// A line at one commit.
#[derive(Clone, Default)]
struct Line {
    files: BTreeMap<String, BTreeMap<Id, Said>>,
    folders: BTreeMap<String, ModelId>,
    ids: BTreeMap<Key, BTreeMap<String, Said>>,
    last: BTreeMap<Key, Said>,
    /// The commit at which an ID, or a model, first stood on the line.
    first: BTreeMap<Key, String>,
    heads: BTreeMap<ModelId, BTreeSet<String>>,
    ever: BTreeMap<ModelId, String>,
    open: BTreeMap<Key, Vec<usize>>,
    /// Properties that came off an asset, with the words that rated them last.
    off: BTreeMap<(Key, Factor), Said>,
}

#[derive(Clone)]
struct Broken {
    breach: Breach,
    key: Key,
    from: Said,
    to: Said,
    /// The line that took the step; it alone can put it right.
    line: usize,
    mended: bool,
}

/// A meaning, and the step that published it: number of the line, place on it.
#[derive(Clone)]
struct Spoken {
    key: Key,
    said: Said,
    step: (usize, usize),
}

#[derive(Default)]
struct Oracle {
    /// The step that published each commit.
    reached: BTreeMap<String, (usize, usize)>,
    spoken: Vec<Spoken>,
    broken: Vec<Broken>,
    lines: Vec<Line>,
}

/// What the published refs prove, for a candidate with these parents. `stood`: where refs were before, of each the newest first.
pub fn answer(path: &Path, published: &[Published], parents: &[String], stood: &[Stand]) -> Answer {
    let tips: Vec<String> = published.iter().map(|published| published.commit.clone()).collect();
    let repo = read(path, &tips.iter().chain(parents).cloned().collect::<Vec<_>>());
    let all = repo.ancestors(&tips);
    let mut steps: Vec<(usize, usize, String, Option<String>)> = Vec::new();
    let mut reached: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut lines = 0;
    for published in published {
        let chain = chain(&repo, published, &steps, stood);
        let Some((base, own)) = chain else { continue };
        let mut before = base;
        for (pos, id) in own.iter().enumerate() {
            steps.push((lines, pos, id.clone(), before.replace(id.clone())));
            for commit in repo.ancestors(std::slice::from_ref(id)) {
                reached.entry(commit).or_insert((lines, pos));
            }
        }
        lines += 1;
    }
    let mut oracle = Oracle { reached: reached.clone(), ..Oracle::default() };
    for commit in &all {
        for (key, files) in repo.said(commit, &all) {
            for said in files.into_values() {
                oracle.speak(Spoken { key: key.clone(), said, step: reached[commit] });
            }
        }
    }
    let mut at: BTreeMap<String, Line> = BTreeMap::new();
    for (line, pos, id, before) in &steps {
        let start = before.as_ref().map(|before| at[before].clone()).unwrap_or_default();
        let next = oracle.step(&start, &repo.trees[id], (*line, *pos), id);
        at.insert(id.clone(), next);
    }
    for line in 0..lines {
        let tip = steps.iter().rev().find(|step| step.0 == line).expect("a line has commits");
        oracle.lines.push(at[&tip.2].clone());
    }
    let candidate = repo.ancestors(parents);
    oracle.finish(&repo, (&all, &candidate))
}

type Chain = (Option<String>, Vec<String>);

type Steps = [(usize, usize, String, Option<String>)];

fn chain(repo: &Repo, published: &Published, steps: &Steps, stood: &[Stand]) -> Option<Chain> {
    let stood = stood.iter().filter(|stand| stand.name == published.name && !published.tag);
    let stood: Vec<&String> = stood.map(|stand| &stand.commit).collect();
    let known = |id: &String| steps.iter().any(|step| step.2 == *id);
    let mut own = Vec::new();
    let mut next = Some(published.commit.clone());
    while let Some(id) = next.clone().filter(|id| !known(id)) {
        next = repo.before(&id, published, &stood);
        own.push(id);
    }
    own.reverse();
    if published.tag {
        own = own.pop().into_iter().collect();
    }
    (!own.is_empty()).then_some((next, own))
}

impl Oracle {
    fn speak(&mut self, spoken: Spoken) {
        if spoken.said.entity.is_some() {
            self.spoken.push(spoken);
        }
    }

    fn step(&mut self, before: &Line, tree: &BTreeMap<String, Arc<Trace>>, step: (usize, usize), commit: &str) -> Line {
        let mut now = Line { files: BTreeMap::new(), ids: BTreeMap::new(), heads: BTreeMap::new(), ..before.clone() };
        for (path, trace) in tree {
            let (folder, name) = path.rsplit_once('/').expect("a folder");
            if let Some(model) = trace.model.clone().filter(|_| name == "model.toml") {
                now.folders.insert(folder.to_owned(), model);
            }
            let mut held: BTreeMap<Id, Said> = BTreeMap::new();
            if trace.flaw.is_some() {
                held = before.files.get(path).cloned().unwrap_or_default();
            }
            for traced in &trace.entities {
                let new = said(&traced.told);
                if new.entity.is_some() || !held.contains_key(&traced.id) {
                    held.insert(traced.id, new);
                }
            }
            now.files.insert(path.clone(), held);
        }
        for (path, held) in &now.files {
            let (folder, name) = path.rsplit_once('/').expect("a folder");
            let Some(model) = now.folders.get(folder).cloned() else { continue };
            if name == "model.toml" {
                now.heads.entry(model.clone()).or_default().insert(path.clone());
                now.ever.entry(model.clone()).or_insert(commit.to_owned());
            }
            for (id, said) in held {
                now.ids.entry((model.clone(), *id)).or_default().insert(path.clone(), said.clone());
            }
        }
        self.compare(before, &mut now, step, commit);
        now
    }

    fn compare(&mut self, before: &Line, now: &mut Line, step: (usize, usize), commit: &str) {
        let heads = now.heads.clone();
        let returned = |model: &ModelId| {
            before.ever.contains_key(model) && !before.heads.contains_key(model) && heads.contains_key(model)
        };
        let mut reborn: BTreeMap<ModelId, (usize, Vec<Broken>)> = BTreeMap::new();
        let mut found: Vec<Broken> = Vec::new();
        for (key, files) in now.ids.clone() {
            let old = before.ids.get(&key).cloned().unwrap_or_default();
            let changed: Vec<(&String, &Said)> =
                files.iter().filter(|(path, said)| old.get(*path).is_none_or(|old| old.text != said.text)).collect();
            let mut own = Vec::new();
            for (path, said) in &changed {
                own.extend(self.judge(now, (&key, old.get(*path), said), !old.is_empty(), (step, commit)));
            }
            if !changed.is_empty()
                && old.is_empty()
                && returned(&key.0)
                && before.first.contains_key(&key)
                && before.last.contains_key(&key)
            {
                let all = reborn.entry(key.0.clone()).or_default();
                all.0 += 1;
                all.1.extend(own);
            } else {
                found.extend(own);
            }
            now.first.entry(key.clone()).or_insert(commit.to_owned());
            if old.keys().any(|path| !files.contains_key(path)) || !changed.is_empty() {
                let first = files.values().next().expect("a file").clone();
                if first.entity.is_some() {
                    now.last.insert(key, first);
                }
            }
        }
        for (count, own) in reborn.into_values() {
            let whole = count == own.len();
            for (nth, broken) in own.into_iter().enumerate() {
                match (whole, nth) {
                    (true, 0) => found.push(Broken { breach: Breach::ModelReused, ..broken }),
                    (true, _) => {}
                    (false, _) => found.push(broken),
                }
            }
        }
        for broken in found {
            now.open.entry(broken.key.clone()).or_default().push(self.broken.len());
            self.broken.push(broken);
        }
    }

    fn judge(
        &mut self,
        now: &mut Line,
        (key, old, new): (&Key, Option<&Said>, &Said),
        present: bool,
        (step, commit): ((usize, usize), &str),
    ) -> Vec<Broken> {
        let Some(entity) = new.entity.clone() else { return Vec::new() };
        let spoken = Spoken { key: key.clone(), said: new.clone(), step };
        let from = old.filter(|old| old.entity.is_some()).or(now.last.get(key)).cloned();
        let broken = |breach, from: &Said| Broken {
            breach,
            key: key.clone(),
            from: from.clone(),
            to: new.clone(),
            line: step.0,
            mended: false,
        };
        let mut found = Vec::new();
        match from.filter(|_| now.first.contains_key(key)) {
            Some(from) => {
                let mended = self.mend(now, (key, step.0), &entity);
                for (breach, _) in breaches(&key.0, from.entity.as_ref().expect("sound"), &entity) {
                    let breach = if breach == Breach::Rewritten && !present { Breach::Reused } else { breach };
                    if !mended.contains(&class(breach)) {
                        found.push(broken(breach, &from));
                    }
                }
                let before = levels(from.entity.as_ref().expect("sound"));
                for (factor, level) in levels(&entity) {
                    let at = (key.clone(), factor);
                    let rated = before.get(&factor).is_some_and(Option::is_some);
                    let off = now.off.get(&at).filter(|_| level.is_some() && !rated).cloned();
                    let Some(off) = off else { continue };
                    if levels(off.entity.as_ref().expect("sound"))[&factor] == level {
                        now.off.remove(&at);
                    } else if !mended.contains(&Breach::Rating) {
                        found.push(broken(Breach::Rating, &off));
                    }
                }
                for (factor, level) in before {
                    if level.is_some() && !levels(&entity).contains_key(&factor) {
                        now.off.entry((key.clone(), factor)).or_insert_with(|| from.clone());
                    }
                }
            }
            None => found.extend(self.contradicted(&spoken).map(|from| broken(Breach::Reused, &from))),
        }
        self.speak(Spoken { step: self.reached[commit], ..spoken });
        found
    }

    fn mend(&mut self, now: &mut Line, (key, line): (&Key, usize), new: &Entity) -> BTreeSet<Breach> {
        let mut classes = BTreeSet::new();
        let open = now.open.remove(key).unwrap_or_default();
        for nth in open {
            let broken = &mut self.broken[nth];
            let from = broken.from.entity.as_ref().expect("sound");
            let kind = class(broken.breach);
            let mended = match kind {
                Breach::Rewritten => mends(from, new),
                _ => breaches(&key.0, from, new).iter().all(|(found, _)| *found != kind),
            };
            if mended {
                broken.mended |= broken.line == line;
                classes.insert(kind);
            } else {
                now.open.entry(key.clone()).or_default().push(nth);
            }
        }
        classes
    }

    fn contradicted(&self, newcomer: &Spoken) -> Option<Said> {
        let (line, pos) = newcomer.step;
        let before = |spoken: &&Spoken| {
            spoken.key == newcomer.key && (spoken.step.0 < line || (spoken.step.0 == line && spoken.step.1 < pos))
        };
        let entity = newcomer.said.entity.as_ref()?;
        let mut firsts: BTreeMap<&str, &Spoken> = BTreeMap::new();
        for spoken in self.spoken.iter().filter(|spoken| spoken.key == newcomer.key) {
            let first = firsts.entry(&spoken.said.identity).or_insert(spoken);
            if spoken.step < first.step {
                *first = spoken;
            }
        }
        let known: Vec<&Spoken> = firsts.into_values().filter(before).collect();
        if known.iter().any(|known| mends(known.said.entity.as_ref().expect("sound"), entity)) {
            return None;
        }
        let best = known.iter().map(|known| known.step).max()?;
        known.iter().find(|known| known.step == best).map(|known| known.said.clone())
    }

    fn collisions(&self, repo: &Repo, within: &BTreeSet<String>, naming: &BTreeSet<String>) -> Vec<Broken> {
        let mut found = Vec::new();
        for merge in within.iter().filter(|id| repo.parents[*id].len() > 1) {
            let parents = &repo.parents[merge];
            let sides: Vec<_> = parents.iter().map(|parent| repo.said(parent, naming)).collect();
            let keys: BTreeSet<&Key> = sides.iter().flat_map(|side| side.keys()).collect();
            for key in keys {
                let pairs = (1..parents.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
                let hit = pairs.filter_map(|(first, second)| {
                    let (one, other) = (sides[first].get(key)?, sides[second].get(key)?);
                    let apart = |(from, to): (&Said, &Said)| match (&from.entity, &to.entity) {
                        (Some(a), Some(b)) => from.identity != to.identity && compare(a, b).verdict != Verdict::Same,
                        _ => false,
                    };
                    let mut all = one.values().flat_map(|from| other.values().map(move |to| (from, to)));
                    let born = || {
                        !repo.bases(&parents[first], &parents[second]).iter().any(|base| repo.has(base, key, naming))
                    };
                    let hit = all.all(apart) && born();
                    hit.then(|| {
                        (one.values().next().cloned().expect("one"), other.values().next().cloned().expect("one"))
                    })
                });
                if let Some((from, to)) = hit.into_iter().next() {
                    let key = key.clone();
                    found.push(Broken { breach: Breach::Collided, key, from, to, line: 0, mended: false });
                }
            }
        }
        found
    }

    fn finish(mut self, repo: &Repo, (all, candidate): (&BTreeSet<String>, &BTreeSet<String>)) -> Answer {
        let name = |key: &Key| format!("{}/{}", key.0, key.1);
        let mut collisions = self.collisions(repo, all, all);
        self.broken.retain(|broken| !broken.mended);
        let both: BTreeSet<String> = all.union(candidate).cloned().collect();
        let own: BTreeSet<String> = candidate.difference(all).cloned().collect();
        collisions.extend(self.collisions(repo, &own, &both));
        self.broken.extend(collisions);
        let mut answer = Answer::default();
        let mut pairs = BTreeSet::new();
        for broken in &self.broken {
            if !pairs.insert((broken.breach, broken.key.clone(), broken.from.text.clone(), broken.to.text.clone())) {
                continue;
            }
            let key = if broken.breach == Breach::ModelReused { broken.key.0.to_string() } else { name(&broken.key) };
            answer.breaks.insert((broken.breach, key, words(&broken.from), words(&broken.to), String::new()));
        }
        answer.spoken = self.spoken.iter().map(|spoken| (name(&spoken.key), spoken.said.identity.clone())).collect();
        for line in &self.lines {
            for (key, first) in line.first.iter().filter(|(_, first)| candidate.contains(*first)) {
                let _ = first;
                let last = line.last.get(key).map(|said| said.identity.clone());
                answer.owed.entry(name(key)).or_insert((last, line.ids.contains_key(key)));
            }
            let models = line.ever.iter().filter(|(_, first)| candidate.contains(*first));
            answer.models.extend(models.map(|(model, _)| model.to_string()));
        }
        answer
    }
}

/// The properties that an asset lists, with how much each matters.
fn levels(entity: &Entity) -> BTreeMap<Factor, Option<Level>> {
    let Body::Asset(asset) = &entity.body else { return BTreeMap::new() };
    asset.properties.0.iter().map(|(property, level)| (property.factor(), *level)).collect()
}

fn words(said: &Said) -> String {
    said.identity.clone()
}

fn class(breach: Breach) -> Breach {
    match breach {
        Breach::Reused | Breach::ModelReused | Breach::Collided => Breach::Rewritten,
        other => other,
    }
}

impl Repo {
    /// Common ancestors that no other common ancestor descends from.
    fn bases(&self, one: &str, other: &str) -> Vec<String> {
        let (left, right) = (self.ancestors(&[one.to_owned()]), self.ancestors(&[other.to_owned()]));
        let common: BTreeSet<String> = left.intersection(&right).cloned().collect();
        let below: BTreeSet<String> = common.iter().flat_map(|id| self.ancestors(&self.parents[id])).collect();
        common.difference(&below).cloned().collect()
    }

    fn has(&self, commit: &str, key: &Key, naming: &BTreeSet<String>) -> bool {
        self.said(commit, naming).contains_key(key)
    }
}
