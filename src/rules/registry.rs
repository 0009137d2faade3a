//! Every rule, and every page.

use super::{Rule, last_live_entity};

/// In the order of the catalogue.
pub(super) static RULES: &[&Rule] = &[&last_live_entity::RULE];

static PAGES: &[(&str, &str)] = &[("last_live_entity", include_str!("../../docs/rules/last_live_entity.md"))];

/// The page of a code, as Markdown; also of codes that the store emits.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == code).map(|(_, page)| *page)
}
