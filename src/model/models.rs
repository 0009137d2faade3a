//! The models of one state.

use std::collections::{BTreeMap, btree_map};
use std::ops::Index;
use std::sync::Arc;

use super::{Model, ModelId};

/// Models by ID. States that say the same about a model share it: a copy of them costs next to nothing, and
/// `std::ptr::eq` sees at once that nothing changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Models(BTreeMap<ModelId, Arc<Model>>);

impl Models {
    pub fn insert(&mut self, id: ModelId, model: impl Into<Arc<Model>>) {
        self.0.insert(id, model.into());
    }

    pub fn get(&self, id: &ModelId) -> Option<&Model> {
        self.0.get(id).map(Arc::as_ref)
    }

    /// As [`Models::get`], to be put into another state.
    pub fn share(&self, id: &ModelId) -> Option<Arc<Model>> {
        self.0.get(id).cloned()
    }

    /// For a change that no state which shares the model sees.
    pub fn edit(&mut self, id: &ModelId) -> Option<&mut Model> {
        self.0.get_mut(id).map(Arc::make_mut)
    }

    pub fn remove(&mut self, id: &ModelId) -> Option<Model> {
        self.0.remove(id).map(Arc::unwrap_or_clone)
    }

    pub fn contains_key(&self, id: &ModelId) -> bool {
        self.0.contains_key(id)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&ModelId, &Model)> {
        self.into_iter()
    }

    pub fn keys(&self) -> impl Iterator<Item = &ModelId> {
        self.0.keys()
    }

    pub fn values(&self) -> impl Iterator<Item = &Model> {
        self.0.values().map(Arc::as_ref)
    }

    pub fn into_values(self) -> impl Iterator<Item = Model> {
        self.0.into_values().map(Arc::unwrap_or_clone)
    }
}

impl Index<&ModelId> for Models {
    type Output = Model;

    fn index(&self, id: &ModelId) -> &Model {
        &self.0[id]
    }
}

impl FromIterator<(ModelId, Model)> for Models {
    fn from_iter<I: IntoIterator<Item = (ModelId, Model)>>(models: I) -> Models {
        Models(models.into_iter().map(|(id, model)| (id, Arc::new(model))).collect())
    }
}

impl<const N: usize> From<[(ModelId, Model); N]> for Models {
    fn from(models: [(ModelId, Model); N]) -> Models {
        models.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Models {
    type Item = (&'a ModelId, &'a Model);
    type IntoIter =
        std::iter::Map<btree_map::Iter<'a, ModelId, Arc<Model>>, fn((&'a ModelId, &'a Arc<Model>)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(id, model)| (id, model.as_ref()))
    }
}
