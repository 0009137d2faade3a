//! Closed lists of words.

/// Declares an enum of words, as a [`Part`](super::Part) when optional and as an [`Atom`](super::Atom).
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$each])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl $crate::model::Atom for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Choice($name::WORDS);

            fn spell(&self) -> String {
                self.word().to_owned()
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == text)
            }
        }

        impl $crate::model::Part for Option<$name> {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Choice($name::WORDS);

            fn show(&self) -> Option<$crate::model::Value> {
                self.map(|choice| $crate::model::Value::text(choice.word()))
            }

            fn read(value: Option<&$crate::model::Value>) -> Option<Self> {
                let Some(value) = value else { return Some(None) };
                value.as_text().and_then(<$name as $crate::model::Atom>::parse).map(Some)
            }
        }
    };
}

pub(super) use choice;
