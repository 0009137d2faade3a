//! `redan assess` as a whole process on a model of its own in a repository: reading, assessing, printing.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use redan::model::{Body, Kind, Model};

use crate::scratch::Scratch;

/// Measures a child's peak memory; the standard library cannot.
const TIME: &str = "/usr/bin/time";
const HOME: &str = "threat-models/large";

/// The best of three runs for people and for programs, and the most memory in MB where it can be told.
pub fn run(model: &Model) -> (Duration, Duration, Option<u64>) {
    let scratch = Scratch::new();
    scratch.write(&format!("{HOME}/model.toml"), &structure(model));
    scratch.write(&format!("{HOME}/controls.toml"), &controls(model));
    scratch.commit("A large model");
    let once = |format: &str| {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_redan"));
        let arguments = ["assess", "--as-of", "2026-11-20", "--format", format];
        let ran = command.args(arguments).current_dir(scratch.path()).stdin(Stdio::null()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        assert!(ran.stdout.len() > 100_000, "the objectives are in the answer");
        start.elapsed()
    };
    let fastest = |format| (0..3).map(|_| once(format)).min().unwrap_or_default();
    (fastest("human"), fastest("json"), peak(&scratch))
}

fn peak(scratch: &Scratch) -> Option<u64> {
    let mut command = Command::new(TIME);
    command.args(["-f", "%M", env!("CARGO_BIN_EXE_redan"), "assess", "--as-of", "2026-11-20", "--format", "json"]);
    let output = command.current_dir(scratch.path()).stdin(Stdio::null()).stdout(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().last()?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

fn list(ids: impl Iterator<Item = String>) -> String {
    ids.map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ")
}

fn structure(model: &Model) -> String {
    let mut text = String::from("format = 1\nid = \"large\"\nname = \"Large\"\n");
    for entity in model.entities.values() {
        let id = entity.id;
        let table = id.kind.table();
        let _ = match &entity.body {
            Body::Boundary(wall) => {
                let sealed = if wall.sealed { "sealed = true\n" } else { "" };
                write!(text, "\n[{table}.{id}]\nname = \"wall of {id}\"\n{sealed}")
            }
            Body::Component(part) => {
                let walls = list(part.boundaries.iter().map(|wall| wall.0.to_string()));
                write!(text, "\n[{table}.{id}]\nname = \"part {id}\"\nboundaries = [{walls}]\n")
            }
            Body::Asset(asset) => {
                let held = list(asset.components.iter().map(|part| part.0.to_string()));
                let level = |level: &redan::model::Level| level.name;
                let of = |(property, level): (&redan::model::Property, &Option<redan::model::Level>)| {
                    Some(format!("{} = \"{}\"", property.word(), level.as_ref()?.name))
                };
                let listed: Vec<String> = asset.properties.0.iter().filter_map(of).collect();
                let impact: Vec<String> = asset
                    .impact
                    .0
                    .iter()
                    .map(|(factor, it)| format!("{} = \"{}\"", factor.name(), level(it)))
                    .collect();
                write!(
                    text,
                    "\n[{table}.{id}]\nname = \"asset {id}\"\nproperties = {{ {} }}\nimpact = {{ {} }}\ncomponents = [{held}]\n",
                    listed.join(", "),
                    impact.join(", ")
                )
            }
            Body::Attacker(attacker) => {
                let walls = list(attacker.boundaries.iter().map(|wall| wall.0.to_string()));
                let row = |(factor, level): (&redan::model::Factor, &redan::model::Level)| {
                    format!("{} = \"{}\"", factor.name(), level.name)
                };
                let likelihood: Vec<String> = attacker.likelihood.0.iter().map(row).collect();
                write!(
                    text,
                    "\n[{table}.{id}]\ncapability = \"can do what {id} does\"\nposition = \"somewhere\"\nlikelihood = {{ {} }}\nboundaries = [{walls}]\n",
                    likelihood.join(", ")
                )
            }
            _ => Ok(()),
        };
    }
    text
}

fn controls(model: &Model) -> String {
    let mut text = String::new();
    for (entity, control) in model.controls() {
        let (id, table) = (entity.id, Kind::Control.table());
        let status = if control.implemented() { "status = \"implemented\"\n" } else { "" };
        let _ = write!(text, "\n[{table}.{id}]\ndescription = \"mechanism {id}\"\n{status}");
        for (group, pairs) in &control.covers.0 {
            let _ = writeln!(text, "[{table}.{id}.covers.{group}]");
            let mut by_asset: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
            for pair in pairs.iter() {
                by_asset.entry(pair.asset.to_string()).or_default().push(pair.attacker.to_string());
            }
            for (asset, attackers) in by_asset {
                let _ = writeln!(text, "{asset} = [{}]", list(attackers.into_iter()));
            }
        }
    }
    text
}
