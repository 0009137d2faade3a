//! Pages in the formats that other programs render: nothing of a text becomes more than text, and what is shortened is
//! still whole.

mod diff;
pub mod hostile;
mod html;
mod markdown;
