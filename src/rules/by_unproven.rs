//! Rows that name somebody who had no part in the commit that brought them.

use super::{Context, Rule};
use crate::change::Subject;
use crate::finding::{Evidence, Finding, Place, codes};
use crate::identity::Signers;
use crate::model::{Model, Spoken, Voice};

pub(super) static RULE: Rule = Rule { codes: &[&codes::BY_UNPROVEN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.past.signed.is_empty() {
        return;
    }
    for model in context.models.values() {
        for voice in model.voices() {
            let signers = context.past.signed.get(&(model.id.clone(), voice.key()));
            if let Some(signers) = signers.filter(|signers| !signers.include(&voice.by)) {
                findings.push(finding(model, &voice, signers));
            }
        }
    }
}

fn finding(model: &Model, voice: &Voice, signers: &Signers) -> Finding {
    let place = |subject| Place::of(&model.id, subject);
    let (place, what) = match &voice.spoken {
        Spoken::Row { id, rows, at } => (
            place(Subject::Entity(*id)).key(*rows).row(*at).key("by"),
            format!("{} {} of {id}", rows.trim_end_matches('s'), at + 1),
        ),
        Spoken::Removal(id) => (place(Subject::Entity(*id)).key("removed").key("by"), format!("the removal of {id}")),
        Spoken::Decision(name) => (place(Subject::Decision(name.clone())).key("by"), format!("decisions/{name}")),
        Spoken::Session(name) => (place(Subject::Session(name.clone())).key("by"), format!("sessions/{name}")),
    };
    let message = format!(
        "{what} is by {}, and the commit that brought it, {:.10}, is by {}",
        voice.by,
        signers.commit,
        signers.author()
    );
    let mut finding = Finding::new(&codes::BY_UNPROVEN, place, message)
        .help("have who is named commit it, or name them in the commit: Co-authored-by: Name <address>");
    finding.evidence.push(Evidence { commit: signers.commit.clone(), path: String::new(), line: 0 });
    finding
}
