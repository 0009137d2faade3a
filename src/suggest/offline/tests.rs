use super::*;
use crate::model::{Body, Kind, Model};
use crate::suggest::{Mention, Subject, Text};

fn brief(content: &str) -> Brief {
    let text = Text { path: "about.md".to_owned(), content: content.to_owned() };
    Brief { texts: vec![text], ..Brief::default() }
}

fn model(content: &str) -> Model {
    Offline.generate(&brief(content)).unwrap().model
}

fn titles(model: &Model, kind: Kind) -> Vec<&str> {
    model.of_kind(kind).map(crate::model::Entity::title).collect()
}

const SHOP: &str = "# Corner shop\n\nA web app in Django keeps orders in PostgreSQL. People log in with a password.\n";

#[test]
fn what_is_named_is_there_and_says_where() {
    let model = model(SHOP);
    let parts = titles(&model, Kind::Component);
    assert_eq!(
        parts,
        ["Web application (Django)", "Order management", "Relational database (PostgreSQL)", "Login service"]
    );
    let database = model.of_kind(Kind::Component).nth(2).unwrap();
    assert_eq!(database.life.rationale, "about.md:3 says “PostgreSQL”");
    assert!(titles(&model, Kind::Asset).contains(&"Login credentials"));
    assert!(model.entities.values().all(|entity| entity.life.source == "offline"));
    let told = |entity: &&crate::model::Entity| entity.id.kind != Kind::Boundary && entity.life.rationale.is_empty();
    assert_eq!(model.entities.values().filter(told).map(|entity| entity.id).collect::<Vec<_>>(), []);
}

#[test]
fn the_same_text_gives_the_same_model() {
    assert_eq!(model(SHOP), model(SHOP));
}

#[test]
fn what_is_denied_stays_out_and_is_told() {
    let text = "A web app takes orders. No card numbers are stored, and there is no mobile app.";
    let proposal = Offline.generate(&brief(text)).unwrap();
    assert!(!titles(&proposal.model, Kind::Asset).contains(&"Card data"));
    assert!(!titles(&proposal.model, Kind::Component).contains(&"Mobile app"));
    let told = "left out: Mobile app, since about.md:1 says that “mobile app” is not there";
    assert!(proposal.notes.iter().any(|note| note == told), "{:?}", proposal.notes);
}

#[test]
fn a_text_without_a_system_is_refused() {
    for text in ["", "Lorem ipsum dolor sit amet.", "# A title\n\nWe like cheese."] {
        assert_eq!(Offline.generate(&brief(text)), Err(EngineError::Nothing), "{text}");
    }
}

#[test]
fn what_a_file_names_keeps_its_own_name() {
    let named = |name: &str, line| Mention {
        name: Some(name.to_owned()),
        words: "postgres".to_owned(),
        path: "compose.yaml".to_owned(),
        repo: "acme/shop".to_owned(),
        folder: name.to_owned(),
        line,
        ..Mention::of(Subject::Component("relational-database"))
    };
    let brief = Brief { mentions: vec![named("orders-db", 3), named("people-db", 9)], ..Brief::default() };
    let model = Offline.generate(&brief).unwrap().model;
    assert_eq!(titles(&model, Kind::Component), ["orders-db", "people-db"]);
    let Body::Component(second) = &model.of_kind(Kind::Component).nth(1).unwrap().body else { panic!("a component") };
    assert_eq!((second.repo.as_str(), second.path.as_str()), ("acme/shop", "people-db"));
}

#[test]
fn names_have_three_to_five_words() {
    for (text, name) in [
        ("# Card payments for market stalls\n\nA payment API.", "Card Payments for Market Stalls"),
        ("# Recipe Club\n\nRecipe Club is a website with a REST API.", "Recipe Club Website"),
        ("# How our open-source library is released\n\nOn GitHub.", "Open-source Library Released"),
        ("# The new shop, in short\n\nA web app takes orders.", "New Shop Web App"),
        ("Merchants call the payment API with OAuth tokens.", "Payment API OAuth"),
        ("# 支付\n\nA web app takes orders.", "支付 Web App"),
    ] {
        assert_eq!(model(text).head.name, name, "{text}");
    }
}

#[test]
fn what_comes_in_every_direction_can_be_reached() {
    let model = model(
        "A build pipeline deploys to Kubernetes. PostgreSQL keeps customer data. Employees use an admin console.",
    );
    let assessment = crate::assess::assess(&model, crate::assess::View::on(jiff::civil::Date::ZERO));
    let lost = assessment.outcomes().filter(|(_, outcome)| outcome.reach.verdict != crate::assess::Verdict::Reachable);
    assert_eq!(lost.map(|(objective, _)| objective.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
}
