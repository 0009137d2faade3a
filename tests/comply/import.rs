//! Importers: each format on a fixture of our own, and the publishers' own files where they are.

use std::collections::BTreeSet;
use std::path::Path;

use redan::comply::{Clause, Kind, Levels, Name, Pack, Scope, State};
use redan::store::{self, Asked, Fault, Imported};

use crate::tier;

fn bring(file: &str, bytes: &[u8]) -> Result<Imported, Vec<Fault>> {
    store::import(&Asked { file, bytes, name: None, licence: None }, &store::built_in())
}

fn named(file: &str, text: &str) -> Result<Imported, Vec<Fault>> {
    let asked = Asked { file, bytes: text.as_bytes(), name: Name::parse("house@1"), licence: Some("CC0-1.0") };
    store::import(&asked, &store::built_in())
}

fn pack(imported: Result<Imported, Vec<Fault>>) -> Pack {
    match imported {
        Ok(Imported::Pack(pack)) => *pack,
        other => panic!("{other:?}"),
    }
}

fn told(imported: Result<Imported, Vec<Fault>>) -> String {
    match imported {
        Err(faults) => faults.iter().map(|fault| format!("{:?} {}\n", fault.line, fault.message)).collect(),
        Ok(_) => panic!("it was imported"),
    }
}

fn active(pack: &Pack) -> usize {
    pack.active().count()
}

/// Three forms of one small standard in the shapes of ASVS.
const NESTED: &str = r#"{ "Name": "House rules", "ShortName": "HOUSE", "Version": "1", "Requirements": [
  { "Shortcode": "V1", "Name": "Doors", "Items": [ { "Shortcode": "V1.1", "Name": "Front", "Items": [
    { "Shortcode": "V1.1.1", "Description": "The door is shut. ([X](https://example.org))", "L": "1" },
    { "Shortcode": "V1.1.2", "Description": "The key is not under the mat.", "L": "2" } ] } ] } ] }"#;
const OLD: &str = r#"{ "Name": "House rules", "ShortName": "HOUSE", "Version": "1", "Requirements": [
  { "Shortcode": "V1", "Name": "Doors", "Items": [ { "Shortcode": "V1.1", "Name": "Front", "Items": [
    { "Shortcode": "V1.1.1", "Description": "The door is shut.", "L1": { "Required": true }, "L2": { "Required": true }, "CWE": [] },
    { "Shortcode": "V1.1.2", "Description": "The key is not under the mat.", "L1": { "Required": false }, "L2": { "Required": true } } ] } ] } ] }"#;
const TABLE: &str = "chapter_id,chapter_name,section_id,section_name,req_id,req_description,level1,level2\n\
    V1,Doors,V1.1,Front,V1.1.1,The door is shut.,✓,✓\nV1,Doors,V1.1,Front,V1.1.2,The key is not under the mat.,,✓\n";

#[test]
fn three_forms_of_one_standard_are_one_pack() {
    let packs = [named("a.json", NESTED), named("b.json", OLD), named("c.csv", TABLE)].map(pack);
    let requirements = |pack: &Pack| pack.clauses().iter().map(Clause::line).collect::<Vec<_>>();
    assert_eq!(requirements(&packs[0]), requirements(&packs[1]));
    assert_eq!(requirements(&packs[0]), requirements(&packs[2]));
    assert_eq!(packs[0].levels, Levels::Minimum(vec!["1".into(), "2".into()]));
    assert_eq!(packs[0].clause("V1.1.1").unwrap().text, "The door is shut.");
}

