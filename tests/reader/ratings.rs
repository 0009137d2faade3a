//! Factors, levels and properties.

use super::{MODEL, TOP, holds, model, repairs};

fn asset(properties: &str, impact: &str) -> redan::store::Workspace {
    model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\nproperties = {properties}\nimpact = {{ {impact} }}\n"))
}

#[test]
fn levels_are_the_factors_own() {
    holds(
        &asset("[\"C\"]", "blast_radius = \"huge\""),
        &[
            "factor_value 9:27 `blast_radius` of A1 cannot be `huge` | it is one of: isolated, multiplicative, cascading",
        ],
    );
    holds(
        &asset("{ C = \"medium\" }", ""),
        &["factor_value 8:20 `C` of A1 cannot be `medium` | it is one of: low, high"],
    );
    holds(
        &asset("{ C = 1 }", "regulatory = true"),
        &[
            "value_type 8:20 `C` of A1 must be a text in quotes, not a number",
            "value_type 9:25 `regulatory` of A1 must be a text in quotes, not true or false",
        ],
    );
    repairs(
        &asset("[\"C\"]", "blast_radius = \"isolatd\""),
        MODEL,
        "factor_value 9:27 `blast_radius` of A1 cannot be `isolatd` | did you mean `isolated`? it is one of: isolated, multiplicative, cascading",
        ["isolatd", "isolated"],
    );
    repairs(
        &asset("[\"C\"]", "blast_radius = \"Cascading\""),
        MODEL,
        "factor_value 9:27 `blast_radius` of A1 cannot be `Cascading` | did you mean `cascading`? it is one of: isolated, multiplicative, cascading",
        ["Cascading", "cascading"],
    );
}

#[test]
fn none_is_no_level_of_a_property() {
    repairs(
        &asset("{ C = \"high\", I = \"none\" }", ""),
        MODEL,
        "factor_value 8:32 `I` of A1 cannot be `none` | an unlisted property is none: leave it out",
        [", I = \"none\"", ""],
    );
    repairs(
        &asset("{ I = \"none\", C = \"high\" }", ""),
        MODEL,
        "factor_value 8:20 `I` of A1 cannot be `none` | an unlisted property is none: leave it out",
        ["I = \"none\", ", ""],
    );
    repairs(
        &asset("{ I = \"none\" }", ""),
        MODEL,
        "factor_value 8:20 `I` of A1 cannot be `none` | an unlisted property is none: leave it out",
        ["I = \"none\"", ""],
    );
}

#[test]
fn factors_have_their_table() {
    holds(
        &asset("{ X = \"high\" }", "vector = \"network\""),
        &[
            "factor_value 8:16 `X` is no factor of `properties` of A1 | factors here: C, I, A, U",
            "factor_value 9:12 `vector` is no factor of `impact` of A1 | it belongs to `likelihood`",
        ],
    );
    holds(
        &asset("[\"C\", \"X\"]", "C = \"high\""),
        &[
            "factor_value 8:20 `X` is no security property | properties are C confidentiality, I integrity, A availability, U usage",
            "factor_value 9:12 `C` is no factor of `impact` of A1 | it belongs to `properties`",
        ],
    );
    repairs(
        &asset("{ c = \"high\" }", ""),
        MODEL,
        "factor_value 8:16 `c` is no factor of `properties` of A1 | did you mean `C`? factors here: C, I, A, U",
        ["c = ", "C = "],
    );
    repairs(
        &asset("[\"integrity\"]", ""),
        MODEL,
        "factor_value 8:15 `integrity` is no security property | properties are C confidentiality, I integrity, A availability, U usage",
        ["integrity", "I"],
    );
    repairs(
        &asset("[\"C\"]", "blastradius = \"isolated\""),
        MODEL,
        "factor_value 9:12 `blastradius` is no factor of `impact` of A1 | did you mean `blast_radius`? factors here: blast_radius, recoverability, regulatory",
        ["blastradius", "blast_radius"],
    );
    holds(&asset("{ C = \"high\", I = \"\" }", ""), &[]);
}

#[test]
fn revisions_set_factors_too() {
    let rows = "[[assets.A1.revisions]]\nset = { C = \"none\", privileges = \"low\", regulatory = \"legal\" }\n";
    holds(
        &model(&format!("{TOP}[assets.A1]\nname = \"Tokens\"\n\n{rows}")),
        &[
            "factor_value 10:13 `C` of A1 cannot be `none` | an unlisted property is none: leave it out",
            "factor_value 10:21 `privileges` is no factor of `set` of A1 | it belongs to `likelihood`",
        ],
    );
}
