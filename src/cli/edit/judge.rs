//! Having a language model say whether new words still mean the same, where the judge that is built in cannot tell.

use super::Writing;
use crate::cli::door::Door;
use crate::cli::engine::{Asking, Chosen, Watched, configured};
use crate::cli::failure::{Failure, Kind};
use crate::cli::verb::Exit;
use crate::model::Id;
use crate::ops::exchange::Exchange;
use crate::ops::lifecycle::{self, Outcome, Voucher};
use crate::ops::perform::{Order, perform};
use crate::ops::{Desk, Trouble};
use crate::suggest::{Doubt, Estimate, Language, Opinion, Speaker};

/// Edits as the offline judge allows; what it cannot tell, the language model is asked about, and what that holds for another thing is refused.
pub fn judged(
    door: &mut Door,
    (asking, writing): (&Asking, &Writing),
    id: Id,
    words: &[String],
) -> Result<Exit, Failure> {
    let desk = door.desk()?;
    let Some(doubt) = doubt(door, &desk, writing, (id, words))? else {
        return writing.perform(door, |stage, _| {
            let sets = lifecycle::parse_sets(stage.model, id.kind, words)?;
            lifecycle::edit(stage, id, &sets, None)
        });
    };
    let chosen = asking.choose(door, || configured(door, &desk, None))?.ok_or_else(|| nobody(&doubt))?;
    let opinion = opinion(door, asking, &chosen, &doubt)?;
    if !opinion.same {
        let message = format!("{} does not hold it for the same {}: {}", chosen.name, doubt.noun, opinion.reason);
        return Err(Failure::new(Kind::Refused, message)
            .hint(format!("the judge that is built in cannot tell: {}", doubt.why))
            .hint("to stand up for it yourself: --renamed-because \"…\""));
    }
    writing.perform(door, |stage, _| {
        let sets = lifecycle::parse_sets(stage.model, id.kind, words)?;
        lifecycle::vouched(stage, id, &sets, Some(Voucher { reason: &opinion.reason, judge: &chosen.name }))
    })
}

/// What the offline judge cannot tell. Nothing is written.
fn doubt(door: &Door, desk: &Desk, writing: &Writing, (id, words): (Id, &[String])) -> Result<Option<Doubt>, Failure> {
    let now = writing.now(door, desk)?;
    let order = Order { dry_run: true, ..writing.order(&now) };
    let mut doubt = None;
    perform(desk, &order, |stage, _| {
        let sets = lifecycle::parse_sets(stage.model, id.kind, words)?;
        doubt = lifecycle::doubt(stage, id, &sets);
        Ok(Outcome { changes: Vec::new(), model: stage.model.clone(), notes: Vec::new() })
    })?;
    Ok(doubt)
}

fn opinion(door: &mut Door, asking: &Asking, chosen: &Chosen, doubt: &Doubt) -> Result<Opinion, Failure> {
    let size = (doubt.from.len() + doubt.to.len()) as u64 / 4;
    let estimate = Estimate { requests: 1, input: size + 600, output: 150 };
    asking.agreed(door, chosen, &format!("two wordings of one {}", doubt.noun), &estimate)?;
    let watched = chosen.speaker(door, 1);
    let speaker = watched.as_ref().map(|watched| watched as &dyn Speaker);
    let exchange = Exchange::open(&chosen.name, speaker, &chosen.keeping)?;
    let came = Language { name: chosen.name.clone(), speaker: &exchange }.judge(doubt);
    watched.iter().for_each(Watched::finish);
    chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
    exchange.done()?;
    came.map_err(|error| Trouble::Engine(error).into())
}

fn nobody(doubt: &Doubt) -> Failure {
    Failure::new(Kind::Engine, format!("the judge cannot tell ({}), and there is no language model to ask", doubt.why))
        .hint("name one: --engine openai/gpt-5, or in redan.toml: [engine] use = \"openai/gpt-5\" (docs/language-models.md)")
        .hint("or stand up for it yourself: --renamed-because \"…\"")
}
