//! Attestations and decisions day by day.

use jiff::civil::date;
use redan::assess::{Ledger, Standing, State, View, assess};
use redan::model::{AssumptionKind, Attestation, Body, Decision, DecisionKind, Group, Model};

use super::world::{
    PAIR, TODAY, assume, attestation, control, day, decision, entity, id, put, the_assumption, together, void,
};

fn state(model: &Model, view: View<'_>) -> State {
    Ledger::new(model, view).state(&model.entities[&id("AS1")])
}

fn standing(model: &Model, view: View<'_>) -> Standing {
    let (name, decision) = model.decisions.iter().find(|(_, one)| one.kind != Some(DecisionKind::Withdrawn)).unwrap();
    Ledger::new(model, view).standing(name, decision, PAIR)
}

#[test]
fn an_attestation_counts_through_its_last_day() {
    let mut model = together();
    assume(&mut model, "AS1", "active");
    let on = |day| state(&model, View::on(day));
    assert_eq!(on(date(2025, 12, 31)), State::Pending);
    assert_eq!(on(date(2026, 1, 1)), State::Active);
    assert_eq!(on(date(2026, 11, 20)), State::Active);
    assert_eq!(on(date(2026, 11, 21)), State::Expired);
}

#[test]
fn a_restored_assumption_starts_without_its_attestations() {
    let mut model = together();
    assume(&mut model, "AS1", "active");
    entity(&mut model, "AS1").life.attest_after = day("2026-01-01");
    assert_eq!(state(&model, View::on(TODAY)), State::Pending);
    the_assumption(&mut model, "AS1").attestations.push(attestation("2026-01-02", None));
    assert_eq!(state(&model, View::on(TODAY)), State::Active);
}

#[test]
fn what_is_attested_later_on_the_day_of_the_return_counts() {
    for (at, counts) in
        [("2026-01-02T09:11:59Z", false), ("2026-01-02T09:12:00Z", true), ("2026-01-02", false), ("2026-01-03", true)]
    {
        let mut model = together();
        assume(&mut model, "AS1", "active");
        entity(&mut model, "AS1").life.attest_after = day("2026-01-02T09:12:00Z");
        the_assumption(&mut model, "AS1").attestations = vec![attestation(at, None)];
        assert_eq!(state(&model, View::on(TODAY)) == State::Active, counts, "{at}");
    }
}

#[test]
fn what_does_not_apply_needs_evidence() {
    let mut model = together();
    assume(&mut model, "AS1", "active");
    the_assumption(&mut model, "AS1").kind = Some(AssumptionKind::NonApplicability);
    assert_eq!(state(&model, View::on(TODAY)), State::Pending);
    the_assumption(&mut model, "AS1").attestations[0].evidence = "https://example.org/ci/1".into();
    assert_eq!(state(&model, View::on(TODAY)), State::Active);
}

#[test]
fn edited_words_void_an_attestation_until_the_next() {
    let mut model = together();
    assume(&mut model, "AS1", "void");
    assert_eq!(state(&model, View::on(TODAY).judged_by(&void)), State::Void);
    the_assumption(&mut model, "AS1").attestations.push(attestation("2026-05-01", None));
    assert_eq!(state(&model, View::on(TODAY).judged_by(&void)), State::Active);
}

#[test]
fn an_attestation_after_a_withdrawal_counts_again() {
    let mut model = together();
    assume(&mut model, "AS1", "violated");
    assert_eq!(state(&model, View::on(TODAY)), State::Violated);
    assert_eq!(state(&model, View::on(date(2026, 10, 31))), State::Active, "it was withdrawn on the first of November");
    the_assumption(&mut model, "AS1").attestations.push(attestation("2026-11-01", None));
    assert_eq!(state(&model, View::on(TODAY)), State::Violated, "a day withdraws the whole day");
    the_assumption(&mut model, "AS1").attestations.push(attestation("2026-11-02", None));
    assert_eq!(state(&model, View::on(TODAY)), State::Active);
}

#[test]
fn a_row_without_person_or_words_is_no_attestation() {
    let clears: [fn(&mut Attestation); 3] = [|row| row.by.clear(), |row| row.statement.clear(), |row| row.at = None];
    for clear in clears {
        let mut model = together();
        assume(&mut model, "AS1", "active");
        clear(&mut the_assumption(&mut model, "AS1").attestations[0]);
        assert_eq!(state(&model, View::on(TODAY)), State::Pending);
    }
}

