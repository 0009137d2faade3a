//! "Did you mean".

use crate::text::nearest;

/// `: did you mean X?` or nothing.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
}
