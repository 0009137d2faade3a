//! The table of mutations: one slip in the valid workspace, the one code it gives, and where.

use redan::finding::{CATALOG, Place, Target};
use redan::store::{Content, Source};

use super::bench::{Seen, past, see, then};
use super::book::{path, source};
use super::valid::{TODAY, workspace};

/// How the valid workspace is spoiled. Files are named within `threat-models/demo`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slip {
    /// The text, which stands there once, becomes another one.
    Swap(&'static str, &'static str, &'static str),
    Append(&'static str, &'static str),
    /// A file that was not there.
    New(&'static str, &'static str),
    Drop(&'static str),
    Rename(&'static str, &'static str),
    Symlink(&'static str),
    Large(&'static str),
}
use Slip::{Append, Drop, Large, New, Rename, Swap, Symlink};

/// One row: what must be found, what is spoiled, and the text the finding starts at (file, text).
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) slips: &'static [Slip],
    at: Option<(&'static str, &'static str)>,
    /// Whether the valid workspace is published.
    pub(super) published: bool,
    /// Other codes that the same slip gives.
    also: &'static [&'static str],
}

const fn row(code: &'static str, slips: &'static [Slip], file: &'static str, text: &'static str) -> Row {
    Row { code, slips, at: Some((file, text)), published: false, also: &[] }
}

impl Row {
    const fn published(mut self) -> Row {
        self.published = true;
        self
    }

    const fn also(mut self, codes: &'static [&'static str]) -> Row {
        self.also = codes;
        self
    }

    const fn nowhere(mut self) -> Row {
        self.at = None;
        self
    }
}

const M: &str = "model.toml";
const C: &str = "controls.toml";
const F: &str = "compliance.toml";
const D: &str = "decisions/2026-11-12-accept-3f9a.toml";
const S: &str = "sessions/2026-11-12-usage.toml";
const B: &str = "../billing/model.toml";
const P: &str = "../frameworks/house-rules-1/pack.toml";
const Q: &str = "../frameworks/house-rules-1/requirements.toml";
const HOUSE_RULES: &str = "format = 1\nid = \"house-rules\"\nversion = \"1\"\ntitle = \"House rules\"\npublisher = \"Platform team\"\nlicence = \"CC0-1.0\"\n";
const R: &str = "redan.toml";

