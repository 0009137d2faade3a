//! Plans for tickets against a small tracker of their own: whatever stands there, and wherever a run ends.

mod laws;
mod world;
