//! Another ID in place.

use super::*;

#[test]
fn headers_keys_and_references_follow() {
    let model = format!(
        "{HEAD}[assets.NEW-x] # new\nname = \"NEW-x\"\n[[assets.NEW-x.revisions]]\nby = \"NEW-x\"\n[assets . 'A1']\nremoved = {{ replaced_by = 'NEW-x' }}\n[attackers.NEW-x]\nposition = \"p\"\n[assumptions.AS1]\nobjectives = {{ NEW-x = [\"T1\"] }}\nexcludes = {{ asset = \"NEW-x\" }}\n"
    );
    let controls = "[controls.C1.covers.1]\n\"NEW-x\" = [\"T1\"]\n[controls.C2]\ncovers.2.NEW-x = [ \"T2\" ]\n";
    let new = Subject::Entity(Id::within(crate::model::Kind::Asset, "NEW-x").expect("legal"));
    let to = Id::parse("A13").expect("legal");
    let files =
        edited(&[(MODEL, &model), (CONTROLS, controls)], &[change(new, Act::Renumber { to })]).expect("performed");
    let want = model
        .replace("assets.NEW-x", "assets.A13")
        .replace("by = 'NEW-x'", "by = 'A13'")
        .replace("{ NEW-x", "{ A13")
        .replace("asset = \"NEW-x\"", "asset = \"A13\"");
    assert_eq!(files[MODEL], want);
    assert_eq!(files[CONTROLS], controls.replace("NEW-x", "A13"));
}

#[test]
fn decisions_follow_and_attackers_are_found_in_lists() {
    let decision = "threat-models/shop/decisions/d.toml";
    let text = "objectives = { A1 = [\"T1\", 'T2'] }\nentities = [\"T2\"]\nreason = \"T2\"\n";
    let model = format!("{HEAD}[attackers.T2]\n");
    let to = Id::parse("T9").expect("legal");
    let files =
        edited(&[(MODEL, &model), (decision, text)], &[change(entity("T2"), Act::Renumber { to })]).expect("performed");
    assert_eq!(files[decision], "objectives = { A1 = [\"T1\", 'T9'] }\nentities = [\"T9\"]\nreason = \"T2\"\n");
}