#[test]
fn a_table_is_read_by_the_heads_of_its_columns() {
    let text = "Ref ID\tTitle\tLevel\tCWE\n1.9\tA door\tlow\tCWE-79\n1.10\tA key\thigh\t\n";
    let pack = pack(named("rules.tsv", text));
    let ids: Vec<&str> = pack.clauses().iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids, ["1.9", "1.10"]);
    assert_eq!(pack.clause("1.9").unwrap().cwes().collect::<Vec<_>>(), ["79"]);
    let list = r#"{ "name": "House rules", "version": "2", "license": "CC0-1.0", "provider": "We",
        "controls": [ { "id": "1", "title": "A door", "level": 1 }, { "id": "2", "name": "A key", "level": 2 } ] }"#;
    let pack = self::pack(bring("rules.json", list.as_bytes()));
    assert_eq!(pack.name.to_string(), "house-rules@2");
    assert_eq!(pack.publisher, "We");
    assert_eq!(active(&pack), 2);
}

#[test]
fn cyclonedx_levels_may_be_exact_or_cumulative() {
    let standard = |levels: &str| {
        format!(
            r#"{{ "bomFormat": "CycloneDX", "metadata": {{ "licenses": [{{ "license": {{ "id": "CC0-1.0" }} }}] }}, "definitions": {{ "standards": [{{
            "bom-ref": "s", "name": "House Rules (HOUSE)", "version": "v1", "owner": "We", "requirements": [
              {{ "bom-ref": "g", "identifier": "G", "title": "Doors" }},
              {{ "bom-ref": "a", "identifier": "1.1", "text": "Shut", "parent": "g" }},
              {{ "bom-ref": "b", "identifier": "1.2", "text": "Locked", "parent": "g" }} ], "levels": [{levels}] }}] }} }}"#
        )
    };
    let exact = standard(
        r#"{ "identifier": "Level 1", "requirements": ["a"] }, { "identifier": "Level 2", "requirements": ["b"] }"#,
    );
    let cumulative = standard(
        r#"{ "identifier": "Level 1", "requirements": ["a"] }, { "identifier": "Level 2", "requirements": ["a", "b"] }"#,
    );
    let empty = standard(r#"{ "identifier": "Level 1", "requirements": [] }"#);
    let (exact, cumulative) = (pack(bring("a.json", exact.as_bytes())), pack(bring("b.json", cumulative.as_bytes())));
    assert_eq!(exact.canonical(), cumulative.canonical());
    assert_eq!(exact.name.to_string(), "house@1");
    assert_eq!(exact.clause("G").unwrap().kind, Kind::Group);
    assert_eq!(exact.clause("1.2").unwrap().level.as_deref(), Some("2"));
    assert!(told(bring("c.json", empty.as_bytes())).contains("levels list no requirement"));
}

