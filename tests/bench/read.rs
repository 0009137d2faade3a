//! How long reading a large workspace takes, next to what the `toml` crate needs to make plain tables of
//! the same bytes. The whole of `check` has three times that; reading may use two.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench prints what it measured")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use redan::store::{Content, Settings, Source, read};

const MODELS: usize = 200;
/// Of each kind in each model: 6 boundaries, 14 components, 20 assets, 10 attackers, 10 assumptions, 40 controls.
const EACH: [usize; 6] = [6, 14, 20, 10, 10, 40];
const ROUNDS: usize = 9;

fn main() {
    let sources: Vec<Source> = (0..MODELS).flat_map(model).collect();
    let texts: Vec<String> = sources.iter().map(text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let space = read(sources.clone(), &Settings::default());
    let entities: usize = space.models.values().map(|model| model.entities.len()).sum();
    assert_eq!((space.models.len(), entities), (MODELS, MODELS * EACH.iter().sum::<usize>()));
    assert_eq!(space.findings, [], "the workspace is sound");
    let [mut toml, mut spans, mut ours] = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let tables = || texts.iter().for_each(|text| drop(black_box(toml::from_str::<toml::Table>(text))));
        toml = toml.min(clocked(tables));
        spans = spans.min(clocked(|| texts.iter().for_each(|text| drop(black_box(toml::de::DeTable::parse(text))))));
        let copy = sources.clone();
        ours = ours.min(clocked(move || drop(black_box(read(copy, &Settings::default())))));
    }
    println!("{MODELS} models, {entities} entities, {:.1} MB, best of {ROUNDS}", bytes as f64 / 1e6);
    println!("toml::from_str::<Table>  {:7.1} ms", millis(toml));
    println!("DeTable::parse alone     {:7.1} ms", millis(spans));
    println!("store::read              {:7.1} ms", millis(ours));
    println!("ratio                    {:7.2}", ours.as_secs_f64() / toml.as_secs_f64());
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn clocked(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn text(source: &Source) -> String {
    match &source.content {
        Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}

fn model(number: usize) -> [Source; 2] {
    let mut text = format!("format = 1\nid = \"service-{number}\"\nname = \"Service {number}\"\n");
    text.push_str("description = \"\"\"\nMerchants call the service with OAuth tokens to charge cards;\nit forwards to an acquirer.\"\"\"\n");
    let mut controls = String::new();
    let [boundaries, components, assets, attackers, assumptions, many] = EACH;
    (1..=boundaries).for_each(|n| boundary(&mut text, n));
    (1..=components).for_each(|n| component(&mut text, n));
    (1..=assets).for_each(|n| asset(&mut text, n));
    (1..=attackers).for_each(|n| attacker(&mut text, n));
    (1..=assumptions).for_each(|n| assumption(&mut text, n));
    (1..=many).for_each(|n| control(&mut controls, n));
    let source = |name: &str, text: String| Source {
        path: format!("threat-models/service-{number}/{name}"),
        content: Content::Bytes(text.into_bytes()),
    };
    [source("model.toml", text), source("controls.toml", controls)]
}

macro_rules! add {
    ($text:expr, $($format:tt)*) => { write!($text, $($format)*).expect("a string takes everything") };
}

fn boundary(text: &mut String, n: usize) {
    add!(
        text,
        "\n[boundaries.TB{n}]\nname = \"Boundary {n} of the system\"\ndescription = \"Everything behind the load balancer number {n}\"\npasses = [\"network\", \"adjacent\"]\n"
    );
}

fn component(text: &mut String, n: usize) {
    add!(
        text,
        "\n[components.CMP{n}]\nname = \"Component {n}\"\ndescription = \"It takes requests, checks them against the policy and hands them on\"\nrepo = \"acme/payments\"\npath = \"services/component-{n}\"\nboundaries = [\"TB{}\", \"TB{}\"]\n",
        n % 6 + 1,
        (n + 1) % 6 + 1
    );
}

fn asset(text: &mut String, n: usize) {
    add!(
        text,
        "\n[assets.A{n}]\nname = \"Access tokens of kind {n}\"\ndescription = \"Bearer tokens that authorise charges of up to the limit of merchant class {n}\"\nproperties = {{ C = \"high\", I = \"low\" }}\nimpact = {{ blast_radius = \"multiplicative\", recoverability = \"manageable\", regulatory = \"notification\" }}\nrationale = \"A stolen token charges cards until it expires\"\ncomponents = [\"CMP{}\", \"CMP{}\"]\n",
        n % 14 + 1,
        (n + 5) % 14 + 1
    );
    if n.is_multiple_of(3) {
        add!(
            text,
            "\n[[assets.A{n}.revisions]]\nat = 2026-11-20T09:12:00Z\nby = \"ada@example.org\"\nset = {{ blast_radius = \"cascading\" }}\nreason = \"the token is now accepted by the ledger service too\"\nmodel = \"4f0c9a1b2d3e\"\n"
        );
    }
}

fn attacker(text: &mut String, n: usize) {
    add!(
        text,
        "\n[attackers.T{n}]\ncapability = \"holding no credentials, can call every public endpoint of group {n}\"\nposition = \"internet\"\narchetype = \"external\"\nlikelihood = {{ vector = \"network\", privileges = \"none\", complexity = \"low\", interaction = \"none\", prevalence = \"commodity\" }}\nboundaries = [\"TB{}\"]\n",
        n % 6 + 1
    );
}

fn assumption(text: &mut String, n: usize) {
    add!(
        text,
        "\n[assumptions.AS{n}]\ndescription = \"The acquirer encrypts card data of class {n} at rest\"\nkind = \"external\"\nobjectives = {{ A{n} = [\"T1\", \"T2\"] }}\nexcludes = {{ attacker = \"T1\", property = \"C\" }}\n\n[[assumptions.AS{n}.attestations]]\nby = \"ada@example.org\"\nat = 2026-11-01\nstatement = \"AOC of 2026 reviewed\"\nexpires = 2027-11-01\nevidence = \"https://example.org/aoc.pdf\"\nof = \"77ab01c9d2e4\"\n"
    );
}

fn control(text: &mut String, n: usize) {
    add!(
        text,
        "\n[controls.C{n}]\ndescription = \"Access tokens are bound to the client certificate, variant {n}\"\nstatus = \"implemented\"\nprotects = [\"C\"]\ncomponents = [\"CMP{}\"]\nrequirements = [\n  {{ req = \"asvs@5.0.0:V10.3.{n}\", cover = \"full\", state = \"accepted\", method = \"manual\", by = \"ada@example.org\", on = 2026-11-22, text = \"txt:9f3a1c\" }},\n]\n\n[controls.C{n}.covers.1]\n",
        n % 14 + 1
    );
    for asset in (n % 4 + 1..=20).step_by(4) {
        add!(text, "A{asset} = [\"T1\", \"T2\", \"T{}\", \"T{}\"]\n", n % 4 + 3, n % 4 + 7);
    }
    add!(
        text,
        "\n[[controls.C{n}.evidence]]\nkind = \"file_exists\"\nrepo = \"acme/payments\"\npath = \"gateway/src/mtls{n}.rs\"\n"
    );
}
