use super::{Case, cases};
use redan::identity::Verdict;
use std::fmt::Write;

const PAGE: &str = include_str!("../../docs/methodology.md");
const BEGIN: &str = "<!-- begin: measured by tests/identity -->\n";
const END: &str = "<!-- end: measured by tests/identity -->";

/// How often each answer was given to each label.
#[derive(Default)]
struct Table {
    same: [usize; 3],
    different: [usize; 3],
}

impl Table {
    fn of<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Table {
        let mut table = Table::default();
        for case in cases {
            let column = if case.same { &mut table.same } else { &mut table.different };
            column[case.judged().verdict as usize] += 1;
        }
        table
    }

    /// Different pairs passed as `same`, in percent of all different pairs.
    fn wrongly_same(&self) -> f64 {
        percent(self.different[0], &self.different)
    }

    fn rightly_same(&self) -> f64 {
        percent(self.same[0], &self.same)
    }

    fn print(&self, title: &str, out: &mut String) {
        let both = self.same.iter().sum::<usize>() + self.different.iter().sum::<usize>();
        let _ = writeln!(out, "\n**{title}** ({both})\n");
        let _ = writeln!(out, "| the judge says | labelled same | labelled different |\n|---|---:|---:|");
        for (row, name) in ["same", "unsure", "different"].into_iter().enumerate() {
            let _ = writeln!(out, "| `{name}` | {} | {} |", self.same[row], self.different[row]);
        }
    }
}

fn percent(part: usize, whole: &[usize; 3]) -> f64 {
    let all: usize = whole.iter().sum();
    if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 }
}

fn pairs() -> Vec<Case> {
    cases(include_str!("pairs.tsv"))
}

fn rewordings() -> Vec<Case> {
    cases(include_str!("rewordings.tsv"))
}

fn blind() -> Vec<Case> {
    cases(include_str!("blind.tsv"))
}

fn measured() -> String {
    let (pairs, rewordings) = (pairs(), rewordings());
    let part = |held: bool| Table::of(pairs.iter().filter(|case| case.held_out() == held));
    let mut out = String::new();
    Table::of(&pairs).print("All labelled pairs", &mut out);
    part(false).print("Of these, seen while tuning", &mut out);
    part(true).print("Of these, held out", &mut out);
    Table::of(&rewordings).print("Honest rewordings", &mut out);
    Table::of(&blind()).print("Blind batch, written after tuning", &mut out);
    out.push('\n');
    out
}

#[test]
fn the_judge_keeps_its_promises() {
    println!("{}", measured());
    for (name, table) in [("pairs", Table::of(&pairs())), ("blind", Table::of(&blind()))] {
        assert!(table.wrongly_same() <= 1.0, "{name}: {} % false same", table.wrongly_same());
        assert!(table.rightly_same() >= 60.0, "{name}: {} % of true pairs", table.rightly_same());
    }
    let honest = Table::of(&rewordings()).rightly_same();
    assert!(honest >= 90.0, "{honest} % of the honest rewordings");
}

#[test]
fn nothing_easy_goes_wrong() {
    for case in pairs().iter().filter(|case| case.level == "easy") {
        let judgement = case.judged();
        let right = case.same == (judgement.verdict == Verdict::Same);
        assert!(right, "{} ({}): {judgement:?}", case.line, case.tag);
    }
}

#[test]
fn the_set_is_large_and_mixed() {
    let pairs = pairs();
    let count = |keep: fn(&Case) -> bool| pairs.iter().filter(|case| keep(case)).count();
    assert!(pairs.len() >= 150 && rewordings().len() >= 60 && blind().len() >= 60);
    assert!(count(|case| case.level == "hard") * 2 >= pairs.len());
    assert!(count(|case| case.same) * 3 >= pairs.len() && count(|case| !case.same) * 3 >= pairs.len());
    let mut lines: Vec<&str> = pairs.iter().map(|case| case.line).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), pairs.len(), "a pair stands twice");
}

/// `REDAN_BLESS=1` writes the measured block into the page.
#[test]
fn the_page_shows_what_is_measured() {
    let (before, rest) = PAGE.split_once(BEGIN).expect("the page has the opening mark");
    let (shown, after) = rest.split_once(END).expect("the page has the closing mark");
    let measured = measured();
    if shown != measured && std::env::var_os("REDAN_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/methodology.md");
        std::fs::write(path, format!("{before}{BEGIN}{measured}{END}{after}")).expect("the page can be written");
        return;
    }
    assert_eq!(shown, measured, "docs/methodology.md is out of date: run with REDAN_BLESS=1");
}
