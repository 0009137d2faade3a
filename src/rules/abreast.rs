//! Rules side by side. Each looks at the same values and none at what another says, so the answer is that of one after
//! the other.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::{Context, Rule};
use crate::finding::Finding;

/// Entities that are worth another thread.
const MANY: usize = 500;

/// What the rules say, in their order.
pub(super) fn check(context: &Context<'_>, rules: &[&Rule]) -> Vec<Finding> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut said: Vec<(usize, Vec<Finding>)> = Vec::new();
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(rule) = rules.get(nth) else { return said };
            let mut findings = Vec::new();
            (rule.check)(context, &mut findings);
            said.push((nth, findings));
        }
    };
    let mut said = match many(context) {
        false => work(),
        true => thread::scope(|scope| {
            let other = scope.spawn(work);
            let mut said = work();
            said.append(&mut other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            said
        }),
    };
    said.sort_by_key(|(nth, _)| *nth);
    said.into_iter().flat_map(|(_, findings)| findings).collect()
}

fn many(context: &Context<'_>) -> bool {
    context.models.values().map(|model| model.entities.len()).sum::<usize>() >= MANY
}
