//! A sound workspace of any size: every kind of entity, revisions, attestations, mappings, evidence, decisions.

use std::fmt::Write;

use redan::store::{Content, Source};

pub const MODELS: usize = 200;
/// Entities of one model.
pub const ENTITIES: usize = 100;
/// Of each kind in each model: boundaries, components, assets, attackers, assumptions, controls.
const EACH: [usize; 6] = [6, 14, 20, 10, 10, 40];

/// The files of every model.
pub fn sources() -> Vec<Source> {
    (0..MODELS).flat_map(|number| model(number, EACH)).collect()
}

/// The files of one model of 10,000 entities, 50,000 objectives.
pub fn large() -> Vec<Source> {
    model(0, [100, 1_400, 1_000, 50, 450, 7_000]).into()
}

fn model(number: usize, each: [usize; 6]) -> [Source; 3] {
    let mut text = format!("format = 1\nid = \"service-{number}\"\nname = \"Service {number}\"\n");
    text.push_str("description = \"\"\"\nMerchants call the service with OAuth tokens to charge cards;\nit forwards to an acquirer.\"\"\"\n");
    let mut controls = String::new();
    let [boundaries, components, assets, attackers, assumptions, many] = each;
    (1..=boundaries).for_each(|n| boundary(&mut text, n));
    (1..=components).for_each(|n| component(&mut text, n));
    (1..=assets).for_each(|n| asset(&mut text, n));
    (1..=attackers).for_each(|n| attacker(&mut text, n));
    (1..=assumptions).for_each(|n| assumption(&mut text, n));
    (1..=many).for_each(|n| control(&mut controls, n));
    let source = |name: &str, text: String| Source {
        path: format!("threat-models/service-{number}/{name}"),
        content: Content::Bytes(text.into_bytes().into()),
    };
    let decision = format!(
        "format = 1\nkind = \"risk_accepted\"\nobjectives = {{ A7 = [\"T2\"] }}\nowner = \"tomas@example.org\"\nby = \"ines@example.org\"\nat = 2026-05-20\nreason = \"few merchants act on webhooks alone; service {number} plans a second factor\"\nreview_by = 2027-08-31\n"
    );
    [
        source("model.toml", text),
        source("controls.toml", controls),
        source("decisions/2026-05-20-accept-19d4.toml", decision),
    ]
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
        "\n[components.CMP{n}]\nname = \"Component {n}\"\ndescription = \"It takes requests, checks them against the policy and hands them on\"\nrationale = \"Every charge goes through it, and nothing else may speak to what lies behind it\"\nrepo = \"acme/payments\"\npath = \"services/component-{n}\"\nboundaries = [\"TB{}\", \"TB{}\"]\n",
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
        "\n[controls.C{n}]\ndescription = \"Access tokens are bound to the client certificate, variant {n}\"\nrationale = \"Whoever steals a token from a log or a proxy cannot use it without the private key behind the certificate it is bound to\"\nstatus = \"implemented\"\nprotects = [\"C\"]\ncomponents = [\"CMP{}\"]\nrequirements = [\n  {{ req = \"asvs@5.0.0:V10.3.{}\", cover = \"full\", state = \"accepted\", method = \"manual\", by = \"ada@example.org\", on = 2026-11-22 }},\n]\n\n[controls.C{n}.covers.1]\n",
        n % 14 + 1,
        n % 5 + 1
    );
    for asset in (n % 4 + 1..=20).step_by(4) {
        add!(text, "A{asset} = [\"T1\", \"T2\", \"T{}\", \"T{}\"]\n", n % 4 + 3, n % 4 + 7);
    }
    add!(
        text,
        "\n[[controls.C{n}.evidence]]\nkind = \"file_exists\"\nrepo = \"acme/payments\"\npath = \"gateway/src/mtls{n}.rs\"\n"
    );
}
