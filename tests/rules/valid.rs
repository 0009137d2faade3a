//! A small workspace about which no rule has anything to say. Every mutation starts from it.

use jiff::civil::{Date, date};
use redan::store::Source;

use super::bench::{past, see};
use super::book::source;

pub(super) const TODAY: Date = date(2026, 11, 20);

pub(super) const MODEL: &str = r#"format = 1
id = "demo"
name = "Demo"
description = "Merchants call an API to charge cards"

[boundaries.TB1]
name = "Internet edge"
passes = ["network"]

[components.CMP1]
name = "API gateway"
repo = "acme/payments"
path = "gateway"
boundaries = ["TB1"]

[assets.A1]
name = "Access tokens"
description = "Bearer tokens that authorise charges"
properties = { C = "high", I = "high" }
impact = { blast_radius = "multiplicative", recoverability = "manageable", regulatory = "notification" }
components = ["CMP1"]
renamed = [{ from = "OAuth tokens", at = 2026-10-01, by = "ada@example.org", reason = "we issue other tokens too" }]

[[assets.A1.revisions]]
at = 2026-11-10T09:12:00Z
by = "ada@example.org"
set = { blast_radius = "cascading" }
reason = "the ledger accepts the token too"
model = "4f0c9a1b2d3e"

[[assets.A1.revisions]]
at = 2026-11-12
by = "bob@example.org"
set = { regulatory = "legal" }
reason = "card schemes fine us for a leak"
model = "4f0c9a1b2d3e"

[assets.A2]
name = "Settlement report"
description = "Nightly file sent to the acquirer"
properties = { I = "low" }
impact = { blast_radius = "isolated", recoverability = "trivial", regulatory = "none" }
components = ["CMP1"]
removed = { at = 2026-11-02, by = "ada@example.org", reason = "the acquirer pulls it now", replaced_by = "A3" }

[assets.A3]
name = "Refund queue"
description = "Refunds that wait for a second pair of eyes"
properties = { I = "high", A = "low" }
impact = { blast_radius = "isolated", recoverability = "manageable", regulatory = "none" }
components = ["CMP1"]

[attackers.T1]
capability = "holding no credentials, can call every public endpoint"
position = "internet"
archetype = "external"
likelihood = { vector = "network", privileges = "none", complexity = "low", interaction = "none", prevalence = "commodity" }
boundaries = ["TB1"]

[attackers.T2]
capability = "holding a merchant's key, can charge cards"
position = "internet"
archetype = "tenant"
likelihood = { vector = "network", privileges = "low", complexity = "low", interaction = "none", prevalence = "targeted" }
boundaries = ["TB1"]

[assumptions.AS1]
description = "The acquirer encrypts card data at rest"
kind = "external"
objectives = { A1 = ["T1"] }
excludes = { attacker = "T1", property = "C" }

[[assumptions.AS1.attestations]]
by = "ada@example.org"
at = 2026-11-01
statement = "their audit report of 2026 was read"
expires = 2027-11-01
evidence = "https://example.org/report.pdf"
of = "634279c3a02f"

[assumptions.AS2]
description = "No endpoint takes a file"
kind = "non_applicability"
objectives = { A3 = ["T1"] }
"#;

pub(super) const CONTROLS: &str = r#"[controls.C1]
description = "Access tokens are bound to the client certificate"
status = "implemented"
protects = ["C", "I"]
components = ["CMP1"]
upheld_by = [["AS1"]]
requirements = [
  { req = "asvs@5.0.0:V10.3.5", cover = "full", state = "accepted", method = "manual", by = "ada@example.org", on = 2026-11-12, text = "idx:4876f92b5ae7" },
]

[controls.C1.covers.1]
A1 = ["T1", "T2"]

[controls.C1.covers.depth]
A3 = ["T1"]

[[controls.C1.evidence]]
kind = "pattern_present"
repo = "acme/payments"
path = "gateway/src/mtls.rs"
pattern = "require_certificate"

[controls.C2]
description = "Refunds need a second pair of eyes"

[controls.C2.covers.1]
A3 = ["T2"]
"#;

const COMPLIANCE: &str = r#"format = 1

[frameworks."asvs@5.0.0"]
level = "2"

[[exclusions]]
req = "asvs@5.0.0:V17.*"
reason = "not-applicable"
why = "no audio and no video anywhere"
owner = "ada@example.org"
approved_by = "bob@example.org"
on = 2026-11-01
review_by = 2027-11-01
text = "idx:03711b15ce3a"
"#;

const DECISION: &str = r#"format = 1
kind = "risk_accepted"
objectives = { A3 = ["T1"] }
owner = "ada@example.org"
by = "ada@example.org"
at = 2026-11-12
reason = "pilot with ten merchants"
review_by = 2027-02-20
of = "4c18a443def6"
"#;

const SESSION: &str = r#"format = 1
at = 2026-11-12T09:05:00Z
by = "ada@example.org"
engine = "offline"

[[turns]]
at = 2026-11-12T09:05:00Z
intent = "query"
words = "Which assets have the Usage property?"
reply = "None."
"#;

const BILLING: &str = r#"format = 1
id = "billing"
name = "Billing"
description = "Invoices once a month"

[assets.A1]
name = "Invoices"
description = "Monthly invoices of every customer"
properties = { I = "low" }
impact = { blast_radius = "isolated", recoverability = "manageable", regulatory = "none" }

[attackers.T1]
capability = "holding no credentials, can call every public endpoint"
position = "internet"
archetype = "external"
likelihood = { vector = "network", privileges = "none", complexity = "low", interaction = "none", prevalence = "commodity" }
"#;

pub(super) fn workspace() -> Vec<Source> {
    vec![
        source("redan.toml", "format = 1\n"),
        source("threat-models/billing/model.toml", BILLING),
        source("threat-models/demo/compliance.toml", COMPLIANCE),
        source("threat-models/demo/controls.toml", CONTROLS),
        source("threat-models/demo/decisions/2026-11-12-accept-3f9a.toml", DECISION),
        source("threat-models/demo/model.toml", MODEL),
        source("threat-models/demo/sessions/2026-11-12-usage.toml", SESSION),
    ]
}

#[test]
fn nothing_is_said_about_it() {
    let files = workspace();
    for bases in [&[][..], &[files.as_slice()][..]] {
        let seen = see(&files, &past(bases), TODAY);
        assert!(seen.findings.is_empty(), "{}", seen.told());
    }
}

/// The stamp of the fixture's decision is the one a command would write.
#[test]
fn its_decision_is_stamped() {
    let models = super::bench::read(&workspace()).models;
    let demo = models.values().find(|model| model.id.as_str() == "demo").unwrap();
    let decision = demo.decisions.values().next().unwrap();
    assert_eq!(redan::rules::Memory::alone(demo).stamp(&decision.objectives), Some(decision.of.clone()));
}
