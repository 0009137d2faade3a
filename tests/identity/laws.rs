use super::{cases, judge};
use proptest::prelude::*;
use redan::identity::{Subject, Verdict};

const SUBJECTS: [Subject; 7] = [
    Subject::Asset,
    Subject::Attacker,
    Subject::Boundary,
    Subject::Component,
    Subject::Assumption,
    Subject::Control,
    Subject::Model,
];

/// Names of things that have nothing to do with each other.
const NAMES: [&str; 16] = [
    "Access tokens",
    "Payment ledger",
    "Audit log",
    "Customer emails",
    "Signing key",
    "Card vault",
    "Refund queue",
    "Source code",
    "Session cookies",
    "Settlement report",
    "Backup tapes",
    "Employee payroll",
    "Feature flags",
    "Product catalogue",
    "Password hashes",
    "Support tickets",
];

/// Words that carry meaning in the judge's rules, so that random sentences reach them.
const WORDS: [&str; 44] = [
    "tokens",
    "token",
    "key",
    "keys",
    "admin",
    "user",
    "gateway",
    "ledger",
    "read",
    "write",
    "of",
    "for",
    "from",
    "to",
    "by",
    "with",
    "without",
    "not",
    "never",
    "only",
    "and",
    "or",
    "before",
    "after",
    "the",
    "every",
    "public",
    "private",
    "encrypted",
    "encryption",
    "OIDC",
    "OpenID",
    "Connect",
    "TLS",
    "1.2",
    "1.3",
    "database",
    "databse",
    "DB",
    "that",
    "signs",
    "production",
    "(RFC",
    "8705),",
];

fn subject() -> impl Strategy<Value = Subject> {
    proptest::sample::select(&SUBJECTS[..])
}

fn sentence() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..9).prop_map(|words| words.join(" "))
}

fn wild() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "\\PC{0,40}", sentence(), "[a-z0-9 .,;:()'&%\\-]{0,40}"]
}

fn fields(subject: Subject, texts: &[String]) -> Vec<(&'static str, &str)> {
    subject.fields().iter().copied().zip(texts.iter().map(String::as_str)).collect()
}

fn three(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text, 3)
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(crate::tier::cases(400, 20_000)) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn anything_is_the_same_as_itself(subject in subject(), texts in three(wild())) {
        let own = fields(subject, &texts);
        prop_assert_eq!(judge(subject, &own, &own).verdict, Verdict::Same);
    }

    #[test]
    fn the_same_question_gets_the_same_answer(subject in subject(), old in three(wild()), new in three(wild())) {
        let (old, new) = (fields(subject, &old), fields(subject, &new));
        let first = judge(subject, &old, &new);
        prop_assert!(!first.why.is_empty());
        prop_assert_eq!(first, judge(subject, &old, &new));
    }

    #[test]
    fn an_answer_is_the_same_from_either_side(subject in subject(), old in three(sentence()), new in three(sentence())) {
        let (old, new) = (fields(subject, &old), fields(subject, &new));
        let (there, back) = (judge(subject, &old, &new), judge(subject, &new, &old));
        prop_assert_eq!(there.verdict, back.verdict, "{:?} {:?} {:?} {:?}", old, new, there, back);
    }

    #[test]
    fn noise_between_words_changes_nothing(
        subject in subject().prop_filter("an id is exact", |s| *s != Subject::Model),
        texts in three("[a-zA-Z]{1,9}( [a-zA-Z]{1,9}){0,8}"),
        gaps in proptest::collection::vec(proptest::sample::select(&["  ", "-", ", ", "\n", " / ", "; ", " (", "\u{a0}"][..]), 9),
        upper in any::<bool>(),
    ) {
        let noisy: Vec<String> = texts.iter().map(|text| {
            let words = text.split(' ').zip(&gaps).map(|(word, gap)| format!("{word}{gap}"));
            let text: String = words.collect();
            if upper { text.to_uppercase() } else { text.to_lowercase() }
        }).collect();
        let judgement = judge(subject, &fields(subject, &texts), &fields(subject, &noisy));
        prop_assert!(
            judgement.verdict == Verdict::Same,
            "{texts:?} {noisy:?} {judgement:?}"
        );
    }

    #[test]
    fn a_second_name_is_never_the_same(
        name in proptest::sample::select(&NAMES[..]),
        other in proptest::sample::select(&NAMES[..]),
        link in proptest::sample::select(&[" ", " and ", ", ", " of ", " for ", " / ", " with "][..]),
        description in sentence(),
    ) {
        let other = if name == other { "Door badge" } else { other };
        let both = format!("{name}{link}{other}");
        for subject in [Subject::Asset, Subject::Boundary, Subject::Component] {
            let old = [("name", name), ("description", description.as_str())];
            let new = [("name", both.as_str()), ("description", description.as_str())];
            let judgement = judge(subject, &old, &new);
            prop_assert!(judgement.verdict != Verdict::Same, "{old:?} {new:?} {judgement:?}");
        }
    }
}

#[test]
fn labelled_pairs_get_one_answer_from_either_side() {
    for case in cases(include_str!("pairs.tsv")).into_iter().chain(cases(include_str!("rewordings.tsv"))) {
        let back = judge(case.subject, &case.new, &case.old);
        assert_eq!(case.judged().verdict, back.verdict, "{}\n{}", case.line, back.why);
    }
}

#[test]
fn no_text_keeps_the_judge_busy() {
    let long: String = (0..200_000).map(|at| format!("word{at}-")).collect();
    let other = format!("{long} and more");
    let (old, new) = ([("description", long.as_str())], [("description", other.as_str())]);
    assert_eq!(judge(Subject::Control, &old, &new).verdict, Verdict::Unsure);
    let loud = long.to_uppercase();
    assert_eq!(judge(Subject::Control, &old, &[("description", loud.as_str())]).verdict, Verdict::Same);
}
