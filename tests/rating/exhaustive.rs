//! Every combination of factors, judged a second time the way a person would with the page in hand.

use redan::assess::{Band, Rated, Rating, Tier, impact, likelihood, tier};
use redan::model::{Factor, Property};

use super::{asset, attacker, picks, subscores};

fn naive_impact(subscores: &[(Property, &str)], [blast, recover, law]: [&str; 3]) -> (u8, char) {
    let high = subscores.iter().any(|(_, name)| *name == "high");
    let any = !subscores.is_empty();
    let mut sum = if high { 3 } else { u8::from(any) };
    sum += ["isolated", "multiplicative", "cascading"].iter().position(|name| *name == blast).unwrap() as u8;
    sum += ["trivial", "manageable", "permanent"].iter().position(|name| *name == recover).unwrap() as u8;
    sum += ["none", "notification", "legal"].iter().position(|name| *name == law).unwrap() as u8;
    let raised = (high && recover == "permanent") || (law == "legal" && any);
    let letter = match sum {
        6..=9 => 'H',
        3..=5 => 'M',
        _ if raised => 'M',
        _ => 'L',
    };
    (sum, letter)
}

fn naive_likelihood([vector, privileges, complexity, interaction, prevalence]: [&str; 5]) -> (u8, char) {
    let mut sum = 3 - ["network", "adjacent", "local", "physical"].iter().position(|name| *name == vector).unwrap();
    sum += 2 - ["none", "low", "high"].iter().position(|name| *name == privileges).unwrap();
    sum += usize::from(complexity == "low") + usize::from(interaction == "none");
    sum += 2 - ["commodity", "targeted", "rare"].iter().position(|name| *name == prevalence).unwrap();
    let letter = match sum {
        7.. if prevalence == "rare" && complexity == "high" => 'M',
        7.. => 'H',
        4..=6 => 'M',
        _ => 'L',
    };
    (sum as u8, letter)
}

fn shown(rating: &Rating) -> (u8, char) {
    match rating {
        Rating::Rated(rated) => (rated.sum, rated.band.letter()),
        other => panic!("not rated: {other:?}"),
    }
}

#[test]
fn every_impact_agrees() {
    let mut seen = 0;
    for subscores in subscores() {
        for levels in picks(Factor::IMPACT) {
            let rating = impact(&asset(&subscores, levels), None);
            assert_eq!(shown(&rating), naive_impact(&subscores, levels), "{subscores:?} {levels:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 81 * 27);
}

#[test]
fn every_likelihood_agrees() {
    let all = picks(Factor::LIKELIHOOD);
    assert_eq!(all.len(), 144);
    for levels in all {
        assert_eq!(shown(&likelihood(&attacker(levels), None)), naive_likelihood(levels), "{levels:?}");
    }
}

#[test]
fn tiers_grow_with_either_band_and_are_symmetric() {
    let rated = |band| Rating::Rated(Rated { sum: 0, band });
    let naive = |i: char, l: char| match [i, l].iter().map(|c| "LMH".find(*c).unwrap()).sum::<usize>() {
        4 => Tier::Critical,
        3 => Tier::High,
        2 => Tier::Medium,
        _ => Tier::Low,
    };
    for i in Band::ALL {
        for l in Band::ALL {
            let found = tier(&rated(i), &rated(l)).unwrap();
            assert_eq!(found, naive(i.letter(), l.letter()), "{i} x {l}");
            assert_eq!(Some(found), tier(&rated(l), &rated(i)));
        }
    }
}

#[test]
fn what_is_not_rated_has_no_tier() {
    let rated = Rating::Rated(Rated { sum: 9, band: Band::High });
    for missing in [Rating::Unrated, Rating::Partial(vec![Factor::C])] {
        assert_eq!(tier(&rated, &missing), None);
        assert_eq!(tier(&missing, &rated), None);
    }
}

/// The page says that the floors and the cap follow from the points; it has to stay true there.
#[test]
fn floors_and_cap_follow_from_the_points() {
    for levels in picks(Factor::LIKELIHOOD) {
        let (sum, letter) = naive_likelihood(levels);
        assert_eq!(letter == 'H', sum >= 7, "{levels:?}");
    }
    for subscores in subscores() {
        for levels in picks(Factor::IMPACT) {
            let (sum, letter) = naive_impact(&subscores, levels);
            assert_eq!(letter == 'L', sum < 3, "{subscores:?} {levels:?}");
        }
    }
}