#[rustfmt::skip]
pub(super) static TABLE: &[Row] = &[
    row("file_unreadable", &[Symlink(C)], C, "").nowhere(),
    row("file_bounds", &[Large(C)], C, "").nowhere(),
    row("toml_syntax", &[Swap(M, "name = \"Refund queue\"", "name = \"Refund queue")], M, "\"Refund queue‸\n"),
    row("format_unknown", &[Swap(M, "format = 1", "format = 7")], M, "id = \"demo\""),
    row("file_unknown", &[Rename(F, "complaince.toml")], F, "").nowhere(),
    row("key_unknown", &[Swap(M, "path = \"gateway\"", "paht = \"gateway\"")], M, "paht"),
    row("key_misplaced", &[Swap(M, "reason = \"card schemes fine us for a leak\"", "reason = \"card schemes fine us\"\nrationale = \"why\"")], M, "rationale"),
    row("key_missing", &[Swap(M, "name = \"API gateway\"\n", "")], M, "[components.CMP1]"),
    row("value_type", &[Swap(M, "passes = [\"network\"]", "passes = \"network\"")], M, "\"network\"\n\n[components"),
    row("value_unknown", &[Swap(M, "archetype = \"tenant\"", "archetype = \"tennant\"")], M, "\"tennant\""),
    row("factor_value", &[Swap(M, "recoverability = \"trivial\"", "recoverability = \"easy\"")], M, "\"easy\""),
    row("id_malformed", &[Swap(M, "[assets.A3]", "[assets.A03]")], M, "A03"),
    row("id_duplicate", &[Append(M, "\n[assets.A1]\nname = \"Twice\"\n")], M, "[assets.A1]\nname = \"Twice"),
    row("group_shape", &[Swap(C, "[controls.C2.covers.1]", "[controls.C2.covers.one]")], C, "one]").also(&["control_without_objectives"]),
    row("text_hidden", &[Swap(M, "\"Internet edge\"", "\"Internet\\u200B edge\"")], M, "\"Internet\\u200B"),
    row("text_active", &[Swap(M, "\"Internet edge\"", "\"Internet <script> edge\"")], M, "\"Internet <script>"),
    row("model_id_clash", &[Swap(B, "id = \"billing\"", "id = \"demo\"")], M, "\"demo\""),

    row("model_name_clash", &[Swap(B, "name = \"Billing\"", "name = \"DEMO\"")], M, "\"Demo\""),
    row("last_live_entity", &[Swap(B, "prevalence = \"commodity\" }", "prevalence = \"commodity\" }\nremoved = { at = 2026-11-12, by = \"ada@example.org\", reason = \"gone\" }")], B, "id ="),
    row("reference_unknown", &[Swap(C, "A1 = [\"T1\", \"T2\"]", "A1 = [\"T1\", \"T9\"]")], C, "\"T9\""),
    row("reference_unknown", &[Swap(C, "A3 = [\"T2\"]", "A9 = [\"T2\"]")], C, "A9"),
    row("asset_component_unknown", &[Swap(M, "components = [\"CMP1\"]", "components = [\"CMP1\", \"CMP9\"]")], M, "\"CMP9\""),
    row("reference_unknown", &[Swap(M, "path = \"gateway\"\nboundaries = [\"TB1\"]", "path = \"gateway\"\nboundaries = [\"TB1\", \"TB9\"]")], M, "\"TB9\""),
    row("reference_unknown", &[Swap(M, "excludes = { attacker = \"T1\"", "excludes = { attacker = \"T9\"")], M, "\"T9\""),
    row("reference_unknown", &[Swap(M, "objectives = { A3 = [\"T1\"] }", "objectives = { A3 = [\"T9\"] }")], M, "\"T9\""),
    row("reference_unknown", &[Swap(C, "upheld_by = [[\"AS1\"]]", "upheld_by = [[\"AS9\"]]")], C, "\"AS9\""),
    row("reference_unknown", &[Swap(D, "objectives = { A3 = [\"T1\"] }", "objectives = { A3 = [\"T9\"] }")], D, "\"T9\""),
    row("replaced_by_unknown", &[Swap(M, "replaced_by = \"A3\"", "replaced_by = \"billing/A7\"")], M, "\"billing/A7\""),
    row("name_duplicate", &[Swap(M, "name = \"Refund queue\"", "name = \"access-tokens\"")], M, "\"access-tokens\"").also(&["decision_stale"]),
    row("id_unnumbered", &[Swap(M, "[boundaries.TB1]", "[boundaries.NEW-edge]\nname = \"Edge\"\n\n[boundaries.TB1]")], M, "[boundaries.NEW-edge]"),
    row("tombstone_incomplete", &[Swap(M, ", reason = \"the acquirer pulls it now\"", "")], M, "{ at = 2026-11-02"),
    row("renamed_incomplete", &[Swap(M, ", reason = \"we issue other tokens too\"", "")], M, "{ from"),
    row("unrated", &[Swap(M, "properties = { I = \"high\", A = \"low\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"manageable\", regulatory = \"none\" }", "properties = [\"I\"]")], M, "[assets.A3]"),
    row("rating_partial", &[Swap(M, "likelihood = { vector = \"network\", privileges = \"low\", ", "likelihood = { vector = \"network\", ")], M, "{ vector = \"network\", complexity"),
    row("properties_empty", &[Swap(M, "properties = { I = \"high\", A = \"low\" }\n", "")], M, "[assets.A3]"),
    row("revision_incomplete", &[Swap(M, "at = 2026-11-12\nby = \"bob@example.org\"", "at = 2026-11-12")], M, "[[assets.A1.revisions]]\nat = 2026-11-12\n"),
    row("revision_without_effect", &[Swap(M, "set = { regulatory = \"legal\" }", "set = { blast_radius = \"cascading\" }")], M, "[[assets.A1.revisions]]\nat = 2026-11-12\n"),
    row("revision_property_unlisted", &[Swap(M, "set = { regulatory = \"legal\" }", "set = { U = \"low\" }")], M, "U ="),
    row("revision_out_of_order", &[Swap(M, "at = 2026-11-12\n", "at = 2026-11-09\n")], M, "2026-11-09"),
    row("control_without_objectives", &[Swap(C, "\n[controls.C2.covers.1]\nA3 = [\"T2\"]\n", "")], C, "[controls.C2]"),
    row("objective_covered_twice", &[Swap(C, "A3 = [\"T1\"]", "A1 = [\"T2\"]")], C, "\"T2\"]\n\n[[controls.C1.evidence"),
    row("protects_unlisted", &[Swap(C, "protects = [\"C\", \"I\"]", "protects = [\"C\", \"I\", \"U\"]")], C, "\"U\""),
    row("requirement_malformed", &[Swap(C, "asvs@5.0.0:V10.3.5", "asvs:V10.3.5")], C, "\"asvs:V10.3.5\""),
    row("requirement_malformed", &[Swap(F, "req = \"asvs@5.0.0:V17.*\"", "req = \"V17.*\"")], F, "\"V17.*\""),
    row("mapping_incomplete", &[Swap(C, ", on = 2026-11-12", "")], C, "{ req"),
    row("evidence_incomplete", &[Swap(C, "pattern = \"require_certificate\"\n", "")], C, "[[controls.C1.evidence]]"),
    row("path_outside", &[Swap(M, "path = \"gateway\"", "path = \"../gateway\"")], M, "\"../gateway\""),
    row("repo_credentials", &[Swap(M, "[components.CMP1]\n", "[components.CMP2]\nname = \"Ledger\"\nrepo = \"https://ada:x@git.example.org/acme/ledger\"\n\n[components.CMP1]\n")], M, "[components.CMP2]"),
    row("attestation_incomplete", &[Swap(M, "statement = \"their audit report of 2026 was read\"\n", "")], M, "[[assumptions.AS1.attestations]]"),
    row("attestation_refused", &[Swap(M, "kind = \"external\"", "kind = \"non_applicability\""), Swap(M, "evidence = \"https://example.org/report.pdf\"\n", "")], M, "[[assumptions.AS1.attestations]]"),
    row("attestation_expired", &[Swap(M, "expires = 2027-11-01", "expires = 2026-11-19")], M, "2026-11-19"),
    row("exclusion_empty", &[Swap(M, "excludes = { attacker = \"T1\", property = \"C\" }", "excludes = {}")], M, "{}"),
    row("decision_incomplete", &[Swap(D, "owner = \"ada@example.org\"\n", "")], D, "format"),
    row("decision_without_objectives", &[Swap(D, "objectives = { A3 = [\"T1\"] }\n", "")], D, "format"),
    row("decision_overdue", &[Swap(D, "2027-02-20", "2026-11-19")], D, "2026-11-19"),
    row("excuse_incomplete", &[Swap(F, "why = \"no audio and no video anywhere\"\n", "")], F, "[[exclusions]]"),
    row("excuse_overdue", &[Swap(F, "review_by = 2027-11-01", "review_by = 2026-11-19")], F, "2026-11-19"),
    row("ending_soon", &[Swap(F, "review_by = 2027-11-01", "review_by = 2026-11-21")], F, "2026-11-21"),
    row("ending_soon", &[Swap(M, "expires = 2027-11-01", "expires = 2026-12-20")], M, "2026-12-20"),
    row("ending_soon", &[Swap(D, "2027-02-20", "2026-11-20")], D, "2026-11-20"),
    row("framework_malformed", &[Swap(F, "\"asvs@5.0.0\"]", "asvs]")], F, "asvs]"),
    row("framework_unknown", &[Swap(F, "\"asvs@5.0.0\"]", "\"asvs@5.0.1\"]")], F, "\"asvs@5.0.1\"]"),
    row("framework_unknown", &[Swap(F, "level = \"2\"", "level = \"4\"")], F, "\"4\""),
    row("requirement_unknown", &[Swap(C, "V10.3.5", "V10.33.5")], C, "\"asvs@5.0.0:V10.33.5\""),
    row("requirement_unknown", &[Swap(F, "V17.*", "V18.*")], F, "\"asvs@5.0.0:V18.*\""),
    row("pack_invalid", &[New(P, HOUSE_RULES)], P, "format"),
    row("pack_invalid", &[New(P, HOUSE_RULES), New(Q, "[requirements.H1]\ntitle = \"Somebody owns it\"\nparent = \"H1\"\n")], Q, "H1]"),
    row("pack_changed", &[New(P, HOUSE_RULES), New(Q, "[requirements.H1]\ntitle = \"Somebody owns it\"\n")], P, "format"),
    row("mapping_stale", &[Swap(C, "text = \"idx:4876f92b5ae7\"", "text = \"idx:0123456789ab\"")], C, "\"idx:0123456789ab\""),
    row("condition_malformed", &[Swap(F, "owner =", "when = \"there is no audio\"\nowner =")], F, "\"there is no audio\""),
    row("excuse_refuted", &[Swap(F, "owner =", "when = \"no component where name has gateway\"\nowner =")], F, "\"no component"),
    row("excuse_stale", &[Swap(F, "idx:03711b15ce3a", "idx:0123456789ab")], F, "\"idx:0123456789ab\""),
    row("stamp_missing", &[Swap(F, "text = \"idx:03711b15ce3a\"\n", "")], F, "[[exclusions]]"),
    row("stamp_missing", &[Swap(C, ", text = \"idx:4876f92b5ae7\"", "")], C, "{ req"),
    row("stamp_missing", &[Swap(M, "model = \"4f0c9a1b2d3e\"\n\n[assets.A2]", "\n[assets.A2]")], M, "[[assets.A1.revisions]]\nat = 2026-11-12\n"),
    row("stamp_missing", &[Swap(M, "of = \"634279c3a02f\"\n", "")], M, "[[assumptions.AS1.attestations]]"),
    row("stamp_missing", &[Swap(D, "of = \"4c18a443def6\"\n", "")], D, "format"),

    row("co_asset_unbounded", &[Swap(M, "components = [\"CMP1\"]\n\n[attackers.T1]", "\n[attackers.T1]")], M, "[assets.A3]"),
    row("co_attacker_unpositioned", &[Swap(M, "boundaries = [\"TB1\"]\n\n[assumptions.AS1]", "\n[assumptions.AS1]")], M, "[attackers.T2]"),
    row("co_no_shared_boundary", &[Swap(M, "boundaries = [\"TB1\"]\n\n[assumptions.AS1]", "boundaries = [\"TB2\"]\n\n[assumptions.AS1]"), Swap(M, "[components.CMP1]", "[boundaries.TB2]\nname = \"Office\"\n\n[components.CMP1]")], M, "[attackers.T2]"),
    row("co_missing_entity", &[Swap(M, "objectives = { A3 = [\"T1\"] }", "objectives = { A2 = [\"T1\"] }")], M, "[assets.A2]"),
    row("component_unbound", &[Swap(M, "repo = \"acme/payments\"\n", "")], M, "[components.CMP1]").also(&["assertion_repo_orphan"]),
    row("control_component_unknown", &[Swap(C, "components = [\"CMP1\"]", "components = [\"CMP1\", \"CMP9\"]")], C, "\"CMP9\""),
    row("control_unscoped_with_scoped_assertions", &[Swap(C, "components = [\"CMP1\"]\n", "")], C, "\"acme/payments\""),
    row("assertion_repo_mismatch", &[Swap(C, "repo = \"acme/payments\"", "repo = \"acme/billing\""), Swap(M, "[assets.A1]", "[components.CMP2]\nname = \"Billing\"\nrepo = \"acme/billing\"\nboundaries = [\"TB1\"]\n\n[assets.A1]")], C, "\"acme/billing\""),
    row("assertion_repo_orphan", &[Swap(C, "repo = \"acme/payments\"", "repo = \"acme/paymets\"")], C, "\"acme/paymets\""),
    row("group_property_gap", &[Swap(C, "protects = [\"C\", \"I\"]", "protects = [\"C\"]")], M, "{ C = \"high\", I = \"high\" }"),
    row("decision_stale", &[Swap(M, "of = \"634279c3a02f\"", "of = \"0123456789ab\"")], M, "[[assumptions.AS1.attestations]]"),

    row("mitigation_lost", &[Swap(C, "status = \"implemented\"\n", ""), Swap(C, "upheld_by = [[\"AS1\"]]\n", "")], M, "[assets.A1]").published(),
    row("objective_unassessed", &[Append(M, "\n[attackers.T3]\ncapability = \"an intruder who walks into the office\"\nposition = \"office\"\narchetype = \"physical\"\nlikelihood = { vector = \"network\", privileges = \"none\", complexity = \"high\", interaction = \"none\", prevalence = \"rare\" }\nboundaries = [\"TB1\"]\n")], M, "[attackers.T3]").published(),
    row("assessment_overdue", &[Append(R, "[gate]\ngrace_days = 14\n"), Swap(C, "A3 = [\"T2\"]", "A1 = [\"T1\"]"), Drop(B)], M, "[assets.A3]"),
    row("limit_exceeded", &[Append(R, "[gate.max]\naccepted = { critical = 0, high = 0, medium = 0, low = 0 }\n")], M, "id = \"demo\""),

    row("coverage_short", &[Append(R, "[gate.coverage.\"asvs@5.0.0\"]\nmin_covered = 2\n")], F, "\"asvs@5.0.0\"]"),

    row("model_gone", &[Drop(B)], B, "").nowhere().published(),
    row("id_gone", &[Swap(C, "\n[controls.C2]\ndescription = \"Refunds need a second pair of eyes\"\n\n[controls.C2.covers.1]\nA3 = [\"T2\"]\n", "")], C, "").nowhere().published(),
    row("id_reused", &[Swap(M, "removed = { at = 2026-11-02, by = \"ada@example.org\", reason = \"the acquirer pulls it now\", replaced_by = \"A3\" }\n", ""), Swap(M, "name = \"Settlement report\"\ndescription = \"Nightly file sent to the acquirer\"", "name = \"Marketing newsletter\"\ndescription = \"The mail that goes to everybody\"")], M, "\"Marketing newsletter").published().also(&["objective_unassessed"]),
    row("id_rewritten", &[Swap(M, "capability = \"holding a merchant's key, can charge cards\"", "capability = \"standing in the data centre with a screwdriver\"")], M, "\"standing").published(),
    row("tombstone_edited", &[Swap(M, "the acquirer pulls it now", "never existed")], M, "\"never existed\"").published(),
    row("rating_in_place", &[Swap(M, "recoverability = \"manageable\", regulatory = \"none\"", "recoverability = \"permanent\", regulatory = \"none\"")], M, "\"permanent\"").published(),
    row("rating_in_place", &[Swap(M, "A = \"low\" }", "A = \"high\" }")], M, "\"high\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"manageable\"").published(),
    row("revision_rewritten", &[Swap(M, "the ledger accepts the token too", "rounding")], M, "[[assets.A1.revisions]]\nat = 2026-11-10").published(),
    row("revision_rewritten", &[Swap(M, "renamed = [{ from = \"OAuth tokens\", at = 2026-10-01, by = \"ada@example.org\", reason = \"we issue other tokens too\" }]\n", "")], M, "[assets.A1]").published(),
    row("revision_rewritten", &[Swap(M, "expires = 2027-11-01", "expires = 2028-11-01")], M, "[[assumptions.AS1.attestations]]").published(),
    row("revision_rewritten", &[Swap(D, "pilot with ten merchants", "the board said so")], D, "\"the board").published(),
    row("revision_rewritten", &[Swap(S, "reply = \"None.\"", "reply = \"A1.\"")], S, "[[turns]]").published(),
    row("revision_rewritten", &[Drop(D)], D, "").nowhere().published(),
    row("revision_rewritten", &[Swap(M, "reason = \"the ledger accepts the token too\"", "reason = \"sha256:0000000000000000000000000000000000000000000000000000000000000000\"\nredacted = { at = 2026-11-19, by = \"lin@example.org\", reason = \"it names a customer\" }")], M, "[[assets.A1.revisions]]\nat = 2026-11-10").published().also(&["words_redacted"]),
    row("revision_rewritten", &[Swap(D, "reason = \"pilot with ten merchants\"", "reason = \"sha256:4952ee6fc6021f423f22327747e6f7c9e762b8655f0851d2c2601b2c9f8041db\"")], D, "\"sha256").published(),
    row("by_unproven", &[Append(M, "\n[[assets.A3.revisions]]\nat = 2026-11-20\nby = \"eve@example.org\"\nset = { A = \"high\" }\nreason = \"refunds are urgent now\"\nmodel = \"4f0c9a1b2d3e\"\n")], M, "\"eve@example.org\"").published(),
    row("words_redacted", &[Swap(M, "reason = \"the ledger accepts the token too\"", "reason = \"sha256:3b9e9db5b9983c2c7aa64a5a52929ed951d0ffd54a945a605d6e2f5a000159d2\"\nredacted = { at = 2026-11-19, by = \"lin@example.org\", reason = \"it names a customer\" }")], M, "[[assets.A1.revisions]]\nat = 2026-11-10").published(),
    row("words_redacted", &[Swap(D, "reason = \"pilot with ten merchants\"", "reason = \"sha256:4952ee6fc6021f423f22327747e6f7c9e762b8655f0851d2c2601b2c9f8041db\"\nredacted = { at = 2026-11-19, by = \"lin@example.org\", reason = \"it names a customer\" }")], D, "{ at = 2026-11-19").published(),
    row("words_redacted", &[Swap(S, "reply = \"None.\"", "reply = \"sha256:903ea500e7ccf842c1312b6c2f964e3e98ff146456cecec717e9a0e122bf735f\"\nredacted = { at = 2026-11-19, by = \"lin@example.org\", reason = \"it names a customer\" }")], S, "[[turns]]").published(),
];

