//! One field of one entity in every shape TOML lets people write it in.

use super::*;

fn covers(groups: &[(&str, Value)]) -> Change {
    set(entity("C1"), "covers", Some(map(groups)))
}

fn line(asset: &str, attackers: &[&str]) -> Value {
    map(&[(asset, texts(attackers))])
}

#[test]
fn a_line_of_covers_changes_alone() {
    let text =
        "[controls.C1]\ndescription = \"d\"\n\n[controls.C1.covers.1]\nA1 = [\"T1\",  \"T2\"] # why\nA3 = [ \"T1\" ]\n";
    let change = covers(&[("1", map(&[("A1", texts(&["T1", "T2", "T4"])), ("A3", texts(&["T1"]))]))]);
    assert_eq!(after(CONTROLS, text, &[change]), text.replace("\"T2\"]", "\"T2\",  \"T4\"]"));
}

#[test]
fn a_new_group_goes_by_its_number() {
    let text =
        "[controls.C1]\n\n[controls.C1.covers.2]\nA1 = [\"T1\"]\n\n[[controls.C1.evidence]]\nkind = \"file_exists\"\n";
    let two = ("2", line("A1", &["T1"]));
    let first = after(CONTROLS, text, &[covers(&[("1", line("A2", &["T1"])), two.clone()])]);
    let group = "[controls.C1.covers.1]\nA2 = [\"T1\"]\n\n";
    assert_eq!(first, text.replace("[controls.C1.covers.2]", &format!("{group}[controls.C1.covers.2]")));
    let last = after(CONTROLS, text, &[covers(&[two, ("depth", line("A2", &["T1"]))])]);
    assert_eq!(last, text.replace("[[contr", "[controls.C1.covers.depth]\nA2 = [\"T1\"]\n\n[[contr"));
}

#[test]
fn covers_keep_the_shape_they_were_written_in() {
    let two = [("1", line("A1", &["T1"])), ("2", line("A2", &["T3"]))];
    let shapes = [
        (
            "[controls.C1]\ncovers = { 1 = { A1 = [\"T1\"] } }\n",
            "[controls.C1]\ncovers = { 1 = { A1 = [\"T1\"] }, 2 = { A2 = [\"T3\"] } }\n",
        ),
        (
            "[controls.C1]\ncovers.1.A1 = [\"T1\"]\nstatus = \"implemented\"\n",
            "[controls.C1]\ncovers.1.A1 = [\"T1\"]\ncovers.2 = { A2 = [\"T3\"] }\nstatus = \"implemented\"\n",
        ),
        (
            "[controls.C1.covers]\n1 = { A1 = [\"T1\"] } # one\n",
            "[controls.C1.covers]\n1 = { A1 = [\"T1\"] } # one\n2 = { A2 = [\"T3\"] }\n",
        ),
        (
            "[controls.C1.covers.1]\nA1 = [\"T1\"]",
            "[controls.C1.covers.1]\nA1 = [\"T1\"]\n\n[controls.C1.covers.2]\nA2 = [\"T3\"]\n",
        ),
        (
            "[controls]\nC1 = { covers = { 1 = { A1 = [\"T1\"] } } }\n",
            "[controls]\nC1 = { covers = { 1 = { A1 = [\"T1\"] }, 2 = { A2 = [\"T3\"] } } }\n",
        ),
        (
            "controls.C1.covers.1.A1 = [\"T1\"]\n",
            "controls.C1.covers.1.A1 = [\"T1\"]\ncontrols.C1.covers.2 = { A2 = [\"T3\"] }\n",
        ),
    ];
    for (text, want) in shapes {
        assert_eq!(after(CONTROLS, text, &[covers(&two)]), want);
        let one = covers(&two[..1]);
        let back = after(CONTROLS, want, &[one]);
        assert_eq!(back.trim_end(), text.trim_end());
    }
}

