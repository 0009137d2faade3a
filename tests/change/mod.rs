//! The law of changes, over random models.

use proptest::prelude::*;
use redan::change::{Act, apply, diff};
use redan::model::Model;

use crate::arbitrary::{Dice, edited, model};
use crate::tier::cases;

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(400, 10_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn applying_a_diff_gives_the_other_state(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let a = model(&mut dice);
        let b = if dice.chance(50) { edited(&mut dice, &a) } else { model(&mut dice) };
        let mut c = a.clone();
        apply(&mut c, &diff(&a, &b)).map_err(|misfit| TestCaseError::fail(misfit.to_string()))?;
        prop_assert_eq!(c, b);
    }

    #[test]
    fn a_state_differs_in_nothing_from_itself(seed in any::<u64>()) {
        let a = model(&mut Dice::new(seed));
        prop_assert!(diff(&a, &a.clone()).is_empty());
    }

    #[test]
    fn a_diff_says_no_more_than_needed(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let a = model(&mut dice);
        let b = edited(&mut dice, &a);
        for change in diff(&a, &b) {
            if let Act::Set { from, to, .. } = &change.act {
                prop_assert_ne!(from, to, "{:?}", change);
            }
        }
    }

    #[test]
    fn renumbering_there_and_back_changes_nothing(seed in any::<u64>()) {
        use redan::change::{Change, Subject};
        use redan::model::Id;
        let mut dice = Dice::new(seed);
        let before = model(&mut dice);
        let ids: Vec<Id> = before.entities.keys().copied().collect();
        prop_assume!(!ids.is_empty());
        let from = *dice.pick(&ids);
        let to = Id::new(from.kind, 900);
        let swap = |from, to| Change::new(&before.id, Subject::Entity(from), Act::Renumber { to });
        let mut after: Model = before.clone();
        apply(&mut after, &[swap(from, to)]).unwrap();
        prop_assert!(!after.entities.contains_key(&from));
        apply(&mut after, &[swap(to, from)]).unwrap();
        prop_assert_eq!(after, before);
    }
}