/// The path of a file of the valid workspace.
fn text(files: &[Source], path: &str) -> String {
    match files.iter().find(|file| file.path == path).map(|file| &file.content) {
        Some(Content::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => panic!("{path} is {other:?}"),
    }
}

pub(super) fn spoil(files: &mut Vec<Source>, slip: Slip) {
    if let New(file, text) = slip {
        return files.push(source(&path(file), text));
    }
    let (Swap(file, ..) | Append(file, _) | New(file, _) | Drop(file) | Rename(file, _) | Symlink(file) | Large(file)) =
        slip;
    let path = path(file);
    let at = files.iter().position(|source| source.path == path).unwrap();
    match slip {
        Swap(_, from, to) => {
            let text = text(files, &path);
            assert!(text.contains(from), "{path} has no {from}");
            files[at] = source(&path, &text.replacen(from, to, 1));
        }
        Append(_, more) => files[at] = source(&path, &(text(files, &path) + more)),
        New(..) => {}
        Drop(_) => drop(files.remove(at)),
        Symlink(_) => files[at].content = Content::Symlink,
        Rename(_, to) => files[at].path = self::path(to),
        Large(_) => files[at].content = Content::Large(9_000_000),
    }
}

impl Row {
    pub(super) fn files(&self) -> Vec<Source> {
        let mut files = workspace();
        self.slips.iter().for_each(|slip| spoil(&mut files, *slip));
        files
    }

    pub(super) fn see(&self) -> Seen {
        let published = workspace();
        let bases: &[&[Source]] = if self.published { &[published.as_slice()] } else { &[] };
        let mut past = past(bases);
        past.grace = then(&self.files());
        see(&self.files(), &past, TODAY)
    }
}

/// Codes that one published state of models cannot show: each has a page of cases with real commits.
const IN_CASES: [(&str, &str); 6] = [
    ("engine_changed", "../ci/engine.md"),
    ("model_reused", "models.md"),
    ("id_collided", "collided.md"),
    ("history_incomplete", "incomplete.md"),
    ("history_vantage", "vantage.md"),
    ("history_unreadable", "unreadable.md"),
];

#[test]
fn codes_of_many_commits_have_their_cases() {
    for (code, page) in IN_CASES {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/history").join(page);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text.contains(&format!("[{code}]: ")) || text.contains(&format!("[{code}]\n")),
            "{page} never shows {code}"
        );
    }
}

