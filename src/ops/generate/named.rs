//! The name and the ID of a new model.

use crate::identity::Past;
use crate::model::{Model, ModelId, Models};
use crate::ops::lifecycle::{Refusal, Why, free_name};
use crate::text::slug;

/// Gives the model its name and an ID that no model has or had. A name that a person chose stays or is refused; one that was proposed
/// takes a number where it is in use.
pub fn named(models: &Models, past: &Past, chosen: bool, model: Model) -> Result<Model, Refusal> {
    let others: Vec<&Model> = models.values().collect();
    let asked = model.head.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let free = free_name(&asked, &others);
    if chosen && free != asked {
        let message = format!("a model is called `{asked}` already");
        return Err(Refusal::new(Why::NameTaken, message).hint(format!("redan generate --name \"{free}\" …")));
    }
    let spent = |id: &ModelId| {
        let published = past.bases.iter().any(|base| base.models.contains_key(id));
        let walked = past.ledger.as_ref().is_some_and(|ledger| ledger.models.contains_key(id));
        models.contains_key(id) || published || walked
    };
    let stem = slug(&free);
    let ids = std::iter::once(stem.clone()).chain((2..100_u32).map(|number| format!("{stem}-{number}")));
    let id = ids.filter_map(|id| ModelId::parse(&id)).find(|id| !spent(id));
    let Some(id) = id else {
        let message = format!("`{free}` makes no ID for a model");
        return Err(Refusal::new(Why::Value, message).hint("name it in Latin letters: --name \"Payment Gateway API\""));
    };
    let mut model = Model { id, ..model };
    model.head.name = free;
    Ok(model)
}
