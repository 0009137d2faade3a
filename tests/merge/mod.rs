//! Two branches of one model made one: as values, as files, and as the real Git does it.

mod driven;
mod grow;
mod standing;
mod values;
