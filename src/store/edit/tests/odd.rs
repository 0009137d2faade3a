//! Byte-order marks, CRLF, missing line ends, quoted keys, comments in every corner.

use super::*;

const ODD: &str = "\u{feff}# top\r\nformat = 1\r\n  id='shop'   # the id\r\n\r\n[ assets . \"A1\" ] # first\r\n\r\n  \"name\"   =  'n'\t# its name\r\n  # about components\r\n  components = [\r\n    \"CMP1\", # one\r\n    # two is gone\r\n  ]\r\n\r\n# T1\r\n[attackers.T1]\r\nposition = \"p\"";

#[test]
fn an_odd_file_keeps_its_ways() {
    let to = Some(texts(&["CMP1", "CMP3"]));
    let text = after(MODEL, ODD, &[set(entity("A1"), "components", to)]);
    assert_eq!(text, ODD.replace("# one\r\n", "# one\r\n    \"CMP3\",\r\n"));
    let text = after(MODEL, ODD, &[set(entity("A1"), "description", Some(Value::text("a\nb")))]);
    let want = ODD.replace("# its name\r\n", "# its name\r\n  description = \"\"\"\r\na\r\nb\"\"\"\r\n");
    assert_eq!(text, want);
    let text = after(MODEL, ODD, &[set(entity("T1"), "capability", Some(Value::text("c")))]);
    assert_eq!(text, ODD.replace("[attackers.T1]\r\n", "[attackers.T1]\r\ncapability = \"c\"\r\n"));
    let text = after(MODEL, ODD, &[set(entity("T1"), "rationale", Some(Value::text("r")))]);
    assert_eq!(text, format!("{ODD}\r\nrationale = \"r\"\r\n"));
}

#[test]
fn a_cleared_field_leaves_its_comments() {
    let text = after(MODEL, ODD, &[set(entity("A1"), "components", None), set(entity("A1"), "name", None)]);
    let from = ODD.find("  \"name\"").expect("there");
    let to = ODD.find("\r\n# T1").expect("there");
    let want = "  # its name\r\n  # about components\r\n  # one\r\n  # two is gone\r\n";
    assert_eq!(text, format!("{}{want}{}", &ODD[..from], &ODD[to..]));
}

#[test]
fn a_list_that_grows_long_goes_over_lines() {
    let all: Vec<String> = (1..=20).map(|n| format!("CMP{n}")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let text = format!("{HEAD}[assets.A1]\ncomponents = [\"CMP1\"] # mine\n");
    let text = after(MODEL, &text, &[set(entity("A1"), "components", Some(texts(&all)))]);
    assert!(text.contains("components = [\n  \"CMP1\",\n  \"CMP2\",\n") && text.ends_with("\n] # mine\n"), "{text}");
}

#[test]
fn a_file_that_does_not_parse_is_refused() {
    let mut files = workspace(&[(MODEL, HEAD)]);
    let model = files.models.edit(&shop()).expect("shop");
    let id = Id::parse("A1").expect("legal");
    model.entities.insert(id, crate::model::Entity::new(id));
    let change = set(entity("A1"), "name", Some(Value::text("n")));
    let absent = Refused::Absent { path: MODEL.to_owned(), subject: entity("A1") };
    assert_eq!(plan(&files, "threat-models", std::slice::from_ref(&change)), Err(absent));
    let broken = crate::store::Content::Bytes((*b"[assets.A1\n").into());
    files.sources.get_mut(MODEL).expect("there").content = broken;
    assert!(matches!(plan(&files, "threat-models", &[change]), Err(Refused::Unreadable { .. })));
}

#[test]
fn patches_are_made_together_or_not_at_all() {
    use crate::finding::Patch;
    use crate::store::patched;
    let files = workspace(&[(MODEL, HEAD)]);
    let patch =
        |span: std::ops::Range<usize>, text: &str| Patch { path: MODEL.to_owned(), span, text: text.to_owned() };
    let writes = patched(&files, &[patch(11..11, "x = 1\n"), patch(0..0, "# top\n")]).expect("made");
    assert_eq!(writes[0].after, b"# top\nformat = 1\nx = 1\nid = \"shop\"\n");
    let refused = Err(Refused::Patch { path: MODEL.to_owned() });
    assert_eq!(patched(&files, &[patch(0..4, ""), patch(3..6, "")]), refused);
    assert_eq!(patched(&files, &[patch(0..400, "")]), refused);
}

#[test]
fn a_control_in_the_wrong_file_is_edited_where_it_is() {
    let text = format!("{HEAD}[controls.C1]\ndescription = \"d\"\n");
    let change = set(entity("C1"), "status", Some(Value::text("implemented")));
    let files = edited(&[(MODEL, &text)], std::slice::from_ref(&change)).expect("performed");
    assert_eq!(files.get(MODEL), Some(&format!("{text}status = \"implemented\"\n")));
    let files = edited(&[(MODEL, &text), (CONTROLS, "")], &[change]).expect("performed");
    assert_eq!(files.len(), 1);
}
