use super::*;
use redan::identity::Verdict;

#[test]
fn scratch() {
    let all = std::env::var("ALL").is_ok();
    for (name, text) in [("pairs", include_str!("pairs.tsv")), ("rewordings", include_str!("rewordings.tsv"))] {
        let mut t = std::collections::BTreeMap::new();
        for c in cases(text) {
            if c.held_out() && !all { continue; }
            let j = c.judged();
            *t.entry((c.level, c.same, j.verdict)).or_insert(0) += 1;
            if c.same != (j.verdict == Verdict::Same) {
                println!("{:?} {} {}: {:?} -> {:?} = {:?} {}", c.subject, c.level, c.tag, c.old.iter().map(|x| x.1).collect::<Vec<_>>(), c.new.iter().map(|x| x.1).collect::<Vec<_>>(), j.verdict, j.why);
            }
        }
        println!("{name} {t:?}");
    }
}
