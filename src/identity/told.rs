//! What a file once said about an ID, kept as its text and understood when somebody asks.

use std::fmt;
use std::sync::OnceLock;

use crate::model::{Entity, Id};

/// One telling of one entity.
pub struct Told {
    pub id: Id,
    /// TOML that reads as this one entity.
    pub text: Box<str>,
    /// The words that say which thing it is; equal words, equal meaning.
    pub identity: Box<str>,
    /// The table can be read; otherwise the ID is there and its meaning is not known.
    pub sound: bool,
    entity: OnceLock<Option<Entity>>,
    read: Reader,
}

/// Makes an entity of its text; the store's.
pub type Reader = fn(Id, &str) -> Option<Entity>;

impl Told {
    /// Reads a text now.
    pub fn new(id: Id, text: &str, read: Reader) -> Told {
        let entity = read(id, text);
        let words = entity.iter().flat_map(Entity::identity).map(|(_, words)| words);
        let identity = words.collect::<Vec<_>>().join("\u{1f}").into();
        Told { id, text: text.into(), identity, sound: entity.is_some(), entity: OnceLock::from(entity), read }
    }

    /// What a state that was read whole says about an entity; its text is not kept.
    pub fn known(entity: &Entity) -> Told {
        let words = entity.identity().into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        let identity = words.join("\u{1f}").into();
        let (text, read): (Box<str>, Reader) = (Box::default(), |_, _| None);
        Told { id: entity.id, text, identity, sound: true, entity: OnceLock::from(Some(entity.clone())), read }
    }

    /// Takes over what an earlier reading found.
    pub fn recalled((id, text): (Id, &str), identity: &str, sound: bool, read: Reader) -> Told {
        Told { id, text: text.into(), identity: identity.into(), sound, entity: OnceLock::new(), read }
    }

    /// `None` when the table is broken.
    pub fn entity(&self) -> Option<&Entity> {
        self.entity.get_or_init(|| (self.read)(self.id, &self.text)).as_ref()
    }
}

impl PartialEq for Told {
    fn eq(&self, other: &Told) -> bool {
        std::ptr::eq(self, other) || (self.id == other.id && self.text == other.text && self.identity == other.identity)
    }
}

impl Eq for Told {}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.id, self.identity)
    }
}