#[test]
fn oscal_parameters_withdrawals_and_parts_are_read() {
    let catalog = r##"{ "catalog": { "metadata": { "title": "House Rules (HOUSE)", "version": "1" }, "groups": [ { "id": "d", "title": "Doors", "controls": [
      { "id": "d-1", "title": "Shut", "params": [ { "id": "p1", "label": "time" } ],
        "parts": [ { "name": "statement", "prose": "Within {{ insert: param, p1 }}:", "parts": [ { "name": "item", "props": [ { "name": "label", "value": "a." } ], "prose": "shut it" } ] } ],
        "controls": [ { "id": "d-1.1", "title": "Locked", "props": [ { "name": "status", "value": "withdrawn" } ],
          "links": [ { "rel": "related", "href": "#x" }, { "rel": "moved-to", "href": "#d-1_smt.a" } ] } ] } ] } ] } }"##;
    let pack = pack(named("c.json", catalog));
    assert_eq!(pack.clause("d-1").unwrap().text, "Within [time]: a. shut it");
    assert_eq!(pack.clause("d-1.1").unwrap().state, State::Withdrawn { replaced_by: vec!["d-1".into()] });
    assert_eq!(active(&pack), 1);
    let profile = r#"{ "profile": { "metadata": { "title": "HOUSE LOW BASELINE" }, "imports": [ { "include-controls": [ { "with-ids": ["d-1"] } ] } ] } }"#;
    match bring("p.json", profile.as_bytes()) {
        Ok(Imported::Profile { set, ids, .. }) => {
            assert_eq!((set.as_str(), ids), ("low", BTreeSet::from(["d-1".to_owned()])));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_profile_with_its_controls_written_out_is_called_after_the_profile() {
    let catalog = |title: &str, extra: &str| {
        let text = format!(
            r#"{{ "catalog": {{ "metadata": {{ "title": "{title}", "version": "5.1.1"{extra} }}, "controls": [ {{ "id": "ac-1", "title": "Policy" }} ] }} }}"#
        );
        pack(store::import(
            &Asked { file: "c.json", bytes: text.as_bytes(), name: None, licence: Some("NIST-PD") },
            &store::built_in(),
        ))
    };
    let (tool, link) = (
        r#", "props": [ { "name": "resolution-tool", "value": "x" } ]"#,
        r#", "links": [ { "rel": "source-profile", "href": "low.xml" } ]"#,
    );
    let title = "NIST Special Publication 800-53 Revision 5.1.1 LOW IMPACT BASELINE";
    for extra in [tool, link] {
        let pack = catalog(title, extra);
        assert_eq!(pack.name.to_string(), "sp800-53-low@5.1.1");
        assert_eq!(pack.title, "Security and Privacy Controls, low baseline");
        assert!(pack.notices[0].contains("--into"), "{:?}", pack.notices);
    }
    assert_eq!(catalog("What the bank asks of us", tool).name.to_string(), "what-the-bank-asks-of-us@5.1.1");
    let whole = catalog("NIST Special Publication 800-53 Revision 5: Controls", "");
    assert_eq!((whole.name.to_string().as_str(), whole.notices.len()), ("sp800-53@5.1.1", 0));
}

#[test]
fn what_no_publisher_marked_is_taken_as_deleted_and_told() {
    let xml = r#"<?xml version="1.0"?><catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"><metadata><title>Cybersecurity Framework</title><version>1.0.0</version>
      <prop name="framework-identifier" value="CSF"/><prop name="framework-version-identifier" value="CSF_2_0_0"/></metadata>
      <group id="GV" class="function"><title>GOVERN</title><control id="GV.OC" class="category"><title>Context</title>
      <control id="GV.OC-01" class="subcategory"><title>GV.OC-01</title><part name="statement"><p>Known
        well</p></part></control>
      <control id="GV.OC-99" class="subcategory"><title>GV.OC-99</title></control></control></group></catalog>"#;
    let pack = pack(bring("csf.xml", xml.as_bytes()));
    assert_eq!(pack.name.to_string(), "csf@2.0");
    assert_eq!(pack.clause("GV.OC-01").unwrap().text, "Known well");
    assert_eq!(active(&pack), 1);
    assert!(pack.notices[0].starts_with("1 requirements of the publisher's file are not live"), "{:?}", pack.notices);
}

#[test]
fn a_requirement_of_sp_800_171_is_one_with_the_words_below_it() {
    let xml = r##"<?xml version="1.0"?><catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0"><metadata><title>Protecting</title><version>1.0.0</version>
      <prop name="framework-identifier" value="SP_800_171"/><prop name="framework-version-identifier" value="SP_800_171_3_0_0"/></metadata>
      <group id="SP_800_171_03.09" class="family"><title>People</title>
      <control id="SP_800_171_03.09.01" class="requirement"><title>Screening</title>
      <param id="P1"><label>conditions</label></param><part name="statement"/>
      <control id="SP_800_171_SR-03.09.01" class="security_requirement"><title>SR-03.09.01</title>
      <part name="statement"><p>Screen under <insert type="param" id-ref="P1"/>.</p></part></control></control>
      <control id="SP_800_171_03.09.02" class="requirement"><title>03.09.02</title><prop name="status" value="withdrawn"/>
      <link href="03.09.01" rel="incorporated_into"/></control></group></catalog>"##;
    let asked = Asked { file: "sp800-171.xml", bytes: xml.as_bytes(), name: None, licence: Some("CC0-1.0") };
    let pack = pack(store::import(&asked, &store::built_in()));
    assert_eq!(pack.name.to_string(), "sp800-171@3.0");
    let ids: Vec<&str> = pack.clauses().iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(ids, ["03.09", "03.09.01", "03.09.02"]);
    assert_eq!(active(&pack), 1);
    let clause = pack.clause("03.09.01").unwrap();
    assert_eq!((clause.title.as_str(), clause.parent.as_deref()), ("Screening", Some("03.09")));
    assert_eq!(clause.text, "Screen under [conditions] .");
    let withdrawn = State::Withdrawn { replaced_by: vec!["03.09.01".to_owned()] };
    assert_eq!(pack.clause("03.09.02").unwrap().state, withdrawn);
}

const LIBRARY: &str = "urn: urn:x:library:house
ref_id: HOUSE
copyright: CC0-1.0
version: 3
provider: We
objects:
  framework:
    ref_id: House rules
    name: What we ask
    requirement_nodes:
    - { urn: 'urn:x:doors', assessable: false, depth: 1, ref_id: D, name: Doors }
    - urn: urn:x:d1
      assessable: true
      parent_urn: urn:x:doors
      ref_id: D 1.10
      description: The door
        is shut.
      implementation_groups: [B, E]
    - { urn: 'urn:x:node3', assessable: true, parent_urn: 'urn:x:doors', name: Key, description: null, implementation_groups: [E] }
";

#[test]
fn libraries_of_ciso_assistant_have_groups_for_profiles() {
    let pack = pack(bring("house.yaml", LIBRARY.as_bytes()));
    assert_eq!((pack.name.to_string().as_str(), pack.licence.as_str()), ("house-rules@3", "CC0-1.0"));
    let lines: Vec<String> = pack.clauses().iter().map(Clause::line).collect();
    let expected = [
        r#"{"id":"D","kind":"group","title":"Doors"}"#,
        r#"{"id":"D-1.10","parent":"D","text":"The door is shut."}"#,
        r#"{"id":"node3","parent":"D","title":"Key"}"#,
    ];
    assert_eq!(lines, expected);
    assert_eq!(levels(&pack), [1, 2]);
    let wrong = |from: &str, to: &str| told(bring("house.yaml", LIBRARY.replace(from, to).as_bytes()));
    assert!(wrong("parent_urn: urn:x:doors", "parent_urn: urn:x:gone").contains("D-1.10 lies below urn:x:gone"));
    assert!(wrong("copyright: CC0-1.0", "copyright: ''").contains("`licence` is missing"));
    assert!(wrong("framework:", "risk_matrix:").contains("without a framework"));
    assert!(
        wrong("version: 3", "version: 3\nversion: 4")
            .starts_with("Some(5) it is no YAML: the key `version` is there twice")
    );
    assert!(told(bring("map.yml", b"v4.0.3-1.1.1:\n  tag-v5.0.0: MOVED TO v5.0.0-1.1.1\n")).contains("--back"));
    let list = "name: House rules\nversion: '1.10'\nlicense: CC0-1.0\nrequirements:\n- { id: 1.10, title: A door }\n";
    assert_eq!(self::pack(bring("list.yml", list.as_bytes())).name.to_string(), "house-rules@1.10");
}

#[test]
fn a_bad_file_is_told_with_its_line_and_nothing_is_imported() {
    let head = "id,level,parent\n";
    let bad = |rows: &str| told(named("bad.csv", &format!("{head}{rows}")));
    assert_eq!(bad("1,low,\n1,low,\n"), "Some(3) 1 is there twice\n");
    assert_eq!(bad("1,low,\n2,,\n"), "Some(3) 2 has no level, and the pack has levels\n");
    assert!(bad("1,low,2\n2,low,1\n").contains("circle"));
    assert_eq!(bad("1,low,9\n"), "Some(2) 1 lies below 9, which is not there\n");
    assert!(told(named("bad.json", "{ \"requirements\": [\n{ ]")).starts_with("Some(2) it is no JSON"));
    assert!(told(named("bad.json", "{ \"cows\": [] }")).contains("no framework that is known"));
    assert!(told(named("bad.csv", "colour,size\nred,1\n")).starts_with("Some(1) none of its columns"));
    assert!(told(bring("bad.csv", b"id\n1\n")).contains("does not say which framework"));
    let asked = Asked { file: "x.csv", bytes: b"id\n1\n", name: Name::parse("x@1"), licence: None };
    assert!(told(store::import(&asked, &store::built_in())).contains("`licence` is missing"));
    assert!(told(bring("large.json", &vec![b' '; store::LARGEST + 1])).contains("bytes"));
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(told(named("deep.json", &deep)).contains("recursion limit"));
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><catalog>&b;</catalog>";
    assert!(told(named("laughs.xml", laughs)).contains("it is no XML that can be read"));
}

/// One bridge as the repository of OpenCRE has it, as its API says it, and as its spreadsheet does.
const REPOSITORY: &str = "doctype: CRE\nid: 002-630\nname: New session\nlinks:\n- document:\n    doctype: CRE\n    id: 716-526\n    name: Tokens\n  ltype: Contains\n- document:\n    doctype: Standard\n    hyperlink: https://example.org/ASVS/blob/v4.0.3/4.0/en/x.md\n    name: ASVS\n    section: Words of their publisher\n    sectionID: V3.2.1\n  ltype: Linked To\n- document:\n    doctype: Standard\n    name: NIST 800-53 v5\n    section: SC-23(3) Session Authenticity\n  ltype: Linked To\n- document:\n    doctype: Standard\n    name: OWASP Cheat Sheets\n    section: Session Cheat Sheet\n  ltype: Linked To\n---\ndoctype: CRE\nid: 716-526\nname: Tokens\nlinks:\n- document:\n    doctype: Standard\n    name: CWE\n    section: ''\n    sectionID: '384'\n  ltype: Linked To\n";
const API: &str = r#"{ "data": [
  { "doctype": "CRE", "id": "002-630", "name": "New session", "links": [
    { "ltype": "Linked To", "document": { "doctype": "Standard", "name": "NIST 800-53 v5", "section": "SC-23(3)" } },
    { "ltype": "Linked To", "document": { "doctype": "Standard", "name": "OWASP Cheat Sheets", "section": "Session Cheat Sheet" } } ] },
  { "doctype": "Standard", "name": "CWE", "sectionID": "384", "links": [ { "ltype": "Linked To", "document": { "doctype": "CRE", "id": "716-526", "name": "Tokens" } } ] } ],
  "standards": [ { "doctype": "Standard", "name": "ASVS", "sectionID": "V3.2.1", "version": "v4.0.3",
    "links": [ { "ltype": "Linked To", "document": { "doctype": "CRE", "id": "002-630", "name": "New session" } } ] } ] }"#;
