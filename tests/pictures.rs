//! Pictures: no label on another, nothing outside, and nobody's text is markup. `tests/tools/pictures.sh` asks a real browser the same.

use std::path::PathBuf;

use redan::assess::{View, assess};
use redan::model::{Body, Model};
use redan::render::{Face, width};
use redan::report::{diagram, matrix};
use redan::store::{Settings, disk};

use crate::arbitrary::{self, Dice};
use crate::tier;

/// A line of text as it is drawn at most.
struct Label {
    text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

fn attribute<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let start = line.find(&format!(" {name}=\""))? + name.len() + 3;
    line[start..].split('"').next()
}

fn number(line: &str, name: &str) -> f64 {
    attribute(line, name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name} in {line}"))
}

fn labels(svg: &str) -> Vec<Label> {
    let lines = svg.lines().filter(|line| line.starts_with("<text "));
    lines.map(label).collect()
}

fn label(line: &str) -> Label {
    let (start, rest) = line.split_once('>').unwrap();
    let text = rest.strip_suffix("</text>").unwrap();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    let text = text.replace("&amp;", "&");
    let face = Face { size: number(start, "font-size"), bold: attribute(start, "class").unwrap().contains("bold") };
    let (x, y, wide) = (number(start, "x"), number(start, "y"), width(&text, face));
    let left = if attribute(start, "text-anchor") == Some("middle") { x - wide / 2.0 } else { x };
    Label { text, left, top: y - face.size * 0.8, right: left + wide, bottom: y + face.size * 0.2 }
}

fn judge(name: &str, svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
    let known =
        ["<svg", "<title", "<desc", "<style", ".", "@media", "<rect", "<g>", "</g>", "<circle", "<text", "<path"];
    for line in svg.lines() {
        let fine = known.iter().chain(&["<polygon", "</svg>"]).any(|start| line.starts_with(start));
        assert!(fine, "{name}: {line}");
        let tags = line.matches('<').count();
        assert!(tags <= 2 || line.starts_with("<g><title>") && tags == 3, "{name}: {line}");
    }
    assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count(), "{name}");
    let (across, down) = (number(svg, "width"), number(svg, "height"));
    let labels = labels(svg);
    for (at, one) in labels.iter().enumerate() {
        let inside = one.left >= 0.0 && one.right <= across && one.top >= 0.0 && one.bottom <= down;
        assert!(inside, "{name}: `{}` leaves the picture", one.text);
        for other in &labels[..at] {
            let apart = one.left >= other.right
                || other.left >= one.right
                || one.top >= other.bottom
                || other.top >= one.bottom;
            assert!(apart, "{name}: `{}` lies on `{}`", one.text, other.text);
        }
    }
}

fn example(name: &str) -> Model {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let settings = Settings::default();
    let read = redan::store::read(disk::gather(&root, &settings).unwrap(), &settings);
    read.models.into_values().next().unwrap()
}

fn both(name: &str, model: &Model) {
    judge(name, &diagram::svg(model));
    let today = jiff::civil::date(2026, 11, 20);
    judge(name, &matrix::svg(&assess(model, View::on(today)), "2026-11-20"));
    assert_eq!(diagram::svg(model), diagram::svg(&model.clone()), "{name}: the same model, the same bytes");
}

#[test]
fn no_label_lies_on_another_in_the_examples() {
    ["payment-api", "support-agent", "small"].iter().for_each(|name| both(name, &example(name)));
}

#[test]
fn no_label_lies_on_another_in_any_model() {
    let mut dice = Dice::new(7);
    for case in 0..tier::cases(40, 2_000) {
        both(&format!("model {case}"), &arbitrary::model(&mut dice));
    }
}

#[test]
fn nobodys_text_is_markup() {
    let hostile = "</text></svg><script>alert(1)</script>&amp;\"'\u{202e}\u{0}\u{1b}[31m ]]> <!-- x";
    let mut model = example("payment-api");
    model.head.name = hostile.to_owned();
    for entity in model.entities.values_mut() {
        match &mut entity.body {
            Body::Asset(asset) => asset.name = hostile.to_owned(),
            Body::Attacker(attacker) => attacker.capability = hostile.to_owned(),
            Body::Boundary(boundary) => boundary.name = hostile.to_owned(),
            Body::Component(component) => component.name = hostile.to_owned(),
            _ => {}
        }
    }
    both("hostile", &model);
    for svg in [diagram::svg(&model), matrix::svg(&assess(&model, View::on(jiff::civil::date(2026, 11, 20))), "today")]
    {
        assert!(!svg.contains("<script") && !svg.contains("<!--") && !svg.contains(['\u{202e}', '\u{0}', '\u{1b}']));
    }
}