#[test]
fn every_code_has_a_row() {
    for code in CATALOG.iter().filter(|code| IN_CASES.iter().all(|(known, _)| *known != code.name)) {
        assert!(TABLE.iter().any(|row| row.code == code.name), "{} has no mutation", code.name);
    }
}

/// Fails with everything that is wrong, a line each.
fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_slip_gives_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for row in TABLE {
        let seen = row.see();
        let found: Vec<&str> = seen.codes().keys().copied().filter(|code| !row.also.contains(code)).collect();
        if found != [row.code] {
            wrong.push(format!("{} {:?} gives\n{}", row.code, row.slips, seen.told()));
        }
    }
    none_wrong(&wrong);
}

#[test]
fn each_finding_is_where_the_slip_is() {
    let mut wrong = Vec::new();
    for row in TABLE {
        let Some((file, start)) = row.at else { continue };
        let seen = row.see();
        let found = seen.findings.iter().find(|finding| finding.code.name == row.code);
        let found = found.map(|finding| found_at(&seen, &finding.place));
        let expected = (path(file), spot(&text(&row.files(), &path(file)), start));
        if found.as_ref() != Some(&expected) {
            wrong.push(format!("{} is at {found:?}, not at {expected:?}", row.code));
        }
    }
    none_wrong(&wrong);
}