const SPREADSHEET: &str = "CRE 0,CRE 1,CRE Description,ASVS|id,ASVS|name,ASVS|version,CWE|id,CWE|name,NIST 800-53 v5|name,OWASP Cheat Sheets|name\n\
    002-630|New session,,,V3.2.1,Words,4.0.3,,,SC-23(3) Session Authenticity,Session Cheat Sheet\n\
    002-630|New session,716-526|Tokens,,,,,384,,,\n";

#[test]
fn a_bridge_holds_numbers_and_the_words_of_no_other_standard() {
    let name = Name::parse("opencre@2026-11-27");
    let read = |file: &str, text: &str| {
        pack(store::import(
            &Asked { file, bytes: text.as_bytes(), name: name.clone(), licence: None },
            &store::built_in(),
        ))
    };
    let packs = [read("cres.yaml", REPOSITORY), read("cres.json", API), read("cres.csv", SPREADSHEET)];
    let lines = |pack: &Pack| pack.clauses().iter().map(Clause::line).collect::<Vec<_>>();
    assert_eq!(
        lines(&packs[0]),
        [
            r#"{"id":"002-630","refs":{"asvs@4.0.3":["V3.2.1"],"sp800-53@5":["SC-23.3"]},"title":"New session"}"#,
            r#"{"id":"716-526","refs":{"cwe":["384"]},"title":"Tokens"}"#,
        ]
    );
    for pack in &packs {
        assert_eq!(lines(pack), lines(&packs[0]));
        assert_eq!((pack.licence.as_str(), pack.publisher.as_str()), ("CC0-1.0", "OWASP Foundation"));
        assert_eq!(pack.notices, ["1 links that name no number are left out"]);
    }
    assert!(told(bring("cres.yaml", REPOSITORY.as_bytes())).contains("--as opencre@2026-11-27"));
    let bare = r#"[{ "doctype": "CRE", "id": "1", "name": "n", "links": [] }]"#;
    assert!(told(bring("cres.json", bare.as_bytes())).contains("it links its entries with nothing"));
}

