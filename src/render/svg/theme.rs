//! Colours by class, once for a light page and once for a dark one.

/// Class, property, light, dark.
const COLOURS: [(&str, &str, &str, &str); 18] = [
    ("paper", "fill", "#ffffff", "#0d1117"),
    ("ink", "fill", "#1f2328", "#f0f6fc"),
    ("dim", "fill", "#59636e", "#9198a1"),
    ("wall", "fill", "#f6f8fa", "#151b23"),
    ("wall", "stroke", "#59636e", "#9198a1"),
    ("card", "fill", "#ffffff", "#0d1117"),
    ("card", "stroke", "#d1d9e0", "#3d444d"),
    ("asset", "fill", "#0969da", "#58a6ff"),
    ("foe", "fill", "#fff5f5", "#25171c"),
    ("foe", "stroke", "#cf222e", "#f85149"),
    ("attack", "stroke", "#cf222e", "#f85149"),
    ("attack-tip", "fill", "#cf222e", "#f85149"),
    ("door", "stroke", "#59636e", "#9198a1"),
    ("critical", "fill", "#ff8a80", "#b62324"),
    ("high", "fill", "#ffb74d", "#9a5b13"),
    ("medium", "fill", "#fff176", "#7d6b12"),
    ("low", "fill", "#aed581", "#2f6f37"),
    ("unrated", "fill", "#cfd8dc", "#3d444d"),
];

/// What follows from a class in either light.
const SHAPES: &str = ".wall{stroke-dasharray:6 4}.ghost{stroke-dasharray:3 3}.attack,.door{fill:none;stroke-width:1.5}\
.door{stroke-dasharray:6 4}.bold{font-weight:600}.faint{fill-opacity:.3}";

/// Readable in all usual fonts; none is wider than what text is measured with.
const FONTS: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,Helvetica,Arial,\"DejaVu Sans\",sans-serif";

/// The style sheet of a picture.
pub(super) fn css() -> String {
    let rule = |class: &str, property: &str, colour: &str| format!(".{class}{{{property}:{colour}}}");
    let light: String = COLOURS.iter().map(|(class, property, light, _)| rule(class, property, light)).collect();
    let dark: String = COLOURS.iter().map(|(class, property, _, dark)| rule(class, property, dark)).collect();
    format!("text{{font-family:{FONTS}}}{SHAPES}\n{light}\n@media (prefers-color-scheme:dark){{{dark}}}")
}