#[test]
fn a_key_goes_before_the_tables_below_its_entity() {
    let text = "[assets.A1]\nname = \"n\" # its name\n\n# rated twice\n[[assets.A1.revisions]]\nby = \"a\"\n";
    let text = format!("{HEAD}{text}");
    let change =
        set(entity("A1"), "removed", Some(map(&[("by", Value::text("ada")), ("reason", Value::text("gone"))])));
    let want = text.replace("its name\n", "its name\nremoved = { by = \"ada\", reason = \"gone\" }\n");
    assert_eq!(after(MODEL, &text, &[change]), want);
    let change = set(entity("A1"), "description", Some(Value::text("d")));
    assert_eq!(after(MODEL, &text, &[change]), text.replace("its name\n", "its name\ndescription = \"d\"\n"));
}

#[test]
fn rows_are_appended_in_the_shape_that_is_there() {
    let row = map(&[("by", Value::text("b"))]);
    let push = change(entity("A1"), Act::Push { rows: "revisions", row });
    let inline = format!("{HEAD}[assets.A1]\nrevisions = [{{ by = \"a\" }}]\n");
    assert_eq!(after(MODEL, &inline, std::slice::from_ref(&push)), inline.replace(" }]", " }, { by = \"b\" }]"));
    let tables = format!(
        "{HEAD}[assets.A1]\n\n[[assets.A1.revisions]]\nby = \"a\"\n[assets.A1.revisions.set]\nC = \"low\"\n\n# next\n[assets.A2]\n"
    );
    let want = tables.replace("\n# next", "\n[[assets.A1.revisions]]\nby = \"b\"\n\n# next");
    assert_eq!(after(MODEL, &tables, std::slice::from_ref(&push)), want);
    let none = format!("{HEAD}[assets.A1]\nname = \"n\"\n[assets.A2]\n");
    let want = none.replace("\"n\"\n", "\"n\"\n\n[[assets.A1.revisions]]\nby = \"b\"\n\n");
    assert_eq!(after(MODEL, &none, &[push]), want);
}

#[test]
fn a_renamed_row_is_inline() {
    let push = |by| change(entity("A1"), Act::Push { rows: "renamed", row: map(&[("by", Value::text(by))]) });
    let text = format!("{HEAD}[assets.A1]\nname = \"n\"\n");
    let want = format!("{text}renamed = [\n  {{ by = \"a\" }},\n  {{ by = \"b\" }},\n]\n");
    assert_eq!(after(MODEL, &text, &[push("a"), push("b")]), want);
}

#[test]
fn one_property_changes_alone() {
    let text = format!("{HEAD}[assets.A1]\nproperties = {{C=\"high\",   I = 'low' }} # both\n");
    let to = map(&[("C", Value::text("high")), ("I", Value::text("high"))]);
    assert_eq!(after(MODEL, &text, &[set(entity("A1"), "properties", Some(to))]), text.replace("'low'", "\"high\""));
    let to = map(&[("C", Value::text("high")), ("I", Value::text("low")), ("A", Value::text("low"))]);
    let want = text.replace("'low' }", "'low',   A = \"low\" }");
    assert_eq!(after(MODEL, &text, &[set(entity("A1"), "properties", Some(to))]), want);
}

#[test]
fn a_table_of_its_own_is_edited_in_place() {
    let text =
        format!("{HEAD}[assets.A1.properties]\nC = \"high\" # c\n# i\nI = \"low\"\n\n[assets.A1]\nname = \"n\"\n");
    let to = map(&[("C", Value::text("high"))]);
    assert_eq!(after(MODEL, &text, &[set(entity("A1"), "properties", Some(to))]), text.replace("I = \"low\"\n", ""));
    let list = after(MODEL, &text, &[set(entity("A1"), "properties", Some(texts(&["C"])))]);
    assert_eq!(list, format!("{HEAD}# c\n# i\n\n[assets.A1]\nname = \"n\"\nproperties = [\"C\"]\n"));
}

#[test]
fn what_is_set_already_is_not_written() {
    let text = format!("{HEAD}[assets.A1]\nname='n'\ncomponents = [ \"CMP2\",\"CMP1\" ]\nproperties = []\n");
    let same = [
        set(entity("A1"), "name", Some(Value::text("n"))),
        set(entity("A1"), "components", Some(texts(&["CMP1", "CMP2"]))),
        set(entity("A1"), "properties", None),
    ];
    assert_eq!(edited(&[(MODEL, &text)], &same).map(|files| files.len()), Ok(0));
}