/// Line and column of a text that stands there once, or of the caret in it.
fn spot(text: &str, around: &str) -> (usize, usize) {
    let (left, right) = around.split_once('‸').unwrap_or(("", around));
    let around = format!("{left}{right}");
    assert_eq!(text.matches(&around).count(), 1, "{around:?} is not unique");
    let before = &text[..text.find(&around).unwrap() + left.len()];
    (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1)
}

fn found_at(seen: &Seen, place: &Place) -> (String, (usize, usize)) {
    match seen.workspace.locate(place) {
        Some(spot) => (spot.path, (spot.line as usize, spot.column as usize)),
        None => (format!("nowhere: {place:?}"), (0, 0)),
    }
}

#[test]
fn what_is_gone_still_says_what_it_was() {
    for row in TABLE.iter().filter(|row| row.at.is_none()) {
        let seen = row.see();
        let finding = seen.findings.iter().find(|finding| finding.code.name == row.code).unwrap();
        match &finding.place.target {
            Target::Model { .. } => assert_eq!(finding.evidence[0].commit, "0".repeat(40)),
            Target::Bytes { path: found, .. } => assert!(row.slips.iter().any(|slip| path(file_of(*slip)) == *found)),
        }
    }
}

fn file_of(slip: Slip) -> &'static str {
    let (Swap(file, ..) | Append(file, _) | New(file, _) | Drop(file) | Rename(_, file) | Symlink(file) | Large(file)) =
        slip;
    file
}
