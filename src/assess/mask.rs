//! A set of security properties in four bits.

use crate::model::Property;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Mask(u8);

impl Mask {
    pub const NONE: Mask = Mask(0);
    pub const ALL: Mask = Mask(0b1111);

    pub fn of<'a>(properties: impl IntoIterator<Item = &'a Property>) -> Mask {
        properties.into_iter().fold(Mask::NONE, |mask, property| Mask(mask.0 | bit(*property)))
    }

    #[must_use]
    pub const fn with(self, other: Mask) -> Mask {
        Mask(self.0 | other.0)
    }

    #[must_use]
    pub const fn and(self, other: Mask) -> Mask {
        Mask(self.0 & other.0)
    }

    #[must_use]
    pub const fn without(self, other: Mask) -> Mask {
        Mask(self.0 & !other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In the order C, I, A, U.
    pub fn iter(self) -> impl Iterator<Item = Property> {
        Property::ALL.iter().copied().filter(move |property| self.0 & bit(*property) != 0)
    }
}

const fn bit(property: Property) -> u8 {
    match property {
        Property::C => 1,
        Property::I => 2,
        Property::A => 4,
        Property::U => 8,
    }
}