fn with(decisions: &[Decision]) -> Model {
    let mut model = together();
    let named = |(at, one): (usize, &Decision)| (format!("{at}"), one.clone());
    model.decisions = decisions.iter().enumerate().map(named).collect();
    model
}

#[test]
fn a_decision_holds_through_its_review_day() {
    let model = with(&[decision(DecisionKind::RiskAccepted, "2026-05-20", "2026-11-20")]);
    let on = |day| standing(&model, View::on(day));
    assert_eq!(on(date(2026, 5, 19)), Standing::Future);
    assert_eq!(on(date(2026, 5, 20)), Standing::Active);
    assert_eq!(on(date(2026, 11, 20)), Standing::Active);
    assert_eq!(on(date(2026, 11, 21)), Standing::Expired);
}

#[test]
fn a_withdrawal_revokes_what_was_decided_before_it() {
    let accepted = decision(DecisionKind::RiskAccepted, "2026-05-20", "2027-05-20");
    let withdrawn = decision(DecisionKind::Withdrawn, "2026-06-01", "2027-05-20");
    let model = with(&[accepted.clone(), withdrawn.clone()]);
    assert_eq!(standing(&model, View::on(date(2026, 5, 31))), Standing::Active);
    assert_eq!(standing(&model, View::on(date(2026, 6, 1))), Standing::Revoked);
    let again = Decision { at: day("2026-06-02"), ..accepted };
    assert_eq!(standing(&with(&[again, withdrawn]), View::on(TODAY)), Standing::Active);
}

#[test]
fn an_instant_is_finer_than_a_day() {
    let accepted = Decision {
        at: day("2026-06-01T12:00:00Z"),
        ..decision(DecisionKind::RiskAccepted, "2026-06-01", "2027-01-01")
    };
    let noon = |text| Decision { at: day(text), ..decision(DecisionKind::Withdrawn, "2026-06-01", "2027-01-01") };
    let stands = |withdrawn| standing(&with(&[accepted.clone(), withdrawn]), View::on(TODAY));
    assert_eq!(stands(noon("2026-06-01T11:59:59Z")), Standing::Active);
    assert_eq!(stands(noon("2026-06-01T12:00:00Z")), Standing::Revoked);
}

#[test]
fn as_of_reads_factors_of_that_day() {
    let mut model = together();
    let row = redan::model::AttackerRevision {
        at: day("2026-06-01"),
        set: redan::model::Likelihood(
            [(redan::model::Factor::Vector, crate::rating::level(redan::model::Factor::Vector, "physical"))].into(),
        ),
        ..Default::default()
    };
    super::world::the_attacker(&mut model, "T1").revisions.push(row);
    super::world::the_boundary(&mut model, "TB1").passes = Some([redan::model::Vector::Network].into());
    let verdict = |view| assess(&model, view).reach(PAIR).verdict.word();
    assert_eq!(verdict(View::on(TODAY)), "unreachable");
    assert_eq!(verdict(View::on(TODAY).as_of(date(2026, 6, 1))), "unreachable");
    assert_eq!(verdict(View::on(TODAY).as_of(date(2026, 5, 31))), "reachable");
}

#[test]
fn leverage_counts_what_a_control_alone_would_close() {
    let mut model = together();
    put(&mut model, "C1", Body::Control(control(Some(Group::Number(1)), false, &[])));
    put(&mut model, "C2", Body::Control(control(Some(Group::Number(1)), true, &[])));
    put(&mut model, "C3", Body::Control(control(Some(Group::Number(2)), false, &[])));
    put(&mut model, "C4", Body::Control(control(Some(Group::Number(2)), false, &[])));
    let assessed = assess(&model, View::on(TODAY));
    let ranked: Vec<(String, u32, u32)> = assessed
        .leverage()
        .iter()
        .map(|one| (one.control.to_string(), one.closes.total(), one.helps.total()))
        .collect();
    let expected = [("C1", 1, 0), ("C3", 0, 1), ("C4", 0, 1)].map(|(id, closes, helps)| (id.to_owned(), closes, helps));
    assert_eq!(ranked, expected);
    let plan = assessed.plan();
    assert_eq!(plan.len(), 1, "C1 alone is enough");
    assert_eq!((plan[0].control, plan[0].left, plan[0].closes.as_slice()), (id("C1"), 0, &[PAIR][..]));
    let design = assessed.design_leverage();
    assert_eq!(
        design.iter().map(|one| (one.id, one.at_risk.total())).collect::<Vec<_>>(),
        [(id("A1"), 1), (id("T1"), 1)]
    );
}