#[test]
fn the_real_bridge_leads_to_what_there_is() {
    let Some(corpus) = tier::corpus(1) else { return };
    let mut paths: Vec<_> =
        std::fs::read_dir(corpus.join("truth/opencre/cres")).unwrap().map(|one| one.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let text = texts.join("\n---\n");
    let asked = Asked { file: "cres.yaml", bytes: text.as_bytes(), name: Name::parse("opencre@1"), licence: None };
    let hub = pack(store::import(&asked, &store::built_in()));
    assert_eq!(active(&hub), 427);
    let library = store::built_in();
    let old = library.pack(&Name::parse("asvs@4.0.3").unwrap()).unwrap();
    let linked: BTreeSet<&String> = hub.active().filter_map(|entry| entry.refs.get("asvs@4.0.3")).flatten().collect();
    let known = linked.iter().filter(|id| old.clause(id).is_some()).count();
    tier::say(&format!(
        "opencre: {} entries, {} numbers of asvs@4.0.3, {known} of them known",
        active(&hub),
        linked.len()
    ));
    assert_eq!(known, linked.len());
    assert!(hub.clauses().iter().all(|entry| entry.text.is_empty()));
}

fn file(corpus: &Path, path: &str) -> Result<Imported, Vec<Fault>> {
    let path = corpus.join("frameworks").join(path);
    bring(&path.file_name().unwrap().to_string_lossy(), &std::fs::read(&path).unwrap())
}

fn levels(pack: &Pack) -> Vec<usize> {
    let count = |level: &str| pack.active().filter(|clause| pack.asks(Some(level), clause) == Some(true)).count();
    pack.levels.names().into_iter().map(count).collect()
}

#[test]
fn every_form_of_asvs_5_gives_the_same_pack() {
    let Some(corpus) = tier::corpus(1) else { return };
    let stem = "asvs/5.0/OWASP_Application_Security_Verification_Standard_5.0.0_en";
    let forms = ["csv", "legacy.csv", "json", "legacy.json", "flat.json", "flat.legacy.json", "cdx.json"];
    let packs: Vec<Pack> = forms.iter().map(|form| pack(file(&corpus, &format!("{stem}.{form}")))).collect();
    for (form, pack) in forms.iter().zip(&packs) {
        assert_eq!(pack.name.to_string(), "asvs@5.0.0", "{form}");
        assert_eq!((active(pack), levels(pack)), (345, vec![70, 253, 345]), "{form}");
        for (one, other) in packs[0].clauses().iter().zip(pack.clauses()) {
            assert_eq!(one.line(), other.line(), "{form}");
        }
        assert_eq!(pack.digest(), packs[0].digest(), "{form}");
    }
    tier::say(&format!("asvs 5.0.0: {} forms, one digest {}", forms.len(), &packs[0].digest()[..12]));
    assert!(
        told(file(&corpus, &format!("{stem}.cdx.AS-RELEASED-levels-empty.json")))
            .contains("levels list no requirement")
    );
    assert_eq!(active(&pack(file(&corpus, "cyclonedx/asvs-5.0.0.cdx.json"))), 345);
}

#[test]
fn every_form_of_asvs_4_has_278_and_8() {
    let Some(corpus) = tier::corpus(1) else { return };
    let stem = "asvs/4.0.3/OWASP_Application_Security_Verification_Standard_4.0.3-en";
    let forms = ["csv", "json", "flat.json"].map(|form| format!("{stem}.{form}"));
    for form in forms.into_iter().chain(["cyclonedx/asvs-4.0.3.cdx.json".to_owned()]) {
        let pack = pack(file(&corpus, &form));
        let deleted = pack.clauses().iter().filter(|clause| clause.state == State::Deleted).count();
        assert_eq!((active(&pack), deleted, levels(&pack)), (278, 8, vec![128, 259, 278]), "{form}");
        assert!(pack.active().all(|clause| !clause.text.ends_with(')') || !clause.text.contains("](http")), "{form}");
    }
}

#[test]
fn oscal_catalogues_and_profiles_come_in_whole() {
    let Some(corpus) = tier::corpus(1) else { return };
    let catalogue = pack(file(&corpus, "oscal/NIST_SP-800-53_rev5.0.1_full_catalog.trestle-test.json"));
    assert_eq!(catalogue.name.to_string(), "sp800-53@5.0.1");
    let heads: BTreeSet<&str> = catalogue
        .clauses()
        .iter()
        .filter(|clause| clause.kind == Kind::Group)
        .map(|clause| clause.id.as_str())
        .collect();
    let base = |clause: &&Clause| clause.parent.as_deref().is_some_and(|parent| heads.contains(parent));
    let bases = catalogue.active().filter(base).count();
    let withdrawn = catalogue.clauses().iter().filter(|clause| matches!(clause.state, State::Withdrawn { .. })).count();
    assert_eq!((bases, active(&catalogue) - bases, withdrawn), (298, 709, 182));
    assert!(catalogue.active().all(|clause| !clause.text.contains("{{")));
    for (name, count) in [("LOW", 149), ("MODERATE", 287), ("HIGH", 370), ("PRIVACY", 96)] {
        match file(&corpus, &format!("oscal/NIST_SP-800-53_rev5_{name}-baseline_profile.json")) {
            Ok(Imported::Profile { set, ids, .. }) => {
                assert_eq!((set, ids.len()), (name.to_lowercase(), count));
                assert!(ids.iter().all(|id| catalogue.clause(id).is_some()), "{name}");
            }
            other => panic!("{other:?}"),
        }
    }
    let low = pack(file(&corpus, "oscal/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"));
    assert_eq!((low.name.to_string().as_str(), active(&low)), ("sp800-53-low@5.1.1+u4", 149));
    tier::say("oscal: 298 + 709 active, 182 withdrawn; profiles 149, 287, 370, 96 resolve");
}

#[test]
fn the_xml_of_csf_tells_of_79_and_the_others_come_in() {
    let Some(corpus) = tier::corpus(1) else { return };
    let csf = pack(file(&corpus, "oscal/NIST_CSF_v2.0_catalog.xml"));
    assert_eq!(csf.name.to_string(), "csf@2.0");
    assert_eq!(active(&csf), 106);
    assert!(csf.notices[0].starts_with("79 "), "{:?}", csf.notices);
    assert!(csf.active().all(|clause| !clause.text.is_empty() && clause.scope == Scope::Component));
    for path in [
        "oscal/NIST_SP800-171_rev3_catalog.xml",
        "oscal/basic-catalog.json",
        "cyclonedx/masvs-2.1.0.cdx.json",
        "cyclonedx/scvs-1.0.0.cdx.json",
        "cyclonedx/nist_secure-software-development-framework_1.1.cdx.json",
    ] {
        match file(&corpus, path) {
            Ok(Imported::Pack(pack)) => tier::say(&format!("{path}: {} {}", pack.name, active(&pack))),
            Ok(other) => panic!("{path}: {other:?}"),
            // What its file does not say, a person has to.
            Err(faults) => assert!(faults.iter().all(|fault| fault.message.contains("missing")), "{path}: {faults:?}"),
        }
    }
}
