//! The offline judge against labelled pairs, and its laws.
//!
//! `pairs.tsv` and `rewordings.tsv` were written before the judge; of both, every third line by hash was held out while it was tuned.
//! `blind.tsv` was written after tuning. Nothing here may be tuned to the held-out or the blind lines.

mod laws;
mod table;

use redan::identity::{Judgement, Subject, judge};

/// One labelled line.
struct Case {
    line: &'static str,
    subject: Subject,
    same: bool,
    level: &'static str,
    tag: &'static str,
    old: Vec<(&'static str, &'static str)>,
    new: Vec<(&'static str, &'static str)>,
}

impl Case {
    fn judged(&self) -> Judgement {
        judge(self.subject, &self.old, &self.new)
    }

    /// One line in three, by a hash of its words.
    fn held_out(&self) -> bool {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = self.line.bytes().fold(0xcbf2_9ce4_8422_2325, step);
        (hash >> 32).is_multiple_of(3)
    }
}

fn cases(table: &'static str) -> Vec<Case> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(case).collect()
}

fn case(line: &'static str) -> Case {
    let [kind, label, level, tag, old, new] = line.split('\t').collect::<Vec<_>>()[..] else {
        panic!("six columns are needed: {line}");
    };
    let subject = match kind {
        "asset" => Subject::Asset,
        "attacker" => Subject::Attacker,
        "boundary" => Subject::Boundary,
        "component" => Subject::Component,
        "assumption" => Subject::Assumption,
        "control" => Subject::Control,
        "model" => Subject::Model,
        other => panic!("no kind {other}"),
    };
    let fields = |text: &'static str| {
        let texts: Vec<&str> = text.split('|').map(str::trim).collect();
        assert_eq!(texts.len(), subject.fields().len(), "fields of {line}");
        subject.fields().iter().copied().zip(texts).collect::<Vec<_>>()
    };
    assert!(["same", "different"].contains(&label), "label of {line}");
    Case { line, subject, same: label == "same", level, tag, old: fields(old), new: fields(new) }
}
